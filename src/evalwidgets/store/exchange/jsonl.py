"""Lines of JSON: tasks, rubrics and whole reviews; nothing is lost but the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.exchange.beside import read_beside, write_beside
from evalwidgets.store.exchange.lines import read_lines, write_lines
from evalwidgets.store.exchange.losses import pictures_stay
from evalwidgets.store.exchange.unread import unknown_rubrics
from evalwidgets.store.exchange.work import Brought, Work, Written

REVIEWS = "reviews.jsonl"


def write_jsonl(work: Work, folder: Path) -> Written:
    """Write ``tasks.jsonl``, ``rubrics.jsonl`` and ``reviews.jsonl``; what comes back is equal."""
    reviews = write_lines(folder / REVIEWS, work.reviews)
    return Written((*write_beside(work, folder), reviews), pictures_stay(work))


def read_jsonl(folder: Path, rubrics: Mapping[str, Rubric] | None = None) -> Brought:
    """Read what `write_jsonl` wrote.

    Raises
    ------
    TaskError
        With every problem of a file, each as `file:line: place: what is wrong`.
    """
    beside = read_beside(folder, rubrics)
    reviews = tuple(read_lines(Review, folder / REVIEWS, "id"))
    work = Work(beside.tasks, beside.rubrics, reviews)
    return Brought(work, unknown_rubrics(work))
