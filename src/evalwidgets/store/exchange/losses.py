"""What a format cannot carry, said only where the work holds such a thing, and how often."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from evalwidgets.core.review import Answer, Review
from evalwidgets.store.exchange.work import Work


class Loss(NamedTuple):
    """One thing that a format cannot carry."""

    count: Callable[[Review], int]
    said: str
    noun: str = "review"


def _answers(test: Callable[[Answer], bool]) -> Callable[[Review], int]:
    return lambda review: sum(map(test, review.answers.values()))


def _is_empty_text(answer: Answer) -> bool:
    return answer.value == "" or answer.na == ""


def has_no_row(review: Review) -> bool:
    """Return whether a table of ratings has no row for a review."""
    return review.state == "skipped" or not any(
        one.given and not _is_empty_text(one) for one in review.answers.values()
    )


LOSSES: dict[str, Loss] = {
    "unrated": Loss(has_no_row, "A review that was skipped or answers nothing has no row"),
    "only notes": Loss(
        _answers(lambda one: not one.given and not one.empty),
        "A note on a criterion that was not answered is left out",
        "answer",
    ),
    "empty texts": Loss(
        _answers(_is_empty_text), "An answer that is an empty text cannot be told from no answer", "answer"
    ),
    "second": Loss(
        _answers(lambda one: one.second is not None), "The second defensible level is left out", "answer"
    ),
    "na": Loss(_answers(lambda one: one.na is not None), "Not applicable has no label", "answer"),
    "reasons": Loss(
        _answers(lambda one: one.reason is not None), "The reason picked at a gate is left out", "answer"
    ),
    "notes": Loss(_answers(lambda one: bool(one.note)), "Notes are left out", "answer"),
    "review notes": Loss(lambda review: bool(review.note), "The note on the whole task is left out"),
    "flags": Loss(lambda review: len(review.flags), "Flags are left out", "flag"),
    "confidence": Loss(lambda review: review.confidence is not None, "Confidence is left out"),
    "circumstances": Loss(
        lambda _: 1,
        "When, in which round, in which order and how long somebody judged is left out",
    ),
}


def losses(work: Work, *names: str) -> tuple[str, ...]:
    """Return a sentence with its count for each of the named losses that the work really has."""
    said = []
    for loss in (LOSSES[name] for name in names):
        number = sum(int(loss.count(review)) for review in work.reviews)
        if number:
            said.append(f"{loss.said} ({counted(number, loss.noun)}).")
    return tuple(said)


def pictures_stay(work: Work) -> tuple[str, ...]:
    """Return the sentence of a format without pictures."""
    number = sum(len(task.images) for task in work.tasks)
    if not number:
        return ()
    return (
        f"The pictures stay where they are ({counted(number, 'file')}); tasks.jsonl names them as seen from "
        "the folder of the tasks.",
    )


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 review", "2 reviews"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
