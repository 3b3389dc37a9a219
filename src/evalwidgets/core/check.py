"""Is a review complete and free of contradictions? Every problem, as a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from evalwidgets.core.criterion import Criterion, Gate, JustifyRule, Ordinal, Regions
from evalwidgets.core.region_rules import read_regions, unknown_labels
from evalwidgets.core.review import Answer, Sheet
from evalwidgets.core.rubric import Cap, Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.value import Value

_WHERE = re.compile(
    r"\b(left|right|top|bottom|upper|lower|cent(?:er|re)|middle|corner|edge|border|front|behind|"
    r"back(?:ground)?|fore(?:ground)?|beside|above|below|under|over|near|around|between|on|in|at|of)\b",
    re.IGNORECASE,
)


class Problem(Value):
    """One thing that is wrong or weak."""

    kind: Literal["missing", "scale", "contradiction", "justification", "unknown", "advice"]
    criterion: str
    """The criterion that it is about; empty when it is about the whole review."""
    message: str

    @property
    def blocks(self) -> bool:
        """Whether the review cannot be submitted like this; advice never blocks."""
        return self.kind != "advice"


def check(rubric: Rubric, sheet: Sheet, task: Task | None = None) -> tuple[Problem, ...]:
    """Return every problem of a review or a sheet: unknown names, then in the order of the rubric.

    Parameters
    ----------
    rubric : Rubric
        The rule book.
    sheet : Sheet or Review
        What was said.
    task : Task, optional
        The task that was judged. Without it, a criterion whose applicability rests
        on the task's tags may be answered or left out.
    """
    tags = None if task is None else task.tags
    asked = {criterion.id for criterion in rubric.asked(sheet.values, tags)}
    # An answer to what is not asked counts nowhere: it opens nothing and caps nothing.
    values = {name: value for name, value in sheet.values.items() if name in asked}
    unknown = sorted(set(sheet.answers) - {criterion.id for criterion in rubric.all})
    problems = [
        Problem(kind="unknown", criterion=name, message=f"The rubric has no criterion {name!r}.")
        for name in unknown
    ]
    for criterion in rubric.all:
        answer = sheet.answer(criterion.id)
        if criterion.id not in asked:
            problems += _not_asked(criterion, answer)
        elif answer.given:
            problems += _of_answer(criterion, answer, _limits(rubric, criterion, values, tags))
            problems += _of_absent_pictures(criterion, answer, task)
            problems += _of_labels(rubric, criterion, answer)
            problems += _of_note(criterion, answer, rule_in_force(criterion, answer, values, tags))
        else:
            problems += _not_answered(criterion, values, tags)
    problems += _of_flags(rubric, sheet)
    return tuple(problems)


def _not_asked(criterion: Criterion, answer: Answer) -> Iterator[Problem]:
    if answer.given:
        message = f"{criterion.label}: answered, but the earlier answers do not ask for it."
        yield Problem(kind="contradiction", criterion=criterion.id, message=message)


def _not_answered(
    criterion: Criterion, values: Mapping[str, Any], tags: Mapping[str, Any] | None
) -> Iterator[Problem]:
    undecided = criterion.applies_when and criterion.applies_when.holds(values, tags) is None
    if criterion.required and not undecided:
        yield Problem(kind="missing", criterion=criterion.id, message=f"{criterion.label}: not rated yet.")


def _limits(
    rubric: Rubric, criterion: Criterion, values: Mapping[str, Any], tags: Mapping[str, Any] | None
) -> list[Cap]:
    """Return the caps on a criterion that hold."""
    return [cap for cap in rubric.caps if cap.criterion == criterion.id and cap.when.holds(values, tags)]


def _of_answer(criterion: Criterion, answer: Answer, caps: list[Cap]) -> Iterator[Problem]:
    yield from _of_na(criterion, answer)
    why = criterion.explain(answer.value) if answer.value is not None else None
    if why:
        yield Problem(kind="scale", criterion=criterion.id, message=f"{criterion.label}: {why}.")
        return
    yield from _of_second(criterion, answer)
    if answer.value is not None:
        for lack in criterion.lacks(answer.value):
            yield Problem(kind="missing", criterion=criterion.id, message=f"{criterion.label}: {lack}.")
        yield from _of_reason(criterion, answer)
        yield from _of_caps(criterion, answer, caps)


def _of_na(criterion: Criterion, answer: Answer) -> Iterator[Problem]:
    known = [reason.id for reason in criterion.na_reasons]
    if answer.na is not None and answer.na not in known:
        allowed = f"one of {', '.join(known)}" if known else "a rating: this criterion always applies"
        message = f"{criterion.label}: not applicable ({answer.na!r}) is not allowed; expected {allowed}."
        yield Problem(kind="scale", criterion=criterion.id, message=message)


def _of_absent_pictures(criterion: Criterion, answer: Answer, task: Task | None) -> Iterator[Problem]:
    said = answer.value if isinstance(answer.value, list | tuple) else (answer.value,)
    for option in getattr(criterion, "options", ()):
        if task is not None and option.value in said and not option.offered(task.images):
            message = f"{criterion.label}: {option.name} is no picture of this task; choose one that is."
            yield Problem(kind="scale", criterion=criterion.id, message=message)


def _of_second(criterion: Criterion, answer: Answer) -> Iterator[Problem]:
    if answer.second is None:
        return
    allowed = isinstance(criterion, Ordinal) and criterion.second and answer.na is None
    if not allowed or answer.second not in criterion.scale or answer.second == answer.value:
        message = f"{criterion.label}: {answer.second} cannot be a second defensible level here."
        yield Problem(kind="scale", criterion=criterion.id, message=message)


def _of_reason(criterion: Criterion, answer: Answer) -> Iterator[Problem]:
    if not isinstance(criterion, Gate):
        return
    option = criterion.option(answer.value)
    known = [reason.id for reason in criterion.reasons]
    if option and option.ask_reason and answer.reason is None:
        message = f"{criterion.label}: pick the reason for {option.name!r}."
        yield Problem(kind="missing", criterion=criterion.id, message=message)
    elif answer.reason is not None and answer.reason not in known:
        message = f"{criterion.label}: expected a reason among {', '.join(known)}, got {answer.reason!r}."
        yield Problem(kind="scale", criterion=criterion.id, message=message)


def _of_caps(criterion: Criterion, answer: Answer, caps: list[Cap]) -> Iterator[Problem]:
    for cap in caps:
        if isinstance(answer.value, int) and answer.value > cap.at_most:
            message = f"{criterion.label}: at most {cap.at_most:g} here, got {answer.value}: {cap.because}"
            yield Problem(kind="contradiction", criterion=criterion.id, message=message)


def _of_labels(rubric: Rubric, criterion: Criterion, answer: Answer) -> Iterator[Problem]:
    if not isinstance(criterion, Regions) or criterion.explain(answer.value):
        return
    for label in unknown_labels(read_regions(answer.value), rubric.family_of):
        known = ", ".join(rubric.family_of) or "none"
        message = f"{criterion.label}: no class {label!r}; expected one of {known}."
        yield Problem(kind="scale", criterion=criterion.id, message=message)


def rule_in_force(
    criterion: Criterion,
    answer: Answer,
    values: Mapping[str, Any] | None = None,
    tags: Mapping[str, Any] | None = None,
) -> JustifyRule | None:
    """Return the strictest justification rule that an answer calls for, or None.

    Parameters
    ----------
    criterion, answer
        What was asked and said.
    values, tags : mapping, optional
        The other answers and the task's tags, which can make a note needless.
    """
    if answer.value is None or criterion.explain(answer.value):
        return None
    rules = [
        rule
        for rule in criterion.justify
        if rule.when.passes(answer.value) and not (rule.unless and rule.unless.holds(values or {}, tags))
    ]
    return max(rules, key=lambda rule: (rule.min_words, len(rule.needs)), default=None)


def _of_note(criterion: Criterion, answer: Answer, rule: JustifyRule | None) -> Iterator[Problem]:
    if rule is None:
        return
    words = count_words(answer.note)
    if words < rule.min_words:
        message = (
            f"{criterion.label}: a note of at least {rule.min_words} words is needed "
            f"({need(rule)}); got {words}."
        )
        yield Problem(kind="justification", criterion=criterion.id, message=message)
    elif "where" in rule.needs and not _WHERE.search(answer.note):
        message = f"{criterion.label}: does the note say where in the picture?"
        yield Problem(kind="advice", criterion=criterion.id, message=message)


def count_words(text: str) -> int:
    """Return how many words a text has; what holds neither letter nor digit is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def need(rule: JustifyRule) -> str:
    """Return in words what a note must hold."""
    parts = {"what": "what is wrong or right", "where": "where", "rule": "by which rule"}
    return ", ".join(parts[part] for part in rule.needs) or "why"


def _of_flags(rubric: Rubric, sheet: Sheet) -> Iterator[Problem]:
    known = [flag.id for flag in rubric.flags]
    for name in sheet.flags:
        if name not in known:
            message = f"No flag {name!r}; expected one of {', '.join(known) or 'none'}."
            yield Problem(kind="unknown", criterion="", message=message)
