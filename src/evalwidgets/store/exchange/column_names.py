"""Which column says what: named by the caller, or guessed from its name and said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from evalwidgets.errors import RatingsError, UnknownName

Shape = Literal["long", "wide"]

FACTS = ("campaign", "round", "rubric", "rubric_version", "revision", "submitted_at")
"""Columns of the tidy table, besides the four, that are kept in tables of any shape."""
REVIEW_FACTS = ("seconds", "position", "confidence")
RATING_FACTS = ("second", "na", "note")
"""What belongs to one rating; there is no place for it in a wide table."""

# Other tools' words for ours, the more telling first.
_WORDS = {
    "task": (
        *("task", "item", "image", "img", "picture", "photo", "sample", "unit", "example", "stimulus"),
        *("trial", "document", "doc", "subject", "case", "target", "object", "pair", "edit", "prompt_id"),
        *("file", "filename", "path", "uid", "uuid", "key", "id"),
    ),
    "reviewer": (
        *("reviewer", "rater", "annotator", "coder", "judge", "worker", "evaluator", "labeler", "labeller"),
        *("grader", "assessor", "marker", "scorer", "observer", "participant", "respondent", "user"),
    ),
    "criterion": (
        *("criterion", "criteria", "dimension", "metric", "aspect", "attribute", "question", "facet"),
        *("axis", "measure"),
    ),
    "value": (
        *("value", "rating", "score", "grade", "label", "answer", "response", "vote", "judgement"),
        *("judgment", "annotation", "level", "choice"),
    ),
}
_NEVER_RATINGS = frozenset(
    {
        *("note", "comment", "remark", "reason", "rationale", "justification", "feedback", "text"),
        *("url", "link", "prompt", "instruction", "caption", "email", "source", "model", "language"),
        *("date", "time", "timestamp", "created_at", "updated_at", "duration", "age", "gender", "index"),
    }
)
_SURELY_VALUES = ("value", "rating", "score", "grade")
_SUFFIX = re.compile(r"_?(id|ids|name|nr|no|number)$")
_HOW = "Say which with columns={'task': ..., 'reviewer': ...} (--task-column and so on)."


class Layout(NamedTuple):
    """Which column is what, and how that was known."""

    shape: Shape
    task: str
    reviewer: str | None
    """None where each reviewer has a column."""
    criterion: str | None
    rated: tuple[str, ...]
    """One column of ratings in a long table; in a wide one, one for each reviewer or criterion."""
    unused: tuple[str, ...]

    def said(self) -> str:
        """Return the layout as a sentence."""
        named = [("task", self.task), ("reviewer", self.reviewer), ("criterion", self.criterion)]
        parts = [f"{role} = {column!r}" for role, column in named if column]
        columns = ", ".join(map(repr, self.rated[:12])) + (", ..." if len(self.rated) > 12 else "")
        if self.shape == "long":
            parts.append(f"value = {columns}")
            if not self.criterion:
                parts.append(f"no column of criteria: the one criterion is called {self.rated[0]!r}")
        else:
            parts.append(f"a column for each {'criterion' if self.reviewer else 'reviewer'}: {columns}")
        unused = f"; not used: {', '.join(map(repr, self.unused[:12]))}" if self.unused else ""
        return f"{self.shape} table: {', '.join(parts)}{unused}"


def layout_of(
    header: Sequence[str],
    columns: Mapping[str, str | Sequence[str]] | None = None,
    shape: Shape | None = None,
    *,
    where: str,
    unlike_ratings: Sequence[str] = (),
) -> Layout:
    """Return which column says what.

    Parameters
    ----------
    header : sequence of str
        The table's column names.
    columns : mapping, optional
        `task, reviewer, criterion, value` to the column's name; of `value` to several
        names where reviewers or criteria have a column each. The rest is guessed.
    shape : {"long", "wide"}, optional
        One rating a row, or several; guessed by default.
    where : str
        What errors call the table.
    unlike_ratings : sequence of str
        Columns that hold another text in every row; they are never guessed to be ratings.

    Raises
    ------
    UnknownName
        If a role or a column does not exist.
    RatingsError
        If it cannot be told which column is the task, the reviewer or the value.
    """
    roles, values = _given(header, columns or {}, where)
    if shape not in (None, "long", "wide"):
        raise UnknownName("shape", shape, ("long", "wide"))
    for role in ("task", "reviewer", "criterion"):
        if role not in roles:
            taken = {*roles.values(), *values}
            guess = _guess(role, [name for name in header if name not in taken])
            if guess is not None:
                roles[role] = guess
    if "task" not in roles and header and header[0] == "column 1" and header[0] not in values:
        roles["task"] = header[0]
    rest = [name for name in header if name not in {*roles.values(), *values}]
    ratings = [name for name in rest if _may_be_ratings(name) and name not in unlike_ratings]
    if not values:
        values = _guessed_values(ratings, roles, shape)
    _refuse_unknown(header, roles, values, shape, where)
    wide = shape == "wide" or "reviewer" not in roles or len(values) > 1
    used = {*roles.values(), *values}
    kept = _facts_of("wide" if wide else "long", "reviewer" in roles)
    unused = tuple(name for name in header if name not in used and name not in kept)
    reviewer, criterion = roles.get("reviewer"), roles.get("criterion")
    return Layout("wide" if wide else "long", roles["task"], reviewer, criterion, tuple(values), unused)


def kept_facts(layout: Layout, header: Sequence[str]) -> list[str]:
    """Return the columns beside the four that the tidy table keeps."""
    kept = _facts_of(layout.shape, layout.reviewer is not None)
    return [name for name in kept if name in header and name not in (layout.task, *layout.rated)]


def _may_be_ratings(name: str) -> bool:
    """Return whether a column may be guessed to hold ratings, by its name."""
    facts = (*FACTS, *REVIEW_FACTS, *RATING_FACTS, "review")
    return name not in facts and not _NEVER_RATINGS & set(_spellings(name))


def _facts_of(shape: Shape, has_reviewer: bool) -> tuple[str, ...]:
    if shape == "long":
        return (*FACTS, *REVIEW_FACTS, *RATING_FACTS)
    return (*FACTS, *REVIEW_FACTS) if has_reviewer else FACTS[:4]


def _given(
    header: Sequence[str], columns: Mapping[str, str | Sequence[str]], where: str
) -> tuple[dict[str, str], list[str]]:
    roles: dict[str, str] = {}
    values: list[str] = []
    for role, given in columns.items():
        if role not in _WORDS:
            raise UnknownName("role of a column", role, _WORDS)
        names = [given] if isinstance(given, str) else list(given)
        for name in names:
            if name not in header:
                raise UnknownName("column", name, header, where)
        if role == "value":
            values = names
        elif len(names) == 1:
            roles[role] = names[0]
        else:
            msg = f"columns: expected one column for {role}, got {len(names)}; only value may have several."
            raise RatingsError(msg)
    return roles, values


def _guess(role: str, header: Sequence[str]) -> str | None:
    """Return the column whose name tells most, or None."""
    ranks = {word: rank for rank, word in enumerate(_WORDS[role])}
    ranked = [(min(ranks.get(word, 99) for word in _spellings(name)), name) for name in header]
    best = min(ranked, key=lambda one: one[0], default=(99, ""))
    return best[1] if best[0] < 99 else None


def _spellings(name: str) -> tuple[str, ...]:
    """Return a name in lower case with underscores, without its ending (`_id`, plural s)."""
    whole = re.sub(r"[^0-9a-z]+", "_", name.casefold()).strip("_")
    stem = _SUFFIX.sub("", whole)
    return (whole, stem, stem.removesuffix("s"), whole.removesuffix("s"))


def _guessed_values(rest: Sequence[str], roles: Mapping[str, str], shape: Shape | None) -> list[str]:
    """Return the columns of ratings: one that is called so, or all that remain."""
    named = _guess("value", rest)
    sure = named is not None and bool(set(_spellings(named)) & set(_SURELY_VALUES))
    if (
        "reviewer" in roles
        and shape != "wide"
        and named
        and (sure or "criterion" in roles or shape == "long")
    ):
        return [named]
    if shape == "long":
        return list(rest) if len(rest) == 1 else []
    return list(rest)


def _refuse_unknown(
    header: Sequence[str],
    roles: Mapping[str, str],
    values: Sequence[str],
    shape: Shape | None,
    where: str,
) -> None:
    missing = [role for role in ("task",) if role not in roles]
    if "reviewer" not in roles and (shape == "long" or len(values) == 1):
        missing.append("reviewer")
    if not values:
        missing.append("value")
    if not missing:
        return
    shown = ", ".join(map(repr, header[:12])) + (", ..." if len(header) > 12 else "")
    headless = any(re.fullmatch(r"[-+]?\d+([.,]\d+)?", name) for name in header)
    no_header = " The first line looks like ratings, not like names: add a header line." if headless else ""
    msg = f"{where}: no column is known to be the {' or the '.join(missing)} among {shown}.{no_header} {_HOW}"
    raise RatingsError(msg)
