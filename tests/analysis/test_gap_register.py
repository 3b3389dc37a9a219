"""The register ranks clauses by independent people and tasks, and tells what became of each gap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalwidgets.analysis import gap_register, gap_signals
from evalwidgets.analysis.gaps.register import COLUMNS, score_of
from evalwidgets.analysis.gaps.signals import COLUMNS as SIGNALS
from evalwidgets.core.clause import Clause
from evalwidgets.core.gap_book import GapBook, replay_gaps
from evalwidgets.core.gap_events import Closed, Decided, Dismissed, Example, Raised, Voted

from .planted_gaps import CLAUSE, HARD, SCALES, TAG, WRONG_GOLD, planted_gaps

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOW = NOON + timedelta(days=30)
LATE = {"by": "lee", "at": NOON + timedelta(days=20)}
SEEDS = range(4)


def signals(*rows: tuple[str, str, str, float], lower: int = 3, **more: Any) -> pd.DataFrame:
    """Return signals given as criterion, task, reviewer and strength."""
    nothing = {"source": "flag", "quote": "", "level": None, "review": "", "where": "", **more}
    table = [
        {
            **nothing,
            "clause": str(Clause(criterion=name, lower=lower)),
            "criterion": name,
            "lower": lower,
            "task": task,
            "reviewer": who,
            "strength": strength,
            "at": NOON,
        }
        for name, task, who, strength in rows
    ]
    told = pd.DataFrame(table, columns=list(SIGNALS))
    return told.assign(at=pd.to_datetime(told["at"], utc=True), lower=told["lower"].astype("Int64"))


def raised(gap: str, criterion: str, **more: Any) -> Raised:
    """Return a gap at 3|4 of a criterion."""
    clause = Clause(criterion=criterion, lower=3)
    facts = {"rubric": "r", "rubric_version": "1.0.0", "title": "What then?", "by": "lee", "at": NOON}
    return Raised(**{**facts, "gap": gap, "clause": clause, **more})


@pytest.mark.parametrize("seed", SEEDS)
def test_the_ambiguous_clause_is_first_and_causes_are_right(seed: int) -> None:
    """A hard task, a wrong gold and a loud person stay far below it, and the tag says where."""
    world = planted_gaps(seed)
    causes = world.causes().rows
    said = dict(zip(zip(causes["task"], causes["criterion"], strict=True), causes["cause"], strict=True))
    table = gap_register(world.signals(), GapBook(), now=NOW)
    unclear = [said.get((task, CLAUSE.criterion)) for task in world.shadows & set(world.before["task"])]

    assert (str(CLAUSE), TAG) == tuple(table.loc[0, ["clause", "where"]])
    assert table["score"][0] > 2 * table["score"][1]
    assert ("hard_task", "gold_suspect") == (said[HARD], said[WRONG_GOLD])
    assert unclear.count("rule_unclear") >= len(unclear) - 1


def test_nobody_can_be_told_from_the_register() -> None:
    """It counts people and names none."""
    table = gap_register(planted_gaps(0).signals(), GapBook(), now=NOW)
    text = table.to_csv()

    assert "reviewer" not in table.columns
    assert not [name for name in planted_gaps(0).ratings["reviewer"].unique() if f"{name}," in text]


def test_neither_one_person_nor_one_task_outweighs_several() -> None:
    """Three people on three tasks come before one person on twenty tasks and twenty people on one."""
    loud = [("loud", f"t{t}", "hal", 0.6) for t in range(20)]
    crowd = [("crowd", "t0", f"r{r}", 0.6) for r in range(20)]
    some = [("some", f"t{n}", f"r{n}", 0.6) for n in range(3)]
    table = gap_register(signals(*loud, *crowd, *some), GapBook(), now=NOW)

    assert ["some 3|4", "loud 3|4", "crowd 3|4"] == list(table["clause"])
    assert [1.8, 0.6, 0.6] == pytest.approx(list(table["score"]))


SAID = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from([0.2, 0.5, 1.0])), max_size=9
)


@settings(max_examples=50)
@given(SAID)
def test_the_score_is_the_best_choice_without_counting_anybody_or_any_task_twice(
    said: list[tuple[str, str, float]],
) -> None:
    """The same as trying every choice."""
    choices = [
        sum(s for _, _, s in some)
        for n in range(4)
        for some in combinations(said, n)
        if len({who for who, _, _ in some}) == len({task for _, task, _ in some}) == n
    ]

    assert max(choices) == pytest.approx(score_of(said))


@settings(max_examples=50)
@given(SAID, st.lists(st.tuples(st.sampled_from("xyzuvw"), st.floats(0, 1)), max_size=12))
def test_one_loud_person_adds_at_most_one(
    said: list[tuple[str, str, float]], loud: list[tuple[str, float]]
) -> None:
    """However much they flag; and no signal ever lowers a score."""
    after = score_of([*said, *(("hal", task, strength) for task, strength in loud)])

    assert score_of(said) - 1e-9 <= after <= score_of(said) + 1 + 1e-9


def test_a_gap_takes_the_signals_of_its_clause() -> None:
    """What is settled comes last, with decision, version and age; backers and examples count."""
    example = Example(task="t9", quote="a shadow is left")
    log = [
        raised("first", "kept", examples=(example,)),
        Voted(gap="first", by="mia", at=NOON),
        raised("second", "closed"),
        Decided(gap="second", decision="It follows.", **LATE),
        Closed(gap="second", version="1.1.0", rubric_hash="a" * 64, **LATE),
        raised("third", "gone"),
        Dismissed(gap="third", reason="no", **LATE),
    ]
    told = signals(
        ("closed", "t1", "ana", 0.5),
        ("closed", "t2", "ben", 0.5),
        ("kept", "t1", "ana", 0.5),
        ("new", "t1", "ana", 0.2),
    )
    told.loc[1, "at"] = pd.Timestamp(NOW)
    table = gap_register(told, replay_gaps(log), now=NOW).set_index("clause")

    assert ["open", "suggested", "closed", "dismissed"] == list(table["state"])
    assert (1.5, 2, 3, 2, ("t9", "t1")) == tuple(
        table.loc["kept 3|4", ["score", "n_tasks", "n_people", "votes", "examples"]]
    )
    assert "a shadow is left" == table.loc["kept 3|4", "quotes"][0].text
    assert ("It follows.", "1.1.0", 20, 2, 1) == tuple(
        table.loc["closed 3|4", ["decision", "version", "age", "n_signals", "n_since"]]
    )
    assert [30, 30, 20, 20] == list(table["age"])


def test_quotes_begin_with_the_extremes() -> None:
    """Lowest and highest answers in turn, each wording once, six at most."""
    rows = [("q", f"t{n}", f"r{n}", 0.5) for n in range(9)]
    told = signals(*rows).assign(level=[3, 1, 5, 2, 4, 3, 1, 5, 2], quote=list("cafbeggda"))
    quotes = gap_register(told, GapBook(), now=NOW)["quotes"][0]

    assert [1, 5, 1, 5] == [one.level for one in quotes[:4]]
    assert 6 == len(quotes) == len({one.text for one in quotes})


def test_without_anything_there_is_an_empty_register() -> None:
    """All columns, no rows."""
    table = gap_register(gap_signals([], SCALES), GapBook(), now=NOW)

    assert (0, COLUMNS) == (len(table), tuple(table.columns))
