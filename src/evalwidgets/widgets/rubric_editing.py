"""Edits of a rubric that are made, undone, done again and kept, until a version is published."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_bump import Place
from evalwidgets.core.rubric_diff import RubricDiff, diff
from evalwidgets.core.rubric_edit import AddPart, Edit, RemovePart, SetTo, edited, value_at
from evalwidgets.core.rubric_release import next_version
from evalwidgets.errors import RubricError, UnknownName
from evalwidgets.store.rubric_drafts import RubricDraft, draft_path, drop_draft, keep_draft, kept_draft
from evalwidgets.widgets.rubric_words import fitting


class RubricEditing:
    """A version of a rubric and a lead's edits of it.

    Parameters
    ----------
    rubric : Rubric
        The version in use.
    folder : path
        Where drafts are kept.
    lead : str
        Whose draft it is.

    Attributes
    ----------
    before : Rubric
        The version in use; after publishing, the new one.
    rubric : Rubric
        As it is edited, with the number of the version in use.
    draft : RubricDraft
        The edits, and what shall be said of them.
    """

    def __init__(self, rubric: Rubric, folder: str | os.PathLike[str], lead: str) -> None:
        self.folder, self.lead = folder, lead
        self._begin(rubric)

    def _begin(self, rubric: Rubric) -> None:
        """Take a version into hands, with the draft that is kept for it."""
        self.before = rubric
        self._path = draft_path(self.folder, rubric, self.lead)
        self.draft = kept_draft(self._path)
        self._past: list[RubricDraft] = []
        self._undone: list[RubricDraft] = []
        try:
            self.rubric = edited(rubric, self.draft.edits)
        except (RubricError, UnknownName):  # kept by an older release of the program
            self.draft, self.rubric = RubricDraft(), rubric

    @property
    def diff(self) -> RubricDiff:
        """What differs from the version in use."""
        return diff(self.before, self.rubric)

    @property
    def proposed(self) -> str:
        """The number that the changes deserve."""
        return next_version(self.before, self.diff.bump)

    @property
    def version(self) -> str:
        """The number that the new version will have."""
        return self.draft.version or self.proposed

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone."""
        return bool(self._undone)

    def set(self, place: Iterable[str], given: Any) -> None:
        """Let a place read otherwise; numbers and lists are read from what was typed."""
        where: Place = tuple(place)
        self._edit(SetTo(place=where, to=fitting(where, given)), replace=where)

    def set_rule(self, kind: str, families: str) -> None:
        """Make the overall score another way; families count where the rule has them."""
        if kind == self.before.overall.kind == "decision_table":
            return self.put_back(("overall",))
        needs = kind == "geometric_mean_of_minima"
        rule = {"kind": kind, "families": fitting(("families",), families) if needs else []}
        return self._edit(SetTo(place=("overall",), to=rule), replace=("overall",))

    def put_back(self, place: Iterable[str]) -> None:
        """Let a place read as it is in use."""
        where: Place = tuple(place)
        try:
            self._edit(SetTo(place=where, to=value_at(self.before, where)))
        except UnknownName:
            self._edit(RemovePart(place=where))

    def add(self, place: Iterable[str], part: Mapping[str, Any]) -> None:
        """Add a cap, a flag, or another part."""
        self._edit(AddPart(place=tuple(place), part=dict(part)))

    def add_cap(self, answer: str, at_most: str, limits: str, highest: str, because: str) -> None:
        """Limit a criterion, or the overall score with `limits` empty, where an answer is low."""
        cap = {
            "when": {"answer": answer, "at_most": fitting(("at_most",), at_most)},
            "criterion": limits or None,
            "at_most": fitting(("at_most",), highest),
            "because": because,
        }
        self.add(("caps",), cap)

    def remove(self, place: Iterable[str]) -> None:
        """Take a part out."""
        self._edit(RemovePart(place=tuple(place)))

    def undo(self) -> None:
        """Take the last edit back."""
        if not self._past:
            raise RubricError(["There is nothing to undo: nothing was edited since the desk was opened."])
        self._undone.append(self.draft)
        self._take(self._past.pop())

    def redo(self) -> None:
        """Do again what was undone last."""
        if not self._undone:
            raise RubricError(["There is nothing to do again."])
        self._past.append(self.draft)
        self._take(self._undone.pop())

    def _drop(self) -> None:
        """Forget the draft that is kept."""
        drop_draft(self._path)

    def _edit(self, edit: Edit, replace: Place | None = None) -> None:
        """Take one more edit; typing on at the same place is the same edit."""
        last = self.draft.edits[-1] if self.draft.edits else None
        again = replace is not None and isinstance(last, SetTo) and last.place == replace
        edits = (*(self.draft.edits[:-1] if again else self.draft.edits), edit)
        rubric = edited(self.before, edits)
        if rubric == self.rubric:
            return
        self._past.append(self.draft)
        self._undone = []
        self._take(self.draft.model_copy(update={"edits": () if rubric == self.before else edits}))

    def _take(self, draft: RubricDraft) -> None:
        self.rubric = edited(self.before, draft.edits)
        self.draft = draft
        if draft == RubricDraft():
            drop_draft(self._path)
        else:
            keep_draft(self._path, draft)
