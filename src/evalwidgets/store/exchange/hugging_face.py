"""Hugging Face datasets: an image folder with `metadata.jsonl`, one row for each review."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evalwidgets.core.criterion import Count, Multi, Ordinal, Regions, Words
from evalwidgets.core.region import Region
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.carried import (
    KEY,
    review_facts,
    review_from,
    rubric_facts,
    rubrics_from,
    task_facts,
    task_from,
    work_from,
)
from evalwidgets.store.exchange.json_file import (
    checked,
    json_lines,
    listed,
    mapping,
    parsed,
    read_json,
    write_json,
    write_json_lines,
)
from evalwidgets.store.exchange.picture_copies import Copies, copy_pictures
from evalwidgets.store.exchange.region_answers import as_spelled, regions_in, spelling
from evalwidgets.store.exchange.work import Brought, Work, Written

FILE, FACTS = "metadata.jsonl", "evalwidgets.json"
_NATIVE = ("state", "note", "flags", "confidence")
"""Fields of a review that are columns by themselves."""


def write_hugging_face(work: Work, folder: Path) -> Written:
    """Write work as an image folder that ``load_dataset("imagefolder", data_dir=folder)`` reads.

    Parameters
    ----------
    work : Work
        Tasks and reviews.
    folder : Path
        Made when it is missing. It gets `metadata.jsonl`, `evalwidgets.json` and `images`.

    Returns
    -------
    Written
        The files, and what is no column of its own.

    Notes
    -----
    One row for each review: who reviewed which task, with a column `<role>_file_name` for each
    picture, and the struct columns `ratings`, `notes` and `regions` with one field for each criterion of
    any rubric (null where nothing was said). The column `evalwidgets` is a JSON text with all else that
    a review says. Tasks, also those without a review, and rubrics are in `evalwidgets.json`. Pictures
    are copies made anew from their pixels, named by content (see `picture_copies`).
    """
    copies = copy_pictures(work.tasks, folder)
    kinds = _kinds(work)
    tasks = {task.id: task for task in work.tasks}
    rows = [
        _row(place, review, tasks[review.task], kinds, work.rubrics.get(review.rubric_hash), copies)
        for place, review in enumerate(work.reviews)
    ]
    facts = {
        "tasks": [task_facts(place, task, copies) for place, task in enumerate(work.tasks)],
        "rubrics": rubric_facts(work.rubrics),
    }
    paths = (write_json_lines(folder / FILE, rows), write_json(folder / FACTS, facts), *copies.paths)
    return Written(paths, (*copies.left_out, *_left_out(work, kinds)))


def read_hugging_face(folder: Path, rubrics: Mapping[str, Rubric] | None = None) -> Brought:
    """Read an image folder that `write_hugging_face` wrote.

    Parameters
    ----------
    folder : Path
        With `metadata.jsonl` and `evalwidgets.json`.
    rubrics : mapping of str to Rubric, optional
        Hash to rubric: those that the files lack.

    Returns
    -------
    Brought
        The work; ratings, notes and regions as they stand in the columns now.

    Raises
    ------
    ExchangeError
        If a file is missing, damaged or too large, names a picture outside of the folder, or
        is of another tool: an image folder alone does not say what a rating is.
    """
    if not (folder / FACTS).exists():
        msg = (
            f"{folder}: there is no {FACTS}, so the folder was not written by evalwidgets; read its "
            f"ratings as a table: read_ratings({FILE!r})."
        )
        raise ExchangeError([msg])
    where = str(folder / FACTS)
    facts = mapping(read_json(folder / FACTS), where)
    known = rubrics_from(facts.get("rubrics"), rubrics, f"{where}.rubrics")
    tasks = [
        task_from(one, f"{where}.tasks[{index}]")
        for index, one in enumerate(listed(facts.get("tasks"), f"{where}.tasks"))
    ]
    reviews = [_review(mapping(row, at), at) for at, row in json_lines(folder / FILE)]
    return Brought(work_from(folder, tasks, known, reviews), ())


def _kinds(work: Work) -> dict[str, str]:
    """Return each criterion to the type of its column; empty where no one column can hold it."""
    kinds: dict[str, str] = {}
    for rubric in work.rubrics.values():
        for criterion in rubric.all:
            kind = (
                "number"
                if isinstance(criterion, Ordinal | Count)
                else "list"
                if isinstance(criterion, Multi)
                else "regions"
                if isinstance(criterion, Regions)
                else ""
                if isinstance(criterion, Words)
                else "text"
            )
            kinds[criterion.id] = kind if kinds.get(criterion.id, kind) == kind else ""
    return kinds


def _row(
    place: int, review: Review, task: Task, kinds: Mapping[str, str], rubric: Rubric | None, copies: Copies
) -> dict[str, Any]:
    ratings, notes, regions = (dict.fromkeys(kinds) for _ in range(3))
    rests = {}
    for name, answer in review.answers.items():
        rest = answer.model_dump(mode="json", exclude_defaults=True)
        marked = regions_in(rubric, name, answer)
        if kinds.get(name) == "regions" and marked is not None:
            regions[name] = [region.model_dump(mode="json") for region in marked]
            pairs = zip(marked, rest.pop("value"), strict=True)
            spelled = [spelling(region, given) for region, given in pairs]
            rest |= {"spelled": spelled} if any(spelled) else {}
        elif _fits(kinds.get(name), answer):
            ratings[name] = rest.pop("value")
        if name in kinds:
            notes[name] = rest.pop("note", None)
        rests[name] = rest
    shown = {name: kind for name, kind in kinds.items() if kind}
    rest = {**review_facts(place, review, native=_NATIVE), "answers": rests}
    return {
        **{f"{role}_file_name": copies.of[task.id, role].path for role in _readable(task, copies)},
        "task": task.id,
        "instruction": task.instruction,
        "prompt": task.prompt,
        "reviewer": review.reviewer,
        "round": review.round,
        "revision": review.revision,
        "state": review.state,
        "rubric": review.rubric,
        "rubric_version": review.rubric_version,
        "confidence": review.confidence,
        "note": review.note,
        "flags": [{"flag": name, "remark": note} for name, note in review.flags.items()],
        "ratings": {name: ratings[name] for name, kind in shown.items() if kind != "regions"} or None,
        "notes": notes or None,
        "regions": {name: regions[name] for name, kind in shown.items() if kind == "regions"} or None,
        KEY: json.dumps(rest, ensure_ascii=False, allow_nan=False),
    }


def _readable(task: Task, copies: Copies) -> Iterator[str]:
    """Yield the roles of the copied pictures: a name without a file is an error to `datasets`."""
    yield from (role for role in task.images if copies.of[task.id, role].size is not None)


def _fits(kind: str | None, answer: Answer) -> bool:
    types: dict[str, type] = {"number": int, "text": str, "list": list}
    wanted = types.get(kind or "")
    return wanted is not None and type(answer.value) is wanted


def _review(row: Mapping[str, Any], where: str) -> tuple[int, Review]:
    rest = mapping(parsed(str(row.get(KEY)), f"{where}.{KEY}"), f"{where}.{KEY}")
    answers = {
        name: mapping(one, f"{where}.{KEY}.answers.{name}")
        for name, one in mapping(rest.get("answers"), f"{where}.{KEY}.answers").items()
    }
    for column, part in (("ratings", "value"), ("notes", "note"), ("regions", "value")):
        for name, value in mapping(row.get(column) or {}, f"{where}.{column}").items():
            if value is not None:
                answers.setdefault(name, {})[part] = value
    for name, answer in answers.items():
        spelled = answer.pop("spelled", None)
        if spelled is not None:
            answer["value"] = _spelled(answer.get("value"), spelled, f"{where}.regions.{name}")
    flags = {
        str(one["flag"]): one.get("remark")
        for one in (mapping(it, f"{where}.flags") for it in listed(row.get("flags"), f"{where}.flags"))
        if "flag" in one
    }
    parts = {**{name: row.get(name) for name in ("state", "note", "confidence")}, "flags": flags}
    return review_from(
        {name: one for name, one in rest.items() if name != "answers"}, {**parts, "answers": answers}, where
    )


def _spelled(value: Any, spelled: Any, where: str) -> list[Any]:
    firsts = listed(spelled, where)
    regions = [checked(Region, one, where) for one in listed(value, where)]
    firsts += [None] * (len(regions) - len(firsts))
    return [as_spelled(region, given, where) for region, given in zip(regions, firsts, strict=False)]


def _left_out(work: Work, kinds: Mapping[str, str]) -> Iterator[str]:
    seconds = sum(one.second is not None for it in work.reviews for one in it.answers.values())
    if seconds:
        yield f"{seconds} second levels have no column; they travel in the JSON text of the column {KEY!r}."
    mixed = sorted(name for name, kind in kinds.items() if not kind)
    if mixed:
        yield (
            f"{', '.join(mixed)}: no column can hold these answers (marked words, or another scale in each "
            f"version of the rubric); they travel in the column {KEY!r}."
        )
    judged = {review.task for review in work.reviews}
    bare = sum(task.id not in judged for task in work.tasks)
    if bare:
        yield f"{bare} tasks have no review and so no row; they travel in {FACTS}."
    if any(task.tags for task in work.tasks):
        yield f"Tags of tasks are no columns, for they may name the model; they travel in {FACTS}."
