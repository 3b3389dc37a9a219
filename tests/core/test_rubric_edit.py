"""Edits of a rubric: what they make of it, how they are taken back, and the version that comes of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_bump import Bump, Place, step_taken
from evalwidgets.core.rubric_diff import diff
from evalwidgets.core.rubric_edit import (
    AddPart,
    Edit,
    RemovePart,
    SetTo,
    edited,
    edits_from_json,
    inverse,
    told_place,
    value_at,
)
from evalwidgets.core.rubric_release import next_version, publishing_problem, released
from evalwidgets.errors import RubricError, UnknownName

from ..samples import every_control
from .rubric_edits import text_edits
from .sample_rubrics import a_rubric

EVERY = every_control()
CAP = {"when": {"answer": "adherence", "at_most": 1}, "at_most": 2, "because": "nothing was done."}
DESCRIPTOR: Place = ("criteria", "sharp", "levels", "3", "descriptor")
HEAVIER = SetTo(place=("criteria", "light", "weight"), to=2)


def test_no_edit_gives_the_equal_rubric() -> None:
    """With the same hash."""
    assert EVERY == edited(EVERY, ())
    assert EVERY.hash == edited(EVERY, ()).hash


@given(text_edits(EVERY))
def test_the_diff_names_exactly_the_places_that_were_edited(edits: tuple[SetTo, ...]) -> None:
    """And no other; what reads as before is no change."""
    after = edited(EVERY, edits)

    changed = {one.place for one in edits if value_at(EVERY, one.place) != value_at(after, one.place)}
    assert {told_place(EVERY, place) for place in changed} == {
        one.place for one in diff(EVERY, after).changes
    }


@given(text_edits(EVERY))
def test_edits_and_their_inverses_leave_the_rubric_as_it_was(edits: tuple[Edit, ...]) -> None:
    """Taken back in turn, the last one first."""
    rubric, back = EVERY, list[Edit]()
    for edit in edits:
        back.append(inverse(rubric, edit))
        rubric = edited(rubric, (edit,))

    assert edited(rubric, reversed(back)) == EVERY


@pytest.mark.parametrize(
    "edit",
    [
        AddPart(place=("caps",), part=CAP),
        AddPart(place=("caps",), part=CAP, at=0),
        AddPart(place=("flags",), part={"id": "odd", "name": "Odd"}),
        RemovePart(place=("caps", "0")),
        RemovePart(place=("criteria", "adherence", "variants", "add", "levels", "5")),
        SetTo(place=("criteria", "adherence", "variants", "add", "levels", "4"), to="Nearly all was added."),
        SetTo(place=("criteria", "adherence", "tolerance"), to=0.5),
        SetTo(place=("overall",), to={"kind": "all_full"}),
    ],
)
def test_parts_numbers_and_rules_are_edited_and_taken_back(edit: Edit) -> None:
    """Not texts alone: caps, flags, the words of a variant, tolerances, the aggregation."""
    after = edited(EVERY, (edit,))

    assert diff(EVERY, after).changes
    assert edited(after, (inverse(EVERY, edit),)) == EVERY


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (SetTo(place=DESCRIPTOR, to=" "), "criteria.sharp.levels.3.descriptor: "),
        (SetTo(place=DESCRIPTOR, to=3), "criteria.sharp.levels.3.descriptor: expected text, got 3"),
        (SetTo(place=("criteria", "sharp", "weight"), to=-1), "criteria.sharp.weight: it should be greater"),
        (
            SetTo(place=("criteria", "sharp", "weight"), to="2"),
            "criteria.sharp.weight: expected a number, got '2'",
        ),
        (SetTo(place=("criteria", "sharp", "wait"), to=2), "criteria.sharp.wait: "),
        (SetTo(place=("criteria", "sharp", "id"), to="blur"), "reviews and gold refer to it"),
        (
            SetTo(place=("criteria", "sharp", "levels", "3"), to={"value": 9}),
            "levels.3.value: reviews and gold",
        ),
        (SetTo(place=("version",), to="2.0.0"), "version: it cannot be edited"),
        (RemovePart(place=("criteria", "figure", "levels")), "criteria.figure"),
        (AddPart(place=("title",), part=CAP), "title: a part can only be added to a list"),
        (AddPart(place=("caps",), part=CAP), "no earlier criterion 'adherence'"),
        (
            SetTo(place=("gates", "safety", "options", "narrow", "only"), to=["lite"]),
            "gates.safety.options[1].only",
        ),
    ],
)
def test_what_is_no_valid_rubric_is_refused_with_its_place(edit: Edit, why: str) -> None:
    """In ids, as the diff names places."""
    with pytest.raises(RubricError) as refused:
        edited(a_rubric(), (edit,))

    assert why in str(refused.value)


@pytest.mark.parametrize(
    "place", [("criteria", "sharb", "help"), ("caps", "7"), ("criteria", "sharp", "help", "x")]
)
def test_a_place_that_does_not_exist_is_an_error_that_names_those_that_do(place: Place) -> None:
    """A misspelt id changes nothing in silence."""
    with pytest.raises(UnknownName, match="No part"):
        edited(a_rubric(), (SetTo(place=place, to="x"),))


@pytest.mark.parametrize(
    ("bump", "version"), [("major", "2.0.0"), ("minor", "1.1.0"), ("patch", "1.0.1"), (None, "1.0.0")]
)
def test_the_next_version_follows_from_the_step(bump: Bump | None, version: str) -> None:
    """Without a change there is none."""
    assert version == next_version(a_rubric(), bump)


@given(st.tuples(*[st.integers(0, 30)] * 6))
def test_the_step_taken_is_the_first_number_that_differs(parts: tuple[int, ...]) -> None:
    """In the order of the three."""
    old, new = parts[:3], parts[3:]
    unlike = [name for name, a, b in zip(("major", "minor", "patch"), old, new, strict=True) if a != b]

    assert (unlike or [None])[0] == step_taken(".".join(map(str, old)), ".".join(map(str, new)))


def test_a_release_has_its_number_and_its_entry_in_the_changelog() -> None:
    """The newest entry first, with the step that was taken."""
    new = released(
        a_rubric(), (HEAVIER,), version="2.0.0", date="2026-11-28", changes=["Light counts more. ", ""]
    )

    assert ("2.0.0", ["2.0.0", "1.0.0"]) == (new.version, [one.version for one in new.changelog])
    assert ("major", "2026-11-28", ("Light counts more.",)) == (
        new.changelog[0].bump,
        new.changelog[0].date,
        new.changelog[0].changes,
    )
    assert 2 == new.criterion("light").weight


@pytest.mark.parametrize(
    ("edits", "facts", "why"),
    [
        ((), {}, "nothing differs from 1.0.0"),
        ((HEAVIER,), {"version": "1.1.0"}, "deserve a major step; expected 2.0.0 or later, got 1.1.0"),
        ((HEAVIER,), {"version": "1.0.0"}, "a published version never changes"),
        ((HEAVIER,), {"version": "0.9.0"}, "versions only go up"),
        ((HEAVIER,), {"version": "two"}, "version: expected three numbers with points"),
        ((HEAVIER,), {"date": "today"}, "changelog.0.date: "),
        ((HEAVIER,), {"changes": [" "]}, "say in a line or more what changed"),
    ],
)
def test_what_cannot_be_released_is_refused(edits: tuple[Edit, ...], facts: dict[str, Any], why: str) -> None:
    """Too small a number, none at all, nothing to say."""
    told = {"version": "2.0.0", "date": "2026-11-28", "changes": ["Light counts more."], **facts}

    with pytest.raises(RubricError) as refused:
        released(a_rubric(), edits, **told)

    assert why in str(refused.value)


def test_another_rubric_is_no_next_version() -> None:
    """The id stays."""
    first = {"version": "2.0.0", "date": "2026-11-28", "bump": "first", "changes": ["x"]}
    other = a_rubric(
        id="other",
        version="2.0.0",
        changelog=[first],
    )

    assert "expected another version of sample, got other" in str(publishing_problem(a_rubric(), other))


def test_edits_are_kept_as_json() -> None:
    """A draft comes back as it was."""
    edits = (HEAVIER, AddPart(place=("caps",), part=CAP), RemovePart(place=("caps", "0")))

    assert edits == edits_from_json(json.dumps([one.model_dump(mode="json") for one in edits]))


def test_the_rubric_that_is_edited_stays_as_it_was() -> None:
    """Edits make another one."""
    before: Rubric = a_rubric()
    edited(before, (HEAVIER, SetTo(place=DESCRIPTOR, to="Otherwise.")))

    assert a_rubric() == before
