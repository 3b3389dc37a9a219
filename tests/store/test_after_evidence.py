"""What was changed after the evidence stays out of blind statistics, and is found by the audit."""

from __future__ import annotations

import pandas as pd

from evalwidgets.analysis import evidence_audit, first_revisions
from evalwidgets.core.opening import AFTER_EVIDENCE
from evalwidgets.core.review import Answer
from evalwidgets.store.reviews import ReviewStore

from .samples import NOON, a_review, an_opening

LEVELS = (1, 2, 3, 4)


def say(
    store: ReviewStore, reviewer: str, task: str, level: int, revision: int = 1, reason: str = ""
) -> None:
    """Store what a reviewer says of the accuracy of a task."""
    answers = {"accuracy": Answer(value=level)}
    store.submit(
        a_review(reviewer=reviewer, task=task, revision=revision, reason=reason, answers=answers, flags={})
    )


def look_and_change(store: ReviewStore) -> None:
    """Let ana look at the evidence of two tasks, and change one answer from 4 to 2."""
    for task in ("t1", "t2"):
        store.openings.log(an_opening(task=task))
    say(store, "ana", "t1", 2, 2, AFTER_EVIDENCE)


def votes(store: ReviewStore) -> list[list[int]]:
    """Return the votes that the store counts, by level, task by task."""
    return sorted(store.count_votes("accuracy", LEVELS).counts.tolist())


def test_blind_statistics_use_what_was_said_before_the_look(store: ReviewStore) -> None:
    """Votes that the store counts and first revisions of the table are the same before and after."""
    for reviewer, levels in (("ana", (4, 3)), ("ben", (4, 2))):
        for task, level in zip(("t1", "t2"), levels, strict=True):
            say(store, reviewer, task, level)
    before = votes(store)
    blind = first_revisions(store.ratings(current=False)).reset_index(drop=True)

    look_and_change(store)

    assert before == votes(store)
    again = first_revisions(store.ratings(current=False)).reset_index(drop=True)
    pd.testing.assert_frame_equal(blind, again)
    current = store.ratings(reviewer="ana", task="t1")
    assert [(2, AFTER_EVIDENCE)] == list(zip(current["value"], current["reason"], strict=True))


def test_the_audit_reads_the_log_and_the_reasons(store: ReviewStore) -> None:
    """Two answers were looked into, one of them went down by two levels; a covered picture is no evidence."""
    for task, level in (("t1", 4), ("t2", 3), ("t3", 3)):
        say(store, "ana", task, level)
    store.openings.log(an_opening(task="t3", kind="picture", role="edited", how="peek", opened_at=NOON))

    look_and_change(store)

    row = evidence_audit(store.ratings(current=False), store.openings.table()).overall
    assert (row["n_answers"], row["n_opened"], row["n_changed"], row["n_down"]) == (3, 2, 1, 1)
    assert row["mean_change"] == -2
