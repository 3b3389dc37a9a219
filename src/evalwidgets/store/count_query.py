"""The one portable statement of agreement: a GROUP BY in a GROUP BY that counts patterns of votes.

It runs unchanged on SQLite, PostgreSQL and DuckDB, and returns a few thousand rows where
the ratings are millions. Names are quoted, values are bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    case,
    column,
    func,
    literal_column,
    quoted_name,
    select,
    table,
)
from sqlalchemy.engine.default import DefaultDialect

from evalwidgets.errors import RatingsError

MOST_LEVELS = 300
"""Engines allow some 2,000 columns, and slow down long before."""


class TableColumns(NamedTuple):
    """What a table of ratings calls its columns."""

    task: str = "task"
    reviewer: str = "reviewer"
    criterion: str = "criterion"
    value: str = "value"


_USUAL = TableColumns()


def pattern_query(
    name: str,
    criterion: str | None,
    levels: Sequence[Any],
    *,
    columns: TableColumns = _USUAL,
    first_by: Sequence[str] = (),
    schema: str | None = None,
) -> Select[Any]:
    """Return the statement that counts the patterns of any table of ratings.

    Parameters
    ----------
    name : str
        The table.
    criterion : str or None
        Which criterion; None for a table that has one only.
    levels : sequence
        The declared values of the scale, as the table holds them.
    columns : TableColumns
        What the table calls task, reviewer, criterion and value.
    first_by : sequence of str
        Columns that tell which of two ratings of a task by one reviewer came first; the
        first counts, as in `count_patterns`. Without them the table must hold one each.
    schema : str, optional
        The table's schema.

    Returns
    -------
    Select
        Columns `n0, n1, ...` (votes by level) and `tasks`. Run it with SQLAlchemy, or
        turn it into text for a bare driver with `in_plain_sql`.

    Raises
    ------
    RatingsError
        If there are more levels than engines have columns.

    Notes
    -----
    Values that are not among the levels are not counted, and without `first_by` a
    rating given twice counts twice: `tally_query` tells how many there are of both.
    """
    if not 1 <= len(levels) <= MOST_LEVELS:
        msg = f"levels: expected 1 to {MOST_LEVELS} for one statement, got {len(levels)}. Use count_patterns."
        raise RatingsError(msg)
    return patterns_of(_votes(name, criterion, columns, first_by, schema), levels)


def tally_query(
    name: str,
    criterion: str | None,
    levels: Sequence[Any],
    *,
    columns: TableColumns = _USUAL,
    schema: str | None = None,
) -> Select[Any]:
    """Return the statement that counts what the patterns rest on, in one row.

    Returns
    -------
    Select
        Columns `ratings`, `reviewers`, `twice` (ratings of a task by one reviewer beyond
        the first) and `undeclared` (ratings whose value is not among the levels).
        The parameters are those of `pattern_query`.
    """
    votes = _votes(name, criterion, columns, (), schema).cte("votes")
    pairs = select(votes.c.task, votes.c.reviewer).distinct().subquery("pairs")
    n_pairs = select(func.count()).select_from(pairs).scalar_subquery()
    undeclared = func.count(case((votes.c.value.not_in(levels), literal_column("1"))))
    parts: list[Any] = [
        func.count().label("ratings"),
        func.count(votes.c.reviewer.distinct()).label("reviewers"),
        (func.count() - n_pairs).label("twice"),
        undeclared.label("undeclared"),
    ]
    return select(*parts).select_from(votes)


def in_plain_sql(statement: Select[Any], *, numbered: bool = False) -> tuple[str, list[Any]]:
    """Return a statement as text with `?` (or `$1, $2, ...`) and its parameters in order.

    DuckDB and SQLite take both kinds of marks, PostgreSQL's own protocol the numbered one.
    """
    style: Literal["numeric_dollar", "qmark"] = "numeric_dollar" if numbered else "qmark"
    expanded = {"render_postcompile": True}
    compiled = statement.compile(dialect=DefaultDialect(paramstyle=style), compile_kwargs=expanded)
    return str(compiled), [compiled.params[name] for name in compiled.positiontup or []]


def patterns_of(votes: Select[Any] | FromClause, levels: Sequence[Any]) -> Select[Any]:
    """Return the statement over votes with columns `task` and `value`: by task, then by pattern."""
    rows = votes.subquery("votes") if isinstance(votes, Select) else votes
    one: ColumnElement[int] = literal_column("1")
    none: ColumnElement[int] = literal_column("0")
    sums = [
        func.sum(case((rows.c.value == level, one), else_=none)).label(f"n{i}")
        for i, level in enumerate(levels)
    ]
    by_task = select(*sums).group_by(rows.c.task).subquery("by_task")
    return select(*by_task.c, func.count().label("tasks")).group_by(*by_task.c)


def first_of(rows: FromClause, place: Sequence[str], by: Sequence[str]) -> Select[Any]:
    """Return the first row at each place."""
    turn = func.row_number().over(
        partition_by=[rows.c[name] for name in place], order_by=[rows.c[name] for name in by]
    )
    turns = select(*rows.c, turn.label("turn")).subquery("turns")
    kept = [one for one in turns.c if one.name != "turn"]
    return select(*kept).where(turns.c.turn == literal_column("1"))


def _votes(
    name: str,
    criterion: str | None,
    columns: TableColumns,
    first_by: Sequence[str],
    schema: str | None,
) -> Select[Any]:
    """Return the ratings with a value under our own names, one for each task and reviewer."""
    names = [_quoted(one) for one in dict.fromkeys((*columns, *first_by))]
    source = table(_quoted(name), *map(column, names), schema=_quoted(schema) if schema else None)
    own = {part: source.c[called] for part, called in columns._asdict().items()}
    order = {f"by{i}": source.c[called] for i, called in enumerate(first_by)}
    wanted = {part: own[part] for part in ("task", "reviewer", "value")} | order
    chosen = select(*(one.label(part) for part, one in wanted.items()))
    chosen = chosen.where(own["value"].is_not(None))
    if criterion is not None:
        chosen = chosen.where(own["criterion"] == criterion)
    return first_of(chosen.subquery("given"), ("task", "reviewer"), list(order)) if order else chosen


def _quoted(name: str) -> quoted_name:
    return quoted_name(name, quote=True)
