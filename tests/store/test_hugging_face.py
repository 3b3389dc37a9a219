"""Image folders: all comes back, and `datasets` reads pictures, ratings and regions."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.hugging_face import read_hugging_face, write_hugging_face
from evalwidgets.store.exchange.work import Work

from .picture_works import AFTER, BEFORE, a_drawn_work, an_answered
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


def test_datasets_reads_pictures_ratings_and_regions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library itself gives an upright picture for each role, and structs with our numbers."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    datasets.disable_progress_bars()
    work = a_drawn_work(tmp_path / "in")
    skipped = an_answered(
        next(iter(work.rubrics.values())), {}, reviewer="ben", state="skipped", reason="Dark"
    )
    work = Work(work.tasks, work.rubrics, (*work.reviews, skipped))
    write_hugging_face(work, tmp_path / "out")
    table = datasets.load_dataset(
        "imagefolder", data_dir=str(tmp_path / "out"), split="train", cache_dir=str(tmp_path / "cache")
    )
    first, second = table

    assert table.column_names[:2] == ["original", "edited"]
    assert {name: type(table.features[name]) for name in ("original", "edited")} == {
        "original": datasets.Image,
        "edited": datasets.Image,
    }
    assert (first["original"].size, first["edited"].size) == (BEFORE, AFTER)
    assert first["ratings"]["quality"] == 4
    assert first["ratings"]["defects"] == ["halo"]
    assert first["notes"]["quality"] == "A faint rim around the hat."
    assert first["regions"]["places"][0]["points"] == [[10, 20], [30, 45]]
    assert (second["reviewer"], second["state"]) == ("ben", "skipped")
    assert_same(work, read_hugging_face(tmp_path / "out").work)


def test_what_is_no_column_is_told(tmp_path: Path) -> None:
    """Second levels and tags, which the work has; bare tasks are not named, for there are none."""
    told = " ".join(write_hugging_face(a_drawn_work(tmp_path / "in"), tmp_path / "out").left_out)

    assert "1 second levels have no column" in told
    assert "may name the model" in told
    assert "no review" not in told


def test_a_column_that_was_changed_wins(tmp_path: Path) -> None:
    """The struct is what people work with, so its rating is the answer."""
    write_hugging_face(a_drawn_work(tmp_path / "in"), tmp_path / "out")
    path = tmp_path / "out/metadata.jsonl"
    row = json.loads(path.read_text(encoding="utf-8"))
    row["ratings"]["quality"] = 1
    path.write_text(json.dumps(row), encoding="utf-8")

    assert read_hugging_face(tmp_path / "out").work.reviews[0].values["quality"] == 1


def test_an_image_folder_of_others_is_refused_with_the_way_to_go(tmp_path: Path) -> None:
    """It does not say what a rating is."""
    (tmp_path / "metadata.jsonl").write_text('{"file_name": "a.png", "score": 3}\n', encoding="utf-8")
    with pytest.raises(ExchangeError, match="read_ratings"):
        read_hugging_face(tmp_path)
