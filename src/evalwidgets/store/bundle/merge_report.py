"""What a merge did, and everything about it that somebody should look at."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

OddKind = Literal[
    "unreadable",
    "again",
    "stale rubric",
    "other person",
    "unknown task",
    "changed task",
    "altered",
    "second answer",
    "two copies",
    "two at once",
    "refused",
    "gap",
    "clock",
    "missing",
]


@dataclass(frozen=True)
class Odd:
    """One thing to look at; it holds no answer, so that a lead can read it in a blind phase.

    Parameters
    ----------
    kind : str
        What sort of thing.
    file : str
        The returned bundle; empty when it is about all of them.
    reviewer, task : str
        Whose, and of which task; empty where it is about the whole bundle.
    what : str
        What was found, and what became of it.
    do : str
        What to do about it.
    """

    kind: OddKind
    file: str
    reviewer: str
    task: str
    what: str
    do: str


@dataclass(frozen=True)
class MergeReport:
    """What a merge did.

    Parameters
    ----------
    bundles : int
        Returned bundles that were read.
    new : int
        Reviews that were stored now.
    there : int
        Reviews that the store had already.
    held : int
        Reviews that are only in their files: each has its row in `odd`.
    openings : int
        Looks at evidence and covered pictures that were added to the log.
    odd : tuple of Odd
        Everything to look at, in the order of the files.
    """

    bundles: int
    new: int
    there: int
    held: int
    openings: int
    odd: tuple[Odd, ...]

    def table(self) -> pd.DataFrame:
        """Return what is odd as a table, a row each: kind, file, reviewer, task, what, do."""
        import pandas as pd

        columns = [one.name for one in fields(Odd)]
        return pd.DataFrame([[getattr(one, name) for name in columns] for one in self.odd], columns=columns)

    def __repr__(self) -> str:
        """Return one deterministic line."""
        bundles = f"{self.bundles} bundle{'' if self.bundles == 1 else 's'}"
        reviews = f"{self.new} new, {self.there} already there, {self.held} held back"
        return f"MergeReport({bundles}; reviews: {reviews}; {len(self.odd)} odd)"
