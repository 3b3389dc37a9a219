"""What a learner has mastered: boundary by boundary, by sensitivity, and due again after days.

The unit is a boundary with two sides, met in ever other tasks, so what fades is a skill and not
a fact; the ladder of 1, 3 and 7 days is given. `fsrs` (looked at: version 6) fits the forgetting of
single facts from four grades of recall and sets its own intervals; it has no place for two sides,
bias or a fixed ladder, so nothing of it would be left in use. The steps follow the literature
instead: practice distributed over days (Cepeda et al. 2006, Psychological Bulletin 132:354-380), and
adaptive, interleaved practice in which what meets a criterion of learning is retired (Mettler, Massey
and Kellman 2016, Journal of Experimental Psychology: General 145:897-917).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, PositiveInt

from evalwidgets.core.boundary import SIDES, Boundary, Side, boundaries
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.sensitivity import Detection
from evalwidgets.core.trial import Trial
from evalwidgets.core.value import Value

State = Literal["new", "learning", "mastered", "due"]


class MasteryRule(Value):
    """When a boundary counts as mastered, and when it is looked at again.

    How fast a learner answers plays no part: time is recorded, never pressed, since haste is
    what a careful reviewer should unlearn, and guessing fast cannot meet the rest of the rule.
    """

    window: PositiveInt = 12
    """How many of the latest trials count on each side, so that learning shows."""
    least: PositiveInt = 5
    """How many trials each side needs within the window: with fewer, luck looks like skill."""
    tasks: PositiveInt = 2
    """How many different tasks those must be of: a single one is learnt by heart."""
    sensitivity: float = 2.3
    """The d' to reach: no error in five trials a side, one in seven, two in twelve."""
    floor: float = 1.5
    """A mastered boundary whose d' falls below this is being learnt again; one slip does not do it."""
    run: PositiveInt = 3
    """How many trials in a row must be right at the end."""
    spacing: PositiveInt = 3
    """How many reviews after the first of those that are right in a row the last one must be."""
    ladder: Annotated[tuple[PositiveInt, ...], Field(min_length=1)] = (1, 3, 7)
    """Days until the next look: the first after mastery, the next after each success; the last repeats."""


USUAL_RULE = MasteryRule()
"""The rule with every threshold as documented."""


class Mastery(Value):
    """Where a learner stands at one boundary; the counts are those within the window."""

    boundary: Boundary
    state: State = "new"
    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    correct_rejections: int = 0
    sensitivity: float | None = None
    """d'; None before there is a trial on each side."""
    bias: float | None = None
    """Positive is lenient; None before there is a trial on each side."""
    due: AwareDatetime | None = None
    """When a mastered boundary is looked at again."""
    last_at: AwareDatetime | None = None
    """When the latest trial was."""


def mastery_of(
    rubric: Rubric, trials: Iterable[Trial], now: datetime, rule: MasteryRule = USUAL_RULE
) -> dict[Boundary, Mastery]:
    """Return where a learner stands at every boundary of the rubric.

    Parameters
    ----------
    rubric : Rubric
        The rule book.
    trials : iterable of Trial
        All trials of one learner, oldest first.
    now : datetime
        With a time zone; decides what is due.
    rule : MasteryRule
        The thresholds.

    Notes
    -----
    A mastered boundary that is missed when it is due, or whose sensitivity falls below the
    floor, is being learnt again and starts at the first step of the ladder. A miss before it
    is due counts through the sensitivity only, or nobody who rates whole sheets every day
    would keep anything.

    Who says above at random, whatever the share, masters a boundary within 200 trials in fewer
    than 1 of 100 cases (0.5 at the worst shares; the tests simulate it); who always says the
    same, never.
    """
    places: dict[str, int] = {}
    progress = {boundary: _Progress(boundary, rule) for boundary in boundaries(rubric)}
    for trial in trials:
        place = places.setdefault(trial.review, len(places))
        if trial.boundary in progress:
            progress[trial.boundary].add(trial, place)
    return {boundary: one.at(now) for boundary, one in progress.items()}


class _Progress:
    """One boundary's trials as they come in."""

    def __init__(self, boundary: Boundary, rule: MasteryRule) -> None:
        self._boundary, self._rule = boundary, rule
        self._latest: dict[Side, deque[Trial]] = {side: deque(maxlen=rule.window) for side in SIDES}
        self._run: list[int] = []  # the places of the trials that are right in a row up to now
        self._rung: int | None = None
        self._due: datetime | None = None
        self._last_at: datetime | None = None

    def add(self, trial: Trial, place: int) -> None:
        """Take in the next trial, which is part of the review at this place."""
        self._latest[trial.right].append(trial)
        if trial.correct:
            self._run.append(place)
        else:
            self._run.clear()
        self._last_at = trial.at
        if self._rung is None or self._due is None:
            if self._steady and self._sees(self._rule.sensitivity):
                self._step(0, trial.at)
        elif trial.correct:
            if trial.at >= self._due:
                self._step(min(self._rung + 1, len(self._rule.ladder) - 1), trial.at)
        elif trial.at >= self._due or not self._sees(self._rule.floor):
            self._rung = self._due = None

    def at(self, now: datetime) -> Mastery:
        """Return where the learner stands at this moment."""
        state: State = "learning" if self._last_at else "new"
        if self._due is not None:
            state = "due" if now >= self._due else "mastered"
        counts = self._counts
        return Mastery(
            boundary=self._boundary,
            state=state,
            **counts._asdict(),
            sensitivity=counts.sensitivity,
            bias=counts.bias,
            due=self._due,
            last_at=self._last_at,
        )

    def _step(self, rung: int, at: datetime) -> None:
        self._rung, self._due = rung, at + timedelta(days=self._rule.ladder[rung])

    @property
    def _counts(self) -> Detection:
        hits, rejections = (sum(one.correct for one in self._latest[side]) for side in ("above", "below"))
        return Detection(
            hits=hits,
            misses=len(self._latest["above"]) - hits,
            false_alarms=len(self._latest["below"]) - rejections,
            correct_rejections=rejections,
        )

    def _sees(self, sensitivity: float) -> bool:
        """Return whether enough trials on each side show at least this sensitivity."""
        for trials in self._latest.values():
            if len(trials) < self._rule.least or len({one.task for one in trials}) < self._rule.tasks:
                return False
        return (self._counts.sensitivity or 0) >= sensitivity

    @property
    def _steady(self) -> bool:
        """Whether the latest trials are right, and reach over more than neighbouring tasks."""
        enough = len(self._run) >= self._rule.run
        return enough and self._run[-1] - self._run[0] >= self._rule.spacing
