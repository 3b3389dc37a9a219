"""More like this: each ground by itself, what is missing said, words as scikit-learn weighs them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from evalwidgets.analysis import Similar, find_similar
from evalwidgets.analysis.words import WordWeights
from evalwidgets.errors import RatingsError, UnknownName

from ..samples import an_edit

FACTS = pd.DataFrame(
    {
        "task": ["one", "two", "three", "four"],
        "edit_type": ["remove", "remove", "add", None],
        "scene": ["street", "street", "beach", "street"],
        "subjects": [("figure", "text"), ("figure",), (), ("figure", "text")],
    }
)
TEXTS = {"one": "The shadow stayed", "two": "Its shadow stayed there", "three": "Too bright", "four": ""}
EVIDENCE = pd.DataFrame({"task": ["one", "two", "three"], "changed": [0.1, 0.12, 0.9], "said": "x"})
SENTENCES = st.lists(st.text(st.sampled_from("abc éß_7 .-"), max_size=12), min_size=1, max_size=6)


def similar() -> Similar:
    """Return the four tasks, fitted."""
    return Similar(FACTS, TEXTS, ["edit_type", "scene", "subjects"], EVIDENCE)


def test_each_ground_counts_by_itself_and_the_score_is_their_mean() -> None:
    """Tags by what they share, the edit type by equality, evidence by rank, words by cosine."""
    near = similar().nearest("one").set_index("task")

    assert ["four", "two", "three"] == list(near.index)
    two = near.loc["two"]
    assert ((1 + 1 / 2) / 2, 1.0, 0.5) == (two["tags"], two["edit_type"], two["evidence"])
    assert 0 < two["words"] < 1
    assert np.isclose(two["score"], two[["tags", "edit_type", "evidence", "words"]].mean())
    assert "same edit type; same scene; words: shadow, stayed" == two["why"]


def test_a_ground_that_one_lacks_is_left_out_and_said() -> None:
    """A task without edit type, evidence and words is compared by its tags alone."""
    four = similar().nearest("one").set_index("task").loc["four"]

    assert (1.0, 1.0) == (four["score"], four["tags"])
    assert four[["edit_type", "evidence", "words"]].isna().all()
    assert four["why"].endswith("not compared: edit type, evidence and words")


def test_what_has_no_ground_at_all_scores_nothing() -> None:
    """Tasks of which nothing is known resemble nobody."""
    near = Similar(FACTS[["task"]], {}, []).nearest("one")

    assert [0.0] * 3 == near["score"].tolist()


@given(SENTENCES)
@settings(max_examples=50)
def test_words_are_weighed_as_scikit_learn_does(texts: list[str]) -> None:
    """The table of words equals that of its TfidfVectorizer."""
    ours = WordWeights(texts).table.toarray()
    try:
        theirs = TfidfVectorizer().fit_transform(texts).toarray()
    except ValueError:  # it refuses texts without a word
        assert ours.size == 0
        return
    np.testing.assert_allclose(ours, theirs)


@given(SENTENCES, st.integers(0, 5))
@settings(max_examples=50)
def test_grounds_lie_between_none_and_all(texts: list[str], at: int) -> None:
    """Every number is from 0 to 1 or missing, the nearest stand first, and oneself is not among them."""
    facts = pd.DataFrame(
        {"task": [f"t{i}" for i in range(len(texts))], "first": [text[:1] for text in texts]}
    )
    task = f"t{at % len(texts)}"
    near = Similar(facts, dict(zip(facts["task"], texts, strict=True)), ["first"]).nearest(task)

    assert task not in set(near["task"])
    assert len(texts) - 1 == len(near)
    assert near["score"].is_monotonic_decreasing
    numbers = near[["score", "tags", "words"]].to_numpy(dtype=float)
    assert (np.isnan(numbers) | ((numbers >= 0) & (numbers <= 1))).all()


def test_tasks_and_notes_are_enough() -> None:
    """Tasks bring tags and instruction, the tidy table the justifications."""
    tasks = [an_edit(name, instruction="Do it", tags={"edit_type": "remove"}) for name in ("a", "b", "c")]
    notes = pd.DataFrame({"task": ["a", "c", "b"], "note": ["a halo", "the halo", None]})

    near = find_similar("a", tasks, ratings=notes, top=1)
    assert ["c"] == near["task"].tolist()
    assert "halo" in near["why"].iloc[0]
    assert ["b"] == find_similar("a", tasks[:2])["task"].tolist()
    table = pd.DataFrame({"task": ["a", "b"], "kind": "edit", "scene": "street", "prompt": ["x y", None]})
    assert 1.0 == find_similar("a", table)["tags"].iloc[0]


def test_tasks_may_be_the_index() -> None:
    """As a column or as the index of both tables, the answer is the same."""
    indexed = Similar(FACTS.set_index("task"), TEXTS, ["scene"], EVIDENCE.set_index("task"))

    pd.testing.assert_frame_equal(
        Similar(FACTS, TEXTS, ["scene"], EVIDENCE).nearest("one"), indexed.nearest("one")
    )


def test_what_is_unknown_is_said() -> None:
    """A task or tag that does not exist, and tables without tasks."""
    with pytest.raises(UnknownName, match="No task 'oen'"):
        similar().nearest("oen")
    with pytest.raises(UnknownName, match="No tag 'sceen'"):
        Similar(FACTS, TEXTS, ["sceen"])
    with pytest.raises(RatingsError, match="facts: expected a column task"):
        Similar(FACTS.drop(columns="task"), TEXTS, [])
    with pytest.raises(RatingsError, match="evidence: expected a column task"):
        Similar(FACTS, TEXTS, [], EVIDENCE.drop(columns="task"))
