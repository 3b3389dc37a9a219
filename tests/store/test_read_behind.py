"""Read-behind tasks show a colleague's note with the pictures it is about, and not whose it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.review import Answer, Review
from evalwidgets.core.task import Task
from evalwidgets.errors import TaskError
from evalwidgets.store.read_behind import CRITERION_TAG, REVIEW_TAG, read_behind_tasks
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import TaskSet

from ..samples import ROOT, an_edit
from .samples import a_review, a_rubric

TASKS = TaskSet([an_edit("t1", sensitive=True, content_note="A wound."), an_edit("t2", source="s")], Path())
RUBRIC = a_rubric()


def noted(reviewer: str, task: str = "t1", note: str = "The hat is blue.", **more: Any) -> Review:
    """Return a review with one note."""
    return a_review(reviewer=reviewer, task=task, answers={"accuracy": Answer(value=2, note=note)}, **more)


def drawn(reviews: list[Review], **options: Any) -> TaskSet:
    """Return what is read of these reviews."""
    return read_behind_tasks(reviews, TASKS, RUBRIC, **{"count": 1, **options})


def test_a_note_stands_with_its_criterion_level_and_pictures() -> None:
    """Instruction, pictures and warning are the task's own; nothing names the colleague."""
    (task,) = drawn([noted("ana-amber")])

    assert "Accuracy, given as 2 Level:\n“The hat is blue.”" == task.guideline
    assert (TASKS["t1"].images, TASKS["t1"].instruction) == (task.images, task.instruction)
    assert (True, "A wound.", "t1") == (task.sensitive, task.content_note, task.source)
    assert "ana" not in task.model_dump_json()
    assert {REVIEW_TAG: noted("ana-amber").id, CRITERION_TAG: "accuracy"} == task.tags


def test_everybody_is_read_however_little_they_write() -> None:
    """The sample is drawn for each reviewer by itself."""
    reviews = [noted("ana", f"t{n % 2 + 1}", round=f"r{n}") for n in range(20)] + [noted("ben")]

    by_share = drawn(reviews, count=None, share=0.1)
    whose = {one.id: one.reviewer for one in reviews}

    assert ["ana", "ana", "ben"] == sorted(whose[str(task.tags[REVIEW_TAG])] for task in by_share)
    assert 4 == len(drawn(reviews, count=3))
    assert ["ben"] == [whose[str(task.tags[REVIEW_TAG])] for task in drawn(reviews, reviewers=["ben"])]


def test_the_same_seed_reads_the_same_and_ids_never_change() -> None:
    """A later note moves no other out but by its own rank; another seed draws anew."""
    reviews = [noted("ana", f"t{n % 2 + 1}", round=f"r{n}") for n in range(20)]
    first = drawn(reviews, count=5)

    assert list(first) == list(drawn(reviews[::-1], count=5))
    more = drawn([*reviews, noted("ana", round="r99")], count=5)
    assert 4 <= len({task.id for task in first} & {task.id for task in more})
    other = drawn(reviews, count=5, seed=1)
    assert {task.id for task in first} != {task.id for task in other}
    assert {task.id for task in drawn(reviews, count=20)} >= {task.id for task in other}


def test_only_answers_with_words_are_read() -> None:
    """Not skipped reviews, other rubrics, other kinds of task, or notes of blanks."""
    silent = [
        noted("ana", note="  "),
        a_review(reviewer="ben", state="skipped", reason="broken", answers={}, flags={}),
        noted("cem", rubric="image-quality"),
        noted("dan", task="t9"),
    ]

    with pytest.raises(TaskError, match="There is no note under image-edit to read behind"):
        drawn(silent)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"count": None}, "one of the two"),
        ({"share": 0.1}, "one of the two"),
        ({"count": None, "share": 0}, "above 0 and at most 1"),
        ({"count": None, "share": 1.1}, "above 0 and at most 1"),
        ({"count": 0}, "at least 1 note"),
    ],
)
def test_how_much_is_read_is_said_once(options: dict[str, Any], why: str) -> None:
    """Either a share or a count, each within its range."""
    with pytest.raises(TaskError, match=why):
        drawn([noted("ana")], **options)


def test_the_read_behind_rubric_judges_such_tasks() -> None:
    """They are of its kind, and valid tasks as a manifest would hold them."""
    rubric = read_rubric(ROOT / "rubrics" / "justification-quality.yaml")
    (task,) = drawn([noted("ana")])

    assert rubric.kind == task.kind
    assert task == Task.model_validate_json(task.model_dump_json())
