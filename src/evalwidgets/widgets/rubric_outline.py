"""The left of the rubric desk as JSON: the rubric's parts, what is changed in each, and the line above."""

from __future__ import annotations

from typing import Any

from evalwidgets.analysis.results import counted
from evalwidgets.core.criterion import Criterion, Ordinal
from evalwidgets.widgets.rubric_work import RubricWork

Json = dict[str, Any]

KEYS = [
    [
        "Move",
        [["N", "next part"], ["B", "part before"], ["E", "into the first text"], ["Esc", "out of a text"]],
    ],
    ["Change", [["Tab", "next text"], ["Z", "undo"], ["A", "do again"]]],
    [
        "Publish",
        [
            ["P", "publish, asked once more"],
            ["Y", "yes, publish"],
            ["T", "not yet"],
            ["M", "fill the window"],
        ],
    ],
]


def head(work: RubricWork, problem: str) -> Json:
    """Return the line above everything: which rubric, who acts, what went wrong."""
    n = len(work.diff.changes)
    drafted = f"{counted(n, 'change')} not published" if n else "nothing changed"
    sub = f"{work.before.id} {work.before.version} in {work.campaign} · {drafted} · you act as {work.lead}"
    return {
        "kind": "head",
        "name": "Rubric desk",
        "step": "rubric",
        "title": work.rubric.title,
        "sub": sub,
        "steps": [],
        "keys": KEYS,
        "problem": problem,
    }


def outline(work: RubricWork) -> Json:
    """Return the parts of the rubric, how many changes each has, and where a gap lies."""
    changes = _changes(work)
    gap = work.gap
    of_gap = (gap.raised.clause.criterion or "about") if gap else ""
    rows = [
        _row(work, "about", "The rubric", "title, purpose, instructions", changes, of_gap),
        *(_row(work, one.id, one.label, _sub(one), changes, of_gap) for one in work.rubric.all),
        _row(work, "caps", "Caps", counted(len(work.rubric.caps), "cap"), changes, of_gap),
        _row(work, "overall", "Overall score", work.rubric.overall.kind.replace("_", " "), changes, of_gap),
        _row(work, "flags", "Flags", counted(len(work.rubric.flags), "flag"), changes, of_gap),
    ]
    return {"kind": "outline", "rows": rows, "picked": work.picked}


def _row(work: RubricWork, name: str, label: str, sub: str, changes: dict[str, int], of_gap: str) -> Json:
    return {
        "id": name,
        "label": label,
        "sub": sub,
        "changed": changes.get(name, 0),
        "gap": bool(work.gap) and name == of_gap,
        "on": name == work.picked,
    }


def _changes(work: RubricWork) -> dict[str, int]:
    """Return how many changes each part has."""
    counts: dict[str, int] = {}
    for change in work.diff.changes:
        first, _, rest = change.place.partition(".")
        part = rest.partition(".")[0] if first in ("gates", "criteria") else first
        name = part if part in {one.id for one in work.rubric.all} | {"caps", "overall", "flags"} else "about"
        counts[name] = counts.get(name, 0) + 1
    return counts


def _sub(criterion: Criterion) -> str:
    """Return what is told of a criterion in one line."""
    if criterion.is_gate:
        return f"gate, {counted(len(criterion.scale), 'option')}"
    if not isinstance(criterion, Ordinal):
        return criterion.control.replace("_", " ")
    weight = f"weight {criterion.weight:g}, " if criterion.weight else ""
    return f"{weight}tolerance {criterion.gold_tolerance:g}"
