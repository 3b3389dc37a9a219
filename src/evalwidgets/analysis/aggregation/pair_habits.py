"""How reviewers answer pairs: favouring a side, answering repeats alike, going round in circles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalwidgets.analysis.answers import ALL
from evalwidgets.analysis.arrays import FloatArray
from evalwidgets.analysis.intervals import rate_over_tasks, wilson_interval

MIN_DECIDED = 10
"""With fewer decided comparisons nothing is said of a side."""
MIN_TRIADS = 5
"""With fewer triads nothing is said of circles."""
CHANCE_OF_A_CIRCLE = 0.25
"""Of three candidates preferred at random, two of the eight outcomes go round."""
_BALANCED = (0.25, 0.75)
_NO_SUBJECT = "No subject is named, so repeats cannot be told: add a column `subject` to candidates"


def side_bias(rows: pd.DataFrame, confidence_level: float) -> pd.DataFrame:
    """Return how often the left candidate (a) is preferred, for all reviewers and for each.

    Columns: `reviewer, n` (decided)`, left, right, ties, share_left, low, high, p, flag,
    note`. `p` is the exact binomial test of one half without ties; the flag asks for it
    to hold for all reviewers at once (Bonferroni). Several reviewers of a task saw the
    same sides, so the interval of all takes tasks as clusters.
    """
    people = sorted(rows["reviewer"].unique(), key=str)
    lopsided = _unbalanced(rows)
    table = [
        _side_row(name, rows if name == ALL else rows[rows["reviewer"] == name], confidence_level)
        for name in ([ALL, *people] if people else [])
    ]
    for row in table:
        limit = (1 - confidence_level) / (1 if row["reviewer"] == ALL else len(people))
        sure = row["p"] < limit and not row["low"] <= 0.5 <= row["high"]
        if row["n"] < MIN_DECIDED:
            row["note"] = f"Fewer than {MIN_DECIDED} decided comparisons"
        elif lopsided:
            row["note"] = lopsided
        elif sure:
            row["flag"] = "left" if row["share_left"] > 0.5 else "right"
    return pd.DataFrame(table, columns=_SIDE_COLUMNS)


_SIDE_COLUMNS = [
    *("reviewer", "n", "left", "right", "ties"),
    *("share_left", "low", "high", "p", "flag", "note"),
]


def _side_row(name: str, part: pd.DataFrame, confidence_level: float) -> dict[str, Any]:
    from scipy.stats import binomtest  # slow to import, and needed here only

    decided = part[part["score"] != 0.5]
    left, n = int((decided["score"] == 1).sum()), len(decided)
    low, high = rate_over_tasks(decided["score"], decided["task"], confidence_level)
    return {
        "reviewer": name,
        "n": n,
        "left": left,
        "right": n - left,
        "ties": len(part) - n,
        "share_left": left / n if n else np.nan,
        "low": low,
        "high": high,
        "p": float(binomtest(left, n).pvalue) if n else 1.0,
        "flag": "",
        "note": "",
    }


def _unbalanced(rows: pd.DataFrame) -> str:
    """Return the sentence for a candidate that stood mostly at one side, or an empty text."""
    sides = pd.concat([rows["a"].to_frame("candidate").assign(left=1), rows["b"].to_frame("candidate")])
    stood = sides.fillna({"left": 0}).groupby("candidate", observed=True)["left"].agg(["mean", "size"])
    often = stood[stood["size"] >= MIN_DECIDED]
    askew = often[(often["mean"] < _BALANCED[0]) | (often["mean"] > _BALANCED[1])]
    if askew.empty:
        return ""
    share = askew["mean"].iloc[0]
    return (
        f"{askew.index[0]} stood left in {share:.0%} of its comparisons: a habit of the side cannot be "
        "told from liking it. Shuffle sides"
    )


def repeats(rows: pd.DataFrame, has_subjects: bool, confidence_level: float) -> pd.DataFrame:
    """Return how often reviewers answer a pair alike when its sides are exchanged.

    Columns: `reviewer, n` (pairs seen both ways)`, same, rate, low, high, same_side` (chose
    the same side both times: the habit that swapping is there to catch)`, note`.
    """
    swapped = rows["a"].astype(str) > rows["b"].astype(str)
    first, second = rows["a"].where(~swapped, rows["b"]), rows["b"].where(~swapped, rows["a"])
    told = rows.assign(
        first=first,
        second=second,
        swapped=swapped,
        for_first=rows["score"].where(~swapped, 1 - rows["score"]),
    )
    key = ["reviewer", "subject", "first", "second"]
    one_way = told[~told["swapped"]].drop_duplicates(key)[[*key, "for_first"]]
    other_way = told[told["swapped"]].drop_duplicates(key)[[*key, "for_first"]]
    both = one_way.merge(other_way, on=key, suffixes=("", "_swapped"))
    people = sorted(rows["reviewer"].unique(), key=str)
    table = []
    for name in [ALL, *people] if people else []:
        part = both if name == ALL else both[both["reviewer"] == name]
        n, same = len(part), int((part["for_first"] == part["for_first_swapped"]).sum())
        habit = (part["for_first"] + part["for_first_swapped"] == 1) & (part["for_first"] != 0.5)
        low, high = wilson_interval(same, n, confidence_level)
        note = "" if n else ("No pair was seen both ways" if has_subjects else _NO_SUBJECT)
        rate = same / n if n else np.nan
        table.append((name, n, same, rate, low, high, int(habit.sum()), note))
    columns = ["reviewer", "n", "same", "rate", "low", "high", "same_side", "note"]
    return pd.DataFrame(table, columns=columns)


def transitivity(rows: pd.DataFrame, has_subjects: bool, confidence_level: float) -> pd.DataFrame:
    """Return how many triads go round: A before B, B before C, and C before A.

    Columns: `reviewer, triads` (of three decided comparisons)`, circles, share, low, high,
    chance` (a quarter)`, note`. Triads are looked for within a subject, where they say
    something of the reviewer; without subjects over each reviewer's own majorities.
    """
    names = pd.Index(sorted({*rows["a"], *rows["b"]}, key=str))
    people = sorted(rows["reviewer"].unique(), key=str)
    counted = {name: np.zeros(2) for name in [ALL, *people]} if people else {}
    for name in people:
        part = rows[rows["reviewer"] == name]
        counted[name] = _triads(part, names, has_subjects)
        counted[ALL] = counted[ALL] + counted[name]
    table = []
    for name, (circles, triads) in counted.items():
        low, high = wilson_interval(circles, triads, confidence_level)
        note = "" if triads >= MIN_TRIADS else f"Fewer than {MIN_TRIADS} triads"
        share = circles / triads if triads else np.nan
        table.append((name, int(triads), int(circles), share, low, high, CHANCE_OF_A_CIRCLE, note))
    columns = ["reviewer", "triads", "circles", "share", "low", "high", "chance", "note"]
    return pd.DataFrame(table, columns=columns)


def _triads(rows: pd.DataFrame, names: pd.Index, has_subjects: bool) -> FloatArray:
    """Return how many triads go round, of how many, for one reviewer."""
    subject = pd.factorize(rows["subject"])[0] if has_subjects else np.zeros(len(rows), dtype=np.int64)
    a, b = (names.get_indexer(pd.Index(rows[side])) for side in ("a", "b"))
    many = len(names)
    lead = np.zeros((int(subject.max()) + 1, many, many))
    gain = 2 * rows["score"].to_numpy(dtype=float) - 1
    np.add.at(lead, (subject, a, b), gain)
    np.add.at(lead, (subject, b, a), -gain)
    before = (lead > 0).astype(float)
    decided = before + before.transpose(0, 2, 1)
    # The trace of a third power counts the ways round: each circle 3 times, each triad 6 times.
    circles = np.einsum("sij,sjk,ski->", before, before, before, optimize=True) / 3
    triads = np.einsum("sij,sjk,ski->", decided, decided, decided, optimize=True) / 6
    return np.array([round(float(circles)), round(float(triads))], dtype=float)
