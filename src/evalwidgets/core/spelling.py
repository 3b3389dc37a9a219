"""Whether two texts say the same, apart from how they are spelt."""

from __future__ import annotations

import re

__all__ = ["same_meaning"]

_TOKENS = re.compile(r"\w+|[<>≤≥=±+%]|[-\u2212](?=\d)|(?<=\d)[.,](?=\d)")
"""Words and numbers, and the signs that change what a number says."""

_SHORTEST = 5
_SHORTEST_REPLACED = 7
_OTHER_WORDS = {"three", "seven", "eight", "never", "minor", "major", "fewer"}
_VOWELS = set("aeiouy")


def same_meaning(one: str, other: str) -> bool:
    """Return whether two texts differ only in case, punctuation, spaces, or one word's spelling.

    Notes
    -----
    A differing word counts as the same word spelt otherwise when both have at least five
    letters, share the first and the last letter, and one small stroke turns one into the
    other: two neighbours swapped (`recieve`), a vowel or a doubled letter added or left out
    (`color`, `occured`), or, from seven letters on, a vowel for a vowel or s for z
    (`seperate`, `organize`). So `visible` and `invisible`, `error` and `errors`, `shape` and
    `shade`, `one` and `two` are different words. Two differing words, one word more or less,
    another number or sign: never the same.
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
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(long) == len(short) + 1:
        doubled = long[at] == long[at - 1]
        return short[at:] == long[at + 1 :] and (doubled or long[at] in _VOWELS)
    if len(long) > len(short):
        return False
    if short[at + 1 :] == long[at + 1 :]:
        alike = {short[at], long[at]}
        return len(short) >= _SHORTEST_REPLACED and (alike <= _VOWELS or alike == {"s", "z"})
    return short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
