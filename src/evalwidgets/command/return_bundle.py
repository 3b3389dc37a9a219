"""`evalwidgets return`: what was answered in a bundle, as one file for the lead."""

from __future__ import annotations

import argparse

from evalwidgets.store.bundle.opened import open_bundle
from evalwidgets.store.bundle.returned import return_bundle


def run(options: argparse.Namespace) -> int:
    """Write the file and say where it is."""
    with open_bundle(options.folder) as bundle:
        print(f"Send this file to your lead: {return_bundle(bundle, options.out)}")
    return 0
