"""The quiz on a new version: gold of tasks at which the old words were read in two ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from evalwidgets.core.gold import Gold

MOST = 3
"""Tasks of a quiz: it stands before somebody's work."""


def quiz_gold(
    gold: Mapping[str, Gold], tasks: Iterable[str], criteria: Collection[str], *, version: str, why: str
) -> tuple[Gold, ...]:
    """Return gold for a quiz on what changed: that of the first tasks which have any.

    Parameters
    ----------
    gold : mapping of task to Gold
        Gold that holds under the new version.
    tasks : iterable of str
        Where to look, best first: the examples of the gap.
    criteria : collection of str
        What changed; of gold nothing else is asked.
    version : str
        The new version.
    why : str
        What was decided; it explains each answer.
    """
    found = []
    for task in dict.fromkeys(tasks):
        one = gold.get(task)
        answers = {name: answer for name, answer in one.answers.items() if name in criteria} if one else {}
        if one is None or not any(answer.accepted for answer in answers.values()):
            continue
        told = {name: answer.model_copy(update={"rationale": why}) for name, answer in answers.items()}
        changed = {"rubric_version": version, "answers": told, "regions": ()}
        found.append(one.model_copy(update=changed))
    return tuple(found[:MOST])
