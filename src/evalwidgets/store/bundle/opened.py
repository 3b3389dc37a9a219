"""A bundle on a reviewer's machine: unpacked once, with a store of its own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from uuid import uuid4

from evalwidgets.core.evidence_setting import EvidenceSetting
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import ExchangeError
from evalwidgets.store.bundle import waybill
from evalwidgets.store.bundle.bundle_file import MAX_TEXT, SUFFIX, BundleFile, naming, sha256
from evalwidgets.store.bundle.carried import NO_PICTURE
from evalwidgets.store.bundle.waybill import CarriedTask, Waybill
from evalwidgets.store.reviews import ReviewStore, open_store
from evalwidgets.store.tasks import TaskSet, read_tasks

COPY = "copy.json"
"""Says which unpacked copy of its bundle a folder is."""
STORE = "reviews.db"


@dataclass(frozen=True, eq=False)
class Bundle:
    """A reviewer's bundle, opened: everything that a panel needs.

    Parameters
    ----------
    folder : Path
        Where it is unpacked; the store lies in it.
    waybill : Waybill
        What it says of itself.
    copy_id : str
        A UUID of this folder.
    tasks : TaskSet
        With the hashes that the lead's store knows them by.
    rubric : Rubric
        The rule book, as it was sent.
    store : ReviewStore
        The bundle's own; close it, or use the bundle in `with`.
    """

    folder: Path
    waybill: Waybill = field(repr=False)
    copy_id: str = field(repr=False)
    tasks: TaskSet
    rubric: Rubric
    store: ReviewStore

    @property
    def campaign(self) -> str:
        """The body of work."""
        return self.waybill.campaign

    @property
    def round(self) -> str:
        """Where in it the reviews belong."""
        return self.waybill.round

    @property
    def reviewer(self) -> str:
        """Whom the bundle is for."""
        return self.waybill.reviewer

    @property
    def seed(self) -> str | None:
        """Of the reviewer's order."""
        return self.waybill.seed

    @property
    def evidence(self) -> EvidenceSetting:
        """Who may see what was measured."""
        return self.waybill.evidence

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        """Return one line: what is to be done, by whom, under which rules."""
        rubric = f"{self.rubric.id} {self.rubric.version}"
        return (
            f"Bundle(round={self.round!r}, reviewer={self.reviewer!r}, tasks={len(self.tasks)}, "
            f"rubric={rubric!r})"
        )


def open_bundle(path: str | os.PathLike[str], into: str | os.PathLike[str] | None = None) -> Bundle:
    """Open a bundle: its file, which is unpacked the first time, or its folder.

    Parameters
    ----------
    path : path
        A file `NAME.evalbundle`, or the folder that it was unpacked into.
    into : path, optional
        The folder to unpack into; by default `NAME`, beside the file.

    Returns
    -------
    Bundle
        Opened again, it goes on where the reviewer stopped.

    Raises
    ------
    ExchangeError
        If it is no sound bundle, or the folder holds something else.
    """
    given = Path(path).expanduser().resolve()
    if given.is_dir():
        return _in_folder(given)
    with BundleFile(given) as file:
        found = waybill_of(file)
        name = given.name.removesuffix(SUFFIX)
        folder = Path(into).expanduser().resolve() if into is not None else given.with_name(name)
        if folder == given:
            msg = f"{given}: a bundle is called NAME{SUFFIX}; rename it, or give a folder to unpack into."
            raise ExchangeError([msg])
        _unpack(file, found, folder)
    return _in_folder(folder)


def waybill_of(file: BundleFile) -> Waybill:
    """Return what a bundle says of itself.

    Raises
    ------
    ExchangeError
        If it says nothing, or was returned and belongs to the lead.
    """
    if waybill.SLIP in file.names:
        msg = f"{file.path.name}: a returned bundle; its lead merges it (`evalwidgets merge`)."
        raise ExchangeError([msg])
    with naming(file.path, waybill.WAYBILL):
        found = Waybill.model_validate_json(file.read(waybill.WAYBILL))
    expected = {waybill.WAYBILL, waybill.RUBRIC, waybill.TASKS, *found.pictures}
    if {*found.files} != {waybill.RUBRIC, waybill.TASKS} or file.names != expected:
        missing = len(expected - file.names)
        msg = f"{file.path.name}: not what its list says ({missing} files lack); ask for it again."
        raise ExchangeError([msg])
    return found


