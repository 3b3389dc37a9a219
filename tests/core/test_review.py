"""Answers, sheets and reviews: what they take, refuse and keep exactly."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalwidgets.core.review import Answer, Review, Sheet

from ..samples import every_control

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
VALUES = st.recursive(
    st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
ANSWERS = st.builds(Answer, value=VALUES, second=st.none() | st.integers(0, 9), note=TEXTS) | st.builds(
    Answer, na=TEXTS, note=TEXTS
)
SHEETS = st.builds(
    Sheet,
    answers=st.dictionaries(TEXTS.filter(bool), ANSWERS, max_size=4),
    note=TEXTS,
    flags=st.dictionaries(TEXTS.filter(bool), TEXTS, max_size=2),
    confidence=st.none() | st.integers(1, 3),
)


def a_review(**changes: Any) -> Review:
    """Return a review."""
    plain: dict[str, Any] = {
        "id": "12345678-1234-4234-8234-123456789abc",
        "campaign": "c",
        "round": "r",
        "task": "t",
        "task_hash": "0" * 64,
        "rubric": "every-control",
        "rubric_version": "1.0.0",
        "rubric_hash": every_control().hash,
        "reviewer": "ana",
        "answers": {"adherence": Answer(value=4)},
        "shown_at": NOON,
        "submitted_at": NOON,
    }
    return Review(**{**plain, **changes})


@given(SHEETS)
def test_a_sheet_reads_back_from_json_as_it_was(sheet: Sheet) -> None:
    """What a draft stores is what the reviewer said."""
    assert sheet == Sheet.model_validate_json(sheet.model_dump_json())


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("nan")], {"x": [float("-inf")]}])
def test_a_value_that_is_no_number_is_refused(value: Any) -> None:
    """NaN and the infinities are no answers, however deep they hide."""
    with pytest.raises(ValidationError, match=r"finite|JSON compliant"):
        Answer(value=value)


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d"])
@pytest.mark.parametrize("where", ["value", "note", "na", "reason"])
def test_text_that_no_store_keeps_is_refused_wherever_it_stands(where: str, text: str) -> None:
    """NUL and lone surrogates are refused in every text of an answer."""
    with pytest.raises(ValidationError):
        Answer(**{where: text})


def test_a_value_has_one_shape() -> None:
    """Tuples become lists and texts NFC, as they will be read back."""
    decomposed = unicodedata.normalize("NFD", "é")

    assert Answer(value=[["é"], "é"]) == Answer(value=((decomposed,), decomposed))


def test_a_value_and_not_applicable_exclude_each_other() -> None:
    """An answer is one or the other."""
    with pytest.raises(
        ValidationError, match=r"not applicable \(hidden\) and the value 3 exclude each other"
    ):
        Answer(value=3, na="hidden")


def test_zero_and_the_empty_list_are_answers() -> None:
    """None of them, or zero, is said; an untouched criterion is not."""
    assert [
        Answer(value=0).given,
        Answer(value=[]).given,
        Answer(na="hidden").given,
        Answer(note="soon").given,
    ] == [True, True, True, False]


def test_an_answer_that_says_nothing_leaves_the_sheet() -> None:
    """Taking back value and note leaves the sheet as it was before."""
    before = Sheet()

    after = before.answered("quality", value=3, note="fine").answered("quality", value=None, note="")

    assert before == after


def test_times_are_kept_in_utc() -> None:
    """One moment is one moment in whatever zone it was told."""
    zone = timezone(timedelta(hours=9))

    assert a_review() == a_review(shown_at=NOON.astimezone(zone), submitted_at=NOON.astimezone(zone))


@pytest.mark.parametrize(
    "changes",
    [
        {"shown_at": NOON.replace(tzinfo=None)},
        {"id": "not-a-uuid"},
        {"revision": 0},
        {"seconds": float("inf")},
        {"seconds": -1},
        {"position": -1},
        {"confidence": 4},
        {"task_hash": "f00"},
        {"reviewer": ""},
        {"reviewer": "a" * 201},
        {"state": "draft"},
        {"more": 1},
    ],
)
def test_what_no_review_can_be_is_refused(changes: dict[str, Any]) -> None:
    """A time without zone, an odd id, a number outside its range, an unknown key."""
    with pytest.raises(ValidationError):
        a_review(**changes)


def test_equal_content_is_the_same_review() -> None:
    """A replay with later times has the same content."""
    later = NOON + timedelta(hours=1)

    assert a_review().content_hash == a_review(submitted_at=later, seconds=9).content_hash


@pytest.mark.parametrize(
    "changes",
    [
        {"answers": {"adherence": Answer(value=5)}},
        {"answers": {"adherence": Answer(value=4, second=5)}},
        {"note": "odd"},
        {"flags": {"edge_case": ""}},
        {"confidence": 2},
        {"revision": 2},
        {"state": "skipped"},
        {"reviewer": "ben"},
        {"rubric_hash": "0" * 64},
    ],
)
def test_another_content_has_another_hash(changes: dict[str, Any]) -> None:
    """Whatever the reviewer said or judged is in the hash."""
    assert a_review().content_hash != a_review(**changes).content_hash


def test_a_review_cannot_be_changed() -> None:
    """A submitted review is immutable."""
    with pytest.raises(ValidationError, match="frozen"):
        a_review().note = "on second thought"  # type: ignore[misc]
