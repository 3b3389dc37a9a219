"""Tables of ratings from elsewhere: understood, said, or refused in a sentence."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalwidgets.errors import EvalWidgetsError, RatingsError, UnknownName
from evalwidgets.store.exchange.rating_files import RatingFile, read_ratings

LONG = "task,reviewer,criterion,value\nt1,ana,quality,3\nt1,ben,quality,4.0\nt2,ana,safety,ok\n"


def read(folder: Path, content: str | bytes, **options: Any) -> RatingFile:
    """Write a file and read it."""
    path = folder / "ratings.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_ratings(path, **options)


def rows_of(file: RatingFile) -> list[tuple[Any, ...]]:
    """Return the four columns as sorted plain rows."""
    rows = file.ratings[["task", "reviewer", "criterion", "value"]].to_numpy().tolist()
    return sorted((tuple(row) for row in rows), key=str)


def test_a_long_table_is_the_tidy_table(tmp_path: Path) -> None:
    """Numbers are numbers, whole ones whole, and other answers stay text."""
    file = read(tmp_path, LONG)

    assert [
        ("t1", "ana", "quality", 3),
        ("t1", "ben", "quality", 4),
        ("t2", "ana", "safety", "ok"),
    ] == rows_of(file)
    assert all(isinstance(value, int | str) for value in file.ratings["value"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LONG.replace(",", ";"), "separated by semicolons"),
        (LONG.replace(",", "\t"), "separated by tabs"),
        (LONG.replace("ana", "zo\u00eb").encode("cp1252"), "encoding cp1252"),
        (LONG.replace(",", "\t").encode("utf-16"), "encoding utf-16"),
    ],
)
def test_separator_and_encoding_are_guessed_and_said(tmp_path: Path, content: str | bytes, said: str) -> None:
    """What is not the usual is told, never taken in silence."""
    file = read(tmp_path, content)

    assert len(file.ratings) == 3
    assert said in file.understood


def test_a_byte_order_mark_belongs_to_no_name(tmp_path: Path) -> None:
    """Excel's UTF-8 begins with a mark, and the first column is still the task."""
    file = read(tmp_path, LONG.encode("utf-8-sig"))

    assert file.layout.task == "task"
    assert len(file.understood) == 1


@pytest.mark.parametrize(
    "header",
    [
        "item,rater,dimension,rating",
        "Image ID,Annotator,Question,Score",
        "sample_id,worker_id,metric,label",
        "unit,coder,aspect,answer",
    ],
)
def test_other_tools_words_are_known(tmp_path: Path, header: str) -> None:
    """The columns of common exports are recognised, and what was taken for what is said."""
    file = read(tmp_path, f"{header}\n1,a,q,3\n2,b,q,4\n")

    assert [("1", "a", "q", 3), ("2", "b", "q", 4)] == rows_of(file)
    assert file.understood == (file.layout.said(),)
    assert f"task = {header.split(',')[0]!r}" in file.layout.said()


def test_one_column_of_ratings_names_its_criterion(tmp_path: Path) -> None:
    """Without a column of criteria there is one, called as its column."""
    file = read(tmp_path, "image,rater,score,comment\n1,a,3,nice\n2,b,4,\n")

    assert [("1", "a", "score", 3), ("2", "b", "score", 4)] == rows_of(file)
    assert "the one criterion is called 'score'; not used: 'comment'" in file.understood[0]


def test_a_column_for_each_reviewer_is_unfolded(tmp_path: Path) -> None:
    """Empty cells only say that a reviewer did not have the task."""
    file = read(tmp_path, "item,ana,ben\nt1,3,\nt2,1,2\n")

    assert [("t1", "ana", "rating", 3), ("t2", "ana", "rating", 1), ("t2", "ben", "rating", 2)] == rows_of(
        file
    )
    assert "a column for each reviewer: 'ana', 'ben'" in file.understood[0]


def test_a_column_for_each_criterion_is_unfolded(tmp_path: Path) -> None:
    """Task and reviewer stand in the row, the criteria beside each other; remarks are no criterion."""
    file = read(tmp_path, "task,annotator,quality,safety,notes\nt1,ana,3,ok,fine\nt1,ben,4,bad,\n")

    assert [
        ("t1", "ana", "quality", 3),
        ("t1", "ana", "safety", "ok"),
        ("t1", "ben", "quality", 4),
        ("t1", "ben", "safety", "bad"),
    ] == rows_of(file)


def test_addresses_are_no_ratings(tmp_path: Path) -> None:
    """A column with another text in every row is left out of the guess, and that is said."""
    lines = "".join(f"t{i},{i % 5},{i % 3},made by m{i}\n" for i in range(40))

    file = read(tmp_path, f"task,ana,ben,origin\n{lines}")

    assert file.layout.rated == ("ana", "ben")
    assert "not used: 'origin'" in file.understood[0]


def test_columns_can_be_named(tmp_path: Path) -> None:
    """What is named is not guessed, and several value columns make a wide table."""
    table = "a,b,c,d\n1,x,3,4\n2,y,5,1\n"

    long = read(tmp_path, table, columns={"task": "a", "reviewer": "b", "value": "c"})
    wide = read(tmp_path, table, columns={"task": "a", "value": ["c", "d"]})

    assert [("1", "x", "c", 3), ("2", "y", "c", 5)] == rows_of(long)
    assert {"c", "d"} == set(wide.ratings["reviewer"])


def test_the_shape_can_be_said(tmp_path: Path) -> None:
    """Where both readings are possible, the word of the caller decides."""
    table = "task,reviewer,score,label\nt1,a,1,x\nt1,b,2,y\n"

    assert {"score"} == set(read(tmp_path, table).ratings["criterion"])
    assert {"score", "label"} == set(read(tmp_path, table, shape="wide").ratings["criterion"])


