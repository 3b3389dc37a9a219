"""A draft of gold: what an expert changes before it is proposed, and how it differs from what was."""

from __future__ import annotations

from typing import Any, NamedTuple

from evalwidgets.core.criterion import Criterion
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.gold_changes import NOT_APPLICABLE, in_words
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import GoldError


class Difference(NamedTuple):
    """What a proposal changes, in words."""

    criterion: str
    """Its id; empty for what is said of the whole task."""
    label: str
    before: str
    after: str

    def __str__(self) -> str:
        """Return for example "Preservation: 4 or 5 → 3"."""
        return f"{self.label}: {self.before} \N{RIGHTWARDS ARROW} {self.after}"


def empty_draft(task: str, rubric: Rubric, by: str) -> Gold:
    """Return a draft that says nothing yet."""
    return Gold(task=task, rubric=rubric.id, rubric_version=rubric.version, answers={}, by=by)


def may_be_picked(criterion: Criterion, answer: GoldAnswer | None) -> bool:
    """Whether accepted values are picked one by one: declared ones, of which any number may be right."""
    return bool(criterion.scale) and not (answer and (answer.distribution or answer.order))


def toggled(draft: Gold, criterion: Criterion, value: Any) -> Gold:
    """Return the draft with a value accepted that was not, or no longer accepted.

    "Not applicable" stands alone, and a criterion of which nothing is accepted has no
    gold. Rationale and tolerance of the answer stay.

    Raises
    ------
    GoldError
        If the criterion's gold is no set of values, or the value is not on its scale.
    """
    old = draft.answers.get(criterion.id)
    if not may_be_picked(criterion, old):
        msg = f"{criterion.label} of task {draft.task!r} is no set of declared values; change it in the file."
        raise GoldError(msg)
    why = None if value == NOT_APPLICABLE else criterion.explain(value)
    if why:
        msg = f"{criterion.label}: {why}. Pick a value of the scale."
        raise GoldError(msg)
    answer = _toggled(criterion, old or GoldAnswer(na=True), value, is_new=old is None)
    rest = {name: one for name, one in draft.answers.items() if name != criterion.id}
    return draft.model_copy(update={"answers": {**rest, criterion.id: answer} if answer else rest})


def explained(draft: Gold, criterion: str, rationale: str) -> Gold:
    """Return the draft with the reason of one answer; without an answer there is nothing to explain."""
    old = draft.answers.get(criterion)
    if old is None:
        return draft
    answer = old.model_copy(update={"rationale": rationale.strip()})
    return draft.model_copy(update={"answers": {**draft.answers, criterion: answer}})


def differences(before: Gold | None, after: Gold, rubric: Rubric) -> tuple[Difference, ...]:
    """Return what changes from one gold to another, in the order of the rubric; nothing when they agree."""
    old = before.answers if before else {}
    answers = [
        Difference(one.id, one.label, _in_words(old.get(one.id)), _in_words(after.answers.get(one.id)))
        for one in rubric.all
        if _said(old.get(one.id)) != _said(after.answers.get(one.id))
    ]
    reasons = [
        Difference(
            one.id, f"Why ({one.label})", old[one.id].rationale or "nothing", now.rationale or "nothing"
        )
        for one in rubric.all
        if (now := after.answers.get(one.id)) and one.id in old and now.rationale != old[one.id].rationale
    ]
    return (*answers, *reasons, *_of_the_task(before, after))


def _of_the_task(before: Gold | None, after: Gold) -> list[Difference]:
    labels = {
        "rationale": "Rationale",
        "difficulty": "Difficulty",
        "concepts": "Concepts",
        "regions": "Places",
    }
    return [
        Difference("", label, _plain(was), _plain(now))
        for name, label in labels.items()
        if (was := getattr(before, name, "")) != (now := getattr(after, name)) and (was or now)
    ]


def _toggled(criterion: Criterion, old: GoldAnswer, value: Any, *, is_new: bool) -> GoldAnswer | None:
    """Return the answer with one value turned; None when nothing is left."""
    kept = {"rationale": old.rationale, "tolerance": old.tolerance}
    if value == NOT_APPLICABLE:
        return None if old.na and not is_new else GoldAnswer(na=True, **kept)
    turned = {*old.accepted} ^ {value}
    accepted = tuple(one for one in criterion.scale if one in turned)
    return GoldAnswer(accepted=accepted, **kept) if accepted else None


def _said(answer: GoldAnswer | None) -> tuple[str, float | None] | None:
    """Return what makes two answers accept the same, whatever their order and reasons."""
    if answer is None:
        return None
    accepted = sorted(map(str, answer.accepted))
    return f"{accepted}{answer.na}{answer.order}{answer.distribution}", answer.tolerance


def _in_words(answer: GoldAnswer | None) -> str:
    """Return what is accepted, with a tolerance of its own."""
    own = answer.tolerance if answer else None
    return in_words(answer) + (f" (\N{PLUS-MINUS SIGN}{own:g})" if own is not None else "")


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        words = [one if isinstance(one, str) else one.label or one.type for one in value]
        return ", ".join(words) or "none"
    return value or "nothing"
