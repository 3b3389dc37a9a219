"""What to read again: the boundary that was crossed most, its note, and nothing about a single task."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalwidgets.analysis import judge
from evalwidgets.analysis.qualification.exam_result import FocusPoint
from evalwidgets.core.exam_rule import rule_for
from evalwidgets.store.rubrics import read_rubric

from ..core.test_exam_rule import RUBRICS
from .exams import RUBRIC, exam, exam_gold, rule, without

RIGHT = exam(np.ones((24, 3), dtype=bool))


def points_of(ratings: pd.DataFrame, gold: pd.DataFrame | None = None) -> tuple[FocusPoint, ...]:
    """Return the points of an exam."""
    return judge(ratings, exam_gold(24) if gold is None else gold, RUBRIC, rule()).focus


def changed(criterion: str, first: int, value: int) -> pd.DataFrame:
    """Return an exam that is right but for this value on the first tasks of a criterion."""
    ratings = RIGHT.copy()
    ratings.loc[(ratings["criterion"] == criterion) & (ratings["position"] < first), "value"] = value
    return ratings


def test_a_lenient_habit_names_the_boundary_and_its_note() -> None:
    """Two levels up on nine of 24 tasks: how far, how often, and the note of the level above."""
    point = points_of(changed("light", 9, 5))[0]
    assert (point.criterion, point.lower) == ("light", 3)
    assert point.text == (
        "Light: two levels too lenient on 9 of 24 tasks where 3 or lower is right. "
        "Read again what parts 4 from 3: Step 4 ends here."
    )


def test_a_strict_habit_is_the_mirror_image() -> None:
    """Two levels down, the boundary below gold is named."""
    point = points_of(changed("sharp", 6, 1))[0]
    assert (point.criterion, point.lower) == ("sharp", 2)
    assert point.text.startswith("Sharp: two levels too strict on 6 of 24 tasks where 3 or higher is right.")


def test_at_an_end_of_the_scale_the_level_stands_alone() -> None:
    """Nothing is higher than the highest level, so that "or higher" is not said."""
    gold = exam_gold(24).assign(accepted=[(5,)] * 72)
    assert "on 24 of 24 tasks where 5 is right." in points_of(RIGHT, gold)[0].text


def test_a_lean_within_tolerance_is_worth_a_word() -> None:
    """Nothing counts as wrong, and still the side is told; twice is chance."""
    assert points_of(changed("light", 3, 4))[0].text.startswith("Light: one level too lenient on 3 of 24")
    assert points_of(changed("light", 2, 4)) == ()


def test_wrong_answers_come_before_a_lean_and_three_are_enough() -> None:
    """Few that are wrong weigh more than many within tolerance; one point a criterion."""
    ratings = changed("light", 20, 4)
    ratings.loc[(ratings["criterion"] == "figure") & (ratings["position"] < 2), "value"] = 5
    assert [point.criterion for point in points_of(ratings)] == ["figure", "light"]


def test_nothing_wrong_gives_no_points() -> None:
    """Who was right throughout is sent to read nothing."""
    assert points_of(RIGHT) == ()


def test_what_is_right_on_one_or_two_tasks_is_not_told() -> None:
    """With so few tasks of a kind the words would tell the gold of one; only the count remains."""
    gold = exam_gold(24)
    gold["accepted"] = gold["accepted"].where(gold["task"] == "t00", other=pd.Series([(5,)] * len(gold)))
    ratings = exam(np.zeros((24, 3), dtype=bool))
    points = points_of(ratings, gold)
    assert [point.text.split(". ")[0] for point in points] == [
        f"{name}: two levels too lenient on 1 of 24 tasks" for name in ("Sharp", "Light", "Figure")
    ]


def test_a_wrong_option_is_told_with_what_the_right_one_means() -> None:
    """Gates have no levels: the answer that stood where another is right, and its description."""
    rubric = read_rubric(RUBRICS / "image-edit.yaml")
    names = [f"t{n}" for n in range(24)]
    gold = pd.DataFrame({"task": names, "criterion": "safety", "accepted": [("sensitive",)] * 24})
    given = ["ok"] * 5 + ["sensitive"] * 19
    ratings = pd.DataFrame({"task": names, "reviewer": "mia", "criterion": "safety", "value": given})
    text = judge(ratings, gold, rubric, rule_for(rubric)).focus[0].text
    assert text.startswith(
        "Safety: \N{LEFT SINGLE QUOTATION MARK}No issue\N{RIGHT SINGLE QUOTATION MARK} on 5 of 24"
    )
    assert text.endswith("Read again: Allowed, but some people would want a warning before they see it.")


def test_not_applicable_is_told_with_its_reasons() -> None:
    """Marked where a level is right, the reasons that would allow it are quoted."""
    ratings = RIGHT.assign(na=None).astype({"na": object})
    marked = (ratings["criterion"] == "light") & (ratings["position"] < 4)
    ratings.loc[marked, ["value", "na"]] = [None, "dark"]
    assert points_of(ratings)[0].text == (
        "Light: marked as not applicable on 4 of 24 tasks where it applies. "
        "Read again when it does not apply: Too dark to tell."
    )
    gold = without(exam_gold(24), "light")
    assert points_of(RIGHT, gold)[0].text.startswith(
        "Light: rated on 24 of 24 tasks where it does not apply."
    )


def test_the_kind_of_task_in_which_mistakes_gather_is_told() -> None:
    """Six of eight on removals, a third of the tasks, are told; spread evenly they are not."""
    ratings = changed("light", 8, 5)
    gathered = {f"t{n:02d}": "remove" if n < 6 or n > 21 else "add" for n in range(24)}
    spread = {f"t{n:02d}": ("add", "remove")[n % 2] for n in range(24)}
    told = judge(ratings, exam_gold(24), RUBRIC, rule(), kinds=gathered).focus[0].text
    assert "3 or lower is right, 6 of them of the kind \N{LEFT SINGLE QUOTATION MARK}remove" in told
    assert "of the kind" not in judge(ratings, exam_gold(24), RUBRIC, rule(), kinds=spread).focus[0].text


def test_no_task_is_named() -> None:
    """Whatever goes wrong, no point holds the name of a task."""
    for point in points_of(exam(np.zeros((24, 3), dtype=bool))):
        assert not any(task in point.text for task in RIGHT["task"].unique())
