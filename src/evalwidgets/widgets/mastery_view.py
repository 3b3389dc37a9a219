"""What the mastery map shows: criteria by boundaries, and where a learner stands, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from evalwidgets.core.boundary import Boundary, boundaries
from evalwidgets.core.mastery import Mastery
from evalwidgets.core.rubric import Rubric

LEANING = 0.5
"""The bias from which on a learner is told to lean, in standard deviations of what is seen."""
_ENOUGH = 6
"""With fewer trials at a boundary no lean is told: two slips are no habit."""
_STATES = {
    "new": "new, not practised yet",
    "learning": "being learnt",
    "mastered": "mastered",
    "due": "mastered, and due for another look",
    "no_gold": "not teachable yet, it needs more gold",
}


def mastery_map(
    rubric: Rubric,
    mastery: Mapping[Boundary, Mastery],
    teachable: Collection[Boundary],
    now: datetime,
) -> dict[str, Any]:
    """Return the mastery map of a learner, as JSON for the browser.

    Parameters
    ----------
    rubric : Rubric
        The rule book.
    mastery : mapping of Boundary to Mastery
        From `mastery_of`; a boundary that is missing counts as new.
    teachable : collection of Boundary
        The boundaries that have enough gold on both sides.
    now : datetime
        With a time zone: that in which dates are told.

    Returns
    -------
    dict
        `rows`: one for each criterion with boundaries, with a cell for each boundary, lowest
        first; and `sentence`, the whole in words.
    """
    found = {one: mastery.get(one, Mastery(boundary=one)) for one in boundaries(rubric)}
    labels = {one.id: one.label for one in rubric.all}
    cells = {one: _cell(labels[one.criterion], found[one], one in teachable, now) for one in found}
    rows = [
        {
            "criterion": name,
            "label": label,
            "cells": [cell for one, cell in cells.items() if one.criterion == name],
        }
        for name, label in labels.items()
        if any(one.criterion == name for one in cells)
    ]
    return {"rows": rows, "sentence": _sentence(labels, cells)}


def lean_of(mastery: Mastery) -> str:
    """Return "lenient" or "strict" where a learner leans to one side of a boundary, else nothing."""
    trials = mastery.hits + mastery.misses + mastery.false_alarms + mastery.correct_rejections
    if mastery.bias is None or trials < _ENOUGH or abs(mastery.bias) < LEANING:
        return ""
    return "lenient" if mastery.bias > 0 else "strict"


def _cell(label: str, mastery: Mastery, teachable: bool, now: datetime) -> dict[str, Any]:
    boundary, lean = mastery.boundary, lean_of(mastery)
    state = mastery.state if teachable else "no_gold"
    shown = mastery.due is not None and state in ("mastered", "due")
    due = mastery.due.astimezone(now.tzinfo).date().isoformat() if mastery.due and shown else ""
    return {
        "lower": boundary.lower,
        "upper": boundary.upper,
        "state": state,
        **mastery.model_dump(include={"hits", "misses", "false_alarms", "correct_rejections"}),
        "sensitivity": None if mastery.sensitivity is None else round(mastery.sensitivity, 2),
        "bias": None if mastery.bias is None else round(mastery.bias, 2),
        "lean": lean,
        "due": due,
        "note": _note(label, mastery, state, lean, due),
    }


def _note(label: str, mastery: Mastery, state: str, lean: str, due: str) -> str:
    """Return a cell in words: its tooltip, and its name for whoever cannot see it."""
    above, below = mastery.hits + mastery.misses, mastery.false_alarms + mastery.correct_rejections
    sentences = [f"{label} {mastery.boundary.lower}|{mastery.boundary.upper}: {_STATES[state]}."]
    if above or below:
        sentences.append(
            f"Right in {mastery.hits} of {above} from {mastery.boundary.upper} up, "
            f"in {mastery.correct_rejections} of {below} from {mastery.boundary.lower} down."
        )
    if lean:
        sentences.append(f"You lean {lean} here.")
    if due and state == "mastered":
        sentences.append(f"The next look is on {due}.")
    return " ".join(sentences)


def _sentence(labels: Mapping[str, str], cells: Mapping[Boundary, Mapping[str, Any]]) -> str:
    states = [cell["state"] for cell in cells.values()]
    open_now = [state for state in states if state != "no_gold"]
    due, waiting = states.count("due"), len(states) - len(open_now)
    parts = [f"{open_now.count('mastered') + due} of {len(open_now)} boundaries mastered"]
    if due:
        parts.append(f"{due} due today")
    parts += _leans(labels, cells)
    if waiting:
        parts.append(f"{waiting} not teachable yet")
    return "; ".join(parts) + "."


def _leans(labels: Mapping[str, str], cells: Mapping[Boundary, Mapping[str, Any]]) -> Iterable[str]:
    """Return the strongest lean in words, or nothing."""
    leaning = [(abs(cell["bias"]), one, cell["lean"]) for one, cell in cells.items() if cell["lean"]]
    if not leaning:
        return []
    _, one, lean = max(leaning, key=lambda found: found[0])
    more = f" (and at {len(leaning) - 1} more)" if len(leaning) > 1 else ""
    return [f"you lean {lean} at {labels[one.criterion]} {one.lower}|{one.upper}{more}"]
