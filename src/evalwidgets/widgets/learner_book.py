"""A learner's book: what a store tells of one learner at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property

from evalwidgets.core.boundary import Boundary, boundaries, lacking_gold, sides
from evalwidgets.core.gold_pool import GoldPool
from evalwidgets.core.lesson import LessonMode
from evalwidgets.core.lesson_state import LessonState
from evalwidgets.core.mastery import Mastery, mastery_of
from evalwidgets.core.refresher import asked_for, due_or_weak, missed_boundaries
from evalwidgets.core.review import Review
from evalwidgets.core.round import RE_VOTE
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.trial import Trial, trials_of
from evalwidgets.widgets.course import Course

AWAY = timedelta(hours=24)
"""How long nobody may have judged before a check-in is offered."""
_TRAINS: frozenset[LessonMode] = frozenset({"practice", "check_in"})
"""Lessons whose answers tell what is mastered: neither the first tries nor exams, whose gold stays closed."""


class LearnerBook:
    """Reads once what a learner has done so far, and says what follows from it.

    Parameters
    ----------
    course : Course
        What is taught.
    learner : str
        Whose book it is.
    """

    def __init__(self, course: Course, learner: str) -> None:
        self.course, self.learner, self.at = course, learner, course.now()
        store, campaign = course.store, course.campaign
        self.lessons = store.lessons.of(campaign, learner)
        self.gold = course.gold
        self._reviews: dict[str, list[Review]] = defaultdict(list)
        everything = store.reviews(campaign, reviewer=learner, current=False, lessons=True)
        for review in everything:
            self._reviews[review.round].append(review)
        self.last_at = max((review.submitted_at for review in everything), default=None)

    @cached_property
    def pool(self) -> GoldPool:
        """The gold for practice and for exams.

        What a round asks that is still blind is not practised: its answers would be gold's.
        """
        pool = self.course.pool
        blind = {task for one in self._rounds if one.phase == "blind" for task in one.round.tasks}
        return GoldPool(practice=tuple(name for name in pool.practice if name not in blind), exam=pool.exam)

    @property
    def day(self) -> str:
        """The date by which lessons are named, in UTC."""
        return f"{self.at:%Y-%m-%d}"

    @property
    def is_away(self) -> bool:
        """Whether the learner comes back after a day or more."""
        return self.last_at is not None and self.at - self.last_at >= AWAY

    def named(self, name: str) -> LessonState | None:
        """Return where a lesson stands; None when it was never begun."""
        return next((one for one in self.lessons if one.lesson.name == name), None)

    def of_mode(self, *modes: LessonMode) -> list[LessonState]:
        """Return the lessons of these modes, first begun first."""
        return [one for one in self.lessons if one.lesson.mode in modes]

    def reviews_of(self, state: LessonState) -> list[Review]:
        """Return the first reviews of a lesson, in order."""
        return [review for review in self._reviews[state.lesson.name] if review.revision == 1]

    @property
    def open_lessons(self) -> list[LessonState]:
        """The lessons that are not over, the one that was worked on last at the end.

        Practice is of one day: yesterday's is not gone on with. Nor is what began under another
        form of the rubric.
        """
        going = [one for one in self.lessons if one.ended_at is None and self._is_live(one)]
        return sorted(going, key=self._last_work)

    def going(self, mode: LessonMode) -> LessonState | None:
        """Return the lesson of this mode that is not over; None without one."""
        found = [one for one in self.open_lessons if one.lesson.mode == mode]
        return found[-1] if found else None

    @property
    def trained(self) -> list[Review]:
        """All reviews that tell what is mastered, in order; of a check-in only once it is over."""
        told = [one for one in self.of_mode(*_TRAINS) if one.ended_at or one.lesson.mode == "practice"]
        reviews = [review for one in told for review in self.reviews_of(one)]
        return sorted(reviews, key=lambda review: review.submitted_at)

    @cached_property
    def seen(self) -> frozenset[str]:
        """The tasks that an exam may not hold any more.

        Worked on, opened, or of a round that this person took part in or led; and those on
        whose gold they had a hand.
        """
        store, campaign = self.course.store, self.course.campaign
        worked = store.lessons.seen(campaign, self.learner)
        opened = {one.task for one in store.openings.read(campaign=campaign, reviewer=self.learner)}
        discussed = {task for one in self._rounds if one.phase != "blind" for task in one.round.tasks}
        handled = {event.task for event in store.gold[campaign].log if event.by == self.learner}
        written = {name for name, one in self.gold.items() if one.by == self.learner}
        return worked | opened | discussed | handled | written

    @property
    def standing(self) -> dict[Boundary, Mastery]:
        """Where the learner stands at every boundary."""
        return self.standing_after(self.trained)

    @property
    def teachable(self) -> frozenset[Boundary]:
        """The boundaries that can be mastered with the gold of the practice pool."""
        golds = [self.gold[name] for name in self.pool.practice]
        every = boundaries(self.course.rubric)
        return frozenset(every) - lacking_gold(self.course.rubric, golds).keys()

    def standing_after(
        self, reviews: Iterable[Review], at: datetime | None = None
    ) -> dict[Boundary, Mastery]:
        """Return where the learner stands after these reviews."""
        return mastery_of(self.course.rubric, self.trials(reviews), at or self.at)

    def trials(self, reviews: Iterable[Review]) -> list[Trial]:
        """Return the trials in these reviews that gold of the practice pool decides."""
        pool = set(self.pool.practice)
        found = [review for review in reviews if review.task in pool]
        return [trial for one in found for trial in trials_of(self.course.rubric, one, self.gold[one.task])]

    # What should be refreshed ---------------------------------------------------------

    @property
    def asked(self) -> tuple[Boundary, ...]:
        """What a lead wants refreshed, as far as no refresher has held it since."""
        found: dict[Boundary, None] = {}
        for state in self._closed_rounds:
            for one in state.decisions:
                wanted = asked_for(self.course.rubric, [one], self.learner, self.gold)
                found |= dict.fromkeys(each for each in wanted if not self._refreshed(each, one.at))
        return self._taught(found)

    @property
    def missed_in_rounds(self) -> tuple[Boundary, ...]:
        """What the learner's blind answers in closed rounds missed and no refresher has held since."""
        chosen = self.course.refresh_from
        found: dict[Boundary, None] = {}
        for state in self._closed_rounds:
            if state.closed_at is None or chosen not in (None, state.round.name):
                continue
            blind = [one for one in self._reviews[state.round.name] if one.reason != RE_VOTE]
            missed = missed_boundaries(self.course.rubric, blind, self.gold)
            found |= dict.fromkeys(one for one in missed if not self._refreshed(one, state.closed_at))
        return self._taught(found)

    @property
    def focus(self) -> tuple[Boundary, ...]:
        """What a refresher of now is about: asked for by a lead, else missed in a round, else due or weak."""
        return self.asked or self.missed_in_rounds or self._taught(due_or_weak(self.standing))

    # Inner workings -------------------------------------------------------------------

    @cached_property
    def _rounds(self) -> list[RoundState]:
        """The rounds of the campaign that this learner takes part in, or leads."""
        rounds, campaign = self.course.store.rounds, self.course.campaign
        states = [rounds[campaign, name] for name in rounds.names(campaign)]
        return [one for one in states if self.learner in (*one.round.reviewers, one.round.lead)]

    @property
    def _closed_rounds(self) -> list[RoundState]:
        """Those whose blind phase is over."""
        return [one for one in self._rounds if one.phase != "blind"]

    def _taught(self, wanted: Iterable[Boundary]) -> tuple[Boundary, ...]:
        """Return those for which there is gold to practise on."""
        rubric, gold = self.course.rubric, self.gold
        decided = {one for name in self.pool.practice for one in sides(rubric, gold[name])}
        return tuple(one for one in wanted if one in decided)

    def _refreshed(self, boundary: Boundary, since: datetime) -> bool:
        key = (boundary.criterion, boundary.lower)
        return any(key in one.lesson.focus and one.lesson.began_at > since for one in self.lessons)

    def _is_live(self, state: LessonState) -> bool:
        lesson = state.lesson
        today = lesson.mode != "practice" or f"{lesson.began_at:%Y-%m-%d}" == self.day
        return today and lesson.rubric_hash == self.course.rubric.hash

    def _last_work(self, state: LessonState) -> datetime:
        done = [review.submitted_at for review in self._reviews[state.lesson.name]]
        return max([state.lesson.began_at, *done])
