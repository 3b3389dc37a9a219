"""The simulated reviews as a store, so that the notebooks read them like any others."""

from __future__ import annotations

from pathlib import Path

from builder.gap_story import tell_gap_story
from evalwidgets.core.review import Review
from evalwidgets.core.round import Round
from evalwidgets.store.reviews import open_store
from evalwidgets.store.rubrics import read_rubric

REVIEWS = (
    "simulated_reviews.jsonl",
    "meeting_reviews.jsonl",
    "region_reviews.jsonl",
    "rubric_reviews.jsonl",
    "pair_reviews.jsonl",
)
"""The files that hold the reviews of the rounds."""


def store_reviews(folder: Path, edits: Path, *others: Path) -> None:
    """Open the meeting's round, submit the reviews of all rounds to ``reviews.db``, and tell of the gaps."""
    rubric = read_rubric(edits)
    with open_store(folder / "reviews.db") as store:
        for one in (rubric, *map(read_rubric, others)):
            store.remember_rubric(one)
        opened = (folder / "meeting_round.json").read_text(encoding="utf-8")
        store.rounds.open(Round.model_validate_json(opened))
        for name in REVIEWS:
            for line in (folder / name).read_text(encoding="utf-8").splitlines():
                store.submit(Review.model_validate_json(line))
        tell_gap_story(store, folder, rubric)
