"""Why people disagree: the causes that we suggest and that a lead confirms."""

from __future__ import annotations

from typing import Literal, NamedTuple

CauseId = Literal["gold_suspect", "slip", "rule_unclear", "hard_task", "severity", "new_pattern"]


class Cause(NamedTuple):
    """A cause of disagreement on one task and criterion, in words and as a sign on charts."""

    id: CauseId
    name: str
    glyph: str
    meaning: str
    remedy: str


CAUSES: dict[CauseId, Cause] = {
    cause.id: cause
    for cause in (
        Cause(
            "gold_suspect",
            "gold suspect",
            "G",
            "Reviewers agree with each other and not with gold.",
            "Look at gold again, and change it with a reason.",
        ),
        Cause(
            "slip",
            "slip",
            "S",
            "One reviewer is far from all others, who agree.",
            "Ask that reviewer; no rule needs to change.",
        ),
        Cause(
            "rule_unclear",
            "rule unclear",
            "R",
            "Two camps, each sure: the rubric can be read in two ways.",
            "Write down the decision and open a gap in the rubric.",
        ),
        Cause(
            "hard_task",
            "hard task",
            "H",
            "Answers are wide and unsure: the task lies between levels.",
            "Accept neighbouring levels, or keep it as an example of a boundary.",
        ),
        Cause(
            "severity",
            "severity",
            "V",
            "A reviewer is strict or lenient everywhere, here too.",
            "Give the reviewer a refresher; the task is fine.",
        ),
        Cause(
            "new_pattern",
            "new pattern",
            "N",
            "Flagged as outside the guidelines, or reviewers differ on whether it applies.",
            "Decide once and add the pattern to the rubric.",
        ),
    )
}
