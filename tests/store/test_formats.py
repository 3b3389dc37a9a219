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

from ..samples import OPTIONS, criterion, write_manifest
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
        _records(tmp_path / "out" / rubric.id / f"{one}.csv") for one in ("labels-quality", "pairs-better")
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


@pytest.mark.parametrize("name", WRONG)
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
    told = r"expected|no file is called|there is (neither|no) |[Nn]o such file"
    for folder in (tmp_path, tmp_path / "gone"):
        with pytest.raises(ExchangeError, match=told):
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


def test_an_earlier_export_gives_way_where_it_may(tmp_path: Path) -> None:
    """With replace the new export stands alone; what is no export stays, whatever is said."""
    work = Work(TaskSet((), tmp_path), {}, (a_review(),))
    export_work(work, "csv", tmp_path / "out", card=CARD)

    written = export_work(work, "jsonl", tmp_path / "out", card=CARD, replace=True)

    assert sorted(one.name for one in written.paths) == sorted(
        one.name for one in (tmp_path / "out").iterdir()
    )
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "kept.txt").write_text("mine")
    with pytest.raises(ExchangeError, match="nothing is overwritten"):
        export_work(work, "csv", tmp_path / "mine", card=CARD, replace=True)


def test_labels_of_two_rubrics_are_never_one_table(tmp_path: Path) -> None:
    """Two rubrics may ask for the same word and mean something else: each has its folder."""
    others = a_rubric(), a_rubric(id="image-quality")
    reviews = tuple(
        a_review(rubric=one.id, rubric_hash=one.hash, answers={"accuracy": Answer(value=level)})
        for one, level in zip(others, (3, 1), strict=True)
    )
    written = export_work(
        Work(TaskSet((), tmp_path), {one.hash: one for one in others}, reviews),
        "crowd-kit",
        tmp_path / "out",
        card=CARD,
    )

    assert not any("version" in said or "later answer" in said for said in written.left_out)
    for one, level in zip(others, ("3", "1"), strict=True):
        (label,) = _records(tmp_path / "out" / one.id / "labels-accuracy.csv")
        assert level == label["label"]
    brought = import_work(tmp_path / "out", "crowd-kit").work.reviews
    assert {"image-edit": 3, "image-quality": 1} == {
        one.rubric: one.answers["accuracy"].value for one in brought
    }


def test_tasks_at_hand_come_before_those_that_came_along(tmp_path: Path) -> None:
    """They have the pictures; what differs, and what is not here, is said."""
    tasks = read_tasks(write_manifest(tmp_path, 3))
    changed = tasks[1].model_copy(update={"instruction": "Remove the hat"})
    work = Work(TaskSet([tasks[0], changed, *tasks[2:]], tmp_path), {}, ())
    export_work(work, "jsonl", tmp_path / "out", card=CARD)

    brought = import_work(tmp_path / "out", "jsonl", tasks=tasks[:2])

    assert [tasks[0], tasks[1], tasks[2]] == list(brought.work.tasks)
    assert tasks.folder == brought.work.tasks.folder
    assert any("1 task differ" in said and "'t01'" in said for said in brought.left_out)
    assert any("1 task came with the work only" in said for said in brought.left_out)


def test_a_rubric_that_nobody_brought_is_said(tmp_path: Path) -> None:
    """The reviews are kept; a table, whose cells only a rubric explains, is refused instead."""
    work = Work(TaskSet((), tmp_path), {}, (a_review(),))
    for name in ("jsonl", "csv"):
        export_work(work, name, tmp_path / name, card=CARD)

    brought = import_work(tmp_path / "jsonl", "jsonl")

    assert (1, True) == (len(brought.work.reviews), "image-edit 1.0.0" in brought.left_out[0])
    with pytest.raises(ExchangeError, match=r"--rubric.*known: none \(and in 3 rows more\)"):
        import_work(tmp_path / "csv", "csv")


RUBRIC_OF_LISTS = a_rubric(
    criteria=[
        *(one.model_dump() for one in a_rubric().criteria),
        criterion("defects", "multi", options=OPTIONS),
    ]
)
ODD = {
    "a column twice": "task,task,reviewer,criterion,value\nt1,t1,ana,accuracy,3\n",
    "a list without an end": "task,reviewer,criterion,value\nt1,ana,defects," + "[" * 100_000 + "\n",
    "a number too long": "task,reviewer,criterion,value\nt1,ana,accuracy," + "9" * 5000 + "\n",
    "a time without its zone": "task,reviewer,criterion,value,shown_at\nt1,ana,accuracy,3,2026-03-02 12:00\n",
    "flags that are no object": "task,reviewer,criterion,value,flags\nt1,ana,accuracy,3,[1]\n",
    "an id that is none": "task,reviewer,criterion,value,review\nt1,ana,accuracy,3,7\n",
    "a deep list": "task,reviewer,criterion,value\nt1,ana,defects," + "[" * 900 + "]" * 900 + "\n",
    "marks that are lists": 'task,reviewer,criterion,value\nt1,ana,marked,"[{""word"": 0, ""mark"": []}]"\n',
    "nothing": "",
    "a picture": "\x89PNG\r\n",
}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_file_ends_in_a_sentence(what: str, tmp_path: Path) -> None:
    """Never in another error, and never in one that fills the screen."""
    (tmp_path / "ratings.csv").write_text(ODD[what])

    with pytest.raises(ExchangeError) as caught:
        import_work(tmp_path, "csv", rubrics=[RUBRIC_OF_LISTS])

    assert all(len(problem) < 600 for problem in caught.value.problems)


def test_a_formula_is_only_a_name(tmp_path: Path) -> None:
    """Of a task that somebody's table calls so; it is the same after a journey."""
    (tmp_path / "ratings.csv").write_text("task,reviewer,criterion,value\n=1+1,@ana,accuracy,3\n")
    brought = import_work(tmp_path, "csv", rubrics=[a_rubric()])

    written = export_work(brought.work, "csv-wide", tmp_path / "out", card=CARD)

    assert ("=1+1", "@ana") == (brought.work.reviews[0].task, brought.work.reviews[0].reviewer)
    assert "'=1+1" == _records(tmp_path / "out" / "reviews.csv")[0]["task"]
    assert brought.work.reviews == import_work(tmp_path / "out", "csv-wide").work.reviews
    assert () == written.left_out
