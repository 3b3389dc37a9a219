"""The page after an exam or a check-in: what the log says that was found, in words and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evalwidgets.analysis.numbers import signed
from evalwidgets.core.exam_rule import ExamRule
from evalwidgets.core.lesson_state import LessonState

Json = dict[str, Any]

_TITLES = {"pass": "Pass", "not_yet": "Not yet", "not_enough": "Not enough evidence"}
_STANDINGS = {"reached": "reached", "missed": "below target", "open": "not sure yet", "thin": "too few tasks"}
_TELLING = 0.05
"""Levels of bias that are told; less rounds to nothing."""


def result_page(state: LessonState, files: Sequence[Path] = ()) -> Json:
    """Return the result of a lesson that was judged, as JSON for `PracticePage`.

    Parameters
    ----------
    state : LessonState
        Of an exam or a check-in. All is taken from its log, so the page says what was
        found then, whatever has become of gold since.
    files : sequence of Path
        The certificate, as it lies on disk.
    """
    found: Mapping[str, Any] = state.judged.found if state.judged else {}
    verdict = (state.judged.verdict if state.judged else None) or ""
    reasons = found.get("reasons", [])
    rule = found.get("rule", {})
    return {
        "kind": "result",
        "verdict": verdict or "none",
        "title": _TITLES.get(verdict, "Check-in"),
        "sentence": " ".join(reasons) or found.get("sentence", ""),
        "rate": _rate(found),
        "criteria": [_criterion(one) for one in found.get("criteria", []) if one["n"]],
        "focus": [one["text"] for one in found.get("focus", [])],
        "rule": [*_rule(rule), *found.get("not_shown", []), *_kept(files)] if verdict else [],
        "links": [
            {"label": "Back to the path", "what": "home"},
            *(_link(path) for path in files),
        ],
    }


def _rate(found: Mapping[str, Any]) -> Json | None:
    if found.get("rate") is None:
        return None
    ends = {"value": found["rate"], "low": found["low"], "high": found["high"]}
    return {**ends, "target": found["rule"]["target"]}


def _criterion(one: Mapping[str, Any]) -> Json:
    bias = one["bias"]
    leaning = f"{signed(bias, 1)} levels on average" if bias and abs(bias) >= _TELLING else ""
    notes = [_STANDINGS[one["standing"]], leaning]
    return {
        "label": one["label"],
        "value": one["right"] / one["n"],
        "low": one["low"],
        "high": one["high"],
        "target": one["target"],
        "n": one["n"],
        "note": "; ".join(filter(None, notes)),
    }


def _rule(told: Mapping[str, Any]) -> list[str]:
    rule = ExamRule.model_validate(told)
    length = f"{rule.size} tasks" if not rule.sequential else f"{rule.least} to {rule.most} tasks"
    return [
        f"{length}, never seen before, answered without feedback.",
        f"Pass: the rate surely reaches {rule.target:.0%}. Of those who are below, "
        f"{rule.alpha * 100:g} in 100 pass at most.",
        "Not yet: the rate, or that of a criterion, is surely below its target. Of those who reach "
        f"every target, {rule.beta * 100:g} in 100 are told so at most.",
        f"Not enough evidence: anything else, and always with fewer than {rule.least} tasks.",
    ]


def _kept(files: Sequence[Path]) -> list[str]:
    """Return where the certificate lies, told from the store's folder on: not where the machine has it."""
    return [f"The certificate is kept beside the store: {'/'.join(files[0].parts[-4:])}."] if files else []


def _link(path: Path) -> Json:
    name = "Save the certificate" if path.suffix == ".html" else "Save it as text"
    return {"label": name, "what": f"file:{path.name}"}
