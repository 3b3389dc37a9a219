"""The words of a level's descriptor on which the level rests: what to look for in a picture."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_PAUSE = re.compile(r"[,;:.()]")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
# Words that join others and decide nothing by themselves.
_JOINING = frozenset(
    _WORD.findall(
        "a an and are as at be been but by can could for from had has have in is it its itself nor of on or "
        "so some than that the their them there they this those to was were what where which while with you"
    )
)
_LEADING = frozenset({"a", "an", "the", "it", "its", "they", "their", "this", "those"})
"""Those that may begin a phrase."""
# Words that count: they belong to the phrase that they stand before.
_COUNTING = frozenset(
    _WORD.findall(
        "all any each even every first few more most no none nothing one only second several slightly still "
        "three two"
    )
)
_ENDINGS = ("ences", "ence", "ing", "es", "ed", "ly", "s", "e")
_SHORTEST_STEM = 3
_LONGEST_GAP = 2


class Piece(NamedTuple):
    """A part of a descriptor."""

    text: str
    deciding: bool


class _Word(NamedTuple):
    text: str
    clause: int
    start: int
    end: int
    weight: int
    """0 where it rests on nothing, 1 of a count, 2 where the grounds say it, 3 where no neighbour does."""

    @property
    def fills(self) -> bool:
        """Whether it has a sense of its own, and that rests on nothing."""
        return not self.weight and self.text not in _JOINING


def deciding_phrase(
    descriptor: str, grounds: Sequence[str], neighbours: Sequence[str] = ()
) -> tuple[Piece, ...]:
    """Return a descriptor in pieces, at most one of which is the phrase that decides.

    Parameters
    ----------
    descriptor : str
        The words of one level.
    grounds : sequence of str
        What says why something is on this level: the boundary notes on both sides of it, and
        the sentence of an anchor. Only words of the descriptor that stand here, too, count.
    neighbours : sequence of str
        The descriptors of the levels next to it. Words that they share decide less.

    Returns
    -------
    tuple of Piece
        Joined, their texts are the descriptor. Where descriptor and grounds have fewer than
        two words in common, no piece is deciding: a guess would teach the wrong thing.
    """
    words = _weighed(descriptor, grounds, neighbours)
    best = max(_phrases(words), key=lambda run: sum(words[at].weight for at in run), default=None)
    if best is None:
        return (Piece(descriptor, deciding=False),)
    best = _lengthened(words, best, grounds)
    start, end = words[best.start].start, words[best.stop - 1].end
    pieces = (
        Piece(descriptor[:start], deciding=False),
        Piece(descriptor[start:end], deciding=True),
        Piece(descriptor[end:], deciding=False),
    )
    return tuple(piece for piece in pieces if piece.text)


def _weighed(descriptor: str, grounds: Sequence[str], neighbours: Sequence[str]) -> list[_Word]:
    said, shared = _stems(grounds), _stems(neighbours)
    words: list[_Word] = []
    clause = reached = 0
    for found in _WORD.finditer(descriptor):
        clause += bool(_PAUSE.search(descriptor, reached, found.start()))
        reached, text = found.end(), found[0].lower()
        words.append(_Word(text, clause, found.start(), reached, _weight(text, said, shared)))
    return words


def _weight(word: str, said: Collection[str], shared: Collection[str]) -> int:
    if word in _JOINING:
        return 0
    stem = _stem(word)
    return 2 + (stem not in shared) if stem in said else int(word in _COUNTING)


def _phrases(words: Sequence[_Word]) -> Iterator[range]:
    """Yield the runs within a clause that begin and end with a word that counts and hold two of them."""
    run: list[int] = []
    filled = 0
    for at, word in enumerate(words):
        if run and (word.clause != words[run[-1]].clause or filled > _LONGEST_GAP):
            yield from _if_enough(words, run)
            run = []
        if word.weight:
            run, filled = [*run, at], 0
        else:
            filled += word.fills
    yield from _if_enough(words, run)


def _if_enough(words: Sequence[_Word], run: Sequence[int]) -> Iterator[range]:
    if len(run) > 1 and any(words[at].weight > 1 for at in run):
        yield range(run[0], run[-1] + 1)


def _lengthened(words: Sequence[_Word], run: range, grounds: Sequence[str]) -> range:
    """Return a run with the words on both sides that follow one another in the grounds just so."""
    said = {pair for ground in grounds for pair in pairwise(_WORD.findall(ground.lower()))}
    start, stop = run.start, run.stop

    def follows(at: int) -> bool:
        first, second = words[at : at + 2]
        return first.clause == second.clause and (first.text, second.text) in said

    while start > 0 and follows(start - 1):
        start -= 1
    while stop < len(words) and follows(stop - 1):
        stop += 1
    while words[stop - 1].text in _JOINING:  # the phrase itself begins and ends with a word that counts
        stop -= 1
    while words[start].text in _JOINING - _LEADING:
        start += 1
    return range(start, stop)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(_stem(word) for text in texts for word in _WORD.findall(text.lower()))


def _stem(word: str) -> str:
    """Return a word without its ending, so that "differs" and "difference" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
