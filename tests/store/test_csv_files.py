"""Tables as CSV: no cell that a spreadsheet runs, and every text and number back as it was."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import evalwidgets as ew
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.exchange.csv_files import write_csv
from evalwidgets.store.exchange.safe_cells import guarded, unguarded
from evalwidgets.store.exchange.text_table import read_text_table

from ..hostile.cells import CELLS

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
LIKELY = st.text("=+-@'\t\r\n \"ab1,;|\uff1d\u00a0", max_size=12)


def raw_cells(path: Path) -> list[list[str]]:
    """Return the cells of a file as a spreadsheet gets them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def ratings(**columns: Any) -> pd.DataFrame:
    """Return a tidy table of as many rows as its longest column."""
    rows = len(next(iter(columns.values())))
    usual = {"task": [f"t{n}" for n in range(rows)], "reviewer": "ana", "criterion": "change", "value": 1}
    return pd.DataFrame({**usual, **columns})


@given(TEXTS | LIKELY)
@example("'")
@example("''=")
def test_a_text_is_made_safe_and_comes_back(text: str) -> None:
    """Whatever it is: it begins with nothing that runs, and one mark less is the text again."""
    cell = guarded(text)

    assert not cell.lstrip(" \u00a0\ufeff").startswith(RUNS)
    assert text == unguarded(cell)
    assert cell in (text, f"'{text}")


@pytest.mark.parametrize("cell", CELLS)
def test_no_hostile_cell_is_a_formula(cell: str, tmp_path: Path) -> None:
    """As a note, an id or a column's name: a spreadsheet sees a text, and the reader what was written."""
    table = ratings(note=[cell], **{cell: [1]})

    (header, row) = raw_cells(write_csv(table, tmp_path / "t.csv"))

    assert not [one for one in (*header, *row) if one.lstrip(" ").startswith(RUNS)]
    assert cell == read_text_table(tmp_path / "t.csv").table["note"][0]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=st.lists(TEXTS | LIKELY, min_size=1, max_size=8))
def test_notes_come_back_as_they_were(notes: list[str], tmp_path: Path) -> None:
    """Line ends, quotation marks, commas and all."""
    path = write_csv(ratings(note=notes), tmp_path / "t.csv")

    assert notes == read_text_table(path).table["note"].tolist()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.integers(1 - 2**53, 2**53 - 1) | st.floats(-1e300, 1e300), min_size=1, max_size=20))
def test_numbers_are_exact_and_carry_no_mark(values: list[float], tmp_path: Path) -> None:
    """Also negative ones, and those with many digits."""
    path = write_csv(ratings(value=pd.Series(values, dtype=object)), tmp_path / "t.csv")

    assert "'" not in path.read_text()
    assert values == list(ew.read_ratings(path).ratings["value"])


def test_a_tidy_table_comes_back(tmp_path: Path) -> None:
    """Answers of every kind, what is missing, times and flags."""
    when = datetime(2026, 11, 21, 12, 30, 1, 5, UTC)
    table = pd.DataFrame(
        {
            "task": ["-t1", "t2", "=t3"],
            "reviewer": ["+ana", "@ben", "zoë"],
            "criterion": ["defects"] * 3,
            "value": pd.Series([("halo", "remnant"), (), None], dtype=object),
            "note": ["=1", "", "- the brim\n- the hat"],
            "second": pd.array([1, None, 2], dtype="Int64"),
            "seconds": [0.1, np.float64(2), np.nan],
            "submitted_at": pd.Series([when, when, pd.NaT]),
            "flags": [("edge",), (), ()],
        }
    )

    back = ew.read_ratings(ew.write_csv(table, tmp_path / "t.csv")).ratings

    assert ["-t1", "t2", "=t3"] == back["task"].tolist()
    assert ["+ana", "@ben", "zoë"] == back["reviewer"].tolist()
    assert [("halo", "remnant"), (), None] == back["value"].tolist()
    assert ["=1", "- the brim\n- the hat"] == back["note"].dropna().tolist()
    assert [1.0, 2.0] == back["second"].dropna().tolist()
    assert [0.1, 2.0] == back["seconds"].dropna().tolist()
    assert pd.Timestamp(when) == back["submitted_at"][0]
    assert pd.isna(back["submitted_at"][2])


def test_a_quotation_mark_of_somebody_elses_stays(tmp_path: Path) -> None:
    """Only one before what could be a formula is a mark."""
    path = tmp_path / "t.csv"
    path.write_text("task,reviewer,criterion,value,note\nt,a,c,1,'tis fine\nu,a,c,2,'=1\n")

    assert ["'tis fine", "=1"] == ew.read_ratings(path).ratings["note"].tolist()


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """No folder, or a text that is none: one sentence, and nothing half done."""
    old = write_csv(ratings(note=["old"]), tmp_path / "t.csv")
    before = old.read_bytes()

    with pytest.raises(EvalWidgetsError, match="half of a surrogate pair"):
        write_csv(ratings(note=pd.Series(["fine", "\ud800"], dtype=object)), old)
    with pytest.raises(EvalWidgetsError, match=r"gone/t\.csv: cannot be written"):
        write_csv(ratings(note=["x"]), tmp_path / "gone" / "t.csv")
    assert before == old.read_bytes()
    assert [old] == list(tmp_path.iterdir())
