"""What the bar says of a session, and the cards it shows, as JSON for the browser."""

from __future__ import annotations

from typing import Any

from evalwidgets.core.session import Session
from evalwidgets.store.identity import account_is_shared
from evalwidgets.widgets.panel_bar import NO_CARD

_REMEMBERED = "It is asked once and remembered for this account."


def status(session: Session, advice: str = "", exposure: int = 0) -> dict[str, Any]:
    """Return where the reviewer is, at which pace.

    Parameters
    ----------
    session : Session
        The reviewer's session.
    advice : str
        The offer of a pause; empty when there is none.
    exposure : int
        How many covered pictures the reviewer has opened today.
    """
    progress = session.progress
    return {
        "title": session.rubric.title,
        "round": session.round,
        "reviewer": session.reviewer,
        "done": progress.done,
        "skipped": progress.skipped,
        "total": progress.total,
        "position": progress.position,
        "pace": progress.pace,
        "left": progress.seconds_left,
        "revising": _revising(session),
        "vote": _vote(session),
        "sensitive": session.current is not None and session.current.sensitive,
        "advice": advice,
        "exposure": exposure,
        "said": "",
        "home": False,
    }


def _revising(session: Session) -> str:
    """Return what is done with a task that has a review already; empty for a new one."""
    again = None if session.current is None else session.review_of(session.current.id)
    if again is None:
        return ""
    place = session.progress.position
    if session.returned(again.task):
        return f"task {place} was sent back to you"
    return f"revising task {place}, {again.state} before"


def _vote(session: Session) -> str:
    if session.finished or not session.desk.focus:
        return ""
    tags = session.desk.task.tags
    labels = (session.rubric.worded(name, tags).label for name in sorted(session.desk.focus))
    return f"Re-vote in silence: {', '.join(labels)}"


def none() -> dict[str, Any]:
    """Return that no card lies over the panel."""
    return dict(NO_CARD)


def ask(problem: str = "") -> dict[str, Any]:
    """Return the card that asks who reviews, and says what is wrong with what was typed."""
    kept = "Type it the same way each time." if account_is_shared() else _REMEMBERED
    return {
        "kind": "ask",
        "title": "Who is reviewing?",
        "lines": [f"Your answers are stored under this name. {kept}", *([problem] if problem else [])],
        "action": "reviewer",
        "label": "Start",
    }


def end(session: Session) -> dict[str, Any]:
    """Return the card at the end of a round: what was done and what comes next."""
    told = "Next: tell your lead that you are done. The results are compared in 03_calibration."
    return {
        "kind": "end",
        "title": "Done. Thank you.",
        "lines": [*done(session), told],
        "action": "reopen",
        "label": "Look at the last task again",
    }


def done(session: Session) -> list[str]:
    """Return what was done, a sentence each."""
    progress = session.progress
    reviews = [review for name in session.order if (review := session.review_of(name))]
    flagged = sum(bool(review.flags) for review in reviews)
    lines = []
    if progress.done:
        lines.append(f"{progress.done} {'task' if progress.done == 1 else 'tasks'} reviewed, all on disk.")
    if progress.skipped:
        lines.append(f"{progress.skipped} skipped; re-open one with Ctrl ← if it can be judged after all.")
    if flagged:
        lines.append(f"{flagged} flagged for a second pair of eyes.")
    if progress.pace and progress.pace >= 1:
        lines.append(f"Lately {progress.pace:.0f} s of active time for each task.")
    return lines
