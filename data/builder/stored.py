"""The simulated reviews as a store, so that the calibration notebook reads them like any others."""

from __future__ import annotations

from pathlib import Path

from evalwidgets.core.review import Review
from evalwidgets.store.reviews import open_store
from evalwidgets.store.rubrics import read_rubric


def store_reviews(folder: Path, rubric_file: Path) -> None:
    """Submit every line of ``simulated_reviews.jsonl`` to ``reviews.db`` beside it."""
    lines = (folder / "simulated_reviews.jsonl").read_text(encoding="utf-8").splitlines()
    with open_store(folder / "reviews.db") as store:
        store.remember_rubric(read_rubric(rubric_file))
        for line in lines:
            store.submit(Review.model_validate_json(line))
