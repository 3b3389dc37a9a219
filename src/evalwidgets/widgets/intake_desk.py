"""The intake desk: point at pictures or a table, look at the guess, take the tasks in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evalwidgets.errors import TaskError, UnknownName
from evalwidgets.store.intake.intake import Intake
from evalwidgets.store.intake.intake_report import IntakeReport
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.intake_part import IntakePart
from evalwidgets.widgets.intake_view import guess_view, report_view
from evalwidgets.widgets.intake_work import IntakeWork
from evalwidgets.widgets.lead_board import LeadBoard

_ACTS = ("point", "look_in", "write_into", "be_kind", "choose", "take_in", "stop")


class IntakeDesk(LeadBoard):
    """A desk at which tasks are taken in without programming.

    Parameters
    ----------
    path : str or Path
        A folder, or a CSV, JSONL or Parquet file, to begin with.
    into : str or Path
        The folder in which `tasks.jsonl` is written.

    Notes
    -----
    Pictures are looked at in a thread, so the notebook stays usable; `wait` waits for its end.
    Then `desk.tasks` are the tasks and `desk.report` says what was odd.
    """

    def __init__(self, path: str | Path = "", *, into: str | Path = "data/work/intake") -> None:
        self.work = IntakeWork(Path(into), self._on_progress, self._on_end)
        self._part = IntakePart(self._on_act)
        super().__init__([self._part])
        self.add_class("ew-intake")
        if str(path):
            self._on_act("point", [str(path)])
        else:
            self._refresh()

    @property
    def intake(self) -> Intake | None:
        """What is pointed at, as guessed and corrected."""
        return self.work.intake

    @property
    def report(self) -> IntakeReport | None:
        """What was odd; None until the tasks are taken in."""
        return self.work.report

    @property
    def tasks(self) -> TaskSet:
        """The tasks that were taken in.

        Raises
        ------
        TaskError
            If none have been yet.
        """
        if self.work.report is None:
            raise TaskError(["No tasks have been taken in yet: press Take in, or call desk.act('take_in')."])
        return self.work.report.tasks

    def wait(self, seconds: float | None = None) -> IntakeReport | None:
        """Wait until the pictures have been looked at, and return the report."""
        self.work.wait(seconds)
        return self.report

    def close(self) -> None:
        """Stop what runs and close the widgets."""
        self.work.stop()
        super().close()

    def __repr__(self) -> str:
        """Return one deterministic line: what a reader of the saved notebook sees."""
        return f"IntakeDesk({Path(self.work.path).name!r}, into={Path(self.work.into).name!r})"

    def _do(self, name: str, said: list[Any]) -> None:
        if name not in _ACTS:
            raise UnknownName("act", name, _ACTS, "the intake desk")
        getattr(self.work, name)(*said)

    def _look_again(self) -> None:
        """Nothing changes behind the desk's back."""

    def _on_progress(self, done: int, total: int) -> None:
        with self._lock:
            self._part.progress = {"done": done, "total": total}

    def _on_end(self, problem: str) -> None:
        with self._lock:
            self._part.progress = {}
            self._refresh(problem)

    def _refresh(self, problem: str = "") -> None:
        work = self.work
        copies = work.thumbs()
        self._part.thumbs = {copy.digest: copy.data for copy in copies.values()}
        names = {path: copy.digest for path, copy in copies.items()}
        self._part.view = {
            "kind": "intake",
            "path": work.path,
            "pictures": work.pictures,
            "into": work.into,
            "problem": problem,
            "running": work.running,
            "guess": guess_view(work.intake, names) if work.intake else None,
            "report": report_view(work.report) if work.report else None,
        }
