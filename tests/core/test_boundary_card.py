"""Boundary cards: which questions are asked, and in what order."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.boundary_card import boundary_cards

LEVELS = st.sets(st.integers(1, 9), max_size=9).map(sorted)


@given(LEVELS, st.integers())
def test_every_boundary_is_asked_once_from_each_side(levels: list[int], seed: int) -> None:
    """First each of them once, then each from its other side: who always says one is half right."""
    cards = boundary_cards(levels, seed)
    asked = {low for low in levels if low + 1 in levels}
    half = len(cards) // 2

    assert Counter(card.lower for card in cards[:half]) == Counter(dict.fromkeys(asked, 1))
    assert {(card.lower, card.level) for card in cards} == {
        (low, side) for low in asked for side in (low, low + 1)
    }
    assert all(card.upper == card.lower + 1 for card in cards)


def test_the_seed_decides_the_order() -> None:
    """One seed gives one order; across seeds every card comes first at some time."""
    assert boundary_cards([1, 2, 3, 4, 5], "ana") == boundary_cards([5, 4, 3, 2, 1], "ana")
    assert len({boundary_cards([1, 2, 3, 4, 5], seed)[0] for seed in range(100)}) == 8
