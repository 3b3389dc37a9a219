"""Days later: what is due comes back, what a round showed is refreshed, who was away checks in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from evalwidgets.core.boundary import Boundary, sides
from evalwidgets.core.gold_events import Proposed, Retired, Seconded
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.round import Round
from evalwidgets.core.round_events import Closed, Decided
from evalwidgets.core.rubric import Rubric

from .learners import CAMPAIGN, GOLD, School

pytestmark = pytest.mark.usefixtures("loud_callbacks")


def test_the_refresher_of_the_next_day_is_about_the_own_misses(school: School) -> None:
    """All of its tasks decide what was missed; it ends by itself, and practice has its own sitting."""
    ana = school.seat()
    ana.enter("practice")
    ana.practise(3, adherence=5)
    school.clock.wait(days=1)

    ana = school.seat()
    assert "open" == ana.door("refresher")["state"]
    ana.enter("refresher")
    (lesson,) = [one.lesson for one in school.store.lessons.of(CAMPAIGN, "ana") if one.lesson.focus]
    assert "refresher 2026-03-03" == lesson.name == ana.panel.session.round
    focus = {Boundary(criterion=name, lower=lower) for name, lower in lesson.focus}
    done = []
    while ana.task and len(done) < 20:
        done += ana.practise(1)

    assert 12 == len(done)
    assert all(focus & sides(school.rubric, GOLD[name]).keys() for name in done)
    assert ana.home["kind"] == "home"


def test_what_is_mastered_is_due_after_a_day(school: School) -> None:
    """The map says when, the page leads there, and what still holds returns later."""
    ana = school.seat()
    ana.enter("practice")
    ana.practise(30)
    ana.go_home()
    cells = [cell for row in ana.home["map"]["rows"] for cell in row["cells"]]
    held = [cell for cell in cells if cell["state"] == "mastered"]
    assert held
    assert {"2026-03-03"} == {cell["due"] for cell in held}
    assert "due today" not in ana.home["sentence"]

    school.clock.wait(hours=25)
    ana = school.seat()
    assert "due" in {cell["state"] for row in ana.home["map"]["rows"] for cell in row["cells"]}
    assert "due today" in ana.home["sentence"]
    ana.enter("refresher")
    ana.answer()

    assert any("still holds; again on 6 March" in one["note"] for one in ana.feedback["boundaries"])


def a_round(school: School, name: str, answers: Mapping[str, int], *, close: bool = True) -> None:
    """Let ana and ben answer a calibration round: ana's adherence as given."""
    facts: dict[str, Any] = {
        "rubric": school.rubric.id,
        "rubric_version": school.rubric.version,
        "rubric_hash": school.rubric.hash,
    }
    school.store.remember_rubric(school.rubric)
    school.store.rounds.open(
        Round(
            campaign=CAMPAIGN,
            name=name,
            tasks=tuple(answers),
            reviewers=("ana", "ben"),
            lead="lee",
            opened_at=school.clock(),
            **facts,
        )
    )
    for task, level in answers.items():
        said = {"safety": "ok", "change": "yes", "adherence": level, "quality": 3}
        at = school.clock()
        school.store.submit(
            Review(
                id=str(uuid4()),
                campaign=CAMPAIGN,
                round=name,
                task=task,
                task_hash="a" * 64,
                reviewer="ana",
                answers={one: Answer(value=value) for one, value in said.items()},
                shown_at=at,
                submitted_at=at,
                **facts,
            )
        )
    if close:
        school.store.rounds.log(CAMPAIGN, name, Closed(by="lee", at=school.clock()))


def focus_of_refresher(school: School, **options: Any) -> set[tuple[str, int]]:
    """Return what a refresher is about that ana begins now."""
    ana = school.seat(**options)
    ana.enter("refresher")
    found = [one.lesson.focus for one in school.store.lessons.of(CAMPAIGN, "ana") if one.lesson.focus]
    return set(found[-1]) if found else set()


def test_a_refresher_is_built_from_a_closed_round(school: School) -> None:
    """From blind answers on the wrong side of a boundary; once it was held, it is not offered again."""
    a_round(school, "r1", {"t01": 4})  # gold says 2
    ana = school.seat()
    assert "From your answers in a calibration round." == ana.door("refresher")["why"]

    focus = focus_of_refresher(school)

    assert ("adherence", 2) in focus
    assert ("adherence", 1) not in focus
    school.clock.wait(days=2)
    assert "calibration" not in school.seat().door("refresher")["why"]


def test_a_round_that_is_still_blind_tells_nothing(school: School) -> None:
    """Else the refresher would say what gold holds against an answer that can still be changed."""
    a_round(school, "r1", {"t01": 4}, close=False)

    assert "locked" == school.seat().door("refresher")["state"]


