"""The gold book follows from its log: two pairs of eyes, nothing forgotten, and refusals that say why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.gold_book import GoldBook, replay_gold
from evalwidgets.core.gold_events import (
    Answered,
    Contested,
    GoldEvent,
    Proposed,
    Retired,
    Returned,
    Seconded,
    gold_event_from_json,
)
from evalwidgets.errors import GoldError

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLACE: dict[str, Any] = {"task": "t1", "rubric": "image-edit", "at": NOON}


def gold(*accepted: int, task: str = "t1", rubric: str = "image-edit") -> Gold:
    """Return gold of one criterion."""
    answers = {"quality": GoldAnswer(accepted=accepted)}
    return Gold(task=task, rubric=rubric, rubric_version="1.0.0", answers=answers)


def proposed(*accepted: int, by: str = "lee", **where: str) -> Proposed:
    """Return a proposal of such gold."""
    return Proposed(gold=gold(*accepted, **where), by=by, at=NOON, reason="settled in the meeting")


def seconded(proposal: int, by: str = "mia", **where: Any) -> Seconded:
    """Return a second person's word for a proposal."""
    return Seconded(**{**PLACE, **where}, proposal=proposal, by=by)


def returned(proposal: int, by: str = "mia") -> Returned:
    """Return a proposal given back."""
    return Returned(**PLACE, proposal=proposal, by=by, reason="the halo was overlooked")


def answered(contest: int, what: str, by: str = "lee") -> Answered:
    """Return an answer to a contest."""
    return Answered(**PLACE, contest=contest, what=what, by=by, reason="rule 3 says so")


CONTESTED = Contested(**PLACE, criterion="quality", by="ana", reason="no rule says so", review="r-1")
RETIRED = Retired(**PLACE, by="lee", reason="everybody knows it by heart")


def test_gold_is_what_a_second_person_stands_by() -> None:
    """A proposal alone is a candidate; seconded it is gold and waits no more."""
    before = replay_gold([proposed(3)])
    after = before.after(seconded(1))

    assert ([1], {}) == ([one.number for one in before.candidates], before.applied({}))
    assert ((), {"t1": gold(3)}) == (after.candidates, after.applied({}))


def test_the_files_gold_stays_until_a_change_is_seconded() -> None:
    """A change waits like new gold does; the file's own value is left as it is."""
    file = {"t1": gold(5), "t2": gold(1, task="t2")}
    waits = replay_gold([proposed(3)])

    assert file == waits.applied(file)
    assert {**file, "t1": gold(3)} == waits.after(seconded(1)).applied(file)
    assert gold(5) == file["t1"]


def test_old_values_stay_in_the_log() -> None:
    """Each gold that ever counted can be read in the log of its task, with who and why."""
    book = replay_gold([proposed(3), seconded(1), proposed(4, task="t2"), proposed(4, by="mia")])
    book = book.after(seconded(4, by="lee"))

    entries = book.log_of("t1")
    assert [1, 2, 4, 5] == [one.number for one in entries]
    assert [gold(3), gold(4)] == [one.event.gold for one in entries if isinstance(one.event, Proposed)]
    assert () == book.log_of("t1", "defect-localisation")


def test_a_task_has_gold_under_each_rubric() -> None:
    """Books hold several rubrics; what is asked for by one of them is that one's gold."""
    places = "defect-localisation"
    log = [proposed(3), seconded(1), proposed(1, rubric=places), seconded(3, rubric=places)]
    book = replay_gold(log)

    assert {"t1": gold(3)} == book.applied({"t1": gold(5)})
    assert {"t1": gold(1, rubric=places)} == book.applied({}, places)
    with pytest.raises(GoldError, match=r"Gold of 2 rubrics .* cannot stand by task alone"):
        book.applied({})


def test_retired_gold_judges_nobody_until_it_is_gold_anew() -> None:
    """It is gone at once, the file's too; a new proposal needs two people again."""
    book = replay_gold([RETIRED])
    again = book.after(proposed(4))

    assert {} == book.applied({"t1": gold(5)}) == again.applied({"t1": gold(5)})
    assert {"t1": gold(4)} == again.after(seconded(2)).applied({"t1": gold(5)})


