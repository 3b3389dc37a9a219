"""The practice panel: exemplars, practice that answers, and an exam that can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_part import with_places
from evalwidgets.core.task import Task
from evalwidgets.core.way import Progress
from evalwidgets.store.anchors import AnchorSet
from evalwidgets.store.kept_session import check_kind
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.course import Course
from evalwidgets.widgets.practice_work import PracticeWork
from evalwidgets.widgets.review_panel import ReviewPanel


class PracticePanel(ReviewPanel):
    """Where somebody learns a rubric: a page with the path, and the panel in which they work.

    It remembers nothing by itself. Lessons, answers and drafts are on disk as they happen,
    and a new panel on the same store comes up where the last one stopped. Gold stays in the
    kernel until the review that it judges is stored; exams show none at all.

    Parameters
    ----------
    tasks : TaskSet
        The tasks of the campaign; those of another kind than the rubric's are left out.
    gold : mapping of task to Gold
        As `read_gold` returns it; what the store's gold log has changed since counts.
    rubric : Rubric
        The rule book. Where it has classes of defects, lessons ask for places, too.
    store : ReviewStore
        Where lessons and reviews go.
    learner : str, optional
        Who learns, as `reviewer` in `ReviewPanel`.
    anchors : AnchorSet, optional
        The exemplars, from `read_anchors`.
    campaign : str
        The body of work. Its gold is split once into tasks to practise on and tasks for exams.
    seed : object
        Decides between tasks that serve equally well.
    exam_size : int
        Tasks of an exam; fewer than 20 never make a verdict.
    sequential : bool
        Whether an exam ends as soon as the evidence suffices.
    refresh_from : str, optional
        The calibration round from whose misses refreshers are built; by default any closed one.
    now : callable
        Source of the time.

    Raises
    ------
    TaskError
        If no task is of the kind that the rubric judges.
    """

    _work: PracticeWork

    def __init__(
        self,
        tasks: TaskSet,
        gold: Mapping[str, Gold],
        rubric: Rubric,
        store: ReviewStore,
        learner: str | None = None,
        *,
        anchors: AnchorSet | None = None,
        campaign: str = "default",
        seed: object = 0,
        exam_size: int = 20,
        sequential: bool = False,
        refresh_from: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        own = tasks.where(kind=rubric.kind)
        check_kind(own or tasks, rubric)
        asked = with_places(rubric)
        self._tasks, self._rubric, self._store, self._campaign = own, asked, store, campaign
        course = Course(
            own,
            gold,
            asked,
            store,
            campaign,
            now,
            anchors=anchors,
            seed=seed,
            exam_size=exam_size,
            sequential=sequential,
            refresh_from=refresh_from,
        )
        self._seat(PracticeWork(course), learner)
        self._page, self._feedback = self._work.view.page, self._work.view.feedback

    @property
    def task(self) -> Task | None:
        """The task that lies open; None on the page and beside feedback."""
        return self.session.current if self._work.is_open else None

    @property
    def review(self) -> Review | None:
        """The review as it stands, complete or not; None while no task lies open."""
        return self.session.review if self._work.is_open else None

    @property
    def progress(self) -> Progress:
        """How far the learner is in the lesson that lies open."""
        return self.session.progress if self._work.is_open else Progress(0, 0, len(self._tasks), 1, None)

    @property
    def data(self) -> dict[str, object]:
        """The answers given so far: criterion id to value."""
        return dict(self.session.sheet.values) if self._work.is_open else {}

    def enter(self, what: str) -> None:
        """Go through a door: tour, wall, warm_up, practice, refresher, exam or check_in."""
        self._work.enter(what)

    def go_on(self) -> None:
        """Leave the feedback for the next task."""
        self._work.go_on()

    def go_home(self) -> None:
        """Show the page."""
        self._work.go_home()

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        rubric = f"{self._rubric.id} {self._rubric.version}"
        return f"PracticePanel(rubric={rubric!r}, tasks={len(self._tasks)}, campaign={self._campaign!r})"
