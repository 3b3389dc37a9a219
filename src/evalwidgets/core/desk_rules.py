"""What a rubric says of a task that lies open: what is asked, what is missing, what an act does."""

from __future__ import annotations

from typing import Any

from evalwidgets.core.acts import Setting, do
from evalwidgets.core.check import Problem, check
from evalwidgets.core.criterion import Criterion
from evalwidgets.core.desk import Desk, differing
from evalwidgets.core.review import Sheet
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import EvalWidgetsError

CONFIDENCE = "#confidence"
"""What a problem is about that lies in how sure the reviewer is; the form's row has this name."""
_HOW_SURE = "Say first how sure you are (C, then 1 to 3); what is right comes after."


def asked(rubric: Rubric, desk: Desk) -> tuple[Criterion, ...]:
    """Return the criteria that apply now, in the words for the task."""
    tags = desk.task.tags
    return tuple(rubric.worded(criterion.id, tags) for criterion in rubric.asked(desk.sheet.values, tags))


def to_answer(rubric: Rubric, desk: Desk) -> tuple[Criterion, ...]:
    """Return what the reviewer is to answer: all that is asked, or what lies in the desk's focus.

    All rules hold in focus too, so what a changed answer opens or contradicts is part of it.
    """
    if not desk.focus:
        return asked(rubric, desk)
    troubled = {problem.criterion for problem in problems(rubric, desk) if problem.blocks}
    wanted = desk.focus | troubled | differing(desk.sheet, desk.opened)
    return tuple(criterion for criterion in asked(rubric, desk) if criterion.id in wanted)


def problems(rubric: Rubric, desk: Desk) -> tuple[Problem, ...]:
    """Return what still stands between the sheet and a submitted review."""
    return check(rubric, kept(rubric, desk), desk.task)


def lacks_confidence(rubric: Rubric, desk: Desk) -> tuple[Problem, ...]:
    """Return that nobody has said how sure they are, as a problem; else nothing."""
    if desk.sheet.confidence is not None or not rubric.confidence or desk.focus:
        return ()
    return (Problem(kind="missing", criterion=CONFIDENCE, message=_HOW_SURE),)


def kept(rubric: Rubric, desk: Desk) -> Sheet:
    """Return the sheet without answers to what is no longer asked."""
    names = {criterion.id for criterion in rubric.asked(desk.sheet.values, desk.task.tags)}
    answers = {name: answer for name, answer in desk.sheet.answers.items() if name in names}
    return desk.sheet.model_copy(update={"answers": answers})


def act(rubric: Rubric, desk: Desk, name: str, *said: Any) -> Sheet:
    """Do one act of `evalwidgets.core.acts` on the desk and return the sheet that lies there then.

    Raises
    ------
    UnknownName
        If there is no such act, criterion, flag or reason.
    EvalWidgetsError
        If the criterion is not asked now, not in focus, or the value is not on its scale.
    """
    sheet = do(name, Setting(rubric, desk.task.tags), desk.sheet, *said)
    if desk.focus:
        _check_focus(rubric, desk, sheet)
    desk.say(sheet, _text_written(rubric, name, *said) or _remark_written(desk.sheet, sheet, name, *said))
    return desk.sheet


def _check_focus(rubric: Rubric, desk: Desk, sheet: Sheet) -> None:
    """Refuse a sheet that changes what is not asked anew."""
    open_ones = to_answer(rubric, desk)
    if differing(sheet, desk.sheet) - {criterion.id for criterion in open_ones}:
        labels = ", ".join(criterion.label for criterion in open_ones)
        msg = f"Only this is asked now: {labels}. Your other answers stand as they are."
        raise EvalWidgetsError(msg)


def _text_written(rubric: Rubric, act: str, *said: Any) -> str:
    """Name the text an act writes, so that undo takes it back whole, or return nothing."""
    is_text = act == "rate" and rubric.criterion(said[0]).control == "text"
    return f"{act} {said[0]}" if act == "write_note" or is_text else ""


def _remark_written(before: Sheet, after: Sheet, act: str, *said: Any) -> str:
    """Name the region whose note alone an act changes, or return nothing."""
    if act != "mark":
        return ""
    rest = [[{**one, "note": ""} for one in sheet.answer(said[0]).value or []] for sheet in (before, after)]
    return f"mark {said[0]} {said[1]['id']}" if rest[0] == rest[1] else ""
