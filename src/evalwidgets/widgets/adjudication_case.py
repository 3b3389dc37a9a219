"""The right of the adjudication panel as JSON: all that was said of a case, and what is decided."""

from __future__ import annotations

from typing import Any

from evalwidgets.analysis.meeting.tally import tally
from evalwidgets.core.adjudication_events import AdjudicationEvent, SentBack, Settled, TakenBack
from evalwidgets.core.cause import CAUSES
from evalwidgets.core.gold_changes import in_words
from evalwidgets.core.review import Review
from evalwidgets.widgets.adjudication_levels import CaseLevel, text_of, value_of
from evalwidgets.widgets.adjudication_work import AdjudicationWork
from evalwidgets.widgets.findings import without_names

Json = dict[str, Any]
_SURE = {1: "guessing", 2: "fairly sure", 3: "certain"}


def dispute(work: AdjudicationWork) -> Json:
    """Return the case on the table: question, tally, notes, everything else of the task, and the decision."""
    task = work.task
    if task is None:
        return {}
    criterion, levels = work.criterion, work.levels
    return {
        "kind": "dispute",
        "key": ":".join(work.place),
        "task": task.id,
        "criterion": criterion.id,
        "label": criterion.label,
        "question": criterion.question,
        "place": _place(work),
        "levels": [_level(one, work) for one in levels],
        "notes": _notes(work, levels),
        "facts": [_fact(letter, work) for letter in _by_letter(work)],
        "others": _others(work),
        "suggestion": _suggestion(work),
        "causes": [
            {
                "id": one.id,
                "name": one.name,
                "title": f"{one.meaning} {one.remedy}",
                "on": one.id == work.draft.cause,
            }
            for one in CAUSES.values()
        ],
        "draft": _draft(work, levels),
        "settled": _settled(work.settled, work) if work.settled else None,
        "gold": _gold(work),
        "named": work.named,
        "turn": work.turn,
        "log": [_told(one, work) for one in reversed(work.book.log_of(task.id))],
    }


def _place(work: AdjudicationWork) -> str:
    order = work.order
    return f"{order.index(work.place) + 1} of {len(order)}" if work.place in order else ""


def _level(one: CaseLevel, work: AdjudicationWork) -> Json:
    draft = work.draft
    return {
        "value": one.value,
        "name": one.name,
        "descriptor": one.descriptor,
        "key": one.key,
        "letters": [_who(letter, work) for letter in one.letters],
        "also": [_who(letter, work) for letter in one.also],
        "on": bool(draft.how) and draft.how != "unresolved" and draft.value == one.value,
        "gold": work.revealed and _accepts(work, one.value),
    }


def _who(letter: str, work: AdjudicationWork) -> Json:
    """Return a letter, with the name only where it was asked for."""
    names = {letter: name for name, letter in work.letters.items()} if work.named else {}
    return {"letter": letter, "name": names.get(letter, ""), "on": letter == work.draft.picked}


def _notes(work: AdjudicationWork, levels: tuple[CaseLevel, ...]) -> list[Json]:
    """Return the justifications with their letters: the extremes first, where there is an order."""
    texts = {letter: answer.note for letter, (_, answer) in work.said.items() if answer.note}
    order = list(texts)
    if work.criterion.scale:
        rows, task = work.answers.rows(work.place[0]), work.task
        counted = tally(
            rows, work.rubric, *work.place, letters=work.letters, tags=task.tags if task else None
        )
        order = [note.letter for note in counted.notes]
    short = {letter: level.short for level in levels for letter in level.letters}
    return [
        {**_who(letter, work), "value": short.get(letter, ""), "text": texts[letter]}
        for letter in order
        if letter in texts
    ]


def _by_letter(work: AdjudicationWork) -> dict[str, Review]:
    """Return letter to the last review of who bears it."""
    letters = work.letters
    found = {letters[one.reviewer]: one for one in work.reviews}
    return dict(sorted(found.items(), key=lambda one: (len(one[0]), one[0])))


def _fact(letter: str, work: AdjudicationWork) -> Json:
    """Return how sure a reviewer was, what they flagged and remarked, and what was sent back."""
    review = _by_letter(work)[letter]
    names = {flag.id: flag.name for flag in work.rubric.flags}
    flags = [f"{names.get(flag, flag)}{f': {said}' if said else ''}" for flag, said in review.flags.items()]
    note = work.sent_back(review.id)
    before = next(
        (one for one in _returns(work) if one.reviewer == review.reviewer and one.review != review.id), None
    )
    return {
        **_who(letter, work),
        "sure": _SURE.get(review.confidence or 0, ""),
        "flags": flags,
        "note": review.note,
        "waits": note.note if note else "",
        "came_back": before.note if before and review.reason == "returned" else "",
    }


