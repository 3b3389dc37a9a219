"""The gold log: who proposed, seconded, contested and retired what, told by events that only grow."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, insert, select

from evalwidgets.core.gold_book import GoldBook, replay_gold
from evalwidgets.core.gold_events import GoldEvent, gold_event_from_json
from evalwidgets.store.engine import Doors
from evalwidgets.store.rows import clean_keys, packed, sha256
from evalwidgets.store.schema import gold_event, server_time

_ADD = insert(gold_event).values(stored_at=server_time())
_LOG = select(gold_event.c.payload).order_by(gold_event.c.seq)


class GoldLog:
    """The gold books of a store; a mapping of campaign to `GoldBook`.

    Each event is checked against the log inside the transaction that adds it, and the
    table's own key decides races: of two people who second at once, one is told that
    nothing waits any more.
    """

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def log(self, campaign: str, event: GoldEvent) -> GoldBook:
        """Add an event to a campaign's log and return its book then.

        Raises
        ------
        GoldError
            If the event cannot happen now; nothing is stored.
        """
        place = clean_keys(campaign=campaign)
        payload = packed(event, f"The event {event.kind!r} on gold of task {event.task!r}")

        def work(connection: Connection) -> GoldBook:
            book = replay_gold(_log(connection, **place)).after(event)
            row = {**place, "seq": len(book.log), "task": event.task, "kind": event.kind}
            connection.execute(_ADD, {**row, "payload": payload, "payload_hash": sha256(payload)})
            return book

        return self._doors.write(work)

    def __getitem__(self, campaign: str) -> GoldBook:
        """Return a campaign's gold book; empty where nothing has happened."""
        with self._doors.reading() as connection:
            return replay_gold(_log(connection, campaign))


def _log(connection: Connection, campaign: str) -> Iterator[GoldEvent]:
    query = _LOG.where(gold_event.c.campaign == campaign)
    return map(gold_event_from_json, connection.scalars(query))
