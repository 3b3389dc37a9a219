"""The middle of the rubric desk as JSON: the texts and numbers of one part, the old beside the new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalwidgets.core.criterion import Criterion, Ordinal
from evalwidgets.core.gap_book import Gap
from evalwidgets.core.rubric import Cap, OverallRule
from evalwidgets.core.rubric_bump import Place
from evalwidgets.core.rubric_diff import cap_name
from evalwidgets.core.rubric_edit import value_at
from evalwidgets.core.scale import Level
from evalwidgets.errors import UnknownName
from evalwidgets.widgets.rubric_words import from_to, place_words, shown
from evalwidgets.widgets.rubric_work import RubricWork
from evalwidgets.widgets.word_diff import Words, word_diff

Json = dict[str, Any]

_OVERALL = {
    "none": "no score, the profile only",
    "weighted_mean": "weighted mean of the levels",
    "geometric_mean_of_minima": "geometric mean of each family's lowest level",
    "all_full": "full only if every level is",
}


def editor(work: RubricWork) -> Json:
    """Return what can be edited of the picked part, group by group."""
    part = {"about": _about, "caps": _caps, "overall": _overall, "flags": _flags}.get(work.picked)
    if part:
        title, groups = part(work)
        more: Json = {}
    else:
        criterion = work.rubric.criterion(work.picked)
        title, groups = criterion.label, list(_criterion(work, criterion))
        more = {"variants": _variants(work, criterion)}
    return {
        "kind": "rubric-editor",
        "key": f"{work.before.hash[:8]}:{work.picked}:{work.words_for}",
        "part": work.picked,
        "level": work.level,
        "title": title,
        "variants": [],
        "cap": _new_cap(work) if work.picked == "caps" else None,
        "gap": _gap(work, work.gap) if work.gap else None,
        **more,
        "groups": groups,
    }


# Groups of fields --------------------------------------------------------------------


def _about(work: RubricWork) -> tuple[str, list[Json]]:
    texts = [_field(work, (name,), kind) for name, kind in (("title", "line"), ("purpose", "text"))]
    return "The rubric as a whole", [_group("", [*texts, _field(work, ("instructions",), "text")])]


def _criterion(work: RubricWork, criterion: Criterion) -> Iterator[Json]:
    at: Place = ("gates" if criterion.is_gate else "criteria", criterion.id)
    if work.words_for and isinstance(criterion, Ordinal):
        yield from _variant(work, criterion, (*at, "variants", work.words_for))
        return
    numbers = [_field(work, (*at, name), "number") for name in _numbers(criterion)]
    yield _group("", [_field(work, (*at, "question"), "text"), _field(work, (*at, "help"), "text")], numbers)
    for level in getattr(criterion, "levels", ()):
        yield _level(work, criterion, level, at)
    for option in getattr(criterion, "options", ()):
        where = (*at, "options", option.value)
        texts = [_field(work, (*where, name), kind) for name, kind in _OPTION]
        yield _group(option.name, texts, marked=str(option.value))


_OPTION = (("name", "line"), ("descriptor", "text"), ("example", "text"))
_LEVEL = (("name", "line"), ("descriptor", "text"), ("boundary", "text"), ("example", "text"))


def _numbers(criterion: Criterion) -> list[str]:
    if not isinstance(criterion, Ordinal):
        return []
    return ["weight", "tolerance"] if len(criterion.levels) > 3 else ["weight"]


def _level(work: RubricWork, criterion: Criterion, level: Level, at: Place) -> Json:
    where = (*at, "levels", str(level.value))
    texts = [_field(work, (*where, name), kind) for name, kind in _LEVEL]
    gap, told = work.gap, ""
    if gap and gap.raised.clause.criterion == criterion.id and gap.raised.clause.lower is not None:
        lower = gap.raised.clause.lower
        told = f"The gap lies at {lower}|{lower + 1}." if level.value in (lower, lower + 1) else ""
    return _group(f"{level.value}  {level.name}", texts, note=told, marked=str(level.value))


def _variants(work: RubricWork, criterion: Criterion) -> list[Json]:
    """Return the kinds of task that have words of their own, the shared ones first."""
    known = list(getattr(criterion, "variants", {}))
    changed = {
        change.place.split(".")[3]
        for change in work.diff.changes
        if change.place.startswith(f"criteria.{criterion.id}.variants.")
    }
    rows = [{"id": "", "label": "All tasks", "on": not work.words_for, "changed": False}]
    rows += [{"id": n, "label": n, "on": n == work.words_for, "changed": n in changed} for n in known]
    return rows if known else []


def _variant(work: RubricWork, criterion: Ordinal, at: Place) -> Iterator[Json]:
    yield _group(f"For {work.words_for}", [_field(work, (*at, "question"), "text", hint=criterion.question)])
    for level in criterion.levels:
        field = _field(work, (*at, "levels", str(level.value)), "text", hint=level.descriptor)
        yield _group(
            f"{level.value}  {level.name}", [{**field, "label": "Descriptor"}], marked=str(level.value)
        )


def _caps(work: RubricWork) -> tuple[str, list[Json]]:
    groups = []
    for at, cap in enumerate(work.rubric.caps):
        where = ("caps", str(at))
        number, why = (*where, "at_most"), (*where, "because")
        old = next((one for one in work.before.caps if cap_name(one) == cap_name(cap)), None)
        fields = [_capped(work, why, "text", old, "because")]
        numbers = [_capped(work, number, "number", old, "at_most")]
        title = place_words(f"caps.{cap_name(cap)}", work.rubric)
        groups.append({**_group(title, fields, numbers), "remove": list(where), "fresh": old is None})
    return "Caps", groups


def _capped(work: RubricWork, place: Place, kind: str, old: Cap | None, name: str) -> Json:
    """Return a field of a cap: caps are known by their condition, not by their position."""
    field = _field(work, place, kind)
    before = getattr(old, name) if old else None
    changed = old is not None and before != value_at(work.rubric, place)
    words = _words(kind, before, value_at(work.rubric, place)) if changed else []
    return {**field, "changed": changed, "words": words}


def _new_cap(work: RubricWork) -> Json:
    """Return what a new cap can be made of."""
    ordinals = [
        {"id": one.id, "label": one.label} for one in work.rubric.criteria if isinstance(one, Ordinal)
    ]
    return {"answers": ordinals, "limits": [{"id": "", "label": "the overall score"}, *ordinals]}


def _overall(work: RubricWork) -> tuple[str, list[Json]]:
    rule = work.rubric.overall
    families = "; ".join(", ".join(family) for family in rule.families)
    ordinals = [one.id for one in work.rubric.criteria if isinstance(one, Ordinal)]
    known = [*_OVERALL, *([rule.kind] if rule.kind not in _OVERALL else [])]
    changed = rule != work.before.overall
    kinds = [
        {"id": one, "label": _OVERALL.get(one, one.replace("_", " ")), "on": one == rule.kind}
        for one in known
    ]
    field = {
        "id": "overall",
        "place": ["overall"],
        "label": "How the score is made",
        "kind": "rule",
        "value": families or "; ".join(ordinals),
        "kinds": kinds,
        "hint": "Families: criteria with commas, families with semicolons",
        "changed": changed,
        "words": from_to(_rule_words(work.before.overall), _rule_words(rule)) if changed else [],
    }
    return "Overall score", [_group("", [field])]


def _flags(work: RubricWork) -> tuple[str, list[Json]]:
    texts = (("name", "line"), ("descriptor", "text"))
    return "Flags", [
        _group(flag.name, [_field(work, ("flags", flag.id, name), kind) for name, kind in texts])
        for flag in work.rubric.flags
    ]


def _group(
    title: str, fields: list[Json], numbers: list[Json] | None = None, note: str = "", marked: str = ""
) -> Json:
    return {
        "title": title,
        "fields": fields,
        "numbers": numbers or [],
        "note": note,
        "id": marked,
        "remove": None,
    }


def _field(work: RubricWork, place: Place, kind: str, hint: str = "") -> Json:
    """Return one text or number: what it is now, and word by word what it was."""
    now, before = _at(work.rubric, place), _at(work.before, place)
    changed = now != before
    return {
        "id": ".".join(place),
        "place": list(place),
        "label": place[-1]
        .replace("_", " ")
        .replace("because", "why")
        .replace("at most", "limit")
        .capitalize(),
        "kind": kind,
        "value": _typed(now),
        "hint": hint,
        "changed": changed,
        "words": _words(kind, before, now) if changed else [],
    }


def _words(kind: str, before: Any, now: Any) -> Words:
    """Return what was and is at a place, word by word; of a number both."""
    if kind == "number":
        return from_to(shown(before), shown(now))
    return word_diff(_typed(before), _typed(now))


def _rule_words(rule: OverallRule) -> str:
    families = "; ".join(", ".join(family) for family in rule.families)
    return f"{_OVERALL.get(rule.kind, rule.kind)}{families and ': '}{families}"


def _at(rubric: Any, place: Place) -> Any:
    try:
        return value_at(rubric, place)
    except UnknownName:
        return None


def _typed(value: Any) -> str:
    """Return a value as it is typed."""
    return "" if value is None else f"{value:g}" if isinstance(value, int | float) else str(value)


def _gap(work: RubricWork, gap: Gap) -> Json:
    """Return what stands beside the clause of a gap: the question, the decision, where it shows."""
    decided = gap.decided.decision if gap.decided else ""
    return {
        "name": gap.name,
        "title": gap.raised.title,
        "clause": str(gap.raised.clause),
        "state": gap.state,
        "decision": decided,
        "examples": [{"task": one.task, "quote": one.quote} for one in gap.examples],
        "here": gap.raised.clause.criterion in ("", work.picked),
    }
