"""Takes tasks in: every picture through the one door, a manifest written, everything odd reported."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from evalwidgets.core.task import ROLES, Task
from evalwidgets.errors import TaskError
from evalwidgets.store.intake.intake import Intake
from evalwidgets.store.intake.intake_report import IntakeReport, Odd
from evalwidgets.store.intake.picture_look import Look, look_at
from evalwidgets.store.intake.row_tasks import NO_INSTRUCTION, Draft, draft_of
from evalwidgets.store.manifest_values import path_inside
from evalwidgets.store.tasks import TaskSet

MANIFEST = "tasks.jsonl"
COPIES = "images"
_WORKERS = min(4, os.cpu_count() or 1)

Watch = Callable[[int, int], object]
"""Called with how many pictures have been looked at, of how many; what it raises stops the intake."""


def take_in(intake: Intake, into: str | Path, *, watch: Watch | None = None) -> IntakeReport:
    """Take tasks in: write `tasks.jsonl`, and report everything that was odd.

    Parameters
    ----------
    intake : Intake
        As guessed and corrected.
    into : str or Path
        The folder of the manifest. Pictures inside it stay where they are; others are
        copied to its folder `images`, named by the content of their file.
    watch : callable, optional
        Hears how far it is: ``watch(done, total)``.

    Returns
    -------
    IntakeReport
        The tasks, and for each problem the task, the role, what was found and done.

    Raises
    ------
    TaskError
        If a picture's column is not known, no task is left, or the folder holds other tasks.

    Notes
    -----
    Pictures with the same pixels are listed and kept: two models may well make the same. They
    are found by the sha256 of their upright pixels; hashes of likeness (pHash) would take a
    genuine small edit for a copy.
    """
    if intake.problems:
        raise TaskError(intake.problems)
    return _TakingIn(intake, Path(into).expanduser(), watch).report()


class _TakingIn:
    """One intake while it is done."""

    def __init__(self, intake: Intake, into: Path, watch: Watch | None) -> None:
        self._intake, self._into, self._watch = intake, into, watch
        self._odd: list[Odd] = [Odd("no partner", "", "", path) for path in intake.apart]
        self._root = into.resolve()
        self._paths: dict[str, Path] = {}
        self._looks: dict[Path, Look] = {}
        self._copies: dict[Path, str] = {}
        self._seen: dict[str, tuple[str, str]] = {}

    def report(self) -> IntakeReport:
        drafts = self._named(self._drafts())
        placed = [(draft, files) for draft in drafts if (files := self._files(draft))]
        self._look_at({path for _, files in placed for path in files.values()})
        good = [(draft, files) for draft, files in placed if self._admitted(draft, files)]
        if not good:
            counts = ", ".join(sorted({f"{one.kind}: {one.found}" for one in self._odd})[:5])
            raise TaskError([f"{self._intake.path.name}: no task can be taken in ({counts})."])
        tasks = [task for draft, files in good if (task := self._task(draft, files))]
        self._write(tasks)
        copied = len(set(self._copies.values()))
        return IntakeReport(TaskSet(tasks, self._into), tuple(self._odd), copied, len(self._intake.table))

    def _drafts(self) -> Iterable[Draft]:
        for place, row in enumerate(self._intake.table.to_dict("records"), start=1):
            try:
                yield draft_of(self._intake, place, row)
            except ValueError as error:
                self._odd.append(Odd("unusable row", f"row {place}", "", str(error)))

    def _named(self, drafts: Iterable[Draft]) -> list[Draft]:
        """Return the drafts with names that differ."""
        known: set[str] = set()
        named = []
        for draft in drafts:
            name, n = draft.id, 1
            while name in known:
                n += 1
                name = f"{draft.id}-{n}"
            known.add(name)
            if n > 1:
                self._odd.append(Odd("name clash", name, "", f"{draft.id} is the name of another task"))
            if draft.telling:
                self._odd.append(Odd("name tells the model", name, "", draft.telling))
            named.append(draft._replace(id=name))
        return named

    def _files(self, draft: Draft) -> dict[str, Path]:
        """Return the files of a task; none if one is missing or outside."""
        files = {}
        for role, given in draft.pictures.items():
            if not given and role not in ROLES[self._intake.kind][0]:
                continue
            try:
                path = self._path(given)
            except TaskError as error:
                self._odd.append(Odd("outside the folder", draft.id, role, f"{given[:200]!r}: {error}"))
                return {}
            if not given or not _is_file(path):
                self._odd.append(Odd("missing file", draft.id, role, given[:200] or "no path"))
                return {}
            files[role] = path
        return files

    def _path(self, given: str) -> Path:
        """Return where a path leads; one original is named by many rows."""
        if given not in self._paths:
            self._paths[given] = path_inside(self._intake.folder, given, "the path")
        return self._paths[given]

    def _look_at(self, paths: set[Path]) -> None:
        ordered = sorted(paths)
        with ThreadPoolExecutor(_WORKERS) as pool:  # the decoders release the interpreter
            for done, look in enumerate(pool.map(look_at, ordered), start=1):
                self._looks[ordered[done - 1]] = look
                if self._watch is not None:
                    self._watch(done, len(ordered))

    def _admitted(self, draft: Draft, files: Mapping[str, Path]) -> bool:
        refused = [
            (role, self._looks[path].refused) for role, path in files.items() if self._looks[path].refused
        ]
        self._odd += [Odd("refused picture", draft.id, role, why) for role, why in refused]
        return not refused

    def _task(self, draft: Draft, files: Mapping[str, Path]) -> Task | None:
        looks = {role: self._looks[path] for role, path in files.items()}
        facts = {**draft.facts}
        asked = {"edit": "instruction", "prompt": "prompt"}.get(self._intake.kind)
        if asked and not facts.get(asked):
            facts[asked] = NO_INSTRUCTION
            self._odd.append(Odd("no instruction", draft.id, "", asked))
        if "source" not in facts and "original" in looks:
            facts["source"] = f"picture-{looks['original'].pixels[:12]}"
        try:
            images = {role: self._place(path) for role, path in files.items()}
            task = Task(id=draft.id, kind=self._intake.kind, images=images, tags=draft.tags, **facts)
        except ValueError as error:
            self._odd.append(Odd("unusable row", draft.id, "", str(error).splitlines()[-1][:300]))
            return None
        self._note(draft.id, looks)
        return task

    def _note(self, task: str, looks: Mapping[str, Look]) -> None:
        """Note what is odd about pictures that are kept."""
        for role, look in looks.items():
            if look.turned:
                self._odd.append(Odd("turned by EXIF", task, role, "stored lying, stands by its EXIF block"))
            if role == "original":
                continue  # one original serves many edits
            first = self._seen.setdefault(look.pixels, (task, role))
            if first != (task, role):
                self._odd.append(Odd("same pixels", task, role, f"those of {first[0]} ({first[1]})"))
        before, after = looks.get("original"), looks.get("edited")
        if before and after and before.pixels == after.pixels:
            self._odd.append(Odd("no-op edit", task, "edited", "every pixel is that of the original"))
        elif before and after and before.size != after.size:
            sizes = " and ".join(f"{width} x {height}" for width, height in (before.size, after.size))
            self._odd.append(Odd("size mismatch", task, "edited", sizes))

    def _place(self, path: Path) -> str:
        """Return the path of a picture from the manifest's folder, copying it there if it is not inside."""
        if path.is_relative_to(self._root):
            return path.relative_to(self._root).as_posix()
        if path not in self._copies:
            look = self._looks[path]
            self._copies[path] = f"{COPIES}/{look.digest[:20]}{look.extension}"
            copy = self._into / self._copies[path]
            if not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
        return self._copies[path]

    def _write(self, tasks: list[Task]) -> None:
        """Write the manifest whole or not at all; the same tasks may be taken in again."""
        text = "".join(task.model_dump_json(exclude_defaults=True) + "\n" for task in tasks)
        manifest = self._into / MANIFEST
        if manifest.exists():
            if manifest.read_text(encoding="utf-8") == text:
                return
            msg = f"{self._into.name}/{MANIFEST} holds other tasks; take these into another folder."
            raise TaskError([msg])
        self._into.mkdir(parents=True, exist_ok=True)
        fresh = manifest.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(manifest)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no disk can hold
        return False
