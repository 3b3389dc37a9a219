"""The lead's rubric desk: change the words, see what follows, publish a version that never changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from evalwidgets.analysis.rubric_change.impact import Impact
from evalwidgets.analysis.rubric_change.what_if import WhatIf
from evalwidgets.core.gap_book import Gap
from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_diff import RubricDiff
from evalwidgets.core.rubric_events import Published
from evalwidgets.core.task import Task
from evalwidgets.store.identity import known_reviewer
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.widgets import rubric_editor, rubric_outcome, rubric_outline
from evalwidgets.widgets.board_part import BoardPart
from evalwidgets.widgets.findings import gold_before
from evalwidgets.widgets.lead_board import Doer, LeadBoard, columns
from evalwidgets.widgets.rubric_work import RubricWork

# What the browser may ask for: methods of the work.
_WORK = (
    *("pick", "step", "speak", "set", "put_back", "add_cap", "remove", "undo", "redo"),
    *("set_rule", "say", "open_gap", "leave_gap", "turn_closing", "ask", "publish"),
)


class RubricDesk(LeadBoard):
    """A desk for leads, on which a rubric gets its next version.

    At the left the rubric as an outline, with what is changed. In the middle the texts and
    numbers of one part, each with what it was. At the right what follows, as it is typed: the
    differences, the step of the version number that they deserve, the gold to look at again,
    the past ratings and reviewers that are touched, how many past results would differ, the
    changelog, and publishing.

    Parameters
    ----------
    rubric : Rubric
        The version in use.
    store : ReviewStore
        Where the campaign is.
    campaign : str
        The body of work that gets the new version.
    folder : path
        Where versions are published, for example ``"rubrics"``. What is not published yet
        is kept there too, as a small hidden file for each lead, and survives the kernel.
    lead : str, optional
        Who acts; without it, the name that Jupyter or the review panel knows, else "lead".
    gold : mapping of task to Gold, optional
        As read from its file; what the log and meetings changed is applied here.
    tasks : iterable of Task, optional
        For caps that rest on tags when past results are replayed.
    ratings : DataFrame, optional
        What was said so far; by default the store's.
    gap : str or Gap, optional
        The gap to begin with (see `turn_to`).

    Notes
    -----
    Past ratings are counted once, when the desk is opened.
    """

    _called = "the rubric desk"

    def __init__(
        self,
        rubric: Rubric,
        store: ReviewStore,
        *,
        campaign: str = "default",
        folder: str | os.PathLike[str],
        lead: str | None = None,
        gold: Mapping[str, Gold] | None = None,
        tasks: Iterable[Task] | None = None,
        ratings: pd.DataFrame | None = None,
        gap: str | Gap | None = None,
    ) -> None:
        known = gold_before(store, campaign, None, gold or {})
        self._work = RubricWork(
            rubric,
            store,
            campaign=campaign,
            folder=folder,
            lead=lead or known_reviewer() or "lead",
            gold=store.gold[campaign].applied(known, rubric.id),
            tasks=tasks or (),
            ratings=ratings,
        )
        self._head, self._outline, self._editor, self._outcome = (BoardPart(self._on_act) for _ in range(4))
        body = columns(self._outline, self._editor, self._outcome)
        super().__init__([self._head, body])
        self.add_class("ew-step-rubric")
        if gap is not None:
            self._work.open_gap(_name(gap))
        self._refresh(_overtaken(self._work))

    @property
    def rubric(self) -> Rubric:
        """The rubric as it is edited, still with the number of the version in use."""
        return self._work.rubric

    @property
    def diff(self) -> RubricDiff:
        """What differs from the version in use."""
        return self._work.diff

    @property
    def impact(self) -> Impact:
        """What the changes touch."""
        return self._work.impact

    @property
    def what_if(self) -> WhatIf | None:
        """Past results replayed; None where no cap, weight, aggregation or tolerance differs."""
        return self._work.what_if

    @property
    def published(self) -> Published | None:
        """What was published last at this desk; None before."""
        return self._work.published

    @property
    def quiz(self) -> tuple[Gold, ...]:
        """Gold that shows what changed: reviewers of the older version answer it before they go on."""
        return self._work.quiz

    @quiz.setter
    def quiz(self, gold: Iterable[Gold]) -> None:
        self._work.given_quiz = tuple(gold)
        self._refresh()

    def on_publish(self, told: Callable[[Published], object]) -> None:
        """Call a function with each version that is published here."""
        self._work.on_publish.append(told)

    def turn_to(self, gap: str | Gap) -> None:
        """Open the clause of a gap, with its decision and examples beside it.

        Raises
        ------
        UnknownName
            If the register has no such gap.
        """
        self.act("open_gap", _name(gap))

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        before = self._work.before
        return f"RubricDesk(campaign={self._work.campaign!r}, rubric='{before.id} {before.version}')"

    def _doers(self) -> tuple[Doer, ...]:
        return (Doer(_WORK, self._work),)

    def _look_again(self) -> None:
        """Nothing of the log is kept: gaps and versions are read when they are shown."""

    def _refresh(self, problem: str = "") -> None:
        self._head.view = rubric_outline.head(self._work, problem)
        self._outline.view = rubric_outline.outline(self._work)
        self._editor.view = rubric_editor.editor(self._work)
        self._outcome.view = rubric_outcome.outcome(self._work)


def _name(gap: str | Gap) -> str:
    return gap if isinstance(gap, str) else gap.name


def _overtaken(work: RubricWork) -> str:
    """Return a warning where the campaign uses another version than the one on the desk."""
    latest = work.store.versions[work.campaign].latest(work.before.id)
    if latest is None or latest.rubric_hash == work.before.hash:
        return ""
    return (
        f"{work.campaign} uses {latest.rubric} {latest.version}, published by {latest.by}; this desk has "
        f"{work.before.version}. Open the desk with that version: nothing made from another can be published."
    )
