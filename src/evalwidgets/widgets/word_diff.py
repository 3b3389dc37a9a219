"""Two texts word by word: what stayed, what went, what came."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

Words = list[tuple[str, str]]
_PIECES = re.compile(r"\w+|\s+|[^\w\s]")


def word_diff(before: str, after: str) -> Words:
    """Return the pieces of both texts in turn: `same`, `gone` or `new`, each with its text.

    Notes
    -----
    A single space between two changed words goes with them, so that a rewritten phrase reads
    as one phrase out and one phrase in.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    steps: list[tuple[str, str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        bridge = kind == "equal" and gone.isspace() and steps and d < len(new) and b < len(old)
        steps.append(("changed" if bridge else kind, gone, came))
    return [piece for run in _runs(steps) for piece in run]


def _runs(steps: list[tuple[str, str, str]]) -> list[Words]:
    runs: list[Words] = []
    gone = came = ""
    for kind, old, new in [*steps, ("equal", "", "")]:
        if kind != "equal":
            gone, came = gone + old, came + new
            continue
        runs.append([piece for piece in (("gone", gone), ("new", came), ("same", new)) if piece[1]])
        gone = came = ""
    return runs
