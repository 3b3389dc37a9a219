"""Recipes and the paths of their pictures into the lines of tasks, gold and anchors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from builder.catalogue import Entry
from builder.easel import Pictures
from builder.recipe import Edit, Ladder, Pair, Single

Line = dict[str, Any]

RUBRICS = {
    "edit": "image-edit",
    "image": "image-quality",
    "prompt": "prompt-adherence",
    "pair": "pairwise-comparison",
}
ORDINALS = (
    "instruction_adherence", "structural_integrity", "preservation", "visual_quality", "style_alignment",
    "character_consistency",
)  # fmt: skip
FIGURES = ("portrait", "park", "chelsea", "astronaut", "camera")
"""Scenes in which somebody can always be recognised."""
VERSION = "1.0.0"
"""Of the rubrics for which gold and anchors were written; a new major version asks for a new look at them."""
MODELS = ("model-a", "model-b", "model-c", "model-d")


def task_line(entry: Entry, images: Mapping[str, str]) -> Line:
    """Return a task as it stands in the manifest."""
    recipe = entry.recipe
    assert not isinstance(recipe, Ladder)  # noqa: S101 - ladders are anchors, not tasks
    kind = entry.id.split("-")[0]
    line: Line = {"id": entry.id, "kind": kind, "images": dict(images)}
    if isinstance(recipe, Single):
        line["guideline" if kind == "image" else "prompt"] = recipe.words
        if recipe.requirements:
            line["requirements"] = [
                {"id": f"r{k}", "text": text, "parent": None} for k, text in enumerate(recipe.requirements, 1)
            ]
    else:
        line["instruction"] = recipe.instruction
    return {**line, "tags": _tags(entry), "source": recipe.source}


def _tags(entry: Entry) -> Line:
    recipe = entry.recipe
    tags: Line = {}
    if isinstance(recipe, Edit | Pair):
        tags["edit_type"] = recipe.edit_type
    tags |= {"scene": entry.group, "difficulty": recipe.difficulty}  # type: ignore[union-attr]
    if isinstance(recipe, Edit):
        tags |= {"model": _model(entry.id, recipe), "planted": recipe.planted}
        if has_character(recipe):
            tags["subjects"] = ["character"]
    if "shadow" in recipe.tags:  # type: ignore[union-attr]
        tags["shadow"] = True
    return tags


def has_character(edit: Edit) -> bool:
    """Whether somebody who must stay the same is in the picture after the edit."""
    return "character_consistency" in edit.gold or edit.source.startswith(FIGURES)


def _model(name: str, edit: Edit) -> str:
    """Pick an invented model; better edits come more often from model-a, worse from model-d."""
    levels = [np.ravel(value).mean() for key, value in edit.gold.items() if key in ORDINALS and value != "na"]
    worth = float(np.mean(levels)) if levels else 3.0
    lean = float(np.clip((worth - 4.1) * 0.9, -1, 1))
    weights = np.array([0.25 + 0.15 * lean, 0.25 + 0.05 * lean, 0.25 - 0.05 * lean, 0.25 - 0.15 * lean])
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    return MODELS[int(np.random.default_rng(seed).choice(4, p=weights))]


def gold_line(entry: Entry) -> Line:
    """Return the gold of a task."""
    recipe = entry.recipe
    assert not isinstance(recipe, Ladder)  # noqa: S101 - ladders are anchors, not tasks
    rubric = RUBRICS[entry.id.split("-")[0]]
    reasons = {} if isinstance(recipe, Pair) else recipe.reasons
    answers = {name: _answer(value, reasons.get(name, "")) for name, value in recipe.gold.items()}
    if isinstance(recipe, Edit) and "visible_change" in recipe.gold:
        answers.setdefault("character_consistency", {"na": True})
    planted = recipe.planted if isinstance(recipe, Edit) and recipe.planted != "clean" else ""
    return {
        "task": entry.id,
        "rubric": rubric,
        "rubric_version": VERSION,
        "answers": answers,
        "rationale": recipe.why,
        "difficulty": recipe.difficulty,
        "concepts": sorted({*recipe.tags, *([planted] if planted else [])}),
        "by": "demo builder",
    }


def _answer(value: Any, rationale: str) -> Line:
    if value == "na":
        answer: Line = {"na": True}
    elif isinstance(value, dict):
        answer = {"distribution": value}
    else:
        answer = {"accepted": list(value) if isinstance(value, tuple) else [value]}
    return {**answer, "rationale": rationale} if rationale else answer


def anchor_lines(entry: Entry, pictures: Pictures) -> list[Line]:
    """Return one line per rung, from the best level to the worst."""
    ladder = entry.recipe
    assert isinstance(ladder, Ladder)  # noqa: S101
    words = "instruction" if ladder.before is not None else "guideline"
    words = "prompt" if ladder.rubric == "prompt-adherence" else words
    return [
        {
            "id": f"{entry.id}-{rung.level}",
            "ladder": entry.id,
            "rubric": ladder.rubric,
            "rubric_version": VERSION,
            "criterion": ladder.criterion,
            "level": rung.level,
            "images": pictures[f"{entry.id}-{rung.level}"],
            words: ladder.words,
            **({"edit_type": ladder.edit_type} if ladder.edit_type else {}),
            "why": rung.why,
        }
        for rung in ladder.rungs
    ]


def write_lines(path: Path, lines: Iterable[Line]) -> int:
    """Write one JSON object a line; returns how many."""
    texts = [json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return len(texts)
