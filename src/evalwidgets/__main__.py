"""The command line: ``evalwidgets backup``, ``verify``, ``schema``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evalwidgets.errors import EvalWidgetsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what goes wrong is one sentence, not a traceback."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except EvalWidgetsError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="evalwidgets", description="Keep and check the work of reviewers.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    backup = commands.add_parser("backup", help="copy a store safely while others write")
    backup.add_argument("target", type=Path, help="the new file")
    backup.add_argument("--store", help="path or URL; the workspace's own by default")
    backup.set_defaults(run=_backup)

    verify = commands.add_parser("verify", help="check that a store is whole and unaltered")
    verify.add_argument("--store", help="path or URL; the workspace's own by default")
    verify.set_defaults(run=_verify)

    schema = commands.add_parser("schema", help="write the JSON Schema of rubric files")
    schema.add_argument("target", type=Path, nargs="?", default=Path("rubrics/schema.json"))
    schema.set_defaults(run=_schema)
    return parser


def _backup(options: argparse.Namespace) -> int:
    from evalwidgets.store.reviews import open_store

    with open_store(options.store) as store:
        print(f"Copied {store} to {store.backup(options.target)}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from evalwidgets.store.reviews import open_store

    with open_store(options.store) as store:
        problems = store.verify()
        print("\n".join(problems) or f"{store} is whole.")
    return 1 if problems else 0


def _schema(options: argparse.Namespace) -> int:
    from evalwidgets.store.rubrics import write_schema

    write_schema(options.target)
    print(f"Wrote {options.target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
