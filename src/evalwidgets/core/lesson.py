"""A lesson: one sitting of one learner: warm-up, practice, exam, check-in, or what changed in a rubric."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, field_validator

from evalwidgets.core.review import Key, Sha256
from evalwidgets.core.value import Name, Value

LessonMode = Literal["warm_up", "practice", "exam", "check_in", "changes"]

ANSWERED_ONCE: frozenset[LessonMode] = frozenset({"warm_up", "practice", "changes"})
"""Where feedback follows each task: what is answered after it would be answered by gold."""


class Lesson(Value):
    """What a learner sat down to; it never changes.

    Its reviews have its name as their round, so a lesson is a round of one person. They
    stay out of every table of ratings that does not ask for them.
    """

    campaign: Key
    name: Key
    mode: LessonMode
    learner: Key
    rubric: Key
    rubric_version: Key
    rubric_hash: Sha256
    """Of the rubric as the learner gets it, which may ask for places that reviewers are not asked for."""
    tasks: Annotated[tuple[Key, ...], Field(min_length=1)]
    """The tasks that may come: all of an exam, those to choose from in practice."""
    seed: Key = "0"
    focus: tuple[tuple[Name, int], ...] = ()
    """Of a refresher: the boundaries to practise, as criterion and lower level; empty for all."""
    rule: dict[str, Any] = {}
    """Of an exam: the rule by which it is judged, as it stood when the exam began."""
    began_at: AwareDatetime

    @field_validator("began_at")
    @classmethod
    def _in_utc(cls, value: datetime) -> datetime:
        return value.astimezone(UTC)

    @field_validator("tasks")
    @classmethod
    def _each_once(cls, tasks: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({name for name in tasks if tasks.count(name) > 1})
        if twice:
            msg = f"tasks: {', '.join(twice)} is named twice; each may appear once"
            raise ValueError(msg)
        return tasks
