"""The logs that each campaign has one of: gold, adjudication, gaps, rubric versions, slices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Connection, Table, insert, select

from evalwidgets.core.adjudication_book import AdjudicationBook, replay_adjudication
from evalwidgets.core.adjudication_events import AdjudicationEvent, adjudication_event_from_json
from evalwidgets.core.event import Event
from evalwidgets.core.gap_book import GapBook, replay_gaps
from evalwidgets.core.gap_events import GapEvent, gap_event_from_json
from evalwidgets.core.gold_book import GoldBook, replay_gold
from evalwidgets.core.gold_events import GoldEvent, gold_event_from_json
from evalwidgets.core.rubric_book import RubricBook, replay_rubrics
from evalwidgets.core.rubric_events import RubricEvent, rubric_event_from_json
from evalwidgets.core.slice_book import SliceBook, SliceEvent, replay_slices, slice_event_from_json
from evalwidgets.store.engine import Doors
from evalwidgets.store.rows import clean_keys, packed, sha256
from evalwidgets.store.schema import (
    adjudication_event,
    gap_event,
    gold_event,
    rubric_event,
    server_time,
    slice_event,
)

E = TypeVar("E", bound=Event)
B = TypeVar("B")


class LogKind(NamedTuple, Generic[B, E]):
    """One kind of log: where it lies, what its events are about, and how it is read."""

    noun: str
    table: Table
    subject: str
    """The column, and the attribute of an event, that says what it is about."""
    read: Callable[[str], E]
    replay: Callable[[Iterable[E]], B]


GOLD: LogKind[GoldBook, GoldEvent] = LogKind("gold", gold_event, "task", gold_event_from_json, replay_gold)
ADJUDICATION: LogKind[AdjudicationBook, AdjudicationEvent] = LogKind(
    "adjudication", adjudication_event, "task", adjudication_event_from_json, replay_adjudication
)
GAPS: LogKind[GapBook, GapEvent] = LogKind("gaps", gap_event, "gap", gap_event_from_json, replay_gaps)
RUBRICS: LogKind[RubricBook, RubricEvent] = LogKind(
    "rubric versions", rubric_event, "rubric", rubric_event_from_json, replay_rubrics
)
SLICES: LogKind[SliceBook, SliceEvent] = LogKind(
    "slices", slice_event, "name", slice_event_from_json, replay_slices
)

KINDS = (GOLD, ADJUDICATION, GAPS, RUBRICS, SLICES)


class CampaignLog(Generic[B, E]):
    """One log of every campaign in a store; a mapping of campaign to what its log tells.

    Each event is checked against the log inside the transaction that adds it, and the
    table's own key decides races: of two people who second a proposal at once, one is
    told that nothing waits any more.
    """

    def __init__(self, doors: Doors, kind: LogKind[B, E]) -> None:
        self._doors, self._kind = doors, kind

    def log(self, campaign: str, event: E) -> B:
        """Add an event to a campaign's log and return what it tells then.

        Raises
        ------
        EvalWidgetsError
            If the event cannot happen now (`GoldError`, `GapError`, ...); nothing is stored.
        """
        place = clean_keys(campaign=campaign)
        kind = self._kind
        about = str(getattr(event, kind.subject))
        what = str(getattr(event, "kind", kind.noun))
        payload = packed(event, f"The event {what!r} on {kind.noun}, {about!r},")

        def work(connection: Connection) -> B:
            events = [*_log(connection, kind, **place), event]
            book = kind.replay(events)
            row = {**place, "seq": len(events), kind.subject: about, "kind": what}
            added = insert(kind.table).values(stored_at=server_time())
            connection.execute(added, {**row, "payload": payload, "payload_hash": sha256(payload)})
            return book

        return self._doors.write(work)

    def __getitem__(self, campaign: str) -> B:
        """Return what a campaign's log tells; an empty book where nothing has happened."""
        with self._doors.reading() as connection:
            return self._kind.replay(_log(connection, self._kind, campaign))


def _log(connection: Connection, kind: LogKind[B, E], campaign: str) -> Iterator[E]:
    table = kind.table
    query = select(table.c.payload).where(table.c.campaign == campaign).order_by(table.c.seq)
    return map(kind.read, connection.scalars(query))
