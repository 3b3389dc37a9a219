"""More like this: tasks that resemble one by their tags, edit type, measured evidence and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.results import listed
from evalwidgets.analysis.words import WordWeights
from evalwidgets.core.task import Task
from evalwidgets.errors import RatingsError, UnknownName

GROUNDS = ("tags", "edit_type", "evidence", "words")
_EDIT_TYPE = "edit_type"
_ALIKE = 0.85
"""Evidence that agrees so far is called alike."""
_SHARED_WORDS = 3


class Similar:
    """Finds the tasks nearest to one; what can be counted before is counted when it is made.

    Parameters
    ----------
    facts : DataFrame
        One row a task: `task` (a column or the index), and the columns that `tags` names.
    texts : mapping of task to str
        The words of each: its instruction and what reviewers noted.
    tags : sequence of str
        Columns that are compared by equality; one of lists by what they share. The tag
        `edit_type` is a ground of its own.
    evidence : DataFrame, optional
        `task` and numbers measured of each edit; compared by rank, so that no unit and no
        outlier counts for more.

    Notes
    -----
    Each ground is a number from 0 to 1 and the score their plain mean. A ground that one of
    two tasks lacks does not count for them, and `why` says so: a task of few grounds
    can look nearer than it is.
    """

    def __init__(
        self,
        facts: pd.DataFrame,
        texts: Mapping[str, str],
        tags: Sequence[str],
        evidence: pd.DataFrame | None = None,
    ) -> None:
        facts = _by_task(facts, "facts")
        unknown = next((name for name in tags if name not in facts), None)
        if unknown is not None:
            raise UnknownName("tag", unknown, facts.columns, "facts")
        self._tasks = pd.Index(facts["task"].astype(str))
        self._tags = {name: _TagColumn(facts[name]) for name in tags if name != _EDIT_TYPE}
        self._edit_type = _TagColumn(facts[_EDIT_TYPE]) if _EDIT_TYPE in tags else None
        self._words = WordWeights([texts.get(task, "") for task in self._tasks])
        self._ranks = _ranks(self._tasks, evidence)

    def nearest(self, task: str, top: int = 20) -> pd.DataFrame:
        """Return the tasks most like one, the nearest first; itself is not among them.

        Returns
        -------
        DataFrame
            `task, score, why` and a column for each ground, from 0 to 1; NaN where it does
            not count.

        Raises
        ------
        UnknownName
            If there is no such task.
        """
        if task not in self._tasks:
            raise UnknownName("task", task, self._tasks)
        at = int(np.argmax(self._tasks == task))
        alike = {name: column.alike(at) for name, column in self._tags.items()}
        nothing = np.full(len(self._tasks), np.nan)
        grounds = {
            "tags": _mean(list(alike.values())) if alike else nothing,
            "edit_type": self._edit_type.alike(at) if self._edit_type else nothing,
            "evidence": _mean([1 - np.abs(rank - rank[at]) for rank in self._ranks])
            if self._ranks
            else nothing,
            "words": self._words.cosines(at),
        }
        score = np.nan_to_num(_mean(list(grounds.values())))
        score[self._tasks == task] = -1
        best = np.argsort(-score, kind="stable")[: min(max(top, 0), len(score) - 1)]
        table = pd.DataFrame({"task": self._tasks[best], "score": score[best]})
        why = [self._why(at, int(other), alike, grounds) for other in best]
        parts = {name: values[best] for name, values in grounds.items()}
        return table.assign(why=pd.Series(why, dtype=str), **parts)

    def _why(
        self, at: int, other: int, alike: Mapping[str, FloatArray], grounds: Mapping[str, FloatArray]
    ) -> str:
        """Return in a few words what two tasks share, and which ground could not be compared."""
        same = [name.replace("_", " ") for name, values in alike.items() if values[other] == 1]
        words = self._words.shared(at, other, _SHARED_WORDS)
        missing = [name.replace("_", " ") for name in GROUNDS if np.isnan(grounds[name][other])]
        said = [
            "same edit type" if grounds["edit_type"][other] == 1 else "",
            f"same {listed(same)}" if same else "",
            "evidence alike" if grounds["evidence"][other] >= _ALIKE else "",
            f"words: {', '.join(words)}" if words else "",
            f"not compared: {listed(missing)}" if missing else "",
        ]
        return "; ".join(filter(None, said))


class _TagColumn:
    """One tag of all tasks as sets of values: a single value is a set of one."""

    def __init__(self, cells: pd.Series[Any]) -> None:
        sets = [_values(cell) for cell in cells]
        self._sizes = np.array([len(one) for one in sets], dtype=float)
        rows = np.repeat(np.arange(len(sets)), self._sizes.astype(int))
        codes, values = pd.factorize(np.array([value for one in sets for value in one], dtype=object))
        self._marks = csr_array((np.ones(len(codes)), (rows, codes)), shape=(len(sets), max(len(values), 1)))

    def alike(self, at: int) -> FloatArray:
        """Return the share of common values with each task (Jaccard); NaN where one has none."""
        both = (self._marks @ self._marks[[at]].T).toarray().ravel()
        either = self._sizes + self._sizes[at] - both
        known = (self._sizes > 0) & (self._sizes[at] > 0)
        return np.where(known, both / np.maximum(either, 1), np.nan)


def _values(cell: Any) -> set[str]:
    if isinstance(cell, list | tuple | set | frozenset | np.ndarray):
        return {str(one) for one in cell}
    return set() if pd.isna(cell) or cell == "" else {str(cell)}


def _ranks(tasks: pd.Index, evidence: pd.DataFrame | None) -> list[FloatArray]:
    """Return each number that was measured as a rank from 0 to 1, in the order of the tasks."""
    if evidence is None:
        return []
    evidence = _by_task(evidence, "evidence")
    single = evidence.assign(task=evidence["task"].astype(str)).drop_duplicates("task").set_index("task")
    numbers = single.select_dtypes(["number", "bool"]).astype(float).reindex(tasks)
    ranks = (numbers.rank() - 1) / (numbers.count() - 1).clip(lower=1)
    return [ranks[name].to_numpy(dtype=float) for name in ranks if ranks[name].notna().any()]


def _by_task(table: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return a table with its tasks as a column, also where they were its index."""
    if "task" in table:
        return table
    if table.index.name == "task":
        return table.reset_index()
    msg = f"{what}: expected a column task, got {', '.join(map(str, table.columns)) or 'none'}."
    raise RatingsError(msg)