def test_numbers_are_numbers_or_texts_by_criterion(tmp_path: Path) -> None:
    """Decimal commas of semicolon files are read; one word among numbers makes texts, and is named."""
    file = read(
        tmp_path, "task;rater;metric;value\n1;a;x;3,5\n1;b;x;4\n1;a;y;2\n1;b;y;unclear\n2;a;x;\n2;b;x;N/A\n"
    )

    values = file.ratings.groupby("criterion")["value"].agg(list)

    assert [3.5, 4, None, None] == values["x"]
    assert ["2", "unclear"] == values["y"]
    assert "criterion 'y': read as text, because 'unclear' is no number" in file.understood
    assert "criterion 'x': 'N/A' read as missing" in file.understood


def test_sets_of_options_are_sets(tmp_path: Path) -> None:
    """A JSON list is an answer of several options, in whatever order they were written."""
    file = read(tmp_path, 'task,rater,value\n1,a,"[""b"", ""a""]"\n1,b,[]\n')

    assert [("a", "b"), ()] == list(file.ratings["value"])


def test_revisions_and_times_keep_their_types(tmp_path: Path) -> None:
    """Columns that statistics use are kept with their types; what is unreadable is left out and said."""
    file = read(
        tmp_path,
        "task,reviewer,value,revision,submitted_at,seconds\n"
        "1,a,3,1,2026-03-02T10:00:00Z,4\n1,a,4,2,2026-03-02T11:00:00Z,fast\n",
    )

    assert [1, 2] == list(file.ratings["revision"])
    assert "datetime64[us, UTC]" == str(file.ratings["submitted_at"].dtype)
    assert "seconds" not in file.ratings
    assert any(sentence.startswith("column 'seconds' is left out") for sentence in file.understood)


def test_parquet_is_read_as_csv_is(tmp_path: Path) -> None:
    """Floats that are whole are whole numbers, NaN is missing, an index with a name is a column."""
    path = tmp_path / "ratings.parquet"
    pd.DataFrame(
        {"ana": [3.0, np.nan], "ben": [4.0, 2.0]}, index=pd.Index(["t1", "t2"], name="task")
    ).to_parquet(path)

    file = read_ratings(path)

    assert [("t1", "ana", "rating", 3), ("t1", "ben", "rating", 4), ("t2", "ben", "rating", 2)] == rows_of(
        file
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty"),
        (b"\x7fELF\x00\x01", "got a binary file"),
        (b"PK\x03\x04rest", "an Excel workbook"),
        ('[{"task": 1}]', "got JSON"),
        (b"PAR1 and then rubbish", "this Parquet file cannot be read"),
        ("task,reviewer,value\n", "a header and no rows"),
        ("t1,ana,quality,3\nt2,ana,quality,4\n", "The first line looks like ratings"),
        ("task,reviewer,criterion,value\nt1,ana,3\n", r"row 2 .* has 3 cells, the header 4: 't1,ana,3'"),
        ("task,reviewer,value\nt1,ana,3\nt1,ben,3,4\n", r"row 3 .* has 4 cells, the header 3"),
        ("task,task,value\n1,2,3\n", "the column 'task' stands 2 times"),
        ("task,reviewer,value\n,ana,3\n", r"row 2 .* has no task"),
        ('task,reviewer,value\nt1,ana,3\nt2,ben,"4\nt3,ben,3\n', "row 3 opens a quotation mark"),
        ("colour,shade\nred,3\n", "no column is known to be the task among 'colour', 'shade'"),
        (",".join(f"c{i}" for i in range(5_000)) + "\n1\n", "at most 2,000 columns, got 5,000"),
        (
            ",".join(f"c{i}" for i in range(100_000)) + "\n1\n",
            "the first line has 65,536 characters and more",
        ),
    ],
)
def test_what_is_no_table_of_ratings_is_refused_in_a_sentence(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    """The error names the file, what was found there, and what to do."""
    with pytest.raises(RatingsError, match=message) as raised:
        read(tmp_path, content)

    assert str(raised.value).startswith(str(tmp_path / "ratings.csv"))


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """The limit is told with the way for larger tables."""
    with pytest.raises(RatingsError, match=r"bytes are more than the 10 .* database"):
        read(tmp_path, LONG, max_bytes=10)


def test_a_criterion_column_that_is_none_is_told(tmp_path: Path) -> None:
    """Hundreds of criteria are a wrong column."""
    lines = "".join(f"t,a,criterion {i},3\n" for i in range(600))

    with pytest.raises(RatingsError, match="600 different criteria, expected at most 500"):
        read(tmp_path, f"task,reviewer,criterion,value\n{lines}")


def test_missing_files_and_names_suggest_the_nearest(tmp_path: Path) -> None:
    """Did-you-mean for the file, the column and the role."""
    read(tmp_path, LONG)

    with pytest.raises(RatingsError, match=r"no such file. Did you mean 'ratings.csv'\?"):
        read_ratings(tmp_path / "rating.csv")
    with pytest.raises(UnknownName, match="Did you mean 'task'"):
        read(tmp_path, LONG, columns={"task": "tsk"})
    with pytest.raises(UnknownName, match="Did you mean 'reviewer'"):
        read(tmp_path, LONG, columns={"reviewers": "reviewer"})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=200)
    | st.text(alphabet='task,reviw"\n;\t13 \x00', max_size=120).map(str.encode)
)
def test_any_bytes_end_in_a_table_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    """No file, however broken, ends in anything but a table or one of our errors."""
    file = None
    with suppress(EvalWidgetsError):
        file = read(tmp_path, content)

    assert file is None or {"task", "reviewer", "criterion", "value"} <= set(file.ratings)
