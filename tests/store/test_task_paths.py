"""Paths of a manifest: none leads outside its folder, and odd ones are names and nothing else."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.task import Task
from evalwidgets.errors import ImageError, TaskError, UnknownName
from evalwidgets.store.images import read_picture
from evalwidgets.store.tasks import TaskSet, read_tasks

from ..samples import write_picture

LINE = {"id": "a", "kind": "image", "images": {"image": "a.png"}}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return what writes a manifest: lines that are texts as they are, others as JSON."""

    def manifest(*lines: Any, name: str = "tasks.jsonl", end: str = "\n") -> Path:
        texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path = tmp_path / name
        path.write_bytes(end.join([*texts, ""]).encode())
        return path

    return manifest


REFUSED = [
    "",
    " ",
    "..",
    "../a.png",
    "pictures/../../a.png",
    "pictures/..",
    "..\\a.png",
    "pictures\\..\\..\\a.png",
    "/etc/passwd",
    "//server/share/a.png",
    "\\\\server\\share\\a.png",
    "\\a.png",
    "C:\\a.png",
    "C:/a.png",
    "c:a.png",
    "\\\\?\\C:\\a.png",
    "~/a.png",
    "~root/a.png",
    "http://example.org/a.png",
    "https://example.org/a.png",
    "file:///etc/passwd",
    "ftp://example.org/a.png",
    "data://a.png",
    "/dev/zero",
    "/proc/self/environ",
    "a.png\x00.jpg",
]
HARMLESS = [
    "%2e%2e/a.png",
    "..%2fa.png",
    "\uff0e\uff0e/a.png",
    "$HOME/a.png",
    "${PATH}",
    "file:a.png",
    "data:image/png;base64,AAAA",
    "...",
    "a.png\n../b.png",
    "|cat",
    "`id`.png",
    "a" * 5000,
]


@pytest.mark.parametrize("path", REFUSED)
def test_a_path_that_leads_outside_is_refused_when_it_is_read(write: Write, path: str) -> None:
    """Upwards, absolute, another drive, a server, a home, an address: the manifest is not taken."""
    with pytest.raises(TaskError, match=r"tasks\.jsonl:1: "):
        read_tasks(write({**LINE, "images": {"image": path}}))


@pytest.mark.parametrize("path", HARMLESS)
def test_an_odd_path_is_a_name_and_nothing_else(write: Write, path: str) -> None:
    """Nothing is expanded, decoded or run: such a file is simply not there."""
    tasks = read_tasks(write({**LINE, "images": {"image": path}}))

    with pytest.raises((ImageError, TaskError)):
        read_picture(tasks.path_of(tasks[0], "image"))
    assert len(tasks.hash_of(tasks[0])) == 64


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a manifest's folder with a picture inside and a secret one beside it."""
    write_picture(tmp_path / "secret.png", 1)
    write_picture(tmp_path / "in" / "plain.png", 2)
    return tmp_path / "in"


def task_set(folder: Path, image: str) -> TaskSet:
    """Return one task whose picture has this path, past every check of the manifest."""
    return TaskSet([Task(id="t", kind="image", images={"image": image})], folder)


@pytest.mark.parametrize("name", ["../secret.png", "link.png", "up/secret.png", "loop.png", "bad\x00name"])
def test_no_link_leads_outside(folder: Path, name: str) -> None:
    """A link out, a linked folder, a ring of links: refused, and hashed as a picture that is not there."""
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "up").symlink_to(folder.parent)
    (folder / "loop.png").symlink_to("ring.png")
    (folder / "ring.png").symlink_to("loop.png")
    tasks = task_set(folder, name)

    with pytest.raises((TaskError, ImageError)):
        read_picture(tasks.path_of(tasks[0], "image"))
    assert tasks[0].content_hash({}) == tasks.hash_of(tasks[0])


@pytest.mark.parametrize("name", [".", "pipe.png", "gone.png", "dangling.png"])
def test_what_is_no_file_is_no_picture(folder: Path, name: str) -> None:
    """A folder, a pipe, nothing: the task can be opened, hashed and skipped, and nothing waits."""
    os.mkfifo(folder / "pipe.png")
    (folder / "dangling.png").symlink_to("gone.png")
    tasks = task_set(folder, name)

    with pytest.raises(ImageError, match="there is no such picture file"):
        read_picture(tasks.path_of(tasks[0], "image"))
    assert tasks[0].content_hash({}) == tasks.hash_of(tasks[0])


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    """Linking pictures together within the folder is fine, also when the folder itself is a link."""
    (folder / "same.png").symlink_to("plain.png")
    (folder.parent / "alias").symlink_to(folder)

    for place in (folder, folder.parent / "alias"):
        tasks = task_set(place, "same.png")
        assert (folder / "plain.png").resolve() == tasks.path_of(tasks[0], "image")


def test_a_role_that_a_task_does_not_have_is_told(folder: Path) -> None:
    """The message names those that it has."""
    tasks = task_set(folder, "plain.png")

    with pytest.raises(UnknownName, match=r"No role 'edited' in task t\. Known: image"):
        tasks.path_of(tasks[0], "edited")


def test_names_on_disk_are_found_however_their_accents_are_composed(write: Write, tmp_path: Path) -> None:
    """A path is kept as it stands: another composition is another file to the disk."""
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "café.png")
        write_picture(tmp_path / name, 1)
        tasks = read_tasks(write({**LINE, "images": {"image": name}}))
        assert tasks.path_of(tasks[0], "image").is_file()
        (tmp_path / name).unlink()
