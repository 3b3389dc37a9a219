"""What the explorer shows beside the pictures of one task, as JSON: all answers, notes, flags, gold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evalwidgets.analysis.results import counted
from evalwidgets.core.criterion import Count, Criterion, Ordinal, Regions, Text
from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_changes import in_words
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task

Json = dict[str, Any]
_NA = "n/a"
_NUMERIC = (Ordinal, Count)
_APART = 0.25


def task_view(
    task: Task,
    rubric: Rubric,
    reviews: Sequence[Review],
    letters: Mapping[str, str],
    *,
    facts: Mapping[str, Any],
    place: str,
    marked: bool,
    named: bool,
    own: Review | None,
    gold: Gold | None,
    revealed: bool,
) -> Json:
    """Return what stands beside the pictures.

    Parameters
    ----------
    task, rubric
        What was judged, and by which rule book.
    reviews : sequence of Review
        The standing ones, submitted or skipped.
    letters : mapping
        Reviewer to letter.
    facts : mapping
        The task's row of the table.
    place : str
        "3 of 120".
    marked, named : bool
        Whether the task is marked, and whether names are asked for instead of letters.
    own : Review or None
        The researcher's own in the sandbox.
    gold : Gold or None
        Gold of the task, in the page only when it is `revealed`.
    """
    spoken = _spoken(reviews, letters)
    rated = {label: one for label, one in spoken.items() if one.state == "submitted"}
    skipped = {label: one for label, one in spoken.items() if one.state == "skipped"}
    shown = gold if revealed else None
    return {
        "kind": "explore_task",
        "task": task.id,
        "place": place,
        "marked": marked,
        "named": named,
        "people": [{"letter": label, "name": one.reviewer if named else ""} for label, one in rated.items()],
        "rows": [
            _row(one, rated, facts, own, shown) for one in rubric.all if _is_said(one, rated.values(), own)
        ],
        "own": own is not None,
        "notes": _notes(rubric, rated),
        "flags": _flags(rubric, spoken),
        "skipped": [f"{label}: {one.reason}" for label, one in skipped.items()],
        "measured": _measured(facts),
        "tags": _tags(task),
        "gold": {
            "exists": gold is not None,
            "revealed": revealed and gold is not None,
            "rationale": shown.rationale if shown else "",
        },
    }


def _spoken(reviews: Sequence[Review], letters: Mapping[str, str]) -> dict[str, Review]:
    """Return the reviews by letter; who judged the task in a further round is A2, A3, ..."""
    found: dict[str, Review] = {}
    for review in sorted(reviews, key=lambda one: (letters[one.reviewer], one.submitted_at)):
        letter = label = letters[review.reviewer]
        times = 1
        while label in found:
            times += 1
            label = f"{letter}{times}"
        found[label] = review
    return found


def _is_said(criterion: Criterion, reviews: Iterable[Review], own: Review | None) -> bool:
    """Return whether anybody answered the criterion in a way that fits a table."""
    if isinstance(criterion, Text):
        return False
    said = [*reviews, *([own] if own else [])]
    return any(one.answers[criterion.id].given for one in said if criterion.id in one.answers)


def _row(
    criterion: Criterion,
    reviews: Mapping[str, Review],
    facts: Mapping[str, Any],
    own: Review | None,
    gold: Gold | None,
) -> Json:
    answers = {label: one.answers.get(criterion.id) for label, one in reviews.items()}
    apart = facts.get(f"spread_{criterion.id}")
    accepted = gold.answers.get(criterion.id) if gold else None
    return {
        "id": criterion.id,
        "label": criterion.label,
        "numeric": isinstance(criterion, _NUMERIC),
        "cells": [_cell(criterion, answer) for answer in answers.values()],
        "groups": _groups(criterion, answers),
        "spread": "" if apart is None or apart != apart else f"{apart:.0%}",
        "apart": bool(apart is not None and apart >= _APART),
        "own": _said(criterion, own.answers.get(criterion.id)) if own else "",
        "gold": in_words(accepted) if accepted else "",
    }


def _cell(criterion: Criterion, answer: Answer | None) -> Json:
    """Return one answer: what it says, and why it was given."""
    text = _said(criterion, answer)
    note = (
        " ".join(
            filter(
                None, (answer.note, f"Also defensible: {answer.second}." if answer.second is not None else "")
            )
        )
        if answer
        else ""
    )
    return {
        "text": text,
        "title": note,
        "noted": bool(answer and answer.note),
        "second": bool(answer and answer.second is not None),
    }


def _said(criterion: Criterion, answer: Answer | None) -> str:
    if answer is None or not answer.given:
        return ""
    if answer.na is not None:
        return _NA
    value = answer.value
    if isinstance(criterion, Regions):
        return counted(len(value), "place") if value else "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def _groups(criterion: Criterion, answers: Mapping[str, Answer | None]) -> list[Json]:
    """Return who gave which answer, the largest group first."""
    groups: dict[str, list[str]] = {}
    for letter, answer in answers.items():
        said = _said(criterion, answer)
        if said:
            groups.setdefault(said.replace("_", " "), []).append(letter)
    ranked = sorted(groups.items(), key=lambda one: -len(one[1]))
    return [{"text": text, "letters": " ".join(letters)} for text, letters in ranked]


def _notes(rubric: Rubric, reviews: Mapping[str, Review]) -> list[Json]:
    """Return what was written, criterion by criterion, the answers that lie furthest out first."""
    found: list[Json] = []
    for criterion in rubric.all:
        said = [
            (label, one.answers[criterion.id])
            for label, one in reviews.items()
            if criterion.id in one.answers
        ]
        centre = _centre([answer.value for _, answer in said])
        texts = [
            (letter, _said(criterion, answer), _text(criterion, answer), answer) for letter, answer in said
        ]
        told = [one for one in texts if one[2]]
        told.sort(key=lambda one: -_away(one[3].value, centre))
        found += [
            {
                "letter": letter,
                "criterion": criterion.label,
                "value": "" if isinstance(criterion, Text) else value,
                "text": text,
            }
            for letter, value, text, _ in told
        ]
    found += [
        {"letter": label, "criterion": "", "value": "", "text": one.note}
        for label, one in reviews.items()
        if one.note
    ]
    return found


def _text(criterion: Criterion, answer: Answer) -> str:
    words = answer.value if isinstance(criterion, Text) and isinstance(answer.value, str) else ""
    return " ".join(filter(None, (words, answer.note)))


def _centre(values: Sequence[Any]) -> float | None:
    numbers = sorted(
        value for value in values if isinstance(value, int | float) and not isinstance(value, bool)
    )
    return (numbers[(len(numbers) - 1) // 2] + numbers[len(numbers) // 2]) / 2 if numbers else None


def _away(value: Any, centre: float | None) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return abs(value - centre) if centre is not None and is_number else 0.0


def _flags(rubric: Rubric, reviews: Mapping[str, Review]) -> list[Json]:
    names = {flag.id: flag.name for flag in rubric.flags}
    return [
        {"letter": label, "name": names.get(flag, flag), "text": remark}
        for label, one in reviews.items()
        for flag, remark in one.flags.items()
    ]


def _measured(facts: Mapping[str, Any]) -> list[str]:
    """Return what was measured of the edit, in words; nothing while it is not measured."""
    if facts.get("trust") in ("none", "unreadable"):
        return [
            "A picture cannot be read." if facts["trust"] == "unreadable" else "The whole picture changed."
        ]
    area, outside = facts.get("change_area"), facts.get("outside_share")
    told = []
    if area is not None and area == area:
        told.append(
            f"{area:.1%} of the picture changed" if area else "Nothing can be measured to have changed"
        )
    if outside is not None and outside == outside:
        told.append(f"{outside:.1%} of the area outside of what was asked changed")
    return told


def _tags(task: Task) -> list[Json]:
    words = {
        name: ", ".join(map(str, tag)) if isinstance(tag, tuple) else str(tag)
        for name, tag in task.tags.items()
    }
    return [{"name": name.replace("_", " "), "text": text.replace("_", " ")} for name, text in words.items()]
