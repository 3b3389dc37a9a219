"""How good justifications are, by those who read behind: one row for each reviewer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from evalwidgets.analysis.intervals import wilson_interval
from evalwidgets.analysis.ratings import check_ratings, first_revisions, require_columns
from evalwidgets.analysis.results import LeftOut, ResultTable, counted, nonempty
from evalwidgets.core.task import Task

MIN_NOTES = 10
"""Fewer notes than this tell little about a person; the row says so."""
VERDICT = "score_verdict"
"""The criterion of the read-behind rubric that judges the level itself."""


@dataclass(frozen=True, eq=False, repr=False)
class JustificationQuality(ResultTable):
    """How each reviewer's notes and levels were graded.

    Columns of `rows`: `reviewer, n_notes, points` (mean share of the points that a note
    could have), `sound, sound_low, sound_high` (share of notes in which no question got
    the lowest level), `n_levels, level_right, level_low, level_high` (share of levels that
    the reader would give as well, of those that could be told) and `note`.
    """

    @property
    def finding(self) -> str:
        """How many notes are sound, and how many levels right."""
        if self.rows.empty:
            return "Nobody has read behind yet"
        notes, levels = int(self.rows["n_notes"].sum()), int(self.rows["n_levels"].sum())
        sound = (self.rows["sound"] * self.rows["n_notes"]).sum() / notes
        words = f"{sound:.0%} of {counted(notes, 'note')} that were read are sound"
        if not levels:
            return words
        right = (self.rows["level_right"].fillna(0) * self.rows["n_levels"]).sum() / levels
        return f"{words}, and {right:.0%} of {counted(levels, 'level')} right"

    def _shown(self) -> pd.DataFrame:
        return self.rows.round(2)


def justification_quality(
    grades: pd.DataFrame,
    behind: Iterable[Task],
    ratings: pd.DataFrame,
    *,
    confidence_level: float = 0.95,
) -> JustificationQuality:
    """Return for each reviewer how their notes were graded by those who read behind.

    Parameters
    ----------
    grades : DataFrame
        The tidy table of the read-behind round.
    behind : iterable of Task
        The tasks that were graded, as `read_behind_tasks` made them.
    ratings : DataFrame
        The tidy table of the reviewers' own work with its column `review`; it says whose
        note it was.
    confidence_level : float
        Of the intervals.

    Notes
    -----
    A note that several colleagues read counts once: its points are their mean, it is
    sound if most found it so, its level right if most would give it. Intervals are Wilson
    over notes: with ten notes they span half of the scale, so read them before talking
    to anybody. Readers differ in severity too; let two read the same notes now and then.
    """
    check_ratings(grades)
    require_columns(ratings, ("review", "reviewer"), "ratings")
    notes = _by_note(first_revisions(grades))
    author = ratings.drop_duplicates("review").set_index("review")["reviewer"]
    whose = {task.id: author.get(str(task.tags.get("behind_review", ""))) for task in behind}
    notes = notes.assign(reviewer=notes.index.map(whose))
    known = notes[notes["reviewer"].notna()]
    rows = [_row(str(name), part, confidence_level) for name, part in known.groupby("reviewer", sort=True)]
    return JustificationQuality(
        rows=pd.DataFrame(rows, columns=_COLUMNS),
        left_out=nonempty(LeftOut("note", len(notes) - len(known), "nobody knows whose it is")),
        confidence_level=confidence_level,
        method="Wilson over notes",
    )


_COLUMNS = [
    *("reviewer", "n_notes", "points", "sound", "sound_low", "sound_high"),
    *("n_levels", "level_right", "level_low", "level_high", "note"),
]


def _by_note(grades: pd.DataFrame) -> pd.DataFrame:
    """Return one row a note: its points, whether it is sound, and whether its level is right (or untold)."""
    levels = pd.to_numeric(grades["value"], errors="coerce")
    scored = grades.assign(level=levels)[levels.notna() & (grades["criterion"] != VERDICT)]
    readings = scored.groupby(["task", "reviewer"], observed=True)["level"]
    one = pd.DataFrame({"points": readings.mean() / 2, "sound": readings.min() > 0})
    table = one.groupby("task").mean()
    told = grades[(grades["criterion"] == VERDICT) & grades["value"].notna()]
    told = told[told["value"] != "cannot_tell"]
    right = (told["value"] == "right").groupby(told["task"], observed=True).mean()
    return table.assign(sound=table["sound"] > 0.5, right=right.reindex(table.index))


def _row(reviewer: str, notes: pd.DataFrame, confidence_level: float) -> dict[str, object]:
    n, levels = len(notes), notes["right"].dropna() > 0.5
    sound = wilson_interval(int(notes["sound"].sum()), n, confidence_level)
    right = wilson_interval(int(levels.sum()), len(levels), confidence_level)
    return {
        "reviewer": reviewer,
        "n_notes": n,
        "points": notes["points"].mean(),
        "sound": notes["sound"].mean(),
        "sound_low": sound.low,
        "sound_high": sound.high,
        "n_levels": len(levels),
        "level_right": levels.mean() if len(levels) else float("nan"),
        "level_low": right.low,
        "level_high": right.high,
        "note": "" if n >= MIN_NOTES else f"only {counted(n, 'note')}: too few to judge a person by",
    }
