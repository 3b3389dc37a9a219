"""Tasks out of what a folder or a table holds: guessed and said, corrected, taken in with a report."""
