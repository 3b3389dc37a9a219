"""Triggers that keep reviews append-only: a guard against accidents, not against attackers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, PrimaryKeyConstraint, Table, UniqueConstraint

from evalwidgets.store.schema import (
    adjudication_event,
    gap_event,
    gold_event,
    lesson_event,
    opening,
    rating,
    review,
    round_event,
    rubric,
    rubric_event,
    slice_event,
)

GUARDED = (
    *(review, rating, rubric, round_event, opening, lesson_event),
    *(gold_event, adjudication_event, gap_event, rubric_event, slice_event),
)


def guard(connection: Connection, tables: Iterable[Table] = GUARDED) -> None:
    """Create the triggers on freshly made tables."""
    make = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
    for table in tables:
        for statement in make(table):
            connection.exec_driver_sql(statement)


def _on_sqlite(table: Table) -> Iterator[str]:
    """Refuse UPDATE and DELETE, and INSERT OR REPLACE even from another program's connection."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_sentence(table)}'); END"
    name = table.name
    yield f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {refuse}"
    yield f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refuse}"
    taken = " OR ".join(_taken(table, key) for key in _keys(table))
    yield f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN {taken} {refuse}"


def _on_postgresql(table: Table) -> Iterator[str]:
    """Refuse UPDATE, DELETE and TRUNCATE."""
    name = table.name
    yield (
        f"CREATE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_sentence(table)}'; END $$"
    )
    yield (
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        f"EXECUTE FUNCTION {name}_refuse()"
    )


def _keys(table: Table) -> list[list[str]]:
    kinds = (PrimaryKeyConstraint, UniqueConstraint)
    return sorted(one.columns.keys() for one in table.constraints if isinstance(one, kinds))


def _taken(table: Table, key: list[str]) -> str:
    same = " AND ".join(f"{name} = NEW.{name}" for name in key)
    return f"EXISTS (SELECT 1 FROM {table.name} WHERE {same})"  # noqa: S608 - names of our own tables


def _sentence(table: Table) -> str:
    return f"a stored {table.name.replace('_', ' ')} never changes and never goes"
