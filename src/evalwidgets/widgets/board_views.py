"""What the parts of the board show, as JSON for the browser: pure functions of where a round stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from evalwidgets.analysis.charts.style import signed
from evalwidgets.analysis.gold.compared import compare_with_gold
from evalwidgets.analysis.meeting.agenda import Topic
from evalwidgets.analysis.meeting.proposal import Proposal
from evalwidgets.analysis.meeting.room import Room
from evalwidgets.core.criterion import Criterion, Ordinal
from evalwidgets.core.round_state import Phase, RoundState
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.widgets.findings import Findings
from evalwidgets.widgets.round_plan import FEWEST, MOST, RoundPlan

Json = dict[str, Any]
PHASES: dict[Phase, str] = {"blind": "blind phase", "meeting": "meeting", "concluded": "concluded"}
_CHARTS = (
    ("tasks", "Where they differ", "Pick a cell to open its task on that criterion."),
    ("reviewers", "Who is strict or lenient", "Pick a reviewer to see where they lie furthest from gold."),
)
_STEPS = (("room", "Room"), ("overview", "Overview"), ("case", "Tasks"), ("minutes", "Minutes"))


def head(step: str, state: RoundState | None, problem: str) -> Json:
    """Return the line above everything: which round, which step, what went wrong."""
    compared = state is not None and state.phase != "blind"
    steps = [
        {"id": name, "label": label, "now": name == step, "enabled": compared or name == "room"}
        for name, label in _STEPS
        if state is not None
    ]
    return {
        "kind": "head",
        "title": state.round.name if state else "Calibration rounds",
        "sub": f"{state.round.rubric} {state.round.rubric_version} · {PHASES[state.phase]}" if state else "",
        "steps": steps,
        "problem": problem,
    }


def rounds(states: Iterable[RoundState], campaign: str) -> Json:
    """Return the rounds of a campaign, the newest first."""
    rows = [
        {
            "name": state.round.name,
            "phase": PHASES[state.phase],
            "tasks": len(state.round.tasks),
            "reviewers": len(state.round.reviewers),
            "opened": f"{state.round.opened_at:%Y-%m-%d}",
            "decisions": len(state.decisions),
        }
        for state in states
        if state.round.mode == "calibration"
    ]
    return {"kind": "rounds", "campaign": campaign, "rounds": rows[::-1]}


def plan(chosen: RoundPlan, tasks: Mapping[str, Task], shown: str | None) -> Json:
    """Return the plan of a new round: what is chosen, what is proposed and why."""
    proposal = chosen.proposal
    proposed = [
        {
            "task": one.task,
            "text": _said_of(tasks[one.task]),
            "why": one.why,
            "shown": one.task == shown,
        }
        for one in (proposal.tasks if proposal else ())
    ]
    return {
        "kind": "plan",
        "rubric": f"{chosen.rubric.title} {chosen.rubric.version}",
        "name": chosen.name,
        "reviewers": chosen.reviewers,
        "deadline": chosen.deadline,
        "n": chosen.n,
        "range": [FEWEST, MOST],
        "criteria": [
            {"id": one.id, "label": one.label, "on": one.id in chosen.criteria}
            for one in chosen.rubric.criteria
        ],
        "proposed": proposed,
        "warnings": list(proposal.warnings) if proposal else [],
        "coverage": _covered(proposal) if proposal else [],
        "problem": chosen.problem,
    }


def room(state: RoundState, seen: Room, *, asked: bool) -> Json:
    """Return who has submitted how much; nothing of what they answered."""
    deadline = state.round.deadline
    return {
        "kind": "room",
        "finding": seen.finding,
        "deadline": f"{deadline:%A %d %B, %H:%M} UTC" if deadline else "",
        "rows": [{name: _plain(value) for name, value in row.items()} for row in _records(seen.rows)],
        "blind": state.phase == "blind",
        "asked": asked,
        "closed": f"{state.closed_at:%Y-%m-%d %H:%M} UTC" if state.closed_at else "",
        "campaign": state.round.campaign,
        "name": state.round.name,
    }


def overview(state: RoundState, found: Findings, tasks: Mapping[str, Task]) -> Json:
    """Return the headline and the agenda of the meeting."""
    topics = [_topic(one, state, tasks) for one in found.agenda.topics]
    return {
        "kind": "overview",
        "finding": found.headline.finding,
        "lines": list(found.headline.lines),
        "agenda": topics,
        "total": found.agenda.finding,
        "others": [task for task in state.round.tasks if task not in found.agenda.tasks],
    }


def charts(chosen: str) -> Json:
    """Return which charts there are beside the agenda."""
    return {
        "kind": "charts",
        "charts": [
            {"id": name, "label": label, "hint": hint, "on": name == chosen} for name, label, hint in _CHARTS
        ],
    }


def picked(chosen: Json | None) -> Json:
    """Return the tasks behind a picked reviewer, or nothing."""
    return {"kind": "picked", **chosen} if chosen else {}


def _topic(one: Topic, state: RoundState, tasks: Mapping[str, Task]) -> Json:
    settled = {decision.task for decision in state.decisions}
    done = "settled" if one.task in settled else "discussed" if one.task in state.discussed else ""
    return {
        "task": one.task,
        "text": _said_of(tasks[one.task]),
        "criterion": one.label,
        "why": one.reason,
        "minutes": one.minutes,
        "state": done,
    }


def furthest(found: Findings, reviewer: str, most: int = 6) -> Json:
    """Return the tasks on which a reviewer's first answers lie furthest from gold."""
    compared = compare_with_gold(found.ratings, found.gold, found.rubric).rows
    theirs = compared[(compared["reviewer"] == reviewer) & compared["deviation"].notna()]
    far = theirs.reindex(theirs["deviation"].abs().sort_values(ascending=False, kind="stable").index)
    rows = far[far["deviation"] != 0].drop_duplicates("task").head(most)
    said = "furthest from gold" if len(rows) else "no answer differs from gold"
    return {
        "title": f"{reviewer}: {said}",
        "tasks": [
            {
                "task": row["task"],
                "criterion": row["criterion"],
                "text": f"{found.rubric.criterion(row['criterion']).label} {signed(row['deviation'], 0)}",
            }
            for row in _records(rows)
        ],
    }


