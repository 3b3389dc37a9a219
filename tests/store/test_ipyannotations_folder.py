"""A folder of shapes: regions come back, and what was drawn since takes their place."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.store.exchange.ipyannotations_folder import read_ipyannotations, write_ipyannotations
from evalwidgets.store.exchange.work import Work

from .same_work import assert_same_regions
from .works import works

ANY_WORK = st.sampled_from(["edit", "pair"]).flatmap(works)


@settings(max_examples=200)
@given(ANY_WORK)
def test_all_comes_back(work: Work) -> None:
    """What the format carries or has beside it, to the byte of each review's content."""
    with tempfile.TemporaryDirectory() as place:
        write_ipyannotations(work, Path(place))
        back = read_ipyannotations(Path(place))

    assert_same_regions(work, back.work)
