"""How a simulated reviewer fills in one sheet: gates, levels, notes, flags."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from evalwidgets.core.check import rule_in_force
from evalwidgets.core.criterion import Criterion
from evalwidgets.core.gold import Gold
from evalwidgets.core.review import Answer
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task

REASONS = {
    "infeasible": "target_absent",
    "contradictory": "contradictory",
    "ambiguous_target": "ambiguous_target",
}

NOTES = {
    "feasibility": ("I take it to mean the one on the left.", "Read as the nearest thing that fits."),
    "response_quality": (
        "Something else was changed in the background, nothing about it was asked.",
        "Another part of the picture changed instead of what was named.",
    ),
    "instruction_adherence": (
        "What was asked for is not really done in the {place} of the picture.",
        "The result in the {place} is not what the instruction names.",
        "Only a piece of the request can be found, in the {place}.",
    ),
    "structural_integrity": (
        "An error of shape or physics is plain to see in the {place}.",
        "Something in the {place} could not exist like this.",
    ),
    "preservation": (
        "More than the request changed, most clearly in the {place} of the picture.",
        "Things in the {place} differ that nobody asked to change.",
    ),
    "visual_quality": (
        "Traces of the edit in the {place} catch the eye at once.",
        "The {place} of the picture is damaged and it disturbs a lot.",
    ),
    "style_alignment": (
        "The changed part in the {place} does not match light and rendering.",
        "What was changed in the {place} looks pasted in from elsewhere.",
    ),
    "character_consistency": (
        "Several traits of the figure in the {place} are not the same.",
        "I doubt that the figure in the {place} is the same individual.",
    ),
}

SEEN = {
    "add": "Something was added",
    "remove": "Something was taken away",
    "replace": "One thing was swapped for another",
    "attribute": "A colour or state changed",
    "background": "The background changed",
    "style": "The whole picture has another manner",
    "text": "The words changed",
    "action": "Pose or expression changed",
    "restoration": "Noise or damage was treated",
    "multi": "Light and time of day changed",
}
BESIDES = {
    "clean": "nothing else that I can see",
    "kept_shadow": "its shadow is still there",
    "missing_shadow": "it has no shadow",
    "remnant": "a ghost of it is left",
    "extra_object": "and an extra thing appeared",
    "full_repaint": "and everything else too",
    "identity_drift": "and the figure looks different",
    "halo_seam": "with an edge round it",
    "colour_spill": "and the colour runs over",
    "compression": "and blocks all over",
}


@dataclass(frozen=True)
class Sitting:
    """One reviewer before one task."""

    rubric: Rubric
    task: Task
    gold: Gold
    rng: np.random.Generator
    noise: float
    shift: float
    pull: float
    bent: dict[str, float] = field(default_factory=dict)
    """Shift on single criteria, for a camp that reads a clause differently."""
    fixed: dict[str, int] = field(default_factory=dict)
    """Levels that are given whatever gold says: a slip."""


def answers_of(sitting: Sitting) -> dict[str, Answer]:
    """Answer what is asked, in order, until nothing more is asked."""
    answers: dict[str, Answer] = {}
    while True:
        values = {name: answer.value for name, answer in answers.items() if answer.value is not None}
        asked = sitting.rubric.asked(values, sitting.task.tags)
        open_now = [criterion for criterion in asked if criterion.id not in answers]
        if not open_now:
            break
        answers[open_now[0].id] = _answer(sitting, open_now[0], answers)
    return {name: answer for name, answer in answers.items() if not answer.empty}


def _answer(sitting: Sitting, criterion: Criterion, answers: dict[str, Answer]) -> Answer:
    if criterion.control == "ordinal":
        answer = _level(sitting, criterion, answers)
    elif criterion.id == "what_changed":
        return Answer(value=_words(sitting) if sitting.rng.random() < 0.4 else None)
    elif not criterion.required:
        return Answer()
    else:
        value = _choice(sitting, criterion)
        answer = Answer(value=value, reason=_reason(sitting, criterion, value))
    rule = rule_in_force(criterion, answer)
    return answer.model_copy(update={"note": _note(sitting, criterion)}) if rule else answer


def _level(sitting: Sitting, criterion: Criterion, answers: dict[str, Answer]) -> Answer:
    """Bend gold by the reviewer's cause, add noise, stay on the scale and below its caps."""
    gold = sitting.gold.answers.get(criterion.id)
    accepted = [float(level) for level in gold.accepted] if gold and gold.accepted else [3.0]
    truth = float(np.mean(accepted))
    felt = 3 + (truth - 3) * sitting.pull + sitting.shift + sitting.bent.get(criterion.id, 0.0)
    felt += float(sitting.rng.normal(0, sitting.noise))
    top = _cap(sitting, criterion, answers)
    level = sitting.fixed.get(criterion.id, int(np.clip(round(felt), 1, top)))
    second = level + (1 if felt > level else -1)
    doubt = sitting.rng.random() < (0.3 if len(accepted) > 1 else 0.08)
    return Answer(value=level, second=second if doubt and 1 <= second <= top else None)


def _cap(sitting: Sitting, criterion: Criterion, answers: dict[str, Answer]) -> int:
    values = {name: answer.value for name, answer in answers.items() if answer.value is not None}
    limits = [
        int(cap.at_most)
        for cap in sitting.rubric.caps
        if cap.criterion == criterion.id and cap.when.holds(values, sitting.task.tags)
    ]
    return min([5, *limits])


def _choice(sitting: Sitting, criterion: Criterion) -> str:
    """Answer gates and choices: gold's first, with a rare mistake that people make."""
    gold = sitting.gold.answers.get(criterion.id)
    value = (
        str(gold.accepted[0]) if gold and gold.accepted else {"visible_change": "yes"}.get(criterion.id, "")
    )
    careless = sitting.rng.random() < 0.05 + 0.25 * min(sitting.noise, 1.0)
    if criterion.id == "feasibility" and value == "interpreted" and careless:
        return "feasible"
    if criterion.id == "visible_change" and value == "no" and careless:
        return "yes"
    return value or str(criterion.scale[0])


def _reason(sitting: Sitting, criterion: Criterion, value: str) -> str | None:
    option = getattr(criterion, "option", lambda _: None)(value)
    if option is None or not option.ask_reason:
        return None
    return REASONS.get(str(sitting.task.tags["planted"]), "target_absent")


def _note(sitting: Sitting, criterion: Criterion) -> str:
    bank = NOTES[criterion.id]
    place = str(sitting.rng.choice(["left half", "right half", "middle", "lower part", "upper part"]))
    return str(bank[int(sitting.rng.integers(len(bank)))]).format(place=place)


def _words(sitting: Sitting) -> str:
    tags = sitting.task.tags
    return (
        f"{SEEN[str(tags['edit_type'])]}, {BESIDES.get(str(tags['planted']), 'and perhaps a little more')}."
    )


def flags_of(sitting: Sitting) -> dict[str, str]:
    """Raise the flags that people raise: unclear words, a silent rubric, a close call."""
    tags, flags = sitting.task.tags, {}
    if tags["planted"] in ("ambiguous_target", "contradictory") and sitting.rng.random() < 0.6:
        flags["instruction_ambiguous"] = "It can be read in two ways."
    if sitting.bent and sitting.rng.random() < 0.5:
        flags["guideline_silent"] = "What about the shadow of a thing that goes or comes?"
    if tags["difficulty"] == "hard" and sitting.rng.random() < 0.1:
        flags["edge_case"] = "Between two levels for me."
    return flags
