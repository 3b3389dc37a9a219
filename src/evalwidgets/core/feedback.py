"""How a review compares with gold, criterion by criterion and signed."""

from __future__ import annotations

from typing import Any, Literal

from evalwidgets.core.criterion import Criterion
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.review import Answer, Sheet
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import Value

Verdict = Literal["exact", "within", "too_lenient", "too_strict", "different", "missing", "not_judged"]


class CriterionFeedback(Value):
    """What gold says about one answer."""

    criterion: str
    given: Any
    """The answered value; None when not rated or not applicable."""
    accepted: tuple[Any, ...]
    verdict: Verdict
    difference: float | None
    """Levels above (+, lenient) or below (-, strict) the nearest accepted level; None off a scale."""
    rationale: str


def feedback(rubric: Rubric, review: Sheet, gold: Gold) -> tuple[CriterionFeedback, ...]:
    """Compare a review with gold, in the order of the rubric.

    Parameters
    ----------
    rubric : Rubric
        The rule book, which holds each criterion's tolerance.
    review : Sheet or Review
        What was said.
    gold : Gold
        What is accepted; criteria without gold are left out.

    Notes
    -----
    *Too lenient* means a higher level than accepted, *too strict* a lower one, each by
    more than the tolerance. Distributions and orders have no single right answer: the
    verdict is `not_judged`.
    """
    return tuple(
        _compare(criterion, review.answer(criterion.id), gold.answers[criterion.id])
        for criterion in rubric.all
        if criterion.id in gold.answers
    )


def _compare(criterion: Criterion, answer: Answer, gold: GoldAnswer) -> CriterionFeedback:
    verdict, difference = _verdict(criterion, answer, gold)
    return CriterionFeedback(
        criterion=criterion.id,
        given=answer.value,
        accepted=gold.accepted,
        verdict=verdict,
        difference=difference,
        rationale=gold.rationale,
    )


def _verdict(criterion: Criterion, answer: Answer, gold: GoldAnswer) -> tuple[Verdict, float | None]:
    if gold.distribution or gold.order:
        return "not_judged", None
    if gold.na:
        # Not asked (or marked not applicable) is what gold expects here.
        return ("exact" if answer.value is None else "different"), None
    if not answer.given:
        return "missing", None
    if answer.value is None:
        return "different", None
    difference = signed_difference(answer.value, gold.accepted)
    if answer.value in gold.accepted:
        return "exact", difference
    if difference is None:
        return "different", None
    tolerance = criterion.gold_tolerance if gold.tolerance is None else gold.tolerance
    if abs(difference) <= tolerance:
        return "within", difference
    return ("too_lenient" if difference > 0 else "too_strict"), difference


def signed_difference(value: Any, accepted: tuple[Any, ...]) -> float | None:
    """Return value minus the nearest accepted value; None unless all are numbers.

    Between two that are equally near, the higher one counts, in whatever order gold lists them.
    """
    numbers = [one for one in accepted if _is_number(one)]
    if not _is_number(value) or len(numbers) != len(accepted):
        return None
    return float(min((value - one for one in numbers), key=lambda away: (abs(away), away)))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
