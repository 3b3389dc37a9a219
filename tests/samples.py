"""Rubrics, tasks and pictures that the tests of several layers share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from evalwidgets.core.criterion import Criterion, Gate
from evalwidgets.core.region import Region
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.session import Session
from evalwidgets.core.task import Task

ROOT = Path(__file__).parents[1]

LEVELS = [
    {"value": value, "name": f"Level {value}", "descriptor": f"What level {value} looks like."}
    for value in range(1, 6)
]
IF_CHANGED = {"not": {"answer": "change", "equals": "no"}}
NOTE_WHEN_LOW = [{"when": {"at_most": 2}, "min_words": 3, "needs": ["what", "where"]}]
OPTIONS = [{"value": "halo", "name": "Halo"}, {"value": "remnant", "name": "Remnant"}]


def criterion(name: str, control: str, **more: Any) -> dict[str, Any]:
    """Return one criterion of a rubric file."""
    return {"id": name, "control": control, "label": name.capitalize(), "question": f"{name}?", **more}


def every_control() -> Rubric:
    """Return a rubric with each control once, a gate that branches three ways, and a cap."""
    gate = {
        "id": "safety",
        "label": "Safety",
        "question": "Is it safe?",
        "options": [
            {"value": "ok", "name": "Fine"},
            {"value": "sensitive", "name": "Sensitive", "ask_reason": True, "only": ["change", "adherence"]},
            {"value": "violates", "name": "Violates", "next": "stop", "ask_reason": True},
        ],
        "reasons": [{"id": "violence", "name": "Violence"}, {"id": "privacy", "name": "Privacy"}],
    }
    criteria = [
        criterion("change", "yes_no"),
        criterion(
            "adherence",
            "ordinal",
            levels=LEVELS,
            weight=1,
            justify=NOTE_WHEN_LOW,
            variants={"add": {"question": "Was it added?", "levels": {5: "All of it was added."}}},
        ),
        criterion(
            "quality",
            "ordinal",
            levels=LEVELS,
            applies_when=IF_CHANGED,
            na_reasons=[{"id": "hidden", "name": "Cannot be seen"}],
        ),
        criterion(
            "figure",
            "ordinal",
            levels=LEVELS[:3],
            applies_when={"tag": "subjects", "includes": "figure"},
            second=False,
        ),
        criterion("response", "choice", options=OPTIONS, required=False),
        criterion("better", "preference", options=OPTIONS, required=False),
        criterion("defects", "multi", options=OPTIONS, applies_when=IF_CHANGED),
        criterion("number", "count", most=20, required=False),
        criterion("differs", "text", min_words=2, required=False, applies_when=IF_CHANGED),
        criterion("marked", "words", of="instruction", marks=OPTIONS, required=False),
        criterion("places", "regions", shapes=["box"], required=False),
    ]
    cap = {
        "when": {"answer": "change", "equals": "no"},
        "criterion": "adherence",
        "at_most": 1,
        "because": "nothing changed.",
    }
    flags = [{"id": "edge_case", "name": "Edge case"}, {"id": "technical", "name": "Technical problem"}]
    first = {"version": "1.0.0", "date": "2026-01-31", "bump": "first", "changes": ["First."]}
    return Rubric.model_validate(
        {
            "id": "every-control",
            "version": "1.0.0",
            "title": "Every control",
            "kind": "edit",
            "purpose": "Try every control.",
            "gates": [gate],
            "criteria": criteria,
            "caps": [cap],
            "overall": {"kind": "weighted_mean"},
            "flags": flags,
            "changelog": [first],
        }
    )


GOOD_ANSWERS: dict[str, Any] = {
    "safety": "ok",
    "change": "yes",
    "adherence": 4,
    "quality": 5,
    "figure": 3,
    "defects": ["halo"],
}
"""What makes a review of `every_control` complete, whether or not `figure` is asked."""


def answer_all(session: Session, **other: Any) -> None:
    """Answer what the current task asks, as in `GOOD_ANSWERS` unless told otherwise."""
    answers = {**GOOD_ANSWERS, **other}
    for _ in range(3):  # an answer may open further questions
        for one in session.asked():
            if one.id in answers and session.sheet.values.get(one.id) != answers[one.id]:
                session.rate(one.id, answers[one.id])


def an_answer(one: Criterion, number: int) -> Any:
    """Return the allowed answer with this number to any criterion, of many."""
    if one.scale:
        return one.scale[number % len(one.scale)]
    if isinstance(one, Gate):
        return one.options[number % len(one.options)].value
    return {
        "multi": [["halo", "remnant"], [], ["halo"]][number % 3],
        "count": number % 21,
        "text": ["the sky differs", "less haze", "a darker roof"][number % 3],
        "words": [[], [{"word": 0, "mark": "halo"}]][number % 2],
        "regions": [[], [a_region(points=((1, 2), (3, 3 + number)))]][number % 2],
    }[one.control]


def a_region(**changes: Any) -> dict[str, Any]:
    """Return a box on the edited picture, as an answer keeps it."""
    plain: dict[str, Any] = {
        "id": "r1",
        "type": "box",
        "points": ((10, 20), (40, 60)),
        "role": "edited",
        "size": (300, 200),
    }
    return Region(**{**plain, **changes}).model_dump(mode="json")


def an_edit(name: str, **changes: Any) -> Task:
    """Return an edit task; its pictures need not exist."""
    plain: dict[str, Any] = {
        "id": name,
        "kind": "edit",
        "images": {"original": f"{name}-before.png", "edited": f"{name}-after.png"},
        "instruction": "Add a red hat to the figure on the left",
    }
    return Task(**{**plain, **changes})


def write_picture(path: Path, number: int, size: tuple[int, int] = (24, 16)) -> Path:
    """Write a small picture that differs for each number."""
    picture = Image.new("RGB", size, (number * 53 % 256, number * 97 % 256, 120))
    ImageDraw.Draw(picture).rectangle((number % 12, 2, number % 12 + 6, 9), fill=(250, 240, number % 256))
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path)
    return path


def write_manifest(folder: Path, count: int, **changes: Any) -> Path:
    """Write edit tasks with their pictures, two of each source, and return the manifest's path."""
    lines = []
    for number in range(count):
        task = an_edit(
            f"t{number:02}",
            images={"original": f"pictures/{number}-a.png", "edited": f"pictures/{number}-b.png"},
            source=f"scene{number // 2}",
            instruction=f"Add a red hat to figure {number}",
            tags={"subjects": ["figure"] if number % 2 else ["place"]},
        )
        lines.append(json.dumps({**task.model_dump(mode="json", exclude_defaults=True), **changes}))
        write_picture(folder / f"pictures/{number}-a.png", 2 * number)
        write_picture(folder / f"pictures/{number}-b.png", 2 * number + 1)
    manifest = folder / "tasks.jsonl"
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return manifest
