"""A round for the lead's board, answered without panels; acts as the page sends them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.round import RE_VOTE, Round
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_part import narrowed
from evalwidgets.core.vote import vote_key
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.widgets.board_part import BoardPart
from evalwidgets.widgets.calibration_board import CalibrationBoard

from .page import send

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CAMPAIGN = "spring"
NAME = "r2"
REVIEWERS = ("ana-amber", "ben-birch", "cem-cedar")
TASKS = ("t00", "t01", "t03")
LEVELS = {"t00": (1, 4, 5), "t01": (4, 4, 4), "t03": (2, 3, 5)}
"""Task to what each reviewer says of adherence."""
_NUMBERS = count(1)


def open_round(store: ReviewStore, rubric: Rubric, **changes: Any) -> Round:
    """Open a round of three tasks and three reviewers, as the board would."""
    part = narrowed(rubric, changes.get("criteria", ()))
    store.remember_rubric(part)
    facts: dict[str, Any] = {
        "campaign": CAMPAIGN,
        "name": NAME,
        "rubric": part.id,
        "rubric_version": part.version,
        "rubric_hash": part.hash,
        "tasks": TASKS,
        "reviewers": REVIEWERS,
        "lead": "lee",
        "opened_at": NOON,
    }
    return store.rounds.open(Round(**{**facts, **changes})).round


def say(store: ReviewStore, round_: Round, reviewer: str, task: str, **more: Any) -> Review:
    """Store what a reviewer says of a task; `values` and `notes` by criterion."""
    values, notes = more.pop("values", {}), more.pop("notes", {})
    answers = {name: Answer(value=value, note=notes.get(name, "")) for name, value in values.items()}
    at = NOON + timedelta(minutes=next(_NUMBERS))
    facts: dict[str, Any] = {
        "id": str(uuid4()),
        "campaign": round_.campaign,
        "round": round_.name,
        "task": task,
        "task_hash": "a" * 64,
        "rubric": round_.rubric,
        "rubric_version": round_.rubric_version,
        "rubric_hash": round_.rubric_hash,
        "reviewer": reviewer,
        "answers": answers,
        "shown_at": at,
        "submitted_at": at + timedelta(seconds=30),
        "seconds": 30,
    }
    return store.submit(Review(**{**facts, **more}))


def say_all(
    store: ReviewStore, round_: Round, levels: Mapping[str, Iterable[int]] = LEVELS, **more: Any
) -> None:
    """Let every reviewer say something of every task: `levels` of adherence, all else alike."""
    for task, theirs in levels.items():
        for reviewer, level in zip(round_.reviewers, theirs, strict=True):
            values = {"safety": "ok", "change": "yes", "adherence": level, "quality": 4}
            notes = {"adherence": f"note {level} of {task}"} if level < 3 else {}
            say(store, round_, reviewer, task, **{"values": values, "notes": notes, **more})


def vote(store: ReviewStore, round_: Round, reviewer: str, level: int) -> Review:
    """Let a reviewer vote in the re-vote that is open on adherence."""
    state = store.rounds[round_.campaign, round_.name]
    task = state.votes[-1].task
    (before,) = store.reviews(round_.campaign, round_.name, reviewer, task=task)
    values = {**before.values, "adherence": level}
    again = {"revision": before.revision + 1, "reason": RE_VOTE, "id": vote_key(state, reviewer)}
    return say(store, round_, reviewer, task, values=values, **again)


def a_gold(task: str, accepted: Any, rubric: str = "every-control", **answer: Any) -> Gold:
    """Return gold for the adherence of a task."""
    known = GoldAnswer(accepted=accepted, rationale=f"why gold of {task}", **answer)
    return Gold(task=task, rubric=rubric, rubric_version="1.0.0", answers={"adherence": known})


GOLD = {"t00": a_gold("t00", (4, 5)), "t01": a_gold("t01", (1,)), "t03": a_gold("t03", (3,))}


def press(board: CalibrationBoard, act: str, *said: Any, part: BoardPart | None = None) -> None:
    """Report an act as the page does when the lead presses a button."""
    send(part or board._display.page, {"type": "act", "n": 1, "act": act, "said": list(said)})


def shown(board: CalibrationBoard) -> dict[str, Any]:
    """Return everything that the parts of a board show."""
    display = board._display
    views = {name: getattr(display, name).view for name in ("head", "page", "case", "talk")}
    if board.step in ("overview", "case"):
        views["drawing"] = {
            name: value
            for name, value in display.drawing.chart.items()
            if name in ("picks", "finding", "svg")
        }
    if board.step in ("plan", "case"):
        views["scene"] = display.stage.scene
    return views


def problem(board: CalibrationBoard) -> str:
    """Return what the board says went wrong."""
    return str(board._display.head.view["problem"])
