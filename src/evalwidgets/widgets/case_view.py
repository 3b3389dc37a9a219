"""What the board shows of one task in the meeting: the question above, the talk below the dot tally."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalwidgets.analysis.meeting.tally import Tally
from evalwidgets.core.cause import CAUSES, CauseId
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.review import Review
from evalwidgets.core.round_events import Decided
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.vote import vote_key
from evalwidgets.widgets import board_views
from evalwidgets.widgets.board_views import Json
from evalwidgets.widgets.findings import Findings

_DECIDED = {
    "keep": "Gold stands",
    "gold": "Gold changed",
    "gap": "Gap in the rubric",
    "refresher": "Refresher",
}


def case(state: RoundState, found: Findings, rubric: Rubric, task: str, criterion: str) -> Json:
    """Return which task and criterion the meeting looks at."""
    order = order_of(state, found)
    return {
        "kind": "case",
        "task": task,
        "place": f"{order.index(task) + 1} of {len(order)}",
        "criteria": board_views.criteria_of(found, task, rubric, criterion),
        "question": rubric.criterion(criterion).question,
    }


def order_of(state: RoundState, found: Findings) -> list[str]:
    """Return the round's tasks as the meeting goes through them: the agenda first."""
    agenda = [one.task for one in found.agenda.topics]
    return [*agenda, *(task for task in state.round.tasks if task not in agenda)]


def talk(
    state: RoundState,
    found: Findings,
    counted: Tally,
    gold: Gold | None,
    reviews: list[Review],
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
    """
    task, criterion = counted.task, counted.criterion
    asked = found.rubric.criterion(criterion)
    confirmed = state.causes.get((task, criterion))
    return {
        "kind": "talk",
        "key": f"{task}:{criterion}",
        "notes": [
            {"letter": one.letter, "value": one.place.short, "text": one.text} for one in counted.notes
        ],
        "flags": _flags(reviews, found.rubric),
        "suggestion": board_views.suggestion(found, task, criterion),
        "causes": [
            {
                "id": cause.id,
                "name": cause.name,
                "glyph": cause.glyph,
                "meaning": cause.meaning,
                "remedy": cause.remedy,
                "on": confirmed is not None and confirmed.cause == cause.id,
            }
            for cause in CAUSES.values()
        ],
        "vote": _vote(state, task, criterion, reviews),
        "gold": _gold(state, task, criterion, gold),
        "levels": board_views.levels(asked),
        "reviewers": list(state.round.reviewers),
        "decisions": [
            _decision(one) for one in state.decisions if (one.task, one.criterion) == (task, criterion)
        ],
        "remarks": [{"text": one.text, "open": one.is_open} for one in state.notes if one.task == task],
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


def _vote(state: RoundState, task: str, criterion: str, reviews: list[Review]) -> Json:
    """Return how the re-vote of the case stands: none yet, open with how many are in, or closed."""
    votes = [one for one in state.votes if (one.task, one.criterion) == (task, criterion)]
    last = votes[-1] if votes else None
    latest = last is not None and last is state.votes[-1]
    again = [one for one in reviews if latest and one.id == vote_key(state, one.reviewer)]
    return {
        "state": "none" if last is None else "open" if last.closed_at is None else "closed",
        "in": len(again),
        "of": len(reviews),
        "elsewhere": state.vote is not None and state.vote is not last,
        "allowed": task not in state.revealed and bool(reviews),
    }


def _gold(state: RoundState, task: str, criterion: str, gold: Gold | None) -> Json:
    """Return gold once it is revealed; before that, only whether there is any."""
    if task not in state.revealed:
        return {"revealed": False, "exists": gold is not None, "text": "", "rationale": ""}
    answer = gold.answers.get(criterion) if gold else None
    return {
        "revealed": True,
        "exists": answer is not None,
        "text": _accepted(answer) if answer else "There is no gold for this criterion.",
        "rationale": (answer.rationale if answer else "") or (gold.rationale if gold else ""),
    }


def _accepted(answer: GoldAnswer) -> str:
    if answer.na:
        return "not applicable"
    if answer.distribution:
        return ", ".join(f"{value} ({share:.0%})" for value, share in answer.distribution.items())
    return " or ".join(map(str, answer.accepted or answer.order))


def _decision(one: Decided) -> Json:
    detail = ""
    if one.what == "gold":
        detail = f" to {' or '.join(map(str, one.accepted))}"
    elif one.what == "refresher":
        detail = f" for {one.reviewer}"
    return {"what": one.what, "text": f"{_DECIDED[one.what]}{detail}: {one.reason}"}


def accepted_values(given: Sequence[Any], rubric: Rubric, criterion: str) -> tuple[Any, ...]:
    """Return the values that the lead picked, as the scale declares them."""
    levels = board_views.levels(rubric.criterion(criterion))
    declared = {str(level["value"]): level["value"] for level in levels}
    return tuple(declared[str(value)] for value in given if str(value) in declared)


def suggested_cause(found: Findings, task: str, criterion: str) -> CauseId | None:
    """Return the cause that was suggested for a case, or None."""
    suggested = board_views.suggestion(found, task, criterion)
    return suggested["cause"] if suggested else None
