"""A round in the lead's hands, without any widget: each act in each phase, and rounds at the edge."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import EvalWidgetsError, RoundError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.meeting import Meeting

from .board import CAMPAIGN, GOLD, NAME, REVIEWERS, TASKS, open_round, say, say_all, vote

Meet = Callable[..., Meeting]


@pytest.fixture
def meet(work_store: ReviewStore, edits: TaskSet) -> Meet:
    """Return what takes a round into the lead's hands."""
    return lambda name=NAME, gold=GOLD: Meeting(
        work_store, edits, gold, campaign=CAMPAIGN, name=name, lead="lee"
    )


@pytest.fixture
def meeting(work_store: ReviewStore, every: Rubric, meet: Meet) -> Meeting:
    """Return a round that all have judged alone and that is closed."""
    say_all(work_store, open_round(work_store, every))
    meeting = meet()
    meeting.close()
    return meeting


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


def test_gold_is_not_in_the_tally_before_it_is_revealed(meeting: Meeting) -> None:
    """After that it is; and no re-vote can follow."""
    meeting.open_task("t00")
    before = meeting.tally()
    meeting.reveal()

    assert before.gold is None
    assert "why gold of t00" in str(meeting.tally().gold)
    with pytest.raises(RoundError, match="has been seen"):
        meeting.open_vote()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("gold", "", [3]), "needs its reason"),
        (("gold", "  \n", [3]), "needs its reason"),
        (("gold", "so"), "Pick at least one level"),
        (("gold", "so", [3, 9]), "Adherence: 9 is not on its scale. Known: 1, 2, 3, 4, 5"),
        (("gold", "so", ["3"]), "not on its scale"),
        (("gold", "so\x00", [3]), "NUL character"),
        (("refresher", "so"), "A refresher is for somebody"),
        (("refresher", "so", (), "ben-brich"), "Did you mean 'ben-birch'"),
        (("golden", "so"), "No decision 'golden'"),
    ],
)
def test_a_decision_that_cannot_stand_is_not_logged(said: Any, why: str, meeting: Meeting) -> None:
    """The log is for good: what it holds must be whole."""
    meeting.open_task("t00")
    meeting.choose("adherence")
    meeting.reveal()

    with pytest.raises(EvalWidgetsError, match=why):
        meeting.decide(*said)

    assert () == meeting.state.decisions


def test_gold_must_be_seen_before_it_is_changed(meeting: Meeting) -> None:
    """Else the room would be told what nobody has looked at."""
    meeting.open_task("t00")

    with pytest.raises(RoundError, match="Reveal gold"):
        meeting.decide("gold", "so", [3])


def test_gold_changed_in_one_round_is_in_force_in_the_next(
    meeting: Meeting, meet: Meet, work_store: ReviewStore, every: Rubric
) -> None:
    """In the round that decided it, gold stays what it was when reviewers judged."""
    meeting.open_task("t00")
    meeting.choose("adherence")
    meeting.reveal()
    meeting.decide("gold", "The hat is red.", [2, 1])
    open_round(work_store, every, name="r3")

    assert (4, 5) == meeting.answers.gold["t00"].answers["adherence"].accepted
    assert (1, 2) == meet("r3").answers.gold["t00"].answers["adherence"].accepted
    assert "The hat is red." in meet("r3").answers.gold["t00"].answers["adherence"].rationale


def test_changes_of_rounds_of_another_rubric_are_read_with_theirs(
    meet: Meet, work_store: ReviewStore, every: Rubric
) -> None:
    """A campaign may calibrate one criterion after the other, and edits beside pairs."""
    first = open_round(work_store, every, criteria=("adherence",))
    say_all(work_store, first)
    meeting = meet()
    meeting.close()
    meeting.open_task("t00")
    meeting.reveal()
    meeting.decide("gold", "so", [2])
    open_round(work_store, every, name="r3", criteria=("quality",))

    assert (2,) == meet("r3").answers.gold["t00"].answers["adherence"].accepted


def test_not_applicable_can_become_gold(
    work_store: ReviewStore, every: Rubric, edits: TaskSet, meet: Meet
) -> None:
    """Where a criterion may not apply, that is one of the answers to accept, and it stands alone."""
    say_all(work_store, open_round(work_store, every))
    meeting = meet()
    meeting.close()
    meeting.open_task("t00")
    meeting.choose("quality")
    meeting.reveal()

    with pytest.raises(EvalWidgetsError, match="can only stand alone"):
        meeting.decide("gold", "so", [3, "N/A"])
    meeting.decide("gold", "so", ["N/A"])

    assert ("N/A",) == meeting.state.decisions[0].accepted


def test_gold_of_another_rubric_is_neither_shown_nor_changed(
    meet: Meet, work_store: ReviewStore, every: Rubric
) -> None:
    """The task may be gold for something else."""
    say_all(work_store, open_round(work_store, every))
    other = {"t00": GOLD["t00"].model_copy(update={"rubric": "image-quality"})}
    meeting = meet(gold=other)
    meeting.close()
    meeting.open_task("t00")
    meeting.choose("adherence")
    meeting.reveal()

    assert meeting.answers.gold_of("t00") is None
    with pytest.raises(EvalWidgetsError, match="Keep one gold file per rubric"):
        meeting.decide("gold", "so", [3])


