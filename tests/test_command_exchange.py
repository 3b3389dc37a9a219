"""The commands that carry reviews out of a store and in: what travels, what is said, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import evalwidgets as ew
from evalwidgets.__main__ import main
from evalwidgets.core.adjudication_events import Settled
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.round import SANDBOX

from .samples import write_manifest
from .store.samples import NOON, a_review, a_round, a_rubric

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return what runs a command in a folder of two tasks and returns its code and what it wrote."""
    monkeypatch.chdir(tmp_path)
    write_manifest(tmp_path, 2)

    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([str(one) for one in arguments])
        written = capsys.readouterr()
        return code, written.out, written.err

    return call


def reviews() -> list[Review]:
    """Return ana's review with its revision, ben's, and one that ben skipped."""
    hash_ = a_rubric().hash
    three = {"accuracy": Answer(value=3, note="The hat is red.")}
    first = a_review(task="t00", rubric_hash=hash_, answers=three, flags={})
    again = a_review(
        task="t00", rubric_hash=hash_, answers={"accuracy": Answer(value=4)}, revision=2, reason="re-vote"
    )
    other = a_review(task="t00", rubric_hash=hash_, reviewer="ben", answers=three)
    return [
        first,
        again,
        other,
        a_review(task="t01", rubric_hash=hash_, reviewer="ben", answers={}, state="skipped"),
    ]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store with a round of these reviews, one of the sandbox, and one answer settled."""
    path = tmp_path / "reviews.db"
    with ew.open_store(path) as opened:
        opened.remember_rubric(a_rubric())
        opened.rounds.open(a_round(name="r1", tasks=("t00", "t01"), rubric_hash=a_rubric().hash, seed="7"))
        for one in reviews()[:1] + reviews()[2:]:
            opened.submit(one)
        opened.submit(a_review(task="t00", round=SANDBOX))
        facts = {"task": "t00", "rubric": "image-edit", "rubric_version": "1.0.0", "criterion": "accuracy"}
        settled = Settled(
            **facts,
            how="chosen",
            value=4,
            reason="-1 is no level",
            cause="slip",
            considered=("x",),
            by="lee",
            at=NOON,
        )
        opened.adjudication.log("spring", settled)
    return path


@pytest.mark.parametrize("name", ["jsonl", "parquet", "csv", "csv-wide"])
def test_reviews_go_out_and_into_another_store_once(run: Run, store: Path, name: str) -> None:
    """With their ids, so that a second import stores nothing; a table says who has no row."""
    code, out, err = run("export", store, "--format", name, "--out", "out", "--tasks", "tasks.jsonl")

    held = 2 if name == "csv" else 3
    assert (0, "Wrote 3 reviews to out") == (code, out[:22])
    assert "Left out: The pictures stay where they are (4 files)" in err
    assert ("was skipped" in err) == (name == "csv")
    for stored, there in ((held, 0), (0, held)):
        code, out, _ = run("import", "out", "--format", name, "--store", "new.db")
        assert (0, f"{stored} reviews stored, {there} there already, 0 refused") == (code, out.split(";")[0])
    with ew.open_store("new.db") as opened, ew.open_store(store) as before:
        assert before.reviews(current=False)[:held] == opened.reviews(current=False)
        assert {a_rubric().hash} == set(opened.rubrics())


def test_the_card_says_what_the_store_knows(run: Run, store: Path) -> None:
    """Order, evidence, exclusions and what was settled; reviewers are named on request only."""
    run("export", store, "--format", "crowd-kit", "--out", "out", "--tasks", "tasks.jsonl", "--adjudicated")
    run("export", store, "--format", "jsonl", "--out", "named", "--tasks", "tasks.jsonl", "--names")
    card = Path("out", "PROTOCOL.md").read_text()

    assert f"image-edit 1.0.0 (hash {a_rubric().hash[:12]}): 2 ratings" in card
    assert "drawn from a seed (7 in r1)" in card
    assert "For the lead only (1 round)." in card
    assert "tried out in the sandbox: 1 review" in card
    assert "skipped (no rating): 1 review" in card
    assert "1 answer settled by a person (1 chosen)" in card
    assert "- Notes are left out (2 answers)." in card
    assert ("ana" in card, "ana, ben" in Path("named", "PROTOCOL.md").read_text()) == (False, True)
    assert "'-1 is no level" in Path("out", "adjudicated.csv").read_text()


def test_what_a_store_refuses_is_said_and_changes_nothing(run: Run, store: Path) -> None:
    """A review with the id of another, and one whose earlier revision is missing."""
    run("export", store, "--format", "csv", "--out", "out", "--tasks", "tasks.jsonl")
    table = Path("out", "ratings.csv")
    table.write_text(table.read_text().replace("The hat is red.", "The hat is blue."))
    gap = Path("gap", "ratings.csv")
    gap.parent.mkdir()
    gap.write_text("task,reviewer,criterion,value,campaign,round,revision\nt01,cem,accuracy,2,spring,r9,2\n")
    a_yaml = Path("rubric.yaml")
    a_yaml.write_text(a_rubric().model_dump_json(by_alias=True, exclude_defaults=True))

    code, out, err = run("import", "out", "--format", "csv", "--store", store)
    late, _, late_err = run("import", "gap", "--format", "csv", "--store", store, "--rubric", a_yaml)

    assert (1, 1) == (code, late)
    assert "0 reviews stored, 0 there already, 2 refused" in out
    assert "is stored already and differs in: accuracy" in err
    assert "cannot be revision 2: the next one is 1" in late_err
    with ew.open_store(store) as opened:
        assert "The hat is red." == opened.reviews(reviewer="ana")[0].answers["accuracy"].note


def test_an_unknown_format_or_a_full_folder_is_one_sentence(run: Run, store: Path, tmp_path: Path) -> None:
    """And nothing is written."""
    unknown = run("export", store, "--format", "csw", "--out", "out", "--tasks", "tasks.jsonl")
    full = run("export", store, "--format", "csv", "--out", tmp_path, "--tasks", "tasks.jsonl")
    nobody = run(
        "export", store, "--format", "csv", "--out", "out", "--tasks", "tasks.jsonl", "--round", "r9"
    )

    assert (1, "", "No format 'csw'. Did you mean 'csv'?") == (*unknown[:2], unknown[2][:36])
    assert "nothing is overwritten" in full[2]
    assert "no review is there to export" in nobody[2]
    assert not Path("out").exists()
