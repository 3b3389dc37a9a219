"""The simulated reviews as a store, so that the notebooks read them like any others."""

from __future__ import annotations

from pathlib import Path

from evalwidgets.core.review import Review
from evalwidgets.core.round import Round
from evalwidgets.store.reviews import open_store
from evalwidgets.store.rubrics import read_rubric


def store_reviews(folder: Path, rubric_file: Path) -> None:
    """Open the meeting's round and submit the reviews of both rounds to ``reviews.db``."""
    with open_store(folder / "reviews.db") as store:
        store.remember_rubric(read_rubric(rubric_file))
        opened = (folder / "meeting_round.json").read_text(encoding="utf-8")
        store.rounds.open(Round.model_validate_json(opened))
        for name in ("simulated_reviews.jsonl", "meeting_reviews.jsonl"):
            for line in (folder / name).read_text(encoding="utf-8").splitlines():
                store.submit(Review.model_validate_json(line))
