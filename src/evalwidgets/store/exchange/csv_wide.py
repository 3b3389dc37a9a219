"""Reviews as CSV, a row for each task and reviewer and a column for each criterion: for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.exchange.assembled import FACTS, PARTS, TextRow, assembled
from evalwidgets.store.exchange.beside import read_beside, write_beside
from evalwidgets.store.exchange.csv_files import write_csv
from evalwidgets.store.exchange.csv_long import FoundTable, text_table
from evalwidgets.store.exchange.losses import losses, pictures_stay
from evalwidgets.store.exchange.work import Brought, Work, Written

if TYPE_CHECKING:
    import pandas as pd

REVIEWS = "reviews.csv"
_FIRST = ("task", "reviewer", "round", "revision", "state")
"""What stands left of the answers; the other facts stand to their right."""


def write_csv_wide(work: Work, folder: Path) -> Written:
    """Write ``reviews.csv``, with the tasks and the rubrics beside it.

    A criterion's column has its id; what goes with an answer has a column only where there is
    some: ``quality.second``, ``quality.na``, ``quality.reason``, ``quality.note``. A criterion
    with the name of a fact (``note``) has the column ``note.value``. Every review comes back
    equal, but for empty texts.
    """
    path = write_csv(_table(work), folder / REVIEWS)
    return Written((*write_beside(work, folder), path), (*pictures_stay(work), *losses(work, "empty texts")))


def _table(work: Work) -> pd.DataFrame:
    import pandas as pd

    facts: dict[str, list[Any]] = {name: [_fact(one, name) for one in work.reviews] for name in FACTS}
    answers: dict[str, list[Any]] = {}
    for criterion in _criteria(work):
        given = [one.answer(criterion) for one in work.reviews]
        for part in PARTS:
            cells = [_part(one, part) for one in given]
            if part == "value" or any(cell not in (None, "") for cell in cells):
                answers[column_of(criterion, part)] = cells
    first = {name: facts.pop(name) for name in _FIRST}
    columns = {**first, **answers, **facts}
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})


def _criteria(work: Work) -> list[str]:
    """Return the criteria in the order of the rubrics, then those that only the reviews name."""
    declared = [one.id for rubric in work.rubrics.values() for one in rubric.all]
    return list(dict.fromkeys([*declared, *(name for one in work.reviews for name in one.answers)]))


def _fact(review: Review, name: str) -> Any:
    value = getattr(review, "id" if name == "review" else name)
    return (dict(value) or None) if name == "flags" else value


def _part(answer: Answer, part: str) -> Any:
    return getattr(answer, part)


def column_of(criterion: str, part: str) -> str:
    """Return the column of one part of a criterion's answers."""
    return criterion if part == "value" and criterion not in FACTS else f"{criterion}.{part}"


def read_csv_wide(folder: Path, rubrics: Mapping[str, Rubric] | None = None) -> Brought:
    """Read a table with a row for each task and reviewer and a column for each criterion.

    The file is ``reviews.csv``, or the only CSV file of the folder. Columns that are neither
    a criterion of a known rubric nor a fact of a review are passed over, and said.

    Raises
    ------
    ExchangeError
        With every problem, each with its row and what is allowed.
    RatingsError
        If the file is no table.
    """
    beside = read_beside(folder, rubrics)
    found = text_table(folder, REVIEWS)
    names = {one.id for rubric in beside.rubrics.values() for one in rubric.all}
    columns = {column_of(name, part): (name, part) for name in sorted(names) for part in PARTS}
    reviews, filled = assembled(_rows(found, columns), beside)
    strange = [name for name in found.table.columns if name not in columns and name not in FACTS]
    said = (f"{found.path.name}: the column {name!r} was passed over." for name in strange)
    return Brought(Work(beside.tasks, beside.rubrics, reviews), (*found.said, *said, *filled))


def _rows(found: FoundTable, columns: Mapping[str, tuple[str, str]]) -> Iterator[TextRow]:
    rated = [(name, *columns[name]) for name in found.table.columns if name in columns]
    facts: Sequence[str] = [name for name in found.table.columns if name in FACTS]
    for number, cells in enumerate(found.table.to_dict("records"), start=2):
        answers: dict[str, dict[str, str]] = {}
        for column, criterion, part in rated:
            if cells[column]:
                answers.setdefault(criterion, {})[part] = cells[column]
        of_review = {name: cells[name] for name in facts}
        yield TextRow(f"{found.path}: row {number}", of_review, answers)
