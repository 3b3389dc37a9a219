"""Ready-made slices: the questions that are asked of every set of reviews, each with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from evalwidgets.analysis.causes.cause_rules import MIN_SPLIT
from evalwidgets.errors import UnknownName

APART = 0.25
"""Spread from which reviewers count as far apart: a level of five, on average over pairs."""
TWO_SIDES = 2
"""How many must stand on the smaller side for reviewers to be split: nobody alone is a side."""
UNSURE = 2.0
"""Mean confidence (1 to 3) below which reviewers were not sure."""
HIGH = 4
"""The level from which a rating counts as high."""
BIG_OUTSIDE = 0.05
"""The share of the area outside of what was asked from which a change is big."""
_NO_EVIDENCE = "Nothing is measured yet: press Measure, which compares each edited picture with its original."


@dataclass(frozen=True)
class Preset:
    """A ready-made slice.

    Parameters
    ----------
    name, title : str
        What saved slices call it, and what people read.
    sentence : str
        Which tasks it holds.
    needs : str
        The column without which it cannot be told.
    lacks : str
        What to say then.
    holds : callable
        The table of tasks to a column of truths.
    """

    name: str
    title: str
    sentence: str
    needs: str
    lacks: str
    holds: Callable[[pd.DataFrame], pd.Series]

    def missing(self, facts: pd.DataFrame) -> str:
        """Return why it cannot be told of any of these tasks; empty when it can."""
        return "" if self.needs in facts and facts[self.needs].notna().any() else self.lacks

    def of(self, facts: pd.DataFrame) -> pd.Series[bool]:
        """Return which tasks it holds; none where it cannot be told."""
        if self.missing(facts):
            return pd.Series(data=False, index=facts.index)
        return self.holds(facts).fillna(value=False).astype(bool)


def _rated_high(facts: pd.DataFrame) -> pd.Series[bool]:
    """Return where the median of a criterion with levels is high."""
    rated = [name.removeprefix("spread_") for name in map(str, facts) if name.startswith("spread_")]
    numbers = facts[[name for name in rated if pd.api.types.is_numeric_dtype(facts[name])]]
    return numbers.max(axis=1) >= HIGH


PRESETS: tuple[Preset, ...] = (
    Preset(
        "split",
        "Reviewers split",
        f"Two sides with a level between them; the smaller has {TWO_SIDES} or more, and a third of all.",
        "spread",
        "No task has two reviewers yet.",
        lambda facts: (
            (facts["smaller_side"] >= TWO_SIDES) & (facts["smaller_side"] >= MIN_SPLIT * facts["n_reviews"])
        ),
    ),
    Preset(
        "gold_suspect",
        "Gold suspect",
        "Reviewers agree with each other and not with gold.",
        "gold_suspect",
        "No gold was given for these tasks: pass gold=.",
        lambda facts: facts["gold_suspect"],
    ),
    Preset(
        "unsure",
        "High spread, low confidence",
        f"Reviewers lie {APART:.0%} of the scale apart or more, and say that they are not sure.",
        "confidence",
        "Nobody has stated any confidence.",
        lambda facts: (facts["spread"] >= APART) & (facts["confidence"] < UNSURE),
    ),
    Preset(
        "unchanged",
        f"No visible change, rated {HIGH}+",
        f"Nothing can be measured to have changed, and a criterion has a median of {HIGH} or more.",
        "changed",
        _NO_EVIDENCE,
        lambda facts: facts["changed"].eq(other=False) & _rated_high(facts),
    ),
    Preset(
        "outside",
        "Big change outside",
        f"At least {BIG_OUTSIDE:.0%} of the area outside of what was asked has changed.",
        "outside_share",
        "For no measured task is it stated where the edit was asked for: pass asked=, and measure.",
        lambda facts: facts["outside_share"] >= BIG_OUTSIDE,
    ),
    Preset(
        "novel",
        "Flagged novel",
        "A reviewer met a kind of failure or success that is new.",
        "novel",
        "The ratings hold no flags.",
        lambda facts: facts["novel"],
    ),
    Preset(
        "sensitive",
        "Sensitive",
        "Marked as sensitive, or flagged so by a reviewer.",
        "sensitive",
        "The ratings hold no flags.",
        lambda facts: facts["sensitive"],
    ),
)
"""All of them, in the order in which they are offered."""


def preset_named(name: str) -> Preset:
    """Return a preset.

    Raises
    ------
    UnknownName
        If there is no such preset.
    """
    for one in PRESETS:
        if one.name == name:
            return one
    raise UnknownName("ready-made slice", name, [one.name for one in PRESETS])
