"""The register as JSON: the ranked list at the left, and the gap on the table at the right."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evalwidgets.analysis.gaps.clause_agreement import ClauseAgreement
from evalwidgets.analysis.gaps.register import SOURCES, Quote
from evalwidgets.analysis.labels import tag_label
from evalwidgets.analysis.numbers import level_text
from evalwidgets.analysis.results import counted
from evalwidgets.core.boundary import boundaries
from evalwidgets.core.clause import Clause
from evalwidgets.core.criterion import Ordinal
from evalwidgets.core.gap_book import Gap
from evalwidgets.core.gap_events import (
    Closed,
    Decided,
    Dismissed,
    Exampled,
    GapEvent,
    Raised,
    Reopened,
    Voted,
)
from evalwidgets.core.rubric import Rubric
from evalwidgets.widgets.gap_work import BY_HAND, GapWork, key_of, suggested_title
from evalwidgets.widgets.stage_board import LOOK_KEYS

Json = dict[str, Any]
MOST_ROWS = 40
"""Suggestions further down rest on a single slip of a single task; `register.table` has them all."""
_SAID = {
    "flags": "flag",
    "learners": "learner who disagrees",
    "causes": "opinion of two camps",
    "decisions": "decision",
}
KEYS = [
    (
        "Move",
        [("N P", "next gap, gap before"), ("← →", "from example to example"), ("Esc", "leave the text")],
    ),
    (
        "Work",
        [
            ("G", "raise what is suggested or written down"),
            ("D", "decide what shall hold"),
            ("Q", "no gap, with the reason"),
            ("K", "open it again"),
            ("R", "edit the rubric, where a desk is there"),
            ("Y", "it matters to you, too"),
            ("A", "add the task on the stage as example"),
            ("T", "write a new gap down"),
        ],
    ),
    LOOK_KEYS,
]


def head(work: GapWork, campaign: str, problem: str) -> Json:
    """Return the line above everything: whose gaps, who acts, what went wrong."""
    n = len(work.book.unsettled)
    sub = f"{work.rubric.id} {work.rubric.version} · {counted(n, 'gap')} open · you act as {work.lead}"
    title = f"Gaps of {campaign}"
    return {
        "kind": "head",
        "step": "gaps",
        "name": "Gap register",
        "title": title,
        "sub": sub,
        "steps": [],
        "problem": problem,
        "keys": KEYS,
    }


def listed(work: GapWork) -> Json:
    """Return the ranked list: what is not settled first."""
    shown = work.table[: max(MOST_ROWS, 0)]
    return {
        "kind": "gaps",
        "rows": [_listed(row, work) for _, row in shown.iterrows()],
        "more": len(work.table) - len(shown),
        "new": work.key == BY_HAND,
    }


def _listed(row: pd.Series, work: GapWork) -> Json:
    days = 0 if pd.isna(row["age"]) else int(row["age"])
    age = f" · {counted(days, 'day')}" if days else ""
    return {
        "key": key_of(row),
        "clause": _clause_name(work.rubric, row["clause"], row["criterion"]),
        "title": row["title"],
        "state": row["state"],
        "text": f"{counted(int(row['n_tasks']), 'task')} · {_people(int(row['n_people']))}{age}",
        "since": int(row["n_since"]),
        "on": key_of(row) == work.key,
    }


def desk(work: GapWork, agreed: ClauseAgreement | None) -> Json:
    """Return the gap on the table: the rubric's words, those of people, what can be done, what happened."""
    row, gap = work.row, work.gap
    if row is None:
        return _empty(work)
    clause = work.clause
    return {
        "kind": "gap",
        "key": work.key,
        "state": row["state"],
        "clause": _clause_name(work.rubric, row["clause"], row["criterion"]),
        "title": gap.raised.title if gap else suggested_title(work.rubric, clause, row["where"]),
        "words": _words(work.rubric, clause),
        "where": _where(row, gap),
        "sources": _sources(row, gap),
        "quotes": _quotes(row["quotes"], work),
        "example": _example(work),
        "votes": int(row["votes"]),
        "backs": bool(gap and work.lead in gap.backers),
        "decision": row["decision"],
        "closed": _closed(gap, agreed, row),
        "can_edit": work.on_edit is not None,
        "log": [_told(number, one) for number, one in reversed(_log(work))],
        "clauses": [],
    }


def clauses_of(rubric: Rubric) -> list[Json]:
    """Return every clause that a gap can be about: the rubric, each criterion, each of its boundaries."""
    found: list[Json] = [{"label": "The rubric as a whole", "criterion": "", "lower": None}]
    for one in rubric.all:
        found.append({"label": one.label, "criterion": one.id, "lower": None})
        found += [
            {"label": f"{one.label} {place.lower}|{place.upper}", "criterion": one.id, "lower": place.lower}
            for place in boundaries(rubric)
            if place.criterion == one.id
        ]
    return found


def _empty(work: GapWork) -> Json:
    return {
        "kind": "gap",
        "key": BY_HAND,
        "state": BY_HAND,
        "title": "",
        "example": _example(work),
        "clauses": clauses_of(work.rubric),
    }


