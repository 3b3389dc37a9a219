"""A part of the board: its code is whole, and only acts are heard."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.widgets import assets
from evalwidgets.widgets.board_part import BoardPart

from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
FOLDER = Path(str(assets.files("evalwidgets.widgets")))


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_joined_module_is_valid(tmp_path: Path) -> None:
    """No two of its files declare the same name, and nothing that was cut is missed."""
    module = tmp_path / "part.mjs"
    module.write_text(str(BoardPart._esm), encoding="utf-8")

    found = subprocess.run(["node", "--check", module], capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stderr


def test_every_module_that_is_imported_is_joined() -> None:
    """Before it is used."""
    esm = str(BoardPart._esm)
    joined = [path.name for path in FOLDER.glob("*.js") if assets.module(path.name) in esm]

    assert {"board_part.js", "board_head.js", "board_asks.js", "keys.js"} <= set(joined)
    for name in joined:
        for wanted in re.findall(r'from "\./([\w.]+)";', (FOLDER / name).read_text(encoding="utf-8")):
            assert wanted in joined, f"{name} imports {wanted}"


def test_every_act_of_the_page_is_known_to_a_board() -> None:
    """No button asks for what the kernel does not do, and nothing that it does lacks a button."""
    from evalwidgets.widgets import adjudication_panel as panel
    from evalwidgets.widgets import calibration_board as board
    from evalwidgets.widgets import explorer
    from evalwidgets.widgets import gap_register as register
    from evalwidgets.widgets import gold_bench as bench
    from evalwidgets.widgets import rubric_desk as desk

    of_board, of_bench = (board._PLANNING, board._MEETING, board._MOVES), (bench._WORK, bench._MOVES)
    others = (register._WORK, panel._WORK, desk._WORK, explorer._WORK, explorer._MOVES)
    known = {act for acts in (*of_board, *of_bench, *others) for act in acts}
    asked = set(re.findall(r'\b(?:act|done)\("(\w+)"', str(BoardPart._esm)))

    assert asked <= known
    # A chart reports picks, the register opens a gap, the contact sheet says what is opened.
    assert known - asked <= {"pick", "open_gap", "open"}


@pytest.mark.parametrize(
    "content",
    [
        {"type": "act", "act": "look", "said": []},
        {"type": "act", "n": "1", "act": "look", "said": []},
        {"type": "act", "n": 1, "act": 3, "said": []},
        {"type": "act", "n": 1, "act": "look", "said": "x"},
        {"type": "else"},
        {},
    ],
)
def test_what_is_no_act_is_let_go(content: dict[str, Any]) -> None:
    """A page of another version may send anything."""
    heard: list[Any] = []
    part = BoardPart(lambda *said: bool(heard.append(said)))

    send(part, content)

    assert [] == heard
    assert "BoardPart()" == repr(part)
