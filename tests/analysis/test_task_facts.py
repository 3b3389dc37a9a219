"""One row per task: spread, sides, medians, flags, gold and measured evidence, as the statistics say them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis import Scale, spread
from evalwidgets.analysis.explore import PRESETS, chosen, task_facts
from evalwidgets.analysis.explore.presets import preset_named
from evalwidgets.core.slice_book import Slice
from evalwidgets.errors import SliceError, UnknownName

from ..samples import an_edit
from .tables import gold_of, ratings_of

QUALITY = Scale("quality", (1, 2, 3, 4, 5), tolerance=1)
SAFETY = Scale("safety", ("ok", "bad"), "nominal")
LEVELS = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=7), min_size=1, max_size=5)


@settings(max_examples=50)
@given(answers=LEVELS)
def test_spread_and_median_are_those_of_the_answers(answers: list[list[int]]) -> None:
    """The column says what `spread` says, and the criterion's own column is the median."""
    ratings = ratings_of(answers)

    facts = task_facts(ratings, QUALITY).set_index("task")

    expected = spread(ratings, QUALITY).table["quality"]
    pd.testing.assert_series_equal(facts["spread"], expected.reindex(facts.index), check_names=False)
    medians = (
        ratings.assign(value=ratings["value"].astype(float)).groupby("task", sort=False)["value"].median()
    )
    assert facts["quality"].tolist() == medians.reindex(facts.index).tolist()
    assert facts["n_reviews"].tolist() == [len(row) for row in answers]


@pytest.mark.parametrize(
    ("levels", "side"),
    [((1, 1, 5, 5, 5), 2), ((1, 5, 5, 5), 1), ((4, 4, 5, 5), 0), ((2, 2, 4, 4), 2), ((3,), 0)],
)
def test_the_smaller_side_stands_clearly_apart(levels: tuple[int, ...], side: int) -> None:
    """Two sides have a whole level between them; neighbours are no sides."""
    assert task_facts(ratings_of([levels]), QUALITY)["smaller_side"].tolist() == [side]


def test_the_criterion_that_divides_most_is_named() -> None:
    """Of several criteria the one with the largest spread is named, and none where all agree."""
    ratings = pd.concat([ratings_of([[1, 5], [3, 3]]), ratings_of([["ok", "ok"], ["ok", "ok"]], "safety")])

    facts = task_facts(ratings, [SAFETY, QUALITY])

    assert facts["most_spread"].tolist() == ["quality", ""]
    assert facts["safety"].tolist() == ["ok", "ok"]
    assert facts["spread_quality"].tolist() == [1.0, 0.0]


def test_reviews_tell_confidence_flags_and_the_newest_version() -> None:
    """What stands on every rating of a review is counted once."""
    rows = ratings_of([[1, 5]], confidence=[1, 3], flags=[("novel_pattern", "edge_case"), ("edge_case",)])
    ratings = pd.concat([rows, rows.assign(criterion="safety", value="ok")]).assign(rubric_version="1.10.0")
    ratings.loc[ratings["reviewer"] == "r0", "rubric_version"] = "1.9.0"

    row = task_facts(ratings, [SAFETY, QUALITY]).iloc[0]

    assert (row["confidence"], row["n_reviews"], row["n_flags"]) == (2.0, 2, 3)
    assert row["flags"] == ("edge_case", "novel_pattern")
    assert row["novel"]
    assert row["flag_edge_case"]
    assert row["rubric_version"] == "1.10.0"


def test_all_tasks_are_there_with_their_tags() -> None:
    """Tasks nobody reviewed have a row; a tag that no query could say, or that is taken, is renamed."""
    tasks = [
        an_edit("t0", tags={"edit type": "remove", "shadow": True, "spread": 7}),
        an_edit("t1", sensitive=True),
    ]

    facts = task_facts(ratings_of([[1, 5]]), QUALITY, tasks=tasks)

    assert facts["task"].tolist() == ["t0", "t1"]
    assert facts["n_reviews"].tolist() == [2, 0]
    assert facts["sensitive"].tolist() == [False, True]
    assert facts["edit_type"].tolist() == ["remove", None]
    assert facts["tag_spread"].tolist()[0] == 7
    assert facts["spread"].tolist()[0] == 1.0


def test_gold_is_suspect_where_gold_health_says_so() -> None:
    """Three who agree against gold make it suspect; a task without gold is neither."""
    ratings = ratings_of([[1, 1, 1], [4, 4, 5], [2, 2, 2]])
    gold = gold_of([5, 4])

    assert task_facts(ratings, QUALITY, gold)["gold_suspect"].tolist() == [True, False, pd.NA]
    assert task_facts(ratings, QUALITY)["gold_suspect"].isna().all()


