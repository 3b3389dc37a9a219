"""Count patterns by SQL: the same statistics from every engine as from numpy."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis import count_patterns, gwet_ac1, krippendorff_alpha, percent_agreement
from evalwidgets.analysis.agreement.patterns import CountPatterns, patterns_of_counts
from evalwidgets.analysis.results import LeftOut
from evalwidgets.core.review import Answer
from evalwidgets.errors import RatingsError
from evalwidgets.store.count_query import MOST_LEVELS, TableColumns, in_plain_sql, pattern_query, tally_query
from evalwidgets.store.reviews import ReviewStore

from .samples import a_review

LEVELS = (1, 2, 3, 4, 5)
# Names that must be quoted, in tables and columns alike.
COLUMNS = TableColumns(task="the task", reviewer="order", criterion='cri"terion', value="value")
NAME = 'rat"ings; drop'

votes = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 4), st.sampled_from(["q", "s"]), st.sampled_from(LEVELS)),
    max_size=60,
)


def table_of(rows: Sequence[tuple[int, int, str, int]]) -> pd.DataFrame:
    """Return a sparse table in which reviewers may rate a task twice; `seq` is its order."""
    table = pd.DataFrame(
        [(f"t{t}", f"r{r}", criterion, value) for t, r, criterion, value in rows],
        columns=["task", "reviewer", "criterion", "value"],
    ).astype({"value": "int64"})
    return table.assign(seq=np.arange(len(table)))


def figures(patterns: CountPatterns) -> list[Any]:
    """Return every number of every coefficient, with its interval and its evidence."""
    estimates = [
        *(krippendorff_alpha(patterns, levels=LEVELS, level=m) for m in ("nominal", "ordinal", "interval")),
        gwet_ac1(patterns, levels=LEVELS),
        percent_agreement(patterns, levels=LEVELS),
    ]
    return [part for one in estimates for part in astuple(one)]


def same(expected: Sequence[Any], actual: Sequence[Any]) -> bool:
    """Return whether numbers are equal to 1e-10 and everything else is equal."""
    close = (
        one == other or (isinstance(one, float) and isinstance(other, float) and abs(one - other) < 1e-10)
        for one, other in zip(expected, actual, strict=True)
    )
    return all(close)


def from_duckdb(table: pd.DataFrame, sql: tuple[str, list[Any]], size: tuple[str, list[Any]]) -> Any:
    """Run both statements in DuckDB, on a DataFrame that stands there as a table."""
    with duckdb.connect() as connection:
        connection.register("frame", table)
        connection.execute('CREATE TABLE "rat""ings; drop" AS SELECT * FROM frame')
        return connection.execute(*sql).fetchall(), connection.execute(*size).fetchone()


def from_sqlite(table: pd.DataFrame, sql: tuple[str, list[Any]], size: tuple[str, list[Any]]) -> Any:
    """Run both statements in SQLite."""
    connection = sqlite3.connect(":memory:")
    table.to_sql(NAME, connection, index=False)
    rows = connection.execute(*sql).fetchall(), connection.execute(*size).fetchone()
    connection.close()
    return rows


def patterns_from(engine: Any, table: pd.DataFrame) -> CountPatterns:
    """Return the patterns of criterion q that an engine counts."""
    renamed = table.rename(columns=dict(zip(TableColumns._fields, COLUMNS, strict=True)))
    named: dict[str, Any] = {"columns": COLUMNS}
    query = in_plain_sql(pattern_query(NAME, "q", LEVELS, first_by=["seq"], **named))
    rows, size = engine(renamed, query, in_plain_sql(tally_query(NAME, "q", LEVELS, **named)))
    counts = np.array(rows, dtype=np.int64).reshape(-1, len(LEVELS) + 1)
    twice = LeftOut("rating given twice", size[2], "same reviewer and task; the first one counts")
    return patterns_of_counts(
        counts[:, :-1],
        levels=LEVELS,
        n_reviewers=size[1],
        n=counts[:, -1],
        left_out=(twice,) if twice.n else (),
    )


@pytest.mark.parametrize("engine", [from_duckdb, from_sqlite])
@settings(max_examples=25)
@given(rows=votes)
def test_every_engine_gives_the_statistics_of_numpy(
    engine: Any, rows: list[tuple[int, int, str, int]]
) -> None:
    """Alpha, AC1, percent, their intervals and what was left out are equal to 1e-10."""
    table = table_of(rows)
    of_q = table[table["criterion"] == "q"]
    expected = figures(count_patterns(of_q, levels=LEVELS))

    actual = figures(patterns_from(engine, table))

    assert same(expected, actual)


def test_postgresql_gives_the_statistics_of_numpy(postgresql: str) -> None:
    """The same statement runs in PostgreSQL, its parameters bound by the server."""
    from sqlalchemy import create_engine

    rng = np.random.default_rng(3)
    rows = [(int(t), int(r), "q", int(v)) for t, r, v in rng.integers(1, [30, 6, 6], (300, 3))]
    table = table_of(rows)
    expected = figures(count_patterns(table, levels=LEVELS))

    def run(frame: pd.DataFrame, *_: Any) -> Any:
        engine = create_engine(postgresql.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            frame.to_sql(NAME, connection, index=False)
            query = pattern_query(NAME, "q", LEVELS, columns=COLUMNS, first_by=["seq"])
            found = connection.execute(query).all()
            size = connection.execute(tally_query(NAME, "q", LEVELS, columns=COLUMNS)).one()
        engine.dispose()
        return [tuple(row) for row in found], tuple(size)

    assert same(expected, figures(patterns_from(run, table)))


def test_the_tally_tells_what_the_patterns_cannot() -> None:
    """Ratings given twice and values off the scale are counted, so that neither passes unseen."""
    table = table_of([(0, 0, "q", 1), (0, 0, "q", 2), (0, 1, "q", 5), (1, 1, "q", 4), (1, 2, "s", 1)])
    size = in_plain_sql(tally_query("frame", "q", (1, 2, 3)), numbered=True)

    with duckdb.connect() as connection:
        connection.register("frame", table)
        tally = connection.execute(*size).fetchone()

    assert (4, 2, 1, 2) == tally


def test_a_scale_that_no_statement_holds_is_refused() -> None:
    """Engines have a limit on columns; the error names the way that has none."""
    with pytest.raises(RatingsError, match=r"1 to 300 .* got 301\. Use count_patterns"):
        pattern_query("ratings", None, range(MOST_LEVELS + 1))


def filled(store: ReviewStore) -> None:
    """Put revisions, rounds, a reviewer twice on a task, and "not applicable" into a store."""
    rng = np.random.default_rng(8)
    for t in range(12):
        for r in range(4):
            if rng.random() < 0.3:
                continue
            facts = {"task": f"t{t}", "reviewer": f"r{r}", "round": f"round{t % 2}"}
            answers = (
                {"accuracy": Answer(value=int(rng.integers(1, 6)))}
                if rng.random() < 0.9
                else {"accuracy": Answer(na="hidden")}
            )
            store.submit(a_review(**facts, answers=answers))
            if rng.random() < 0.4:
                later = {"accuracy": Answer(value=int(rng.integers(1, 6))), "defects": Answer(value=["halo"])}
                store.submit(a_review(**facts, answers=later, revision=2, reason="changed"))
            if rng.random() < 0.3:
                again = {"accuracy": Answer(value=int(rng.integers(1, 6)))}
                store.submit(a_review(**{**facts, "round": "repeat"}, answers=again))


def counted(store: ReviewStore, criterion: str, levels: Any, **filters: str) -> CountPatterns:
    """Return the patterns that a store's engine counts."""
    found = store.count_votes(criterion, levels, **filters)
    return patterns_of_counts(
        found.counts,
        levels=found.levels,
        n_reviewers=found.n_reviewers,
        n=found.n,
        left_out=tuple(LeftOut(*one) for one in found.left_out),
    )


