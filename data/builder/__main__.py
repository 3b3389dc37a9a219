"""Build the demo: ``python data/builder [folder] [--force]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent


def main() -> int:
    """Build into ``data/demo`` or the given folder, with one line that says how far it is."""
    # Started as a folder, Python puts the folder itself on the path, not the one above.
    sys.path[0:1] = [str(HOME.parent)]
    from builder.demo import build_demo

    parser = argparse.ArgumentParser(prog="python data/builder", description="Build the demo.")
    parser.add_argument("folder", nargs="?", default=HOME.parent / "demo", type=Path)
    parser.add_argument("--force", action="store_true", help="build even if it is up to date")
    given = parser.parse_args()
    shows = sys.stderr.isatty()

    def say(words: str) -> None:
        if shows:
            sys.stderr.write(f"\r\033[KThe demo: {words}")
            sys.stderr.flush()

    summary = build_demo(given.folder, force=given.force, say=say)
    sys.stderr.write("\r\033[K" if shows else "")
    sys.stdout.write(f"{summary}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
