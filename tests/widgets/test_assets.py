"""JavaScript and CSS reach the browser as one text each, made of modules that are tested apart."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import anywidget
import pytest

from evalwidgets.widgets import assets
from evalwidgets.widgets.board_part import BoardPart
from evalwidgets.widgets.chart_view import ChartView
from evalwidgets.widgets.exemplar_wall import ExemplarWall
from evalwidgets.widgets.feedback_view import FeedbackView
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.intake_part import IntakePart
from evalwidgets.widgets.mastery_map import MasteryMap
from evalwidgets.widgets.panel_bar import PanelBar
from evalwidgets.widgets.practice_page import PracticePage
from evalwidgets.widgets.rubric_form import RubricForm
from evalwidgets.widgets.tour import TourGuide

WIDGETS = [
    BoardPart,
    ChartView,
    ExemplarWall,
    FeedbackView,
    ImageStage,
    IntakePart,
    MasteryMap,
    PanelBar,
    PracticePage,
    RubricForm,
    TourGuide,
]
FOLDER = Path(str(assets.files("evalwidgets.widgets")))
MODULES = sorted(path.name for path in FOLDER.glob("*.js"))


def test_joined_modules_lose_their_imports_of_each_other_and_their_exports() -> None:
    """Only the default export of the widget itself is left."""
    text = assets.module("keys.js", "panel_bar.js")

    assert not re.search(r"^import ", text, re.MULTILINE)
    assert re.findall(r"^export .*$", text, re.MULTILINE) == ["export default { render };"]
    assert "function guardKeys(" in text


def test_styles_begin_with_the_theme() -> None:
    """What widgets share comes first, so that each may build on it."""
    theme = (FOLDER / "theme.css").read_text(encoding="utf-8")

    assert assets.styles("panel_bar.css").startswith(theme)
    assert (FOLDER / "panel_bar.css").read_text(encoding="utf-8") in assets.styles("panel_bar.css")


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_widget_carries_its_code_as_text(widget: type[anywidget.AnyWidget]) -> None:
    """A path would be watched and keep every instance alive."""
    for code in (widget._esm, widget._css):
        assert isinstance(code, str)
        assert "\n" in code


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
@pytest.mark.parametrize("widget", WIDGETS)
def test_the_joined_module_is_valid(widget: type[anywidget.AnyWidget], tmp_path: Path) -> None:
    """No two of its files declare the same name, and nothing that was cut is missed."""
    module = tmp_path / "widget.mjs"
    module.write_text(str(widget._esm), encoding="utf-8")

    found = subprocess.run(["node", "--check", module], capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize("name", MODULES)
def test_every_import_is_one_that_joining_understands(name: str) -> None:
    """One line, named, of a file beside it: any other import would reach the browser and fail there."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines(keepends=True)
    imports = [line for line in lines if re.match(r"\s*import\b(?!\()", line)]

    assert all(assets._LOCAL_IMPORT.fullmatch(line) for line in imports)
    for line in imports:
        assert re.findall(r'"\./([\w.]+)"', line)[0] in MODULES


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_widget_joins_every_module_that_its_modules_import(widget: type[anywidget.AnyWidget]) -> None:
    """Each imported file is part of the text, before it is used."""
    esm = str(widget._esm)
    joined = [name for name in MODULES if _body(name) in esm]

    for name in joined:
        for wanted in re.findall(r'from "\./([\w.]+)";', (FOLDER / name).read_text(encoding="utf-8")):
            assert wanted in joined, f"{name} imports {wanted}"


def _body(name: str) -> str:
    return assets.module(name)


@pytest.mark.parametrize("name", MODULES)
def test_no_module_writes_markup(name: str) -> None:
    """Text reaches the page as text, never as HTML."""
    text = (FOLDER / name).read_text(encoding="utf-8")

    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
    )


@pytest.mark.parametrize("name", [*MODULES, *sorted(path.name for path in FOLDER.glob("*.css"))])
def test_nothing_is_loaded_from_elsewhere(name: str) -> None:
    """The panel works without a network: no address but the server's own."""
    text = (FOLDER / name).read_text(encoding="utf-8")

    addresses = re.findall(
        r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", re.sub(r"http://www\.w3\.org/\d+/svg", "", text)
    )
    assert addresses == []