@pytest.mark.parametrize("filters", [{}, {"round": "round1"}, {"campaign": "spring", "round": "repeat"}])
def test_a_store_counts_what_its_table_holds(store: ReviewStore, filters: dict[str, str]) -> None:
    """Blind revisions, one rating for each task and reviewer, what was left out: all as from the table."""
    filled(store)
    table = store.ratings(current=False, **filters)
    expected = figures(count_patterns(table, levels=LEVELS, criterion="accuracy"))

    assert same(expected, figures(counted(store, "accuracy", LEVELS, **filters)))


def test_a_store_counts_open_scales_by_what_occurs(store: ReviewStore) -> None:
    """Sets of options have no declared levels; those that occur are taken, as from the table."""
    filled(store)
    expected = count_patterns(store.ratings(current=False), levels=None, criterion="defects")

    patterns = counted(store, "defects", None)

    assert expected.levels == patterns.levels == (("halo",),)
    assert expected.n.tolist() == patterns.n.tolist()
    assert expected.left_out == patterns.left_out


def test_an_empty_store_has_no_patterns(store: ReviewStore) -> None:
    """Nothing rated is an answer, for declared and for open scales."""
    assert counted(store, "accuracy", LEVELS).n_tasks == 0
    assert counted(store, "accuracy", None).n_tasks == 0


def test_the_widest_scales_are_counted_by_task(file_store: ReviewStore) -> None:
    """Where one column a level is too many, the result is still the same."""
    for t in range(5):
        for r in range(3):
            answer = {"marks": Answer(value=(t * 7 + r * t) % 400)}
            file_store.submit(a_review(task=f"t{t}", reviewer=f"r{r}", answers=answer))
    levels = range(MOST_LEVELS + 100)
    expected = count_patterns(file_store.ratings(current=False), levels=levels)

    patterns = counted(file_store, "marks", levels)

    assert np.array_equal(expected.counts, patterns.counts)
    assert np.array_equal(expected.n, patterns.n)


def test_a_value_that_the_scale_does_not_declare_is_an_error(file_store: ReviewStore) -> None:
    """As from the table: a wrong rubric is told, never counted past."""
    file_store.submit(a_review())

    with pytest.raises(RatingsError, match=r"criterion accuracy: .*\[1, 2\], got \[3\]"):
        counted(file_store, "accuracy", [1, 2])
