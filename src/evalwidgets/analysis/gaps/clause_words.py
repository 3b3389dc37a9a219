"""What became of agreement on a clause, in a sentence that claims no more than the numbers show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evalwidgets.analysis.numbers import signed
from evalwidgets.analysis.results import counted

if TYPE_CHECKING:
    from evalwidgets.analysis.gaps.clause_agreement import ClauseAgreement


def finding_of(told: ClauseAgreement) -> str:
    """Return for example "Agreement on Preservation 3|4 is better since 1.3.0: 58% before, 91% after ..."."""
    about = f"agreement on {told.name}"
    before, after = told.before, told.after
    if before.estimate is None or after.estimate is None:
        side = "before" if before.estimate is None else "since"
        return f"Not enough evidence on {told.name}: no task was rated by two reviewers {side} {told.version}"
    said = (
        f"{before.estimate:.0%} on {counted(before.n_tasks, 'task')} before, "
        f"{after.estimate:.0%} on {counted(after.n_tasks, 'task')} after"
    )
    change = _interval(told)
    match told.verdict:
        case "not enough evidence":
            return f"Not enough evidence that {about} changed with {told.version}: {said}{change}"
        case "no change seen":
            return f"No change seen in {about} since {told.version}: {said}{change}"
        case verdict:
            return f"{about[0].upper()}{about[1:]} is {verdict} since {told.version}: {said}{change}"


def rest_of(told: ClauseAgreement) -> str:
    """Return what happened on the other tasks; empty where there are none to compare."""
    before, after = told.rest_before, told.rest_after
    if before is None or after is None or before.estimate is None or after.estimate is None:
        return ""
    return (
        f"On all other tasks: {before.estimate:.0%} on {counted(before.n_tasks, 'task')} before, "
        f"{after.estimate:.0%} on {counted(after.n_tasks, 'task')} after"
    )


def _interval(told: ClauseAgreement) -> str:
    if told.change is None or told.low is None or told.high is None:
        return ""
    change, low, high = (signed(100 * one, 0) for one in (told.change, told.low, told.high))
    return f" ({change} points [{low}, {high}])"
