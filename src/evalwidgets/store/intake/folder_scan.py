"""What lies in a folder of pictures: which belong together, by the names of files and folders."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from evalwidgets.errors import TaskError
from evalwidgets.store.intake.role_words import is_picture_name, picture_role

MOST_FILES = 200_000


class Seen(NamedTuple):
    """A picture, and what its name says."""

    path: str
    role: str
    key: str
    """What the pictures of one task have in common."""
    extra: str
    """The folders that are no role: of candidates, the model."""
    how: str
    """The pattern, as people write it."""


class Together(NamedTuple):
    """Pictures that are judged together."""

    key: str
    images: dict[str, str]
    model: str


class Scan(NamedTuple):
    """What a folder was taken for."""

    kind: str
    found: tuple[Together, ...]
    said: tuple[str, ...]
    apart: tuple[str, ...]
    """Pictures without a partner."""


def files_in(folder: Path) -> list[str]:
    """Return the files of a folder and of those inside, sorted; not hidden ones, nor linked folders.

    Raises
    ------
    TaskError
        If there are too many.
    """
    found: list[str] = []
    for place, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        here = Path(place).relative_to(folder)
        found += [(here / name).as_posix() for name in sorted(names) if not name.startswith(".")]
        if len(found) > MOST_FILES:
            raise TaskError([f"{folder.name}: more than {MOST_FILES:,} files; point at a part of them."])
    return found


def scan(files: Sequence[str], patterns: Mapping[str, str]) -> Scan:
    """Return which pictures belong together.

    Parameters
    ----------
    files : sequence of str
        Paths in the folder, with ``/``.
    patterns : mapping
        Role to a pattern such as ``"raw/*.png"``: what its last star stands for is common
        to the pictures of one task, what those before stand for names the model. Without
        patterns, names such as `x_original`, `after/x` or `model/x` are understood.
    """
    seen = [
        _by_pattern(path, patterns) if patterns else _by_name(path) for path in files if is_picture_name(path)
    ]
    if not seen:
        raise TaskError([f"No picture among {len(files)} files; give a folder with pictures, or a table."])
    if "image" in patterns:
        images = [one for one in seen if one.role == "image"]
        return Scan(
            "image", _alone(images), (f"image: files like {patterns['image']!r}.",), _paths(seen, images)
        )
    pairs, used = _paired(_with_models(seen))
    if not pairs:
        if patterns:
            raise TaskError([f"No two files fit the patterns {', '.join(patterns.values())} with one key."])
        return _singles(seen)
    left = tuple(one.path for one in seen if one.path not in used)
    return Scan("edit", tuple(pairs), tuple(_said(seen, pairs)), left)


def _by_pattern(path: str, patterns: Mapping[str, str]) -> Seen:
    for role, pattern in patterns.items():
        stars = "([^/]*)".join(map(re.escape, pattern.split("*")))
        match = re.fullmatch(stars, path)
        if match and match.groups():
            *extra, key = match.groups()
            return Seen(path, role, key, "/".join(extra), pattern)
    return Seen(path, "", path, "", "")


def _by_name(path: str) -> Seen:
    pure = PurePosixPath(path)
    folders, stem = pure.parent.parts, pure.stem
    if role := picture_role(stem, letters=False):
        return Seen(path, role, "/".join(folders), "", f"*/{pure.name}")
    words = re.split(r"[-_. ]+", stem)
    for at in (-1, 0) if len(words) > 1 else ():
        if role := picture_role(words[at], letters=False):
            key = "_".join(words[:-1] if at else words[1:])
            pattern = f"*_{words[at]}{pure.suffix}" if at else f"{words[at]}_*{pure.suffix}"
            return Seen(path, role, key, "/".join(folders), pattern)
    for at in reversed(range(len(folders))):
        if role := picture_role(folders[at], letters=False):
            extra = "/".join((*folders[:at], *folders[at + 1 :]))
            return Seen(path, role, stem, extra, f"{folders[at]}/*{pure.suffix}")
    return Seen(path, "", stem, "/".join(folders), "")


def _with_models(seen: Sequence[Seen]) -> Iterator[Seen]:
    """Yield the pictures; those without a role are edits where their original is there."""
    keys = {one.key for one in seen if one.role == "original"}
    for one in seen:
        folder = str(PurePosixPath(one.path).parent)
        if not one.role and one.key in keys:
            yield one._replace(role="edited", how="model/*")
        elif not one.role and folder in keys:  # beside a file that is called original
            yield one._replace(role="edited", key=folder, extra=one.key, how="*/model")
        else:
            yield one


def _paired(seen: Iterator[Seen]) -> tuple[list[Together], set[str]]:
    originals, edited = defaultdict(list), []
    for one in seen:
        if one.role == "original":
            originals[one.key].append(one)
        elif one.role == "edited":
            edited.append(one)
    pairs, used = [], set()
    for one in edited:
        if one.key not in originals:
            continue
        first = min(originals[one.key], key=lambda its: (its.extra != one.extra, len(its.extra), its.path))
        theirs = first.extra.split("/")
        model = "/".join(part for part in one.extra.split("/") if part not in theirs)
        pairs.append(Together(one.key, {"original": first.path, "edited": one.path}, model))
        used |= {first.path, one.path}
    return pairs, used


def _said(seen: Sequence[Seen], pairs: Sequence[Together]) -> Iterator[str]:
    for role in ("original", "edited"):
        how = sorted({one.how for one in seen if one.role == role and one.how})
        if how:
            yield f"{role}: files like {', '.join(map(repr, how[:4]))}."
    models = sorted({one.model for one in pairs if one.model})
    if models:
        yield f"model: the folder or name of the candidate ({', '.join(models[:6])})."


def _singles(seen: Sequence[Seen]) -> Scan:
    """Return each picture as a task; folders that repeat each other's names are models."""
    plain = [
        one._replace(key=PurePosixPath(one.path).stem, extra=str(PurePosixPath(one.path).parent))
        for one in seen
    ]
    folders = defaultdict(set)
    for one in plain:
        folders[one.key].add(one.extra)
    repeated = sum(len(places) > 1 for places in folders.values())
    if 2 * repeated < len(folders):
        return Scan(
            "image", _alone([one._replace(extra="") for one in plain]), ("image: every picture.",), ()
        )
    names = sorted({one.extra for one in plain})
    said = f"model: the folder; {repeated} names are in several of {', '.join(names[:6])}."
    return Scan("image", _alone(plain), ("image: every picture.", said), ())


def _alone(seen: Sequence[Seen]) -> tuple[Together, ...]:
    return tuple(Together(one.key, {"image": one.path}, one.extra) for one in seen)


def _paths(seen: Sequence[Seen], used: Sequence[Seen]) -> tuple[str, ...]:
    taken = {one.path for one in used}
    return tuple(one.path for one in seen if one.path not in taken)
