"""The end of an exam or a check-in: it is closed, judged by its rule, and told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evalwidgets.analysis.qualification.characteristic import operating_characteristic
from evalwidgets.analysis.qualification.exam_result import ExamResult, standing
from evalwidgets.analysis.qualification.judge import judge
from evalwidgets.analysis.qualification.sequential import running_verdict
from evalwidgets.analysis.reports.certificate import certificate
from evalwidgets.core.exam_rule import ExamRule, rule_for
from evalwidgets.core.lesson_events import Ended, Judged, LessonEvent
from evalwidgets.core.lesson_state import LessonState
from evalwidgets.errors import RoundError
from evalwidgets.store.certificate_files import certificate_path, save_certificate
from evalwidgets.store.tables import gold_table
from evalwidgets.widgets.course import Course


def end(course: Course, state: LessonState) -> LessonState:
    """End a lesson, and judge an exam or a check-in; what is over or judged already stays as it is."""
    if state.ended_at is None:
        state = _log_event(course, state, Ended(at=course.now()))
    if state.judged is None and state.lesson.mode in ("exam", "check_in"):
        result = judged(course, state)
        found = result.figures if state.lesson.mode == "exam" else _checked(result)
        verdict = result.verdict if state.lesson.mode == "exam" else None
        state = _log_event(course, state, Judged(at=course.now(), verdict=verdict, found=found))
    return state


def judged(course: Course, state: LessonState) -> ExamResult:
    """Return the result of a lesson as its answers and gold stand now."""
    return judge(*_evidence(course, state), course.rubric, _rule(course, state))


def is_decided(course: Course, state: LessonState) -> bool:
    """Return whether a sequential exam has seen enough; no other lesson ever has."""
    if not state.lesson.rule.get("sequential"):
        return False
    rule = _rule(course, state)
    ratings, gold = _evidence(course, state)
    if ratings.empty:
        return False
    return bool((running_verdict(ratings, gold, course.rubric, rule)["verdict"] != "not_enough").any())


def certificate_files(course: Course, state: LessonState) -> list[Path]:
    """Return the files of an exam's certificate that are there: the page, and the text."""
    page = _certificate_path(course, state)
    return [path for path in (page, page.with_suffix(".md")) if path.is_file()]


def certify(course: Course, state: LessonState) -> None:
    """Write the certificate of an exam that was judged, unless it is there.

    Nothing is written where the evidence of now would not give the result that was told: a
    certificate that says something else than the log would be worse than none. Its table of
    simulated candidates takes seconds, so the result is shown first.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    lesson = state.lesson
    if lesson.mode != "exam" or state.judged is None or certificate_files(course, state):
        return
    result = judged(course, state)
    if json.loads(json.dumps(result.figures)) != state.judged.found:
        return
    page = certificate(
        result,
        learner=lesson.learner,
        rubric=course.rubric,
        lesson=lesson.name,
        on=(state.ended_at or lesson.began_at).date(),
        tasks=lesson.tasks,
        characteristic=operating_characteristic(result.rule),
    )
    save_certificate(course.certificates, lesson.campaign, lesson.learner, lesson.name, page)


def _evidence(course: Course, state: LessonState) -> tuple[Any, Any]:
    lesson = state.lesson
    ratings = course.store.ratings(course.campaign, lesson.name, lesson.learner, rubric=lesson.rubric)
    gold = {name: one for name, one in course.gold.items() if name in lesson.tasks}
    return ratings, gold_table(gold, course.rubric)


def _rule(course: Course, state: LessonState) -> ExamRule:
    """Return the rule that was logged when the exam began; a check-in has the rubric's own targets."""
    if not state.lesson.rule:
        return rule_for(course.rubric)
    rule = ExamRule.model_validate(state.lesson.rule)
    # A log sorts the keys of what it keeps; people read criteria in the order of the rubric.
    targets = {one.id: rule.targets[one.id] for one in course.rubric.all if one.id in rule.targets}
    return rule.model_copy(update={"targets": targets})


def _checked(result: ExamResult) -> dict[str, Any]:
    """Return what a check-in found: figures and sentences, and nothing that reads like a verdict."""
    kept = ("n_tasks", "n_judgements", "n_right", "rate", "low", "high", "criteria", "focus", "rule")
    return {"sentence": standing(result), **{name: result.figures[name] for name in kept}}


def _certificate_path(course: Course, state: LessonState) -> Path:

    lesson = state.lesson
    return certificate_path(course.certificates, lesson.campaign, lesson.learner, lesson.name)


def _log_event(course: Course, state: LessonState, event: LessonEvent) -> LessonState:
    """Log an event; where another window was faster, what it logged stands."""
    lesson = state.lesson
    try:
        return course.store.lessons.log(lesson.campaign, lesson.learner, lesson.name, event)
    except RoundError:
        known = course.store.lessons.of(lesson.campaign, lesson.learner)
        return next(one for one in known if one.lesson.name == lesson.name)
