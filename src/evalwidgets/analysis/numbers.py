"""Numbers and levels as people read them: a true minus, no minus before a zero, small counts as words."""

from __future__ import annotations

import re

from evalwidgets.analysis.arrays import Level

_MINUS = "\N{MINUS SIGN}"
_HYPHEN = re.compile(r"(?<![\w.-])-(?=\.?\d)")
_MINUS_ZERO = re.compile(rf"[{_MINUS}+](0(?:\.0+)?)(?![\d.])")

_WORDS = (
    *("none", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def number_word(n: int) -> str:
    """Return a number as a sentence has it: words up to twelve."""
    return _WORDS[n] if n < len(_WORDS) else str(n)


def level_text(level: Level) -> str:
    """Return a level as text: 3 for 3.0, "a+b" for a set of options."""
    if isinstance(level, tuple):
        return "+".join(map(str, level)) or "none"
    return f"{level:g}" if isinstance(level, float) else str(level)


def decimal(value: float, digits: int = 2) -> str:
    """Return the number with so many decimals; what rounds to zero has no sign."""
    return true_minus(f"{value:.{digits}f}")


def signed(value: float, digits: int = 2) -> str:
    """Return the number with its sign, plus or minus; what rounds to zero has none."""
    return true_minus(f"{value:+.{digits}f}")


def true_minus(text: str) -> str:
    """Return text whose numbers have a true minus, and zeros no sign; hyphens in words stay."""
    return _MINUS_ZERO.sub(r"\1", _HYPHEN.sub(_MINUS, text))
