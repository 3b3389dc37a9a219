"""Numbers as people read them: a true minus, and no minus before a zero."""

from __future__ import annotations

import re

_MINUS = "\N{MINUS SIGN}"
_HYPHEN = re.compile(r"(?<![\w.-])-(?=\.?\d)")
_MINUS_ZERO = re.compile(rf"[{_MINUS}+](0(?:\.0+)?)(?![\d.])")


def decimal(value: float, digits: int = 2) -> str:
    """Return the number with so many decimals; what rounds to zero has no sign."""
    return true_minus(f"{value:.{digits}f}")


def signed(value: float, digits: int = 2) -> str:
    """Return the number with its sign, plus or minus; what rounds to zero has none."""
    return true_minus(f"{value:+.{digits}f}")


def true_minus(text: str) -> str:
    """Return text whose numbers have a true minus, and zeros no sign; hyphens in words stay."""
    return _MINUS_ZERO.sub(r"\1", _HYPHEN.sub(_MINUS, text))
