"""Rounds: opened once, told by the log of their events, watched without seeing answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, insert, select

from evalwidgets.core.review import Review
from evalwidgets.core.round import Round
from evalwidgets.core.round_events import Opened, RoundEvent, event_from_json
from evalwidgets.core.round_state import RoundState, replay
from evalwidgets.errors import RoundError, UnknownName
from evalwidgets.store import queries
from evalwidgets.store.drafts import count_drafts
from evalwidgets.store.engine import Doors
from evalwidgets.store.rows import clean_keys, packed, sha256
from evalwidgets.store.schema import round_event, server_time

if TYPE_CHECKING:
    import pandas as pd

_ADD = insert(round_event).values(stored_at=server_time())
_LOG = select(round_event.c.payload).order_by(round_event.c.seq)


class Rounds:
    """The rounds of a store; a mapping of (campaign, name) to where each stands.

    Each event is checked against the log inside the transaction that adds it, and the
    table's own key decides races: of two leads who close a round at once, one is told
    that it is closed already.
    """

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def open(self, round_: Round) -> RoundState:
        """Open a round and return where it stands.

        Raises
        ------
        RoundError
            If the campaign has a round of this name.
        """
        return self.log(
            round_.campaign, round_.name, Opened(by=round_.lead, at=round_.opened_at, round=round_)
        )

    def log(self, campaign: str, name: str, event: RoundEvent) -> RoundState:
        """Add an event to a round's log and return where the round stands then.

        Raises
        ------
        RoundError
            If the event cannot happen now; nothing is stored.
        UnknownName
            If there is no such round.
        """
        place = clean_keys(campaign=campaign, round=name)
        payload = packed(event, f"The event {event.kind!r}")

        def work(connection: Connection) -> RoundState:
            log = list(_log(connection, **place))
            state = self._after(place, log, event, connection)
            row = {**place, "seq": len(log) + 1, "kind": event.kind}
            connection.execute(_ADD, {**row, "payload": payload, "payload_hash": sha256(payload)})
            return state

        return self._doors.write(work)

    def __getitem__(self, key: tuple[str, str]) -> RoundState:
        """Return where a round stands, by campaign and name."""
        campaign, name = key
        with self._doors.reading() as connection:
            state = state_of(connection, campaign, name)
            if state is None:
                raise UnknownName("round", name, _names(connection, campaign), f"campaign {campaign}")
        return state

    def names(self, campaign: str) -> list[str]:
        """Return the names of a campaign's rounds, first opened first."""
        with self._doors.reading() as connection:
            return _names(connection, campaign)

    def progress(self, campaign: str, name: str) -> pd.DataFrame:
        """Return how far each reviewer of a round is, and nothing of what they answered.

        Returns
        -------
        DataFrame
            Columns `reviewer, total, done, skipped, drafts, seconds` (active time),
            `flags` (how many reviews are flagged) and `last_at` (None before the first);
            in the order of the round.
        """
        import pandas as pd

        state = self[campaign, name]
        with self._doors.reading() as connection:
            stored = queries.current(connection, campaign, name, state.round.rubric)
            drafts = count_drafts(connection, campaign, name, state.round.rubric)
        rows = [
            _progress(state.round, reviewer, stored, drafts.get(reviewer, 0))
            for reviewer in state.round.reviewers
        ]
        return pd.DataFrame(rows)

    def _after(
        self, place: dict[str, str], log: list[RoundEvent], event: RoundEvent, connection: Connection
    ) -> RoundState:
        if log:
            return replay(log).after(event)
        if isinstance(event, Opened):
            if event.round.campaign != place["campaign"] or event.round.name != place["round"]:
                msg = f"The opening is of round {event.round.name!r}, not of {place['round']!r}."
                raise RoundError(msg)
            return replay([event])
        campaign = place["campaign"]
        raise UnknownName("round", place["round"], _names(connection, campaign), f"campaign {campaign}")


def state_of(connection: Connection, campaign: str, name: str) -> RoundState | None:
    """Return where a round stands; None when it was never opened as one."""
    log = list(_log(connection, campaign, name))
    return replay(log) if log else None


def _log(connection: Connection, campaign: str, round: str) -> Iterator[RoundEvent]:  # noqa: A002
    query = _LOG.where(round_event.c.campaign == campaign, round_event.c.round == round)
    return map(event_from_json, connection.scalars(query))


def _names(connection: Connection, campaign: str) -> list[str]:
    query = (
        select(round_event.c.round)
        .where(round_event.c.campaign == campaign, round_event.c.seq == 1)
        .order_by(round_event.c.stored_at, func.lower(round_event.c.round))
    )
    return list(connection.scalars(query))


def _progress(round_: Round, reviewer: str, stored: list[Review], drafts: int) -> dict[str, Any]:
    theirs = [one for one in stored if one.reviewer == reviewer and one.task in round_.tasks]
    done = sum(one.state == "submitted" for one in theirs)
    return {
        "reviewer": reviewer,
        "total": len(round_.tasks),
        "done": done,
        "skipped": len(theirs) - done,
        "drafts": drafts,
        "seconds": sum(one.seconds for one in theirs),
        "flags": sum(bool(one.flags) for one in theirs),
        "last_at": max((one.submitted_at for one in theirs), default=None),
    }
