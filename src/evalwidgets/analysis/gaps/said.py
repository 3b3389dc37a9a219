"""What reviewers answered, wrote and flagged, as two small tables: the same from reviews and from ratings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from evalwidgets.analysis.ratings import REQUIRED, first_revisions, require_columns
from evalwidgets.core.review import Review

ANSWERS = ("task", "reviewer", "round", "criterion", "value", "note", "review", "at")
FLAGS = ("task", "reviewer", "flag", "remark", "review", "at")
_EMPTY: dict[str, Any] = {"round": "", "note": "", "review": "", "at": pd.NaT}


class Said(NamedTuple):
    """What was said of tasks."""

    answers: pd.DataFrame
    """One row a rating, with the columns of `ANSWERS`."""
    flags: pd.DataFrame
    """One row a flag of a review, with the columns of `FLAGS`."""


def said_in(reviews_or_ratings: Iterable[Review] | pd.DataFrame) -> Said:
    """Return the first revision of what was said, from reviews or from the tidy table.

    A table of ratings knows which flags were set but not what was remarked; reviews know both.

    Raises
    ------
    RatingsError
        If a table lacks a column of ratings.
    """
    if isinstance(reviews_or_ratings, pd.DataFrame):
        return _of_ratings(reviews_or_ratings)
    return _of_reviews(list(reviews_or_ratings))


def _of_ratings(ratings: pd.DataFrame) -> Said:
    require_columns(ratings, REQUIRED, "ratings")
    first = first_revisions(ratings)
    table = first.rename(columns={"submitted_at": "at"})
    for name, nothing in _EMPTY.items():
        if name not in table:
            table = table.assign(**{name: nothing})
    answers = table[list(ANSWERS)].assign(note=table["note"].fillna(""), at=times(table["at"]))
    if "flags" not in table:
        return Said(answers.reset_index(drop=True), _flags([]))
    once = table.drop_duplicates(["task", "reviewer", "round"])
    rows = [
        (row.task, row.reviewer, flag, "", row.review, row.at)
        for row in rows_of(once)
        if isinstance(row.flags, list | tuple | set | frozenset)
        for flag in row.flags
    ]
    return Said(answers.reset_index(drop=True), _flags(rows))


def _of_reviews(reviews: list[Review]) -> Said:
    first: dict[tuple[str, str, str, str, str], Review] = {}
    for one in sorted(reviews, key=lambda one: one.revision):
        if one.state == "submitted":
            first.setdefault((one.campaign, one.round, one.rubric, one.task, one.reviewer), one)
    rows = [
        (one.task, one.reviewer, one.round, name, answer.value, answer.note, one.id, one.submitted_at)
        for one in first.values()
        for name, answer in one.answers.items()
        if answer.given
    ]
    flags = [
        (one.task, one.reviewer, flag, remark or one.note, one.id, one.submitted_at)
        for one in first.values()
        for flag, remark in one.flags.items()
    ]
    answers = pd.DataFrame(rows, columns=list(ANSWERS)).astype({"value": object})
    return Said(answers.assign(at=times(answers["at"])), _flags(flags))


def _flags(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(FLAGS))
    return table.assign(at=times(table["at"]))


def times(when: Any) -> Any:
    """Return moments in UTC."""
    return pd.to_datetime(when, utc=True)


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table; its columns are their attributes."""
    yield from table.itertuples()
