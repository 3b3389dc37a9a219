"""What every statistic returns: the number, how sure it is, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

NO_INTERVAL = "no interval"


class LeftOut(NamedTuple):
    """Ratings or tasks that a statistic did not use, and why."""

    what: str
    """A noun phrase in the singular, such as "task with a single rating"."""
    n: int
    why: str

    def __str__(self) -> str:
        """Return for example "3 tasks with a single rating (nothing to compare)"."""
        return f"{counted(self.n, self.what)} ({self.why})"


@dataclass(frozen=True, slots=True)
class Estimate:
    """One headline figure with its interval and its evidence.

    An `estimate` that does not exist is None and `note` says why; it is never a nan.
    An estimate without `low` and `high` has no interval, and `note` says why.
    Nothing is rounded; the printed sentence shows two decimals.
    """

    name: str
    estimate: float | None
    low: float | None
    high: float | None
    confidence_level: float
    method: str
    """How the interval was made."""
    n_tasks: int
    n_reviewers: int
    n_ratings: int
    left_out: tuple[LeftOut, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if (self.estimate is None or self.low is None) and not self.note:
            msg = f"{self.name}: a missing number needs a note that says why"
            raise ValueError(msg)

    @property
    def width(self) -> float | None:
        """High minus low: the real message when it is large; None without an interval."""
        return None if self.low is None or self.high is None else self.high - self.low

    def __str__(self) -> str:
        """Return the honest sentence: number, interval, evidence, what was left out."""
        parts = [self._headline(), self._evidence(), said(self.left_out), self.note]
        return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)

    def _headline(self) -> str:
        if self.estimate is None:
            return f"{self.name} is not defined"
        if self.low is None or self.high is None:
            return f"{self.name} is {self.estimate:.2f}, with no interval"
        return f"{self.name} is {self.estimate:.2f} [{self.low:.2f}, {self.high:.2f}]"

    def _evidence(self) -> str:
        counts = (
            f"{counted(self.n_tasks, 'task')}, {counted(self.n_reviewers, 'reviewer')}, "
            f"{counted(self.n_ratings, 'rating')}"
        )
        if self.low is None:
            return f"Evidence: {counts}"
        return f"{self.confidence_level:.0%} interval by {self.method}; {counts}"

    def _repr_pretty_(self, printer: object, cycle: bool) -> None:  # noqa: ARG002 - IPython's protocol
        printer.text(str(self))  # type: ignore[attr-defined]


class Told:
    """A result that answers in a sentence: its finding, and what was left out."""

    left_out: tuple[LeftOut, ...]

    @property
    def finding(self) -> str:
        """What the result says, as one sentence without its stop; charts use it as their title."""
        raise NotImplementedError

    def __str__(self) -> str:
        """Return the finding with what was left out."""
        return " ".join(part for part in (f"{self.finding}.", said(self.left_out)) if part)

    def __repr__(self) -> str:
        """Return the same sentence: what a saved notebook shows as text."""
        return str(self)


@dataclass(frozen=True, eq=False, repr=False)
class ResultTable(Told):
    """One statistic for many reviewers or criteria: `rows`, one estimate a row.

    `rows` holds unrounded numbers; where a number does not exist it is NaN and the
    row's `note` says why.
    """

    rows: pd.DataFrame
    left_out: tuple[LeftOut, ...]
    confidence_level: float
    method: str

    def _repr_pretty_(self, printer: object, cycle: bool) -> None:  # noqa: ARG002 - IPython's protocol
        printer.text(f"{self}\n{self._shown().to_string(index=False)}")  # type: ignore[attr-defined]

    def _repr_html_(self) -> str:
        return self._shown().to_html(index=False, border=0, justify="left", na_rep="")

    def _shown(self) -> pd.DataFrame:
        """Return the columns that a notebook shows, rounded for reading."""
        return self.rows.round(3)


def counted(n: int, what: str) -> str:
    """Return for example "1 task" or "12 tasks with a single rating"; the first word is the noun."""
    noun, _, rest = what.partition(" ")
    plural = {"criterion": "criteria"}.get(noun, f"{noun}s")
    return f"{n} {noun if n == 1 else plural} {rest}".rstrip()


def nonempty(*left_out: LeftOut) -> tuple[LeftOut, ...]:
    """Return those of which there is at least one."""
    return tuple(one for one in left_out if one.n)


def said(left_out: Iterable[LeftOut]) -> str:
    """Return "Left out: ..." for what was left out, or an empty text."""
    parts = [str(one) for one in nonempty(*left_out)]
    return f"Left out: {'; '.join(parts)}." if parts else ""


def listed(names: Iterable[object], most: int = 4) -> str:
    """Return for example "Ana, Ben and Cem", or "Ana, Ben, Cem, Dan and 3 more"."""
    words = [str(name) for name in names]
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more"]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def none_of(n: int, alone: str, each: str) -> str:
    """Return "None of 3 reviewers drift", or "The only reviewer does not drift" where there is one."""
    return f"The only reviewer {alone}" if n == 1 else f"None of {counted(n, 'reviewer')} {each}"


def or_nan(value: float | None) -> float:
    """Return the number, or the nan that a table shows as empty; the row's `note` says why."""
    return float("nan") if value is None else value