def test_a_cause_is_confirmed_beside_its_suggestion(meeting: Meeting) -> None:
    """So that the hit-rate can be told."""
    meeting.open_task("t01")  # all agree on 4, gold says 1
    meeting.choose("adherence")
    meeting.confirm("slip")
    early = meeting.state.causes["t01", "adherence"]
    meeting.reveal()
    meeting.confirm("hard_task")

    confirmed = meeting.state.causes["t01", "adherence"]
    assert ("slip", None) == (early.cause, early.suggested)
    assert ("hard_task", "gold_suspect") == (confirmed.cause, confirmed.suggested)
    assert "0 of 1" in meeting.answers.minutes(meeting.state).html
    with pytest.raises(UnknownName, match="Did you mean 'slip'"):
        meeting.confirm("slp")


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


def test_a_criterion_without_levels_is_told_in_words(
    work_store: ReviewStore, every: Rubric, meet: Meet
) -> None:
    """No dots can be laid out; what was answered is said, and the case stays."""
    round_ = open_round(work_store, every)
    for reviewer, defects in zip(REVIEWERS, (["halo"], ["halo"], []), strict=True):
        values = {"safety": "ok", "change": "yes", "adherence": 3, "defects": defects}
        say(work_store, round_, reviewer, "t00", values=values)
    meeting = meet()
    meeting.close()
    meeting.open_task("t00")

    with pytest.raises(RoundError, match="Defects has no levels") as told:
        meeting.choose("defects")

    assert {"none", "halo"} <= set(re.findall(r"\w+", str(told.value)))
    assert "defects" != meeting.criterion
    with pytest.raises(UnknownName, match="Did you mean 'defects'"):
        meeting.choose("defect")


@pytest.mark.parametrize("reviewers", [REVIEWERS[:1], REVIEWERS[:2]])
def test_a_small_round_can_be_held(
    reviewers: tuple[str, ...], work_store: ReviewStore, every: Rubric, meet: Meet
) -> None:
    """One or two reviewers: little to compare, nothing fails."""
    levels = {task: theirs[: len(reviewers)] for task, theirs in {"t00": (1, 4), "t01": (4, 4)}.items()}
    round_ = open_round(work_store, every, reviewers=reviewers, tasks=("t00", "t01"))
    say_all(work_store, round_, levels)

    held(meet())


def test_a_round_that_nobody_answered_can_be_held(work_store: ReviewStore, every: Rubric, meet: Meet) -> None:
    """The lead closed too early: everything says so, nothing fails."""
    open_round(work_store, every)

    meeting = held(meet())

    assert () == meeting.tally().dots


def test_skips_and_missing_reviewers_are_no_answers(
    work_store: ReviewStore, every: Rubric, meet: Meet
) -> None:
    """One skipped all, one did nothing, one answered."""
    round_ = open_round(work_store, every)
    for task in TASKS:
        say(work_store, round_, REVIEWERS[0], task, state="skipped", reason="does not load")
        say(work_store, round_, REVIEWERS[1], task, values={"safety": "ok", "change": "yes", "adherence": 3})

    meeting = held(meet())

    assert 1 == len(meeting.tally().dots)
    assert [3, 0, 0] == [
        int(row["done"]) for row in meeting.room().rows.sort_values("done").iloc[::-1].to_dict("records")
    ]


def test_a_round_without_any_gold_can_be_held(work_store: ReviewStore, every: Rubric, meet: Meet) -> None:
    """All of its tasks are new; agreement is all there is."""
    say_all(work_store, open_round(work_store, every))

    held(meet(gold={}))


def test_a_narrowed_round_begins_with_what_it_calibrates(
    work_store: ReviewStore, every: Rubric, meet: Meet
) -> None:
    """Gates are asked too, but they are not what the meeting is about."""
    round_ = open_round(work_store, every, criteria=("adherence",))
    for task in TASKS:
        for reviewer in REVIEWERS:
            say(work_store, round_, reviewer, task, values={"safety": "ok", "adherence": 3})

    meeting = held(meet())

    assert {"safety", "adherence"} >= set(meeting.found.compared("t00"))
    meeting = meet()
    meeting.open_task("t01")
    assert meeting.criterion in ("adherence", "safety")


def test_an_unknown_round_and_a_lost_task_are_told(
    work_store: ReviewStore, every: Rubric, meet: Meet, edits: TaskSet
) -> None:
    """With the names that there are."""
    open_round(work_store, every)

    with pytest.raises(UnknownName, match="Known: r2"):
        meet("r9")
    with pytest.raises(UnknownName, match="t03"):
        Meeting(work_store, edits.where(ids=["t00", "t01"]), GOLD, campaign=CAMPAIGN, name=NAME, lead="lee")


def held(meeting: Meeting) -> Meeting:
    """Hold a meeting on everything, from the close to the minutes; return it on the first task."""
    meeting.close()
    for task in meeting.order:
        meeting.open_task(task)
        meeting.next_criterion()
        assert meeting.answers.chart(meeting.state, meeting.task, meeting.criterion, "light").svg()
    meeting.open_task(meeting.order[0])
    meeting.open_vote()
    meeting.close_vote()
    meeting.reveal()
    meeting.confirm("hard_task")
    meeting.decide("keep", "so")
    meeting.conclude()
    assert meeting.round.name in meeting.answers.minutes(meeting.state).html
    return meeting
