"""What is compared: each number, who else computes it, and by which of their ways."""

from __future__ import annotations

from typing import NamedTuple


class Way(NamedTuple):
    """One way of one library to the number of a case."""

    library: str
    method: str
    """As the library's `with_*.py` calls it."""
    how: str = ""
    """What tells it from the library's other ways."""
    dense: bool = False
    """Whether it takes the table of tasks by reviewers, mostly empty cells."""
    less: str = ""
    """What it leaves out that ours does, so that its time is told and is no target."""

    @property
    def name(self) -> str:
        """What tables call it."""
        return f"{self.library}, {self.how}" if self.how else self.library


class Case(NamedTuple):
    """One number, or one set of numbers, that several libraries compute."""

    name: str
    ours: str
    """As `with_evalwidgets.py` calls it."""
    design: str
    ways: tuple[Way, ...]
    most: int = 10_000_000
    """Not measured with more ratings."""
    differ_by: float = 1e-6
    """How far apart values may be."""
    why: str = ""
    """Why they may be farther apart than that."""
    quick: bool = False
    """Whether a smoke run takes it."""


_COUNTS = "counts by numpy"

CASES = (
    Case(
        "alpha, nominal",
        "alpha_nominal",
        "ragged",
        (
            Way("krippendorff", "alpha_nominal", _COUNTS),
            Way("krippendorff", "alpha_nominal_dense", "pivot by pandas", dense=True),
            Way("krippendorff", "alpha_nominal_scattered", "table by numpy"),
            Way("irrCAC", "alpha_nominal", dense=True),
            Way("simpledorff", "alpha_nominal", dense=True),
            Way("crowd-kit", "alpha_nominal"),
        ),
        quick=True,
    ),
    Case(
        "alpha, nominal, names are text",
        "alpha_nominal",
        "text",
        (Way("krippendorff", "alpha_nominal", _COUNTS), Way("crowd-kit", "alpha_nominal")),
        most=1_000_000,
    ),
    Case(
        "alpha, ordinal",
        "alpha_ordinal",
        "ragged",
        (
            Way("krippendorff", "alpha_ordinal", _COUNTS),
            Way("krippendorff", "alpha_ordinal_dense", "pivot by pandas", dense=True),
            Way("krippendorff", "alpha_ordinal_scattered", "table by numpy"),
        ),
    ),
    Case(
        "alpha, ordinal, 1,000 bootstraps",
        "bootstrap",
        "ragged",
        (Way("krippendorff", "bootstrap", _COUNTS),),
        differ_by=0.004,
        why="other draws",
    ),
    Case("AC2, quadratic", "ac2", "ragged", (Way("irrCAC", "ac2", dense=True),)),
    Case("Fleiss, ragged", "fleiss", "ragged", (Way("irrCAC", "fleiss", dense=True),)),
    Case(
        "Fleiss, complete",
        "fleiss",
        "complete",
        (
            Way("statsmodels", "fleiss_counts", _COUNTS, less="the formula on counts that we made"),
            Way("statsmodels", "fleiss", "aggregate_raters"),
            Way("irrCAC", "fleiss"),
        ),
        quick=True,
    ),
    Case(
        "kappa with gold, all together",
        "gold_together",
        "exam",
        (Way("scikit-learn", "gold_together", less="one number for all reviewers"),),
        quick=True,
    ),
    Case(
        "kappa with gold, each reviewer",
        "gold_each",
        "exam",
        (Way("scikit-learn", "gold_each", "loop"),),
    ),
    Case(
        "kappa of all pairs of reviewers",
        "pairs",
        "ragged",
        (Way("scikit-learn", "pairs", "loop", dense=True),),
    ),
    Case("ICC, complete, six forms", "icc", "complete", (Way("pingouin", "icc"),), quick=True),
    Case(
        "Dawid-Skene, 20 iterations",
        "dawid_skene",
        "ragged",
        (Way("crowd-kit", "dawid_skene"),),
    ),
)
