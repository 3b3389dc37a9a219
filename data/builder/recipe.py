"""What a task is made of before it is painted: pictures, words, planted defect, gold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from builder.colour import Floats
from builder.defects import changed
from builder.scenes import desk, kitchen, park, portrait, room, seaside, street

Params = (
    kitchen.Kitchen | street.Street | park.Park | portrait.Portrait | seaside.Seaside | room.Room | desk.Desk
)
Picture = Params | Callable[[], Floats]
Spoil = Callable[[Floats, Floats, Floats], Floats]
"""Takes the original, the right edit and the mask of what should change."""

Accepted = int | str | tuple[int | str, ...]

_PAINTERS: dict[type, Callable[[Any], Floats]] = {
    kitchen.Kitchen: kitchen.draw,
    street.Street: street.draw,
    park.Park: park.draw,
    portrait.Portrait: portrait.draw,
    seaside.Seaside: seaside.draw,
    room.Room: room.draw,
    desk.Desk: desk.draw,
}


@lru_cache(maxsize=12)
def _drawn(params: Params) -> Floats:
    return _PAINTERS[type(params)](params)


def paint(picture: Picture) -> Floats:
    """Return the pixels of a picture; a scene that was painted lately is not painted again."""
    return picture() if callable(picture) else _drawn(picture)


@dataclass(frozen=True)
class Edit:
    """One edit task: what was asked, what was made of it, and what that deserves."""

    source: str
    edit_type: str
    instruction: str
    before: Picture
    right: Picture | None
    """The picture in which exactly the request was done; None when there is no such picture."""
    made: Picture | None = None
    """What the model made, where it differs from ``right`` in the scene itself."""
    spoil: Spoil | None = None
    """A defect on the pixels, on top of ``made``."""
    planted: str = "clean"
    gold: dict[str, Accepted] = field(default_factory=dict)
    why: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    difficulty: str = "medium"
    tags: tuple[str, ...] = ()
    saved: str = "png"
    """How the edited picture is stored: ``png``, ``turned`` (JPEG with EXIF) or ``small``."""

    def original(self) -> Floats:
        """Paint the original."""
        return paint(self.before)

    def wanted(self) -> Floats:
        """Return the mask of what the request alone changes."""
        before = self.original()
        return changed(before, before if self.right is None else paint(self.right))

    def due(self) -> Floats:
        """Paint what the model should have made; the original where there is no such picture."""
        return paint(self.before if self.right is None else self.right)

    def edited(self) -> Floats:
        """Paint what the model made."""
        pixels = self.due() if self.made is None else paint(self.made)
        return pixels if self.spoil is None else self.spoil(self.original(), pixels, self.wanted())


@dataclass(frozen=True)
class Pair:
    """One comparison of two edits of the same original."""

    source: str
    edit_type: str
    instruction: str
    before: Picture
    right: Picture
    a: Picture
    b: Picture
    gold: dict[str, Accepted]
    why: str
    spoil_a: Spoil | None = None
    spoil_b: Spoil | None = None
    difficulty: str = "medium"
    tags: tuple[str, ...] = ()

    def side(self, name: str) -> Floats:
        """Paint side ``a`` or ``b``."""
        picture, spoil = (self.a, self.spoil_a) if name == "a" else (self.b, self.spoil_b)
        pixels, before = paint(picture), paint(self.before)
        return pixels if spoil is None else spoil(before, pixels, changed(before, paint(self.right)))


@dataclass(frozen=True)
class Single:
    """One picture to judge: against a brief (``image``) or against a prompt (``prompt``)."""

    kind: str
    source: str
    picture: Picture
    gold: dict[str, Any]
    why: str
    words: str
    """The brief or the prompt."""
    requirements: tuple[str, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)
    difficulty: str = "medium"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rung:
    """One level of a ladder of anchors."""

    level: int
    why: str
    picture: Picture


@dataclass(frozen=True)
class Ladder:
    """One scene shown at every level of one criterion."""

    rubric: str
    criterion: str
    words: str
    """The instruction, brief or prompt that all rungs share."""
    rungs: tuple[Rung, ...]
    before: Picture | None = None
    """The original, for ladders of edits."""
    edit_type: str = ""


def rungs(*steps: tuple[Picture, str]) -> tuple[Rung, ...]:
    """Give pictures and their reasons the levels 5 down to 1."""
    return tuple(
        Rung(level, why, picture) for level, (picture, why) in zip(range(5, 0, -1), steps, strict=True)
    )


def scores(
    adherence: Accepted,
    structure: Accepted = 5,
    preservation: Accepted = 5,
    quality: Accepted = 5,
    style: Accepted = 5,
    character: Accepted | None = None,
) -> dict[str, Accepted]:
    """Gold of an edit that was done: six levels in the order of the rubric."""
    levels: dict[str, Accepted] = {
        "feasibility": "feasible",
        "safety": "ok",
        "visible_change": "yes",
        "instruction_adherence": adherence,
        "structural_integrity": structure,
        "preservation": preservation,
        "visual_quality": quality,
        "style_alignment": style,
    }
    return levels if character is None else {**levels, "character_consistency": character}


def no_change() -> dict[str, Accepted]:
    """Gold of a feasible request that left the picture as it was."""
    return {
        "feasibility": "feasible",
        "safety": "ok",
        "visible_change": "no",
        "instruction_adherence": 1,
        "preservation": "na",
    }


def impossible(response: Accepted) -> dict[str, Accepted]:
    """Gold of a request that cannot be met; judged is only what was made of it."""
    return {"feasibility": "infeasible", "safety": "ok", "response_quality": response}
