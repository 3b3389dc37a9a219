"""A review as the results of an annotation of Label Studio, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from evalwidgets.core.criterion import Criterion, Gate, Regions
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import ROLES
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.json_file import checked, listed, mapping
from evalwidgets.store.exchange.label_studio_controls import (
    NA,
    NOTE,
    REASON,
    REVIEW_CONFIDENCE,
    REVIEW_FLAGS,
    REVIEW_NOTE,
    native_value,
    text_of,
    value_from,
)
from evalwidgets.store.exchange.label_studio_shapes import PLAIN, TYPES, region_from, result_of
from evalwidgets.store.exchange.region_answers import regions_in
from evalwidgets.store.exchange.work import Work

Result = dict[str, Any]


def results_of(review: Review, rubric: Rubric) -> tuple[list[Result], dict[str, Any]]:
    """Return the results that say a review, and of its answers and flags what they cannot say.

    Returns
    -------
    list of dict
        Results.
    dict
        `answers`: criterion to the rest of its answer; `flag_notes`: flag to its remark.
    """
    results: list[Result] = []
    rests: dict[str, Any] = {}
    known = {one.id: one for one in rubric.all}
    for name, answer in review.answers.items():
        said, rest = _of_answer(name, answer, known.get(name), rubric)
        results += said
        rests[name] = rest
    declared = {flag.id for flag in rubric.flags}
    flags = [name for name in review.flags if name in declared]
    if flags:
        results.append(_result(REVIEW_FLAGS, "choices", {"choices": flags}))
    if review.confidence is not None and rubric.confidence:
        results.append(_result(REVIEW_CONFIDENCE, "rating", {"rating": review.confidence}))
    if review.note:
        results.append(_result(REVIEW_NOTE, "textarea", {"text": [review.note]}))
    beside: dict[str, Any] = {"answers": rests}
    remarks = {name: note for name, note in review.flags.items() if note or name not in declared}
    if remarks:
        beside["flag_notes"] = remarks
    if review.confidence is not None and not rubric.confidence:
        beside["confidence"] = review.confidence
    return [_addressed(one, rubric) for one in results], beside


def answers_from(
    annotation: Mapping[str, Any], rubric: Rubric, rest: Mapping[str, Any], said: list[str], where: str
) -> dict[str, Any]:
    """Return `answers`, `flags`, `note` and `confidence` of a review.

    Parameters
    ----------
    annotation : mapping
        With its `result`.
    rubric : Rubric
        By which it is read.
    rest : mapping
        What travelled beside; empty for an annotation that Label Studio made.
    said : list of str
        Gets a sentence for each result that was not understood.
    where : str
        What errors and sentences call it.
    """
    beside = mapping(rest.get("answers", {}), f"{where}.answers")
    answers = {name: mapping(one, f"{where}.answers.{name}") for name, one in beside.items()}
    sheet: dict[str, Any] = {"answers": answers, "flags": {}}
    if "confidence" in rest:
        sheet["confidence"] = rest["confidence"]
    remarks = mapping(rest.get("flag_notes", {}), f"{where}.flag_notes")
    declared = {flag.id for flag in rubric.flags}
    sheet["flags"] = {name: note for name, note in remarks.items() if name not in declared}
    for number, one in enumerate(listed(annotation.get("result", []), f"{where}.result")):
        at = f"{where}.result[{number}]"
        why = _read(sheet, mapping(one, at), rubric, remarks, number, at)
        if why:
            said.append(f"{at} was left out: {why}.")
    sheet["answers"] = {
        name: one for name, one in answers.items() if not checked(Answer, one, f"{where}.{name}").empty
    }
    return sheet


def not_shown(work: Work) -> Iterator[str]:
    """Yield what of the work Label Studio does not show, though it travels with it."""
    counts: Counter[str] = Counter()
    for review in work.reviews:
        counts["remarks of flags"] += sum(1 for note in review.flags.values() if note)
        counts["reasons of skips and revisions"] += bool(review.reason)
        counts["revisions"] += review.revision > 1
        for name, answer in review.answers.items():
            rubric = work.rubrics[review.rubric_hash]
            regions = regions_in(rubric, name, answer)
            counts["second levels"] += answer.second is not None
            counts["severities and causes of regions"] += sum(
                1 for one in regions or () if one.severity or one.cause
            )
            if answer.value is not None and not regions and not _shown(rubric, name, answer):
                counts["empty lists and answers without a control"] += 1
    for what, count in counts.items():
        if count:
            yield f"Label Studio shows no {what} ({count} here); they travel in meta.evalwidgets."
    if work.reviews:
        yield (
            "Label Studio drops meta.evalwidgets of annotations when it imports them: names of reviewers, "
            "rounds, hashes and times come back from this file, not from its own export."
        )


def _shown(rubric: Rubric, name: str, answer: Answer) -> bool:
    criterion = next((one for one in rubric.all if one.id == name), None)
    return native_value(criterion, answer.value) is not None


def _of_answer(
    name: str, answer: Answer, criterion: Criterion | None, rubric: Rubric
) -> tuple[list[Result], dict[str, Any]]:
    rest = answer.model_dump(mode="json", exclude_defaults=True)
    results: list[Result] = []
    regions = regions_in(rubric, name, answer)
    native = native_value(criterion, answer.value) if regions is None else None
    if regions:
        classes = frozenset(rubric.family_of)
        pairs = zip(regions, answer.value, strict=True)
        results += [result_of(name, region, given, classes) for region, given in pairs]
        del rest["value"]
    elif native:
        results.append(_result(name, *native))
        del rest["value"]
    if criterion and answer.note:
        results.append(_result(name + NOTE, "textarea", {"text": [rest.pop("note")]}))
    if criterion and answer.na in {one.id for one in criterion.na_reasons}:
        results.append(_result(name + NA, "choices", {"choices": [rest.pop("na")]}))
    if isinstance(criterion, Gate) and answer.reason in {one.id for one in criterion.reasons}:
        results.append(_result(name + REASON, "choices", {"choices": [rest.pop("reason")]}))
    return results, rest


def _result(name: str, kind: str, value: dict[str, Any]) -> Result:
    return {"id": name, "from_name": name, "to_name": "", "type": kind, "value": value}


def _addressed(result: Result, rubric: Rubric) -> Result:
    """Return a result that names the picture which its control belongs to."""
    return result if result["to_name"] else {**result, "to_name": judged_role(rubric)}


def judged_role(rubric: Rubric) -> str:
    """Return the picture that the controls of a rubric belong to: the judged one, or the first of a pair."""
    must = ROLES[rubric.kind][0]
    return must[-1] if rubric.kind == "edit" else must[0]


def _read(
    sheet: dict[str, Any],
    result: Mapping[str, Any],
    rubric: Rubric,
    remarks: Mapping[str, Any],
    number: int,
    where: str,
) -> str | None:
    """Put what a result says on the sheet; return why not, if it cannot."""
    name, value = str(result.get("from_name", "")), mapping(result.get("value", {}), f"{where}.value")
    if name == REVIEW_NOTE:
        sheet["note"] = text_of(value)
    elif name == REVIEW_FLAGS:
        picked = listed(value.get("choices"), f"{where}.value.choices")
        sheet["flags"] |= {str(one): remarks.get(str(one), "") for one in picked}
    elif name == REVIEW_CONFIDENCE:
        sheet["confidence"] = value.get("rating")
    else:
        return _read_answer(sheet["answers"], name, result, value, rubric, number, where)
    return None


def _read_answer(
    answers: dict[str, dict[str, Any]],
    name: str,
    result: Mapping[str, Any],
    value: Mapping[str, Any],
    rubric: Rubric,
    number: int,
    where: str,
) -> str | None:
    known = {one.id: one for one in rubric.all}
    part = next((ending for ending in (NOTE, NA, REASON) if name.endswith(ending)), "")
    criterion = known.get(name.removesuffix(part)) or _drawn_by(name, result, rubric)
    if criterion is None:
        return f"the rubric has no criterion for the control {name[:80]!r}"
    answer = answers.setdefault(criterion.id, {})
    if part == NOTE:
        answer["note"] = text_of(value)
    elif part:
        picked = value.get("choices")
        answer[part.removeprefix("-")] = str(picked[0]) if isinstance(picked, list) and picked else None
    elif isinstance(criterion, Regions):
        try:
            role = str(result.get("to_name", ""))
            region = region_from(result, role, f"region-{number + 1}", None, where)
        except ExchangeError:
            raise
        except ValueError as error:
            return str(error)
        answer["value"] = [*(answer.get("value") or []), region]
    else:
        answer["value"] = value_from(criterion, value)
        why = criterion.explain(answer["value"])
        if why:
            del answer["value"]
            return why.rstrip(".")
    return None


def _drawn_by(name: str, result: Mapping[str, Any], rubric: Rubric) -> Criterion | None:
    """Return the criterion of a control that draws: ours by its name, another's if only one draws."""
    asked = [one for one in rubric.all if isinstance(one, Regions)]
    named = [one for one in asked if name.startswith(f"{one.id}-")]
    shapes = {*TYPES, *PLAIN}
    if named:
        return named[0]
    return asked[0] if len(asked) == 1 and str(result.get("type")) in shapes else None
