"""What a new version of a rubric teaches those who know the old one: its own gold, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_pool import GoldPool
from evalwidgets.core.rubric_events import Published
from evalwidgets.widgets.course import Course


@dataclass(frozen=True, eq=False)
class ChangesCourse(Course):
    """A course whose gold is that with which versions of the rubric were published.

    Parameters
    ----------
    news : tuple of Published
        What was published since the learner last used the rubric, oldest first.
    """

    news: tuple[Published, ...] = field(default=())

    @cached_property
    def quiz(self) -> dict[str, Gold]:
        """The gold of the quiz: of one task the newest, and of that what this rubric asks."""
        newest = {gold.task: gold for one in self.news for gold in one.quiz}
        asked = {criterion.id for criterion in self.rubric.all}
        kept = {
            name: gold.model_copy(
                update={"answers": {key: gold.answers[key] for key in gold.answers if key in asked}}
            )
            for name, gold in newest.items()
            if name in self.by_id
        }
        return {name: gold for name, gold in kept.items() if gold.answers}

    @property
    def gold(self) -> Mapping[str, Gold]:  # type: ignore[override]
        """The gold of the quiz."""
        return self.quiz

    @property
    def pool(self) -> GoldPool:
        """All of it is for practice."""
        return GoldPool(practice=tuple(self.quiz), exam=())
