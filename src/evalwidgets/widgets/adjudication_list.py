"""The head and the left of the adjudication panel as JSON: progress, which cases, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalwidgets.analysis.results import counted, listed
from evalwidgets.core.cause import CAUSES
from evalwidgets.widgets.adjudication_answers import WHICH
from evalwidgets.widgets.adjudication_work import AdjudicationWork
from evalwidgets.widgets.stage_board import LOOK_KEYS

Json = dict[str, Any]
MOST_SHOWN = 60
"""Rows in the page at once; the filter and the keys reach the others."""
KEYS: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "Decide",
        [
            ("↑ ↓", "from answer to answer"),
            ("A", "accept the picked answer"),
            ("1 \N{EN DASH} 9, 0", "choose a level; not applicable"),
            ("U", "leave it unresolved"),
            ("C", "then a digit: why they differ"),
            ("Ctrl ⏎", "write it down, and on to the next"),
            ("D", "discard the draft"),
        ],
    ),
    (
        "Return",
        [("R", "send the picked review back, with a note"), ("T", "take it back: need not be looked at")],
    ),
    (
        "Move",
        [
            ("N P", "next case, case before"),
            ("Esc", "leave the text"),
            ("G", "gold, if there is any"),
            ("L", "names, or letters again"),
        ],
    ),
    LOOK_KEYS,
]
_TITLES = {"open": "Open", "settled": "Settled", "returned": "Sent back", "all": "All"}
_MARKS = {"settled": "✓", "unresolved": "○", "again": "!", "open": ""}


def head(work: AdjudicationWork, campaign: str, problem: str) -> Json:
    """Return the line above everything: whose cases, how many are settled, who acts, what went wrong."""
    done, of = work.answers.progress
    sub = f"{done} of {of} settled · {work.rubric.id} {work.rubric.version} · you act as {work.lead}"
    return {
        "kind": "head",
        "step": "adjudicate",
        "name": "Adjudication panel",
        "title": f"Settle {campaign}",
        "sub": sub,
        "steps": [],
        "problem": problem,
        "keys": KEYS,
    }


def queue(work: AdjudicationWork) -> Json:
    """Return the cases that the filter lets through, around the one on the table."""
    answers, show = work.answers, work.show
    cases = answers.shown(show).to_dict("records")
    places = [(one["task"], one["criterion"]) for one in cases]
    here = places.index(work.place) if work.place in places else 0
    first = max(0, min(here - MOST_SHOWN // 2, len(cases) - MOST_SHOWN))
    done, of = answers.progress
    criteria = dict.fromkeys(answers.cases["criterion"])
    return {
        "kind": "cases",
        "done": done,
        "of": of,
        "before": first,
        "after": max(0, len(cases) - first - MOST_SHOWN),
        "rows": [_row(one, work) for one in cases[first : first + MOST_SHOWN]],
        "filters": [
            _filter("which", "State", show.which, [(one, _TITLES[one]) for one in WHICH]),
            _filter(
                "criterion",
                "Criterion",
                show.criterion,
                [("", "every criterion"), *((one, work.rubric.criterion(one).label) for one in criteria)],
            ),
            _filter(
                "cause",
                "Suggested cause",
                show.cause,
                [("", "every cause"), *((one.id, one.name) for one in CAUSES.values())],
            ),
        ],
        "quiet": _quiet(work, len(cases)),
    }


def _filter(what: str, label: str, value: str, options: list[tuple[str, str]]) -> Json:
    return {"what": what, "label": label, "value": value, "options": [list(one) for one in options]}


def _row(case: Mapping[Any, Any], work: AdjudicationWork) -> Json:
    place = (case["task"], case["criterion"])
    waits = work.answers.waits(place)
    sent = {"waits": "sent back", "answered": "came back"}.get(waits, "")
    told = [case["values"], case["caveat"], sent, CAUSES[case["cause"]].name if case["cause"] else ""]
    return {
        "task": case["task"],
        "criterion": case["criterion"],
        "title": case["label"],
        "text": " · ".join(filter(None, (case["task"], *told[1:3]))),
        "values": told[0],
        "cause": told[3],
        "mark": "↩" if waits == "waits" and case["state"] == "open" else _MARKS[case["state"]],
        "on": place == work.place,
    }


def _quiet(work: AdjudicationWork, shown: int) -> str:
    """Return what is not in the list, and why."""
    said = []
    blind = work.answers.withheld
    if blind:
        verb = "is" if len(blind) == 1 else "are"
        said.append(
            f"{listed(blind)} {verb} still blind: those answers are left out until all have committed."
        )
    done, of = work.answers.progress
    if not of:
        said.append("Nothing to settle: no task has two answers that differ.")
    elif not shown:
        rest = counted(of - done, "case")
        said.append(f"No case fits; {rest} open in all." if of > done else "All cases are settled.")
    return " ".join(said)
