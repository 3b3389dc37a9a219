"""Edits of rubrics as hypothesis draws them: any text at any place that takes one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_bump import Place
from evalwidgets.core.rubric_edit import Edit, SetTo

ODD = (
    *("yes", "No", "on", "null", "~", "1.0", "010", "0x1f", "1e3", "12:30", "2026-11-28", ".5", "true"),
    *("=", "<<", "a: b", "a:", ": a", "a #b", "# a", "- a", "? a", "[a]", "{a: b}", "a, b]", "&a", "*a"),
    *("!a", "|", ">-", "%a", "@a", "it's", 'say "so"', "'", '"', "\\", "a\\nb", "'a' and \"b\"", "---"),
    *("...", "--- a", "a\n--- b", "\u00a0a", "a\u00a0b", "two\nlines", "two\n\nparts", "\n a", "a\n  b"),
    *("a  b", "tab\there", "é", "e\u0301", "\u4e2d\u6587", "\U0001f431", "\u202ea\u202c", "bell\x07"),
    *("a\u2028b", "a\x85b", "a\rb", "a\r\nb", "\ufeffa", "long " * 60 + "text", "w" * 300),
    *("a: b " * 40 + "c", "#1 " * 60 + "d"),
)
"""Texts that YAML could take for something else, or lose."""
TEXTS = st.one_of(
    st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
)
SENTENCES = TEXTS.filter(lambda text: unicodedata.normalize("NFC", text).strip())
_SENTENCES = {"title", "purpose", "label", "question", "name", "because"}
_WORDS = {"owner", "instructions", "help", "boundary", "example"}


def text_places(rubric: Rubric) -> list[Place]:
    """Return every place of a rubric that takes any text."""
    return list(_places(rubric.model_dump(mode="json"), ()))


def _places(node: Any, place: Place) -> Iterator[Place]:
    pairs = node.items() if isinstance(node, dict) else ()
    for name, value in pairs:
        if name in _SENTENCES | _WORDS | {"descriptor"} and isinstance(value, str):
            yield (*place, name)
        elif name == "levels" and isinstance(value, dict):
            yield from ((*place, name, level) for level in value)
        elif name not in ("changelog", "table", "defects"):
            yield from _inside(value, (*place, name))


def _inside(value: Any, place: Place) -> Iterator[Place]:
    if isinstance(value, list):
        for at, one in enumerate(value):
            name = one.get("id", one.get("value", at)) if isinstance(one, dict) else at
            yield from _places(one, (*place, str(name)))
    elif place[-1] == "variants" and isinstance(value, dict):
        for name, one in value.items():
            yield from _places(one, (*place, name))


@st.composite
def text_edits(draw: st.DrawFn, rubric: Rubric, most: int = 6) -> tuple[Edit, ...]:
    """Draw edits of texts, each at another place."""
    places = draw(st.lists(st.sampled_from(text_places(rubric)), max_size=most, unique=True))
    return tuple(SetTo(place=place, to=draw(TEXTS if place[-1] in _WORDS else SENTENCES)) for place in places)
