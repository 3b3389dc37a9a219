"""`evalwidgets schema`: write the JSON Schema of rubric files."""

from __future__ import annotations

import argparse

from evalwidgets.store.rubrics import write_schema


def run(options: argparse.Namespace) -> int:
    """Write the schema."""
    write_schema(options.target)
    print(f"Wrote {options.target}")
    return 0
