"""Texts laid out by a template, as a page or as Markdown; nothing in them can mean anything there."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What would turn the direction in which the rest of a line is read."""
_MEANING = re.compile(r"([\\`*_\[\]<>|#~]|^[-+](?=\s)|(?<=^\d)[.)]|(?<=^\d\d)[.)])")


def as_html(template: str, **values: Any) -> str:
    """Return the page that a template of this room makes of values; every text is escaped."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return _rendered(environment, template, values)


def as_markdown(template: str, **values: Any) -> str:
    """Return the GitHub flavoured Markdown that a template makes of values; every text is escaped."""
    environment = Environment(  # noqa: S701 - `finalize` escapes, for Markdown
        finalize=_in_one_line, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    text = _rendered(environment, template, values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _rendered(environment: Environment, name: str, values: dict[str, Any]) -> str:
    template = environment.from_string(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return template.render(**values)


def _in_one_line(value: object) -> object:
    """Return a text in one line in which no character means anything to Markdown."""
    if not isinstance(value, str):
        return value
    return _MEANING.sub(r"\\\1", " ".join(_TURNING.sub("", value).split()))
