"""A round under each of the shipped rubrics: edits, pictures, prompts and pairs are all met."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import TaskSet, read_tasks
from evalwidgets.widgets.calibration_board import CalibrationBoard

from ..samples import ROOT, an_answer, write_picture
from .board import CAMPAIGN, NAME, REVIEWERS, open_round, press, problem, say

pytestmark = pytest.mark.usefixtures("loud_callbacks")
RUBRICS = sorted(path.name for path in (ROOT / "rubrics").glob("*.yaml"))
ROLES = {
    "image": ("image",),
    "prompt": ("image",),
    "edit": ("original", "edited"),
    "pair": ("a", "b"),
}


def tasks_for(rubric: Rubric, folder: Path) -> TaskSet:
    """Return three tasks of the rubric's kind, with pictures."""
    lines = []
    for number in range(3):
        images = {}
        for place, role in enumerate(ROLES[rubric.kind]):
            write_picture(folder / f"{number}-{role}.png", 5 * number + place)
            images[role] = f"{number}-{role}.png"
        words = {"instruction": "Add a hat", "prompt": "A hat", "guideline": "Look at the hat"}
        one = Task(id=f"k{number}", kind=rubric.kind, images=images, **words)
        lines.append(json.dumps(one.model_dump(mode="json", exclude_defaults=True)))
    (folder / "tasks.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return read_tasks(folder / "tasks.jsonl")


def answer(rubric: Rubric, task: Task, number: int) -> dict[str, object]:
    """Return what one reviewer says: gates as they let pass, then whatever is asked."""
    values: dict[str, object] = {gate.id: gate.options[0].value for gate in rubric.gates}
    for one in rubric.criteria:
        if one in rubric.asked(values, task.tags):
            values[one.id] = (
                an_answer(one, number) if one.scale else ([] if one.control != "text" else "so it is")
            )
    return values


@pytest.mark.parametrize("name", RUBRICS)
def test_a_round_of_every_rubric_can_be_held(name: str, work_store: ReviewStore, tmp_path: Path) -> None:
    """From the room to the minutes, on each task and each criterion that is shared."""
    rubric = read_rubric(ROOT / "rubrics" / name)
    tasks = tasks_for(rubric, tmp_path)
    round_ = open_round(work_store, rubric, tasks=tuple(task.id for task in tasks))
    for place, task in enumerate(tasks):
        for number, reviewer in enumerate(REVIEWERS):
            say(work_store, round_, reviewer, task.id, values=answer(rubric, task, place * number))
    board = CalibrationBoard(
        tasks, {}, rubric, work_store, campaign=CAMPAIGN, round=NAME, lead="lee", minutes_folder=tmp_path
    )

    for act in (("close_blind",), ("draw", "reviewers"), ("draw", "tasks")):
        press(board, *act)
        assert "" == problem(board)
    for task in board.meeting.order:
        press(board, "discuss", task)
        for one in board.meeting.found.compared(task):
            press(board, "choose", one)
            assert ("case", "") == (board.step, problem(board))
            assert 2 <= len(board.meeting.tally().dots) <= 3
    for act in (("open_vote",), ("close_vote",), ("reveal",), ("decide", "keep", "so"), ("go", "minutes")):
        press(board, *act)
        assert "" == problem(board)
    press(board, "conclude")

    assert (tmp_path / CAMPAIGN / f"{NAME}.html").exists()
