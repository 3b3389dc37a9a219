"""The right of the rubric desk as JSON: what differs, the step it deserves, what it touches, publishing."""

from __future__ import annotations

import math
from typing import Any

from evalwidgets.analysis.results import counted, listed
from evalwidgets.core.rubric_bump import RANK
from evalwidgets.core.rubric_diff import RubricChange
from evalwidgets.widgets.rubric_words import change_words, place_words
from evalwidgets.widgets.rubric_work import RubricWork

Json = dict[str, Any]
MOST_EXAMPLES = 5
"""How many differing results are shown; the rest stands in `desk.what_if`."""
MOST_TASKS = 12
_WHY = {
    "major": "what may be answered, what an answer means, or what follows from it changed",
    "minor": "there is more help, and answers mean what they meant",
    "patch": "nobody rates by it",
}


def outcome(work: RubricWork) -> Json:
    """Return what follows from the edits, and how the version would be published."""
    changed = work.diff
    problem = work.problem if changed.changes else ""
    return {
        "kind": "outcome",
        "key": work.before.hash[:8],
        "before": work.before.version,
        "version": work.version,
        "proposed": work.proposed,
        "bump": changed.bump or "",
        "why": _why(work),
        "changes": [_change(one, work) for one in changed.changes],
        "impact": _impact(work) if changed.changes else None,
        "what_if": _replayed(work),
        "lines": work.changes,
        "problem": problem,
        "can": {
            "publish": bool(changed.changes) and not problem,
            "undo": work.can_undo,
            "redo": work.can_redo,
        },
        "closes": _closing(work),
        "asked": _asked(work) if work.asked and not problem else "",
        "published": _published(work),
    }


def _why(work: RubricWork) -> str:
    bump = work.diff.bump
    if bump is None:
        return "Nothing differs from the version in use."
    where = [
        place_words(one.place, work.before, work.rubric) for one in work.diff.changes if one.bump == bump
    ]
    return f"A {bump} step: {_WHY[bump]} ({listed(where, 3)})."


def _change(change: RubricChange, work: RubricWork) -> Json:
    return {
        "where": place_words(change.place, work.before, work.rubric),
        "bump": change.bump,
        "rank": RANK[change.bump],
        "what": change.kind,
        "words": change_words(change),
    }


def _impact(work: RubricWork) -> Json:
    found = work.impact
    labels = {one.id: one.label for one in (*work.before.all, *work.rubric.all)}
    rows = [
        {
            "label": labels.get(one.criterion, one.criterion),
            "bump": one.bump,
            "gold": len(one.gold),
            "ratings": one.n_ratings,
            "tasks": one.n_tasks,
            "reviewers": one.n_reviewers,
            "rounds": one.n_rounds,
        }
        for one in found.touched
    ]
    return {
        "rows": rows,
        "gold": list(found.gold_tasks[:MOST_TASKS]),
        "more": max(len(found.gold_tasks) - MOST_TASKS, 0),
        "n_gold": len(found.gold_tasks),
        "past": f"{counted(found.n_ratings, 'rating')} by {counted(found.n_reviewers, 'reviewer')}",
        "pooling": found.pooling,
    }


def _replayed(work: RubricWork) -> Json | None:
    """Return how many past results would differ, and the largest of them."""
    found = work.what_if
    if found is None:
        return None
    rows = found.differing.head(MOST_EXAMPLES).itertuples()
    judged = found.judged[found.judged["differs"]] if len(found.judged) else found.judged
    more_right = int(judged["after"].sum()) if len(judged) else 0
    return {
        "finding": f"{found.finding}.",
        "left_out": [str(one) for one in found.left_out],
        "rows": [[str(one.task), str(one.reviewer), _score(one.before), _score(one.after)] for one in rows],
        "more": max(len(found.differing) - MOST_EXAMPLES, 0),
        "judged": _judged(len(judged), more_right),
    }


def _judged(n: int, more_right: int) -> str:
    """Return which way judgements against gold would turn."""
    return f"{more_right} would be within tolerance that were not, {n - more_right} no longer." if n else ""


def _score(value: Any) -> str:
    return "none" if value is None or math.isnan(value) else f"{value:.2f}"


def _closing(work: RubricWork) -> Json | None:
    gap = work.gap
    if gap is None or gap.state not in ("open", "decided"):
        return None
    decided = gap.state == "decided"
    why = "" if decided else "Nobody has decided it yet: say in the register what shall hold first."
    return {"name": gap.name, "on": bool(work.closes), "decided": decided, "why": why}


def _asked(work: RubricWork) -> str:
    """Return what becomes fixed, as one sentence."""
    gap = f" It closes the gap {listed(work.closes)}." if work.closes else ""
    quiz = f" Reviewers are asked {counted(len(work.quiz), 'task')} about it." if work.quiz else ""
    changes = counted(len(work.diff.changes), "change")
    return (
        f"{work.rubric.id} {work.version} is written to {work.path}, with {changes} "
        f"and its hash, and its words are fixed from then on. {work.campaign} uses it at once.{gap}{quiz}"
    )


def _published(work: RubricWork) -> str:
    one = work.published
    if one is None or one.rubric_hash != work.before.hash:
        return ""
    return f"{one.rubric} {one.version} is published; its hash begins with {one.rubric_hash[:12]}."
