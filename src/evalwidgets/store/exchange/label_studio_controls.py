"""A rubric as the controls of a Label Studio project: what each is called, and what it can hold."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from evalwidgets.core.criterion import (
    Choice,
    Count,
    Criterion,
    Gate,
    Multi,
    Ordinal,
    Regions,
    Text,
    YesNo,
)
from evalwidgets.core.region import Shape
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import JUDGED, Role

NO_CLASS = "(no class)"
"""The label of a region whose class was not chosen; no class can be called so."""
NOTE, NA, REASON = "-note", "-na", "-reason"
"""Endings of the controls that belong to a criterion; a criterion's id has no dash."""
REVIEW_NOTE, REVIEW_FLAGS, REVIEW_CONFIDENCE = "review-note", "review-flags", "review-confidence"
TAGS: dict[Shape, str] = {"box": "RectangleLabels", "polygon": "PolygonLabels", "point": "KeyPointLabels"}
TEXTS = {"edit": ("instruction",), "prompt": ("prompt",), "pair": ("prompt", "instruction"), "image": ()}
"""Kind of task to the texts that are shown above the pictures."""

Options = Sequence[tuple[str, str]]
"""What is stored, and what is read."""


def region_control(criterion: str, role: str, shape: Shape) -> str:
    """Return the name of the control that draws a shape on one picture."""
    return f"{criterion}-{role}-{shape}"


def is_rating(criterion: Criterion) -> bool:
    """Return whether the levels are 1 to n, which is all that stars can say."""
    return isinstance(criterion, Ordinal) and criterion.scale == tuple(range(1, len(criterion.scale) + 1))


def options_of(criterion: Criterion) -> Options:
    """Return what can be picked, for the criteria that become Choices."""
    if isinstance(criterion, Ordinal):
        levels = sorted(criterion.levels, key=lambda level: level.value)
        return [(str(level.value), f"{level.value} {level.name}") for level in levels]
    if isinstance(criterion, YesNo):
        return [("yes", criterion.yes), ("no", criterion.no)]
    options = criterion.options if isinstance(criterion, Choice | Multi) else ()
    return [(option.value, option.name) for option in options]


def config_of(
    rubric: Rubric | None,
    kind: str,
    roles: Sequence[Role],
    drawn: Iterable[tuple[str, str, Shape]] = (),
) -> str:
    """Return the labelling config of a project.

    Parameters
    ----------
    rubric : Rubric, optional
        Without one, only the pictures and a note.
    kind, roles
        Of the project's tasks: which texts and pictures they have.
    drawn : iterable of (str, str, str)
        Criterion, role and shape of the regions that exist already, also where the
        rubric would not ask for them.
    """
    view = ET.Element("View")
    regions = frozenset(drawn)
    for name in (*TEXTS[kind], "guideline"):
        ET.SubElement(view, "Text", name=name, value=f"${name}")
    for role in roles:
        ET.SubElement(view, "Header", value=role)
        ET.SubElement(view, "Image", name=role, value=f"${role}", zoom="true", zoomControl="true")
    judged = next((role for role in roles if role == JUDGED[kind]), roles[0])
    if rubric:
        for criterion in rubric.all:
            _add_criterion(view, rubric, criterion, roles, judged, regions)
        if rubric.flags:
            flags = [(flag.id, flag.name) for flag in rubric.flags]
            _add_choices(view, REVIEW_FLAGS, judged, flags, choice="multiple")
        if rubric.confidence:
            ET.SubElement(view, "Rating", name=REVIEW_CONFIDENCE, toName=judged, maxRating="3")
    _add_text(view, REVIEW_NOTE, judged)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _add_criterion(
    view: ET.Element,
    rubric: Rubric,
    criterion: Criterion,
    roles: Sequence[Role],
    judged: Role,
    drawn: frozenset[tuple[str, str, Shape]],
) -> None:
    ET.SubElement(view, "Header", value=_plain(criterion.question))
    name = criterion.id
    if is_rating(criterion):
        ET.SubElement(view, "Rating", name=name, toName=judged, maxRating=str(len(criterion.scale)))
    elif isinstance(criterion, Ordinal | Choice | YesNo):
        _add_choices(view, name, judged, options_of(criterion), choice="single-radio")
    elif isinstance(criterion, Multi):
        _add_choices(view, name, judged, options_of(criterion), choice="multiple")
    elif isinstance(criterion, Count):
        least, most = str(criterion.least), str(criterion.most)
        ET.SubElement(view, "Number", name=name, toName=judged, min=least, max=most)
    elif isinstance(criterion, Text):
        _add_text(view, name, judged)
    elif isinstance(criterion, Regions):
        for role, shape in _drawable(criterion, roles, judged, drawn, rubric.kind):
            _add_labels(view, region_control(name, role, shape), role, TAGS[shape], rubric)
    _add_text(view, name + NOTE, judged)
    if criterion.na_reasons:
        _add_choices(view, name + NA, judged, [(one.id, one.name) for one in criterion.na_reasons])
    if isinstance(criterion, Gate) and criterion.reasons:
        _add_choices(view, name + REASON, judged, [(one.id, one.name) for one in criterion.reasons])


