"""A part of a rubric asks fewer things, and what it asks it asks in the same words."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_part import WHERE, narrowed, with_places
from evalwidgets.core.rubric_rules import broken_rules
from evalwidgets.errors import UnknownName
from evalwidgets.store.rubrics import read_rubric

from .sample_rubrics import a_rubric, ordinal

RUBRICS = sorted((Path(__file__).parents[2] / "rubrics").glob("*.yaml"))


def test_gates_stay_and_other_criteria_go() -> None:
    """The chosen criterion is asked behind the same gate; the overall score, now partial, goes."""
    part = narrowed(a_rubric(), ["sharp"])

    assert ["safety", "sharp"] == [criterion.id for criterion in part.all]
    assert "none" == part.overall.kind
    assert ("sample", "1.0.0") == (part.id, part.version)


def test_a_part_has_a_hash_of_its_own() -> None:
    """A review under a part can be told from one under the whole rubric."""
    whole = a_rubric()

    assert whole.hash == narrowed(whole, []).hash
    assert whole.hash != narrowed(whole, ["sharp"]).hash


def test_a_gate_answer_that_named_only_what_is_gone_ends_the_review() -> None:
    """The answer narrow asks only for light; without light it asks for nothing more."""
    part = narrowed(a_rubric(), ["sharp"])

    assert ["safety"] == [criterion.id for criterion in part.asked({"safety": "narrow"})]
    assert ["safety", "sharp"] == [criterion.id for criterion in part.asked({"safety": "ok"})]


def test_what_a_criterion_rests_on_comes_along() -> None:
    """A criterion that applies by another one's answer brings that one with it."""
    criteria = [
        ordinal("sharp"),
        ordinal("light"),
        ordinal("grain", applies_when={"answer": "sharp", "at_most": 2}),
    ]
    rubric = a_rubric(criteria=criteria, overall={"kind": "none"})

    assert ["safety", "sharp", "grain"] == [one.id for one in narrowed(rubric, ["grain"]).all]


def test_an_unknown_criterion_is_named() -> None:
    """A misspelt criterion is answered with the nearest."""
    with pytest.raises(UnknownName, match=r"Did you mean 'sharp'"):
        narrowed(a_rubric(), ["sharpp"])


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_every_part_of_our_rubrics_is_a_valid_rubric(path: Path) -> None:
    """Whichever single criterion is calibrated, the parts that are left fit together."""
    rubric = read_rubric(path)

    for criterion in rubric.criteria:
        part = narrowed(rubric, [criterion.id])
        assert [] == broken_rules(part)
        assert part == Rubric.model_validate(part.model_dump(mode="json", by_alias=True))


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_places_are_asked_where_defects_could_be_marked(path: Path) -> None:
    """Of those with classes of defects that do not ask yet; once, and never required."""
    rubric = read_rubric(path)
    asked = with_places(rubric)

    added = [one.id for one in asked.all if one not in rubric.all]
    assert added == ([WHERE] if rubric.id == "image-edit" else [])
    assert broken_rules(asked) == []
    assert with_places(asked) is asked
    assert (rubric.id, rubric.version) == (asked.id, asked.version)
    assert not [one for one in asked.all if one.id in added and one.required]
