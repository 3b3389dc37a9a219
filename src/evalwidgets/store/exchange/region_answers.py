"""Answers that are regions, for formats that carry those alone (COCO, ipyannotations)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from evalwidgets.core.criterion import Regions
from evalwidgets.core.region import SHAPES, Region
from evalwidgets.core.region_rules import explain_regions, read_regions
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import canonical_json
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.carried import (
    review_facts,
    review_from,
    rubric_facts,
    rubrics_from,
    task_facts,
    task_from,
    without,
    work_from,
)
from evalwidgets.store.exchange.json_file import checked, listed, mapping
from evalwidgets.store.exchange.picture_copies import Copies
from evalwidgets.store.exchange.work import Brought, Work

Marks = Mapping[tuple[str, str], list[Any]]
"""Id of a review and of a criterion to the regions that a file holds for it, in order."""


class Marked(NamedTuple):
    """One region of one review."""

    review: Review
    criterion: str
    place: int
    """In the list of its answer."""
    region: Region
    spelled: Mapping[str, Any] | None
    """As the answer holds it, where the region itself would be written otherwise."""


def regions_in(rubric: Rubric | None, criterion: str, answer: Answer) -> tuple[Region, ...] | None:
    """Return the regions of an answer; None when it is none of regions."""
    known = {one.id: one for one in rubric.all} if rubric else {}
    if not isinstance(known.get(criterion), Regions) or explain_regions(answer.value, SHAPES):
        return None
    return read_regions(answer.value)


def marked(work: Work) -> Iterator[Marked]:
    """Yield every region of the work."""
    for review in work.reviews:
        for criterion, answer in _region_answers(work, review).items():
            pairs = zip(read_regions(answer.value), answer.value, strict=True)
            for place, (region, given) in enumerate(pairs):
                yield Marked(review, criterion, place, region, spelling(region, given))


def spelling(region: Region, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return a region as it was given when writing it anew would not give the same text."""
    same = canonical_json(region.model_dump(mode="json")) == canonical_json(given)
    return None if same else given


def as_spelled(region: Region, given: Any, where: str) -> dict[str, Any]:
    """Return a region as an answer holds it: as it was first given, if it still is that region."""
    if given is not None and checked(Region, given, where) == region:
        return dict(given)
    return region.model_dump(mode="json")


def regions_only(work: Work, copies: Copies) -> dict[str, Any]:
    """Return tasks, rubrics and the reviews that answered with regions, all but the regions."""
    reviews = []
    for place, review in enumerate(work.reviews):
        answers = _region_answers(work, review)
        if answers:
            said = {name: one.model_dump(mode="json", exclude={"value"}) for name, one in answers.items()}
            reviews.append({**review_facts(place, review), "answers": said})
    return {
        "tasks": [task_facts(place, task, copies) for place, task in enumerate(work.tasks)],
        "rubrics": rubric_facts(work.rubrics),
        "reviews": reviews,
    }


def left_behind(work: Work, format_name: str) -> Iterator[str]:
    """Yield what a format of regions leaves out of the work."""
    others = [(review, len(review.answers) - len(_region_answers(work, review))) for review in work.reviews]
    ratings = sum(count for _, count in others)
    if ratings:
        yield f"{ratings} answers are no regions; {format_name} has no place for them."
    bare = sum(1 for review in work.reviews if not _region_answers(work, review))
    if bare:
        yield f"{bare} reviews hold no answer of regions; they were left out."


def read_regions_only(
    folder: Path, facts: Any, marks: Marks, rubrics: Mapping[str, Rubric] | None, where: str
) -> Brought:
    """Return the work that `regions_only` and the regions of a file make together."""
    given = mapping(facts, where)
    known = rubrics_from(given.get("rubrics"), rubrics, f"{where}.rubrics")
    tasks = [
        task_from(one, f"{where}.tasks[{number}]")
        for number, one in enumerate(listed(given.get("tasks"), f"{where}.tasks"))
    ]
    waiting = dict(marks)
    reviews = []
    for number, one in enumerate(listed(given.get("reviews"), f"{where}.reviews")):
        place = f"{where}.reviews[{number}]"
        facts_of = mapping(one, place)
        said = mapping(facts_of.get("answers"), f"{place}.answers")
        answers = {
            name: {
                **mapping(rest, f"{place}.answers.{name}"),
                "value": waiting.pop((str(facts_of.get("id")), name), []),
            }
            for name, rest in said.items()
        }
        reviews.append(review_from(without(facts_of, "answers"), {"answers": answers}, place))
    if waiting:
        review, criterion = next(iter(waiting))
        raise ExchangeError([f"{where}: regions name the review {review!r} and {criterion!r}: not there."])
    left_out = ("The reviews hold their regions alone; do not put them beside the whole ones.",)
    return Brought(work_from(folder, tasks, known, reviews), left_out if reviews else ())


def _region_answers(work: Work, review: Review) -> dict[str, Answer]:
    rubric = work.rubrics.get(review.rubric_hash)
    return {
        name: answer
        for name, answer in review.answers.items()
        if answer.value is not None and regions_in(rubric, name, answer) is not None
    }
