"""What files of other tools leave open: a task, a rubric and the facts of a review, guessed and told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from evalwidgets.core.criterion import Regions
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_part import WHERE
from evalwidgets.core.task import ROLES, Task
from evalwidgets.core.value import clean_json
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.json_file import checked
from evalwidgets.store.manifest_values import path_problems
from evalwidgets.store.tasks import TaskSet

EPOCH = "1970-01-01T00:00:00Z"
"""The time of reviews whose file does not tell it."""
_BEFORE = ("before", "original", "source", "input")
_MOST_OPTIONS = 9


@dataclass
class Asked:
    """One control of another tool: what kind of answers it gave, and which."""

    control: str
    options: set[str] = field(default_factory=set)


def name_of(text: str, fallback: str) -> str:
    """Return a text as an id of a criterion, an option or a class."""
    plain = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")[:60]
    return plain if plain[:1].isalpha() else f"{fallback}_{plain}".strip("_")


def class_named(rubric: Rubric, label: str) -> str:
    """Return the class of defects that a label names by id or name; empty when none is."""
    for family in rubric.defects:
        for one in family.classes:
            if label.casefold() in (one.id, one.name.casefold()):
                return one.id
    return ""


def rubric_with_regions(
    rubrics: Mapping[str, Rubric], labels: Iterable[str], tool: str, where: str
) -> tuple[Rubric, str]:
    """Return the rubric that asks for regions and knows most of the labels, or a made one, and a sentence."""
    labels = list(labels)
    asking = [one for one in rubrics.values() if any(isinstance(it, Regions) for it in one.all)]
    best = max(asking, key=lambda one: sum(bool(class_named(one, it)) for it in labels), default=None)
    if best:
        return best, f"The regions were read by the rubric {best.id} {best.version}, which fits best."
    made = made_rubric(tool, "image", {WHERE: Asked("regions", set(labels))}, where)
    return made, "No rubric that asks for regions was given; one was made from the labels."


def regions_criterion(rubric: Rubric) -> Regions:
    """Return the first criterion that asks for regions."""
    return next(one for one in rubric.all if isinstance(one, Regions))


def guessed_task(
    name: str, paths: Mapping[str, str], texts: Mapping[str, Any], where: str, said: list[str]
) -> Task:
    """Return a task with these pictures, by what they are called.

    Raises
    ------
    ExchangeError
        If there is no picture, or one whose path leads outside of the folder.
    """
    kind, images = _roles(paths)
    if not images:
        raise ExchangeError([f"{where}: no picture found among its keys."])
    problems = path_problems(images)
    if problems:
        raise ExchangeError([f"{where}: {problem}" for problem in problems])
    roles = ", ".join(f"{given} = {role}" for given, role in zip(paths, images, strict=False))
    said.append(f"Tasks were taken to be of kind {kind!r} ({roles}).")
    facts = {one: str(texts[one]) for one in ("instruction", "prompt", "guideline") if texts.get(one)}
    if kind == "edit" and not facts.get("instruction", "").strip():
        facts["instruction"] = facts.get("prompt") or "(not told)"
        said.append("Edits without an instruction got their prompt, or '(not told)'.")
    return checked(Task, {"id": name, "kind": kind, "images": images, **facts}, where)


def guessed_review(
    tool: str,
    seed: str,
    tasks: TaskSet,
    task: Task,
    rubric: Rubric,
    given: Mapping[str, Any],
    where: str,
    said: list[str],
) -> Review:
    """Return a review; its id follows from the tool, the task and `seed`, so that reading twice gives one."""
    said.append(
        f"Reviews of others got the campaign {tool!r}, the round 'imported' and ids made from their place."
    )
    at = given.get("submitted_at", EPOCH)
    if at == EPOCH:
        said.append("Reviews that do not tell their time got 1970-01-01.")
    elif isinstance(at, str) and not re.search(r"(Z|[+-]\d\d:?\d\d)$", at):
        at = f"{at}Z"
        said.append("Times without a zone were read as UTC.")
    facts = {
        "id": str(uuid5(NAMESPACE_URL, f"{tool}\n{task.id}\n{given.get('reviewer')}\n{seed}")),
        "campaign": tool,
        "round": "imported",
        "task": task.id,
        "task_hash": tasks.hash_of(task),
        "rubric": rubric.id,
        "rubric_version": rubric.version,
        "rubric_hash": rubric.hash,
        **given,
        "shown_at": at,
        "submitted_at": at,
    }
    return checked(Review, facts, where)


def made_rubric(tool: str, kind: str, asked: Mapping[str, Asked], where: str) -> Rubric:
    """Return a draft of a rubric that asks what the controls of a tool asked."""
    labels = sorted(
        {one for control in asked.values() if control.control == "regions" for one in control.options}
    )
    classes = [{"id": one, "name": text} for one, text in _named(labels, "class").items()]
    families = [{"id": "labels", "name": "Labels", "classes": classes}] if classes else []
    criteria = [
        _criterion(name_of(given, "control"), given, control) for given, control in asked.items()
    ] or [_criterion("note", "note", Asked("text"))]
    first = {"version": "0.1.0", "date": "1970-01-01", "bump": "first", "changes": [f"Made from {tool}."]}
    content = {
        "id": f"{tool}-{kind}",
        "version": "0.1.0",
        "title": f"What {tool} asked",
        "kind": kind,
        "status": "draft",
        "purpose": f"Holds answers that were given in {tool}; its words were not known.",
        "criteria": criteria,
        "defects": families,
        "changelog": [first],
    }
    try:
        cleaned = clean_json(content)
    except ValueError as error:
        raise ExchangeError([f"{where}: {error}."]) from None
    return checked(Rubric, cleaned, f"{where}: the rubric made from it")


def _named(texts: Iterable[str], fallback: str) -> dict[str, str]:
    """Return an id for each text; texts that would share one are told apart by a number."""
    ids: dict[str, str] = {}
    for text in texts:
        name = name_of(text, fallback)
        while name in ids:
            name = f"{name}_2"
        ids[name] = text or "(empty)"
    return ids


def _criterion(name: str, given: str, asked: Asked) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": name,
        "control": asked.control,
        "label": given[:60] or name,
        "question": f"{given or name} (the question is not known)",
        "required": False,
    }
    if asked.control == "ordinal":
        values = sorted(int(one) for one in asked.options)
        steps = range(min(1, values[0]), max(5, values[-1]) + 1)
        levels = [{"value": one, "name": str(one), "descriptor": f"{one} of {steps[-1]}"} for one in steps]
        return {**plain, "levels": levels}
    if asked.control in ("choice", "multi"):
        named = _named(sorted(asked.options), "option")
        if asked.control == "choice" and len(named) > _MOST_OPTIONS:
            return {**plain, "control": "text", "max_words": 10_000}
        if asked.control == "choice" and len(named) < 2:
            named["not_seen"] = "(no other answer was seen)"
        return {**plain, "options": [{"value": one, "name": text} for one, text in named.items()]}
    if asked.control == "text":
        return {**plain, "max_words": 10_000}
    if asked.control == "count":
        return {**plain, "most": 1_000_000}
    return plain


def _roles(paths: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the kind of a task and its pictures by role, from what they are called."""
    for kind, (must, may) in ROLES.items():
        if kind != "prompt" and set(must) <= set(paths) <= {*must, *may}:
            return kind, dict(paths)
    names = list(paths)
    if len(names) == 2:
        first = next((one for one in names if any(word in one.casefold() for word in _BEFORE)), None)
        if first:
            other = next(one for one in names if one != first)
            return "edit", {role: paths[one] for one, role in ((first, "original"), (other, "edited"))}
        return "pair", dict(zip(("a", "b"), paths.values(), strict=True))
    if 3 <= len(names) <= 4:
        return "pair", dict(zip("abcd", paths.values(), strict=False))
    return "image", {"image": next(iter(paths.values()))} if names else {}
