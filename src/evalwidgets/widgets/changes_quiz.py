"""The quiz on what changed in a rubric: a panel that stands before the work until it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.changes_course import ChangesCourse
from evalwidgets.widgets.changes_work import ChangesWork
from evalwidgets.widgets.practice_panel import PracticePanel


class ChangesQuiz(PracticePanel):
    """A few tasks with the gold of a new version, each with feedback, and nothing else.

    Parameters
    ----------
    course : ChangesCourse
        What is new, and to whom it is shown.
    learner : str
        Who takes it.
    on_done : callable
        Called when they go on.
    """

    _work: ChangesWork

    def __init__(self, course: ChangesCourse, learner: str, on_done: Callable[[], None]) -> None:
        self._tasks, self._rubric, self._store = (
            course.task_set(tuple(course.quiz)),
            course.rubric,
            course.store,
        )
        self._campaign = course.campaign
        self._seat(ChangesWork(course, on_done), learner)
        self._page, self._feedback = self._work.view.page, self._work.view.feedback

    def begin(self) -> None:
        """Begin the quiz, or go on with it."""
        self._work.receive({"type": "begin"})

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        return (
            f"ChangesQuiz(rubric={f'{self._rubric.id} {self._rubric.version}'!r}, tasks={len(self._tasks)})"
        )


def changes_course(
    tasks: TaskSet,
    rubric: Rubric,
    store: ReviewStore,
    campaign: str,
    learner: str,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> ChangesCourse | None:
    """Return what a reviewer has to hear of a rubric before they go on; None when there is nothing.

    Nothing is due to a newcomer, to whom has used this version, to whom has taken the quiz,
    and where no version since was published with gold on tasks that are at hand.
    """
    used = store.versions_used(campaign, learner, rubric.id)
    news = store.versions[campaign].news(rubric.id, rubric.version, used)
    if not any(one.quiz for one in news):
        return None
    course = ChangesCourse(tasks, {}, rubric, store, campaign, now, news=news)
    taken = (one for one in store.lessons.of(campaign, learner) if one.lesson.mode == "changes")
    is_done = any(one.ended_at and one.lesson.rubric_version == rubric.version for one in taken)
    return None if is_done or not course.quiz else course
