"""Small rubrics that tests build and bend."""

from __future__ import annotations

from typing import Any

from evalwidgets.core.review import Answer, Sheet
from evalwidgets.core.rubric import Rubric

__all__ = ["a_rubric", "a_sheet", "levels", "ordinal"]


def levels(count: int = 5) -> list[dict[str, Any]]:
    """Return described levels from 1 up."""
    return [
        {"value": value, "name": f"Step {value}", "descriptor": f"What step {value} looks like."}
        for value in range(1, count + 1)
    ]


def ordinal(name: str, **changes: Any) -> dict[str, Any]:
    """Return an ordinal criterion with five levels."""
    plain = {
        "id": name,
        "control": "ordinal",
        "label": name.capitalize(),
        "question": f"How is the {name}?",
        "levels": levels(),
    }
    return {**plain, **changes}


def a_rubric(**changes: Any) -> Rubric:
    """Return a rubric with a gate, two weighted criteria and one that rests on a tag."""
    plain: dict[str, Any] = {
        "id": "sample",
        "version": "1.0.0",
        "title": "Sample",
        "kind": "edit",
        "purpose": "Try things out.",
        "gates": [
            {
                "id": "safety",
                "label": "Safety",
                "question": "Is it safe?",
                "options": [
                    {"value": "ok", "name": "Fine"},
                    {"value": "narrow", "name": "Narrow", "only": ["light"]},
                    {"value": "violates", "name": "Violates", "next": "stop"},
                ],
            }
        ],
        "criteria": [
            ordinal("sharp", weight=3),
            ordinal("light", weight=1, na_reasons=[{"id": "dark", "name": "Too dark to tell"}]),
            ordinal("figure", weight=1, applies_when={"tag": "subjects", "includes": "figure"}),
        ],
        "overall": {"kind": "weighted_mean"},
        "changelog": [
            {
                "version": changes.get("version", "1.0.0"),
                "date": "2026-01-31",
                "bump": "first",
                "changes": ["First."],
            }
        ],
    }
    return Rubric.model_validate({**plain, **changes})


def a_sheet(**values: Any) -> Sheet:
    """Return a sheet with these values; a text `na:reason` means not applicable."""
    answers = {
        name: Answer(na=value[3:]) if str(value).startswith("na:") else Answer(value=value)
        for name, value in values.items()
    }
    return Sheet(answers=answers)
