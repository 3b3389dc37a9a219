"""Anchors beside an answer: what its level looks like, and what the nearest accepted one does."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from evalwidgets.core.anchor import Anchor
from evalwidgets.core.criterion import Ordinal
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.anchors import AnchorSet
from evalwidgets.store.small_copies import small_copy

Json = dict[str, Any]
LONGEST = 480
"""Pixels of the longer side of an anchor's picture."""
_log = logging.getLogger(__name__)


class FeedbackAnchors:
    """Finds the anchors for a review, and makes small copies of their pictures.

    Parameters
    ----------
    anchors : AnchorSet or None
        What there is; without any there is nothing to show.
    rubric : Rubric
        The rule book; anchors of another major version show levels that may mean something else.
    """

    def __init__(self, anchors: AnchorSet | None, rubric: Rubric) -> None:
        self._anchors, self._rubric = anchors, rubric
        self._made: dict[tuple[str, str], tuple[str, bytes]] = {}

    def beside(
        self, review: Review, gold: Gold, tags: Mapping[str, Any]
    ) -> tuple[dict[str, Json], dict[str, bytes]]:
        """Return by criterion the anchor of the given level and of the right one, and their pictures by hash.

        Only where the level is none that gold accepts.
        """
        found: dict[str, Json] = {}
        pictures: dict[str, bytes] = {}
        for criterion in self._rubric.all:
            levels = _levels(criterion.id, review, gold) if isinstance(criterion, Ordinal) else None
            if levels:
                pair = [self._shown(criterion.id, level, tags, pictures) for level in levels]
                if any(pair):
                    found[criterion.id] = {"mine": pair[0], "right": pair[1]}
        return found, pictures

    def _shown(
        self, criterion: str, level: int, tags: Mapping[str, Any], pictures: dict[str, bytes]
    ) -> Json | None:
        anchor = self._at(criterion, level)
        worded = self._rubric.worded(criterion, tags)
        if anchor is None or not isinstance(worded, Ordinal):
            return None
        step = worded.level(level)
        shown = {role: self._small(anchor, role, pictures) for role in ("original", "edited", "image")}
        return {
            "level": level,
            "name": step.name,
            "descriptor": step.descriptor,
            "why": anchor.why,
            "pictures": {role: digest for role, digest in shown.items() if digest},
        }

    def _at(self, criterion: str, level: int) -> Anchor | None:
        major = self._rubric.version.partition(".")[0]
        ladder = self._anchors.of(self._rubric.id, criterion) if self._anchors is not None else ()
        fits = (one for one in ladder if one.level == level)
        return next((one for one in fits if one.rubric_version.partition(".")[0] == major), None)

    def _small(self, anchor: Anchor, role: str, pictures: dict[str, bytes]) -> str:
        """Put a small copy among the pictures and return its hash; empty when it cannot be shown."""
        if self._anchors is None or role not in anchor.images:
            return ""
        if (anchor.id, role) not in self._made:
            try:
                copy = small_copy(self._anchors.path_of(anchor, role), LONGEST)
            except EvalWidgetsError as error:
                _log.info("An anchor cannot be shown: %s", error)
                return ""
            self._made[anchor.id, role] = (copy.digest, copy.data)
        digest, data = self._made[anchor.id, role]
        pictures[digest] = data
        return digest


def _levels(criterion: str, review: Review, gold: Gold) -> tuple[int, int] | None:
    """Return the given level and the nearest accepted one, when they differ."""
    given, answer = review.answer(criterion).value, gold.answers.get(criterion)
    if answer is None or not answer.accepted or type(given) is not int or given in answer.accepted:
        return None
    return given, min(answer.accepted, key=lambda level: (abs(level - given), -level))
