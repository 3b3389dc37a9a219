"""Work goes out to tables and comes back: what is equal, and what is said to be lost."""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings

import evalwidgets as ew
from evalwidgets.core.review import Answer, Review
from evalwidgets.errors import ExchangeError, UnknownName
from evalwidgets.store.exchange.formats import FORMATS, export_work, import_work
from evalwidgets.store.exchange.tidy import tidy_ratings
from evalwidgets.store.exchange.work import Brought, Work, Written
from evalwidgets.store.tasks import TaskSet, read_tasks

from ..samples import write_manifest
from .samples import a_review, a_rubric
from .works import RUBRICS, works

CARD = "# How these ratings were made\n"


def there_and_back(work: Work, name: str) -> tuple[Written, Brought]:
    """Return what an export said, and what an import of it brings."""
    with tempfile.TemporaryDirectory() as folder:
        written = export_work(work, name, Path(folder, "out"), card=CARD)
        assert all(path.exists() for path in written.paths)
        return written, import_work(Path(folder, "out"), name)


def kept(review: Review, keeps: Callable[[Answer], Answer]) -> Review:
    """Return a review with what is kept of each answer; an answer that says nothing is none."""
    answers = {name: keeps(one) for name, one in review.answers.items()}
    return review.model_copy(
        update={"answers": {name: one for name, one in answers.items() if not one.empty}}
    )


def without_empty_texts(answer: Answer) -> Answer:
    """Return an answer in which an empty text is no answer."""
    return answer.model_copy(update={"value": None}) if answer.value == "" else answer


def rated_only(answer: Answer) -> Answer:
    """Return an answer that has a value or a reason; else none."""
    return answer if answer.given and answer.value != "" else Answer()


@pytest.mark.parametrize("name", ["jsonl", "parquet"])
@settings(max_examples=200)
@given(work=works())
def test_everything_comes_back_equal(name: str, work: Work) -> None:
    """Tasks, rubrics and reviews, whatever they say; only the pictures stay behind."""
    written, brought = there_and_back(work, name)

    assert list(work.tasks) == list(brought.work.tasks)
    assert work.rubrics == brought.work.rubrics
    assert work.reviews == brought.work.reviews
    assert () == brought.left_out
    assert ["The pictures stay"] == [said[:17] for said in written.left_out]


@settings(max_examples=200)
@given(work=works())
def test_a_wide_table_brings_every_review_back(work: Work) -> None:
    """Equal in all but texts that are empty, which a cell cannot tell from no answer."""
    written, brought = there_and_back(work, "csv-wide")

    assert tuple(kept(one, without_empty_texts) for one in work.reviews) == brought.work.reviews
    empty = any(answer.value == "" for one in work.reviews for answer in one.answers.values())
    assert empty == any("empty text" in said for said in written.left_out)
    assert () == brought.left_out


@settings(max_examples=200)
@given(work=works())
def test_a_long_table_brings_every_rated_review_back(work: Work) -> None:
    """Reviews without a rating have no row, nor have notes on what was not answered; both are said."""
    written, brought = there_and_back(work, "csv")

    expected = [kept(one, rated_only) for one in work.reviews]
    assert tuple(one for one in expected if one.answers) == brought.work.reviews
    assert any("has no row" in said for said in written.left_out) == any(not one.answers for one in expected)
    lonely = any(not one.given and one.note for review in work.reviews for one in review.answers.values())
    assert lonely == any("not answered" in said for said in written.left_out)


@settings(max_examples=200)
@given(work=works("edit") | works("pair"))
def test_labels_come_back_by_task_worker_and_criterion(work: Work) -> None:
    """The first label that a reviewer gave; of a preference no ties, of marks and reasons nothing."""
    first: dict[tuple[str, str, str], object] = {}
    for review in sorted(work.reviews, key=lambda one: one.revision):
        for name, answer in review.answers.items():
            if name != "places" and answer.value not in (None, ""):
                first.setdefault((review.task, review.reviewer, name), answer.value)
    expected = {place: value for place, value in first.items() if (place[2], value) != ("better", "tie")}

    written, brought = there_and_back(work, "crowd-kit")

    got = {
        (one.task, one.reviewer, name): answer.value
        for one in brought.work.reviews
        for name, answer in one.answers.items()
    }
    assert expected == got
    assert (len(expected) < len(first)) == any("a tie has no label" in said for said in written.left_out)


