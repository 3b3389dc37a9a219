"""Argilla: record dictionaries as JSON lines, and the fields and questions that they answer.

Argilla's own package is not needed: its questions cannot be built without a server, so the settings are
plain JSON in its words. A dataset has one set of questions, so each version of a rubric is a dataset.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from evalwidgets.core.criterion import Count
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.argilla_settings import NOTE, REVIEW_NOTE, TEXTS, is_asked, settings_of
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
    json_lines,
    listed,
    mapping,
    parsed,
    read_json,
    write_json,
    write_json_lines,
)
from evalwidgets.store.exchange.picture_copies import Copies, copy_pictures
from evalwidgets.store.exchange.work import Brought, Work, Written

RECORDS, SETTINGS, FACTS = "records.jsonl", "settings.json", "evalwidgets.json"


def write_argilla(work: Work, folder: Path) -> Written:
    """Write work as records and settings of Argilla.

    Parameters
    ----------
    work : Work
        Tasks and reviews.
    folder : Path
        Made when it is missing. It gets `images`, `evalwidgets.json`, and a folder for each
        version of a rubric with `records.jsonl` and `settings.json`.

    Returns
    -------
    Written
        The files, and what Argilla has no question for.

    Notes
    -----
    A record is a task; a reviewer who judged it again, in another round or a revision, stands
    in a further record of the same task, because Argilla keeps one response a person. `user_id` is
    the UUID that `user_id_of` makes of a reviewer's name. Image fields are paths relative to the folder:
    log the records from there. What no question asks travels as JSON text in the metadata `evalwidgets`.
    """
    copies = copy_pictures(work.tasks, folder)
    paths = [*copies.paths]
    for rubric in work.rubrics.values():
        home = folder / f"{rubric.id}-{rubric.version}-{rubric.hash[:8]}"
        paths += [
            write_json_lines(home / RECORDS, _records(work, rubric, copies)),
            write_json(home / SETTINGS, settings_of(work, rubric)),
        ]
    facts = {
        "tasks": [task_facts(place, task, copies) for place, task in enumerate(work.tasks)],
        "rubrics": rubric_facts(work.rubrics),
    }
    paths.append(write_json(folder / FACTS, facts))
    return Written(tuple(paths), (*copies.left_out, *_left_out(work)))


def read_argilla(folder: Path, rubrics: Mapping[str, Rubric] | None = None) -> Brought:
    """Read records that `write_argilla` wrote, with the responses as they are now.

    Parameters
    ----------
    folder : Path
        With `evalwidgets.json` and a folder for each dataset.
    rubrics : mapping of str to Rubric, optional
        Hash to rubric: those that the files lack.

    Returns
    -------
    Brought
        The work; responses of people who are in no review are named in `left_out`.

    Raises
    ------
    ExchangeError
        If a file is missing, damaged or too large, or names a picture outside of the folder.
    """
    where = str(folder / FACTS)
    facts = mapping(read_json(folder / FACTS), where)
    known = rubrics_from(facts.get("rubrics"), rubrics, f"{where}.rubrics")
    tasks = [
        task_from(one, f"{where}.tasks[{index}]")
        for index, one in enumerate(listed(facts.get("tasks"), f"{where}.tasks"))
    ]
    reviews: list[tuple[int, Review]] = []
    said: list[str] = []
    for path in sorted(folder.glob(f"*/{RECORDS}")):
        for at, row in json_lines(path):
            reviews += _reviews(mapping(row, at), known, said, at)
    return Brought(work_from(folder, tasks, known, reviews), tuple(said))


def user_id_of(reviewer: str) -> str:
    """Return the UUID by which Argilla knows a reviewer: it follows from the name alone."""
    return str(uuid5(NAMESPACE_URL, f"evalwidgets\n{reviewer}"))


def _records(work: Work, rubric: Rubric, copies: Copies) -> Iterator[dict[str, Any]]:
    """Yield a record for each task, and further ones where a reviewer judged it more than once."""
    rounds: dict[str, list[dict[str, tuple[int, Review]]]] = {}
    for place, review in enumerate(work.reviews):
        if review.rubric_hash == rubric.hash:
            sheets = rounds.setdefault(review.task, [])
            free = next((one for one in sheets if review.reviewer not in one), None)
            if free is None:
                free = {}
                sheets.append(free)
            free[review.reviewer] = (place, review)
    for task in work.tasks:
        for turn, sheet in enumerate(rounds.get(task.id, []), start=1):
            yield _record(task, turn, sheet, rubric, copies)


def _record(
    task: Task, turn: int, sheet: Mapping[str, tuple[int, Review]], rubric: Rubric, copies: Copies
) -> dict[str, Any]:
    responses: dict[str, list[dict[str, Any]]] = {}
    rests: dict[str, Any] = {}
    for place, review in sheet.values():
        user = user_id_of(review.reviewer)
        status = "discarded" if review.state == "skipped" else "submitted"
        said, rest = _said(review, rubric)
        for question, value in said.items():
            responses.setdefault(question, []).append({"value": value, "user_id": user, "status": status})
        rests[user] = {**review_facts(place, review, native=("note",)), "answers": rest}
    done = any(review.state == "submitted" for _, review in sheet.values())
    texts = {name: getattr(task, name) for name in TEXTS if getattr(task, name)}
    return {
        "id": task.id if turn == 1 else f"{task.id} ({turn})",
        "fields": {**texts, **copies.images(task)},
        "metadata": {"task": task.id, KEY: json.dumps(rests, ensure_ascii=False, allow_nan=False)},
        "suggestions": {},
        "responses": responses,
        "vectors": {},
        "status": "completed" if done else "pending",
    }


def _said(review: Review, rubric: Rubric) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what questions hold of a review, and of each answer the rest."""
    said: dict[str, Any] = {}
    rests: dict[str, Any] = {}
    known = {one.id: one for one in rubric.all}
    for name, answer in review.answers.items():
        rest = answer.model_dump(mode="json", exclude_defaults=True)
        if is_asked(known.get(name), answer):
            value = rest.pop("value")
            said[name] = str(value) if isinstance(known[name], Count) else value
        if name in known and answer.note:
            said[name + NOTE] = rest.pop("note")
        rests[name] = rest
    if review.note:
        said[REVIEW_NOTE] = review.note
    return said, rests


