"""What the parts of the board show, as JSON for the browser: pure functions of where a round stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from evalwidgets.analysis.charts.style import signed
from evalwidgets.analysis.gold.compared import compare_with_gold
from evalwidgets.analysis.meeting.agenda import Agenda, Topic
from evalwidgets.analysis.meeting.proposal import Proposal
from evalwidgets.analysis.meeting.room import Room
from evalwidgets.core.round_state import Phase, RoundState
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

_PREVIEW = "as a reviewer will get it; nothing is kept"


def head(step: str, state: RoundState | None, problem: str, campaign: str) -> Json:
    """Return the line above everything: which round, which step, what went wrong."""
    compared = state is not None and state.phase != "blind"
    steps = [
        {"id": name, "label": label, "now": name == step, "enabled": compared or name == "room"}
        for name, label in _STEPS
        if state is not None
    ]
    title, sub = f"Campaign {campaign}", _PREVIEW if step == "preview" else ""
    if state is not None:
        title = state.round.name
        sub = f"{state.round.rubric} {state.round.rubric_version} · {PHASES[state.phase]}"
    return {
        "kind": "head",
        "step": step,
        "title": title,
        "sub": sub,
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


def plan(chosen: RoundPlan, tasks: Mapping[str, Task], shown: str | None, problem: str) -> Json:
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
        "problem": problem,
    }


def room(state: RoundState, seen: Room, *, asked: bool) -> Json:
    """Return who has submitted how much; nothing of what they answered."""
    return {
        "kind": "room",
        "finding": seen.finding,
        "deadline": _instant(state.round.deadline),
        "rows": [{name: _plain(value) for name, value in row.items()} for row in _records(seen.rows)],
        "blind": state.phase == "blind",
        "asked": asked,
        "closed": _instant(state.closed_at),
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


def _topic(one: Topic, state: RoundState, tasks: Mapping[str, Task]) -> Json:
    settled = {decision.task for decision in state.decisions}
    done = "settled" if one.task in settled else "discussed" if one.task in state.discussed else ""
    return {
        "task": one.task,
        "text": _said_of(tasks[one.task]),
        "criterion": one.criterion,
        "label": one.label,
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
        "kind": "picked",
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


def minutes(state: RoundState, agenda: Agenda, html: str, *, saved: str, asked: bool) -> Json:
    """Return the minutes as they stand, who is at the meeting, and what was not reached."""
    return {
        "kind": "minutes",
        "html": html,
        "reviewers": [{"name": name, "on": name in state.attended} for name in state.round.reviewers],
        "left": sum(task not in state.discussed for task in agenda.tasks),
        "concluded": state.phase == "concluded",
        "asked": asked,
        "saved": saved,
        "voting": state.vote is not None,
    }


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
    """Return a cell as JSON has it: numpy numbers as numbers, moments as text, nothing as None."""
    if pd.isna(value):
        return None
    if isinstance(value, datetime):
        return _instant(value)
    return value.item() if hasattr(value, "item") else value


def _instant(moment: datetime | None) -> str:
    """Return a moment for the browser, which says it in the zone of whoever looks; empty for none."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""