def minutes(state: RoundState, html: str, saved: str) -> Json:
    """Return the minutes as they stand, and who is at the meeting."""
    attended = state.attended or state.round.reviewers
    return {
        "kind": "minutes",
        "html": html,
        "reviewers": [{"name": name, "on": name in attended} for name in state.round.reviewers],
        "concluded": state.phase == "concluded",
        "saved": saved,
        "voting": state.vote is not None,
    }


def levels(criterion: Criterion) -> list[Json]:
    """Return what may be accepted for a criterion: value and name."""
    if isinstance(criterion, Ordinal):
        return [
            {"value": level.value, "name": f"{level.value} {level.name}"}
            for level in sorted(criterion.levels, key=lambda level: level.value)
        ]
    options = getattr(criterion, "options", ())
    if options:
        return [{"value": option.value, "name": option.name} for option in options]
    return [{"value": value, "name": str(value)} for value in criterion.scale]


def criteria_of(found: Findings, task: str, rubric: Rubric, chosen: str) -> list[Json]:
    """Return the criteria that at least two reviewers answered on a task, most divided first."""
    rated = found.spread.table.loc[[task]].iloc[0].dropna()
    apart = rated.sort_values(ascending=False, kind="stable")
    causes = {row["criterion"]: row["cause"] for row in _causes_of(found, task)}
    return [
        {
            "id": name,
            "label": rubric.criterion(str(name)).label,
            "spread": f"{share:.0%}",
            "cause": causes.get(name, ""),
            "on": name == chosen,
        }
        for name, share in apart.items()
    ]


def suggestion(found: Findings, task: str, criterion: str) -> Json | None:
    """Return the suggested cause of a disagreement with its reason, or None."""
    for row in _causes_of(found, task):
        if row["criterion"] == criterion:
            return {"cause": row["cause"], "reason": found.without_names(row["reason"], task)}
    return None


def _causes_of(found: Findings, task: str) -> list[Json]:
    rows = found.causes.rows
    return _records(rows[rows["task"] == task])


def _said_of(task: Task) -> str:
    return task.instruction or task.prompt or task.guideline


def _covered(proposal: Proposal) -> list[Json]:
    """Return, by criterion and kind of task, how many proposed tasks have each level."""
    return [
        {
            "label": str(label),
            "cells": [
                {"level": str(row["level"]), "n": int(row["n"]), "left": int(row["left"])}
                for row in _records(part)
            ],
        }
        for label, part in proposal.coverage.groupby("label", sort=False)
    ]


def _records(table: pd.DataFrame) -> list[Json]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    """Return a cell as JSON has it: numpy numbers as numbers, times as text, nothing as None."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%H:%M}"
    return value.item() if hasattr(value, "item") else value
