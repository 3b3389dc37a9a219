"""The tally: who says what by letter, the re-vote, gold that stays hidden, and one sentence."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalwidgets.analysis import Scale
from evalwidgets.analysis.meeting.tally import Tally, tally
from evalwidgets.analysis.meeting.tally_rows import letters_for
from evalwidgets.errors import RatingsError, UnknownName

from ..samples import every_control
from .tables import gold_of, ratings_of

SCALE = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, label="Quality")
CHOICE = Scale("quality", ("yes", "maybe", "no"), "nominal", label="Quality")
NAMES = [f"r{number}" for number in range(30)]
PLAIN = dict(zip(NAMES, [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB", "AC", "AD"], strict=True))


def table(*values: Any, again: dict[int, Any] | None = None, **columns: list[Any]) -> pd.DataFrame:
    """Return one task's answers, "N/A" among them, and the answers of those who voted again."""
    rows = [("t0", f"r{r}", value, 1, "") for r, value in enumerate(values)]
    rows += [("t0", f"r{r}", value, 2, "re-vote") for r, value in (again or {}).items()]
    answers = pd.DataFrame(rows, columns=["task", "reviewer", "value", "revision", "reason"])
    na = answers["value"].eq("N/A")
    answers = answers.assign(
        criterion="quality",
        na=[("hidden" if one else None) for one in na],
        value=answers["value"].mask(na, None),
    )
    first = {name: [*given, *[None] * (len(rows) - len(given))] for name, given in columns.items()}
    return answers.assign(**first)


def counted(ratings: pd.DataFrame, scale: Any = SCALE, **options: Any) -> Tally:
    """Return the tally with the letters A, B, C ... in the order of the table."""
    return tally(ratings, scale, "t0", "quality", letters=PLAIN, **options)


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ((4, 5, 4, 2, 5, 4, 5, 4), "Seven of eight say 4 or 5, one says 2"),
        ((4,) * 8, "All eight say 4"),
        ((4,) * 20, "All 20 say 4"),
        ((4, 4), "Both say 4"),
        ((4,), "One reviewer says 4"),
        ((2, 5), "Two reviewers, two answers: 2 and 5"),
        ((1, 1, 1, 5, 5, 5), "Three of six say 1, three say 5"),
        ((1, 2, 3, 4, 4, 5), "Two of six say 4, one says 1, one says 2, one says 3, one something else"),
        ((4, 4, "N/A"), "Two of three say 4, one says it does not apply"),
        (("N/A", "N/A"), "Both say it does not apply"),
        ((), "Nobody has answered Quality on t0 yet"),
    ],
)
def test_the_finding_counts_answers_and_names_nobody(values: tuple[Any, ...], finding: str) -> None:
    """One sentence as a person would say it, without a name or a letter."""
    assert counted(table(*values)).finding == finding


def test_options_are_called_by_their_names() -> None:
    """A choice has no neighbours: its groups are told from the largest to the smallest."""
    ratings = table("yes", "no", "yes", "no", "yes")

    assert counted(ratings, CHOICE).finding == "Three of five say yes, two say no"


def test_the_re_vote_is_told_by_who_moved_and_by_the_spread() -> None:
    """The blind answer stays; the new one stands, and the sentence compares both."""
    found = counted(table(4, 2, 5, 3, again={1: 4, 3: 4, 2: 5}))

    assert [(dot.blind + 1, dot.stands + 1, dot.moved) for dot in found.dots] == [
        (4, 4, False),
        (2, 4, True),
        (5, 5, False),
        (3, 4, True),
    ]
    assert found.finding == (
        "After the re-vote three of four say 4, one says 5; "
        "two moved, spread 1.7 \N{RIGHTWARDS ARROW} 0.5 levels"
    )


def test_a_re_vote_without_a_change_is_said() -> None:
    """Nobody has to move."""
    assert counted(table(4, 4, again={0: 4})).finding == "After the re-vote both say 4; nobody moved"


