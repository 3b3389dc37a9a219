"""The lead's work on a rubric: what is edited and not published yet, what follows, and publishing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from evalwidgets.analysis.rubric_change.impact import Impact, impact
from evalwidgets.analysis.rubric_change.what_if import WhatIf, what_if
from evalwidgets.core.gap_book import Gap
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_events import Published
from evalwidgets.core.rubric_quiz import quiz_gold
from evalwidgets.core.rubric_release import released
from evalwidgets.core.task import Task
from evalwidgets.errors import RubricError, UnknownName
from evalwidgets.store.publishing import publish
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.rubric_drafts import RubricDraft
from evalwidgets.store.rubric_writer import published_path
from evalwidgets.store.tables import gold_table
from evalwidgets.widgets.rubric_editing import RubricEditing
from evalwidgets.widgets.rubric_words import changelog_lines

PARTS = ("about", "caps", "overall", "flags")
"""What can be picked beside the gates and criteria."""
_SCORING = ("weight", "tolerance")


class RubricWork(RubricEditing):
    """A version of a rubric and what a lead would change in it; nothing counts before it is published.

    Parameters
    ----------
    rubric : Rubric
        The version in use.
    store : ReviewStore
        Where the campaign is.
    campaign, lead : str
        Whose versions, and who acts.
    folder : path
        Where versions are published; drafts are kept there too.
    gold : mapping of task to Gold
        As it counts now.
    tasks : iterable of Task
        For the conditions of caps that rest on tags.
    ratings : DataFrame or None
        What was said so far; by default the store's.

    Attributes
    ----------
    before : Rubric
        The version in use; after publishing, the new one.
    picked : str
        What lies in the middle: a gate, a criterion, or one of `PARTS`.
    words_for : str
        The kind of task whose words are edited; empty for all.
    given_quiz : tuple of Gold or None
        What the lead wants asked; None leaves it to the gap's examples.
    published : Published or None
        What was published last at this desk.
    """

    def __init__(
        self,
        rubric: Rubric,
        store: ReviewStore,
        *,
        campaign: str,
        folder: str | os.PathLike[str],
        lead: str,
        gold: Mapping[str, Gold],
        tasks: Iterable[Task],
        ratings: pd.DataFrame | None,
    ) -> None:
        self.store, self.campaign = store, campaign
        self.gold = {name: one for name, one in gold.items() if one.rubric == rubric.id}
        self.tasks = tuple(tasks)
        self.ratings = store.ratings(campaign, rubric=rubric.id) if ratings is None else ratings
        self.published: Published | None = None
        self.on_publish: list[Callable[[Published], object]] = []
        self.picked = ""
        super().__init__(rubric, folder, lead)

    def _begin(self, rubric: Rubric) -> None:
        """Take a version into hands, with the draft that is kept for it."""
        super()._begin(rubric)
        self._replayed: tuple[str, WhatIf | None] = ("", None)
        self._reviews: list[Review] | None = None
        self.words_for, self.level, self.asked, self.closing = "", "", False, True
        self.given_quiz: tuple[Gold, ...] | None = None
        if self.picked not in self._parts(rubric):
            self.picked = rubric.all[0].id
        if self.gap and self.gap.raised.clause.criterion in {one.id for one in rubric.all}:
            self.picked = self.gap.raised.clause.criterion

    # What follows from the edits ------------------------------------------------------

    @property
    def impact(self) -> Impact:
        """What the changes touch; told for the number that they will have."""
        changed = self.diff.model_copy(update={"new": self.version})
        return impact(changed, self.ratings, self.gold)

    @property
    def what_if(self) -> WhatIf | None:
        """Past results replayed; None where no cap, weight, aggregation or tolerance differs."""
        if not any(_is_scoring(change.place) for change in self.diff.changes):
            return None
        if self._replayed[0] != self.rubric.hash:
            if self._reviews is None:
                self._reviews = self.store.reviews(self.campaign, rubric=self.before.id)
            gold = gold_table(self.gold, self.before) if self.gold else None
            found = what_if(self._reviews, self.before, self.rubric, tasks=self.tasks, gold=gold)
            self._replayed = (self.rubric.hash, found)
        return self._replayed[1]

    @property
    def changes(self) -> str:
        """The changelog, a line each."""
        return self.draft.changes or "\n".join(self._suggested)

    @property
    def gap(self) -> Gap | None:
        """The gap that is worked on."""
        return self.store.gaps[self.campaign].gaps.get(self.draft.gap) if self.draft.gap else None

    @property
    def quiz(self) -> tuple[Gold, ...]:
        """What reviewers of the older version are asked once this one is published.

        Unless the lead gives it, gold of the gap's examples; after a major step none, because
        gold has to be looked at again first.
        """
        if self.given_quiz is not None:
            return self.given_quiz
        gap = self.gap
        if gap is None or gap.decided is None or not self.closes or self.diff.bump in (None, "major"):
            return ()
        changed = {change.criterion for change in self.diff.changes}
        why = gap.decided.decision
        return quiz_gold(self.gold, gap.tasks, changed, version=self.version, why=why)

    @property
    def closes(self) -> tuple[str, ...]:
        """The gaps that publishing closes."""
        gap = self.gap
        return (gap.name,) if gap and gap.state == "decided" and self.closing else ()

    @property
    def problem(self) -> str:
        """Why it cannot be published now; empty if it can."""
        try:
            self.next()
        except RubricError as error:
            return str(error)
        return ""

    @property
    def path(self) -> str:
        """The file that publishing writes."""
        return str(published_path(self.rubric.model_copy(update={"version": self.version}), self.folder))

    def next(self) -> Rubric:
        """Return the new version as it would be published today.

        Raises
        ------
        RubricError
            If it cannot be published.
        """
        today = datetime.now(UTC).strftime("%Y-%m-%d")
        lines = self.changes.splitlines()
        return released(self.before, self.draft.edits, version=self.version, date=today, changes=lines)

    # What the lead does ---------------------------------------------------------------

    def pick(self, part: str, level: str = "") -> None:
        """Lay a gate, a criterion or another part in the middle, perhaps at one of its levels."""
        known = self._parts(self.rubric)
        if part not in known:
            raise UnknownName("part", part, known, f"rubric {self.rubric.id}")
        if part != self.picked:
            self.words_for = ""
        self.picked, self.level = part, level

    def step(self, by: int) -> None:
        """Lay the next part in the middle, or the one before."""
        order = self._parts(self.rubric)
        self.pick(order[(order.index(self.picked) + by) % len(order)])

    def speak(self, kind: str) -> None:
        """Edit the words for one kind of task; empty for all."""
        self.words_for = kind

    def say(self, what: str, text: str) -> None:
        """Write the changelog, or choose the number; empty takes what is proposed."""
        proposed = {"version": self.proposed, "changes": "\n".join(self._suggested)}
        if what not in proposed:
            raise UnknownName("text", what, list(proposed), "the release")
        typed = text.strip()
        self._take(self.draft.model_copy(update={what: "" if typed == proposed[what] else typed}))

    def open_gap(self, name: str) -> None:
        """Work on a gap: its clause is opened."""
        gaps = self.store.gaps[self.campaign].gaps
        if name not in gaps:
            raise UnknownName("gap", name, gaps, "the register")
        self._take(self.draft.model_copy(update={"gap": name}))
        clause = gaps[name].raised.clause
        if clause.criterion in {one.id for one in self.rubric.all}:
            self.pick(clause.criterion, "" if clause.lower is None else str(clause.lower))

    def leave_gap(self) -> None:
        """Work on no gap."""
        self._take(self.draft.model_copy(update={"gap": ""}))

    def turn_closing(self) -> None:
        """Let publishing close the gap, or not."""
        self.closing = not self.closing

    def ask(self, asked: bool = True) -> None:
        """Ask once more before a version becomes fixed."""
        if asked:
            self.next()
        self.asked = asked

    def publish(self) -> None:
        """Publish the version: from now on it never changes."""
        after = self.next()
        more: Any = {"by": self.lead, "closes": self.closes, "quiz": self.quiz}
        self.published = publish(self.store, self.campaign, self.before, after, self.folder, **more)
        self._drop()
        self._begin(after)
        for told in self.on_publish:
            told(self.published)

    def _take(self, draft: RubricDraft) -> None:
        self.asked = False
        super()._take(draft)

    @staticmethod
    def _parts(rubric: Rubric) -> list[str]:
        """Return what can be picked, in the order of the outline."""
        return ["about", *(one.id for one in rubric.all), *PARTS[1:]]

    @property
    def _suggested(self) -> list[str]:
        decided = self.gap.decided if self.gap and self.closes else None
        said = [decided.decision] if decided and self.diff.changes else []
        return [*said, *changelog_lines(self.diff, self.before, self.rubric)]


def _is_scoring(place: str) -> bool:
    return place.partition(".")[0] in ("caps", "overall") or place.rpartition(".")[2] in _SCORING
