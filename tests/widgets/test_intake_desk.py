"""The intake desk: the guess as a form, corrections, an intake beside the kernel, its report."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from evalwidgets.errors import TaskError, UnknownName
from evalwidgets.store.intake.take_in import Watch
from evalwidgets.widgets import intake_work
from evalwidgets.widgets.intake_desk import _ACTS, IntakeDesk

from ..store.intake.folders import pictures
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
FOLDER = Path(intake_work.__file__).parent


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """Return a table of three edits, one of which has no picture, one with a script as its instruction."""
    folder = pictures(tmp_path / "delivery", "o.png", "e.png", "f.png")
    rows = {
        "original": ["o.png"] * 3,
        "edited": ["e.png", "f.png", "gone.png"],
        "instruction": ["<b>Remove</b> it", "Add a cup", "Add two"],
        "model": ["lark", "wren", "lark"],
        "sensitive": ["no", "yes", "no"],
    }
    pd.DataFrame(rows).to_csv(folder / "edits.csv", index=False)
    return folder


def press(desk: IntakeDesk, act: str, *said: Any) -> str:
    """Report an act as the page does, and return what the desk says went wrong."""
    send(desk._part, {"type": "act", "n": 1, "act": act, "said": list(said)})
    return str(desk._part.view["problem"])


def columns(desk: IntakeDesk) -> dict[str, str]:
    """Return what the form says: role, text or tag to its column, where it has one."""
    groups = desk._part.view["guess"]["groups"]
    return {one["name"]: one["column"] for group in groups for one in group["roles"] if one["column"]}


def test_a_guess_is_shown_as_a_form_with_its_first_rows(delivery: Path, tmp_path: Path) -> None:
    """Selects hold the columns, sentences what was guessed, rows small copies; none of what is sensitive."""
    desk = IntakeDesk(delivery, into=tmp_path / "work")
    view = desk._part.view["guess"]

    assert {"original", "edited", "instruction", "model", "sensitive"} == set(columns(desk))
    assert view["said"][0] == "Tasks of kind edit."
    rows = [dict(zip(view["first"]["heads"], row, strict=True)) for row in view["first"]["rows"]]
    assert "<b>Remove</b> it" == rows[0]["Instruction"]["text"]
    assert rows[0]["Edited"]["thumb"] in desk._part.thumbs
    assert ("", "") == (rows[1]["Edited"]["thumb"], rows[2]["Edited"]["thumb"])
    assert "IntakeDesk('delivery', into='work')" == repr(desk)


def test_the_form_corrects_the_guess(delivery: Path) -> None:
    """A select gives a role another column or none, a column becomes a tag, the kind is changed."""
    desk = IntakeDesk(delivery)

    assert "" == press(desk, "choose", "original", "")
    assert ["A task of kind edit needs the picture original: say which column it is."] == desk._part.view[
        "guess"
    ]["problems"]
    assert "needs the picture original" in press(desk, "take_in")
    assert "" == press(desk, "choose", "original", "edited")
    assert "" == press(desk, "be_kind", "image")
    assert "image" == desk._part.view["guess"]["kind"]
    assert "No column 'nothing'" in press(desk, "choose", "model", "nothing")


def test_tasks_are_taken_in_and_reported(delivery: Path, tmp_path: Path) -> None:
    """The report lists what was odd, and the tasks are there by name."""
    desk = IntakeDesk(delivery, into=tmp_path / "work")
    with pytest.raises(TaskError, match="No tasks have been taken in yet"):
        _ = desk.tasks
    press(desk, "take_in")

    report = desk.wait(30)
    assert report is not None
    assert 2 == len(desk.tasks)
    view = desk._part.view["report"]
    assert "work/tasks.jsonl" == view["where"]
    assert [("missing file", 1)] == [(one["kind"], one["n"]) for one in view["kinds"]]
    assert not desk._part.view["running"]


def test_the_kernel_answers_while_pictures_are_looked_at(
    delivery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress comes at most five times a second, the form is closed meanwhile, and it can be stopped."""
    begun, go_on = threading.Event(), threading.Event()
    heard: list[dict[str, int]] = []

    def slow(_intake: object, _into: object, *, watch: Watch) -> None:
        for done in range(1000):
            watch(done, 1000)
        begun.set()
        go_on.wait(30)
        watch(1000, 1000)

    monkeypatch.setattr(intake_work, "take_in", slow)
    desk = IntakeDesk(delivery, into=tmp_path / "work")
    desk._part.observe(lambda change: heard.append(change["new"]), "progress")
    press(desk, "take_in")
    assert begun.wait(30)

    assert desk._part.view["running"]
    assert {"done": 0, "total": 1000} == heard[0]
    assert len(heard) < 20
    assert "wait for the end" in press(desk, "choose", "model", "")
    press(desk, "stop")
    go_on.set()
    desk.wait(30)
    assert "Stopped: nothing was taken in." == desk._part.view["problem"]
    assert {} == desk._part.progress


def test_what_fails_is_said(delivery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that leads nowhere, tasks already there, and whatever nobody thought of."""
    desk = IntakeDesk(tmp_path / "nowhere", into=tmp_path / "work")
    assert "expected a folder or a file" in desk._part.view["problem"]
    assert desk._part.view["guess"] is None
    assert "Point at a folder" in press(desk, "take_in")
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "tasks.jsonl").write_text("{}", encoding="utf-8")
    press(desk, "point", str(delivery))
    press(desk, "take_in")
    desk.wait(30)
    assert "holds other tasks" in desk._part.view["problem"]

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(intake_work, "take_in", broken)
    press(desk, "take_in")
    desk.wait(30)
    assert "the kernel's log says more" in desk._part.view["problem"]


def test_only_acts_of_the_desk_are_done() -> None:
    """What the page may ask for is a list, and each has its place in the page."""
    desk = IntakeDesk()
    texts = "".join((FOLDER / f"intake_{name}.js").read_text() for name in ("guess", "report", "part"))

    assert "No act '_run'" in press(desk, "_run")
    assert all(f'act("{name}"' in texts for name in _ACTS)
    with pytest.raises(UnknownName):
        desk.act("__init__")
    desk.close()
