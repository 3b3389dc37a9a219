"""A clause is a criterion, a boundary of one, or the rubric as a whole, and reads as people say it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from evalwidgets.core.clause import Clause


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (Clause(), "the rubric"),
        (Clause(criterion="preservation"), "preservation"),
        (Clause(criterion="preservation", lower=3), "preservation 3|4"),
        (Clause(criterion="preservation", lower=0), "preservation 0|1"),
    ],
)
def test_a_clause_reads_as_people_say_it(clause: Clause, words: str) -> None:
    """The boundary is named by both its levels; level 0 is a level."""
    assert words == str(clause)


def test_a_boundary_needs_its_criterion() -> None:
    """Nobody knows what 3|4 of the rubric as a whole would be."""
    with pytest.raises(ValidationError, match=r"boundary 3\|4 needs the criterion"):
        Clause(lower=3)


def test_equal_clauses_are_one_key() -> None:
    """A register may be keyed by them."""
    assert 1 == len({Clause(criterion="quality", lower=2), Clause(criterion="quality", lower=2)})
    assert Clause(criterion="quality", lower=2) != Clause(criterion="quality")
