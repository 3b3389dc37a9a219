"""The order of the tasks and which are done, as a value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.review import Review
from evalwidgets.core.way import Way

from .sessions import NOON

ORDER = ("a", "b", "c", "d")


def a_review(task: str, state: str = "submitted", revision: int = 1, seconds: float = 10) -> Review:
    """Return a review of a task."""
    return Review.model_validate(
        {
            "id": "12345678-1234-4234-8234-123456789abc",
            **dict.fromkeys(("campaign", "round", "rubric", "rubric_version", "reviewer"), "x"),
            "task": task,
            "task_hash": "a" * 64,
            "rubric_hash": "b" * 64,
            "revision": revision,
            "state": state,
            "shown_at": NOON,
            "submitted_at": NOON,
            "seconds": seconds,
        }
    )


@given(done=st.sets(st.sampled_from(ORDER)), start=st.integers(0, 3))
def test_the_next_open_task_is_never_a_done_one(done: set[str], start: int) -> None:
    """It is the first undone one from the place on, round the end; with all done there is none."""
    way = Way(ORDER, map(a_review, done))
    turned = [name for name in (*ORDER[start:], *ORDER[:start]) if name not in done]

    assert (turned[0] if turned else None) == way.next_open(start)
    assert [name for name in turned if name != ORDER[start]] == way.upcoming(ORDER[start], 9)


def test_the_end_is_a_place_of_its_own() -> None:
    """From there one step back is the last task, and no step leads on."""
    way = Way(ORDER, ())

    assert (4, "d", None) == (way.place(None), way.beside(None, -1), way.beside(None, 1))
    assert (None, "b") == (way.beside("a", -1), way.beside("a", 1))


def test_progress_counts_the_latest_review_of_each_task() -> None:
    """A task that was skipped and then judged is done once."""
    way = Way(ORDER, [a_review("a", revision=2), a_review("a", "skipped"), a_review("b", "skipped")])

    progress = way.progress("c")

    assert (1, 1, 4, 3, 2) == (
        progress.done,
        progress.skipped,
        progress.total,
        progress.position,
        progress.left,
    )
    assert (10, 20) == (progress.pace, progress.seconds_left)