def _reviews(
    row: Mapping[str, Any], rubrics: Mapping[str, Rubric], said: list[str], where: str
) -> Iterator[tuple[int, Review]]:
    metadata = mapping(row.get("metadata"), f"{where}.metadata")
    rests = mapping(parsed(str(metadata.get(KEY)), f"{where}.metadata.{KEY}"), f"{where}.metadata.{KEY}")
    by_user: dict[str, dict[str, Any]] = {user: {} for user in rests}
    for question, responses in mapping(row.get("responses"), f"{where}.responses").items():
        for one in listed(responses, f"{where}.responses.{question}"):
            response = mapping(one, f"{where}.responses.{question}")
            user = str(response.get("user_id"))
            if user in by_user:
                by_user[user][question] = response.get("value")
            else:
                said.append(f"{where}: a response to {question!r} by an unknown person was left out.")
    for user, responses in by_user.items():
        at = f"{where}.metadata.{KEY}.{user}"
        rest = mapping(rests[user], at)
        rubric = rubrics.get(str(rest.get("rubric_hash")))
        if rubric is None:
            raise ExchangeError([f"{at}: its rubric is not there; give it as rubrics={{hash: rubric}}."])
        answers = _answers(responses, mapping(rest.get("answers"), f"{at}.answers"), rubric, at)
        parts = {"answers": answers, "note": responses.get(REVIEW_NOTE, "")}
        yield review_from({name: one for name, one in rest.items() if name != "answers"}, parts, at)


def _answers(
    responses: Mapping[str, Any], rests: Mapping[str, Any], rubric: Rubric, where: str
) -> dict[str, Any]:
    answers = {name: mapping(one, f"{where}.answers.{name}") for name, one in rests.items()}
    for criterion in rubric.all:
        if criterion.id + NOTE in responses:
            answers.setdefault(criterion.id, {})["note"] = responses[criterion.id + NOTE]
        if criterion.id not in responses:
            continue
        value = responses[criterion.id]
        if isinstance(criterion, Count):
            value = int(value) if str(value).isdecimal() and len(str(value)) < 10 else value
        why = criterion.explain(value)
        if why:
            raise ExchangeError([f"{where}: {criterion.id}: {why}"])
        answers.setdefault(criterion.id, {})["value"] = value
    return answers


def _left_out(work: Work) -> Iterator[str]:
    answers = [
        (answer, next((one for one in work.rubrics[review.rubric_hash].all if one.id == name), None))
        for review in work.reviews
        for name, answer in review.answers.items()
    ]
    counts = {
        "second levels": sum(answer.second is not None for answer, _ in answers),
        "reasons why not applicable": sum(answer.na is not None for answer, _ in answers),
        "reasons of gates": sum(answer.reason is not None for answer, _ in answers),
        "flags": sum(len(review.flags) for review in work.reviews),
        "confidence": sum(review.confidence is not None for review in work.reviews),
        "answers of regions, of marked words, and empty ones": sum(
            answer.value is not None and not is_asked(criterion, answer) for answer, criterion in answers
        ),
    }
    for what, count in counts.items():
        if count:
            yield f"Argilla has no question for {what} ({count} here); they travel in the metadata {KEY!r}."
    if len(work.rubrics) > 1:
        yield f"A dataset has one set of questions: the work became {len(work.rubrics)} datasets."
    judged = {review.task for review in work.reviews}
    bare = sum(task.id not in judged for task in work.tasks)
    if bare:
        yield f"{bare} tasks have no review and so no record; they travel in {FACTS}."
    if any(task.tags for task in work.tasks):
        yield f"Tags of tasks are no metadata, for they may name the model; they travel in {FACTS}."
