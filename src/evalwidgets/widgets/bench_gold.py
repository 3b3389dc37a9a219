"""The right of the gold bench as JSON: what is accepted and why, what waits, what happened to one gold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalwidgets.analysis.results import counted
from evalwidgets.core.criterion import Criterion, Ordinal
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.gold_book import Candidate, Contest, Entry, same_person
from evalwidgets.core.gold_changes import NOT_APPLICABLE, in_words
from evalwidgets.core.gold_draft import differences, may_be_picked
from evalwidgets.core.gold_events import (
    Answered,
    Contested,
    GoldEvent,
    Proposed,
    Retired,
    Returned,
    Seconded,
)
from evalwidgets.core.rubric import Rubric
from evalwidgets.widgets.gold_work import GoldWork
from evalwidgets.widgets.settling import offered

Json = dict[str, Any]
DIFFICULTIES = ("easy", "medium", "hard")


def desk(work: GoldWork, pictures: Sequence[str]) -> Json:
    """Return the gold of the task on the bench: what is accepted and why, what waits, what happened."""
    if not work.task:
        return {}
    now, waits, contest = work.gold.get(work.task), work.candidate, work.contest
    shown = waits.gold if waits else work.draft
    return {
        "kind": "gold",
        "key": f"{work.task}:{waits.number if waits else 'draft'}",
        "task": work.task,
        "state": _state(now, waits, work),
        "waits": _waiting(waits, work.lead) if waits else None,
        "contest": _contest(contest, now, work.rubric) if contest else None,
        "changes": _changes(now, shown, work.rubric),
        "weak": list(work.weak),
        "rows": [_row(one, shown, now, pictures) for one in _asked(work.rubric, shown, now)],
        "locked": waits is not None,
        "rationale": shown.rationale if shown else "",
        "concepts": ", ".join(shown.concepts) if shown else "",
        "difficulty": shown.difficulty if shown else "",
        "difficulties": list(
            dict.fromkeys([*DIFFICULTIES, *([shown.difficulty] if shown and shown.difficulty else [])])
        ),
        "places": len(shown.regions) if shown else 0,
        "has_gold": now is not None,
        "log": [_told(one, work) for one in reversed(work.book.log_of(work.task, work.rubric.id))],
    }


def verb_of(event: GoldEvent) -> str:
    """Return what happened, as the log says it."""
    match event:
        case Answered(what=what):
            return "contest answered, gold stays" if what == "kept" else "contest answered by a change"
        case Returned():
            return "given back"
        case _:
            return event.kind


def _state(now: Gold | None, waits: Candidate | None, work: GoldWork) -> str:
    if waits:
        return f"proposal {waits.number} waits" if now is None else f"gold; change {waits.number} waits"
    if now is not None:
        return "gold"
    return "retired" if (work.task, work.rubric.id) in work.book.retired else "no gold yet"


def _waiting(one: Candidate, lead: str) -> Json:
    said = one.proposed
    own = same_person(said.by, lead)
    return {
        "by": said.by,
        "at": said.at.isoformat(timespec="seconds"),
        "reason": said.reason,
        "origin": said.origin,
        "own": own,
        "why_not": f"You ({lead}) proposed it. Gold needs a second pair of eyes: ask a colleague."
        if own
        else "",
    }


def _contest(one: Contest, now: Gold | None, rubric: Rubric) -> Json:
    said = one.contested
    answer = now.answers.get(said.criterion) if now else None
    return {
        "number": one.number,
        "label": label_of(rubric, said.criterion),
        "criterion": said.criterion,
        "by": said.by,
        "at": said.at.isoformat(timespec="seconds"),
        "reason": said.reason,
        "gold": in_words(answer),
    }


def _changes(now: Gold | None, shown: Gold | None, rubric: Rubric) -> list[str]:
    """Return what the proposal or the draft changes; of a first gold only how much it says."""
    changes = differences(now, shown, rubric) if shown else ()
    if now is None and shown and shown.answers:
        return [f"New gold on {counted(len(shown.answers), 'criterion')}"]
    return [str(one) for one in changes]


def _asked(rubric: Rubric, *golds: Gold | None) -> list[Criterion]:
    """Return the criteria that gold speaks of, or whose accepted values can be picked."""
    spoken = {name for gold in golds if gold for name in gold.answers}
    return [one for one in rubric.all if one.scale or one.id in spoken]


def _row(criterion: Criterion, shown: Gold | None, now: Gold | None, pictures: Sequence[str]) -> Json:
    """Return one criterion: which values are accepted, what gold said before, and why."""
    answer = shown.answers.get(criterion.id) if shown else None
    before = now.answers.get(criterion.id) if now else None
    pickable = may_be_picked(criterion, answer)
    accepted = (NOT_APPLICABLE,) if answer and answer.na else answer.accepted if answer else ()
    was, said = in_words(before), in_words(answer)
    return {
        "id": criterion.id,
        "label": criterion.label,
        "levels": [
            {**one, "on": one["value"] in accepted, "short": _short(one["value"], str(one["name"]))}
            for one in (offered(criterion, pictures) if pickable else ())
        ],
        "text": said,
        "was": was if now and was != said else "",
        "rationale": answer.rationale if answer else "",
        "explain": answer is not None and _wants_reason(criterion, answer, now, before),
    }


def _wants_reason(
    criterion: Criterion, answer: GoldAnswer, now: Gold | None, before: GoldAnswer | None
) -> bool:
    """Whether an answer should say why: where it has a reason, where it changes, and below the top."""
    below = isinstance(criterion, Ordinal) and answer.accepted and criterion.scale[-1] not in answer.accepted
    return bool(answer.rationale or (now is None and below) or (now and in_words(answer) != in_words(before)))


def _short(value: Any, name: str) -> str:
    """Return what stands on a chip: a level's number, else the name of the option."""
    return "N/A" if value == NOT_APPLICABLE else str(value) if isinstance(value, int) else name


def _told(one: Entry, work: GoldWork) -> Json:
    """Return one line of the log with what was changed, so that old values stay readable."""
    event = one.event
    at = event.at.isoformat(timespec="seconds")
    return {
        "number": one.number,
        "verb": verb_of(event),
        "by": event.by,
        "at": at,
        "text": _detail(event, work),
    }


def _detail(event: GoldEvent, work: GoldWork) -> str:
    match event:
        case Proposed(gold=gold, reason=reason, origin=origin):
            values = "; ".join(
                f"{one.label} {in_words(gold.answers[one.id])}"
                for one in work.rubric.all
                if one.id in gold.answers
            )
            return f"{reason}{f' ({origin})' if origin else ''}. {values}"
        case Contested(criterion=criterion, reason=reason):
            return f"{label_of(work.rubric, criterion)}: {reason}"
        case Seconded(proposal=number):
            return f"proposal {number} is gold"
        case Returned(reason=reason) | Answered(reason=reason) | Retired(reason=reason):
            return reason


def label_of(rubric: Rubric, criterion: str) -> str:
    """Return what a criterion is called; its id where the rubric has it no more."""
    return next((one.label for one in rubric.all if one.id == criterion), criterion)
