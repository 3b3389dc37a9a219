"""Grades of notes come back to whoever wrote them, with honest intervals."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from evalwidgets.analysis import wilson_interval
from evalwidgets.analysis.reviewers.justification_quality import JustificationQuality, justification_quality

from ..samples import an_edit

PARTS = ("names_what", "says_where", "fits_level")


def graded(*notes: tuple[int, str], by: str = "lee") -> pd.DataFrame:
    """Return grades: of each note the level of every part, and the verdict on the reviewer's level."""
    rows: list[tuple[str, str, str, Any]] = []
    for number, (level, verdict) in enumerate(notes):
        rows += [(f"note-{number}", by, part, level) for part in PARTS]
        rows.append((f"note-{number}", by, "score_verdict", verdict))
    return pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value"]).astype({"value": object})


def told(grades: pd.DataFrame, authors: str = "ana") -> JustificationQuality:
    """Return the result where note i was written by the i-th author (one word each)."""
    names = authors.split()
    behind = [an_edit(f"note-{n}", tags={"behind_review": f"r{n}"}) for n in range(20)]
    ratings = pd.DataFrame({"review": [f"r{n}" for n in range(len(names))], "reviewer": names})
    return justification_quality(grades, behind, ratings)


def test_notes_and_levels_are_counted_for_their_author() -> None:
    """Points are a share of what could be had; a zero is not sound; "cannot tell" does not count."""
    found = told(graded((2, "right"), (1, "too_high"), (0, "cannot_tell"), (2, "right")), "ana ana ana ben")

    ana, ben = (row for _, row in found.rows.iterrows())
    assert (3, 0.5, pytest.approx(2 / 3)) == (ana["n_notes"], ana["points"], ana["sound"])
    assert wilson_interval(2, 3) == (ana["sound_low"], ana["sound_high"])
    assert (2, 0.5) == (ana["n_levels"], ana["level_right"])
    assert (1, 1.0, 1.0) == (ben["n_notes"], ben["points"], ben["level_right"])
    assert "75% of 4 notes that were read are sound, and 67% of 3 levels right" == found.finding


def test_few_notes_judge_nobody() -> None:
    """Below ten the row says so."""
    few, many = (told(graded(*[(2, "right")] * n), " ".join(["ana"] * n)).rows.iloc[0] for n in (9, 10))

    assert ("only 9 notes: too few to judge a person by", "") == (few["note"], many["note"])


def test_a_note_that_several_read_counts_once() -> None:
    """Its points are their mean, and half is not most."""
    found = told(pd.concat([graded((2, "right")), graded((0, "too_low"), by="mia")]))

    row = found.rows.iloc[0]
    assert (1, 0.5, 0.0, 0.0) == (row["n_notes"], row["points"], row["sound"], row["level_right"])


def test_whose_note_is_unknown_is_said() -> None:
    """Nothing is guessed."""
    found = told(graded((2, "right"), (2, "right")), "ana")

    assert 1 == found.rows["n_notes"].sum()
    assert "1 note (nobody knows whose it is)" in str(found)


def test_without_grades_there_is_a_sentence() -> None:
    """Nobody has read yet."""
    assert "Nobody has read behind yet" == told(graded()).finding