def _words(rubric: Rubric, clause: Clause) -> list[Json]:
    """Return the rubric's own words on a clause: both levels and what separates them, or the question."""
    criterion = next((one for one in rubric.all if one.id == clause.criterion), None)
    if criterion is None:
        return []
    if not isinstance(criterion, Ordinal) or clause.lower is None:
        return [{"name": "", "text": text} for text in (criterion.question, criterion.help) if text]
    levels = {one.value: one for one in criterion.levels}
    pair = [levels[one] for one in (clause.lower + 1, clause.lower) if one in levels]
    said = [{"name": f"{one.value} {one.name}", "text": one.descriptor} for one in pair]
    notes = [one.boundary for one in pair[:1] if one.boundary]
    return [*said, *({"name": "Boundary", "text": note} for note in notes)]


def _where(row: pd.Series, gap: Gap | None) -> str:
    if gap and gap.raised.where:
        tags = (tag_label(name, value) for name, value in gap.raised.where.items())
        return f"It is about tasks tagged {' and '.join(filter(None, tags))}."
    if not row["where"]:
        return ""
    here, there = f"{row['with_tag']:.0%}", f"{row['others_with_tag']:.0%}"
    return f"{here} of these tasks are tagged {row['where']}, {there} of all others."


def _sources(row: pd.Series, gap: Gap | None) -> str:
    said = [counted(int(row[one]), _SAID[one]) for one in SOURCES.values() if row[one]]
    counts = f"{counted(int(row['n_tasks']), 'task')}, {_people(int(row['n_people']))}"
    hand = ["written down by hand"] if gap and gap.raised.source == "hand" else []
    return f"{counts}: {', '.join([*said, *hand])}" if said or hand else counts


def _quotes(quotes: tuple[Quote, ...], work: GapWork) -> list[Json]:
    return [
        {
            "letter": work.told.letter_of(one.task, one.review),
            "task": one.task,
            "level": "" if one.level is None or pd.isna(one.level) else level_text(one.level),
            "text": one.text,
            "here": one.task == work.task,
        }
        for one in quotes
    ]


def _example(work: GapWork) -> Json:
    """Return which example is shown, and what reviewers answered to the clause there."""
    examples, criterion = work.examples, work.clause.criterion
    place = f"{examples.index(work.task) + 1} of {len(examples)}" if work.task in examples else ""
    rows = work.told.ratings[
        (work.told.ratings["task"] == work.task) & (work.told.ratings["criterion"] == criterion)
    ]
    letters = work.told.letters(work.task)
    first = rows.drop_duplicates("reviewer")
    answers = [
        {"letter": letters.get(who, ""), "level": level_text(value), "note": note or ""}
        for who, value, note in zip(first["reviewer"], first["value"], first["note"], strict=True)
        if value is not None
    ]
    answers.sort(key=lambda one: (one["level"], one["letter"]))
    return {
        "task": work.task,
        "place": place,
        "n": len(examples),
        "answers": answers,
        "known": _is_known(work),
    }


def _is_known(work: GapWork) -> bool:
    return work.gap is not None and work.task in work.gap.tasks


def _closed(gap: Gap | None, agreed: ClauseAgreement | None, row: pd.Series) -> Json | None:
    """Return the version that closed a gap, and what came of it."""
    if gap is None or gap.closed is None:
        return None
    unrated = "Nobody rates this clause by itself, so agreement on it cannot be told."
    n = int(row["n_since"])
    return {
        "version": gap.closed.version,
        "finding": "" if agreed else unrated,  # the chart says it in its title
        "decision": row["decision"],
        "verdict": agreed.verdict if agreed else "",
        "since": f"{counted(n, 'signal')} came since." if n else "",
    }


def _log(work: GapWork) -> list[tuple[int, GapEvent]]:
    return [(n, one) for n, one in enumerate(work.book.log, 1) if one.gap == work.key]


def _told(number: int, event: GapEvent) -> Json:
    verb, text = _verb(event)
    at = event.at.isoformat(timespec="seconds")
    return {"number": number, "verb": verb, "by": event.by, "at": at, "text": text}


def _verb(event: GapEvent) -> tuple[str, str]:
    """Return what happened, and with which words."""
    match event:
        case Raised(title=title, rubric_version=version):
            return "raised", f"{title} ({version})"
        case Exampled(example=example):
            return "example added", f"{example.task}{f': {example.quote}' if example.quote else ''}"
        case Voted(backs=backs):
            return ("backed" if backs else "backed no longer"), ""
        case Decided(decision=decision):
            return "decided", decision
        case Closed(version=version):
            return "closed", f"by version {version}"
        case Dismissed(reason=reason):
            return "dismissed", reason
        case Reopened(reason=reason):
            return "reopened", reason


def _clause_name(rubric: Rubric, clause: str, criterion: str) -> str:
    label = next((one.label for one in rubric.all if one.id == criterion), criterion)
    return clause.replace(criterion, label, 1) if criterion else "The rubric"


def _people(n: int) -> str:
    return f"{n} {'person' if n == 1 else 'people'}"
