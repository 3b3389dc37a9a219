"""Agreement between reviewers, and how many of them a figure needs."""
