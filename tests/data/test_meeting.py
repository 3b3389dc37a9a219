"""The second simulated round waits for its meeting: all submitted, still blind, one cause a task."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pandas as pd
import pytest

from evalwidgets.analysis.causes.causes import Causes, suggest_causes
from evalwidgets.analysis.labels import task_labels
from evalwidgets.core.check import check
from evalwidgets.core.review import Review
from evalwidgets.core.round_state import RoundState
from evalwidgets.store.reviews import open_store
from evalwidgets.store.tables import gold_table

from .conftest import Demo

PLACE = ("demo-simulated", "demo-meeting")


@pytest.fixture(scope="module")
def state(demo: Demo) -> RoundState:
    """Return where the round stands in the demo's store."""
    with open_store(demo.folder / "reviews.db") as store:
        return store.rounds[PLACE]


@pytest.fixture(scope="module")
def ratings(demo: Demo) -> pd.DataFrame:
    """Return the round's ratings from the demo's store."""
    with open_store(demo.folder / "reviews.db") as store:
        return store.ratings(*PLACE, current=False)


@pytest.fixture(scope="module")
def causes(demo: Demo, ratings: pd.DataFrame) -> Causes:
    """Return what is suggested for the round."""
    labels = task_labels(demo.tasks.where(kind="edit"))
    return suggest_causes(ratings, demo.rubric("image-edit"), gold_table(demo.gold), labels)


def planted(demo: Demo) -> dict[str, Any]:
    """Return what was planted in the round."""
    return dict(demo.truth["meeting"])


def cause_of(causes: Causes, task: str, criterion: str) -> tuple[str, set[str], str]:
    """Return the suggested cause, whom it is about and on which tag."""
    row = causes.rows[(causes.rows["task"] == task) & (causes.rows["criterion"] == criterion)].iloc[0]
    return row["cause"], set(row["reviewers"]), row["tag"]


def test_the_round_is_open_and_blind(demo: Demo, state: RoundState) -> None:
    """A newcomer can close it at once: ten tasks, eight reviewers, the whole rubric as it is now."""
    assert (state.phase, state.round.mode, state.round.criteria) == ("blind", "calibration", ())
    assert (len(state.round.tasks), len(state.round.reviewers)) == (10, 8)
    assert state.round.rubric_hash == demo.rubric("image-edit").hash
    assert f"{state.round.opened_at:%Y-%m}" == "2026-10"


def test_all_have_submitted_but_one_review(demo: Demo) -> None:
    """Everybody has done all tasks, apart from the one review that is said to be missing."""
    with open_store(demo.folder / "reviews.db") as store:
        progress = store.rounds.progress(*PLACE).set_index("reviewer")
    reviewer, task = planted(demo)["missing"]

    assert progress["done"].to_dict() == {name: 9 if name == reviewer else 10 for name in progress.index}
    assert task in planted(demo)["tasks"]


def test_every_review_of_the_meeting_passes_the_check(demo: Demo) -> None:
    """Nothing that a reviewer must say is missing, and every note says what and where."""
    rubric = demo.rubric("image-edit")
    reviews = [Review(**line) for line in demo.lines("meeting_reviews.jsonl")]
    problems = [
        (one.task, one.reviewer, problem.message)
        for one in reviews
        for problem in check(rubric, one, demo.tasks[one.task])
    ]

    assert problems == []


def test_reviews_come_after_the_opening_and_before_the_deadline(demo: Demo, state: RoundState) -> None:
    """Nobody answered before the round was open or too late, and no two reviews share an id."""
    reviews = [Review(**line) for line in demo.lines("meeting_reviews.jsonl")]
    shown, submitted = min(one.shown_at for one in reviews), max(one.submitted_at for one in reviews)

    assert state.round.deadline is not None
    assert state.round.opened_at < shown < submitted < state.round.deadline
    assert len({one.id for one in reviews} | {one.id for one in demo.reviews}) == len(reviews) + len(
        demo.reviews
    )


def test_tasks_come_from_different_sources(demo: Demo) -> None:
    """No two tasks of the round show the same scene, and most edit types are there."""
    tasks = [demo.tasks[name] for name in planted(demo)["tasks"]]

    assert Counter(task.source for task in tasks).most_common(1)[0][1] == 1
    assert len({task.tags["edit_type"] for task in tasks}) >= 6


def test_the_camp_is_found_on_the_shadow_tasks(demo: Demo, causes: Causes) -> None:
    """On each shadow task, both criteria: the rule is unclear, the same two on the same tag."""
    camp = planted(demo)["camp"]
    found = [
        cause_of(causes, task, criterion)
        for task in camp["tasks"]
        for criterion in ("instruction_adherence", "preservation")
    ]

    assert len(camp["tasks"]) >= 3
    assert all(demo.tasks[task].tags.get("shadow") for task in camp["tasks"])
    assert found == [("rule_unclear", set(camp["reviewers"]), "shadow")] * len(found)


def test_each_planted_cause_is_suggested(demo: Demo, causes: Causes) -> None:
    """The slip, the doubtful gold, the two readings of an instruction and the hard task get their names."""
    truth = planted(demo)
    slip, suspect, readings = truth["slip"], truth["gold_suspect"], truth["two_readings"]

    assert cause_of(causes, slip["task"], slip["criterion"])[:2] == ("slip", {slip["reviewer"]})
    assert cause_of(causes, suspect["task"], suspect["criterion"])[0] == "gold_suspect"
    assert cause_of(causes, readings["task"], "feasibility")[:2] == (
        "new_pattern",
        set(readings["reviewers"]),
    )
    assert cause_of(causes, truth["hard"], "preservation")[0] == "hard_task"


def test_the_long_round_is_not_touched(demo: Demo) -> None:
    """Its reviews are those of its own file, and it is no round that was opened as one."""
    with open_store(demo.folder / "reviews.db") as store:
        stored = store.reviews(round="demo-calibration")
        opened = store.rounds.names("demo-simulated")

    assert len(stored) == len(demo.reviews)
    assert opened == ["demo-meeting"]


def test_the_notes_speak_of_both_sides(demo: Demo) -> None:
    """On a shadow task those who rate low and those who rate high say why."""
    task = planted(demo)["camp"]["tasks"][0]
    answers = [
        line["answers"]["instruction_adherence"]
        for line in demo.lines("meeting_reviews.jsonl")
        if line["task"] == task
    ]
    noted = {answer["value"] for answer in answers if answer["note"]}

    assert min(noted) <= 3
    assert max(noted) >= 4


def test_the_round_in_the_file_is_the_one_in_the_store(demo: Demo, state: RoundState) -> None:
    """The file beside the reviews tells the same round, seeds and deadline included."""
    told = json.loads((demo.folder / "meeting_round.json").read_text(encoding="utf-8"))

    assert told == state.round.model_dump(mode="json")
