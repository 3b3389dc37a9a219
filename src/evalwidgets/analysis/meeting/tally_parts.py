"""What a tally is made of: places on the axis, dots, justifications, gold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import NOT_APPLICABLE
from evalwidgets.analysis.arrays import Level
from evalwidgets.analysis.scales import Scale, scale_named
from evalwidgets.errors import RatingsError


class Place(NamedTuple):
    """One place on the axis: a level or option, or "not applicable" (its value is None)."""

    value: Level | None
    name: str
    descriptor: str = ""

    @property
    def short(self) -> str:
        """How a sentence calls it: the number of a level, the name of an option."""
        return str(self.value) if isinstance(self.value, int | float) else self.name


class Dot(NamedTuple):
    """One reviewer's answer, by letter; numbers point into the places of the tally."""

    letter: str
    blind: int
    """What was said before anyone else's answer was seen."""
    second: int | None = None
    """Also defensible, of the answer that stands."""
    revote: int | None = None
    """What was said in the re-vote; None for who did not vote again."""

    @property
    def stands(self) -> int:
        """The answer after the re-vote, or the blind one."""
        return self.blind if self.revote is None else self.revote

    @property
    def moved(self) -> bool:
        """Whether the re-vote changed the answer."""
        return self.stands != self.blind


class Note(NamedTuple):
    """The justification of one blind answer."""

    letter: str
    place: Place
    text: str
    outlying: bool
    """Whether this is one of the two that speak first: furthest out at either end."""

    @property
    def said(self) -> str:
        """The answer in words, such as "2 Several" or "Infeasible"."""
        number = self.place.short
        return number if number == self.place.name else f"{number} {self.place.name}"


class Accepted(NamedTuple):
    """Gold: where its accepted answers lie, and what is within tolerance of them."""

    places: tuple[int, ...]
    within: tuple[int, ...]
    rationale: str = ""


def declared_words(rubric: Any, criterion: str, tags: Mapping[str, Any] | None) -> tuple[Scale, Any]:
    """Return the scale, and the criterion in the words for such a task where a rubric has them."""
    worded = rubric.worded(criterion, tags) if hasattr(rubric, "worded") else None
    if worded is not None and not worded.scale:
        rated = [one.id for one in rubric.all if one.scale]
        msg = (
            f"criterion {criterion}: expected one with declared answers, got control {worded.control!r}, "
            f"which has none to put on an axis. Tally one of {', '.join(rated)}."
        )
        raise RatingsError(msg)
    scale = scale_named(rubric, criterion)
    if not scale.levels:
        msg = (
            f"criterion {criterion}: expected declared levels, got an open scale. "
            "Declare them: Scale(..., levels=(1, 2, 3))."
        )
        raise RatingsError(msg)
    return scale, worded


def places_of(scale: Scale, words: Any, *, na: bool) -> tuple[Place, ...]:
    """Return the levels or options with their words, and "not applicable" where it is needed."""
    described: dict[Level, Place] = {}
    for one in (*getattr(words, "levels", ()), *getattr(words, "options", ())):
        described[one.value] = Place(one.value, one.name, one.descriptor)
    for value in ("yes", "no"):
        if hasattr(words, value):
            described[value] = Place(value, getattr(words, value))
    named = [described.get(level, Place(level, str(level))) for level in scale.levels]
    return (*named, Place(None, NOT_APPLICABLE, "Does not apply to this task.")) if na else tuple(named)


def dots_of(blind: pd.DataFrame, again: pd.DataFrame, letters: Mapping[str, str]) -> tuple[Dot, ...]:
    """Return a dot for each reviewer, in the order of the letters."""
    unknown = [name for name in blind.index if name not in letters]
    if unknown:
        msg = (
            f"letters: expected a letter for each reviewer, got none for {len(unknown)} of {len(blind)}. "
            "Make them with letters_for(reviewers, seed)."
        )
        raise RatingsError(msg)
    dots = []
    for name, place, second in zip(blind.index, blind["place"], blind["second"], strict=True):
        revote = None
        if name in again.index:
            revote, second = again.loc[name, ["place", "second"]]
        dots.append(Dot(letters[name], place, second, revote))
    return tuple(sorted(dots, key=lambda dot: (len(dot.letter), dot.letter)))


def notes_of(
    dots: Sequence[Dot],
    texts: pd.Series[str],
    letters: Mapping[str, str],
    places: Sequence[Place],
    *,
    numeric: bool,
) -> tuple[Note, ...]:
    """Return the justifications: one from either end first, then from the outside inwards.

    Off a numeric scale the rarest answers are the outlying ones.
    """
    written = {letters[name]: text for name, text in zip(texts.index, texts, strict=True) if text}
    levels = [dot.blind for dot in dots if places[dot.blind].value is not None]
    middle = float(np.median(levels)) if levels else 0.0

    def inwards(dot: Dot) -> float:
        if numeric and places[dot.blind].value is not None:
            return -abs(dot.blind - middle)
        return sum(other.blind == dot.blind for other in dots) - len(dots)

    ordered = sorted((dot for dot in dots if dot.letter in written), key=inwards)
    first = ordered[:1]
    if first and inwards(first[0]) < 0:
        across = [dot for dot in ordered if (dot.blind > middle) != (first[0].blind > middle)]
        others = across if numeric else [dot for dot in ordered if dot.blind != first[0].blind]
        first += [dot for dot in others if dot.blind != first[0].blind][:1]
    else:
        first = []
    rest = [dot for dot in ordered if dot not in first]
    return tuple(
        Note(dot.letter, places[dot.blind], written[dot.letter], dot in first) for dot in first + rest
    )
