"""A suggested cause as a sentence with its figures: who gave what, and what else speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evalwidgets.analysis.answers import NOT_APPLICABLE
from evalwidgets.analysis.arrays import BoolArray, Level
from evalwidgets.analysis.causes.cause_choices import Found
from evalwidgets.analysis.numbers import level_text, number_word
from evalwidgets.analysis.results import listed

_LISTED = 6  # reviewers named one by one


def reason_of(
    found: Found, answers: Sequence[Level | None], reviewers: Sequence[str], gold: str, *, is_ordered: bool
) -> str:
    """Return why a cause is suggested, in one sentence.

    Parameters
    ----------
    found : Found
        The cause.
    answers : sequence
        What each reviewer gave, "N/A" among it; None where there is no answer.
    reviewers : sequence of str
        Their names, in the same order.
    gold : str
        What gold accepts, in words; empty without gold.
    is_ordered : bool
        Whether "2 to 5" means anything.
    """
    given = np.array([answer is not None for answer in answers], dtype=bool)
    if found.cause == "gold_suspect":
        said = _said(answers, given, is_ordered=is_ordered)
        sentence = f"{_people(int(given.sum()))} {_give(int(given.sum()))} {said}, gold accepts {gold}"
    elif found.cause in ("hard_task", None) or not found.members.any():
        said = _said(answers, given, is_ordered=is_ordered)
        sentence = f"{_people(int(given.sum()))} {_give(int(given.sum()))} {said}"
    else:
        sentence = _two_sides(found.members & given, given, answers, reviewers, is_ordered=is_ordered)
    parts = [sentence, _same_camps(found), found.because]
    return "; ".join(part for part in parts if part)


def _two_sides(
    members: BoolArray,
    given: BoolArray,
    answers: Sequence[Level | None],
    reviewers: Sequence[str],
    *,
    is_ordered: bool,
) -> str:
    """Return for example "grace and hugo give 2, the other four 4 to 5"."""
    rest = given & ~members
    names = [str(name) for name, one in zip(reviewers, members, strict=True) if one]
    sentence = (
        f"{listed(names, _LISTED)} {_give(len(names))} {_said(answers, members, is_ordered=is_ordered)}"
    )
    if not rest.any():
        return sentence
    n = int(rest.sum())
    others = "the other" if n == 1 else f"the other {number_word(n)}"
    return f"{sentence}, {others} {_said(answers, rest, is_ordered=is_ordered)}"


def _same_camps(found: Found) -> str:
    return f"the same camps on {found.n_alike} tasks tagged {found.label}" if found.n_alike else ""


def _said(answers: Sequence[Level | None], where: BoolArray, *, is_ordered: bool) -> str:
    chosen = [answer for answer, one in zip(answers, where, strict=True) if one]
    levels: list[Any] = [answer for answer in chosen if answer != NOT_APPLICABLE]
    numbers: list[str] = []
    if is_ordered and levels:
        low, high = min(levels), max(levels)
        numbers = [level_text(low) if low == high else f"{level_text(low)} to {level_text(high)}"]
    elif levels:
        numbers = sorted({level_text(level) for level in levels})
    return listed([*numbers, *([NOT_APPLICABLE] if len(levels) < len(chosen) else [])])


def _people(n: int) -> str:
    return f"{number_word(n).capitalize()} reviewer{'' if n == 1 else 's'}"


def _give(n: int) -> str:
    return "gives" if n == 1 else "give"
