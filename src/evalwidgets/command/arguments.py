"""What each command takes; nothing heavy is loaded before a command runs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from evalwidgets.store.exchange.formats import FORMATS

_LEVELS_OF_MEASUREMENT = ("nominal", "ordinal", "interval", "ratio")


def parser() -> argparse.ArgumentParser:
    """Return the parser; `command` then names the module of this package that runs."""
    made = argparse.ArgumentParser(
        prog="evalwidgets",
        description="Calibration figures of ratings, bundles for reviewers, and the upkeep of stores.",
    )
    commands = made.add_subparsers(required=True, metavar="COMMAND", dest="command")
    _add_figures(commands)
    _add_bundles(commands)
    _add_upkeep(commands)
    return made


def _add_figures(commands: Any) -> None:
    agreement = commands.add_parser("agreement", help="how far reviewers agree, criterion by criterion")
    _add_source(agreement)
    _add_result(agreement, "text")

    accuracy = commands.add_parser("accuracy", help="how often reviewers are right, against gold")
    _add_source(accuracy)
    accuracy.add_argument("--gold", type=Path, required=True, help="the gold file (.jsonl)")
    _add_result(accuracy, "text")

    report = commands.add_parser("report", help="one page with every figure, its evidence and its charts")
    _add_source(report)
    report.add_argument("--gold", type=Path, help="the gold file (.jsonl): adds what is judged by it")
    report.add_argument("--tasks", type=Path, help="the tasks' manifest (.jsonl): adds kinds of tasks")
    report.add_argument("--title", default="", help="what stands at the top")
    _add_result(report, "html")


def _add_bundles(commands: Any) -> None:
    opened = commands.add_parser("open", help="review the tasks of a bundle on this machine")
    opened.add_argument("bundle", type=Path, help="the bundle's file (.evalbundle), or its folder")
    opened.add_argument("--into", type=Path, metavar="FOLDER", help="unpack into this folder")
    opened.add_argument("--no-browser", action="store_true", help="only print the address")
    opened.add_argument("--port", type=int, help="of the server on 127.0.0.1; a free one by default")
    opened.add_argument(
        "--lab-option", action="append", default=[], metavar="OPTION", help="an option of JupyterLab's own"
    )

    returned = commands.add_parser("return", help="write what was answered in a bundle into one file")
    returned.add_argument("folder", type=Path, help="the folder of the opened bundle, or its file")
    returned.add_argument("--out", type=Path, help="the file; NAME.returned.evalbundle by default")
    returned.set_defaults(command="return_bundle")

    merge = commands.add_parser("merge", help="bring returned bundles into a store, and list what is odd")
    merge.add_argument("bundles", type=Path, nargs="+", metavar="FILE", help="returned bundles, or folders")
    merge.add_argument("--store", help="path or URL; the workspace's own by default")
    merge.add_argument("--tasks", type=Path, help="the tasks' manifest: finds tasks that have changed since")
    merge.add_argument("--rubric", type=Path, help="the rubric, if the store does not know it yet")
    merge.add_argument(
        "--take-stale", action="store_true", help="store reviews under another rubric, or of changed tasks"
    )


def _add_upkeep(commands: Any) -> None:
    backup = commands.add_parser("backup", help="copy a store safely while others write")
    backup.add_argument("target", type=Path, help="the new file")
    backup.add_argument("--store", help="path or URL; the workspace's own by default")

    verify = commands.add_parser("verify", help="check that a store is whole and unaltered")
    verify.add_argument("--store", help="path or URL; the workspace's own by default")

    _add_exchange(commands)

    schema = commands.add_parser("schema", help="write the JSON Schema of rubric files")
    schema.add_argument("target", type=Path, nargs="?", default=Path("rubrics/schema.json"))


def _add_exchange(commands: Any) -> None:
    formats = ", ".join(FORMATS)
    out = commands.add_parser("export", help="write reviews in a format of another tool, with their card")
    out.add_argument("store", metavar="STORE", help="path or URL of the store")
    out.add_argument("--format", required=True, help=f"one of {formats}")
    out.add_argument("--out", type=Path, required=True, help="a folder that is new or empty")
    out.add_argument("--tasks", type=Path, required=True, help="the tasks' manifest (.jsonl or .csv)")
    for name in ("campaign", "round", "rubric"):
        out.add_argument(f"--{name}", help=f"only reviews of this {name}")
    out.add_argument("--adjudicated", action="store_true", help="add what people settled (adjudicated.csv)")
    out.add_argument("--names", action="store_true", help="name the reviewers on the card")
    out.set_defaults(command="export_reviews")

    back = commands.add_parser("import", help="submit reviews that another tool, or an export, wrote")
    back.add_argument("folder", type=Path, metavar="DIR", help="the folder with the files")
    back.add_argument("--format", required=True, help=f"one of {formats}")
    back.add_argument("--store", help="path or URL; the workspace's own by default")
    back.add_argument("--tasks", type=Path, help="the tasks' manifest, where the folder has none")
    back.add_argument(
        "--rubric", type=Path, action="append", help="a rubric's YAML file (may be given again)"
    )
    back.set_defaults(command="import_reviews")


def _add_source(command: argparse.ArgumentParser) -> None:
    """Add what says which ratings are meant."""
    command.add_argument("source", metavar="FILE_OR_STORE", help="CSV, Parquet, a store's file or its URL")
    command.add_argument("--rubric", type=Path, help="the rubric's YAML file: scales, tolerances, targets")
    command.add_argument(
        "--level",
        choices=_LEVELS_OF_MEASUREMENT,
        help="without a rubric: how answers compare (by default numbers are ordinal, texts nominal)",
    )
    command.add_argument("--levels", help="without a rubric: the declared scale in order, such as 1,2,3,4,5")
    command.add_argument("--criterion", action="append", help="only this criterion (may be given again)")
    table = command.add_argument_group("tables", "What the columns are called, where a guess would fail.")
    for role in ("task", "reviewer", "criterion"):
        table.add_argument(f"--{role}-column", metavar="NAME")
    table.add_argument(
        "--value-column", metavar="NAME", action="append", help="several where reviewers or criteria have one"
    )
    table.add_argument("--shape", choices=("long", "wide"), help="one rating a row, or several")
    store = command.add_argument_group("stores", "Which part of a store.")
    for name in ("campaign", "round", "rubric-version"):
        store.add_argument(f"--{name}")


def _add_result(command: argparse.ArgumentParser, usual: str) -> None:
    """Add what says how the result is written."""
    command.add_argument("--format", choices=("text", "json", "html"), default=usual)
    command.add_argument("--out", type=Path, help="write into this file")
    command.add_argument(
        "--progress", action="store_true", help="show progress at once, to whatever reads it"
    )
    command.set_defaults(usage=command)
