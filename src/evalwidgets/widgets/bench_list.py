"""The left of the gold bench as JSON: what waits for the lead, and what happened last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from evalwidgets.analysis.gold.exposure import GoldExposure
from evalwidgets.analysis.gold.promotion import FEWEST
from evalwidgets.analysis.results import counted
from evalwidgets.core.gold_book import Candidate, Contest, Entry
from evalwidgets.core.task import Task
from evalwidgets.widgets.bench_gold import label_of, verb_of
from evalwidgets.widgets.gold_work import GoldWork

Json = dict[str, Any]
MOST_SHOWN = 6
"""Of each kind of doubtful gold, how many the list names; the rest stands in `gold_exposure`."""
MOST_NEWS = 5


class BenchFindings(NamedTuple):
    """What answers say of gold, counted once when a bench is opened."""

    worn: GoldExposure | None
    """How worn gold is; None before anybody has rated any of it."""
    reviewed: Mapping[str, int]
    """Task to how many people reviewed it, most first."""
    differences: pd.DataFrame
    """Why answers of learners differ from gold, as `Lessons.differences` tells it."""


def head(work: GoldWork, campaign: str, problem: str) -> Json:
    """Return the line above everything: whose gold, who acts, what went wrong."""
    gold = work.gold
    sub = f"{work.rubric.id} {work.rubric.version} · {len(gold)} tasks with gold · you act as {work.lead}"
    title = f"Gold of {campaign}"
    return {"kind": "head", "step": "gold", "title": title, "sub": sub, "steps": [], "problem": problem}


def listed(work: GoldWork, tasks: Iterable[Task], told: BenchFindings) -> Json:
    """Return what waits for the lead: proposals, contests, what may become gold, worn gold, the last acts."""
    groups = [
        _group("Wait for a second pair of eyes", [_of_candidate(one, work) for one in work.candidates]),
        _group("Contested", [_of_contest(one, work) for one in work.contests]),
        _flagged("Learners disagree", _disagreed(work, told.differences), work.task),
        _promising(work, told.reviewed),
        *_worn(told.worn, work.task),
        _group("Happened last", [_of_entry(one) for one in _news(work)]),
    ]
    known = sorted(task.id for task in tasks if task.kind == work.rubric.kind)
    return {
        "kind": "golds",
        "groups": [one for one in groups if one["rows"]],
        "tasks": known,
        "task": work.task,
        "quiet": not (work.candidates or work.contests),
    }


def _group(title: str, rows: list[Json], more: str = "") -> Json:
    return {"title": title, "rows": rows, "more": more}


def _of_candidate(one: Candidate, work: GoldWork) -> Json:
    what = "change" if one.gold.task in work.gold else "new gold"
    return {
        "task": one.gold.task,
        "contest": 0,
        "text": f"{what} by {one.proposed.by}: {one.proposed.reason}",
        "on": one.gold.task == work.task,
    }


def _of_contest(one: Contest, work: GoldWork) -> Json:
    said = one.contested
    on = work.contest
    return {
        "task": said.task,
        "contest": one.number,
        "text": f"{label_of(work.rubric, said.criterion)}, by {said.by}: {said.reason}",
        "on": said.task == work.task and on is not None and on.number == one.number,
    }


def _disagreed(work: GoldWork, differences: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the gold that learners do not agree with, by how many, and what the last of them said."""
    told = differences[(differences["why"] == "disagree") & differences["task"].isin(list(work.gold))]
    groups = told.groupby(["task", "criterion"], sort=False, observed=True)
    found = [
        (
            str(task),
            int(part["learner"].nunique()),
            label_of(work.rubric, str(name)),
            str(part["remark"].iloc[-1]),
        )
        for (task, name), part in groups
    ]
    found.sort(key=lambda one: -one[1])
    return [
        (task, f"{counted(n, 'learner')}, {label}{remark and ': '}{remark}")
        for task, n, label, remark in found
    ]


def _promising(work: GoldWork, reviewed: Mapping[str, int]) -> Json:
    """Return tasks that enough people reviewed and that have no gold yet."""
    gold, passed = work.gold, {*work.book.retired, *work.book.waiting}
    found = [
        (task, f"{n} people reviewed it")
        for task, n in reviewed.items()
        if n >= FEWEST and task not in gold and (task, work.rubric.id) not in passed
    ]
    return _flagged("Reviewed, no gold yet", found, work.task)


def _worn(worn: GoldExposure | None, task: str) -> list[Json]:
    if worn is None:
        return []
    missed = worn.rows[worn.rows["easily_missed"]]
    seen = worn.rows[worn.rows["over_exposed"] & ~worn.rows["easily_missed"]]
    hardest = [(str(row.task), f"{row.hardest} at first sight") for row in missed.itertuples()]
    most_seen = [
        (str(row.task), f"{row.n_people} people saw it {row.n_shown} times") for row in seen.itertuples()
    ]
    return [_flagged("Missed by most", hardest, task), _flagged("Seen too often", most_seen, task)]


def _flagged(title: str, found: list[tuple[str, str]], task: str) -> Json:
    rows = [
        {"task": name, "contest": 0, "text": text, "on": name == task} for name, text in found[:MOST_SHOWN]
    ]
    left = len(found) - MOST_SHOWN
    return _group(title, rows, f"and {left} more" if left > 0 else "")


def _news(work: GoldWork) -> list[Entry]:
    ours = [Entry(number, one) for number, one in enumerate(work.book.log, 1) if one.rubric == work.rubric.id]
    return ours[: -MOST_NEWS - 1 : -1]


def _of_entry(one: Entry) -> Json:
    text = f"{verb_of(one.event)} by {one.event.by}, {one.event.at:%Y-%m-%d}"
    return {"task": one.event.task, "contest": 0, "text": text, "on": False}
