"""What the board shows of one task in the meeting: the question above, the talk below the dot tally."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalwidgets.analysis.meeting.tally import Tally
from evalwidgets.core.cause import CAUSES
from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_changes import in_words
from evalwidgets.core.review import Review
from evalwidgets.core.round_events import Decided
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.vote import part_in_vote
from evalwidgets.widgets.findings import Findings
from evalwidgets.widgets.settling import WHAT, offered

Json = dict[str, Any]


def case(found: Findings, order: Sequence[str], task: str, criterion: str) -> Json:
    """Return which task and criterion the meeting looks at, and how divided the others are."""
    compared = found.compared(task)
    alone = {} if criterion in compared else {criterion: 0.0}
    return {
        "kind": "case",
        "task": task,
        "place": f"{order.index(task) + 1} of {len(order)}",
        "criteria": [
            {
                "id": name,
                "label": found.rubric.criterion(name).label,
                "spread": f"{share:.0%}" if name in compared else "",
                "on": name == criterion,
            }
            for name, share in {**alone, **compared}.items()
        ],
    }


def talk(
    state: RoundState,
    found: Findings,
    counted: Tally,
    gold: Gold | None,
    reviews: list[Review],
    task: Task,
    *,
    named: bool = False,
) -> Json:
    """Return what was said, what was voted and what was settled about the case.

    Parameters
    ----------
    state, found
        Where the round stands, and what its blind answers say.
    counted : Tally
        The tally of the case, whose letters everything here keeps to.
    gold : Gold or None
        Gold of the task, as it was before the meeting.
    reviews : list of Review
        The standing reviews of the task.
    task : Task
        The task.
    named : bool
        Whether the lead has asked for names, to give somebody a refresher.
    """
    criterion = counted.criterion
    confirmed = state.causes.get((task.id, criterion))
    return {
        "kind": "talk",
        "key": f"{task.id}:{criterion}",
        "notes": [
            {"letter": one.letter, "value": one.place.short, "text": one.text} for one in counted.notes
        ],
        "flags": _flags(reviews, found.rubric),
        "suggestion": _suggestion(state, found, task.id, criterion),
        "causes": _causes(confirmed.cause if confirmed else None),
        "vote": _vote(state, found.rubric, task, criterion, reviews),
        "gold": _gold(state, task.id, criterion, gold),
        "levels": offered(found.rubric.criterion(criterion), task.images),
        "reviewers": list(state.round.reviewers) if named else [],
        "decisions": [
            _decision(one) for one in state.decisions if (one.task, one.criterion) == (task.id, criterion)
        ],
        "remarks": [{"text": one.text, "open": one.is_open} for one in state.notes if one.task == task.id],
        "concluded": state.phase == "concluded",
    }


def _flags(reviews: list[Review], rubric: Rubric) -> list[str]:
    names = {flag.id: flag.name for flag in rubric.flags}
    counts: dict[str, list[str]] = {}
    for review in reviews:
        for flag, remark in review.flags.items():
            counts.setdefault(flag, []).append(remark)
    said = {flag: "; ".join(filter(None, dict.fromkeys(remarks))) for flag, remarks in counts.items()}
    return [
        f"{names.get(flag, flag)} ({len(counts[flag])}){f': {said[flag]}' if said[flag] else ''}"
        for flag in counts
    ]


def _suggestion(state: RoundState, found: Findings, task: str, criterion: str) -> Json | None:
    suggested = found.suggested(task, criterion, revealed=task in state.revealed)
    return {"cause": suggested[0], "reason": suggested[1]} if suggested else None


def _causes(confirmed: str | None) -> list[Json]:
    return [
        {
            "id": cause.id,
            "name": cause.name,
            "title": f"{cause.meaning} {cause.remedy}",
            "on": cause.id == confirmed,
        }
        for cause in CAUSES.values()
    ]


def _vote(state: RoundState, rubric: Rubric, task: Task, criterion: str, reviews: list[Review]) -> Json:
    """Return how the re-vote of the case stands: none yet, open with how many are in, or closed."""
    votes = [one for one in state.votes if (one.task, one.criterion) == (task.id, criterion)]
    last = votes[-1] if votes else None
    parts = []
    if last is not None and last is state.votes[-1]:
        parts = [part_in_vote(state, one.reviewer, one, rubric, task) for one in reviews]
    elsewhere = state.vote if state.vote is not None and state.vote is not last else None
    return {
        "state": "none" if last is None else "open" if last.closed_at is None else "closed",
        "in": parts.count("voted"),
        "of": parts.count("voted") + parts.count("to_vote"),
        "elsewhere": {"id": elsewhere.criterion, "label": rubric.criterion(elsewhere.criterion).label}
        if elsewhere
        else None,
        "allowed": task.id not in state.revealed and bool(reviews),
    }


def _gold(state: RoundState, task: str, criterion: str, gold: Gold | None) -> Json:
    """Return gold once it is revealed; before that, only whether there is any."""
    if task not in state.revealed:
        return {"revealed": False, "exists": gold is not None, "text": "", "rationale": ""}
    answer = gold.answers.get(criterion) if gold else None
    return {
        "revealed": True,
        "exists": answer is not None,
        "text": in_words(answer) if answer else "There is no gold for this criterion.",
        "rationale": (answer.rationale if answer else "") or (gold.rationale if gold else ""),
    }


def _decision(one: Decided) -> Json:
    """Return a decision in words; who gets a refresher is not for the room."""
    detail = {"gold": f" to {' or '.join(map(str, one.accepted))}", "refresher": " for one reviewer"}
    return {"what": one.what, "text": f"{WHAT[one.what]}{detail.get(one.what, '')}: {one.reason}"}