def test_presets_say_why_they_cannot_be_told() -> None:
    """Without gold and evidence those slices give their reason and hold nothing."""
    facts = task_facts(ratings_of([[1, 1, 5, 5], [3, 3, 3, 3]]), QUALITY)

    lacking = {one.name for one in PRESETS if one.missing(facts)}

    assert {"gold_suspect", "unsure", "unchanged", "outside"} == lacking
    assert all(not one.of(facts).any() for one in PRESETS if one.missing(facts))
    assert preset_named("split").of(facts).tolist() == [True, False]
    with pytest.raises(UnknownName, match="split"):
        preset_named("splitt")


def test_measured_evidence_makes_its_slices() -> None:
    """Nothing changed and rated high, or much changed outside: told for what is measured only."""
    evidence = pd.DataFrame(
        {"changed": [False, True], "change_area": [0.0, 0.2], "outside_share": [None, 0.1], "trust": "good"},
        index=["t0", "t1"],
    )

    facts = task_facts(ratings_of([[5, 4], [5, 5], [5, 5]]), QUALITY, evidence=evidence)

    assert preset_named("unchanged").of(facts).tolist() == [True, False, False]
    assert preset_named("outside").of(facts).tolist() == [False, True, False]


FACTS = task_facts(
    ratings_of([[1, 5], [3, 3], [4, 5]]),
    QUALITY,
    tasks=[an_edit(f"t{n}", tags={"edit_type": kind}) for n, kind in enumerate(("remove", "add", "add"))],
)


@pytest.mark.parametrize(
    ("slice_", "tasks"),
    [
        (Slice(), ["t0", "t1", "t2"]),
        (Slice(query="spread > 0.2 and edit_type == 'remove'"), ["t0"]),
        (Slice(query="edit_type in ['add']\n and not 2 < quality < 4"), ["t2"]),
        (Slice(query="has(instruction, 'RED hat') & ~(spread == 0)", sort="-quality"), ["t2", "t0"]),
        (Slice(query="not known(confidence)", sort="spread"), ["t1", "t2", "t0"]),
        (Slice(presets=("split",)), []),
        (Slice(query="True", sort="-edit_type"), ["t0", "t1", "t2"]),
    ],
)
def test_a_slice_holds_what_it_says(slice_: Slice, tasks: list[str]) -> None:
    """Presets, query and order together; equals keep the order of the table."""
    assert chosen(FACTS, slice_)["task"].tolist() == tasks


def test_a_wrong_column_is_named_with_the_nearest() -> None:
    """Queries and orders say which column they do not know, and what may have been meant."""
    for slice_ in (Slice(query="spraed > 1"), Slice(sort="-spraed")):
        with pytest.raises(UnknownName, match=r"'spraed'.*Did you mean 'spread'"):
            chosen(FACTS, slice_)


@pytest.mark.parametrize(
    "query",
    [
        "__import__('os').system('true')",
        "@pd.eval('1')",
        "task.__class__.__mro__",
        "spread.values.tofile('stolen')",
        "(lambda: 1)()",
        "[one for one in (1, 2)]",
        "task * 999999999 == 'x'",
        "'a' * 999999999 == task",
        "spread ** 9 ** 9 ** 9 > 1",
        "(spread := 1) > 0",
        "f'{task}' == 'x'",
        "task[0] == 't'",
        "has(task.str, 'x')",
        "has(spread > 1, 'x')",
        "known(task, inplace=True)",
        "eval('1') == 1",
        "spread > 1; import os",
        "`spread` > 1",
        "not " * 490 + "novel",
        "(" * 900 + "spread > 1" + ")" * 900,
        "spread > 1e",
        "spread > \x00",
        "spread",
        "spread + 1",
        "edit_type > 3",
        "spread > None",
        "x" * 2_001,
    ],
)
def test_what_is_no_question_about_columns_is_refused(query: str, recwarn: pytest.WarningsRecorder) -> None:
    """Attributes, calls, powers, endless nesting and the like give a sentence and run nothing."""
    with pytest.raises(SliceError, match=r"\w+.*\."):
        chosen(FACTS, Slice.model_construct(query=query, presets=(), sort=""))
    assert not recwarn.list


@settings(max_examples=50)
@given(query=st.text(st.sampled_from("spread task()'\"[]<>=&|~+-*/.,:@`01 \\\n"), max_size=40))
def test_no_query_gives_a_traceback(query: str) -> None:
    """Whatever is typed gives tasks or one of our own sentences."""
    try:
        found = chosen(FACTS, Slice.model_construct(query=query, presets=(), sort=""))
    except (SliceError, UnknownName):
        return
    assert set(found["task"]) <= {"t0", "t1", "t2"}
