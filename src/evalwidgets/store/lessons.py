"""Lessons: what each learner sat down to, told by a log that only grows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, insert, select, union

from evalwidgets.core.lesson import Lesson
from evalwidgets.core.lesson_events import Began, Judged, LessonEvent, lesson_event_from_json
from evalwidgets.core.lesson_state import LessonState, replay_lesson
from evalwidgets.errors import RoundError, UnknownName
from evalwidgets.store.engine import Doors
from evalwidgets.store.rows import clean_keys, packed, sha256
from evalwidgets.store.schema import draft, lesson_event, review, round_event, server_time

if TYPE_CHECKING:
    import pandas as pd

_ADD = insert(lesson_event).values(stored_at=server_time())
_LOG = select(lesson_event.c.round, lesson_event.c.payload).order_by(lesson_event.c.seq)
DIFFERENCES = ("learner", "lesson", "mode", "task", "criterion", "why", "remark", "at")
"""Columns of `Lessons.differences`."""
RESULTS = ("learner", "lesson", "mode", "verdict", "n_tasks", "rate", "low", "high", "at")
"""Columns of `Lessons.results`."""


class Lessons:
    """The lessons of a store, each learner's in the order in which they began.

    Each event is checked against the log inside the transaction that adds it.
    """

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def begin(self, lesson: Lesson) -> LessonState:
        """Begin a lesson and return where it stands.

        Raises
        ------
        RoundError
            If the learner has a lesson of this name, or the campaign a round.
        """
        began = Began(at=lesson.began_at, lesson=lesson)
        return self.log(lesson.campaign, lesson.learner, lesson.name, began)

    def log(self, campaign: str, learner: str, name: str, event: LessonEvent) -> LessonState:
        """Add an event to a lesson's log and return where the lesson stands then.

        Raises
        ------
        RoundError
            If the event cannot happen now; nothing is stored.
        UnknownName
            If the learner has no such lesson.
        """
        place = clean_keys(campaign=campaign, reviewer=learner, round=name)
        payload = packed(event, f"The event {event.kind!r}")

        def work(connection: Connection) -> LessonState:
            state = _after(connection, place, event)
            seq = _last(connection, place) + 1
            row = {**place, "seq": seq, "kind": event.kind}
            connection.execute(_ADD, {**row, "payload": payload, "payload_hash": sha256(payload)})
            return state

        return self._doors.write(work)

    def of(self, campaign: str, learner: str) -> tuple[LessonState, ...]:
        """Return a learner's lessons, first begun first; nothing for a stranger."""
        with self._doors.reading() as connection:
            return tuple(lessons_of(connection, campaign, learner).values())

    def learners(self, campaign: str) -> list[str]:
        """Return who has begun a lesson, by name."""
        query = select(lesson_event.c.reviewer).where(lesson_event.c.campaign == campaign).distinct()
        with self._doors.reading() as connection:
            return sorted(connection.scalars(query))

    def seen(self, campaign: str, learner: str) -> frozenset[str]:
        """Return the tasks that somebody has reviewed, skipped or begun, in any round or lesson."""
        tables = (review, draft)
        queries = (
            select(one.c.task).where(one.c.campaign == campaign, one.c.reviewer == learner) for one in tables
        )
        with self._doors.reading() as connection:
            return frozenset(connection.scalars(union(*queries)))

    def results(self, campaign: str) -> pd.DataFrame:
        """Return what came of exams and check-ins, oldest first.

        Returns
        -------
        DataFrame
            Columns are those of `RESULTS`: `verdict` is "pass", "not_yet" or "not_enough", and
            missing for a check-in, which has none; `rate` with `low` and `high` as the rule that
            was logged with the lesson gave them.
        """
        import pandas as pd

        rows = [
            _result(state.lesson, state.judged)
            for name in self.learners(campaign)
            for state in self.of(campaign, name)
            if state.judged
        ]
        return pd.DataFrame(rows, columns=list(RESULTS)).sort_values("at", ignore_index=True)

    def differences(self, campaign: str) -> pd.DataFrame:
        """Return why answers differed from gold, as learners said: the last word on each, oldest first.

        Columns are those of `DIFFERENCES`. Where the reason is *disagree*, the lead has a
        rule to look at.
        """
        import pandas as pd

        rows = [
            (name, state.lesson.name, state.lesson.mode, one.task, one.criterion, one.why, one.remark, one.at)
            for name in self.learners(campaign)
            for state in self.of(campaign, name)
            for one in {(said.task, said.criterion): said for said in state.differences}.values()
        ]
        return pd.DataFrame(rows, columns=list(DIFFERENCES)).sort_values("at", ignore_index=True)


def _result(lesson: Lesson, judged: Judged) -> tuple[object, ...]:
    figures = (judged.found.get(name) for name in ("n_tasks", "rate", "low", "high"))
    return (lesson.learner, lesson.name, lesson.mode, judged.verdict, *figures, judged.at)


def lesson_of(connection: Connection, campaign: str, learner: str, name: str) -> LessonState | None:
    """Return where a lesson stands; None when the learner never began one of this name."""
    return lessons_of(connection, campaign, learner, name).get(name)


def lessons_of(
    connection: Connection, campaign: str, learner: str, name: str | None = None
) -> dict[str, LessonState]:
    """Return a learner's lessons by name, or only the one that is named."""
    query = _LOG.where(lesson_event.c.campaign == campaign, lesson_event.c.reviewer == learner)
    if name is not None:
        query = query.where(lesson_event.c.round == name)
    logs: dict[str, list[LessonEvent]] = defaultdict(list)
    for lesson, payload in connection.execute(query):
        logs[lesson].append(lesson_event_from_json(payload))
    return {lesson: replay_lesson(log) for lesson, log in logs.items()}


def _after(connection: Connection, place: dict[str, str], event: LessonEvent) -> LessonState:
    campaign, learner, name = place["campaign"], place["reviewer"], place["round"]
    state = lesson_of(connection, campaign, learner, name)
    if state is not None:
        return state.after(event)
    if not isinstance(event, Began):
        known = lessons_of(connection, campaign, learner)
        raise UnknownName("lesson", name, known, f"campaign {campaign} of {learner}")
    if (event.lesson.campaign, event.lesson.learner, event.lesson.name) != (campaign, learner, name):
        msg = f"The beginning is of lesson {event.lesson.name!r}, not of {name!r}."
        raise RoundError(msg)
    if _is_round(connection, campaign, name):
        msg = f"Campaign {campaign!r} has a round {name!r}; give the lesson another name."
        raise RoundError(msg)
    return replay_lesson([event])


def _is_round(connection: Connection, campaign: str, name: str) -> bool:
    same = round_event.c.campaign == campaign, round_event.c.round == name
    return bool(connection.scalar(select(func.count()).where(*same)))


def _last(connection: Connection, place: dict[str, str]) -> int:
    theirs = (lesson_event.c[name] == place[name] for name in ("campaign", "reviewer"))
    return connection.scalar(select(func.max(lesson_event.c.seq)).where(*theirs)) or 0
