"""The register of gaps follows from its log: nothing forgotten, refusals that say what to do instead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalwidgets.core.clause import Clause
from evalwidgets.core.gap_book import GapBook, replay_gaps
from evalwidgets.core.gap_events import (
    Closed,
    Decided,
    Dismissed,
    Example,
    Exampled,
    GapEvent,
    Raised,
    Reopened,
    Voted,
    gap_event_from_json,
)
from evalwidgets.errors import GapError

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLACE: dict[str, Any] = {"gap": "shadows", "by": "lee", "at": NOON}
SHADOW = Example(task="t1", review="r-1", quote="a shadow is left")


def raised(**more: Any) -> Raised:
    """Return a gap that lee raises."""
    facts = {**PLACE, "rubric": "image-edit", "rubric_version": "1.2.0", "title": "Whose are shadows?"}
    return Raised(**{**facts, "clause": Clause(criterion="preservation", lower=3), **more})


DECIDED = Decided(**PLACE, decision="A shadow follows from the edit.")
CLOSED = Closed(**PLACE, version="1.3.0", rubric_hash="a" * 64)
DISMISSED = Dismissed(**PLACE, reason="rule 3 says so")
REOPENED = Reopened(**PLACE, reason="again in May")
BACKED = Voted(**{**PLACE, "by": "mia"})
WITHDRAWN = Voted(**{**PLACE, "by": "mia"}, backs=False)


def test_a_gap_goes_from_raised_to_closed() -> None:
    """Its examples, backers, decision and version are kept, and so is every event."""
    log = (raised(examples=(SHADOW,)), Exampled(**PLACE, example=Example(task="t2")), BACKED, DECIDED, CLOSED)
    gap = replay_gaps(log).gaps["shadows"]

    assert ("closed", "shadows", ("t1", "t2"), ("lee", "mia")) == (
        gap.state,
        gap.name,
        gap.tasks,
        gap.backers,
    )
    assert gap.decided is DECIDED
    assert gap.closed is CLOSED
    assert log == replay_gaps(log).log_of("shadows")
    assert () == replay_gaps(log).unsettled


@pytest.mark.parametrize(
    ("log", "state"),
    [
        ([raised()], "open"),
        ([raised(), DECIDED], "decided"),
        ([raised(), DECIDED, CLOSED], "closed"),
        ([raised(), DISMISSED], "dismissed"),
        ([raised(), DECIDED, DISMISSED], "dismissed"),
        ([raised(), DECIDED, CLOSED, REOPENED], "open"),
        ([raised(), DISMISSED, REOPENED], "open"),
    ],
)
def test_the_state_is_what_happened_last(log: list[GapEvent], state: str) -> None:
    """A reopened gap is as open as on its first day: what was decided did not do."""
    assert state == replay_gaps(log).gaps["shadows"].state


@pytest.mark.parametrize(
    ("log", "event", "why"),
    [
        ([raised()], raised(), "is in the register already; add an example"),
        ([raised()], DECIDED.model_copy(update={"gap": "shadow"}), r"no gap 'shadow'.*shadows"),
        ([raised()], CLOSED, "decide first what shall hold"),
        ([raised()], REOPENED, "is not settled; go on with it"),
        ([raised(), DECIDED, CLOSED], DECIDED, "is closed already; reopen it first"),
        ([raised(), DISMISSED], DISMISSED, "is dismissed already; reopen it first"),
        ([raised(), BACKED], BACKED, "mia backs it already"),
        ([raised()], WITHDRAWN, "mia does not back it"),
        ([raised()], Voted(**PLACE), "lee backs it already"),
    ],
)
def test_what_cannot_happen_is_refused(log: list[GapEvent], event: GapEvent, why: str) -> None:
    """The refusal says what to do instead, and the register stays as it was."""
    book = replay_gaps(log)
    with pytest.raises(GapError, match=why):
        book.after(event)
    assert len(log) == len(book.log)


def test_an_example_is_there_once() -> None:
    """Given twice, at once or later, it is one example; another quote on the same task is another."""
    other = SHADOW.model_copy(update={"quote": "the floor is darker"})
    log = [
        raised(examples=(SHADOW, SHADOW)),
        Exampled(**PLACE, example=SHADOW),
        Exampled(**PLACE, example=other),
    ]
    gap = replay_gaps(log).gaps["shadows"]

    assert ((SHADOW, other), ("t1",)) == (gap.examples, gap.tasks)


def test_who_raised_it_may_withdraw() -> None:
    """A gap may be left without any backer, and stays."""
    assert () == replay_gaps([raised(), Voted(**PLACE, backs=False)]).gaps["shadows"].backers


def test_age_ends_when_it_is_settled() -> None:
    """Whole days from the day on which it was raised; reopened, it is as old as it is."""
    later = {**PLACE, "at": NOON + timedelta(days=9)}
    closed = CLOSED.model_copy(update={"at": later["at"]})
    now = NOON + timedelta(days=30, hours=23)
    ages = [
        replay_gaps(log).gaps["shadows"].days_open(now)
        for log in ([raised()], [raised(), DECIDED, closed], [raised(), DECIDED, closed, REOPENED])
    ]

    assert [30, 9, 30] == ages


@pytest.mark.parametrize(
    "make",
    [
        lambda: raised(title=""),
        lambda: raised(gap="Two words"),
        lambda: Decided(**PLACE, decision=""),
        lambda: Dismissed(**PLACE, reason=""),
        lambda: Closed(**PLACE, version="1.3", rubric_hash="a" * 64),
    ],
)
def test_an_event_says_something(make: Any) -> None:
    """Titles, decisions and reasons are never empty; a name is a slug and a version has three parts."""
    with pytest.raises(ValidationError):
        make()


EVENTS = [
    *(raised(gap=name) for name in ("shadows", "halos")),
    *(
        event.model_copy(update={"gap": name})
        for name in ("shadows", "halos")
        for event in (
            BACKED,
            WITHDRAWN,
            DECIDED,
            CLOSED,
            DISMISSED,
            REOPENED,
            Exampled(**PLACE, example=SHADOW),
        )
    ),
]


@given(st.lists(st.sampled_from(EVENTS), max_size=25))
def test_a_log_read_from_disk_tells_the_same(events: list[GapEvent]) -> None:
    """Whatever was accepted can be read back and replayed, and gaps never touch each other."""
    book = GapBook()
    for event in events:
        try:
            book = book.after(event)
        except GapError:
            continue
    again = replay_gaps(gap_event_from_json(one.model_dump_json()) for one in book.log)

    assert book == again
    for name in book.gaps:
        assert replay_gaps(book.log_of(name)).gaps[name] == book.gaps[name]
    assert all(gap.state in ("open", "decided") for gap in book.unsettled)
