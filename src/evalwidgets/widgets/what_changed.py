"""Before the work goes on: what changed in the rubric, asked of those who know the old one."""

from __future__ import annotations

from typing import TypeVar

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_events import Published
from evalwidgets.core.rubric_part import narrowed
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.changes_quiz import ChangesQuiz, changes_course
from evalwidgets.widgets.review_panel import ReviewPanel

P = TypeVar("P", bound=ReviewPanel)


def ask_what_changed(panel: P, tasks: TaskSet, store: ReviewStore) -> P:
    """Let a panel stand behind the quiz on what changed, for whom it is due, and return it.

    Parameters
    ----------
    panel : ReviewPanel
        The panel; its reviewer may not be known yet.
    tasks : TaskSet
        Where the tasks of the quiz are looked for; it may hold more than the panel shows.
    store : ReviewStore
        Where the published versions are, and where the quiz is kept.
    """

    def ask(reviewer: str) -> None:
        session = panel.session
        rubric = _as_changed(
            session.rubric, store.versions[session.campaign].versions.get(session.rubric.id, ())
        )
        course = changes_course(tasks, rubric, store, session.campaign, reviewer)
        if course is None:
            return

        def go_on() -> None:
            panel.come_back()
            quiz.close()

        quiz = ChangesQuiz(course, reviewer, go_on)
        panel.stand_behind(quiz)

    panel.on_reviewer(ask)
    return panel


def _as_changed(rubric: Rubric, versions: tuple[Published, ...]) -> Rubric:
    """Return the rubric with the criteria only that any version changed: a quiz asks no more."""
    known = {one.id for one in rubric.criteria}
    changed = {name for one in versions for name in one.criteria if name in known}
    return narrowed(rubric, [one.id for one in rubric.criteria if one.id in changed])
