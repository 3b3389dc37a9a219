"""A review as rows and back, exactly; what cannot be kept exactly is refused here."""

from __future__ import annotations

import hashlib
from typing import Any

from pydantic import ValidationError

from evalwidgets.core.review import Review
from evalwidgets.core.value import canonical_json, clean_text
from evalwidgets.errors import StoreError
from evalwidgets.store.schema import PAYLOAD_BYTES

KEY_CHARACTERS = 200
KEYS_BYTES = 2_400
"""What the keys of one place may weigh together: PostgreSQL's longest index entry, less some."""

LARGEST = 2**31 - 1
"""The largest whole number that both engines keep in a column."""

_KEYS = ("campaign", "reviewer", "task", "rubric", "round")
_COLUMNS = (*_KEYS, "id", "revision", "state", "task_hash", "rubric_version", "rubric_hash")
_FACTS = ("confidence", "seconds", "position", "submitted_at")


def sha256(text: str) -> str:
    """Return the sha256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def to_row(review: Review) -> dict[str, Any]:
    """Return the columns of a review, without its sequence and the server's time.

    Raises
    ------
    StoreError
        If the review would not come back as it went in, or is too large.
    """
    payload = packed(review, f"The review of task {review.task!r}")
    _refuse_unkeepable(review)
    row = {name: getattr(review, name) for name in (*_COLUMNS, *_FACTS)}
    return {**row, "payload": payload, "payload_hash": sha256(payload)}


def rating_rows(review: Review) -> list[dict[str, Any]]:
    """Return one row for each answered criterion; a skipped review has none."""
    if review.state != "submitted":
        return []
    return [
        {
            "campaign": review.campaign,
            "review": review.id,
            "criterion": criterion,
            "value": None if answer.value is None else canonical_json(answer.value),
            "second": answer.second,
            "na": answer.na,
            "note": answer.note,
        }
        for criterion, answer in sorted(review.answers.items())
        if answer.given
    ]


def from_payload(payload: str) -> Review:
    """Return the review that a payload holds."""
    return Review.model_validate_json(payload)


def packed(value: Any, what: str) -> str:
    """Return a pydantic value as canonical JSON that reads back as the same value.

    Raises
    ------
    StoreError
        If it holds NaN, a NUL character or half of a surrogate pair, or is too large.
    """
    try:
        payload = canonical_json(value.model_dump(mode="json", warnings=False))
        same = type(value).model_validate_json(payload) == value
    except (ValidationError, ValueError, TypeError) as error:
        msg = f"{what} cannot be stored: {_first_line(error)}. Nothing was stored."
        raise StoreError(msg) from None
    if not same:
        msg = (
            f"{what} cannot be stored exactly: it holds a value that JSON has no word for (such as NaN) "
            "or a name that is not in Unicode NFC. Nothing was stored."
        )
        raise StoreError(msg)
    size = len(payload.encode())
    if size > PAYLOAD_BYTES:
        msg = (
            f"{what} takes {size:,} bytes; a store keeps up to {PAYLOAD_BYTES:,}. Nothing was stored: "
            "shorten the notes or mark fewer regions."
        )
        raise StoreError(msg)
    return payload


def clean_keys(**keys: str) -> dict[str, str]:
    """Return the keys of a place in the form in which they are stored.

    Raises
    ------
    StoreError
        If one is empty, too long, or holds what no database keeps.
    """
    cleaned = {}
    for name, key in keys.items():
        try:
            cleaned[name] = clean_text(key)
        except (ValueError, TypeError) as error:
            msg = f"{name}: {error}."
            raise StoreError(msg) from None
        if not 1 <= len(key) <= KEY_CHARACTERS:
            msg = f"{name}: expected 1 to {KEY_CHARACTERS} characters, got {len(key)}."
            raise StoreError(msg)
    if sum(len(key.encode()) for key in cleaned.values()) > KEYS_BYTES:
        msg = f"{', '.join(cleaned)} take more than {KEYS_BYTES:,} bytes together; shorten them."
        raise StoreError(msg)
    return cleaned


def _refuse_unkeepable(review: Review) -> None:
    clean_keys(**{name: getattr(review, name) for name in _KEYS})
    numbers = {"revision": review.revision, "position": review.position}
    for criterion, answer in review.answers.items():
        clean_keys(criterion=criterion)
        numbers[f"answers.{criterion}.second"] = answer.second or 0
    for name, number in numbers.items():
        if abs(number) > LARGEST:
            msg = f"{name}: {number} is larger than the largest number that a store keeps ({LARGEST})."
            raise StoreError(msg)


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error)
