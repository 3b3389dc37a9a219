"""The gold with which a version is published: what changed, on the tasks that showed it."""

from __future__ import annotations

from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.rubric_quiz import MOST, quiz_gold


def gold(task: str, **accepted: tuple[int, ...]) -> Gold:
    """Return gold with these accepted levels; none is "not applicable"."""
    answers = {
        name: GoldAnswer(accepted=levels) if levels else GoldAnswer(na=True)
        for name, levels in accepted.items()
    }
    return Gold(task=task, rubric="x", rubric_version="1.0.0", answers=answers, rationale=f"On {task}.")


GOLD = {f"t{k}": gold(f"t{k}", preservation=(k % 5 + 1,), quality=(3,)) for k in range(6)}


def test_a_quiz_asks_what_changed_and_says_why() -> None:
    """Of gold nothing else is taken, and each answer is explained by the decision."""
    quiz = quiz_gold(GOLD, ["t2"], {"preservation"}, version="1.1.0", why="Shadows go along.")

    assert [("t2", "1.1.0")] == [(one.task, one.rubric_version) for one in quiz]
    assert {"preservation"} == set(quiz[0].answers)
    assert "Shadows go along." == quiz[0].answers["preservation"].rationale
    assert "On t2." == quiz[0].rationale


def test_a_quiz_is_short_and_takes_only_what_can_be_right() -> None:
    """The first tasks that have gold, each once; without gold, or not applicable, none."""
    tasks = ["t5", "t9", "t5", *GOLD]
    known = {**GOLD, "t0": gold("t0", preservation=()), "t1": gold("t1", quality=(2,))}

    quiz = quiz_gold(known, tasks, {"preservation"}, version="1.1.0", why="So.")

    assert ["t5", "t2", "t3"] == [one.task for one in quiz]
    assert MOST == len(quiz)
    assert () == quiz_gold({}, tasks, {"preservation"}, version="1.1.0", why="So.")
