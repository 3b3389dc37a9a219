"""Hostile manifests, paths, rubrics and texts: a sentence each, and nothing outside the folder is read."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from evalwidgets.core.task import Task
from evalwidgets.errors import EvalWidgetsError, ImageError, RubricError, TaskError
from evalwidgets.store.images import read_picture
from evalwidgets.store.manifest import MAX_BYTES
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import TaskSet, read_gold, read_tasks

from ..samples import an_edit
from .cells import CELLS
from .paths import TOLD_AT_ONCE, TOLD_WHEN_OPENED, make_places
from .texts import KEPT, REFUSED
from .yaml_texts import HOSTILE_YAML

SECONDS = 5


def test_the_corpus_is_large_enough() -> None:
    """As many of each as the project has promised."""
    assert len({*TOLD_AT_ONCE, *TOLD_WHEN_OPENED}) >= 36
    assert len(HOSTILE_YAML) >= 11
    assert len(KEPT) + len(REFUSED) >= 12
    assert len(set(CELLS)) >= 16


def manifest_of(folder: Path, **changes: object) -> Path:
    """Write one task and return its manifest."""
    line = {"id": "t", "kind": "image", "images": {"image": "plain.png"}, **changes}
    path = folder / "tasks.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", TOLD_AT_ONCE)
def test_a_path_that_leads_outside_is_refused_with_its_manifest(path: str, tmp_path: Path) -> None:
    """Whatever a system understands by it."""
    with pytest.raises(TaskError, match=r"tasks\.jsonl:1: "):
        read_tasks(manifest_of(tmp_path, images={"image": path}))


@pytest.mark.parametrize("path", TOLD_WHEN_OPENED)
def test_a_path_that_names_no_picture_inside_is_told(path: str, tmp_path: Path) -> None:
    """No secret beside the folder, no pipe to wait at, no device without end: at once, in a sentence."""
    folder = make_places(tmp_path)
    start = time.process_time()
    tasks = read_tasks(manifest_of(folder, images={"image": path}))

    with pytest.raises((TaskError, ImageError)):
        read_picture(tasks.path_of(tasks[0], "image"))
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("path", [*TOLD_AT_ONCE, *TOLD_WHEN_OPENED])
def test_no_path_reads_outside_whoever_made_the_task(path: str, tmp_path: Path) -> None:
    """Past the manifest's checks the folder's own still hold."""
    folder = make_places(tmp_path)
    task = Task(id="t", kind="image", images={"image": path})

    with pytest.raises((TaskError, ImageError)):
        read_picture(TaskSet([task], folder).path_of(task, "image"))


@pytest.mark.parametrize("name", HOSTILE_YAML)
def test_hostile_yaml_is_refused_at_once(name: str, tmp_path: Path) -> None:
    """Nothing is expanded, constructed or passed over in silence."""
    path = tmp_path / "rubric.yaml"
    path.write_text(HOSTILE_YAML[name], encoding="utf-8")
    start = time.process_time()

    with pytest.raises(RubricError) as caught:
        read_rubric(path)

    assert time.process_time() - start < SECONDS
    assert sum(map(len, caught.value.problems)) < 100_000
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", KEPT)
def test_a_text_is_kept_as_it_is(name: str, tmp_path: Path) -> None:
    """What can be shown as text is neither changed nor refused, but composed alike."""
    (task,) = read_tasks(manifest_of(tmp_path, guideline=KEPT[name]))

    assert task == Task.model_validate({**task.model_dump(), "guideline": task.guideline})
    assert [one for one in task.guideline if one.isascii()] == [one for one in KEPT[name] if one.isascii()]


@pytest.mark.parametrize("name", REFUSED)
def test_a_text_that_cannot_be_shown_or_kept_is_refused(name: str, tmp_path: Path) -> None:
    """With its line, and why."""
    text, why = REFUSED[name]

    with pytest.raises(TaskError, match=rf"tasks\.jsonl:1: .*{why}") as caught:
        read_tasks(manifest_of(tmp_path, guideline=text))
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("name", ["a\u202eb", "a\nb", "a\x1bb", "a\u200bb", "\u2067a"])
def test_an_id_is_one_line_that_steers_nothing(name: str, tmp_path: Path) -> None:
    """It stands in sentences, tables and charts, among other words."""
    with pytest.raises(TaskError, match=r"id: the character U\+[0-9A-F]{4} cannot be seen"):
        read_tasks(manifest_of(tmp_path, id=name))
    with pytest.raises(ValueError, match="cannot be seen"):
        an_edit(name)


@pytest.mark.parametrize("read", [read_tasks, read_gold])
def test_a_manifest_that_has_no_end_is_not_read(read: object, tmp_path: Path) -> None:
    """A pipe, a device, a folder, gigabytes of nothing, a name that no disk has."""
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "huge.jsonl").touch()
    os.truncate(tmp_path / "huge.jsonl", MAX_BYTES + 1)

    for path in ("pipe.jsonl", "huge.jsonl", "/dev/zero", ".", "n" * 5000, "a\0b"):
        with pytest.raises(
            EvalWidgetsError, match=r"not a plain file|MB are read|cannot be read|no such file"
        ):
            read(tmp_path / path)  # type: ignore[operator]
