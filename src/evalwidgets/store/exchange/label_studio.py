"""Label Studio: tasks with annotations, and the labelling config that a rubric makes.

A project of Label Studio has one config, so each version of a rubric and each set of pictures is a
project: the folder itself, or one folder each where there are several. The pictures lie in `images` of
the folder: let ``LOCAL_FILES_DOCUMENT_ROOT`` of Label Studio name the folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evalwidgets.core.region import Shape
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Role, Task
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.carried import (
    KEY,
    Place,
    review_facts,
    review_from,
    rubric_facts,
    rubrics_from,
    task_facts,
    task_from,
    work_from,
)
from evalwidgets.store.exchange.json_file import listed, mapping, read_json, write_json, write_text
from evalwidgets.store.exchange.label_studio_controls import config_of
from evalwidgets.store.exchange.label_studio_foreign import Foreign
from evalwidgets.store.exchange.label_studio_results import answers_from, not_shown, results_of
from evalwidgets.store.exchange.picture_copies import Copies, copy_pictures
from evalwidgets.store.exchange.region_answers import regions_in
from evalwidgets.store.exchange.work import Brought, Work, Written

TASKS, CONFIG, RUBRICS = "tasks.json", "config.xml", "rubrics.json"
LOCAL = "/data/local-files/?d="
"""How Label Studio names a file of its local storage."""


class _Project(NamedTuple):
    """What one labelling config serves."""

    rubric_hash: str
    """Empty where no rubric of this kind is known."""
    kind: str
    roles: tuple[Role, ...]


def write_label_studio(work: Work, folder: Path) -> Written:
    """Write work as projects of Label Studio.

    Parameters
    ----------
    work : Work
        Tasks and reviews.
    folder : Path
        Made when it is missing. It gets `images`, and `tasks.json`, `config.xml` and
        `rubrics.json`, or a folder with these three for each version of a rubric.

    Returns
    -------
    Written
        The files, and what Label Studio does not show.

    Notes
    -----
    Ordinals from 1 to n become Rating, others Choices; regions are in percent of the very
    picture that they lie on. What Label Studio has no word for (second levels, hashes,
    revisions, ...) travels under ``meta.evalwidgets`` of tasks, annotations and regions, so
    `read_label_studio` gives all of it back; Label Studio itself keeps that of tasks and
    regions and drops that of annotations. ``meta`` holds the tags too, which may
    name a model: give reviewers a bundle, not this file. `completed_by` counts the reviewers
    from 1 in the order of their first review.
    """
    projects = _projects(work)
    people = {name: n for n, name in enumerate(dict.fromkeys(one.reviewer for one in work.reviews), start=1)}
    places = {task.id: place for place, task in enumerate(work.tasks)}
    copies = copy_pictures(work.tasks, folder)
    paths = [*copies.paths]
    left_out = [*copies.left_out]
    for number, (project, tasks) in enumerate(projects.items(), start=1):
        rubric = work.rubrics.get(project.rubric_hash)
        home = folder if len(projects) == 1 else folder / _name(number, rubric)
        rows = _rows(work, tasks, rubric, people, copies, places)
        config = config_of(rubric, project.kind, project.roles, _drawn(work, rubric))
        paths += [
            write_json(home / TASKS, rows),
            write_text(home / CONFIG, config),
            write_json(home / RUBRICS, rubric_facts({rubric.hash: rubric} if rubric else {})),
        ]
    left_out += not_shown(work)
    if len(projects) > 1:
        left_out.append(
            f"One config serves one rubric and one set of pictures: the work became {len(projects)} projects."
        )
    return Written(tuple(paths), tuple(dict.fromkeys(left_out)))


def read_label_studio(folder: Path, rubrics: Mapping[str, Rubric] | None = None) -> Brought:
    """Read projects of Label Studio, ours or its own JSON export.

    Parameters
    ----------
    folder : Path
        With a `tasks.json`, or with folders that have one.
    rubrics : mapping of str to Rubric, optional
        Hash to rubric: those that the files lack. Files that evalwidgets did not write
        are read by the one that knows most of their controls.

    Returns
    -------
    Brought
        The work, and what was guessed or not understood.

    Raises
    ------
    ExchangeError
        If a file is missing, damaged or too large, or names a picture outside of the folder.
    """
    tasks: list[tuple[int, Task]] = []
    reviews: list[tuple[int, Review]] = []
    said: list[str] = []
    known = dict(rubrics or {})
    for home in _homes(folder):
        if (home / RUBRICS).exists():
            known = rubrics_from(read_json(home / RUBRICS), known, str(home / RUBRICS))
        rows = listed(read_json(home / TASKS), str(home / TASKS))
        foreign = Foreign(folder, rows, known, str(home / TASKS))
        for number, row in enumerate(rows):
            where = f"{home / TASKS}: [{number}]"
            facts = mapping(row, where)
            meta = facts.get("meta")
            if isinstance(meta, dict) and KEY in meta:
                place, task = task_from(meta[KEY], f"{where}.meta.{KEY}")
            else:
                place, task = foreign.task(number, facts)
            tasks.append((place, task))
            for n, one in enumerate(listed(facts.get("annotations", []), f"{where}.annotations")):
                at = f"{where}.annotations[{n}]"
                annotation = mapping(one, at)
                rest = annotation.get("meta")
                if isinstance(rest, dict) and KEY in rest:
                    reviews.append(_review(annotation, rest[KEY], known, said, at))
                else:
                    reviews.append(foreign.review(number, n, annotation, task, at))
        known |= foreign.made
        said += foreign.said
    return Brought(work_from(folder, tasks, known, reviews), tuple(dict.fromkeys(said)))


def _projects(work: Work) -> dict[_Project, list[Task]]:
    """Return the tasks of each project; a task without reviews goes with the first rubric of its kind."""
    judged: dict[str, dict[str, None]] = {}
    for review in work.reviews:
        if review.rubric_hash not in work.rubrics:
            version = f"{review.rubric} {review.rubric_version}"
            raise ExchangeError([f"The review {review.id} names the rubric {version}, which is not there."])
        judged.setdefault(review.task, {})[review.rubric_hash] = None
    projects: dict[_Project, list[Task]] = {}
    by_kind = {one.kind: name for name, one in reversed(tuple(work.rubrics.items()))}
    for task in work.tasks:
        for rubric_hash in judged.get(task.id, {by_kind.get(task.kind, ""): None}):
            projects.setdefault(_Project(rubric_hash, task.kind, tuple(task.images)), []).append(task)
    return projects


def _name(number: int, rubric: Rubric | None) -> str:
    return f"{number:02}-{rubric.id}-{rubric.version}" if rubric else f"{number:02}-no-rubric"


def _rows(
    work: Work,
    tasks: Sequence[Task],
    rubric: Rubric | None,
    people: Mapping[str, int],
    copies: Copies,
    places: Mapping[str, int],
) -> list[dict[str, Any]]:
    annotations: dict[str, list[dict[str, Any]]] = {}
    for place, review in enumerate(work.reviews):
        if rubric and review.rubric_hash == rubric.hash:
            person = people[review.reviewer]
            annotations.setdefault(review.task, []).append(_annotation(place, review, rubric, person))
    return [
        {
            "data": {
                **{name: getattr(task, name) for name in ("instruction", "prompt", "guideline")},
                **{role: f"{LOCAL}{path}" for role, path in copies.images(task).items()},
            },
            "meta": {KEY: task_facts(places[task.id], task, copies)},
            "annotations": annotations.get(task.id, []),
        }
        for task in tasks
    ]


def _annotation(place: int, review: Review, rubric: Rubric, person: int) -> dict[str, Any]:
    results, beside = results_of(review, rubric)
    facts = review_facts(place, review, native=("state", "note", "flags", "confidence"))
    return {
        "result": results,
        "completed_by": person,
        "was_cancelled": review.state == "skipped",
        "ground_truth": False,
        "lead_time": review.seconds,
        "created_at": review.submitted_at.isoformat(),
        "meta": {KEY: {**facts, **beside}},
    }


def _review(
    annotation: Mapping[str, Any], rest: Any, rubrics: Mapping[str, Rubric], said: list[str], where: str
) -> Place:
    facts = mapping(rest, f"{where}.meta.{KEY}")
    rubric = rubrics.get(str(facts.get("rubric_hash")))
    if rubric is None:
        missing = f"{facts.get('rubric')} {facts.get('rubric_version')}"
        raise ExchangeError([f"{where}: no rubric {missing}; give it as rubrics={{hash: rubric}}."])
    parts = answers_from(annotation, rubric, facts, said, where)
    state = "skipped" if annotation.get("was_cancelled") else "submitted"
    plain = {name: value for name, value in facts.items() if name not in ("answers", "flag_notes")}
    return review_from(plain, {**parts, "state": state}, f"{where}.meta.{KEY}")


def _homes(folder: Path) -> Sequence[Path]:
    if (folder / TASKS).exists():
        return [folder]
    homes = sorted(path.parent for path in folder.glob(f"*/{TASKS}")) if folder.is_dir() else []
    if not homes:
        raise ExchangeError([f"{folder}: there is no {TASKS}, neither in it nor in a folder of it."])
    return homes


def _drawn(work: Work, rubric: Rubric | None) -> Iterator[tuple[str, str, Shape]]:
    for review in work.reviews:
        if rubric and review.rubric_hash == rubric.hash:
            for name, answer in review.answers.items():
                for region in regions_in(rubric, name, answer) or ():
                    yield name, region.role, region.type
