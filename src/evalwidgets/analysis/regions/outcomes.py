"""What became of each region of one answer and its gold: found, missed, extra or tolerated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from evalwidgets.analysis.regions.marked import Outlines
from evalwidgets.analysis.regions.matching import MatchRule, outlines
from evalwidgets.analysis.regions.outline import Outline
from evalwidgets.core.gold import GoldRegion


class Outcome(NamedTuple):
    """What became of one region."""

    outcome: Literal["found", "missed", "extra", "tolerated"]
    family: str
    """Of gold's region where there is one, else of the reviewer's."""
    region: str = ""
    """The id of the reviewer's region; empty for what was missed."""
    gold: str = ""
    """The id of gold's region; empty for what is extra."""
    label: str = ""
    gold_label: str = ""
    closeness: float | None = None
    other_family: bool = False
    """Whether what was missed was marked after all, with a class of another family."""


def outcomes_of(own: Sequence[Outline], gold: Iterable[GoldRegion], rule: MatchRule) -> list[Outcome]:
    """Return what became of the regions of one answer, and of those that gold requires.

    What is required is matched first; of the rest, all that fits a tolerated region is
    tolerated, several of one too.
    """
    regions = tuple(gold)
    required = outlines(one for one in regions if one.required)
    tolerated = outlines(one for one in regions if not one.required)
    match = rule.match(required, own)
    found = [
        _of_pair("found", required[pair.first], own[pair.second], pair.closeness, rule)
        for pair in match.pairs
    ]
    left = [_beyond(own[place], tolerated, rule) for place in match.second_alone]
    missed = tuple(required[place] for place in match.first_alone)
    extra = [
        own[place] for place, one in zip(match.second_alone, left, strict=True) if one.outcome == "extra"
    ]
    renamed = _called_otherwise(missed, extra, rule)
    return [
        *found,
        *(
            Outcome(
                "missed", rule.family(one), gold=one.id, gold_label=one.label, other_family=place in renamed
            )
            for place, one in enumerate(missed)
        ),
        *left,
    ]


def _of_pair(
    outcome: Literal["found", "tolerated"], gold: Outline, own: Outline, closeness: float, rule: MatchRule
) -> Outcome:
    return Outcome(outcome, rule.family(gold), own.id, gold.id, own.label, gold.label, closeness)


def _beyond(own: Outline, tolerated: Outlines, rule: MatchRule) -> Outcome:
    """Return what becomes of a region that nothing required calls for."""
    fits = [(rule.closeness(gold, own), gold) for gold in tolerated]
    closeness, gold = max(fits, key=lambda fit: fit[0], default=(0.0, own))
    if closeness:
        return _of_pair("tolerated", gold, own, closeness, rule)
    return Outcome("extra", rule.family(own), region=own.id, label=own.label)


def _called_otherwise(missed: Outlines, extra: Sequence[Outline], rule: MatchRule) -> set[int]:
    """Return which of the missed were marked with a class of another family."""
    nameless = [[replace(one, label="") for one in regions] for regions in (missed, extra)]
    return {pair.first for pair in rule.match(*nameless).pairs}
