"""What every value of the core shares: frozen, strict, hashed over canonical JSON."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=64)]
"""An id with dashes: rubrics and files."""

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
"""An id with underscores: criteria, options, flags, reasons."""

Sentence = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Text for people that may not be empty."""


LONGEST_TEXT = 20_000
"""Characters of a text that people write or read in a task: some eight pages."""

Words = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
"""Text for people that may be empty."""


class Value(BaseModel):
    """A frozen value in which an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def clean_text(text: str) -> str:
    """Return the text in Unicode NFC, refusing what a database would refuse or lose.

    Raises
    ------
    ValueError
        If the text holds a NUL character or half of a surrogate pair.
    """
    if "\x00" in text:
        msg = "the text holds a NUL character, which no store can keep; remove it"
        raise ValueError(msg)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        msg = f"the text holds half of a surrogate pair at character {error.start}; remove it"
        raise ValueError(msg) from None
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """Return a name that people read, in NFC; it must be one line that steers nothing.

    Raises
    ------
    ValueError
        If it holds a line end, a control character, or one that turns the direction of reading.
    """
    cleaned = clean_text(text)
    odd = next((one for one in cleaned if not one.isprintable()), None)
    if odd is not None:
        msg = f"the character U+{ord(odd):04X} cannot be seen, or changes what is seen; remove it"
        raise ValueError(msg)
    return cleaned


def clean_json(value: Any) -> Any:
    """Return JSON-like data with every text cleaned (see `clean_text`)."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(str(key)): clean_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(inner) for inner in value]
    return value


def canonical_json(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, NFC, no NaN.

    Raises
    ------
    ValueError
        If the value holds NaN, an infinity, a NUL character or a lone surrogate.
    """
    return json.dumps(
        clean_json(value),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def content_hash(value: Any) -> str:
    """Return the sha256 (64 hexadecimal digits) of a value's canonical JSON."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
