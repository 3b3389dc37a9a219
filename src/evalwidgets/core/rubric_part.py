"""A rubric as it is asked: some of its criteria, with whatever they rest on, or one more for places."""

from __future__ import annotations

from collections.abc import Iterable

from evalwidgets.core.criterion import Criterion, Gate, GateOption, Regions
from evalwidgets.core.rubric import OverallRule, Rubric

WHERE = "where"
"""What the question for places is called that lessons add to a rubric."""


def with_places(rubric: Rubric) -> Rubric:
    """Return the rubric with an optional question for places, where defects could be marked.

    Lessons ask it, so that a learner sees what they missed on the picture. It enters no
    score, and reviews outside of lessons are not asked, so no statistic is split by it.

    Notes
    -----
    Rubrics of pairs and prompts, without classes of defects, or that ask for places
    already, stay as they are.
    """
    asks = any(isinstance(one, Regions) or one.id == WHERE for one in rubric.all)
    if asks or not rubric.defects or rubric.kind not in ("image", "edit"):
        return rubric
    places = Regions(
        id=WHERE,
        control="regions",
        label="Places",
        question="Where is it?",
        help="Mark what lowered your answers; nothing to mark is an answer too.",
        required=False,
    )
    parts = {name: getattr(rubric, name) for name in Rubric.model_fields}
    return Rubric(**{**parts, "criteria": (*rubric.criteria, places)})


def narrowed(rubric: Rubric, criteria: Iterable[str]) -> Rubric:
    """Return the rubric with these criteria only; without any name, the rubric itself.

    Gates stay, because they decide what is asked; so do criteria on whose answers a
    chosen one rests. An overall score that lacks a part is left out, with its caps.
    Id and version stay: the words are the same, fewer of them.

    Raises
    ------
    UnknownName
        If there is no criterion of such a name.
    """
    chosen = [rubric.criterion(name) for name in criteria]
    if not chosen:
        return rubric
    kept = _with_what_they_rest_on(rubric, chosen)
    known = kept | {gate.id for gate in rubric.gates}
    whole = len(known) == len(rubric.all)
    caps = tuple(
        cap
        for cap in rubric.caps
        if cap.when.answers_used() <= known and (whole if cap.criterion is None else cap.criterion in known)
    )
    parts = {name: getattr(rubric, name) for name in Rubric.model_fields}
    changed = {
        "gates": tuple(_leaving(gate, known) for gate in rubric.gates),
        "criteria": tuple(one for one in rubric.criteria if one.id in kept),
        "caps": caps,
        "overall": rubric.overall if whole else OverallRule(),
    }
    return Rubric(**{**parts, **changed})


def _with_what_they_rest_on(rubric: Rubric, chosen: list[Criterion]) -> set[str]:
    kept: set[str] = set()
    waiting = list(chosen)
    while waiting:
        criterion = waiting.pop()
        if criterion.id in kept or criterion.is_gate:
            continue
        kept.add(criterion.id)
        conditions = [criterion.applies_when, *(rule.unless for rule in criterion.justify)]
        used = set().union(*(one.answers_used() for one in conditions if one))
        waiting += [rubric.criterion(name) for name in used]
    return kept


def _leaving(gate: Gate, known: set[str]) -> Gate:
    """Return the gate naming only what is left; an answer that leaves nothing now ends the review."""
    options = tuple(_option_leaving(option, known) for option in gate.options)
    return gate.model_copy(update={"options": options})


def _option_leaving(option: GateOption, known: set[str]) -> GateOption:
    only = tuple(name for name in option.only if name in known)
    ends = bool(option.only) and not only
    return option.model_copy(update={"only": only, "next": "stop" if ends else option.next})
