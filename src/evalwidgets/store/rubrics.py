"""The door for rubric files: read one, list a folder, publish the schema."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic.json_schema import GenerateJsonSchema

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RubricError, did_you_mean
from evalwidgets.store.rubric_problems import named, problems_of
from evalwidgets.store.rubric_seal import broken_seal
from evalwidgets.store.rubric_yaml import MAX_BYTES, Plain, Problem, read_plain

__all__ = ["RubricFile", "list_rubrics", "read_rubric", "rubric_schema", "write_schema"]

_SUFFIXES = (".yaml", ".yml")


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes of field names: the key says as much."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's hook
        return False


class RubricFile(NamedTuple):
    """One rubric of a folder, for choosing."""

    path: Path
    id: str
    version: str
    title: str


def read_rubric(path: str | os.PathLike[str]) -> Rubric:
    """Read a rubric from its YAML file.

    Parameters
    ----------
    path : str or path-like
        A YAML file of at most 256 KB: one UTF-8 document without anchors, aliases, tags
        and duplicate keys, at most 40 levels deep. Unquoted `yes`, `no`, `on`, `off`,
        dates, `010` and `12:30` are text.

    Returns
    -------
    Rubric
        Valid in itself: every id that it refers to exists.

    Raises
    ------
    RubricError
        If the file cannot be read or is no valid rubric. It holds every problem as
        `path:line: place: what was found and what is allowed`; the rules that bind the
        parts together are told once each part is valid by itself. A published file
        (see `publish_rubric`) whose content is no longer what was published is refused.
    """
    source = _read(Path(path))
    plain = read_plain(source)
    rubric, problems = _validated(plain)
    if rubric is None or problems:
        told = sorted(problems, key=lambda problem: problem.line)
        raise RubricError([_told(path, problem) for problem in told])
    broken = broken_seal(source, rubric)
    if broken:
        line, why = broken
        raise RubricError([f"{os.fspath(path)}:{line}: {why}."])
    return rubric


def list_rubrics(folder: str | os.PathLike[str]) -> list[RubricFile]:
    """List the rubrics of a folder by file name.

    Raises
    ------
    RubricError
        If a rubric file in the folder is not valid; it holds the problems of all files.
    """
    found: list[RubricFile] = []
    problems: list[str] = []
    for path in sorted(Path(folder).iterdir()):
        if path.suffix not in _SUFFIXES:
            continue
        try:
            rubric = read_rubric(path)
        except RubricError as error:
            problems += error.problems
        else:
            found.append(RubricFile(path, rubric.id, rubric.version, rubric.title))
    if problems:
        raise RubricError(problems)
    return found


@cache
def rubric_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of rubric files."""
    schema = Rubric.model_json_schema(by_alias=True, schema_generator=_Untitled)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "evalwidgets rubric",
    }


def write_schema(path: str | os.PathLike[str]) -> Path:
    """Write the JSON Schema to a file, for editors to complete and check rubrics with."""
    target = Path(path)
    text = json.dumps(rubric_schema(), indent=2, ensure_ascii=False)
    target.write_text(text + "\n", encoding="utf-8")
    return target


def _read(path: Path) -> bytes:
    """Return the file's bytes, and one byte more than allowed when it is too large."""
    if path.is_dir():
        raise RubricError([f"{path}: a folder, not a file.{_rubrics_in(path)}"])
    if not path.is_file():
        raise RubricError([f"{path}: no such file.{_near(path)}"])
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RubricError([f"{path}: cannot be read: {error.strerror}"]) from None


def _near(path: Path) -> str:
    if not path.parent.is_dir():
        return f" There is no folder {path.parent} either."
    names = [one.name for one in path.parent.iterdir() if one.suffix in _SUFFIXES]
    return did_you_mean(path.name, names) + _rubrics_in(path.parent)


def _rubrics_in(folder: Path) -> str:
    names = sorted(one.name for one in folder.iterdir() if one.suffix in _SUFFIXES)
    return f" Rubrics in {folder}: {', '.join(names) or 'none'}."


def _validated(plain: Plain) -> tuple[Rubric | None, list[Problem]]:
    if not isinstance(plain.value, dict):
        wrong_top = Problem(1, (), "expected keys with values at the top, such as 'id: image-edit'")
        return None, plain.problems or [wrong_top]
    try:
        # JSON mode is the strict one that takes lists for tuples: no text passes for a number.
        rubric = Rubric.model_validate_json(json.dumps(plain.value), strict=True)
    except ValidationError as error:
        return None, plain.problems + problems_of(error, plain, rubric_schema())
    return rubric, plain.problems


def _told(path: str | os.PathLike[str], problem: Problem) -> str:
    place = f" {named(problem.place)}:" if problem.place else ""
    return f"{os.fspath(path)}:{problem.line}:{place} {problem.message}"
