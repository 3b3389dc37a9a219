"""A trial: one boundary that gold decides, and the side on which a learner put the task."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import AwareDatetime

from evalwidgets.core.boundary import Boundary, Side, sides
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import Value


class Trial(Value):
    """One decision at a boundary; a review of one task yields several."""

    boundary: Boundary
    right: Side
    """The side that gold accepts."""
    said: Side
    """The side that the learner's level lies on."""
    task: str
    review: str
    """The id of the review that it is taken from."""
    at: AwareDatetime
    """When the review was submitted."""
    seconds: float
    """Active time of the whole review; recorded, never judged."""
    confidence: int | None
    """How sure the learner was of the whole review, from 1 to 3."""

    @property
    def correct(self) -> bool:
        """Whether the learner said what gold accepts."""
        return self.said == self.right


def trials_of(rubric: Rubric, review: Review, gold: Gold) -> tuple[Trial, ...]:
    """Return the trials in a review, in the order of the rubric.

    A criterion without a level (not rated, not applicable) makes no trial. Neither does a
    skipped review, nor a later revision: what is said after the feedback shows that it was read,
    not that the boundary is seen.
    """
    return trials_at(sides(rubric, gold), review)


def trials_at(decided: Mapping[Boundary, Side], review: Review) -> tuple[Trial, ...]:
    """Return the trials in a review at boundaries whose right side is known (see `trials_of`)."""
    if review.state == "skipped" or review.revision > 1:
        return ()
    values = review.values
    said = {one: one.side_of(values.get(one.criterion)) for one in decided}
    return tuple(
        Trial(
            boundary=boundary,
            right=decided[boundary],
            said=side,
            task=review.task,
            review=review.id,
            at=review.submitted_at,
            seconds=review.seconds,
            confidence=review.confidence,
        )
        for boundary, side in said.items()
        if side is not None
    )