def test_losses_are_said_only_where_they_are_and_stand_beside_the_card(tmp_path: Path) -> None:
    """With their number; a card is never without them."""
    rubric = a_rubric()
    plain = a_review(
        rubric_hash=rubric.hash, answers={"accuracy": Answer(value=3)}, flags={}, confidence=None
    )
    noted = a_review(
        task="t2", rubric_hash=rubric.hash, answers={"accuracy": Answer(value=3, second=2, note="A *hat*.")}
    )
    few, many = (
        export_work(
            Work(TaskSet((), tmp_path), {rubric.hash: rubric}, reviews),
            "crowd-kit",
            tmp_path / name,
            card=CARD,
        )
        for name, reviews in (("few", (plain,)), ("many", (plain, noted)))
    )

    assert ["When, in which round"] == [said[:20] for said in few.left_out]
    assert "Notes are left out (1 answer)." in many.left_out
    assert "Flags are left out (1 flag)." in many.left_out
    text = (tmp_path / "many" / "PROTOCOL.md").read_text()
    assert text.startswith(CARD)
    assert "## What this format left out\n\n- When" in text.replace("- The second", "- When", 1)
    assert all(f"- {said}" in text for said in many.left_out)


def test_the_tidy_table_of_reviews_is_that_of_a_store(tmp_path: Path) -> None:
    """Column for column, in the same order and of the same types."""
    reviews = [
        a_review(),
        a_review(task="t2", flags={}, confidence=None),
        a_review(task="t3", state="skipped"),
    ]
    with ew.open_store(tmp_path / "s.db") as store:
        for one in reviews:
            store.submit(one)
        expected = store.ratings()

    pd.testing.assert_frame_equal(expected, tidy_ratings(reviews))


def test_parquet_is_typed_for_duckdb(tmp_path: Path) -> None:
    """Numbers are counted without a cast, flags are a list, times are times."""
    work = Work(TaskSet((), tmp_path), {}, (a_review(), a_review(task="t2", flags={})))
    export_work(work, "parquet", tmp_path / "out", card=CARD)

    found = duckdb.sql(
        "select avg(number), any_value(value), max(len(flags)), max(submitted_at) - min(submitted_at) "
        f"from '{tmp_path}/out/ratings.parquet' where criterion = 'accuracy'"
    ).fetchall()

    assert [(3.0, "3", 1, timedelta(0))] == found
    back = ew.read_ratings(tmp_path / "out" / "ratings.parquet").ratings
    assert [3, 3] == back.loc[back["criterion"] == "accuracy", "value"].tolist()


def test_crowd_kit_gets_the_columns_that_it_documents(tmp_path: Path) -> None:
    """`task, worker, label` to aggregate; `left, right, label` to compare, the label being one of both."""
    rubric = RUBRICS["pair"][0]
    tasks = read_tasks(_pair_manifest(tmp_path))
    review = a_review(
        task="p1",
        rubric=rubric.id,
        rubric_hash=rubric.hash,
        answers={"better": Answer(value="b"), "quality": Answer(value=4)},
    )
    export_work(Work(tasks, {rubric.hash: rubric}, (review,)), "crowd-kit", tmp_path / "out", card=CARD)

    (labels,), (pairs,) = (
        _records(tmp_path / "out" / f"{one}.csv") for one in ("labels-quality", "pairs-better")
    )
    assert {"task": "p1", "worker": "ana", "label": "4"} == labels
    assert {"task": "p1", "worker": "ana", "left": "x.png", "right": "y.png", "label": "y.png"} == pairs


def _pair_manifest(folder: Path) -> Path:
    path = folder / "tasks.jsonl"
    path.write_text(json.dumps({"id": "p1", "kind": "pair", "images": {"a": "x.png", "b": "y.png"}}) + "\n")
    return path