def _returns(work: AdjudicationWork) -> list[SentBack]:
    return [one for one in work.book.sent_back.values() if one.task == work.place[0]][::-1]


def _others(work: AdjudicationWork) -> Json:
    """Return every criterion of the task as a table: criteria by letters, and the notes to them."""
    reviews = _by_letter(work)
    rows, notes = [], []
    for one in work.rubric.all:
        said = work.answers.said(work.reviews, work.letters, one.id)
        if not said:
            continue
        values = {letter: value_of(answer) for letter, (_, answer) in said.items()}
        rows.append(
            {
                "id": one.id,
                "label": one.label,
                "cells": [text_of(values[letter]) if letter in values else "" for letter in reviews],
                "differ": len({text_of(value) for value in values.values()}) > 1,
                "on": one.id == work.place[1],
            }
        )
        if one.id != work.place[1]:
            notes += [
                {**_who(letter, work), "value": one.label, "text": answer.note}
                for letter, (_, answer) in said.items()
                if answer.note
            ]
    return {"letters": [_who(letter, work) for letter in reviews], "rows": rows, "notes": notes}


def _suggestion(work: AdjudicationWork) -> Json | None:
    task, criterion = work.place
    cases = work.answers.cases
    for row in cases[(cases["task"] == task) & (cases["criterion"] == criterion)].to_dict("records"):
        if row["cause"]:
            reason = row["reason"] if work.named else without_names(row["reason"], work.letters)
            return {"cause": row["cause"], "name": CAUSES[row["cause"]].name, "reason": reason}
    return None


def _draft(work: AdjudicationWork, levels: tuple[CaseLevel, ...]) -> Json:
    draft = work.draft
    names = {repr(level.value): level.name for level in levels}
    value = names.get(repr(draft.value), text_of(draft.value))
    said = {
        "": "",
        "accepted": f"Accept {draft.picked}: {value}",
        "chosen": f"Choose {value}",
        "unresolved": "Leave it unresolved",
    }[draft.how]
    picked = work.said.get(draft.picked)
    return {
        "picked": draft.picked,
        "text": said,
        "asking": draft.asking,
        "reason": draft.reason,
        "note": draft.note,
        "waits": bool(picked and work.sent_back(picked[0].id)),
    }


def _settled(said: Settled, work: AdjudicationWork) -> Json:
    caveat = next(
        (
            row["caveat"]
            for row in work.answers.cases.to_dict("records")
            if (row["task"], row["criterion"]) == work.place
        ),
        "",
    )
    return {
        "text": _verdict(said, work),
        "by": said.by,
        "at": said.at.isoformat(timespec="seconds"),
        "caveat": caveat,
    }


def _verdict(said: Settled, work: AdjudicationWork) -> str:
    """Return a decision in words."""
    answer = "does not apply" if said.na is not None else text_of(said.value)
    what = "left unresolved" if said.how == "unresolved" else f"{answer} ({said.how})"
    label = next((one.label for one in work.rubric.all if one.id == said.criterion), said.criterion)
    return f"{label}: {what}, {CAUSES[said.cause].name}. {said.reason}"


def _gold(work: AdjudicationWork) -> Json:
    gold = work.gold.get(work.place[0])
    if gold is None or not work.revealed:
        return {"exists": gold is not None, "revealed": False, "text": "", "rationale": ""}
    answer = gold.answers.get(work.place[1])
    text = in_words(answer) if answer else "none for this criterion"
    return {"exists": True, "revealed": True, "text": text, "rationale": answer.rationale if answer else ""}


def _accepts(work: AdjudicationWork, value: Any) -> bool:
    gold = work.gold.get(work.place[0])
    answer = gold.answers.get(work.place[1]) if gold else None
    return answer is not None and value in answer.accepted


def _told(event: AdjudicationEvent, work: AdjudicationWork) -> Json:
    """Return one line of the log; whose review was sent back is told by letter."""
    at = event.at.isoformat(timespec="seconds")
    match event:
        case Settled():
            verb, text = "settled", _verdict(event, work)
        case SentBack(reviewer=reviewer, note=note):
            who = reviewer if work.named else work.letters.get(reviewer, "a reviewer")
            verb, text = "sent back", f"{who}: {note}"
        case TakenBack(reason=reason):
            verb, text = "taken back", reason
    return {"verb": verb, "by": event.by, "at": at, "text": text}
