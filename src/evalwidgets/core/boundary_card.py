"""Boundary cards: a picture of one of two levels, and the question which of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class BoundaryCard(NamedTuple):
    """The question "lower or lower + 1?", asked of the picture that stands on `level`."""

    lower: int
    upper: int
    level: int


def boundary_cards(levels: Sequence[int], seed: object = "") -> tuple[BoundaryCard, ...]:
    """Return the cards of a ladder in a seeded order: every boundary once, then once more.

    Parameters
    ----------
    levels : sequence of int
        The levels that have a picture; a boundary is asked where two of them are neighbours.
    seed : object
        The same seed gives the same cards.

    Returns
    -------
    tuple of BoundaryCard
        The second half asks each boundary of its other side, so that who always says the
        lower level, or always the higher, is right half of the time and no more.
    """
    chance = random.Random(repr(seed))  # noqa: S311 - the order of a game
    between = [(low, high) for low, high in pairwise(sorted(levels)) if high == low + 1]
    first = [BoundaryCard(low, high, chance.choice((low, high))) for low, high in between]
    second = [one._replace(level=one.lower + one.upper - one.level) for one in first]
    chance.shuffle(first)
    chance.shuffle(second)
    return (*first, *second)