def _mean(parts: Sequence[FloatArray]) -> FloatArray:
    """Return the mean of what is there; NaN where nothing is."""
    known = np.sum([~np.isnan(part) for part in parts], axis=0)
    total = np.sum([np.nan_to_num(part) for part in parts], axis=0)
    return np.where(known > 0, total / np.maximum(known, 1), np.nan)


def find_similar(
    task: str,
    facts: pd.DataFrame | Iterable[Task],
    *,
    ratings: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    tags: Sequence[str] | None = None,
    top: int = 20,
) -> pd.DataFrame:
    """Return the tasks most like one; to ask again of the same tasks, keep a `Similar`.

    Parameters
    ----------
    task : str
        The id of the one to resemble.
    facts : DataFrame or iterable of Task
        All tasks; as a table with `task`, columns of tags, and any of `instruction, prompt`.
    ratings : DataFrame, optional
        The tidy table with `note`: the justifications.
    evidence, top
        As in `Similar`.
    tags : sequence of str, optional
        Which columns are tags; by default those of the tasks, or all columns of the table
        that are no texts.

    Raises
    ------
    UnknownName
        If there is no such task or tag.
    """
    if not isinstance(facts, pd.DataFrame):
        known = list(facts)
        names = list(dict.fromkeys(name for one in known for name in one.tags))
        rows = [
            {"instruction": one.instruction, "prompt": one.prompt, **one.tags, "task": one.id}
            for one in known
        ]
        facts = pd.DataFrame(rows, columns=["task", "instruction", "prompt", *names])
        tags = names if tags is None else tags
    if tags is None:
        tags = [name for name in facts.columns if name not in (*_TEXTS, "task", "kind", "source")]
    return Similar(facts, _texts(facts, ratings), tags, evidence).nearest(task, top)


_TEXTS = ("instruction", "prompt", "guideline", "content_note")


def _texts(facts: pd.DataFrame, ratings: pd.DataFrame | None) -> dict[str, str]:
    """Return the words of each task: what is asked, and what reviewers noted."""
    asked = facts[[name for name in _TEXTS[:2] if name in facts]].fillna("").astype(str)
    join: Callable[[Iterable[str]], str] = " ".join
    texts = dict(zip(facts["task"].astype(str), map(join, asked.to_numpy()), strict=True))
    if ratings is None or "note" not in ratings:
        return texts
    noted = ratings[ratings["note"].notna()]
    notes = noted["note"].astype(str).groupby(noted["task"].astype(str)).agg(join)
    return {task: f"{text} {notes.get(task, '')}" for task, text in texts.items()}
