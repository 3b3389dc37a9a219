"""The cards of a reviewer in a calibration round: waiting, the meeting, a re-vote, the end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from evalwidgets.core.session import Session
from evalwidgets.core.vote import Part
from evalwidgets.widgets import panel_card

_GOES_ON = "This page goes on by itself."


def waiting(session: Session, deadline: datetime | None) -> dict[str, Any]:
    """Return the card of a reviewer who has finished while the others still work."""
    last = (
        "" if deadline is None else f" It ends by {deadline:%A} {deadline.day} {deadline:%B %Y, %H:%M} UTC."
    )
    told = f"The lead closes the blind phase when all are ready; this page then goes on by itself.{last}"
    card = panel_card.end(session)
    return {**card, "kind": "wait", "lines": [*panel_card.done(session), told]}


def meeting(session: Session, refused: str = "") -> dict[str, Any]:
    """Return the card between the blind phase and the end, and what was not taken, if anything."""
    left = session.progress.left
    tasks = "1 task was" if left == 1 else f"{left} tasks were"
    lines = [f"{tasks} not submitted before it ended."] if left else []
    lines += [refused] if refused else []
    return _card(
        "wait", "The blind phase is over", [*lines, "The meeting decides what comes next.", _GOES_ON]
    )


def vote_open(part: Part, label: str, refused: str = "") -> dict[str, Any]:
    """Return the card of a reviewer who has nothing to do in the re-vote that is open."""
    if part == "voted":
        lines = [refused] if refused else []
        return _card(
            "wait", "Your vote is in", [*lines, "The meeting goes on when all have voted.", _GOES_ON]
        )
    return _card("wait", f"The others vote again on {label}", [_ABSENT[part].format(label=label), _GOES_ON])


def vote_over(part: Part, label: str) -> dict[str, Any]:
    """Return the card after a re-vote, while the meeting looks at its task."""
    told = "Your vote is in."
    if part != "voted":
        told = f"It closed before your vote on {label} came; your earlier answer stands."
    return _card("wait", "The re-vote is over", [told, _GOES_ON])


def concluded(session: Session) -> dict[str, Any]:
    """Return the card after the meeting."""
    return _card("end", "The round is over. Thank you.", panel_card.done(session))


def turned_away(why: str) -> dict[str, Any]:
    """Return the card of somebody for whom the round was not opened."""
    return _card("end", "This round was opened for others", [why])


_ABSENT: dict[Part, str] = {
    "no_review": "You do not vote here: you did not review this task in the blind phase.",
    "not_asked": "You do not vote here: by your other answers, {label} does not arise for this task.",
}


def _card(kind: str, title: str, lines: list[str]) -> dict[str, Any]:
    return {**panel_card.none(), "kind": kind, "title": title, "lines": lines}