def test_a_contest_waits_until_it_is_answered() -> None:
    """It is kept with its answer; gold itself stays."""
    book = replay_gold([CONTESTED])
    kept = book.after(answered(1, "kept"))

    assert [CONTESTED] == [one.contested for one in book.contests]
    assert () == kept.contests
    assert "rule 3 says so" == kept.answers[1].answered.reason


def test_a_contest_is_open_again_when_the_change_that_answered_it_is_returned() -> None:
    """A promise of change that comes to nothing is no answer."""
    changed = [CONTESTED, proposed(3), answered(1, "changed")]

    assert () == replay_gold([*changed, seconded(2)]).contests
    assert [1] == [one.number for one in replay_gold([*changed, returned(2)]).contests]


def test_a_contest_that_was_kept_is_not_opened_by_another_change() -> None:
    """Only the answer that rested on the returned proposal falls with it."""
    log = [CONTESTED, answered(1, "kept"), proposed(3), returned(3)]

    assert () == replay_gold(log).contests


@pytest.mark.parametrize(
    ("log", "event", "why"),
    [
        ([proposed(3)], proposed(4, by="mia"), "proposal 1 by lee waits already; second or return it first"),
        ([], seconded(1), "no proposal waits"),
        ([], returned(1), "no proposal waits"),
        ([proposed(3), seconded(1)], seconded(1, by="kim"), "no proposal waits"),
        ([proposed(3)], seconded(1, by=" LEE"), "proposed it; a second person has to look at it"),
        ([proposed(3), returned(1), proposed(4)], seconded(1), "proposal 3 waits now, not 1; look at that"),
        ([proposed(3)], seconded(1, task="t2"), "no proposal waits"),
        ([CONTESTED], CONTESTED, "contests quality already .number 1.; it waits"),
        ([RETIRED], CONTESTED, "is retired and judges nobody any more"),
        ([], answered(1, "kept"), "there is no contest 1"),
        ([CONTESTED, answered(1, "kept")], answered(1, "kept", "kim"), "was answered already by lee"),
        ([CONTESTED], answered(1, "changed"), "propose the change first, then answer that it changes"),
        ([RETIRED], RETIRED, "retired already; propose it anew"),
    ],
)
def test_what_cannot_happen_is_refused(log: list[GoldEvent], event: GoldEvent, why: str) -> None:
    """Each refusal names the gold and says what to do."""
    with pytest.raises(GoldError, match=f"Gold of task 't[12]' under image-edit.*{why}"):
        replay_gold([*log, event])


def test_the_proposer_may_take_a_proposal_back() -> None:
    """Returning is not seconding: it makes nothing gold."""
    assert () == replay_gold([proposed(3), returned(1, by="lee")]).candidates


def test_a_reason_is_given() -> None:
    """Nothing is gold, or is no longer, for no reason."""
    with pytest.raises(ValidationError, match="reason"):
        Proposed(gold=gold(3), by="lee", at=NOON, reason="")


people = st.sampled_from(["lee", "mia", "ana"])
numbers = st.integers(1, 6)
events = st.one_of(
    st.builds(proposed, st.integers(1, 5), by=people),
    st.builds(seconded, numbers, by=people),
    st.builds(returned, numbers, by=people),
    st.builds(lambda by: CONTESTED.model_copy(update={"by": by}), people),
    st.builds(answered, numbers, st.sampled_from(["kept", "changed"]), by=people),
    st.just(RETIRED),
)


@given(st.lists(events, max_size=12))
def test_gold_was_always_seen_by_two(tried: list[GoldEvent]) -> None:
    """Whatever is tried in whatever order, active gold has a proposer and another who seconded it."""
    book = GoldBook()
    for event in tried:
        try:
            book = book.after(event)
        except GoldError:
            continue

    assert book == replay_gold(map(gold_event_from_json, (one.model_dump_json() for one in book.log)))
    for (task, rubric), active in book.active.items():
        entries = [one for one in book.log_of(task, rubric) if isinstance(one.event, Seconded)]
        proposal = book.log[entries[-1].event.proposal - 1]
        assert (proposal.gold, True) == (active, proposal.by != entries[-1].event.by)
