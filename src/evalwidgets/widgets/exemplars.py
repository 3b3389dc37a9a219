"""What an exemplar wall shows of a criterion: one scene on each level, with the words that decide."""

from __future__ import annotations

import logging
from itertools import chain
from typing import Any

from evalwidgets.core.anchor import Anchor
from evalwidgets.core.boundary_card import boundary_cards
from evalwidgets.core.criterion import Level, Ordinal
from evalwidgets.core.deciding_phrase import deciding_phrase
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import EvalWidgetsError, UnknownName
from evalwidgets.store.anchors import AnchorSet
from evalwidgets.store.images import Picture, read_picture
from evalwidgets.store.small_copies import small_copy

_log = logging.getLogger(__name__)
_TEXTS = {"instruction": "Instruction", "prompt": "Prompt", "guideline": "Guideline"}


class Exemplars:
    """The anchors of a rubric, as JSON and JPEGs for the browser; one criterion at a time.

    Parameters
    ----------
    anchors : AnchorSet
        From `read_anchors`; those of other rubrics, and of other major versions of this one,
        whose levels may mean something else, are left out.
    rubric : Rubric
        The rule book.
    seed : object
        Decides the order of the boundary cards, for example the learner's name.

    Raises
    ------
    EvalWidgetsError
        If no criterion of the rubric has anchors.
    UnknownName
        If an anchor stands on a level that its criterion has not.
    """

    def __init__(self, anchors: AnchorSet, rubric: Rubric, seed: object = "") -> None:
        self._anchors, self._rubric, self._seed = anchors, rubric, seed
        self.criteria = tuple(one.id for one in rubric.all if isinstance(one, Ordinal) and self.of(one.id))
        """The criteria that have anchors, in the order of the rubric."""
        self._shown: dict[str, tuple[dict[str, Any], dict[str, bytes]]] = {}
        self._places: dict[str, tuple[Anchor, str]] = {}
        if not self.criteria:
            known = sorted({f"{one.rubric} {one.rubric_version}" for one in anchors})
            msg = (
                f"No anchor is for rubric {rubric.id} {rubric.version}; those given are for "
                f"{', '.join(known) or 'none'}. Read the anchors that were chosen for this rubric."
            )
            raise EvalWidgetsError(msg)
        for anchor in chain.from_iterable(map(self.of, self.criteria)):
            scale = rubric.criterion(anchor.criterion).scale
            if anchor.level not in scale:
                raise UnknownName("level", anchor.level, scale, f"{anchor.criterion} (anchor {anchor.id})")

    def of(self, criterion: str) -> tuple[Anchor, ...]:
        """Return the anchors of a criterion that fit the rubric's version, lowest level first."""
        major = self._rubric.version.partition(".")[0]
        found = self._anchors.of(self._rubric.id, criterion)
        return tuple(one for one in found if one.rubric_version.partition(".")[0] == major)

    def shown(self, criterion: str | None = None) -> tuple[dict[str, Any], dict[str, bytes]]:
        """Return what the wall shows of a criterion, by default the first, and its small pictures by name.

        Raises
        ------
        UnknownName
            If the criterion has no anchors.
        """
        criterion = criterion or self.criteria[0]
        if criterion not in self.criteria:
            raise UnknownName("criterion with anchors", criterion, self.criteria, self._rubric.id)
        if criterion not in self._shown:
            self._shown[criterion] = self._made(criterion)
        return self._shown[criterion]

    def large(self, name: str) -> Picture | None:
        """Return the picture behind a small one with all its pixels; None if it was not shown or is gone."""
        place = self._places.get(name)
        try:
            return read_picture(self._anchors.path_of(*place)) if place else None
        except EvalWidgetsError as error:
            _log.info("A picture could not be sent: %s", error)
            return None

    def _made(self, criterion: str) -> tuple[dict[str, Any], dict[str, bytes]]:
        pictures: dict[str, bytes] = {}
        ladder = self.of(criterion)
        steps = [anchor.level for anchor in ladder]
        asked, plain = ladder[-1], self._rubric.criterion(criterion)
        texts = [(label, getattr(asked, name)) for name, label in _TEXTS.items()]
        labels = {one: self._rubric.criterion(one).label for one in self.criteria}
        view = {
            "rubric": self._rubric.title,
            "criterion": criterion,
            "criteria": [{"id": one, "label": label} for one, label in labels.items()],
            "question": plain.variant_for(asked.edit_type).question,
            "help": plain.help,
            "texts": [{"label": label, "text": text} for label, text in texts if text],
            "levels": [self._step(anchor, pictures) for anchor in ladder],
            "cards": [card._asdict() for card in boundary_cards(steps, (self._seed, criterion))],
        }
        return view, pictures

    def _step(self, anchor: Anchor, pictures: dict[str, bytes]) -> dict[str, Any]:
        criterion = self._rubric.criterion(anchor.criterion).variant_for(anchor.edit_type)
        assert isinstance(criterion, Ordinal)  # noqa: S101 - only such have anchors here
        levels = {level.value: level for level in criterion.levels}
        level = levels[anchor.level]
        return {
            "value": level.value,
            "name": level.name,
            "pieces": [piece._asdict() for piece in deciding_phrase(*_said(level, levels, anchor.why))],
            "boundary": level.boundary,
            "why": anchor.why,
            "picture": self._small(anchor, anchor.judged, pictures),
            "original": self._small(anchor, "original", pictures) if "original" in anchor.images else "",
        }

    def _small(self, anchor: Anchor, role: str, pictures: dict[str, bytes]) -> str:
        """Put a small copy among the pictures and return its name; empty when it cannot be shown."""
        try:
            copy = small_copy(self._anchors.path_of(anchor, role))
        except EvalWidgetsError as error:
            _log.info("An anchor cannot be shown: %s", error)
            return ""
        pictures[copy.digest] = copy.data
        self._places[copy.digest] = (anchor, role)
        return copy.digest


def _said(level: Level, levels: dict[int, Level], why: str) -> tuple[str, list[str], list[str]]:
    """Return a level's descriptor, what it rests on, and the descriptors beside it."""
    beside = [levels[value] for value in (level.value - 1, level.value + 1) if value in levels]
    above = [one.boundary for one in beside if one.value > level.value]
    return level.descriptor, [level.boundary, *above, why], [one.descriptor for one in beside]
