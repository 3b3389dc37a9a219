"""Who said what of one task, without names: each answer on its level, before and after the re-vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import NOT_APPLICABLE
from evalwidgets.analysis.arrays import Level
from evalwidgets.analysis.meeting.tally_parts import (
    Accepted,
    Dot,
    Note,
    Place,
    declared_words,
    dots_of,
    notes_of,
    places_of,
)
from evalwidgets.analysis.meeting.tally_rows import accepted_places, dealt_letters, place_answers, revotes_of
from evalwidgets.analysis.meeting.tally_words import finding_of
from evalwidgets.analysis.ratings import check_ratings, first_revisions
from evalwidgets.analysis.results import LeftOut, Told


@dataclass(frozen=True, repr=False)
class Tally(Told):
    """The answers to one criterion of one task, one dot a reviewer, by letter and never by name.

    Parameters
    ----------
    task, criterion : str
        What was judged, and on which criterion.
    label, question : str
        The criterion in words; the question is empty when only a Scale is known.
    places : tuple of Place
        The declared levels in order, worded for the task's kind; last "not applicable"
        when somebody or gold says so.
    dots : tuple of Dot
        In the order of their letters.
    notes : tuple of Note
        Justifications, the two that lie furthest out first.
    numeric : bool
        Whether places have distances.
    revealed : bool
        Whether gold was asked for; `gold` is None until then, and where there is none.
    gold : Accepted or None
        The accepted answers.
    revoted : bool
        Whether anybody voted again.
    left_out : tuple of LeftOut
        Answers that are not drawn.
    """

    task: str
    criterion: str
    label: str
    question: str
    places: tuple[Place, ...]
    dots: tuple[Dot, ...]
    notes: tuple[Note, ...]
    numeric: bool
    revealed: bool = False
    gold: Accepted | None = None
    revoted: bool = False
    left_out: tuple[LeftOut, ...] = ()

    @property
    def finding(self) -> str:
        """Who says what in one sentence, without names; after the re-vote also who moved."""
        return finding_of(self)

    @property
    def rows(self) -> pd.DataFrame:
        """One row per dot: `letter, blind, second, revote` as values, N/A as text."""
        columns = ["letter", "blind", "second", "revote"]
        table = [
            (dot.letter, *(self._value(place) for place in (dot.blind, dot.second, dot.revote)))
            for dot in self.dots
        ]
        return pd.DataFrame(table, columns=columns, dtype=object)

    def spread(self, *, stands: bool = False) -> float | None:
        """Return the mean distance of two answers in levels; None off a numeric scale or below two.

        Parameters
        ----------
        stands : bool
            Whether to take the answers that stand after the re-vote.
        """
        values = [self.places[dot.stands if stands else dot.blind].value for dot in self.dots]
        levels = np.array([value for value in values if value is not None])
        if not self.numeric or len(levels) < 2:
            return None
        return float(np.abs(levels[:, None] - levels).sum() / (len(levels) * (len(levels) - 1)))

    def _value(self, place: int | None) -> Level | None:
        if place is None:
            return None
        value = self.places[place].value
        return NOT_APPLICABLE if value is None else value

    def _repr_html_(self) -> str:
        return self.rows.to_html(index=False, border=0, justify="left", na_rep="")


def tally(
    ratings: pd.DataFrame,
    rubric: Any,
    task: str,
    criterion: str,
    gold: pd.DataFrame | None = None,
    letters: Mapping[str, str] | None = None,
    *,
    tags: Mapping[str, Any] | None = None,
    revote: bool | None = None,
) -> Tally:
    """Return who said what of one task on one criterion, by letter.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table of one round. `second`, `na`, `note` and `revision` are used when
        they are there.
    rubric : Rubric, Scale or list of Scale
        The declared levels; only a Rubric gives their names and descriptors.
    task, criterion : str
        What to tally: an ordinal criterion, a choice, yes or no, or a preference.
    gold : DataFrame, optional
        The gold table. Without it gold stays hidden.
    letters : mapping, optional
        Reviewer to letter, to keep letters through a round (see `letters_for`). Without
        it they are dealt anew for each round and task.
    tags : mapping, optional
        The task's tags, which may choose other words for the levels.
    revote : bool, optional
        Which later revision is a re-vote: the last one (True), none (False), or those
        whose column `reason` is "re-vote" (None; none without that column).

    Raises
    ------
    UnknownName
        If the rubric has no such criterion.
    RatingsError
        If the criterion declares no answers, a value is not among them, or a reviewer
        has no letter.

    Notes
    -----
    The table of the tally never holds a name. Letters are dealt by a shuffle, so that
    "A" is not the first of the alphabet; with two or three reviewers people will guess
    all the same. The spread is the mean distance between two reviewers in levels; one
    who says "not applicable" has no level and does not enter it.
    """
    check_ratings(ratings)
    scale, words = declared_words(rubric, criterion, tags)
    of_task = ratings[ratings["task"] == task]
    rows = of_task[of_task["criterion"] == criterion]
    blind, left_out = place_answers(first_revisions(rows), scale)
    again, _ = place_answers(revotes_of(rows, revote), scale)
    if letters is None:
        letters = dealt_letters(of_task, task)
    dots = dots_of(blind, again, letters)
    accepted = None if gold is None else accepted_places(gold, scale, task)
    gold_answer = None if accepted is None else Accepted(*accepted)
    reached = {place for dot in dots for place in (dot.blind, dot.stands)}
    reached |= set(gold_answer.places if gold_answer else ())
    places = places_of(scale, words, na=len(scale.levels) in reached)
    return Tally(
        task=task,
        criterion=criterion,
        label=scale.name,
        question=getattr(words, "question", ""),
        places=places,
        dots=dots,
        notes=notes_of(dots, blind["note"], letters, places, numeric=scale.is_numeric),
        numeric=scale.is_numeric,
        revealed=gold is not None,
        gold=gold_answer,
        revoted=any(dot.revote is not None for dot in dots),
        left_out=left_out,
    )
