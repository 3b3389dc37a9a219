"""What the tests of several layers share: a rubric, tasks on disk, a store, and callbacks that raise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import comm
import pytest
from comm.base_comm import BaseComm
from hypothesis import HealthCheck, settings

from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import ReviewStore, open_store
from evalwidgets.store.tasks import TaskSet, read_tasks

from .samples import every_control, write_manifest

# A busy machine is slow, not wrong.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture
def every() -> Rubric:
    """Return a rubric with each control once."""
    return every_control()


@pytest.fixture
def edits(tmp_path: Path) -> TaskSet:
    """Return six edit tasks on disk, two of each source."""
    return read_tasks(write_manifest(tmp_path / "manifest", 6))


@pytest.fixture
def work_store(tmp_path: Path) -> Iterator[ReviewStore]:
    """Return an empty store in a file."""
    with open_store(tmp_path / "work.db") as opened:
        yield opened


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return the list in which every message to the browser is recorded."""
    messages: list[dict[str, Any]] = []

    class RecordingComm(BaseComm):
        def publish_msg(self, msg_type: str, **message: Any) -> None:
            messages.append({"msg_type": msg_type, **message})

    monkeypatch.setattr(comm, "create_comm", RecordingComm)
    return messages


class _Loud:
    """Stands in for IPython, which ipywidgets asks to show what a callback raised."""

    def showtraceback(self) -> None:
        """Raise it again."""
        raise  # the one that is being handled


@pytest.fixture
def loud_callbacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what a widget's callback raises reach the test; without a kernel ipywidgets only logs it."""
    monkeypatch.setattr("ipywidgets.widgets.widget.get_ipython", _Loud)
