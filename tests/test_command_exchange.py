"""The commands that carry reviews out of a store and in: what travels, what is said, what is refused."""

from __future__ import annotations

import csv
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
