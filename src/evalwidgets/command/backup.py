"""`evalwidgets backup`: copy a store while others write."""

from __future__ import annotations

import argparse

from evalwidgets.store.reviews import open_store


def run(options: argparse.Namespace) -> int:
    """Copy the store."""
    with open_store(options.store) as store:
        print(f"Copied {store} to {store.backup(options.target)}")
    return 0
