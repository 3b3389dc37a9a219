"""Sides for pairs of candidates: nobody lies left more often than right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

Two = tuple[str, str]


def balanced(pairs: Sequence[Two]) -> list[Two]:
    """Return each pair with its sides dealt: the left candidate first.

    Any two candidates lie as often one way as the other, and each candidate as often left
    as right, both within one.

    Parameters
    ----------
    pairs : sequence of (str, str)
        Two different candidates; the same two may come many times. Their order decides
        which pair gets which sides, so shuffle them before.

    Notes
    -----
    Of two candidates every second meeting is turned. What is left over is one meeting at
    most for any two: these are walked in circles, as a graph all of whose corners have an even
    number of edges can be (Euler; odd corners are joined to one more corner for the
    walk), and whoever is left behind at a step lies left.
    """
    dealt: list[Two] = [(min(two), max(two)) for two in pairs]
    places: dict[Two, list[int]] = defaultdict(list)
    for place, two in enumerate(dealt):
        places[two].append(place)
    over = {}
    for two, at in places.items():
        for place in at[1::2]:
            dealt[place] = two[::-1]
        if len(at) % 2:
            over[two] = at[-1]
    for left, right in _walked(list(over)):
        dealt[over[min(left, right), max(left, right)]] = (left, right)
    return dealt


def _walked(edges: Sequence[Two]) -> Iterator[Two]:
    """Yield each edge in the direction in which a walk in circles takes it."""
    beside: dict[str, list[str]] = defaultdict(list)
    for one, other in edges:
        beside[one].append(other)
        beside[other].append(one)
    nowhere = "\0"
    for odd in [name for name, others in beside.items() if len(others) % 2]:
        beside[odd].append(nowhere)
        beside[nowhere].append(odd)
    for start in list(beside):
        here = start
        while beside[here]:
            there = beside[here].pop()
            beside[there].remove(here)
            if nowhere not in (here, there):
                yield here, there
            here = there
