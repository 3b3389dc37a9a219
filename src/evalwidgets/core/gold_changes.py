"""Gold as a meeting changed it: the decisions of a round applied to what the file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from evalwidgets.core.criterion import Criterion
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.round_events import Decided
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import TaskError

NOT_APPLICABLE = "N/A"
"""As the only accepted value of a decision: the criterion must not apply."""


class GoldChange(NamedTuple):
    """One decision on gold, with what gold said before and says now."""

    decision: Decided
    before: GoldAnswer | None
    """None where the criterion had no gold."""
    after: GoldAnswer

    def __str__(self) -> str:
        """Return for example "4 or 5 → 3"."""
        return f"{in_words(self.before)} \N{RIGHTWARDS ARROW} {in_words(self.after)}"


def with_decisions(gold: Mapping[str, Gold], decisions: Iterable[Decided], rubric: Rubric) -> dict[str, Gold]:
    """Return gold with the decisions of a meeting applied; what was given stays as it is.

    Parameters
    ----------
    gold : mapping
        Task id to gold, as the file has it.
    decisions : iterable of Decided
        In order, a later one wins; only those on gold change anything. Those of several
        rounds may follow one another.
    rubric : Rubric
        Whose scales say which values there are. A task without gold gets its first one
        under this version.

    Raises
    ------
    TaskError
        If a value is not on the criterion's scale, or the task's gold is of another rubric.
    UnknownName
        If the rubric has no such criterion.

    Notes
    -----
    The reason becomes the answer's rationale; who changed it when, and what gold was
    before, stands behind it in words, so that nobody wonders later.
    """
    changed = dict(gold)
    for decision in decisions:
        if decision.what == "gold":
            changed[decision.task] = _after(changed.get(decision.task), decision, rubric)
    return changed


def gold_changes(
    gold: Mapping[str, Gold], decisions: Iterable[Decided], rubric: Rubric
) -> tuple[GoldChange, ...]:
    """Return each change of gold with what was before and after; see `with_decisions`."""
    changed, found = dict(gold), []
    for decision in decisions:
        if decision.what != "gold":
            continue
        before = changed.get(decision.task)
        after = changed[decision.task] = _after(before, decision, rubric)
        old = before.answers.get(decision.criterion) if before else None
        found.append(GoldChange(decision, old, after.answers[decision.criterion]))
    return tuple(found)


def in_words(answer: GoldAnswer | None) -> str:
    """Return a gold answer as people say it: "3 or 4", "does not apply", "no gold"."""
    if answer is None:
        return "no gold"
    if answer.na:
        return "does not apply"
    if answer.order:
        return ", then ".join(map(_plain, answer.order))
    if answer.distribution:
        return ", ".join(f"{value} ({share:.0%})" for value, share in answer.distribution.items())
    return " or ".join(map(_plain, answer.accepted))


def _after(before: Gold | None, decision: Decided, rubric: Rubric) -> Gold:
    criterion = rubric.criterion(decision.criterion)
    if before is not None and before.rubric != rubric.id:
        msg = (
            f"Gold of task {decision.task!r} is of rubric {before.rubric!r}; a decision under "
            f"{rubric.id!r} cannot change it. Keep one gold file per rubric."
        )
        raise TaskError([msg])
    old = before.answers.get(criterion.id) if before else None
    answer = _answer(criterion, decision, old)
    if before is None:
        return Gold(
            task=decision.task,
            rubric=rubric.id,
            rubric_version=rubric.version,
            answers={criterion.id: answer},
            by=decision.by,
        )
    return before.model_copy(update={"answers": {**before.answers, criterion.id: answer}})


def _answer(criterion: Criterion, decision: Decided, old: GoldAnswer | None) -> GoldAnswer:
    """Return the new answer; a tolerance of the old one's own stays."""
    when = f"by {decision.by} on {decision.at:%Y-%m-%d}"
    past = f"Changed {when}; before that gold was {in_words(old)}." if old else f"Set {when}."
    said: dict[str, Any] = {
        "rationale": f"{decision.reason.rstrip()} ({past})",
        "tolerance": old.tolerance if old else None,
    }
    if decision.accepted == (NOT_APPLICABLE,):
        return GoldAnswer(na=True, **said)
    accepted: list[Any] = []
    for value in decision.accepted:
        known = _checked(criterion, value, decision.task)
        accepted += [known] if known not in accepted else []  # regions cannot be hashed
    return GoldAnswer(accepted=tuple(accepted), **said)


def _checked(criterion: Criterion, value: Any, task: str) -> Any:
    """Return the value, lists as tuples, if the criterion's scale has it."""
    why = criterion.explain(value)
    if why:
        alone = f" {NOT_APPLICABLE} can only stand alone." if value == NOT_APPLICABLE else ""
        msg = f"Gold of task {task!r}, {criterion.id}: {why}.{alone} Decide again with a value of the scale."
        raise TaskError([msg])
    return tuple(value) if isinstance(value, list) else value


def _plain(value: Any) -> str:
    return ("+".join(map(str, value)) or "none") if isinstance(value, list | tuple) else str(value)
