"""The lines of a manifest as checked values, and the paths in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PureWindowsPath
from typing import Any, TypeVar

from pydantic import ValidationError

from evalwidgets.core.value import Value, clean_json
from evalwidgets.errors import TaskError
from evalwidgets.store.manifest import Row

__all__ = ["path_inside", "path_problems", "values_of"]

_SHOWN_PROBLEMS = 20
_V = TypeVar("_V", bound=Value)


def values_of(
    model: type[_V],
    path: Path,
    rows: Iterable[Row],
    more_problems: Callable[[_V], list[str]],
    unique: str,
) -> list[_V]:
    """Return the checked values of a file, one a line.

    Raises
    ------
    TaskError
        With every problem of the file, each as `file:line: place: what is wrong`.
    """
    values: list[_V] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for line, parse in rows:
        where = f"{path}:{line}"
        try:
            value = model.model_validate(_cleaned(parse()))
        except (ValueError, RecursionError) as error:
            problems += [f"{where}: {sentence}" for sentence in _sentences(error)]
            continue
        name = getattr(value, unique)
        if name in seen:
            problems.append(f"{where}: {unique}: {name!r} stands already in line {seen[name]}")
        seen.setdefault(name, line)
        problems += [f"{where}: {sentence}" for sentence in more_problems(value)]
        values.append(value)
    if problems:
        more = len(problems) - _SHOWN_PROBLEMS
        raise TaskError(problems[:_SHOWN_PROBLEMS] + ([f"... and {more} more problems"] if more > 0 else []))
    return values


def _cleaned(row: Any) -> Any:
    """Return a row with its texts in NFC, but paths as they are: to a disk they are bytes, not texts."""
    cleaned = clean_json(row)
    if isinstance(cleaned, dict) and isinstance(row.get("images"), dict):
        cleaned["images"] = row["images"]
    return cleaned


def _sentences(error: Exception) -> list[str]:
    if isinstance(error, RecursionError):
        return ["nested too deeply; a task has at most a few levels"]
    if not isinstance(error, ValidationError):
        return [str(error)]
    return [
        f"{'.'.join(str(part) for part in one['loc']) or 'line'}: {one['msg'].removeprefix('Value error, ')}"
        for one in error.errors()
    ]


def path_problems(images: Mapping[Any, str]) -> list[str]:
    """Return what is wrong with the paths of pictures by role, without looking at the disk."""
    return [
        f"images.{role}: {why}, got {path[:80]!r}; give a path inside the manifest's folder"
        for role, path in images.items()
        if (why := _unsafe(path))
    ]


def path_inside(folder: Path, relative: str, what: str) -> Path:
    """Return a file in the manifest's folder; never one outside of it.

    Raises
    ------
    TaskError
        If the path leads outside, for example through a symbolic link, or nowhere; `what` names it.
    """
    try:
        path = (folder / relative).resolve()
        inside = path.is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError) as error:  # links in a ring, a NUL
        raise TaskError([f"{what} leads nowhere ({error})"]) from error
    if not inside:
        raise TaskError([f"{what} leads outside the manifest's folder"])
    return path


def _unsafe(path: str) -> str | None:
    """Return why a manifest's path is refused, or None."""
    if not path.strip():
        return "expected a path"
    if PureWindowsPath(path).drive or path.startswith(("/", "\\", "~")) or "://" in path:
        return "expected a relative path"
    if ".." in path.replace("\\", "/").split("/"):
        return "expected a path without '..'"
    return None
