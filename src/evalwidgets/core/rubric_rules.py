"""The rules that bind the parts of a rubric together, each a check that names its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from evalwidgets.core.condition import Condition
from evalwidgets.core.criterion import Criterion, Ordinal
from evalwidgets.errors import did_you_mean

if TYPE_CHECKING:
    from evalwidgets.core.rubric import Rubric


def broken_rules(rubric: Rubric) -> list[str]:
    """Return every broken rule as `place: what was found, what is allowed`."""
    return [
        *_repeated_ids(rubric),
        *_bad_levels(rubric),
        *_bad_conditions(rubric),
        *_bad_branches(rubric),
        *_bad_caps(rubric),
        *_bad_overall(rubric),
        *_bad_changelog(rubric),
    ]


def places(rubric: Rubric) -> Iterator[tuple[str, Criterion]]:
    """Yield each gate and criterion with its place in the file."""
    yield from ((f"gates[{index}]", gate) for index, gate in enumerate(rubric.gates))
    yield from ((f"criteria[{index}]", criterion) for index, criterion in enumerate(rubric.criteria))


def _repeated_ids(rubric: Rubric) -> Iterator[str]:
    groups = {
        "id of gates and criteria": [criterion.id for criterion in rubric.all],
        "flag": [flag.id for flag in rubric.flags],
        "defect class": [one.id for family in rubric.defects for one in family.classes],
    }
    for place, criterion in places(rubric):
        groups[f"{place}: na_reason"] = [reason.id for reason in criterion.na_reasons]
        groups[f"{place}: option"] = [one.value for one in getattr(criterion, "options", ())]
        groups[f"{place}: level"] = [level.value for level in getattr(criterion, "levels", ())]
    for what, names in groups.items():
        for name in _repeated(names):
            yield f"{what} {name!r} is used twice; each may appear once"


def _bad_levels(rubric: Rubric) -> Iterator[str]:
    for place, criterion in places(rubric):
        if not isinstance(criterion, Ordinal):
            continue
        for name, variant in criterion.variants.items():
            for value in sorted(set(variant.levels) - set(criterion.scale)):
                yield (
                    f"{place}.variants.{name}.levels: no level {value}; the scale has {list(criterion.scale)}"
                )
        if criterion.tolerance and len(criterion.levels) <= 3:
            yield (
                f"{place}.tolerance: a scale of {len(criterion.levels)} levels is judged exactly, "
                f"got {criterion.tolerance:g}; remove it or set 0"
            )


def _bad_conditions(rubric: Rubric) -> Iterator[str]:
    known: list[str] = []
    for place, criterion in places(rubric):
        yield from _unknown_answers(f"{place}.applies_when", criterion.applies_when, known)
        known.append(criterion.id)
    for index, cap in enumerate(rubric.caps):
        yield from _unknown_answers(f"caps[{index}].when", cap.when, known)
    for index, row in enumerate(rubric.overall.table):
        yield from _unknown_answers(f"overall.table[{index}].when", row.when, known)


def _bad_branches(rubric: Rubric) -> Iterator[str]:
    known = [criterion.id for criterion in rubric.all]
    for place, gate in zip((f"gates[{i}]" for i in range(99)), rubric.gates, strict=False):
        for index, option in enumerate(gate.options):
            for name in option.only:
                if name not in known:
                    yield f"{place}.options[{index}].only: {_unknown('criterion', name, known)}"
            if option.ask_reason and not gate.reasons:
                yield f"{place}.options[{index}].ask_reason: the gate has no reasons to pick from"


def _bad_caps(rubric: Rubric) -> Iterator[str]:
    ordinals = [criterion.id for criterion in rubric.criteria if isinstance(criterion, Ordinal)]
    for index, cap in enumerate(rubric.caps):
        if cap.criterion and cap.criterion not in ordinals:
            yield f"caps[{index}].criterion: {_unknown('ordinal criterion', cap.criterion, ordinals)}"
        if not cap.criterion and rubric.overall.kind == "none":
            yield f"caps[{index}]: limits the overall score, but overall.kind is 'none'"


def _bad_overall(rubric: Rubric) -> Iterator[str]:
    rule = rubric.overall
    ordinals = [criterion.id for criterion in rubric.criteria if isinstance(criterion, Ordinal)]
    if rule.kind == "weighted_mean" and not any(criterion.weight for criterion in rubric.criteria):
        yield "overall: weighted_mean needs a weight above 0 on at least one criterion"
    if rule.kind == "geometric_mean_of_minima" and not rule.families:
        yield "overall.families: geometric_mean_of_minima needs at least one family of criteria"
    for index, family in enumerate(rule.families):
        for name in family:
            if name not in ordinals:
                yield f"overall.families[{index}]: {_unknown('ordinal criterion', name, ordinals)}"
    if rule.kind == "decision_table" and not rule.table:
        yield "overall.table: decision_table needs at least one row"


def _bad_changelog(rubric: Rubric) -> Iterator[str]:
    newest = rubric.changelog[0].version
    if newest != rubric.version:
        yield f"changelog[0].version: expected the rubric's version {rubric.version}, got {newest}"


def _unknown_answers(place: str, condition: Condition | None, known: list[str]) -> Iterator[str]:
    for name in sorted(condition.answers_used() if condition else ()):
        if name not in known:
            yield f"{place}: {_unknown('earlier criterion', name, known)}"


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    known = list(known)
    return f"no {what} {name!r}.{did_you_mean(name, known)} Known: {', '.join(known) or 'none'}."


def _repeated(names: Iterable[Any]) -> list[Any]:
    return [name for name, times in Counter(names).items() if times > 1]
