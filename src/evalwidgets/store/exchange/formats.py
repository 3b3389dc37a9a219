"""Work out to other tools and in from them: one name a format, one folder a journey, its card beside it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from evalwidgets.errors import EvalWidgetsError, ExchangeError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evalwidgets.core.rubric import Rubric
    from evalwidgets.store.exchange.work import Brought, Work, Written
    from evalwidgets.store.tasks import TaskSet

CARD = "PROTOCOL.md"


class _Home(NamedTuple):
    """The module of this room that knows a format, and what its `write_` and `read_` end in."""

    module: str
    ending: str


FORMATS: Mapping[str, _Home] = {
    "jsonl": _Home("jsonl", "jsonl"),
    "parquet": _Home("parquet", "parquet"),
    "csv": _Home("csv_long", "csv_long"),
    "csv-wide": _Home("csv_wide", "csv_wide"),
    "crowd-kit": _Home("crowd_kit", "crowd_kit"),
    "label-studio": _Home("label_studio", "label_studio"),
    "coco": _Home("coco", "coco"),
    "hugging-face": _Home("hugging_face", "hugging_face"),
    "argilla": _Home("argilla", "argilla"),
    "ipyannotations": _Home("ipyannotations_folder", "ipyannotations"),
}
"""Name of each format to what knows it; nothing of it is loaded before it is used."""


def export_work(
    work: Work,
    format: str,  # noqa: A002 - the word that people use
    path: str | os.PathLike[str],
    *,
    card: str,
    replace: bool = False,
) -> Written:
    """Write work in a format of another tool, with the card that says how its ratings were made.

    Parameters
    ----------
    work : Work
        As from `work_of`.
    format : str
        One of `FORMATS`.
    path : str or path-like
        A folder that is new or empty; it is there whole or not at all.
    card : str
        The protocol card, Markdown, as from `analysis.protocol_card`.
    replace : bool
        Whether a folder that holds an earlier export (with its card) may give way to this one.

    Returns
    -------
    Written
        The files, and what the format left out, one sentence each; the same sentences
        stand in ``PROTOCOL.md``.

    Raises
    ------
    UnknownName
        If there is no such format.
    ExchangeError
        If the folder holds something, or cannot be written.
    """
    write = _door(format, "write")
    folder = Path(path)
    part = _begun(folder, replace=replace)
    try:
        written: Written = write(work, part)
        (part / CARD).write_text(_with_losses(card, written.left_out), encoding="utf-8", newline="\n")
        _put(part, folder)
    except OSError as error:
        msg = f"{folder}: cannot be written ({error.strerror}); choose another folder."
        raise ExchangeError([msg]) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    paths = (folder / one.relative_to(part) for one in (*written.paths, part / CARD))
    return written._replace(paths=tuple(paths))


def import_work(
    path: str | os.PathLike[str],
    format: str,  # noqa: A002 - the word that people use
    *,
    rubrics: Mapping[str, Rubric] | Iterable[Rubric] | None = None,
    tasks: TaskSet | None = None,
) -> Brought:
    """Read work that another tool, or `export_work`, wrote into a folder.

    Parameters
    ----------
    path : str or path-like
        The folder.
    format : str
        One of `FORMATS`.
    rubrics : mapping of str to Rubric, or iterable of Rubric, optional
        Those that the folder does not hold itself.
    tasks : TaskSet, optional
        The tasks with their pictures; they take the place of tasks of the same id that the
        folder holds.

    Returns
    -------
    Brought
        The work, and what was not understood or had to be guessed, one sentence each.

    Raises
    ------
    UnknownName
        If there is no such format.
    ExchangeError
        With every problem of the files, each with its place and what is allowed.
    """
    read = _door(format, "read")
    folder = Path(path)
    if not folder.is_dir():
        what = "a file" if folder.exists() else "nothing there"
        raise ExchangeError([f"{folder}: expected the folder with the files of {format}, got {what}."])
    known = dict(rubrics) if isinstance(rubrics, Mapping) else {one.hash: one for one in rubrics or ()}
    with _as_exchange_error():
        brought: Brought = read(folder, known)
    if tasks is None:
        return brought
    from evalwidgets.store.exchange.given_tasks import with_tasks

    return with_tasks(brought, tasks)


def _door(format_: str, verb: str) -> Any:
    if format_ not in FORMATS:
        raise UnknownName("format", format_, FORMATS)
    home = FORMATS[format_]
    return getattr(import_module(f"{__package__}.{home.module}"), f"{verb}_{home.ending}")


def _begun(folder: Path, *, replace: bool) -> Path:
    """Return a spare folder beside the wanted one, in which an export grows unseen."""
    part = folder.with_name(f".{folder.name}.part")
    gives_way = replace and (folder / CARD).is_file()
    try:
        if folder.exists() and not gives_way and (not folder.is_dir() or any(folder.iterdir())):
            raise ExchangeError(
                [f"{folder}: expected a folder that is new or empty; nothing is overwritten."]
            )
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
    except OSError as error:
        msg = f"{folder}: cannot be made ({error.strerror}); choose another folder."
        raise ExchangeError([msg]) from None
    return part


def _put(part: Path, folder: Path) -> None:
    if folder.exists():  # empty, or an earlier export that gives way
        shutil.rmtree(folder)
    part.rename(folder)


def _with_losses(card: str, left_out: Iterable[str]) -> str:
    lines = [f"- {_plain(sentence)}" for sentence in left_out] or ["Nothing."]
    return "\n".join([card.rstrip(), "", "## What this format left out", "", *lines, ""])


def _plain(sentence: str) -> str:
    """Return a sentence in one line in which nothing means anything to Markdown."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(sentence.split()))


@contextmanager
def _as_exchange_error() -> Iterator[None]:
    """Tell what is wrong with a file the same way, whichever reader found it."""
    try:
        yield
    except ExchangeError:
        raise
    except EvalWidgetsError as error:
        raise ExchangeError(getattr(error, "problems", [str(error)])) from error
