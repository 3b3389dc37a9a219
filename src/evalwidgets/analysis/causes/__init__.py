"""Where reviewers disagree, and why."""
