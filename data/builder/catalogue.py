"""Everything that the demo holds, with ids, in the order of the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from builder.recipe import Edit, Ladder, Pair, Single
from builder.recipes import kitchen, pairs, people, photographs, places, singles, street
from builder.recipes.ladders import edit_ladders
from builder.recipes.ladders_singles import single_ladders

Recipe = Edit | Single | Pair | Ladder
_R = TypeVar("_R", Edit, Single, Pair)


@dataclass(frozen=True)
class Entry:
    """A recipe with the id under which it appears."""

    id: str
    recipe: Recipe

    @property
    def group(self) -> str:
        """What is painted together, so that shared scenes are painted once."""
        if isinstance(self.recipe, Ladder):
            return self.id
        return self.recipe.source.rsplit("-", 1)[0]


def catalogue() -> list[Entry]:
    """Return edits, single pictures, prompts, pairs, then ladders."""
    edits = [edit for part in (kitchen, street, people, places, photographs) for edit in part.edits()]
    kinds: list[tuple[str, Sequence[Edit | Single | Pair]]] = [
        ("edit", mixed(edits, 11)),
        ("image", mixed(singles.images(), 12)),
        ("prompt", mixed(singles.prompts(), 13)),
        ("pair", mixed(pairs.pairs(), 14)),
    ]
    entries = [
        Entry(f"{kind}-{number:03d}", recipe)
        for kind, recipes in kinds
        for number, recipe in enumerate(recipes, 1)
    ]
    return entries + [
        Entry(f"anchor-{ladder.criterion}", ladder) for ladder in (*edit_ladders(), *single_ladders())
    ]


def mixed(recipes: Sequence[_R], seed: int) -> list[_R]:
    """Shuffle so that no source follows itself: always draw from the sources with most left."""
    rng = np.random.default_rng(seed)
    left: dict[str, list[_R]] = {}
    for place in rng.permutation(len(recipes)):
        left.setdefault(recipes[place].source, []).append(recipes[place])
    order: list[_R] = []
    while any(left.values()):
        last = order[-1].source if order else ""
        free = [source for source, rest in left.items() if rest and source != last]
        weights = np.array([len(left[source]) ** 2 for source in free], np.float64)
        source = free[int(rng.choice(len(free), p=weights / weights.sum()))]
        order.append(left[source].pop())
    return order
