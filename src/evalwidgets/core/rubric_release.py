"""The version that comes of edits: its number, its entry in the changelog, what forbids it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_bump import Bump, step_taken, stepped
from evalwidgets.core.rubric_diff import diff
from evalwidgets.core.rubric_edit import Edit, edited
from evalwidgets.core.rubric_plain import plain_of, valid_rubric
from evalwidgets.errors import RubricError

__all__ = ["next_version", "publishing_problem", "released"]


def released(
    rubric: Rubric, edits: Iterable[Edit], *, version: str, date: str, changes: Sequence[str]
) -> Rubric:
    """Return the edited rubric as a version of its own, with its entry in the changelog.

    Parameters
    ----------
    rubric : Rubric
        The version that is changed.
    edits : iterable of Edit
        What shall read otherwise.
    version : str
        The new number, at least the step that the changes deserve (see `next_version`).
    date : str
        The day, such as ``"2026-11-28"``.
    changes : sequence of str
        What changed, as reviewers read it.

    Raises
    ------
    RubricError
        If nothing changed, the number is too small for what changed, or the result is not valid.
    """
    after = edited(rubric, edits)
    if after == rubric:
        raise RubricError([_nothing(rubric)])
    plain = plain_of(after)
    said = [text.strip() for text in changes if text.strip()]
    if not said:
        raise RubricError(["changelog: say in a line or more what changed, as reviewers shall read it"])
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise RubricError([f"version: expected three numbers with points, such as 1.1.0, got {version!r}"])
    step = step_taken(rubric.version, version) or "patch"
    entry = {"version": version, "date": date, "bump": step, "changes": said}
    plain["version"] = version
    plain["changelog"] = [entry, *plain["changelog"]]
    new = valid_rubric(plain)
    problem = publishing_problem(rubric, new)
    if problem:
        raise RubricError([problem])
    return new


def next_version(rubric: Rubric, bump: Bump | None) -> str:
    """Return the number that a step gives; without a step the rubric's own."""
    return stepped(rubric.version, bump) if bump else rubric.version


def publishing_problem(before: Rubric, after: Rubric) -> str | None:
    """Return why a rubric cannot be published as the version after another, as a sentence, or None."""
    if before.id != after.id:
        return f"id: expected another version of {before.id}, got {after.id}"
    changed = diff(before, after)
    if not changed.changes:
        return _nothing(before)
    if after.version == before.version:
        return (
            f"version: {before.version} is in use, and a published version never changes; give a higher one"
        )
    return changed.version_problem


def _nothing(before: Rubric) -> str:
    return f"version: nothing differs from {before.version}; a new version needs a change"
