"""What travels to and from other tools: tasks, the rubrics they were judged by, and the reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet


@dataclass(frozen=True, eq=False)
class Work:
    """Reviews, with all that is needed to read them.

    Parameters
    ----------
    tasks : TaskSet
        At least the tasks that were reviewed; their pictures lie in its folder.
    rubrics : mapping of str to Rubric
        Hash to rubric, for every hash that a review names.
    reviews : tuple of Review
        In the order of submission.
    """

    tasks: TaskSet
    rubrics: Mapping[str, Rubric]
    reviews: tuple[Review, ...]


class Written(NamedTuple):
    """What an export wrote."""

    paths: tuple[Path, ...]
    left_out: tuple[str, ...]
    """What the format cannot carry, one sentence each; empty when nothing is lost."""


class Brought(NamedTuple):
    """What an import read."""

    work: Work
    left_out: tuple[str, ...]
    """What was not understood or had to be guessed, one sentence each."""


def work_of(
    store: ReviewStore,
    tasks: TaskSet,
    campaign: str | None = None,
    round: str | None = None,  # noqa: A002 - the word of the house
    rubric: str | None = None,
    *,
    current: bool = True,
) -> Work:
    """Return the reviews of a store as work that can travel.

    Parameters
    ----------
    store : ReviewStore
        Where they are.
    tasks : TaskSet
        The tasks of the manifest; those without a review stay in it.
    campaign, round, rubric : str, optional
        Only reviews of these.
    current : bool
        Whether to leave out what a later revision supersedes.
    """
    reviews = tuple(store.reviews(campaign, round, rubric=rubric, current=current))
    named = {one.rubric_hash for one in reviews}
    rubrics = {name: one for name, one in store.rubrics().items() if name in named}
    return Work(tasks, rubrics, reviews)
