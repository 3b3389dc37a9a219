"""A round in the lead's hands, without any widget: each act in each phase, and rounds at the edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RoundError
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.widgets.meeting import Meeting

from .board import CAMPAIGN, GOLD, NAME, REVIEWERS, TASKS, open_round, say_all, vote

Meet = Callable[..., Meeting]


ACTS: dict[str, tuple[Any, ...]] = {
    "open_task": ("t01",),
    "open_vote": (),
    "close_vote": (),
    "reveal": (),
    "confirm": ("slip",),
    "decide": ("gap", "because"),
    "remark": ("well",),
    "attend": (REVIEWERS,),
    "conclude": (),
}


@pytest.mark.parametrize("act", [*ACTS, "turn", "choose", "next_criterion", "tally"])
def test_nothing_but_the_room_is_open_in_the_blind_phase(
    act: str, work_store: ReviewStore, every: Rubric, meet: Meet
) -> None:
    """Each act is refused in a sentence that says what to do, and nothing is logged."""
    say_all(work_store, open_round(work_store, every))
    meeting = meet()
    before = work_store.rounds[CAMPAIGN, NAME]

    with pytest.raises(RoundError, match="still blind: close the blind phase first"):
        getattr(meeting, act)(*ACTS.get(act, {"turn": (1,), "choose": ("adherence",)}.get(act, ())))

    assert before == work_store.rounds[CAMPAIGN, NAME]


@pytest.mark.parametrize("act", [act for act in ACTS if act != "open_task"])
def test_a_concluded_round_takes_nothing_more(act: str, meeting: Meeting) -> None:
    """Its minutes stand."""
    meeting.conclude()

    with pytest.raises(RoundError, match="concluded since"):
        getattr(meeting, act)(*ACTS[act])


def test_a_concluded_round_can_be_looked_at_again(meeting: Meeting, work_store: ReviewStore) -> None:
    """Turning its pages adds nothing to its log."""
    meeting.open_task("t03")
    meeting.conclude()
    before = work_store.rounds[CAMPAIGN, NAME]

    meeting.open_task(meeting.order[1])
    meeting.choose("quality")
    meeting.turn(-1)

    assert meeting.order[0] == meeting.task
    assert before == work_store.rounds[CAMPAIGN, NAME]
    assert meeting.tally().dots


def test_the_close_is_for_good(meeting: Meeting) -> None:
    """Whoever closes again is told so."""
    with pytest.raises(RoundError, match="closed already"):
        meeting.close()


def test_the_agenda_comes_first_and_no_task_twice(meeting: Meeting) -> None:
    """Turning goes through all tasks of the round and stops at its ends."""
    seen = [meeting.task]
    for _ in range(5):
        meeting.turn(1)
        seen.append(meeting.task)

    assert meeting.order == list(dict.fromkeys(seen))
    assert set(TASKS) == set(seen)
    assert list(meeting.found.agenda.tasks) == meeting.order[: len(meeting.found.agenda.tasks)]


def test_a_task_opens_on_the_criterion_of_the_agenda(meeting: Meeting) -> None:
    """The next key goes on to the others, and around."""
    meeting.open_task("t00")
    compared = list(meeting.found.compared("t00"))

    gone = [meeting.criterion]
    for _ in compared:
        meeting.next_criterion()
        gone.append(meeting.criterion)

    assert "adherence" == gone[0] == gone[-1]
    assert set(compared) == set(gone)


def test_a_chosen_criterion_is_left_with_its_task(meeting: Meeting) -> None:
    """Every task begins with what divides it."""
    meeting.open_task("t00")
    meeting.choose("quality")

    meeting.open_task("t03")

    assert "adherence" == meeting.criterion


def test_two_leads_see_each_others_turns(meeting: Meeting, meet: Meet) -> None:
    """The second is where the first is once it looks, criterion included."""
    second = meet()
    second.open_task("t00")
    second.choose("quality")
    meeting.look()
    meeting.open_task("t03")

    second.look()

    assert ("t03", "adherence") == (second.task, second.criterion)


def test_what_another_lead_did_is_not_done_twice(meeting: Meeting, meet: Meet) -> None:
    """Of two who open a re-vote one is told that it is open."""
    second = meet()
    meeting.open_vote()

    with pytest.raises(RoundError, match="re-vote is open"):
        second.open_vote()


@pytest.mark.parametrize("act", ["reveal", "conclude", "turn"])
def test_an_open_vote_holds_the_meeting(act: str, meeting: Meeting) -> None:
    """Nobody may vote on what the others see already."""
    meeting.open_task("t00")
    meeting.open_vote()

    with pytest.raises(RoundError, match="re-vote is open; close it first"):
        getattr(meeting, act)(*((1,) if act == "turn" else ()))


def test_votes_move_dots_and_no_figure(meeting: Meeting, work_store: ReviewStore) -> None:
    """Blind statistics rest on first answers."""
    meeting.open_task("t00")
    meeting.choose("adherence")
    headline = meeting.found.headline.finding
    meeting.open_vote()
    for reviewer in REVIEWERS:
        vote(work_store, meeting.round, reviewer, 4)
    meeting.close_vote()

    again = Meeting(work_store, meeting.answers.tasks, GOLD, campaign=CAMPAIGN, name=NAME, lead="lee")

    assert [1, 4, 5] == sorted(meeting.tally().rows["blind"])
    assert [4, 4, 4] == meeting.tally().rows["revote"].tolist()
    assert headline == again.found.headline.finding
    assert meeting.found.agenda.tasks == again.found.agenda.tasks


def test_minutes_are_written_anew_only_when_something_happened(meeting: Meeting) -> None:
    """Looking costs nothing; a remark is in them at once."""
    meeting.open_task("t00")
    meeting.remark("The shadow counts", is_open=True)
    minutes = meeting.answers.minutes(meeting.state)
    meeting.look()

    assert minutes is meeting.answers.minutes(meeting.state)
    assert "The shadow counts" in minutes.html
    meeting.remark("  ")
    assert minutes is meeting.answers.minutes(meeting.state)
    meeting.attend(REVIEWERS[:1])
    assert minutes is not meeting.answers.minutes(meeting.state)


def test_a_remark_that_no_store_keeps_is_refused_in_words(meeting: Meeting) -> None:
    """A NUL character would end the text in some databases."""
    with pytest.raises(RoundError, match="NUL character"):
        meeting.remark("a\x00b")


def test_who_was_there_must_be_of_the_round(meeting: Meeting) -> None:
    """A guest is a remark."""
    with pytest.raises(RoundError, match="zoe: not a reviewer"):
        meeting.attend(["zoe"])
