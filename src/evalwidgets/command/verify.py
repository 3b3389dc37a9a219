"""`evalwidgets verify`: check that a store is whole and unaltered."""

from __future__ import annotations

import argparse

from evalwidgets.store.reviews import open_store


def run(options: argparse.Namespace) -> int:
    """Check the store; 1 when something is wrong with it."""
    with open_store(options.store) as store:
        problems = store.verify()
        print("\n".join(problems) or f"{store} is whole.")
    return 1 if problems else 0
