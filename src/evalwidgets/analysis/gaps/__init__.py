"""Where the rubric is unclear: what speaks for a gap, which clause it is about, and what closing it did."""
