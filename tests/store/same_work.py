"""What is equal when work comes back from a folder for another tool."""

from __future__ import annotations

from evalwidgets.core.criterion import Regions
from evalwidgets.core.review import Review
from evalwidgets.core.task import Task
from evalwidgets.store.exchange.work import Work


def assert_same(work: Work, back: Work) -> None:
    """Assert that tasks but for the paths of their pictures, rubrics, and reviews to the byte are equal."""
    assert [without_paths(task) for task in back.tasks] == [without_paths(task) for task in work.tasks]
    assert back.reviews == work.reviews
    assert [one.content_hash for one in back.reviews] == [one.content_hash for one in work.reviews]
    assert dict(back.rubrics) == dict(work.rubrics)


def assert_same_regions(work: Work, back: Work) -> None:
    """Assert the same of the reviews that hold answers of regions, of which those alone are left."""
    expected = [one for one in (regions_alone(it, work) for it in work.reviews) if one.answers]
    assert [without_paths(task) for task in back.tasks] == [without_paths(task) for task in work.tasks]
    assert list(back.reviews) == expected
    assert [one.content_hash for one in back.reviews] == [one.content_hash for one in expected]
    assert dict(back.rubrics) == {one.rubric_hash: work.rubrics[one.rubric_hash] for one in expected}


def without_paths(task: Task) -> Task:
    """Return a task whose pictures have roles only."""
    return task.model_copy(update={"images": dict.fromkeys(task.images, "")})


def regions_alone(review: Review, work: Work) -> Review:
    """Return a review with its answers of regions only."""
    rubric = work.rubrics[review.rubric_hash]
    kept = {
        name: answer
        for name, answer in review.answers.items()
        if isinstance(rubric.criterion(name), Regions) and answer.value is not None
    }
    return review.model_copy(update={"answers": kept})
