"""Anchor files (JSONL) into values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import overload

from evalwidgets.core.anchor import Anchor
from evalwidgets.errors import TaskError, UnknownName
from evalwidgets.store.manifest import jsonl_rows
from evalwidgets.store.manifest_values import path_inside, path_problems, values_of

_Place = tuple[str, str, int]


class AnchorSet(Sequence[Anchor]):
    """Anchors in the order of their file, and the folder that holds their pictures.

    Examples
    --------
    ``anchors.of("image-edit", "preservation")``, ``anchors.at("image-edit", "preservation", 3)``.
    """

    def __init__(self, anchors: Iterable[Anchor], folder: Path) -> None:
        self._anchors = tuple(anchors)
        self._by_place = {_place(anchor): anchor for anchor in self._anchors}
        self.folder = folder

    def __len__(self) -> int:
        return len(self._anchors)

    def __iter__(self) -> Iterator[Anchor]:
        return iter(self._anchors)

    @overload
    def __getitem__(self, key: int) -> Anchor: ...
    @overload
    def __getitem__(self, key: slice) -> AnchorSet: ...
    def __getitem__(self, key: int | slice) -> Anchor | AnchorSet:
        if isinstance(key, slice):
            return AnchorSet(self._anchors[key], self.folder)
        return self._anchors[key]

    def __repr__(self) -> str:
        return f"AnchorSet({len(self)} anchors)"

    def of(self, rubric: str, criterion: str) -> tuple[Anchor, ...]:
        """Return the anchors of a criterion, lowest level first; none where nobody chose any."""
        found = (one for one in self._anchors if (one.rubric, one.criterion) == (rubric, criterion))
        return tuple(sorted(found, key=lambda one: one.level))

    def at(self, rubric: str, criterion: str, level: int) -> Anchor:
        """Return the anchor of a level.

        Raises
        ------
        UnknownName
            If there is none.
        """
        found = self._by_place.get((rubric, criterion, level))
        if found is None:
            known = [one.level for one in self.of(rubric, criterion)]
            raise UnknownName("anchor of level", level, known, f"criterion {criterion} of {rubric}")
        return found

    def path_of(self, anchor: Anchor, role: str) -> Path:
        """Return the file of an anchor's picture; never one outside the folder of the anchors.

        Raises
        ------
        UnknownName
            If the anchor has no picture in this role.
        TaskError
            If the path leads outside, for example through a symbolic link, or nowhere.
        """
        found = next((path for name, path in anchor.images.items() if name == role), None)
        if found is None:
            raise UnknownName("role", role, anchor.images, f"anchor {anchor.id}")
        return path_inside(self.folder, found, f"anchor {anchor.id}: images.{role}")


def read_anchors(path: str | Path) -> AnchorSet:
    """Read anchors: for each criterion one scene, with a picture for each level.

    Parameters
    ----------
    path : str or Path
        A `.jsonl` file with one anchor a line: `id, ladder, rubric, rubric_version, criterion,
        level, images, why`, and what was asked for: `instruction`, `prompt` or `guideline`.

    Raises
    ------
    TaskError
        With every problem of the file, each as `file:line: place: what is wrong`.
    """
    path = Path(path)
    anchors = values_of(Anchor, path, jsonl_rows(path), lambda one: path_problems(one.images), unique="id")
    _refuse_two_scenes(path, anchors)
    return AnchorSet(anchors, path.parent)


def _refuse_two_scenes(path: Path, anchors: Iterable[Anchor]) -> None:
    seen: dict[_Place, Anchor] = {}
    problems = []
    for anchor in anchors:
        first = seen.setdefault(_place(anchor), anchor)
        if first is not anchor:
            problems.append(
                f"{path}: {anchor.id}: level {anchor.level} of {anchor.criterion} ({anchor.rubric}) "
                f"has an anchor already, {first.id}; keep one scene for each criterion"
            )
    if problems:
        raise TaskError(problems)


def _place(anchor: Anchor) -> _Place:
    return anchor.rubric, anchor.criterion, anchor.level