def test_of_a_choice_the_largest_group_is_compared() -> None:
    """Where places have no distance, agreement is the size of the largest group."""
    found = counted(table("yes", "no", "no", again={0: "no"}), CHOICE)

    assert found.finding.endswith("one moved, the largest group 2 \N{RIGHTWARDS ARROW} 3")


def test_only_what_the_meeting_asked_for_is_a_re_vote() -> None:
    """A correction before the meeting is no re-vote; without a column that says why, the caller does."""
    ratings = table(4, 2, again={1: 5})
    corrected = ratings.assign(reason=["", "", "wrong key"])

    assert not counted(corrected).revoted
    assert not counted(ratings.drop(columns="reason")).revoted
    assert not counted(ratings, revote=False).revoted
    assert counted(ratings.drop(columns="reason"), revote=True).revoted


def test_gold_is_hidden_until_it_is_given() -> None:
    """Only the call with gold knows of it; then what is accepted and what is near are told apart."""
    ratings = table(4, 5, 2, 3)

    hidden, revealed = counted(ratings), counted(ratings, gold=gold_of([4]))

    assert (hidden.gold, hidden.revealed) == (None, False)
    assert revealed.gold is not None
    assert (revealed.gold.places, revealed.gold.within) == ((3,), (2, 3, 4))
    assert revealed.finding.endswith("gold is 4: one of four exact, three within tolerance")


def test_gold_of_several_values_or_none_is_said() -> None:
    """A set of accepted levels, no gold at all, and gold that says it does not apply."""
    ratings = table(4, 5)

    assert "gold is 4 or 5: two of two exact" in counted(ratings, gold=gold_of([(4, 5)], tolerance=0)).finding
    assert counted(ratings, gold=gold_of([3])[:0]).finding.endswith("there is no gold for it")
    away = counted(ratings, gold=gold_of([()], na=True))
    assert away.gold is not None
    assert away.places[away.gold.places[0]].value is None
    assert away.finding.endswith("gold is N/A: none of two exact")


def test_places_carry_the_words_of_the_task_s_kind() -> None:
    """The rubric's variant for the task words the descriptors; the scale stays."""
    rubric = every_control()
    ratings = ratings_of([[4, 5]], "adherence")

    plain, added = (
        tally(ratings, rubric, "t0", "adherence", tags=tags) for tags in (None, {"edit_type": "add"})
    )

    assert plain.places[4].descriptor == "What level 5 looks like."
    assert added.places[4].descriptor == "All of it was added."
    assert (added.question, added.label) == ("Was it added?", "Adherence")
    assert [place.value for place in added.places] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("criterion", "value"), [("change", "yes"), ("safety", "ok"), ("better", "halo")])
def test_yes_no_gates_and_preferences_have_an_axis(criterion: str, value: str) -> None:
    """Every control with declared answers can be tallied."""
    found = tally(ratings_of([[value]], criterion), every_control(), "t0", criterion)

    assert found.places[found.dots[0].blind].value == value
    assert not found.numeric


def test_what_has_no_axis_is_refused_with_what_has() -> None:
    """Regions, texts and open counts cannot be tallied; the error names what can."""
    with pytest.raises(RatingsError, match=r"defects.*declared answers.*one of safety, change, adherence"):
        tally(ratings_of([[["halo"]]], "defects"), every_control(), "t0", "defects")
    with pytest.raises(RatingsError, match="Declare them"):
        tally(ratings_of([[3]]), Scale("quality", metric="interval"), "t0", "quality")
    with pytest.raises(UnknownName, match="Did you mean 'quality'"):
        tally(ratings_of([[3]]), SCALE, "t0", "qualty")


def test_a_value_off_the_scale_is_refused() -> None:
    """A 7 on levels 1 to 5 is an error of the table, not a dot."""
    with pytest.raises(RatingsError, match="expected values among the declared levels"):
        counted(table(3, 7))


