"""What a round's blind answers say: for whom, about what, and with which gold."""

from __future__ import annotations

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.findings import Findings, find, gold_before, rubric_of

from .board import CAMPAIGN, GOLD, NAME, REVIEWERS, a_gold, open_round, say, say_all


@pytest.fixture
def found(work_store: ReviewStore, edits: TaskSet, every: Rubric) -> Findings:
    """Return the findings of a round."""
    say_all(work_store, open_round(work_store, every))
    return find(work_store.rounds[CAMPAIGN, NAME], work_store, edits, GOLD, every)


def test_criteria_are_compared_most_divided_first(found: Findings) -> None:
    """Where fewer than two answered there is nothing to compare."""
    assert "adherence" == next(iter(found.compared("t00")))
    assert {"safety", "change", "adherence", "quality"} == set(found.compared("t00"))
    assert 0 == found.compared("t01")["adherence"]
    assert {} == found.compared("t02")


def test_open_criteria_have_no_levels(found: Findings) -> None:
    """Sets, counts, texts and places cannot be laid out as dots."""
    without = {one.id for one in found.rubric.all if not found.has_levels(one.id)}

    assert {"defects", "number", "differs", "marked", "places"} == without


def test_gold_matters_to_a_suggestion_only_when_revealed(found: Findings) -> None:
    """All say 4 where gold says 1."""
    assert found.suggested("t01", "adherence", revealed=False) is None
    cause, reason = found.suggested("t01", "adherence", revealed=True) or ("", "")
    assert "gold_suspect" == cause
    assert "gold accepts 1" in reason


def test_names_become_the_letters_of_the_tally(found: Findings) -> None:
    """Whole names only; of a task that nobody saw nothing is changed."""
    said = f"{REVIEWERS[0]} and {REVIEWERS[1]}, not x{REVIEWERS[0]}"

    letters = found.without_names(said, "t00")

    assert f"not x{REVIEWERS[0]}" == letters.split(", ")[1]
    assert {"A", "B", "C"} > set(letters.split(", ")[0].split(" and "))
    assert said == found.without_names(said, "t02")


def test_gold_of_another_rubric_is_not_compared(
    work_store: ReviewStore, edits: TaskSet, every: Rubric
) -> None:
    """It may use the same criterion ids."""
    say_all(work_store, open_round(work_store, every))
    mixed = {"t00": GOLD["t00"], "t01": a_gold("t01", (1,), rubric="another")}

    found = find(work_store.rounds[CAMPAIGN, NAME], work_store, edits, mixed, every)

    assert ["t00"] == found.gold["task"].tolist()


def test_labels_that_tell_the_model_are_not_told(
    work_store: ReviewStore, edits: TaskSet, every: Rubric
) -> None:
    """Patterns are named by what everybody may see."""
    tagged = TaskSet(
        [one.model_copy(update={"tags": {"model": "secret-9", "light": "dusk"}}) for one in edits],
        edits.folder,
    )
    round_ = open_round(work_store, every)
    for task in round_.tasks:
        for reviewer, level in zip(REVIEWERS, (1, 5, 5), strict=True):
            say(
                work_store,
                round_,
                reviewer,
                task,
                values={"safety": "ok", "change": "yes", "adherence": level},
            )

    found = find(work_store.rounds[CAMPAIGN, NAME], work_store, tagged, {}, every)

    told = f"{found.agenda.rows.to_dict()} {found.causes.rows.to_dict()} {found.causes.task_labels}"
    assert "secret-9" not in told
    assert "dusk" in told


def test_gold_before_any_round_is_that_of_the_file(work_store: ReviewStore, every: Rubric) -> None:
    """What was given stays as it is."""
    open_round(work_store, every)

    assert GOLD == gold_before(work_store, CAMPAIGN, NAME, GOLD)
    assert GOLD == gold_before(work_store, CAMPAIGN, None, GOLD)


def test_a_rubric_that_the_store_lacks_is_told(work_store: ReviewStore, every: Rubric) -> None:
    """With those that it has."""
    round_ = open_round(work_store, every).model_copy(update={"rubric_hash": "c" * 64})

    with pytest.raises(UnknownName, match=r"Known: every-control 1\.0\.0"):
        rubric_of(round_, work_store)
