"""Openings: the log of what people deliberately looked at; it only grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, insert, select

from evalwidgets.core.opening import Opening
from evalwidgets.store.engine import Doors
from evalwidgets.store.rows import clean_keys, packed, sha256
from evalwidgets.store.schema import opening as opening_table
from evalwidgets.store.schema import server_time

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "campaign": "str",
    "round": "str",
    "reviewer": "str",
    "task": "str",
    "review": "str",
    "kind": "str",
    "role": "str",
    "how": "str",
    "opened_at": "datetime64[us, UTC]",
}
"""Column of the table to its pandas type."""

_ADD = insert(opening_table).values(stored_at=server_time())


class Openings:
    """The openings of a store, each reviewer's in order."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def log(self, opening: Opening) -> None:
        """Add an opening; when this returns, it is on disk.

        Raises
        ------
        StoreError
            If it cannot be kept exactly, or the disk or server fails. Then show nothing.
        """
        payload = packed(opening, f"The opening of {opening.kind} of task {opening.task!r}")
        keys = clean_keys(campaign=opening.campaign, reviewer=opening.reviewer, round=opening.round)
        row = {**keys, "kind": opening.kind, "payload": payload, "payload_hash": sha256(payload)}

        def work(connection: Connection) -> None:
            # Of two programs that read the same number, the table's own key sends one back to try again.
            connection.execute(_ADD, {**row, "seq": _last(connection, **keys) + 1})

        self._doors.write(work)

    def read(
        self,
        campaign: str | None = None,
        round: str | None = None,  # noqa: A002 - the project's word
        reviewer: str | None = None,
    ) -> list[Opening]:
        """Return openings, each reviewer's in order; only those of this campaign, round, reviewer."""
        filters = {"campaign": campaign, "round": round, "reviewer": reviewer}
        wanted = [opening_table.c[name] == value for name, value in filters.items() if value is not None]
        order = (opening_table.c.campaign, opening_table.c.reviewer, opening_table.c.seq)
        query = select(opening_table.c.payload).where(*wanted).order_by(*order)
        with self._doors.reading() as connection:
            return [Opening.model_validate_json(payload) for payload in connection.scalars(query)]

    def table(
        self,
        campaign: str | None = None,
        round: str | None = None,  # noqa: A002 - the project's word
        reviewer: str | None = None,
    ) -> pd.DataFrame:
        """Return openings as a table, a row each, with the columns of `COLUMNS`.

        `evalwidgets.analysis.evidence` reads it for the audit: how often evidence was
        looked at, and which way answers moved afterwards.
        """
        import pandas as pd

        found = self.read(campaign, round, reviewer)
        series = {
            name: pd.Series([getattr(one, name) for one in found], dtype=kind)
            for name, kind in COLUMNS.items()
        }
        return pd.DataFrame(series)

    def exposure(
        self,
        campaign: str | None = None,
        round: str | None = None,  # noqa: A002 - the project's word
    ) -> pd.DataFrame:
        """Return how much each reviewer has opened, by name.

        Returns
        -------
        DataFrame
            Columns `reviewer`, `pictures` (different covered pictures opened), `peeks` and
            `reveals` (how often), `evidence` (tasks whose evidence was looked at) and
            `last_at` (of the last covered picture; NaT without any). It is there to share
            the load, not to judge: to open nothing, or much, is neither right nor wrong.
        """
        import pandas as pd

        table = self.table(campaign, round)
        rows = [_exposure(str(name), theirs) for name, theirs in table.groupby("reviewer")]
        columns = ["reviewer", "pictures", "peeks", "reveals", "evidence", "last_at"]
        return pd.DataFrame(rows, columns=columns)


def _last(connection: Connection, campaign: str, reviewer: str, **_: str) -> int:
    theirs = opening_table.c.campaign == campaign, opening_table.c.reviewer == reviewer
    return connection.scalar(select(func.max(opening_table.c.seq)).where(*theirs)) or 0


def _exposure(reviewer: str, openings: pd.DataFrame) -> tuple[object, ...]:
    pictures = openings[openings["kind"] == "picture"]
    evidence = openings[openings["kind"] == "evidence"]
    return (
        reviewer,
        len(pictures.drop_duplicates(["campaign", "task", "role"])),
        int((pictures["how"] == "peek").sum()),
        int((pictures["how"] == "reveal").sum()),
        len(evidence.drop_duplicates(["campaign", "task"])),
        pictures["opened_at"].max(),
    )
