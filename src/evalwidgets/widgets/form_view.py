"""What the form shows of a task: its layout (what may be asked) and its marks (where it stands)."""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import chain, repeat
from typing import Any, TypeVar

from evalwidgets.core.adjudication_events import SentBack
from evalwidgets.core.check import need, rule_in_force
from evalwidgets.core.criterion import Criterion, GateOption, Ordinal, Reason, Regions, YesNo
from evalwidgets.core.desk import Desk
from evalwidgets.core.overall import overall_score
from evalwidgets.core.region import CAUSES, SEVERITIES
from evalwidgets.core.region_rules import MOST_REGIONS
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.session import Session
from evalwidgets.core.task import JUDGED

_T = TypeVar("_T")

KEYS = "123456789adgiklnpqty"
"""Keys of a list, in order: digits, then letters that mean nothing else in the panel."""


def layout(rubric: Rubric, desk: Desk) -> dict[str, Any]:
    """Return all that a rubric may ask about a task, as JSON for the browser.

    It holds nothing of the task's tags but the words that they pick.
    """
    worded = (rubric.worded(criterion.id, desk.task.tags) for criterion in rubric.all)
    return {
        "key": desk.key,
        "rows": [_row(rubric, criterion, desk) for criterion in worded],
        "flags": [
            {"value": flag.id, "key": key, "name": flag.name, "descriptor": flag.descriptor}
            for key, flag in _keyed(rubric.flags)
        ],
        "confidence": rubric.confidence and not desk.focus,
        "focus": sorted(desk.focus),
    }


def sent_back(note: SentBack, rubric: Rubric, desk: Desk) -> dict[str, str]:
    """Return the note with which the task came back to the reviewer, and the criterion that it is about."""
    known = note.criterion in {criterion.id for criterion in rubric.all}
    label = rubric.worded(note.criterion, desk.task.tags).label if known else note.criterion
    return {"by": note.by, "criterion": note.criterion, "label": label, "note": note.note}


def marks(session: Session, task: str, seq: int) -> dict[str, Any]:
    """Return where a sheet stands after the act with number `seq`, as JSON for the browser."""
    desk = session.open(task)
    asked = session.to_answer(task)
    problems = session.problems(task)
    values, tags = desk.sheet.values, desk.task.tags
    rules = {one.id: rule_in_force(one, desk.sheet.answer(one.id), values, tags) for one in asked}
    return {
        "key": desk.key,
        "seq": seq,
        "visible": [criterion.id for criterion in asked],
        "answers": {name: answer.model_dump() for name, answer in desk.sheet.answers.items()},
        "flags": dict(desk.sheet.flags),
        "confidence": desk.sheet.confidence,
        "note": desk.sheet.note,
        "notes": {
            name: {"min": rule.min_words, "needs": need(rule).capitalize()}
            for name, rule in rules.items()
            if rule
        },
        "problems": [problem.model_dump() for problem in problems],
        "ready": not any(problem.blocks for problem in problems),
        "overall": "" if desk.focus else _overall(session.rubric, desk),
        "revision": desk.revision,
    }


def _row(rubric: Rubric, criterion: Criterion, desk: Desk) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "control": criterion.control,
        "gate": criterion.is_gate,
        "label": criterion.label,
        "question": criterion.question,
        "help": criterion.help,
        "options": _options(criterion, desk.task.images),
        "na": _reasons(criterion.na_reasons),
        "reasons": _reasons(getattr(criterion, "reasons", ())),
        "second": isinstance(criterion, Ordinal) and criterion.second,
        "branching": criterion.id in rubric.branching,
        "words": _words(criterion, desk),
        "optional": not criterion.required,
        "before": _before(criterion, desk),
        **(_marking(rubric, criterion) if isinstance(criterion, Regions) else {}),
    }


def _marking(rubric: Rubric, criterion: Regions) -> dict[str, Any]:
    """Return what may be drawn on which picture, and what may be said of each region."""
    return {
        "shapes": list(criterion.shapes),
        "of": criterion.of or JUDGED[rubric.kind],
        "least": criterion.least,
        "most": MOST_REGIONS,
        "needs": list(criterion.needs),
        "classes": [family.model_dump(mode="json") for family in rubric.defects],
        "severities": [{"value": value, "name": name} for value, name in SEVERITIES.items()],
        "causes": [{"value": value, "name": name} for value, name in CAUSES.items()],
    }


def _before(criterion: Criterion, desk: Desk) -> dict[str, Any] | None:
    """Return the stored answer to a criterion that is asked anew, with its words; else None."""
    answer = desk.opened.answer(criterion.id)
    if criterion.id not in desk.focus or not answer.given:
        return None
    if answer.na is not None:
        names = {reason.id: reason.name for reason in criterion.na_reasons}
        return {"value": None, "text": f"not applicable, {names.get(answer.na, answer.na)}"}
    return {"value": answer.value, "text": _said(answer.value)}


def _said(value: Any) -> str:
    """Return an answer that has no option of its own in words."""
    if isinstance(value, list | tuple):
        return f"{len(value)} marked" if value else "none"
    return str(value)


def _options(criterion: Criterion, pictures: Container[str]) -> list[dict[str, Any]]:
    """Return what can be chosen; one about a picture that the task lacks leaves its key unused."""
    if isinstance(criterion, Ordinal):
        levels = sorted(criterion.levels, key=lambda level: level.value)
        return [{**level.model_dump(), "key": str(level.value)} for level in levels]
    if isinstance(criterion, YesNo):
        return [
            {"value": "yes", "key": "1", "name": criterion.yes, "descriptor": ""},
            {"value": "no", "key": "2", "name": criterion.no, "descriptor": ""},
        ]
    options = getattr(criterion, "options", getattr(criterion, "marks", ()))
    return [
        {
            "value": option.value,
            "key": key,
            "name": option.name,
            "descriptor": option.descriptor,
            "asks": isinstance(option, GateOption) and option.ask_reason,
        }
        for key, option in _keyed(options)
        if option.offered(pictures)
    ]


def _reasons(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    return [{**reason.model_dump(), "key": key} for key, reason in _keyed(reasons)]


def _keyed(listed: Iterable[_T]) -> Iterable[tuple[str, _T]]:
    """Pair each entry of a list with its key; what comes after the last key has none."""
    return zip(chain(KEYS, repeat("")), listed, strict=False)


def _words(criterion: Criterion, desk: Desk) -> list[str]:
    text = getattr(desk.task, getattr(criterion, "of", ""), "") if criterion.control == "words" else ""
    return str(text).split()


def _overall(rubric: Rubric, desk: Desk) -> str:
    """Return the overall score in words, with the caps that fired; empty while there is none."""
    overall = overall_score(rubric, desk.sheet, desk.task)
    if overall.score is None:
        return ""
    because = "; ".join(cap.because.rstrip(".") for cap in overall.fired)
    return f"Overall {overall.score:.1f}" + (f", capped: {because}" if because else "")
