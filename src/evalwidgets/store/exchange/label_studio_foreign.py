"""Annotations that people made in Label Studio itself: read as well as can be, each guess told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from evalwidgets.core.criterion import Regions
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import ROLES, Task
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.carried import Place
from evalwidgets.store.exchange.guessed import (
    EPOCH,
    Asked,
    class_named,
    guessed_review,
    guessed_task,
    made_rubric,
    name_of,
)
from evalwidgets.store.exchange.json_file import loose, mapping, number
from evalwidgets.store.exchange.label_studio_controls import NO_CLASS
from evalwidgets.store.exchange.label_studio_results import answers_from
from evalwidgets.store.exchange.label_studio_shapes import PLAIN, TYPES
from evalwidgets.store.tasks import TaskSet

_LOCAL = "/data/local-files/?d="
_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".avif")
_AFTER_OURS = 1_000_000_000
"""Where tasks and reviews of others stand: after ours."""


class Foreign:
    """Tasks and annotations of one file that evalwidgets did not write.

    Parameters
    ----------
    folder : Path
        That of the work.
    rows : sequence
        The tasks of the file.
    rubrics : mapping of str to Rubric
        Those that are known.
    where : str
        What errors call the file.
    """

    def __init__(self, folder: Path, rows: Sequence[Any], rubrics: Mapping[str, Rubric], where: str) -> None:
        self.said: list[str] = []
        self.made: dict[str, Rubric] = {}
        self._folder, self._rows, self._where = folder, rows, where
        self._known = rubrics
        self._rubrics: dict[str, Rubric] = {}

    def task(self, number: int, row: Mapping[str, Any]) -> Place:
        """Return the task of a row, and its place."""
        where = f"{self._where}: [{number}].data"
        data = mapping(row.get("data"), where)
        pictures = {str(name): str(value) for name, value in data.items() if _is_picture(name, value)}
        paths = {name: self._path(value, f"{where}.{name}") for name, value in pictures.items()}
        name = str(data.get("id") or row.get("id") or number + 1)
        task = guessed_task(name, paths, data, where, self.said)
        return _AFTER_OURS + number, task

    def review(self, number: int, n: int, annotation: Mapping[str, Any], task: Task, where: str) -> Place:
        """Return the review that an annotation is read as, and its place."""
        rubric = self._rubric_for(task)
        parts = answers_from(
            _renamed(annotation, task, self._roles(number), rubric), rubric, {}, self.said, where
        )
        given = {
            "reviewer": _person(annotation.get("completed_by"), self.said),
            "seconds": _seconds(annotation.get("lead_time"), where),
            "submitted_at": str(annotation.get("created_at") or EPOCH),
            "state": "skipped" if annotation.get("was_cancelled") else "submitted",
        }
        tasks = TaskSet([task], self._folder)
        seed = f"{annotation.get('id') or annotation.get('unique_id') or (number, n)}"
        review = guessed_review(
            "label-studio", seed, tasks, task, rubric, {**given, **parts}, where, self.said
        )
        return _AFTER_OURS + number * 1000 + n, review

    def _roles(self, number: int) -> list[str]:
        data = mapping(self._rows[number].get("data"), self._where)
        return [str(name) for name, value in data.items() if _is_picture(name, value)]

    def _path(self, value: str, where: str) -> str:
        """Return the path of a picture inside of the folder."""
        path = unquote(value.removeprefix(_LOCAL)) if value.startswith(_LOCAL) else value
        if "://" in path or path.startswith("data:"):
            self.said.append(f"{where}: {value[:80]!r} is not fetched; put the picture into the folder.")
            return "images/" + "".join(one if one.isalnum() or one in ".-_" else "-" for one in path)[-80:]
        return path

    def _rubric_for(self, task: Task) -> Rubric:
        """Return the known rubric that has most of the file's controls, or one made from its results."""
        if task.kind not in self._rubrics:
            results = [result for row in self._rows for result in _results(row)]
            names = {str(one.get("from_name")) for one in results}
            fitting = [one for one in self._known.values() if one.kind == task.kind]
            best = max(
                fitting,
                key=lambda one: len({name_of(it, "control") for it in names} & {c.id for c in one.all}),
                default=None,
            )
            if best and (
                {name_of(it, "control") for it in names} & {c.id for c in best.all}
                or any(isinstance(c, Regions) for c in best.all)
            ):
                self.said.append(
                    f"{self._where}: read by the rubric {best.id} {best.version}, which fits best."
                )
            else:
                best = made_rubric("label-studio", task.kind, _asked(results), self._where)
                self.made[best.hash] = best
                self.said.append(f"{self._where}: no rubric fits its controls; one was made from them.")
            self._rubrics[task.kind] = best
        return self._rubrics[task.kind]


