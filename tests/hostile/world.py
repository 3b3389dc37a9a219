"""A campaign in which everything that people can write is a payload: for the kernel and for static pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import evalwidgets as ew
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet, read_tasks
from evalwidgets.widgets.calibration_board import CalibrationBoard

from ..samples import every_control, write_manifest
from ..widgets.board import open_round, say
from .payloads import ALL, PAYLOADS

_WRITTEN = ("title", "purpose", "label", "question", "name", "descriptor", "because", "help", "example")
REVIEWERS = tuple(f"ana {PAYLOADS[number]}" for number in (1, 2, 12))
ROUND = f"r2 {PAYLOADS[0]}"
TASKS = ("t00", "t01", "t03")


def hostile_rubric() -> Rubric:
    """Return a rubric with a payload behind each of its texts."""

    def spoiled(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: spoiled(inner, name) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [spoiled(inner) for inner in value]
        return f"{value} {ALL}" if key in _WRITTEN and isinstance(value, str) else value

    plain = every_control().model_dump(mode="json", by_alias=True, exclude_unset=True)
    return Rubric.model_validate(spoiled(plain))


class World:
    """Tasks, rubric, gold and a round, all of them hostile, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rubric = hostile_rubric()
        words = {"instruction": ALL, "prompt": ALL, "guideline": ALL, "content_note": ALL, "source": ""}
        self.tasks: TaskSet = read_tasks(write_manifest(folder / "tasks", 6, **words, tags={"model": ALL}))
        self.store: ReviewStore = ew.open_store(folder / "reviews.db")
        round_ = open_round(self.store, self.rubric, name=ROUND, reviewers=REVIEWERS, tasks=TASKS, note=ALL)
        levels = {"t00": (1, 4, 5), "t01": (4, 4, 4), "t03": (2, 3, 5)}
        values = {"safety": "ok", "change": "yes", "quality": 4, "differs": ALL}
        for task, theirs in levels.items():
            for reviewer, level in zip(REVIEWERS, theirs, strict=True):
                notes = {"adherence": ALL, "quality": ALL}
                answers = {**values, "adherence": level}
                more = {"flags": {"edge_case": ALL}, "note": ALL}
                say(self.store, round_, reviewer, task, values=answers, notes=notes, **more)
        answer = GoldAnswer(accepted=(4, 5), rationale=ALL)
        self.gold = {
            task: Gold(
                task=task,
                rubric="every-control",
                rubric_version="1.0.0",
                answers={"adherence": answer},
                rationale=ALL,
            )
            for task in TASKS
        }

    def panel(self) -> ew.ReviewPanel:
        """Return a reviewer's panel."""
        return ew.ReviewPanel(self.tasks, self.rubric, self.store, REVIEWERS[1])

    def board(self) -> CalibrationBoard:
        """Return a board on the round."""
        facts = {"campaign": "spring", "round": ROUND, "lead": f"lee {PAYLOADS[3]}"}
        return CalibrationBoard(
            self.tasks, self.gold, self.rubric, self.store, minutes_folder=self.folder / "minutes", **facts
        )

    def settled(self) -> CalibrationBoard:
        """Return a board on the round after a meeting in which much was said."""
        board = self.board()
        for act, *said in (
            ("close_blind",),
            ("discuss", "t00", "adherence"),
            ("reveal",),
            ("confirm", "rule_unclear"),
            ("decide", "gap", ALL, [], ""),
            ("decide", "gold", ALL, [3, 4], ""),
            ("decide", "refresher", ALL, [], REVIEWERS[1]),
            ("remark", ALL, True),
            ("remark", ALL, False),
            ("attend", list(REVIEWERS[:2])),
        ):
            board.act(act, *said)
        return board
