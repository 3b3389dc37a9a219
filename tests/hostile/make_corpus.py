"""Writes the hostile pictures into a folder, to look at or to throw at another program.

Run as ``python -m tests.hostile.make_corpus FOLDER`` from the top of the repository: `bad` (to be
refused), `odd` (to be shown right), `mutants` (2,000, the same each time).
"""

from __future__ import annotations

import sys
from pathlib import Path

from .bad_pictures import BAD
from .mutants import mutants
from .odd_pictures import ODD

SEED = 20261128


def main(folder: Path) -> None:
    """Write all files."""
    sorts = {
        "bad": ((name, make()) for name, make in BAD.items()),
        "odd": ((name, odd.make()) for name, odd in ODD.items()),
        "mutants": mutants(2000, SEED),
    }
    for sort, files in sorts.items():
        (folder / sort).mkdir(parents=True, exist_ok=True)
        for name, data in files:
            (folder / sort / name).write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
