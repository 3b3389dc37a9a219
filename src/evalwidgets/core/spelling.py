"""Whether two texts say the same, apart from how they are spelt."""

from __future__ import annotations

import re

__all__ = ["same_meaning"]

_TOKENS = re.compile(r"\w+|[<>≤≥=±+%]|[-\u2212](?=\d)|(?<=\d)[.,](?=\d)")
"""Words and numbers, and the signs that change what a number says."""

_SHORTEST = 5
_OTHER_WORDS = {"three", "seven", "eight", "never", "minor", "major", "fewer"}


def same_meaning(one: str, other: str) -> bool:
    """Return whether two texts differ only in case, punctuation, spaces, or one word's spelling.

    Notes
    -----
    A differing word counts as the same word spelt otherwise when both have at least five
    letters, share the first and the last letter, hold no digit, and one stroke turns one into
    the other: a letter added, left out, replaced, or two neighbours swapped (`colour`,
    `color`). So `visible` and `invisible`, `error` and `errors`, `one` and `two` differ.
    Two words that differ, or one word more or less, are never the same.
    """
    ours, theirs = (_TOKENS.findall(text.casefold()) for text in (one, other))
    if len(ours) != len(theirs):
        return False
    unlike = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return not unlike or (len(unlike) == 1 and _same_word(*unlike[0]))


def _same_word(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST or not (one + other).isalpha():
        return False
    if one[0] != other[0] or one[-1] != other[-1] or _OTHER_WORDS & {one, other}:
        return False
    return _one_stroke(*sorted((one, other), key=len))


def _one_stroke(short: str, long: str) -> bool:
    start = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(long) == len(short) + 1:
        return short[start:] == long[start + 1 :]
    if len(long) > len(short):
        return False
    replaced = short[start + 1 :] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1]
    return replaced or (swapped and short[start + 2 :] == long[start + 2 :])
