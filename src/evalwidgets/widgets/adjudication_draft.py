"""What a lead is about to decide on a case, and what it still lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from evalwidgets.core.adjudication_events import How
from evalwidgets.core.criterion import Criterion
from evalwidgets.core.gold_changes import NOT_APPLICABLE
from evalwidgets.core.review import Answer, Review
from evalwidgets.errors import AdjudicationError

Asking = Literal["answer", "cause", "reason", "note"]


@dataclass(frozen=True)
class CaseDraft:
    """What the lead is about to decide on a case; nothing counts before it is confirmed."""

    picked: str = ""
    """The letter of the answer that is looked at."""
    how: How | Literal[""] = ""
    value: Any = None
    cause: str = ""
    reason: str = ""
    note: str = ""
    """Of a review that is to be sent back."""
    asking: Asking = "answer"
    """What the next digit or text is: the answer, the cause, the reason, the note."""


def check_whole(draft: CaseDraft) -> None:
    """Refuse a decision that says too little.

    Raises
    ------
    AdjudicationError
        If the answer, the cause or the reason is missing.
    """
    if not draft.how:
        msg = "Decide first: accept an answer (A), choose a level (its digit), or leave it open (U)."
    elif not draft.cause:
        msg = "Name the cause first (C, then its digit): the suggestion is not yours before you say so."
    elif not draft.reason:
        msg = "A decision needs its reason in a few words; it is what the next person reads."
    else:
        return
    raise AdjudicationError(msg)


def na_of(
    picked: Answer | None, said: Iterable[tuple[Review, Answer]], draft: CaseDraft, criterion: Criterion
) -> str | None:
    """Return why the criterion does not apply, in the words of the answer or of most; None where it does."""
    if draft.value != NOT_APPLICABLE:
        return None
    if picked is not None:
        return picked.na
    given = Counter(answer.na for _, answer in said if answer.na is not None)
    if given:
        return given.most_common(1)[0][0]
    return criterion.na_reasons[0].id if criterion.na_reasons else draft.reason
