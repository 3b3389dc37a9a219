"""Tasks with three and four candidates for one request, in a manifest of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from builder import defects
from builder.colour import Floats
from builder.easel import save, save_original
from builder.manifest import VERSION, Line, write_lines
from builder.recipe import Accepted, Params, paint
from builder.recipes.pairs import FACE, GIRL, TABLE

_LETTERS = ("a", "b", "c", "d")


@dataclass(frozen=True)
class Choice:
    """One request with what several models made of it, the gold and the reason."""

    source: str
    edit_type: str
    instruction: str
    before: Params
    right: Params
    """The picture in which exactly the request was done."""
    made: tuple[Callable[[Floats, Floats], Floats], ...]
    """What each candidate made of the original and the right edit."""
    gold: dict[str, Accepted]
    why: str


def write_candidates(folder: Path) -> int:
    """Paint the candidates, write `candidates.jsonl` and their gold; returns how many tasks there are."""
    named = [(f"choice-{number:03d}", choice) for number, choice in enumerate(_choices(), 1)]
    write_lines(folder / "candidates_gold.jsonl", [_gold(name, choice) for name, choice in named])
    return write_lines(folder / "candidates.jsonl", [_task(name, choice, folder) for name, choice in named])


def _task(name: str, choice: Choice, folder: Path) -> Line:
    before, right = paint(choice.before), paint(choice.right)
    made = {
        letter: save(make(before, right), folder, f"{name} {letter}")
        for letter, make in zip(_LETTERS, choice.made, strict=False)
    }
    return {
        "id": name,
        "kind": "pair",
        "images": {"original": save_original(before, folder), **made},
        "instruction": choice.instruction,
        "tags": {"edit_type": choice.edit_type, "scene": choice.source.rsplit("-", 1)[0]},
        "source": choice.source,
    }


def _gold(name: str, choice: Choice) -> Line:
    answers = {"usable": ("all",), **choice.gold}
    return {
        "task": name,
        "rubric": "candidate-choice",
        "rubric_version": VERSION,
        "answers": {
            one: {"accepted": list(value if isinstance(value, tuple) else (value,))}
            for one, value in answers.items()
        },
        "rationale": choice.why,
        "difficulty": "medium",
        "concepts": [],
        "by": "demo builder",
    }


def _right(_: Floats, right: Floats) -> Floats:
    return right


def _ghosted(before: Floats, right: Floats) -> Floats:
    return defects.remnant(before, right, defects.changed(before, right), 0.4)


def _outlined(before: Floats, right: Floats) -> Floats:
    return defects.halo(right, defects.solid(defects.changed(before, right), 6), 4, 0.8)


def _tinted(_: Floats, right: Floats) -> Floats:
    return defects.tinted(right, "#ffc46a", 0.5)


def _painted(params: Params) -> Callable[[Floats, Floats], Floats]:
    return lambda _before, _right: paint(params)


def _choices() -> tuple[Choice, ...]:
    bare = replace(TABLE, teapot=None)
    scarf = replace(FACE, person=replace(GIRL, scarf="#3f6d5a"))
    stranger = replace(GIRL, scarf="#3f6d5a", eyes="#3f7fc0", hair="#d9b060", freckles=False)
    blue = replace(GIRL, scarf="#3f5f9a")
    return (
        Choice(
            "kitchen-8", "remove", "Remove the teapot.", TABLE, bare,
            made=(_ghosted, _right, _painted(replace(bare, leftover_shadows=((725, 556, 118),)))),
            gold={"best": "b", "adherence": ("b", "same"), "preservation": "same", "quality": "b",
                  "style": ("b", "same")},
            why="B is clean. A leaves a see-through pot, C the shadow of a pot that is gone.",
        ),
        Choice(
            "portrait-7", "attribute", "Make her scarf green.", FACE, scarf,
            made=(_painted(replace(FACE, person=stranger)), _tinted, _painted(replace(FACE, person=blue)),
                  _outlined),
            gold={"best": "d", "adherence": ("same", "d"), "preservation": "d", "quality": "same",
                  "style": ("same", "d")},
            why="A is another person, B tints the whole picture, C made the scarf blue. D did what was "
                "asked, with an outline that a small repair takes away.",
        ),
    )  # fmt: skip
