"""What to read again: where an exam's answers most often fell on the wrong side, and of which note.

Exam gold is used again, so no task is named, and nothing is told of its gold: only how
many tasks went which way, and what the rubric itself says there.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from evalwidgets.analysis.numbers import number_word
from evalwidgets.analysis.qualification.exam_result import FocusPoint
from evalwidgets.analysis.results import counted
from evalwidgets.core.criterion import Choice, Criterion, Ordinal, YesNo
from evalwidgets.core.rubric import Rubric

POINTS = 3
"""How many points are given at most."""
_FEWEST = 3  # With fewer tasks of one kind, what is right there might be told of a single one.
_LEAN = 3  # Within tolerance, so many tasks on one side of a boundary are worth a word.
_NO_KIND = ""


class _Found(NamedTuple):
    """A point with its weight: judgements that are wrong, then those that differ at all."""

    wrong: int
    differing: int
    point: FocusPoint

    @property
    def weight(self) -> tuple[int, int]:
        return self.wrong, self.differing


def focus_points(
    rows: pd.DataFrame, rubric: Rubric, kinds: Mapping[str, str] | None = None
) -> tuple[FocusPoint, ...]:
    """Return at most three points, the most frequent mistakes first, one a criterion.

    Parameters
    ----------
    rows : DataFrame
        The judgements of one exam (`Judgements.rows`).
    rubric : Rubric
        For its boundary notes and descriptions.
    kinds : mapping, optional
        Task to its kind, such as its edit type: told where mistakes gather in one.
    """
    worst = []
    kind = [(kinds or {}).get(task, _NO_KIND) for task in rows["task"]]
    for name, part in rows.assign(kind=kind).groupby("criterion", sort=False):
        found = list(_points(part, rubric.criterion(str(name))))
        if found:
            worst.append(max(found, key=lambda one: one.weight))
    worst.sort(key=lambda one: one.weight, reverse=True)
    return tuple(one.point for one in worst[:POINTS])


def _points(rows: pd.DataFrame, criterion: Criterion) -> Iterator[_Found]:
    given, due = rows["na"].astype(bool), rows["gold_na"].astype(bool)
    yield from _not_applicable(given, due, criterion)
    rated = rows[~given & ~due]
    if isinstance(criterion, Ordinal):
        for side in (1, -1):
            yield from _crossed(rated, criterion, side)
    elif not rated["right"].all():
        yield _confused(rated, criterion)


def _crossed(rows: pd.DataFrame, criterion: Ordinal, side: int) -> Iterator[_Found]:
    """Give the boundary that most answers crossed to the lenient side (1) or to the strict one (-1)."""
    # Turned round, the strict side of a scale is its lenient side.
    said, right = (rows[name].to_numpy(dtype=np.float64) * side for name in ("value", "nearest"))
    wrong, kind = ~rows["right"].to_numpy(dtype=bool), rows["kind"].to_numpy(dtype=object)
    found = []
    # Of boundaries that were crossed as often, the first counts: the one that is nearest to gold.
    for lower, upper in sorted(itertools.pairwise(criterion.scale), reverse=side < 0):
        near, far = sorted((lower * side, upper * side))
        due = right <= near
        over = due & (said >= far)
        n, n_wrong = int(over.sum()), int((over & wrong).sum())
        if n_wrong or n >= _LEAN:
            steps = round(float((said - right)[over].mean()))
            way = "lenient" if side > 0 else "strict"
            where = _up_to(criterion.scale, lower if side > 0 else upper, side)
            on = f"{n} of {_tasks(int(due.sum()), where, len(rows))}{_gathered(kind[over], kind[due])}"
            note = criterion.level(upper).boundary or criterion.level(upper).descriptor
            text = (
                f"{criterion.label}: {number_word(steps)} {'level' if steps == 1 else 'levels'} too {way} on "
                f"{on}. Read again what parts {upper} from {lower}: {note}"
            )
            found.append(_Found(n_wrong, n, FocusPoint(criterion.id, lower, text)))
    if found:
        yield max(found, key=lambda one: one.weight)


def _up_to(scale: tuple[int, ...], level: int, side: int) -> str:
    """Return "3 or lower", "4 or higher", or the level alone at an end of the scale."""
    if level == (scale[0] if side > 0 else scale[-1]):
        return str(level)
    return f"{level} or {'lower' if side > 0 else 'higher'}"


def _tasks(due: int, right: str, judged: int) -> str:
    """Return "9 tasks where 3 or lower is right", or of too few of them how many were judged at all."""
    return f"{counted(due, 'task')} where {right} is right" if due >= _FEWEST else counted(judged, "task")


def _gathered(crossed: Iterable[object], due: Iterable[object]) -> str:
    """Return in which kind of task most of the crossings lie, where they are few elsewhere."""
    counts, of = Counter(map(str, crossed)), Counter(map(str, due))
    (kind, n), all_of = counts.most_common(1)[0], of.total()
    others = counts.total() - n
    if kind == _NO_KIND or n < _FEWEST or n <= others or n * (all_of - of[kind]) <= others * of[kind]:
        return ""
    return f", {n} of them of the kind {_quoted(kind)}"


def _confused(rows: pd.DataFrame, criterion: Criterion) -> _Found:
    """Return the answer that most often stood where another is right."""
    wrong = rows[~rows["right"].astype(bool)]
    names = _option_names(criterion)
    if not names:
        text = f"{criterion.label}: another answer on {len(wrong)} of {counted(len(rows), 'task')}."
        again = f"{text} Read again: {criterion.help or criterion.question}"
        return _Found(len(wrong), len(wrong), FocusPoint(criterion.id, None, again))
    pairs = Counter(zip(wrong["value"], wrong["nearest"], strict=True))
    (said, right), n = pairs.most_common(1)[0]
    due = int((rows["nearest"] == right).sum())
    where = f"{counted(due, 'task')} where {_quoted(names[right][0])} is right"
    if due < _FEWEST:
        where = f"{counted(len(rows), 'task')}, where it is not right"
    again = names[right][1] or criterion.help or criterion.question
    text = f"{criterion.label}: {_quoted(names[said][0])} on {n} of {where}. Read again: {again}"
    return _Found(len(wrong), len(wrong), FocusPoint(criterion.id, None, text))


def _option_names(criterion: Criterion) -> dict[str, tuple[str, str]]:
    """Return each answer's name and description; empty where answers are not single options."""
    if isinstance(criterion, Choice):
        return {one.value: (one.name, one.descriptor) for one in criterion.options}
    return {"yes": (criterion.yes, ""), "no": (criterion.no, "")} if isinstance(criterion, YesNo) else {}


def _not_applicable(given: pd.Series, due: pd.Series, criterion: Criterion) -> Iterator[_Found]:
    """Give how often "not applicable" stood for a level, or a level for it, whichever is more frequent."""
    n, of, done, truth = max(
        (int((given & ~due).sum()), int((~due).sum()), "marked as not applicable", "it applies"),
        (int((~given & due).sum()), int(due.sum()), "rated", "it does not apply"),
    )
    if n:
        reasons = "; ".join(one.name for one in criterion.na_reasons)
        again = f" Read again when it does not apply: {reasons}." if reasons else ""
        text = f"{criterion.label}: {done} on {n} of {counted(of, 'task')} where {truth}.{again}"
        yield _Found(n, n, FocusPoint(criterion.id, None, text))


def _quoted(name: str) -> str:
    return f"\N{LEFT SINGLE QUOTATION MARK}{name}\N{RIGHT SINGLE QUOTATION MARK}"
