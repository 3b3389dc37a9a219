"""Minutes on disk: a page and a text, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.errors import StoreError
from evalwidgets.store.minutes_files import save_minutes
from evalwidgets.store.page_files import file_name


@dataclass
class Text:
    """Minutes that say one thing."""

    html: str = "<h1>\N{LATIN SMALL LETTER U WITH DIAERESIS}</h1>"
    markdown: str = "# \N{LATIN SMALL LETTER U WITH DIAERESIS}"


def test_a_page_and_a_text_are_written(tmp_path: Path) -> None:
    """In a folder that is made when it is missing."""
    page = save_minutes(tmp_path / "a", "b", "week 47", Text())

    assert tmp_path / "a" / "b" / "week 47.html" == page
    assert Text().html == page.read_text(encoding="utf-8")
    assert Text().markdown == page.with_suffix(".md").read_text(encoding="utf-8")
    assert 2 == len(list(page.parent.iterdir()))


def test_later_minutes_replace_the_draft(tmp_path: Path) -> None:
    """Nothing of it is left."""
    save_minutes(tmp_path, "spring", "r2", Text())

    page = save_minutes(tmp_path, "spring", "r2", Text("new", "new"))

    assert "new" == page.read_text(encoding="utf-8")


@given(st.text(min_size=1, max_size=30))
def test_any_name_of_a_round_makes_a_file_name(name: str) -> None:
    """Without a path in it, and of a length that every system takes."""
    name *= 30  # long ones are what breaks
    found = file_name(name)

    assert found == Path(found).name
    assert 1 <= len(f"{found}.html.new".encode()) <= 255
    assert not set(found) & set('<>:"/\\|?*\x00')


def test_two_rounds_share_no_file() -> None:
    """Names that differ only in signs a file cannot have."""
    names = ["week/47", "week:47", "week-47", "week 47", "w" * 60, "w" * 61]

    assert len(names) == len({file_name(name) for name in names})


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    """With the place, and what to do."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(StoreError, match=r"could not be written .* Choose another folder"):
        save_minutes(tmp_path / "file", "spring", "r2", Text())