def _is_picture(name: Any, value: Any) -> bool:
    roles = {role for must, may in ROLES.values() for role in (*must, *may)}
    if not isinstance(value, str) or not value:
        return False
    return name in roles or value.lower().split("?d=")[-1].split("?")[0].endswith(_ENDINGS)


def _results(row: Any) -> list[Mapping[str, Any]]:
    annotations = row.get("annotations") if isinstance(row, dict) else None
    found: list[Mapping[str, Any]] = []
    for one in annotations if isinstance(annotations, list) else []:
        results = one.get("result") if isinstance(one, dict) else None
        found += (
            [result for result in results if isinstance(result, dict)] if isinstance(results, list) else []
        )
    return found


def _renamed(
    annotation: Mapping[str, Any], task: Task, names: Sequence[str], rubric: Rubric
) -> dict[str, Any]:
    """Return an annotation in the words of the task and the rubric: roles, ids and classes."""
    roles = dict(zip(names, task.images, strict=False))
    known = {one.id for one in rubric.all}
    results = annotation.get("result")
    changed = []
    for one in results if isinstance(results, list) else []:
        if isinstance(one, dict):
            to, control = str(one.get("to_name")), str(one.get("from_name"))
            one = {
                **one,
                "to_name": to if to in task.images else roles.get(to, next(iter(task.images))),
                "from_name": control if control in known else name_of(control, "control"),
            }
            changed.append(_with_class(one, rubric))
        else:
            changed.append(one)
    return {**annotation, "result": changed}


def _with_class(result: dict[str, Any], rubric: Rubric) -> dict[str, Any]:
    """Return a region whose label is a class of the rubric, or else stands in its note."""
    kind = PLAIN.get(str(result.get("type")), str(result.get("type")))
    value = loose(result.get("value"))
    labels = value.get(kind)
    if kind not in TYPES or not isinstance(labels, list) or not labels:
        return result
    named = class_named(rubric, str(labels[0]))
    meta = loose(result.get("meta"))
    if not named:
        given = meta.get("text")
        notes = given if isinstance(given, list) else []
        meta = {**meta, "text": [str(labels[0]), *notes]}
    return {**result, "value": {**value, kind: [named or NO_CLASS]}, "meta": meta}


def _asked(results: Sequence[Mapping[str, Any]]) -> dict[str, Asked]:
    """Return what each control asks, by what it was answered with."""
    asked: dict[str, Asked] = {}
    for result in results:
        name, kind = str(result.get("from_name")), str(result.get("type"))
        value = loose(result.get("value"))
        if kind in TYPES or kind in PLAIN:
            control = asked.setdefault(name, Asked("regions"))
            labels = value.get(PLAIN.get(kind, kind)) or []
            control.options.update(map(str, labels if isinstance(labels, list) else [labels]))
        elif kind == "choices" and isinstance(value.get("choices"), list):
            control = asked.setdefault(name, Asked("choice"))
            control.options.update(map(str, value["choices"]))
            if len(value["choices"]) != 1:
                asked[name] = Asked("multi", control.options)
        elif kind == "rating" and isinstance(value.get("rating"), int):
            asked.setdefault(name, Asked("ordinal")).options.add(str(value["rating"]))
        elif kind in ("number", "textarea"):
            asked.setdefault(name, Asked("count" if kind == "number" else "text"))
    return asked


def _person(given: Any, said: list[str]) -> str:
    if isinstance(given, dict):
        given = given.get("email") or given.get("id")
    if given is None:
        said.append("Annotations that do not say who made them were taken as those of 'unknown'.")
    return str(given)[:200] if given is not None else "unknown"


def _seconds(given: Any, where: str) -> float:
    if given is None:
        return 0.0
    seconds = number(given, f"{where}.lead_time")
    if seconds < 0:
        raise ExchangeError([f"{where}.lead_time: expected 0 or more seconds, got {seconds:g}."])
    return seconds
