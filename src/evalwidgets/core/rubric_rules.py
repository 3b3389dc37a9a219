"""The rules that bind the parts of a rubric together, each a check that names its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from evalwidgets.core.condition import Condition, Test
from evalwidgets.core.criterion import Count, Criterion, Multi, Ordinal, Regions
from evalwidgets.core.task import ROLES
from evalwidgets.errors import did_you_mean

if TYPE_CHECKING:
    from evalwidgets.core.rubric import Rubric


def broken_rules(rubric: Rubric) -> list[str]:
    """Return every broken rule as `place: what was found, what is allowed`."""
    return [
        *_repeated_ids(rubric),
        *_bad_levels(rubric),
        *_bad_pictures(rubric),
        *_bad_weights(rubric),
        *_bad_regions(rubric),
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
        "criteria: the id": [criterion.id for criterion in rubric.all],
        "flags: the id": [flag.id for flag in rubric.flags],
        "defects: the class": [one.id for family in rubric.defects for one in family.classes],
        "defects: the family": [family.id for family in rubric.defects],
    }
    for place, criterion in places(rubric):
        reasons = getattr(criterion, "reasons", ())
        groups[f"{place}.na_reasons: the reason"] = [reason.id for reason in criterion.na_reasons]
        groups[f"{place}.reasons: the reason"] = [reason.id for reason in reasons]
        groups[f"{place}.options: the value"] = [one.value for one in getattr(criterion, "options", ())]
        groups[f"{place}.levels: the value"] = [one.value for one in getattr(criterion, "levels", ())]
    for what, names in groups.items():
        for name in _repeated(names):
            yield f"{what} {name!r} is used twice; each may appear once"


def _bad_pictures(rubric: Rubric) -> Iterator[str]:
    known = [role for roles in ROLES[rubric.kind] for role in roles]
    for place, criterion in places(rubric):
        for index, option in enumerate(getattr(criterion, "options", ())):
            if option.picture is not None and option.picture not in known:
                where = f"{place}.options[{index}].picture"
                yield f"{where}: a task of kind {rubric.kind!r} has {', '.join(known)}; got {option.picture}"


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


def _bad_weights(rubric: Rubric) -> Iterator[str]:
    for place, criterion in places(rubric):
        if criterion.weight and not isinstance(criterion, Ordinal):
            yield f"{place}.weight: only an ordinal criterion can have one, not {criterion.control!r}"


def _bad_regions(rubric: Rubric) -> Iterator[str]:
    roles = [role for group in ROLES[rubric.kind] for role in group]
    for place, criterion in places(rubric):
        if not isinstance(criterion, Regions):
            continue
        if criterion.of and criterion.of not in roles:
            yield f"{place}.of: {_unknown('picture to judge', criterion.of, roles)}"
        if "class" in criterion.needs and not rubric.defects:
            yield f"{place}.needs: a class is needed, but the rubric has no defects to choose from"


def _bad_conditions(rubric: Rubric) -> Iterator[str]:
    known: dict[str, Criterion] = {}
    for place, criterion in places(rubric):
        yield from _of_condition(f"{place}.applies_when", criterion.applies_when, known)
        known[criterion.id] = criterion
        for index, rule in enumerate(criterion.justify):
            yield from _of_test(f"{place}.justify[{index}].when", rule.when, criterion)
            yield from _of_condition(f"{place}.justify[{index}].unless", rule.unless, known)
    for index, cap in enumerate(rubric.caps):
        yield from _of_condition(f"caps[{index}].when", cap.when, known)
    for index, row in enumerate(rubric.overall.table):
        yield from _of_condition(f"overall.table[{index}].when", row.when, known)


def _of_condition(place: str, condition: Condition | None, known: Mapping[str, Criterion]) -> Iterator[str]:
    for part in condition.on_answers() if condition else ():
        name = str(part.answer)
        if name in known:
            yield from _of_test(place, part.test, known[name])
        else:
            yield f"{place}: {_unknown('earlier criterion', name, known)}"


def _of_test(place: str, test: Test, criterion: Criterion) -> Iterator[str]:
    """Find tests that no answer could ever pass: a misspelt value would fail in silence."""
    name = test.given[0]
    if name in ("at_most", "at_least") and not isinstance(criterion, Ordinal | Count):
        yield f"{place}: {name} compares numbers, but {criterion.id!r} is {criterion.control!r}"
    elif (name == "includes") != isinstance(criterion, Multi) and name in ("equals", "in", "includes"):
        yield f"{place}: {name} cannot test {criterion.id!r}, which is {criterion.control!r}"
    elif name in ("equals", "in", "includes"):
        wanted = test.in_ or (test.equals if test.includes is None else test.includes,)
        for value in wanted:
            why = criterion.explain([value] if name == "includes" else value)
            if why:
                hint = did_you_mean(str(value), map(str, criterion.scale))
                yield f"{place}: {criterion.id!r} never has this value: {why}.{hint}"


def _bad_branches(rubric: Rubric) -> Iterator[str]:
    known = [criterion.id for criterion in rubric.all]
    for number, gate in enumerate(rubric.gates):
        for index, option in enumerate(gate.options):
            place = f"gates[{number}].options[{index}]"
            for name in option.only:
                if name not in known:
                    yield f"{place}.only: {_unknown('criterion', name, known)}"
            if option.ask_reason and not gate.reasons:
                yield f"{place}.ask_reason: the gate has no reasons to pick from"


def _bad_caps(rubric: Rubric) -> Iterator[str]:
    ordinals = [criterion.id for criterion in rubric.criteria if isinstance(criterion, Ordinal)]
    said = [(cap.criterion or "overall", str(cap.when)) for cap in rubric.caps]
    for what, when in _repeated(said):
        yield f"caps: {what!r} is limited twice when {when}; keep the lower limit"
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


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    known = list(known)
    return f"no {what} {name!r}.{did_you_mean(name, known)} Known: {', '.join(known) or 'none'}."


def _repeated(names: Iterable[Any]) -> list[Any]:
    return [name for name, times in Counter(names).items() if times > 1]
