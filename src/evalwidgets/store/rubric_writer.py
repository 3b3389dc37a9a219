"""Publishing a version of a rubric as a file: written once, sealed with its hash, never changed."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_release import publishing_problem
from evalwidgets.errors import RubricError, StoreError
from evalwidgets.store.rubric_seal import seal
from evalwidgets.store.rubric_text import rubric_yaml
from evalwidgets.store.rubrics import read_rubric

__all__ = ["publish_rubric", "published_path"]

_READ_ONLY = 0o444


def publish_rubric(rubric: Rubric, folder: str | os.PathLike[str], *, before: Rubric) -> Path:
    """Write a version of a rubric as ``<id>-<version>.yaml`` and return its path.

    The file appears whole or not at all, can only be read, and names the hash of its
    content, so that `read_rubric` refuses it once somebody has changed it. Publishing the
    same version again changes nothing.

    Parameters
    ----------
    rubric : Rubric
        The new version, its changelog's newest entry first.
    folder : path
        Where rubrics are; made when it is missing.
    before : Rubric
        The version that it was made from.

    Raises
    ------
    RubricError
        If nothing changed, the number is too small for what changed, or this version was
        published with other words.
    StoreError
        If the file cannot be written there.
    """
    problem = publishing_problem(before, rubric)
    if problem:
        raise RubricError([problem])
    path = published_path(rubric, folder)
    if path.exists():
        _same_or_refused(path, rubric)
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_once(path, _file_text(rubric, path.parent), rubric)
    except OSError as error:
        msg = f"The rubric could not be written to {str(path)!r}: {error.strerror}. Choose another folder."
        raise StoreError(msg) from None
    return path


def published_path(rubric: Rubric, folder: str | os.PathLike[str]) -> Path:
    """Return where a version of a rubric is published."""
    return Path(folder) / f"{rubric.id}-{rubric.version}.yaml"


def _file_text(rubric: Rubric, folder: Path) -> str:
    places = ("schema.json", "../schema.json", "rubrics/schema.json", "../rubrics/schema.json")
    schema = next((one for one in places if (folder / one).is_file()), "")
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    return f"{head}{seal(rubric)}\n\n{rubric_yaml(rubric)}"


def _write_once(path: Path, text: str, rubric: Rubric) -> None:
    """Write the file beside its place, read it back, and give it its name if nobody has."""
    spare = path.with_name(f".{path.stem}-{secrets.token_hex(4)}.new")
    try:
        with spare.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if read_rubric(spare).hash != rubric.hash:  # nothing is published that would read otherwise
            msg = f"{path}: the rubric would not come back as it went in; report it with its edits."
            raise StoreError(msg)
        spare.chmod(_READ_ONLY)
        _name(spare, path)
    except FileExistsError:
        _same_or_refused(path, rubric)
    finally:
        with contextlib.suppress(OSError):
            spare.unlink()


def _name(spare: Path, path: Path) -> None:
    """Give a written file its name; of two who do so at once one gets a FileExistsError."""
    try:
        os.link(spare, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links: the name is taken first, then filled at one stroke
        with path.open("xb"):
            pass
        spare.replace(path)


def _same_or_refused(path: Path, rubric: Rubric) -> None:
    if read_rubric(path).hash != rubric.hash:
        why = "this version is published with other words, and a published version never changes"
        raise RubricError([f"{path}: {why}. Give this one a higher version."])
