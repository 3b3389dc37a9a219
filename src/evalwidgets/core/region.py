"""A region: a marked place of a picture, with what is wrong there."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from evalwidgets.core.task import Role
from evalwidgets.core.value import Name, Value, clean_text


def _rounded(value: float) -> float:
    return round(value, 2)


Shape = Literal["box", "point", "polygon"]
Coordinate = Annotated[float, Field(ge=0, allow_inf_nan=False), AfterValidator(_rounded)]
"""Pixels, kept to a hundredth: finer than any hand, and a review stays small."""

Point = tuple[Coordinate, Coordinate]

SHAPES: tuple[Shape, ...] = ("box", "point", "polygon")
SEVERITIES = {1: "Only zoomed", 2: "Visible", 3: "Ruins it"}
"""What each severity is called; what it means stands with `Region.severity`."""
CAUSES = {"edit": "The edit", "original": "The original", "unsure": "Unsure"}
"""What a defect may come from, as reviewers read it."""
MOST_POINTS = 200
"""Of one polygon: a review must stay small enough to be stored whole."""


class Region(Value):
    """A marked place; its points are pixels of the upright original file, from its top left corner."""

    id: Annotated[str, Field(min_length=1, max_length=40), AfterValidator(clean_text)]
    """Unique within its answer; kept when the region is changed."""
    type: Shape
    points: Annotated[tuple[Point, ...], Field(min_length=1, max_length=MOST_POINTS)]
    """A box: top left and bottom right corner; a point: itself; a polygon: its corners in order."""
    role: Role
    """Which picture of the task is marked."""
    size: tuple[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]]
    """Width and height of that picture, in pixels."""
    picture: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    """The sha256 of the picture's file; empty when it is unknown."""
    label: Name | Literal[""] = ""
    """The class of the defect, an id of the rubric; empty while none is chosen."""
    severity: Annotated[int, Field(ge=1, le=3)] | None = None
    """1 found only when zoomed, 2 seen at normal size, 3 ruins the picture for its use."""
    cause: Literal["edit", "original", "unsure", ""] = ""
    note: Annotated[str, AfterValidator(clean_text)] = ""

    @model_validator(mode="after")
    def _points_fit_the_shape(self) -> Self:
        given = len(self.points)
        if self.type == "box" and given != 2:
            msg = f"points: a box has two corners, got {given} points"
            raise ValueError(msg)
        if self.type == "point" and given != 1:
            msg = f"points: a point is one point, got {given}"
            raise ValueError(msg)
        if self.type == "polygon" and given < 3:
            msg = f"points: a polygon has at least 3 corners, got {given}"
            raise ValueError(msg)
        width, height = self.size
        for x, y in self.points:
            if x > width or y > height:
                msg = f"points: ({x:g}, {y:g}) lies outside the picture of {width} x {height} pixels"
                raise ValueError(msg)
        if self.type == "box" and (self.box[0] >= self.box[2] or self.box[1] >= self.box[3]):
            msg = f"points: the second corner of a box lies right of and below the first, got {self.points}"
            raise ValueError(msg)
        return self

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The smallest box around it: left, top, right, bottom."""
        if self.type == "box":
            return (*self.points[0], *self.points[1])
        across, down = zip(*self.points, strict=True)
        return min(across), min(down), max(across), max(down)

    @property
    def place(self) -> str:
        """Where in the picture its middle lies, in words: "upper left", "centre", "right"."""
        left, top, right, bottom = self.box
        across = _third((left + right) / 2, self.size[0], ("left", "", "right"))
        down = _third((top + bottom) / 2, self.size[1], ("upper", "", "lower"))
        return " ".join(filter(None, (down, across))) or "centre"


def _third(middle: float, length: int, words: tuple[str, str, str]) -> str:
    return words[min(int(3 * middle / length), 2)]
