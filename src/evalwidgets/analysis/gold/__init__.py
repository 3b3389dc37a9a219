"""Reviewers against gold, and gold itself."""