def rubric_of(content: bytes, found: Waybill, path: Path) -> Rubric:
    """Return the rubric of a bundle, which must be the one that its waybill names."""
    with naming(path, waybill.RUBRIC):
        rubric = Rubric.model_validate_json(content)
    if rubric.hash != found.rubric_hash:
        msg = f"{path.name}: its rubric is not the one that it names; ask for the bundle again."
        raise ExchangeError([msg])
    return rubric


def _unpack(file: BundleFile, found: Waybill, folder: Path) -> None:
    """Unpack into a folder that appears under its name only when it is whole."""
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        _check_same(folder, found)
        return
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    try:
        (partial / "pictures").mkdir(parents=True)
        for name, content in _contents(file, found):
            (partial / name).write_bytes(content)
        (partial / COPY).write_text(json.dumps({"copy_id": str(uuid4())}), encoding="utf-8")
        _check_tasks(partial, found)
        if folder.exists():
            folder.rmdir()
        partial.replace(folder)
    except OSError as error:
        msg = f"{folder}: cannot be written ({error.strerror}); give another folder to unpack into."
        raise ExchangeError([msg]) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _contents(file: BundleFile, found: Waybill) -> Iterator[tuple[str, bytes]]:
    yield waybill.WAYBILL, file.read(waybill.WAYBILL)
    for name, digest in found.files.items():
        yield name, file.read_checked(name, digest)
    for name in sorted(found.pictures):
        yield name, file.read(name)


def _check_same(folder: Path, found: Waybill) -> None:
    try:
        same = _waybill_in(folder).id == found.id
    except ExchangeError:
        same = False
    if not same:
        msg = (
            f"{folder}: holds something else than this bundle; nothing was overwritten. Move it away, or "
            "give another folder to unpack into (--into)."
        )
        raise ExchangeError([msg])


def _in_folder(folder: Path) -> Bundle:
    found = _waybill_in(folder)
    rubric = rubric_of(_text(folder, waybill.RUBRIC, found.files.get(waybill.RUBRIC)), found, folder)
    tasks = _check_tasks(folder, found)
    with naming(folder, COPY):
        copy_id = str(json.loads(_text(folder, COPY))["copy_id"])
    return Bundle(folder, found, copy_id, tasks, rubric, open_store(folder / STORE))


def _waybill_in(folder: Path) -> Waybill:
    with naming(folder, waybill.WAYBILL):
        return Waybill.model_validate_json(_text(folder, waybill.WAYBILL))


def _check_tasks(folder: Path, found: Waybill) -> TaskSet:
    """Return the tasks of an unpacked bundle, which must be those of its waybill, word for word."""
    _text(folder, waybill.TASKS, found.files.get(waybill.TASKS))
    with naming(folder, waybill.TASKS):
        plain = read_tasks(folder / waybill.TASKS)
    digests: dict[tuple[str, str], str] = {
        (one.task, role): digest for one in found.tasks for role, digest in one.digests.items()
    }
    tasks = TaskSet(plain, folder, digests)
    carried = {one.task: one for one in found.tasks}
    names = {task.id for task in tasks}
    sound = {task.id for task in tasks if _is_as_sent(tasks, task, carried.get(task.id))}
    odd = sorted({*carried, *names} - sound)
    if odd:
        msg = f"{folder.name}: task {odd[0]} is not as its waybill says; ask for it again."
        raise ExchangeError([msg])
    return tasks


def _is_as_sent(tasks: TaskSet, task: Task, sent: CarriedTask | None) -> bool:
    if sent is None or tasks.hash_of(task) != sent.task_hash:
        return False
    return dict(task.images) == {role: sent.pictures.get(role, NO_PICTURE) for role in task.images}


def _text(folder: Path, name: str, digest: str | None = None) -> bytes:
    try:
        with (folder / name).open("rb") as file:
            content = file.read(MAX_TEXT + 1)
    except OSError as error:
        msg = f"{folder}: no opened bundle ({name}: {error.strerror}); open its file ({SUFFIX}) first."
        raise ExchangeError([msg]) from None
    if digest is not None and sha256(content) != digest:
        msg = f"{folder}: {name} was changed since; unpack the bundle into another folder."
        raise ExchangeError([msg])
    return content
