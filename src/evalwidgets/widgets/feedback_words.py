"""How a review compares with gold, in words: a row a criterion, the confidence, what comes back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from evalwidgets.core.boundary import Boundary
from evalwidgets.core.criterion import Criterion, Ordinal, YesNo
from evalwidgets.core.feedback import CriterionFeedback, Verdict, feedback
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.gold_changes import in_words
from evalwidgets.core.mastery import Mastery
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.spacing import LATEST, SOONEST
from evalwidgets.core.trial import Trial

Json = dict[str, Any]

_MARKS: dict[Verdict, str] = {
    "exact": "within",
    "within": "within",
    "too_lenient": "lenient",
    "too_strict": "strict",
    "different": "different",
    "missing": "missing",
    "not_judged": "not_judged",
}
_NOT_ASKED = "not asked"


def rows(
    rubric: Rubric,
    review: Review,
    gold: Gold,
    tags: Mapping[str, Any],
    whys: Mapping[str, str],
    contested: Collection[str],
) -> list[Json]:
    """Return a row for each criterion that gold judges, in the order of the rubric.

    Parameters
    ----------
    rubric, review, gold
        What was asked, what was said, what is accepted.
    tags : mapping
        Of the task: they pick the words.
    whys : mapping
        Criterion to why the learner's answer differs, as far as they said.
    contested : collection of str
        The criteria whose gold the learner has contested.
    """
    return [
        {
            **_row(rubric.worded(one.criterion, tags), review.answer(one.criterion), one, gold),
            "why": whys.get(one.criterion, ""),
            "contested": one.criterion in contested,
            "anchors": None,
        }
        for one in feedback(rubric, review, gold)
    ]


def title(listed: Iterable[Json]) -> str:
    """Return on how many criteria the answers lie within what is accepted."""
    judged = [row for row in listed if row["mark"] != "not_judged"]
    within = sum(row["mark"] == "within" for row in judged)
    criteria = "criterion" if len(judged) == 1 else "criteria"
    return f"Within the accepted answers on {within} of {len(judged)} {criteria}"


def confidence(said: int | None, listed: Iterable[Json]) -> str:
    """Return what the confidence was worth, in a sentence; empty where it says little."""
    off = sum(row["mark"] not in ("within", "not_judged") for row in listed)
    answers = "1 answer lies" if off == 1 else f"{off} answers lie"
    return {
        (3, True): f"You were sure, and {answers} outside: look at those first.",
        (3, False): "You were sure, and rightly.",
        (1, True): "You were unsure, and gold does differ: you noticed where it is hard.",
        (1, False): "You were unsure, and right: trust what you saw.",
    }.get((said or 0, off > 0), "")


def moved(
    rubric: Rubric,
    trials: Iterable[Trial],
    before: Mapping[Boundary, Mastery],
    after: Mapping[Boundary, Mastery],
) -> list[Json]:
    """Return the boundaries that a review moved, and when each returns."""
    found = [(one.boundary, _move(one, before[one.boundary], after[one.boundary])) for one in trials]
    return [{"label": boundary_label(rubric, one), "note": note} for one, note in found if note]


def boundary_label(rubric: Rubric, boundary: Boundary) -> str:
    """Return a boundary as people read it: "Preservation 3|4"."""
    return f"{rubric.criterion(boundary.criterion).label} {boundary.lower}|{boundary.upper}"


def answer_words(criterion: Criterion, answer: Answer) -> str:
    """Return what was answered: "4 Good", "not applicable: no person in it", "not asked"."""
    if answer.na is not None:
        reasons = {one.id: one.name for one in criterion.na_reasons}
        return f"not applicable: {reasons.get(answer.na, answer.na)}"
    return _NOT_ASKED if answer.value is None else value_words(criterion, answer.value)


def value_words(criterion: Criterion, value: Any) -> str:
    """Return a value by its name; a level by its number and name."""
    if isinstance(value, list | tuple):
        return ", ".join(value_words(criterion, one) for one in value) or "none"
    if isinstance(criterion, Ordinal) and value in criterion.scale:
        return f"{value} {criterion.level(value).name}"
    return _names(criterion).get(value, str(value))


def _row(criterion: Criterion, answer: Answer, one: CriterionFeedback, gold: Gold) -> Json:
    by = int(one.difference) if one.difference is not None else 0
    return {
        "criterion": criterion.id,
        "label": criterion.label,
        "mark": _MARKS[one.verdict],
        "by": abs(by),
        "given": answer_words(criterion, answer),
        "accepted": _accepted(criterion, gold.answers[criterion.id]),
        "sentence": one.rationale,
        "boundary": _deciding(criterion, one.given, by),
    }


def _accepted(criterion: Criterion, answer: GoldAnswer) -> str:
    if not answer.accepted:
        return in_words(answer)
    if isinstance(criterion, Ordinal):
        return " or ".join(map(str, answer.accepted))
    return " or ".join(value_words(criterion, one) for one in answer.accepted)


def _deciding(criterion: Criterion, given: Any, by: int) -> str:
    """Return the rubric's note on the boundary next to what is accepted, on the side of the answer."""
    if not isinstance(criterion, Ordinal) or not by:
        return ""
    nearest = given - by
    upper = nearest + 1 if by > 0 else nearest
    return criterion.level(upper).boundary if upper in criterion.scale else ""


def _names(criterion: Criterion) -> dict[Any, str]:
    if isinstance(criterion, YesNo):
        return {"yes": criterion.yes, "no": criterion.no}
    listed = getattr(criterion, "options", getattr(criterion, "marks", ()))
    return {one.value: one.name for one in listed}


def _move(trial: Trial, before: Mastery, after: Mastery) -> str:
    if not trial.correct:
        return f"comes back in {SOONEST} to {LATEST} tasks"
    if after.due is None or after.due == before.due:
        return ""
    again = f"again on {after.due.day} {after.due:%B}"
    return f"still holds; {again}" if before.due else f"mastered; {again}"
