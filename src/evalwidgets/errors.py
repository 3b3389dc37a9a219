"""The exceptions of evalwidgets, one family.

::

    EvalWidgetsError
    ├── RubricError          a rubric file breaks its schema (also a ValueError)
    ├── TaskError            a task manifest or gold file breaks its schema (also a ValueError)
    ├── ImageError           a picture is refused at the door (also a ValueError)
    ├── ReviewIncomplete     a submitted review has problems; holds them (also a ValueError)
    ├── UnknownName          no such criterion, level, task, role ... (also a KeyError)
    ├── RatingsError         a table of ratings lacks what a statistic needs (also a ValueError)
    ├── RoundError           something cannot happen in a round now
    ├── GoldError            something cannot be done to gold now
    ├── AdjudicationError    something cannot be settled or sent back now
    ├── GapError             something cannot happen to a gap of the rubric now
    ├── SliceError           a query over tasks cannot be read or answered (also a ValueError)
    ├── ExchangeError        a file of another tool, or a bundle, cannot be read (also a ValueError)
    └── StoreError           the store could not do what it was asked
        ├── Conflict         another review already holds this place; holds the stored one
        └── StoreUnusable    too new, on a network disk, unreadable, not a store

Every message says what was given, what is allowed, what to do and where.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evalwidgets.core.check import Problem
    from evalwidgets.core.review import Review

__all__ = [
    "AdjudicationError",
    "Conflict",
    "EvalWidgetsError",
    "ExchangeError",
    "GapError",
    "GoldError",
    "ImageError",
    "RatingsError",
    "ReviewIncomplete",
    "RoundError",
    "RoundRefusal",
    "RubricError",
    "SliceError",
    "StoreError",
    "StoreUnusable",
    "TaskError",
    "UnknownName",
    "did_you_mean",
]


class EvalWidgetsError(Exception):
    """Base of everything that this package raises on purpose."""


class RubricError(EvalWidgetsError, ValueError):
    """RubricError is raised when a rubric file breaks its schema; it lists every problem."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class TaskError(EvalWidgetsError, ValueError):
    """TaskError is raised when a manifest or gold file is wrong; it lists every problem."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class ImageError(EvalWidgetsError, ValueError):
    """ImageError is raised when a picture cannot be shown faithfully and safely."""


class ReviewIncomplete(EvalWidgetsError, ValueError):
    """ReviewIncomplete is raised when a review is submitted that still has problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = tuple(problems)


class UnknownName(EvalWidgetsError, KeyError):
    """UnknownName is raised when a name is not one of those that exist."""

    def __init__(self, what: str, given: object, known: Iterable[object], where: str = "") -> None:
        names = [str(name) for name in known]
        place = f" in {where}" if where else ""
        hint = did_you_mean(str(given), names)
        listed = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
        self.message = f"No {what} {str(given)!r}{place}.{hint} Known: {listed or 'none'}."
        super().__init__(self.message)

    def __str__(self) -> str:
        """Return the sentence; KeyError alone would quote it."""
        return self.message


class RatingsError(EvalWidgetsError, ValueError):
    """RatingsError is raised when a table of ratings lacks what a statistic needs."""


class RoundError(EvalWidgetsError):
    """RoundError is raised when something cannot happen in a round now, such as closing it twice."""


class GoldError(EvalWidgetsError):
    """GoldError is raised when something cannot be done to gold now, such as seconding one's own proposal."""


class AdjudicationError(EvalWidgetsError):
    """AdjudicationError is raised when something cannot be settled or sent back now."""


class GapError(EvalWidgetsError):
    """GapError is raised when something cannot happen to a gap now, such as closing it undecided."""


class SliceError(EvalWidgetsError, ValueError):
    """SliceError is raised when a query over tasks cannot be read, or asks for more than looking."""


class ExchangeError(EvalWidgetsError, ValueError):
    """ExchangeError is raised when a file of another tool, or a bundle, is wrong; it lists every problem."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class StoreError(EvalWidgetsError):
    """StoreError is raised when the store could not do what it was asked."""


class Conflict(StoreError):
    """Conflict is raised when another review already holds the place; `stored` is that one."""

    def __init__(self, message: str, stored: Review) -> None:
        super().__init__(message)
        self.stored = stored


class RoundRefusal(StoreError):
    """RoundRefusal is raised when a round does not take a review, for example once it is closed."""


class StoreUnusable(StoreError):
    """StoreUnusable is raised when a store is too new, on a network disk, or not a store."""


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the nearest known name, or an empty text."""
    near = difflib.get_close_matches(given, list(known), n=1, cutoff=0.6)
    return f" Did you mean {near[0]!r}?" if near else ""