def test_a_reviewer_without_a_letter_is_counted_not_named() -> None:
    """The error must not tell on the screen of the meeting who it is."""
    with pytest.raises(RatingsError, match="got none for 1 of 2") as caught:
        tally(table(3, 4), SCALE, "t0", "quality", letters={"r0": "A"})
    assert "r1" not in str(caught.value)


def test_the_second_level_is_that_of_the_answer_that_stands() -> None:
    """Who moves leaves the old second level behind."""
    ratings = table(4, 2, again={1: 4}, second=[5, 3])

    assert [dot.second for dot in counted(ratings).dots] == [4, None]
    assert [dot.second for dot in counted(ratings, revote=False).dots] == [4, 2]


def test_the_outlying_justifications_come_first() -> None:
    """One from either end, then from the outside inwards; empty notes are no notes."""
    ratings = table(4, 1, 5, 4, 2, note=["as usual", "a limb is gone", "flawless", " ", "two errors"])

    notes = counted(ratings).notes

    assert [(note.said, note.outlying) for note in notes] == [
        ("1", True),
        ("5", True),
        ("2", False),
        ("4", False),
    ]
    assert notes[0].text == "a limb is gone"


def test_when_all_agree_nobody_is_outlying() -> None:
    """Agreement has no extremes."""
    notes = counted(table(4, 4, note=["fine", "good"])).notes

    assert [note.outlying for note in notes] == [False, False]


def test_answers_without_value_and_repeats_are_counted() -> None:
    """What is not drawn is said."""
    ratings = pd.concat([table(4, None), table(5)], ignore_index=True)

    assert str(counted(ratings)) == (
        "One reviewer says 4. Left out: 1 rating without a value (not rated); "
        "1 rating given twice (the first one counts)."
    )


def test_no_name_is_in_the_tally() -> None:
    """Whatever a notebook, a chart or a page shows of it holds letters only."""
    found = tally(table(4, 2, again={1: 4}, note=["a", "b"]), SCALE, "t0", "quality")

    shown = f"{found!r} {found} {found.rows} {found._repr_html_()} {found.dots} {found.notes}"
    assert "r0" not in shown
    assert "r1" not in shown
    assert sorted(found.rows["letter"]) == ["A", "B"]


@given(st.sets(st.text(min_size=1), min_size=1, max_size=40), st.text())
def test_letters_are_one_each_and_equal_for_an_equal_seed(names: set[str], seed: str) -> None:
    """Everybody gets one letter, the first ones of the alphabet are all dealt, in any order of names."""
    letters = letters_for(names, seed)

    assert letters == letters_for(sorted(names, reverse=True), seed)
    assert len(set(letters.values())) == len(names)
    assert set("ABC"[: len(names)]) <= set(letters.values())


def test_letters_do_not_follow_the_alphabet() -> None:
    """Over tasks the first name gets every letter, and stays the same on one task."""
    ratings = pd.concat([ratings_of([[4, 5, 3]]).assign(task=f"t{n}") for n in range(40)])
    found = [tally(ratings, SCALE, f"t{n}", "quality") for n in range(40)]

    of_first = [next(dot.letter for dot in one.dots if dot.blind == 3) for one in found]
    assert set(of_first) == {"A", "B", "C"}
    assert found == [tally(ratings, SCALE, f"t{n}", "quality") for n in range(40)]


def test_all_criteria_of_a_task_share_their_letters() -> None:
    """A reviewer who left one criterion out shifts nobody's letter."""
    both = pd.concat([ratings_of([[4, 5, 3]], "quality"), ratings_of([[None, 5, 3]], "style")])
    scales = [SCALE, Scale("style", (1, 2, 3, 4, 5))]

    quality, style = (tally(both, scales, "t0", name).rows for name in ("quality", "style"))

    assert quality.merge(style, on="letter").eval("blind_x == blind_y").all()
    assert len(style) == 2
