"""Image folders: all comes back, and `datasets` reads pictures, ratings and regions."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.store.exchange.hugging_face import read_hugging_face, write_hugging_face
from evalwidgets.store.exchange.work import Work

from .same_work import assert_same
from .works import works

ANY_WORK = st.sampled_from(["edit", "pair"]).flatmap(works)


@settings(max_examples=200)
@given(ANY_WORK)
def test_all_comes_back(work: Work) -> None:
    """What the format carries or has beside it, to the byte of each review's content."""
    with tempfile.TemporaryDirectory() as place:
        write_hugging_face(work, Path(place))
        back = read_hugging_face(Path(place))

    assert_same(work, back.work)