def _records(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_somebody_elses_table_becomes_reviews(tmp_path: Path) -> None:
    """Columns are guessed, ids follow from the place, and every guess is said."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "scores.csv").write_text("image_id;rater;score\nt00;ana;3\nt01;ana;4.0\nt00;ben;\n")
    rubric = a_rubric(criteria=[{**a_rubric().criteria[0].model_dump(), "id": "score"}])
    tasks = read_tasks(write_manifest(tmp_path, 2))

    brought = import_work(tmp_path / "in", "csv", rubrics=[rubric], tasks=tasks)
    again = import_work(tmp_path / "in", "csv", rubrics=[rubric], tasks=tasks)

    assert [("t00", "ana", 3), ("t01", "ana", 4)] == [
        (one.task, one.reviewer, one.answers["score"].value) for one in brought.work.reviews
    ]
    assert brought.work.reviews == again.work.reviews
    assert tasks.hash_of(tasks["t00"]) == brought.work.reviews[0].task_hash
    said = "\n".join(brought.left_out)
    assert "'image_id'" in said
    assert "1970-01-01 stands for it (2 reviews)" in said
    assert "A row without a value or a reason is no rating (1 row)" in said


WRONG = {
    "csv": {
        "ratings.csv": (
            "task,reviewer,criterion,value\nt1,ana,accuracy,9\nt1,ana,acuracy,3\nt1,ben,accuracy,3\n"
            "t1,ben,accuracy,4\n",
            [
                r"row 2: accuracy: expected one of 1, 2, 3, 4, got 9",
                "row 3: .*Did you mean 'accuracy'",
                "row 5: a second",
            ],
        )
    },
    "csv-wide": {
        "reviews.csv": ("task,reviewer,accuracy,seconds\nt1,ana,3,-1\n", ["row 2: seconds: .*got '-1'"])
    },
    "crowd-kit": {"labels-accuracy.csv": ("task,who,label\nt1,ana,3\n", ["missing worker"])},
    "jsonl": {
        "reviews.jsonl": (
            '{"id": 1}\n[\n',
            [r"reviews\.jsonl:1: id: ", r"reviews\.jsonl:2: expected one JSON"],
        )
    },
    "parquet": {"reviews.parquet": ("PAR1 and no more", ["this Parquet file cannot be read"])},
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_wrong_file_is_told_with_its_place_and_what_is_allowed(name: str, tmp_path: Path) -> None:
    """Every problem of it at once."""
    for file, (text, patterns) in WRONG[name].items():
        (tmp_path / file).write_text(text)
        with pytest.raises(ExchangeError) as caught:
            import_work(tmp_path, name, rubrics=[a_rubric()])
        for pattern in patterns:
            assert any(re.search(pattern, one) for one in caught.value.problems), caught.value.problems


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_or_missing_folder_is_no_work(name: str, tmp_path: Path) -> None:
    """One sentence that says what was expected."""
    for folder in (tmp_path, tmp_path / "gone"):
        with pytest.raises(ExchangeError, match=r"expected|no such file|no file is called"):
            import_work(folder, name)


def test_nothing_is_overwritten_and_nothing_is_left_half(tmp_path: Path) -> None:
    """A folder that holds something is refused, an empty one is taken; an unknown format has a neighbour."""
    work = Work(TaskSet((), tmp_path), {}, (a_review(),))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "empty").mkdir()

    with pytest.raises(ExchangeError, match="nothing is overwritten"):
        export_work(work, "csv", tmp_path / "full", card=CARD)
    with pytest.raises(UnknownName, match="Did you mean 'parquet'"):
        export_work(work, "parket", tmp_path / "new", card=CARD)
    export_work(work, "jsonl", tmp_path / "empty", card=CARD)

    assert ["empty", "full"] == sorted(one.name for one in tmp_path.iterdir())
    assert ["mine.txt"] == [one.name for one in (tmp_path / "full").iterdir()]
