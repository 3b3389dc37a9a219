"""Candidates get one size, whatever the sizes of their files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.widgets.common_size import Size, common_size

sizes = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d"]), st.tuples(st.integers(1, 5000), st.integers(1, 5000)), max_size=4
)


@pytest.mark.parametrize(
    ("given_sizes", "common"),
    [
        ({}, None),
        ({"a": (4, 3)}, None),
        ({"a": (4, 3), "b": (4, 3)}, None),
        ({"a": (4, 3), "b": (8, 6)}, (8, 6)),
        ({"a": (4, 3), "b": (8, 6), "original": (2, 2)}, (2, 2)),
    ],
)
def test_it_is_the_original_s_else_the_largest(given_sizes: dict[str, Size], common: Size | None) -> None:
    """None where there is nothing to change."""
    assert common == common_size(given_sizes)


@given(sizes)
def test_it_does_not_tell_which_letter_is_which(found: dict[str, Size]) -> None:
    """The same sizes under other letters give the same size."""
    turned = dict(zip(reversed(found), found.values(), strict=True))

    assert common_size(found) == common_size(turned)
