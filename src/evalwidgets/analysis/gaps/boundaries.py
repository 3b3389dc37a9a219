"""Which boundary of a criterion an observation is about: the one that stands between two opinions.

Two opinions two levels apart leave two boundaries that could be meant. Of those the one is
taken that stands between most opinions on the same criterion; where the same camps recur on
tasks with one tag, all of those tasks are about one and the same clause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from evalwidgets.analysis.scales import Scale
from evalwidgets.core.clause import Clause

ONE_CLAUSE = 0.5
"""Share of pairs that a boundary must part, on average over the tasks with one tag, to be their clause."""

Parted = Mapping[int, float]
"""Boundary, by its lower level, to the share of pairs of opinions that it parts."""


class Opinions(NamedTuple):
    """Two opinions on a criterion, and the boundaries that stand between them."""

    criterion: str
    parted: Parted = {}
    """Empty where the opinions have no order, or are the same."""
    tag: str = ""
    """What all the tasks have in common on which the same opinions recur."""


def between(scale: Scale | None, one: Iterable[Any], other: Iterable[Any]) -> Parted:
    """Return how well each boundary parts two groups of answers: the share of pairs, one of each group.

    Empty for answers without order, and where nothing parts the groups.
    """
    levels = _levels(scale)
    left, right = _known(levels, one), _known(levels, other)
    if not left or not right:
        return {}
    parted = {}
    for lower in levels[:-1]:
        below, above = (sum(level <= lower for level in side) for side in (left, right))
        pairs = max(below * (len(right) - above), (len(left) - below) * above)
        parted[lower] = pairs / (len(left) * len(right))
    return {lower: share for lower, share in parted.items() if share}


def dividing(scale: Scale | None, answers: Iterable[Any]) -> Parted:
    """Return how well each boundary parts the answers of one task; empty unless some lie two levels apart."""
    levels = _levels(scale)
    known = _known(levels, answers)
    if len(known) < 2 or max(known) - min(known) < 2:
        return {}
    pairs = len(known) * (len(known) - 1) / 2
    below = {lower: sum(one <= lower for one in known) for lower in levels[:-1]}
    return {lower: n * (len(known) - n) / pairs for lower, n in below.items() if 0 < n < len(known)}


def clauses_of(opinions: Sequence[Opinions]) -> list[Clause]:
    """Return the clause that each pair of opinions is about."""
    support: defaultdict[tuple[str, int], float] = defaultdict(float)
    groups: dict[tuple[str, str], list[Parted]] = {}
    for one in opinions:
        for lower, share in one.parted.items():
            support[one.criterion, lower] += share
        if one.tag:
            groups.setdefault((one.criterion, one.tag), []).append(one.parted)
    shared = {key: _of_all(parted) for key, parted in groups.items()}
    return [
        Clause(
            criterion=one.criterion,
            lower=shared[one.criterion, one.tag] if one.tag else _of_one(one, support),
        )
        for one in opinions
    ]


def _of_one(one: Opinions, support: Mapping[tuple[str, int], float]) -> int | None:
    """Return the boundary that parts the opinions best; of several alike the one with most support."""
    best = max(one.parted.values(), default=0.0)
    alike = [lower for lower, share in one.parted.items() if share == best]
    return max(alike, key=lambda lower: (support[one.criterion, lower], lower), default=None)


def _of_all(parted: Sequence[Parted]) -> int | None:
    """Return the boundary that parts most over all tasks; None where it leaves out too much."""
    total: defaultdict[int, float] = defaultdict(float)
    for one in parted:
        for lower, share in one.items():
            total[lower] += share
    best = max(total, key=lambda lower: (total[lower], lower), default=None)
    return best if best is not None and total[best] >= ONE_CLAUSE * len(parted) else None


def _levels(scale: Scale | None) -> tuple[int, ...]:
    if scale is None or scale.metric != "ordinal":
        return ()
    return tuple(one for one in scale.levels if type(one) is int)


def _known(levels: Sequence[int], answers: Iterable[Any]) -> list[float]:
    if not levels:
        return []
    kept = [one for one in answers if isinstance(one, int | float) and not isinstance(one, bool)]
    return [float(one) for one in kept if levels[0] <= one <= levels[-1]]
