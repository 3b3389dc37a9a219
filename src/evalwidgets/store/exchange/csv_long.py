"""Ratings as CSV, a row for each, with the tasks and the rubrics beside it: for statistics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.exchange.assembled import FACTS, TextRow, assembled
from evalwidgets.store.exchange.beside import read_beside, write_beside
from evalwidgets.store.exchange.column_names import layout_of
from evalwidgets.store.exchange.csv_files import write_csv
from evalwidgets.store.exchange.losses import counted, losses, pictures_stay
from evalwidgets.store.exchange.rating_files import refuse_unreadable
from evalwidgets.store.exchange.text_table import read_text_table
from evalwidgets.store.exchange.tidy import tidy_ratings
from evalwidgets.store.exchange.work import Brought, Work, Written

if TYPE_CHECKING:
    import pandas as pd

RATINGS = "ratings.csv"
_OF_ANSWER = {"value": "value", "second": "second", "na": "na", "note": "note", "reason": "answer_reason"}
"""Part of an answer to its column."""
_OF_REVIEW = {name: name for name in FACTS} | {"note": "review_note"}
"""Fact of the review to its column."""
_ROLES = ("task", "reviewer", "criterion", "value")


def write_csv_long(work: Work, folder: Path) -> Written:
    """Write ``ratings.csv``, which `read_ratings` reads, with the tasks and the rubrics beside it.

    What comes back is each review that has an answer, equal in everything but empty texts
    and notes on what was not answered.
    """
    path = write_csv(_table(work), folder / RATINGS)
    lost = losses(work, "unrated", "only notes", "empty texts")
    return Written((*write_beside(work, folder), path), (*pictures_stay(work), *lost))


def _table(work: Work) -> pd.DataFrame:
    """Return the tidy table with the hashes, and with what only some reviews have."""
    table = tidy_ratings(work.reviews)
    by_id = {one.id: one for one in work.reviews}
    of_row = [by_id[name] for name in table["review"]]
    rows = zip(of_row, table["criterion"], strict=True)
    more: dict[str, list[Any]] = {
        "flags": [dict(one.flags) or None for one in of_row],
        "review_note": [one.note for one in of_row],
        "answer_reason": [one.answers[criterion].reason for one, criterion in rows],
        "shown_at": [one.shown_at for one in of_row],
        "task_hash": [one.task_hash for one in of_row],
        "rubric_hash": [one.rubric_hash for one in of_row],
    }
    rare = ("review_note", "answer_reason")
    return table.assign(**{name: cells for name, cells in more.items() if any(cells) or name not in rare})


def read_csv_long(folder: Path, rubrics: Mapping[str, Rubric] | None = None) -> Brought:
    """Read a table with a rating a row: one that `write_csv_long` wrote, or somebody else's.

    The file is ``ratings.csv``, or the only CSV file of the folder. What columns are called
    is guessed as in `read_ratings`; values are read as their criterion's control shapes them.

    Raises
    ------
    ExchangeError
        With every problem, each with its row and what is allowed.
    RatingsError
        If the file is no table.
    """
    beside = read_beside(folder, rubrics)
    found = text_table(folder, RATINGS)
    said = list(found.said)
    rows = list(_rows(found, said))
    unrated = sum(not any(row.answers.values()) for row in rows)
    if unrated:
        said.append(f"A row without a value or a reason is no rating ({counted(unrated, 'row')}).")
    reviews, filled = assembled((row for row in rows if any(row.answers.values())), beside)
    return Brought(Work(beside.tasks, beside.rubrics, reviews), (*said, *filled))


class FoundTable(NamedTuple):
    """A table of texts, where it lies, and how it was understood."""

    table: pd.DataFrame
    path: Path
    said: tuple[str, ...]


def text_table(folder: Path, name: str) -> FoundTable:
    """Read the CSV file of this name, or the only one that a folder holds.

    Raises
    ------
    RatingsError
        If there is none, it is too large, or no table.
    """
    path = folder / name
    others = sorted(folder.glob("*.csv"))
    if not path.exists() and len(others) == 1:
        path = others[0]
    refuse_unreadable(path)
    found = read_text_table(path)
    return FoundTable(found.table, path, tuple(f"{path.name}: {one}." for one in found.said))


def _rows(found: FoundTable, said: list[str]) -> Iterator[TextRow]:
    table, path = found.table, found.path
    roles = {name: name for name in _ROLES}
    name_of_all = ""
    if not set(roles) <= set(table.columns):
        layout = layout_of(list(table.columns), None, "long", where=str(path))
        said.append(f"{path.name}: {layout.said()}.".replace("..", "."))
        name_of_all = layout.rated[0]
        roles = {"task": layout.task, "reviewer": layout.reviewer or "", "value": layout.rated[0]}
        roles |= {"criterion": layout.criterion} if layout.criterion else {}
    facts = {**_OF_REVIEW, "task": roles["task"], "reviewer": roles["reviewer"]}
    parts = {**_OF_ANSWER, "value": roles["value"]}
    for number, cells in enumerate(table.to_dict("records"), start=2):
        criterion = cells[roles["criterion"]].strip() if "criterion" in roles else name_of_all
        answer = {part: cells[column] for part, column in parts.items() if cells.get(column)}
        rated = answer if answer.keys() & {"value", "na"} else {}
        of_review = {name: cells[column] for name, column in facts.items() if cells.get(column)}
        yield TextRow(f"{path}: row {number}", of_review, {criterion: rated})
