"""What the intake desk shows, as JSON: the guess as a form, its first rows, and the report (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalwidgets.core.task import ROLES
from evalwidgets.store.intake.intake import FACTS, PICTURE_ROLES, Intake
from evalwidgets.store.intake.intake_report import KINDS, IntakeReport

SHOWN_ODD = 100
"""Rows of each kind of problem that travel to the page; the report has all."""
_LONGEST = 140
_LABELS = {"id": "Name", "content_note": "Content note", "a": "A", "b": "B", "c": "C", "d": "D"}


def guess_view(intake: Intake, thumbs: Mapping[str, str]) -> dict[str, Any]:
    """Return a guess as a form of selects, its sentences and its first rows.

    Parameters
    ----------
    intake : Intake
        As it stands.
    thumbs : mapping
        Path as given to the name of its small copy; empty where there is none.
    """
    must, may = ROLES[intake.kind]
    pictures = [*must, *may, *(role for role in PICTURE_ROLES if role in intake.columns)]
    tags = [name for name in intake.columns if name not in (*PICTURE_ROLES, *FACTS)]
    options = [str(name) for name in intake.table]
    return {
        "kind": intake.kind,
        "kinds": list(ROLES),
        "rows": len(intake.table),
        "groups": [
            {"title": "Pictures", "roles": [_choice(intake, role) for role in dict.fromkeys(pictures)]},
            {"title": "Texts", "roles": [_choice(intake, role) for role in FACTS]},
            {"title": "Tags", "roles": [_choice(intake, name) for name in tags]},
        ],
        "options": options,
        "spare": [name for name in options if name not in intake.columns.values()],
        "said": list(intake.said),
        "problems": list(intake.problems),
        "first": _first(intake, thumbs),
    }


def _choice(intake: Intake, name: str) -> dict[str, str]:
    label = _LABELS.get(name, name.replace("_", " ").capitalize())
    return {"name": name, "label": label, "column": intake.columns.get(name, "")}


def _first(intake: Intake, thumbs: Mapping[str, str]) -> dict[str, Any]:
    first = intake.first
    rows = [
        [_cell(name, cell, thumbs) for name, cell in zip(first, row, strict=True)]
        for row in first.itertuples(index=False, name=None)
    ]
    return {"heads": [_choice(intake, str(name))["label"] for name in first], "rows": rows}


def _cell(name: object, cell: object, thumbs: Mapping[str, str]) -> dict[str, str]:
    text = "" if cell is None or cell != cell else str(cell)
    if name in PICTURE_ROLES:
        return {"text": text.rsplit("/", 1)[-1][:_LONGEST], "thumb": thumbs.get(text, ""), "picture": "yes"}
    return {"text": text if len(text) <= _LONGEST else f"{text[:_LONGEST]}\N{HORIZONTAL ELLIPSIS}"}


def report_view(report: IntakeReport) -> dict[str, Any]:
    """Return a report as its finding and a list for each kind of problem, the gravest first."""
    kinds = []
    for kind, n in report.counts.items():
        rows = [[one.task, one.role, one.found] for one in report.odd if one.kind == kind]
        kinds.append(
            {
                "kind": kind,
                "n": n,
                "done": KINDS[kind],
                "rows": rows[:SHOWN_ODD],
                "more": max(0, n - SHOWN_ODD),
            }
        )
    return {"finding": report.finding, "kinds": kinds, "where": f"{report.tasks.folder.name}/tasks.jsonl"}
