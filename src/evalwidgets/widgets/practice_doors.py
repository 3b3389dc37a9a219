"""The doors of the practice page: where a learner may go now, where best, and why not elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from evalwidgets.core.lesson import LessonMode
from evalwidgets.core.lesson_state import LessonState
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.widgets.learner_book import AWAY, LearnerBook
from evalwidgets.widgets.lesson_plan import CHECK_IN, REFRESHER, WARM_UP, exam_rule, exam_tasks

State = Literal["next", "open", "done", "locked"]

VERDICTS = {"pass": "pass", "not_yet": "not yet", "not_enough": "not enough evidence"}
_MASTERED = ("mastered", "due")


@dataclass(frozen=True)
class Door:
    """One way on.

    Parameters
    ----------
    what : str
        What the page reports when it is chosen: tour, wall, warm_up, practice, refresher,
        exam, check_in, or "result:" with the name of an exam.
    title, text : str
        Its name, and what lies behind it.
    state : {"next", "open", "done", "locked"}
        At most one is next: the one to take.
    why : str
        Why it is locked or next; may be empty.
    badge : str
        A word or a number at its side.
    key : str
        The key that opens it.
    """

    what: str
    title: str
    text: str
    state: State = "open"
    why: str = ""
    badge: str = ""
    key: str = ""


def doors(book: LearnerBook, *, has_wall: bool, toured: bool = False) -> list[Door]:
    """Return the doors in the order of the path, each with its key.

    Parameters
    ----------
    book : LearnerBook
        What the learner has done so far.
    has_wall : bool
        Whether there are anchors to look at.
    toured : bool
        Whether the tour was taken since the panel was opened; nothing else knows of it.
    """
    path = [_tour(book), _wall(has_wall), _warm_up(book), _practice(book), _refresher(book)]
    path += [_exam(book), _check_in(book), *_result(book)]
    held = _held(book)
    if held:
        path = [_behind(one, held) for one in path]
    best = _best(book, {one.what: one for one in path}, toured=toured)
    path = [replace(one, state="next") if one.what == best else one for one in path]
    return [replace(one, key=str(number)) for number, one in enumerate(path, start=1)]


def _best(book: LearnerBook, path: dict[str, Door], *, toured: bool) -> str | None:
    """Return the door to take: what is begun, then what is new, then what is due."""
    asked: list[tuple[str, Callable[[], bool]]] = [
        ("exam", lambda: book.going("exam") is not None),
        ("tour", lambda: not book.lessons and not toured),
        ("warm_up", lambda: True),
        ("check_in", lambda: True),
        ("refresher", lambda: bool(book.asked or book.missed_in_rounds)),
        ("refresher", lambda: any(one.state == "due" for one in book.standing.values())),
        ("exam", lambda: all(book.standing[one].state in _MASTERED for one in book.teachable)),
        ("practice", lambda: True),
    ]
    return next((what for what, holds in asked if path[what].state == "open" and holds()), None)


def _tour(book: LearnerBook) -> Door:
    return Door(
        "tour", "Tour", "A minute in the real panel. Nothing is kept.", "done" if book.lessons else "open"
    )


def _wall(has_wall: bool) -> Door:
    why = "" if has_wall else "There are no exemplars for this rubric."
    text = "The same scene at every level, and the words that decide."
    return Door("wall", "Exemplars", text, "open" if has_wall else "locked", why)


def _warm_up(book: LearnerBook) -> Door:
    begun = book.of_mode("warm_up")
    text = f"{WARM_UP} easy tasks with feedback, not scored."
    if not book.pool.practice:
        return Door("warm_up", "Warm-up", text, "locked", _no_gold(book))
    done = len(book.reviews_of(begun[-1])) if begun else 0
    over = bool(begun) and begun[-1].ended_at is not None
    badge = f"{done} of {len(begun[-1].lesson.tasks)}" if begun and not over else ""
    return Door("warm_up", "Warm-up", text, "done" if over else "open", badge=badge)


def _practice(book: LearnerBook) -> Door:
    text = "One task after the other, each with what an expert says."
    if not book.pool.practice:
        return Door("practice", "Practice", text, "locked", _no_gold(book))
    today = [one for one in book.of_mode("practice") if not one.lesson.focus and _is_today(book, one)]
    done = sum(len(book.reviews_of(one)) for one in today)
    if today and today[-1].ended_at is not None:
        return Door("practice", "Practice", text, "done", "Every task was shown today.", f"{done} today")
    return Door("practice", "Practice", text, badge=f"{done} today" if done else "")


def _refresher(book: LearnerBook) -> Door:
    title, text = "Refresher", f"Up to {REFRESHER} tasks on what you missed or what is due."
    begun = [one for one in book.open_lessons if one.lesson.mode == "practice" and one.lesson.focus]
    if begun:
        return Door("refresher", title, text, badge=f"{len(book.reviews_of(begun[-1]))} done")
    focus = book.focus
    if not focus:
        return Door("refresher", title, text, "locked", "Nothing was missed and nothing is due.")
    why = ""
    if book.asked:
        why = "Your lead asks for it."
    elif book.missed_in_rounds:
        why = "From your answers in a calibration round."
    noun = "boundary" if len(focus) == 1 else "boundaries"
    return Door("refresher", title, text, why=why, badge=f"{len(focus)} {noun}")


def _exam(book: LearnerBook) -> Door:
    try:
        rule = exam_rule(book)
    except EvalWidgetsError as error:
        return Door("exam", "Exam", "Tasks that you have never seen.", "locked", str(error))
    length = f"{rule.least} to {rule.most}" if rule.sequential else f"{rule.size}"
    text = f"{length} tasks that you have never seen. No feedback until the end, no clock."
    begun = book.going("exam")
    if begun:
        done = f"{len(book.reviews_of(begun))} answered"
        return Door("exam", "Exam", text, "open", "It lies open.", done)
    try:
        exam_tasks(book, rule, "exam")
    except EvalWidgetsError as error:
        return Door("exam", "Exam", text, "locked", str(error))
    return Door("exam", "Exam", text, "open")


def _result(book: LearnerBook) -> list[Door]:
    """Return the door to the result of the last exam, if there was one."""
    judged = [one for one in book.of_mode("exam") if one.judged]
    if not judged:
        return []
    name, verdict = judged[-1].lesson.name, judged[-1].judged.verdict if judged[-1].judged else None
    badge = VERDICTS.get(verdict or "", "")
    return [Door(f"result:{name}", "Last result", f"What {name} showed, and the rule.", badge=badge)]


def _check_in(book: LearnerBook) -> Door:
    hours = int(AWAY.total_seconds() // 3600)
    text = f"{CHECK_IN} tasks after {hours} hours away: do you still judge as before? No verdict."
    if book.going("check_in"):
        return Door("check_in", "Check-in", text, badge="begun")
    if not book.pool.practice:
        return Door("check_in", "Check-in", text, "locked", _no_gold(book))
    if not book.is_away or book.last_at is None:
        return Door("check_in", "Check-in", text, "locked", f"When you were away for {hours} hours.")
    away = (book.at - book.last_at).total_seconds() / 3600
    return Door("check_in", "Check-in", text, badge=_away(away))


def _away(hours: float) -> str:
    told = f"{hours:.0f} h" if hours < 72 else f"{hours / 24:.0f} days"
    return f"you were away {told}"


def _held(book: LearnerBook) -> str | None:
    """Return the lesson beside which nothing is taught while it is open."""
    return next((what for what in _BLIND if book.going(what)), None)


_BLIND: tuple[LessonMode, ...] = ("exam", "check_in")
_TEACHES: tuple[str, ...] = ("warm_up", "practice", "refresher", "exam", "check_in")


def _behind(door: Door, held: str) -> Door:
    if door.what == held or door.what not in _TEACHES or door.state == "locked":
        return door
    name = "exam" if held == "exam" else "check-in"
    return replace(door, state="locked", why=f"First finish the {name} that lies open.")


def _is_today(book: LearnerBook, state: LessonState) -> bool:
    return f"{state.lesson.began_at:%Y-%m-%d}" == book.day


def _no_gold(book: LearnerBook) -> str:
    return f"There is no gold under rubric {book.course.rubric.id} to practise on."


def as_json(door: Door) -> dict[str, Any]:
    """Return a door for the page."""
    names = ("what", "title", "text", "state", "why", "badge", "key")
    return {name: getattr(door, name) for name in names}
