"""Marked regions: how far reviewers mark the same places, and what they find of gold."""
