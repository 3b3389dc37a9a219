"""Labels as crowd-kit takes them: a folder a rubric, a table a criterion, with `task, worker, label`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from evalwidgets.core.criterion import Criterion
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.value import canonical_json
from evalwidgets.errors import RatingsError
from evalwidgets.store.exchange.assembled import TextRow, assembled
from evalwidgets.store.exchange.beside import Beside, read_beside, write_beside
from evalwidgets.store.exchange.csv_files import write_csv
from evalwidgets.store.exchange.losses import counted, losses, pictures_stay
from evalwidgets.store.exchange.rating_files import refuse_unreadable
from evalwidgets.store.exchange.text_table import read_text_table
from evalwidgets.store.exchange.work import Brought, Work, Written

LABELS, TEXTS, PAIRS = "labels", "texts", "pairs"
"""What the name of a file begins with; the criterion follows."""
COLUMNS = {
    LABELS: ("task", "worker", "label"),
    TEXTS: ("task", "worker", "text"),
    PAIRS: ("task", "worker", "left", "right", "label"),
}
"""As crowd-kit calls them: for classification, for texts, for comparisons (`task` is ours there)."""
_KINDS = {"text": TEXTS, "preference": PAIRS}
_UNFIT = ("regions", "words")
_LOST = ("unrated", "empty texts", "na", "second", "reasons", "notes", "review notes", "flags", "confidence")


class _Label(NamedTuple):
    rubric: str
    criterion: Criterion
    cells: tuple[Any, ...]


def write_crowd_kit(work: Work, folder: Path) -> Written:
    """Write ``<rubric>/labels-<criterion>.csv`` (texts, pairs) for every criterion that somebody answered.

    Of one reviewer on one task the first answer is the label: no aggregator takes two. In a
    comparison left is picture A and right is picture B, by their paths; ties have no label.
    Task, reviewer and label come back; of a preference only the side.
    """
    left_out: Counter[str] = Counter()
    tables: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for one in _labels(work, left_out):
        stem = f"{_KINDS.get(one.criterion.control, LABELS)}-{one.criterion.id}"
        tables.setdefault((one.rubric, stem), []).append(one.cells)
    paths = tuple(_written(folder / rubric, stem, rows) for (rubric, stem), rows in tables.items())
    said = (f"{sentence} ({counted(number, 'answer')})." for sentence, number in left_out.items())
    lost = (*pictures_stay(work), *losses(work, *_LOST, "circumstances"), *_versions(work), *said)
    return Written((*write_beside(work, folder), *paths), lost)


def _labels(work: Work, left_out: Counter[str]) -> Iterator[_Label]:
    tasks = {task.id: task for task in work.tasks}
    seen: set[tuple[str, ...]] = set()
    for review in sorted(work.reviews, key=lambda one: one.revision):
        rubric = work.rubrics.get(review.rubric_hash)
        for name, value in review.values.items() if review.state == "submitted" else ():
            if rubric is None:
                left_out["The rubric of an answer is not known"] += 1
                continue
            criterion = rubric.criterion(name)
            if criterion.control in _UNFIT:
                left_out[f"{name!r} is marked, not labelled"] += 1
            elif (place := (rubric.id, name, review.task, review.reviewer)) in seen:
                left_out["A later answer of the same reviewer to the same task is left out"] += 1
            elif value != "":
                seen.add(place)
                cells = _cells(review, criterion, value, tasks.get(review.task), left_out)
                if cells:
                    yield _Label(rubric.id, criterion, cells)


def _cells(
    review: Review, criterion: Criterion, value: Any, task: Task | None, left_out: Counter[str]
) -> tuple[Any, ...] | None:
    if criterion.control != "preference":
        label = value if isinstance(value, str | int | float) else canonical_json(value)
        return review.task, review.reviewer, label
    sides = (task.images.get("a"), task.images.get("b")) if task else (None, None)
    if None in sides or sides[0] == sides[1]:
        left_out[f"{criterion.id!r}: two different pictures A and B are not known"] += 1
        return None
    # The ids of our preferences begin with their side: a, a_much, b_slightly; all else is a tie.
    side = str(value).partition("_")[0]
    if side not in ("a", "b"):
        left_out[f"{criterion.id!r}: a tie has no label"] += 1
        return None
    if value != side:
        left_out[f"{criterion.id!r}: by how much one is better is left out"] += 1
    return review.task, review.reviewer, *sides, sides[side == "b"]


def _written(folder: Path, stem: str, rows: list[tuple[Any, ...]]) -> Path:
    import pandas as pd

    folder.mkdir(exist_ok=True)
    columns = list(COLUMNS[stem.partition("-")[0]])
    return write_csv(pd.DataFrame(rows, columns=columns, dtype=object), folder / f"{stem}.csv")


def _versions(work: Work) -> Iterator[str]:
    versions: dict[str, list[str]] = {}
    for one in work.rubrics.values():
        versions.setdefault(one.id, []).append(one.version)
    for name, mixed in versions.items():
        if len(mixed) > 1:
            yield f"A label does not say by which version of {name} it was given: {', '.join(mixed)}."


def read_crowd_kit(folder: Path, rubrics: Mapping[str, Rubric] | None = None) -> Brought:
    """Read every ``labels-``, ``texts-`` and ``pairs-`` file of a folder, and of the folders in it.

    The name of a folder in it is the rubric's id.

    Raises
    ------
    ExchangeError
        With every problem, each with its row and what is allowed.
    RatingsError
        If there is no such file, or one is no table with the columns of its kind.
    """
    beside = read_beside(folder, rubrics)
    every = (*folder.glob("*.csv"), *folder.glob("*/*.csv"))
    files = sorted(path for path in every if path.stem.partition("-")[0] in COLUMNS)
    if not files and not (folder / "rubrics.jsonl").exists():
        msg = f"{folder}: no file is called labels-CRITERION.csv, texts-CRITERION.csv or pairs-CRITERION.csv."
        raise RatingsError(msg)
    left_out: Counter[str] = Counter()
    rows = (
        row._replace(facts={**row.facts, "rubric": "" if path.parent == folder else path.parent.name})
        for path in files
        for row in _rows(path, beside, left_out)
    )
    reviews, filled = assembled(rows, beside)
    said = (f"{sentence} ({counted(number, 'row')})." for sentence, number in left_out.items())
    return Brought(Work(beside.tasks, beside.rubrics, reviews), (*said, *filled))


def _rows(path: Path, beside: Beside, left_out: Counter[str]) -> Iterator[TextRow]:
    kind, _, criterion = path.stem.partition("-")
    refuse_unreadable(path)
    table = read_text_table(path).table
    missing = [name for name in COLUMNS[kind] if name not in table]
    if missing:
        msg = f"{path}: expected the columns {', '.join(COLUMNS[kind])}; missing {', '.join(missing)}."
        raise RatingsError(msg)
    for number, cells in enumerate(table.to_dict("records"), start=2):
        value = cells["text" if kind == TEXTS else "label"]
        if kind == PAIRS:
            value = {cells["left"]: "a", cells["right"]: "b"}.get(value, value)
            if not _is_allowed(value, criterion, beside.rubrics):
                left_out[
                    f"{path.name}: the rubric of {criterion!r} has no answer that says only the side"
                ] += 1
                continue
        facts = {"task": cells["task"], "reviewer": cells["worker"]}
        yield TextRow(f"{path}: row {number}", facts, {criterion: {"value": value}})


def _is_allowed(value: str, criterion: str, rubrics: Mapping[str, Rubric]) -> bool:
    named = [one for rubric in rubrics.values() for one in rubric.all if one.id == criterion]
    return not named or value not in ("a", "b") or any(value in one.scale for one in named)