def _drawable(
    criterion: Regions,
    roles: Sequence[Role],
    judged: Role,
    drawn: Iterable[tuple[str, str, Shape]],
    kind: str,
) -> Iterator[tuple[Role, Shape]]:
    wanted = [criterion.of] if criterion.of else roles if kind == "pair" else [judged]
    used = {(role, shape) for name, role, shape in drawn if name == criterion.id}
    for role in roles:
        for shape in TAGS:
            if (role in wanted and shape in criterion.shapes) or (role, shape) in used:
                yield role, shape


def _add_choices(
    view: ET.Element, name: str, to: str, options: Options, *, choice: str = "single-radio"
) -> None:
    control = ET.SubElement(view, "Choices", name=name, toName=to, choice=choice, showInline="true")
    _add_options(control, "Choice", options)


def _add_labels(view: ET.Element, name: str, to: str, tag: str, rubric: Rubric) -> None:
    control = ET.SubElement(view, tag, name=name, toName=to)
    classes = [(one.id, one.name) for family in rubric.defects for one in family.classes]
    for stored, _ in (*classes, (NO_CLASS, "")):
        ET.SubElement(control, "Label", value=stored)


def _add_options(control: ET.Element, tag: str, options: Options) -> None:
    read = [_plain(name) for _, name in options]
    for (stored, _), name in zip(options, read, strict=True):
        shown = name if read.count(name) == 1 else f"{name} ({stored})"
        ET.SubElement(control, tag, value=shown, alias=stored)


def _add_text(view: ET.Element, name: str, to: str) -> None:
    ET.SubElement(view, "TextArea", name=name, toName=to, editable="true", maxSubmissions="1", rows="2")


def _plain(text: str) -> str:
    """Return a text in one line, without the characters that XML does not admit."""
    admitted = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    return " ".join(admitted.split())


def native_value(criterion: Criterion | None, value: Any) -> tuple[str, dict[str, Any]] | None:
    """Return the type and the value of the result that says this answer; None when no control can.

    Regions are no such answer: each of them is a result (see `label_studio_shapes`).
    """
    if criterion is None or value is None or criterion.explain(value) is not None:
        return None
    if is_rating(criterion):
        return "rating", {"rating": value}
    if isinstance(criterion, Ordinal | Choice | YesNo):
        return "choices", {"choices": [str(value)]}
    if isinstance(criterion, Multi) and value:
        return "choices", {"choices": list(value)}
    if isinstance(criterion, Count):
        return "number", {"number": value}
    if isinstance(criterion, Text) and value:
        return "textarea", {"text": [value]}
    return None


def value_from(criterion: Criterion, value: Mapping[str, Any]) -> Any:
    """Return the answer that a result's value says; None when it says none that this criterion knows."""
    picked = value.get("choices")
    if isinstance(picked, list) and isinstance(criterion, Multi):
        return [_stored(criterion, one) for one in picked]
    if isinstance(picked, list) and len(picked) == 1:
        stored = _stored(criterion, picked[0])
        return int(stored) if isinstance(criterion, Ordinal) and re.fullmatch(r"\d", stored) else stored
    if "text" in value:
        return text_of(value)
    given = value.get("rating", value.get("number"))
    return int(given) if isinstance(given, float) and given.is_integer() else given


def text_of(value: Mapping[str, Any]) -> str:
    """Return the text of a TextArea: several submissions are lines."""
    given = value.get("text")
    return "\n".join(map(str, given)) if isinstance(given, list) else str(given or "")


def _stored(criterion: Criterion, picked: Any) -> str:
    """Return what is stored for a picked option: Label Studio gives the alias, older files the name."""
    names = {name: stored for stored, name in options_of(criterion)}
    stored = {one for one, _ in options_of(criterion)}
    return str(picked) if str(picked) in stored else names.get(str(picked), str(picked))
