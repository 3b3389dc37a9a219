"""Bundles: one file for one reviewer, who works without the store, and what comes back of it."""