def test_what_a_blind_round_asks_is_not_practised(school: School) -> None:
    """Its gold would answer the round; once it is closed its tasks come like others."""
    practised = school.panel()._work._course.pool.practice
    a_round(school, "r1", dict.fromkeys(practised[:-4], 4), close=False)

    ana = school.seat()
    ana.enter("practice")
    done = ana.practise(4)

    assert set(done) <= set(practised[-4:])
    assert ana.home["kind"] == "home"


def test_a_check_in_tells_nothing_before_its_end(school: School) -> None:
    """The map stays as it was until all is answered."""
    ana = school.seat()
    ana.enter("practice")
    ana.practise(2)
    school.clock.wait(days=2)
    ana = school.seat()
    before = ana.home["map"]
    ana.enter("check_in")
    ana.sit_exam(5, adherence=5)
    ana.go_home()
    assert before == ana.home["map"]
    ana.enter("check_in")
    ana.sit_exam(5, adherence=5)
    ana.enter("home")

    assert before != ana.home["map"]


def test_another_form_of_the_rubric_begins_anew(school: School) -> None:
    """A lesson that began under other words takes no answer, so a new one is begun."""
    ana = school.seat()
    ana.enter("practice")
    ana.practise(1)
    school.rubric = Rubric(**{**school.rubric.model_dump(by_alias=True), "title": "Other words"})

    ana = school.seat()
    assert ana.home["kind"] == "home"
    ana.enter("practice")
    ana.practise(1)

    assert "practice 2026-03-02 2" == ana.panel.session.round


def test_one_round_can_be_chosen(school: School) -> None:
    """The misses of others play no part then."""
    a_round(school, "r1", {"t01": 4})
    a_round(school, "r2", {"t02": 1})  # gold says 3

    focus = focus_of_refresher(school, refresh_from="r2")

    assert ("adherence", 2) in focus
    assert not {lower for name, lower in focus if name == "adherence"} - {2}


def test_what_a_lead_asks_for_comes_first(school: School) -> None:
    """A decision of the meeting, with the criterion it was about."""
    a_round(school, "r1", {"t01": 4})
    decided = Decided(
        by="lee",
        at=school.clock(),
        what="refresher",
        task="t01",
        criterion="quality",
        reason="Read quality again.",
        reviewer="ana",
    )
    school.store.rounds.log(CAMPAIGN, "r1", decided)

    ana = school.seat()
    assert "Your lead asks for it." == ana.door("refresher")["why"]
    assert {"quality"} == {name for name, _ in focus_of_refresher(school)}
    assert "locked" == school.seat("ben").door("refresher")["state"]


def test_who_was_away_checks_in(school: School) -> None:
    """Ten tasks without feedback; a sentence and figures, never a verdict."""
    ana = school.seat()
    ana.enter("warm_up")
    ana.practise(3)
    assert "locked" == ana.door("check_in")["state"]
    school.clock.wait(hours=26)

    ana = school.seat()
    assert "you were away 26 h" == ana.door("check_in")["badge"]
    assert "check_in" == ana.next_door
    ana.enter("check_in")
    assert "Check-in, 1 of 10" == ana.panel._bar.status["said"]
    assert "locked" == ana.press_e()["state"]
    ana.sit_exam(10, adherence=5)

    assert ("result", "none", "Check-in") == tuple(ana.home[name] for name in ("kind", "verdict", "title"))
    assert "Adherence drifts lenient" in ana.home["sentence"]
    assert ana.home["rule"] == []
    (lenient,) = [one for one in ana.home["criteria"] if one["label"] == "Adherence"]
    assert lenient["note"].endswith("levels on average")
    again = school.seat()
    assert "locked" == again.door("check_in")["state"]
    assert "Adherence drifts lenient" in again.home["history"][0]["text"]


def test_reviews_of_lessons_enter_no_statistic(school: School) -> None:
    """Not of practice, not of an exam; and the mastery map leaves exams and warm-ups out."""
    ana = school.seat()
    ana.enter("exam")
    ana.sit_exam(3)

    assert school.store.ratings(CAMPAIGN).empty
    ana.go_home()
    states = {cell["state"] for row in ana.home["map"]["rows"] for cell in row["cells"]}
    assert {"new"} == states - {"no_gold"}


def test_gold_is_what_the_log_says_now(school: School) -> None:
    """What was changed judges, what was retired is not put any more, and halves stay as they were."""
    before = school.panel()._work._course.pool
    kept, gone = before.practice[:2]
    changed = GOLD[kept].model_copy(update={"rationale": "Seen by two."})
    proposed = Proposed(by="lee", at=school.clock(), gold=changed, reason="It was wrong.")
    place = {"task": kept, "rubric": school.rubric.id}
    for event in (
        proposed,
        Seconded(by="max", at=school.clock(), proposal=1, **place),
        Retired(by="lee", at=school.clock(), reason="Known to all.", task=gone, rubric=school.rubric.id),
    ):
        school.store.gold.log(CAMPAIGN, event)

    course = school.panel()._work._course

    assert "Seen by two." == course.gold[kept].rationale
    assert (set(before.practice) - {gone}, before.exam) == (set(course.pool.practice), course.pool.exam)
