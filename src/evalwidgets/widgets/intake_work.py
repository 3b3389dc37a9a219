"""What is done at the intake desk: a guess and its corrections, and an intake that runs beside the kernel."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from evalwidgets.errors import EvalWidgetsError, TaskError
from evalwidgets.store.intake.intake import PICTURE_ROLES, Intake, guess_intake
from evalwidgets.store.intake.intake_report import IntakeReport
from evalwidgets.store.intake.take_in import take_in
from evalwidgets.store.manifest_values import path_inside
from evalwidgets.store.small_copies import SmallCopy, small_copy

_EVERY_SECONDS = 0.2
_THUMB = 120
_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The person has stopped the intake."""


class IntakeWork:
    """One intake: where it comes from, what it is taken for, how far it is, what became of it.

    Parameters
    ----------
    into : Path
        The folder of the manifest.
    on_progress : callable
        Hears ``(done, total)`` from the intake's thread, five times a second at most.
    on_end : callable
        Hears, from that thread, why it ended early; an empty text when it is done.
    """

    def __init__(
        self, into: Path, on_progress: Callable[[int, int], None], on_end: Callable[[str], None]
    ) -> None:
        self.path, self.pictures, self.into = "", "", str(into)
        self.intake: Intake | None = None
        self.report: IntakeReport | None = None
        self._on_progress, self._on_end = on_progress, on_end
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.running = False
        """Whether pictures are being looked at."""
        self._thumbs: dict[tuple[Path, str], SmallCopy | None] = {}

    def point(self, path: str, pictures: str | None = None) -> None:
        """Point at a folder or a table, and at the folder of its pictures; empty for its own."""
        self._refuse_running()
        self.path = path.strip()
        self.pictures = self.pictures if pictures is None else pictures.strip()
        self.intake = self.report = None
        if self.path:
            self.intake = guess_intake(self.path, pictures=self.pictures or None)

    def look_in(self, pictures: str) -> None:
        """Look for the pictures in another folder."""
        self.point(self.path, pictures)

    def write_into(self, folder: str) -> None:
        """Write the manifest into another folder."""
        self._refuse_running()
        self.into = folder.strip() or self.into

    def be_kind(self, kind: str) -> None:
        """Say which kind of task they are; what is guessed of columns is guessed anew."""
        self._refuse_running()
        known = self._known()
        self.intake = (
            known.changed(kind=kind)
            if known.path.is_dir()
            else guess_intake(self.path, kind, pictures=self.pictures or None)
        )

    def choose(self, role: str, column: str) -> None:
        """Say which column holds a role, text or tag; an empty one takes it out."""
        self._refuse_running()
        self.intake = self._known().changed(**{role: column})

    def take_in(self) -> None:
        """Begin to take in; the kernel goes on meanwhile."""
        self._refuse_running()
        known = self._known()
        if known.problems:
            raise TaskError(known.problems)
        self.report = None
        self._stop.clear()
        self.running = True
        self._thread = threading.Thread(target=self._run, args=(known, self.into), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop it; no manifest is written."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has ended."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self, intake: Intake, into: str) -> None:
        said = 0.0

        def watch(done: int, total: int) -> None:
            nonlocal said
            if self._stop.is_set():
                raise _Stopped
            now = time.monotonic()
            if now - said >= _EVERY_SECONDS:
                said = now
                self._on_progress(done, total)

        problem = ""
        try:
            self.report = take_in(intake, into, watch=watch)
        except _Stopped:
            problem = "Stopped: nothing was taken in."
        except (EvalWidgetsError, OSError) as error:
            problem = str(error)
        except Exception:  # the thread has nobody else who would hear it
            _log.exception("The intake failed")
            problem = "The intake failed, and nothing was taken in; the kernel's log says more."
        self.running = False
        self._on_end(problem)

    def thumbs(self) -> dict[str, SmallCopy]:
        """Return small copies of the pictures of the first rows, by their paths; none of sensitive ones."""
        if self.intake is None:
            return {}
        first, folder = self.intake.first, self.intake.folder
        if "sensitive" in first:
            first = first[~first["sensitive"].astype(str).str.lower().isin(("true", "yes", "1", "y"))]
        paths = {str(path) for role in PICTURE_ROLES if role in first for path in first[role]}
        for path in paths:
            if (folder, path) not in self._thumbs:
                self._thumbs[folder, path] = _thumb(folder, path)
        copies = {path: self._thumbs[folder, path] for path in sorted(paths)}
        return {path: copy for path, copy in copies.items() if copy is not None}

    def _known(self) -> Intake:
        if self.intake is None:
            raise TaskError(["Point at a folder or a table first."])
        return self.intake

    def _refuse_running(self) -> None:
        if self.running:
            msg = "Pictures are being taken in; wait for the end, or stop it."
            raise TaskError([msg])


def _thumb(folder: Path, path: str) -> SmallCopy | None:
    try:
        return small_copy(path_inside(folder, path, "the path"), _THUMB)
    except EvalWidgetsError:  # the report will say why
        return None
