"""A rubric as readable YAML: keys in the order of thought, defaults left out, long texts folded."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from evalwidgets.core.condition import Condition, Test
from evalwidgets.core.criterion import Criterion
from evalwidgets.core.region import SHAPES
from evalwidgets.core.rubric import Cap, DefectClass, Rubric
from evalwidgets.core.scale import JustifyRule, Option, Reason, Targets
from evalwidgets.core.value import Value
from evalwidgets.store.rubric_yaml import UNPRINTABLE, resolved

__all__ = ["rubric_yaml"]

_WIDTH = 112
"""Of a line; what is folded is narrower."""
_FOLDED = 100
_SHORT = (Condition, Test, Targets, Reason, DefectClass, JustifyRule)
"""What stands in one line, `{id: hate, name: Hate}`, where it fits."""
_APART = ("gates", "criteria", "caps", "overall", "flags", "defects", "changelog")
"""Before these stands an empty line."""
_ORDER: dict[type[Value], tuple[str, ...]] = {
    Criterion: (
        *("id", "control", "label", "question", "help", "required", "gold_kind", "applies_when"),
        *("na_reasons", "weight", "tolerance", "options", "marks", "reasons", "levels", "variants"),
    ),
    Option: ("value", "name", "descriptor", "next", "only", "ask_reason"),
    Cap: ("when", "criterion", "at_most", "because"),
}
"""The keys that come first, where the order of the fields is not the one to read in."""
_LAST = ("justify", "targets")
_PLAIN = re.compile(r"[^\W_][^\n\t]*")
_STOPS = re.compile(r": |:$| #|\s$")
_RESOLVER = yaml.resolver.Resolver()


def rubric_yaml(rubric: Rubric) -> str:
    """Return the YAML text of a rubric, from which `read_rubric` reads the equal one.

    Notes
    -----
    A text that another reader of YAML could take for something else (`yes`, `1.0`, a date)
    is quoted. Texts are written as they are read: in Unicode NFC.
    """
    lines: list[str] = []
    for name, value in _pairs(rubric):
        if name in _APART and lines:
            lines.append("")
        lines += _pair(name, value, 0)
        if name in ("gates", "criteria"):
            lines = _spaced(lines)
    return "\n".join(lines) + "\n"


def _spaced(lines: list[str]) -> list[str]:
    """Put an empty line between the gates and criteria that stand last in the text."""
    last = max(at for at, line in enumerate(lines) if line in ("gates:", "criteria:"))
    spaced = lines[: last + 2]
    for line in lines[last + 2 :]:
        spaced += ["", line] if line.startswith("  - ") else [line]
    return spaced


def _pairs(value: Value) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a part that differ from what they are without being written."""
    fields = type(value).model_fields
    first = next((order for of, order in _ORDER.items() if isinstance(value, of)), ())
    known = [name for name in first if name in fields]
    last = [name for name in _LAST if name in fields and name not in known]
    for name in (*known, *(name for name in fields if name not in (*known, *last)), *last):
        field, given = fields[name], getattr(value, name)
        if field.is_required() or not _same(given, field.get_default(call_default_factory=True)):
            yield field.alias or name, given


def _same(given: Any, default: Any) -> bool:
    return given is default or (given == default and isinstance(given, bool) == isinstance(default, bool))


def _pair(key: str | int, value: Any, depth: int) -> list[str]:
    """Return the lines of one key with its value, indented."""
    head = f"{' ' * depth}{key if isinstance(key, int) else _scalar(key)}:"
    if isinstance(value, str):
        return _text(head, value, depth)
    room = _WIDTH - len(head) - 1
    short = _flow(value)
    if not isinstance(value, Value | tuple | Mapping) or (_stays_short(value) and len(short) <= room):
        return [f"{head} {short}"]
    return [head, *_block(value, depth + 2)]


def _block(value: Any, depth: int) -> list[str]:
    if isinstance(value, tuple):
        return [line for one in value for line in _element(one, depth)]
    pairs = _pairs(value) if isinstance(value, Value) else value.items()
    return [line for key, one in pairs for line in _pair(key, one, depth)]


def _element(one: Any, depth: int) -> list[str]:
    dash = f"{' ' * depth}-"
    if isinstance(one, str):
        return _text(dash, one, depth)
    short = _flow(one)
    if _stays_short(one) and len(dash) + len(short) < _WIDTH:
        return [f"{dash} {short}"]
    first, *rest = _block(one, depth + 2)
    return [f"{dash} {first.lstrip(' ')}", *rest]


def _stays_short(value: Any) -> bool:
    """Whether a value reads well in one line."""
    if isinstance(value, tuple):
        named = all(isinstance(one, str | int | float) and re.fullmatch(r"[\w-]+", str(one)) for one in value)
        return not value or named or value == SHAPES
    if isinstance(value, Option):
        return {name for name, _ in _pairs(value)} <= {"value", "name"}
    return (
        not value if isinstance(value, Mapping) else not isinstance(value, Value) or isinstance(value, _SHORT)
    )


def _text(head: str, text: str, depth: int) -> list[str]:
    """Return a text after its key: in one line, folded, with its own lines, or quoted."""
    quoted = _scalar(text)
    if "\n" in text and _keeps_its_lines(text):
        return [f"{head} |-", *(f"{' ' * (depth + 2)}{line}".rstrip() for line in text.split("\n"))]
    words = text.split(" ")
    foldable = all(words) and not re.search(r"[^\S \xa0]", text) and not UNPRINTABLE.search(text)
    if len(head) + len(quoted) < _WIDTH or not foldable:
        return [f"{head} {quoted}"]
    room = _FOLDED - depth - 2
    folded = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
    return [f"{head} >-", *(f"{' ' * (depth + 2)}{line}" for line in folded)]


def _keeps_its_lines(text: str) -> bool:
    lines = text.split("\n")
    sound = all(line == line.strip() and not re.search(r"[^\S \xa0]", line) for line in lines)
    return sound and bool(lines[0] and lines[-1]) and not UNPRINTABLE.search(text)


def _scalar(text: str, flow: bool = False) -> str:
    """Return a text in one line, quoted where it would read as something else."""
    if UNPRINTABLE.search(text) or re.search(r"[^\S \xa0]", text) or text != text.strip():
        return _escaped(text)
    plain = (
        _PLAIN.fullmatch(text) and not _STOPS.search(text) and not (flow and re.search(r"[,\[\]{}:#]", text))
    )
    if plain and isinstance(resolved(text), str) and _is_text(text):
        return text
    if "'" in text and not re.search(r'["\\]', text):
        return f'"{text}"'
    return "'{}'".format(text.replace("'", "''"))


def _is_text(text: str) -> bool:
    """Whether readers of YAML 1.1 take it for text too."""
    found = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(found == "tag:yaml.org,2002:str")


def _escaped(text: str) -> str:
    named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}

    def sign(one: str) -> str:
        code = ord(one)
        odd = UNPRINTABLE.match(one) or (one.isspace() and one != " ")
        return named.get(one) or ((f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}") if odd else one)

    return f'"{"".join(map(sign, text))}"'


def _flow(value: Any) -> str:
    """Return a value in one line."""
    if isinstance(value, str):
        return _scalar(value, flow=True)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int | float):
        return f"{int(value)}" if value == int(value) and abs(value) < 1e15 else repr(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_flow, value))}]"
    pairs = _pairs(value) if isinstance(value, Value) else value.items()
    return f"{{{', '.join(f'{_flow(key)}: {_flow(one)}' for key, one in pairs)}}}"
