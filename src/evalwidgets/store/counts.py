"""Votes on a criterion, counted by the store's own engine instead of being read one by one.

`evalwidgets.analysis.agreement.patterns.patterns_of_counts` makes of them what `count_patterns`
makes of the ratings themselves, to the last digit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import CTE, Connection, FromClause, Select, and_, func, select

from evalwidgets.core.value import canonical_json
from evalwidgets.errors import RatingsError, did_you_mean
from evalwidgets.store.count_query import MOST_LEVELS, first_of, patterns_of
from evalwidgets.store.queries import asked_for
from evalwidgets.store.schema import PLACE, rating, review

if TYPE_CHECKING:
    import numpy as np


class CountedVotes(NamedTuple):
    """Votes as `patterns_of_counts` takes them."""

    levels: tuple[Any, ...]
    """The values that the columns of `counts` stand for."""
    counts: np.ndarray
    """Votes by level, one row a pattern (a task on very wide scales)."""
    n: np.ndarray
    """How many tasks each row stands for."""
    n_reviewers: int
    left_out: tuple[tuple[str, int, str], ...]
    """What was not counted: what, how many, why."""


def count_votes(
    connection: Connection,
    criterion: str,
    levels: Sequence[Any] | None,
    filters: Mapping[str, str | None] | None = None,
) -> CountedVotes:
    """Return the votes on one criterion of a store, counted by its engine.

    Parameters
    ----------
    connection : Connection
        To a store on SQLite or PostgreSQL, in one transaction.
    criterion : str
        Which criterion.
    levels : sequence or None
        The declared values of the scale; None for those that occur (open scales).
    filters : mapping, optional
        `campaign, round, rubric, rubric_version, reviewer, task`: only reviews of these.

    Raises
    ------
    RatingsError
        If a value is not among the declared levels.

    Notes
    -----
    Of several revisions the first one that was asked this criterion counts, which is the
    blind one; of several reviews of one task by one reviewer (in two rounds) the first.
    Scales wider than `MOST_LEVELS` are counted by task and value, without columns by level.
    """
    given = _given(criterion, filters or {})
    blind = first_of(given, PLACE, ("revision",)).cte("blind")
    valued = select(blind).where(blind.c.value.is_not(None)).cte("valued")
    votes = first_of(valued, ("task", "reviewer"), ("campaign", "reviewer_seq")).cte("votes")
    n_reviewers, left_out = _tallied(connection, given, blind, valued, votes)
    named = _levels(connection, votes, levels, criterion)
    counted = _patterns if len(named) <= MOST_LEVELS else _cells
    counts, n = counted(connection, votes, list(named))
    return CountedVotes(tuple(named.values()), counts, n, n_reviewers, left_out)


def _given(criterion: str, filters: Mapping[str, str | None]) -> CTE:
    """Return every rating of the criterion, with what decides which one counts."""
    of_review = and_(rating.c.campaign == review.c.campaign, rating.c.review == review.c.id)
    wanted = asked_for(filters, lessons=False)
    columns = [review.c[name] for name in (*PLACE, "revision", "reviewer_seq")]
    query = select(*columns, rating.c.value).join_from(review, rating, of_review)
    return query.where(rating.c.criterion == criterion, *wanted).cte("given")


def _tallied(
    connection: Connection, given: CTE, blind: CTE, valued: CTE, votes: CTE
) -> tuple[int, tuple[tuple[str, int, str], ...]]:
    """Return how many reviewers voted, and what was left out in the words of a table's statistics."""
    sizes = [_scalar(select(func.count()).select_from(rows)) for rows in (given, blind, valued, votes)]
    reviewers = _scalar(select(func.count(votes.c.reviewer.distinct())))
    tally: Select[Any] = select(*sizes, reviewers)
    n_given, n_blind, n_valued, n_votes, n_reviewers = tuple(connection.execute(tally).one())
    left_out = (
        ("rating from a later revision", n_given - n_blind, "the first one is blind"),
        ("rating not applicable", n_blind - n_valued, "no level was given"),
        ("rating given twice", n_valued - n_votes, "same reviewer and task; the first one counts"),
    )
    return n_reviewers, tuple(one for one in left_out if one[1])


def _scalar(query: Select[Any]) -> Any:
    return query.scalar_subquery()


def _levels(
    connection: Connection, votes: FromClause, levels: Sequence[Any] | None, criterion: str
) -> dict[str, Any]:
    """Return how the store writes each level, and the level."""
    held = {text: json.loads(text) for text in connection.scalars(select(votes.c.value).distinct())}
    occurring = {text: tuple(value) if isinstance(value, list) else value for text, value in held.items()}
    if levels is None:
        return dict(sorted(occurring.items(), key=lambda one: _in_order(one[1])))
    declared = {canonical_json(level): level for level in levels}
    unknown = [value for text, value in occurring.items() if text not in declared]
    if unknown:
        hint = did_you_mean(str(unknown[0]), [str(level) for level in levels])
        msg = (
            f"criterion {criterion}: expected values among the declared levels {list(levels)}, got "
            f"{unknown[:6]}.{hint} Pass the levels of the rubric that the reviews were made with."
        )
        raise RatingsError(msg)
    return declared


def _in_order(value: Any) -> tuple[bool, float, str]:
    """Return what sorts numbers as numbers, and before texts."""
    number = isinstance(value, int | float)
    return (not number, value if number else 0.0, str(value))


def _patterns(connection: Connection, votes: FromClause, levels: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return votes by level, and how many tasks have them."""
    import numpy as np

    rows = [tuple(row) for row in connection.execute(patterns_of(votes, levels))] if levels else []
    numbers = np.array(rows, dtype=np.int64).reshape(-1, len(levels) + 1)
    return numbers[:, :-1], numbers[:, -1]


def _cells(connection: Connection, votes: FromClause, levels: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return votes by level of each task, from one row for each value that a task was given."""
    import numpy as np

    place = {level: i for i, level in enumerate(levels)}
    tasks: dict[str, int] = {}
    key = (votes.c.task, votes.c.value)
    found = connection.execute(select(*key, func.count()).group_by(*key))
    cells = [(tasks.setdefault(task, len(tasks)), place[value], n) for task, value, n in found]
    counts = np.zeros((len(tasks), len(levels)), dtype=np.int64)
    row, level, n = np.array(cells, dtype=np.int64).reshape(-1, 3).T
    counts[row, level] = n
    return counts, np.ones(len(tasks), dtype=np.int64)
