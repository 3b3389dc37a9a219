"""Whether somebody is qualified: an exam judged by its rule, and how often that rule errs."""
