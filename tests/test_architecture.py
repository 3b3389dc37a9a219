"""Which way the arrows point: layers down only, and a core that rests on almost nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from .samples import ROOT

SOURCE = ROOT / "src" / "evalwidgets"
CORE = sorted((SOURCE / "core").glob("*.py"))
ALLOWED_IN_CORE = {*sys.stdlib_module_names, "pydantic", "pydantic_core", "annotated_types", "evalwidgets"}
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
HEAVY = {"pandas", "matplotlib", "numpy", "ipywidgets", "anywidget", "PIL", "sqlalchemy"}


def imported(path: Path, *, at_once: bool = False) -> Iterator[str]:
    """Yield the modules that a file imports; `at_once` leaves out what waits for a call or a type checker."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if at_once else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            yield str(node.module)


def test_the_contracts_of_the_house_are_kept() -> None:
    """Widgets rest on store and analysis, these on the core, and the two do not know each other."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

    # In a process of its own: it sets up logging anew, which would silence the tests after this one.
    linted = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ["layers"] == [contract["type"] for contract in contracts]
    assert linted.returncode == 0, linted.stdout + linted.stderr
    assert "1 kept, 0 broken" in linted.stdout


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_the_core_imports_the_standard_library_and_pydantic_only(path: Path) -> None:
    """Values and rules need no table, no widget and no database."""
    roots = {name.split(".")[0] for name in imported(path)}

    assert roots <= ALLOWED_IN_CORE


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_the_core_touches_no_file(path: Path) -> None:
    """Reading and writing is the business of the store."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    modules = {name.split(".")[0] for name in imported(path)}

    assert not names & {"open", "Path", "print", "input"}
    assert not modules & {"pathlib", "os", "shutil", "tempfile", "sqlite3", "io", "socket", "subprocess"}


@pytest.mark.parametrize("path", [*CORE, SOURCE / "errors.py"], ids=lambda path: path.name)
def test_nothing_below_knows_what_is_above(path: Path) -> None:
    """Neither the core nor the errors import a layer above them, not even inside a function."""
    own = {name for name in imported(path) if name.startswith("evalwidgets.")}

    above = {"pictures", "store", "analysis", "widgets", "command"}
    assert not {name for name in own if name.split(".")[1] in above}


@pytest.mark.parametrize("name", ["__init__.py", "errors.py", *(f"core/{path.name}" for path in CORE)])
def test_nothing_heavy_is_imported_at_once(name: str) -> None:
    """What takes time to load waits until it is used."""
    assert not {module.split(".")[0] for module in imported(SOURCE / name, at_once=True)} & HEAVY


def test_every_folder_is_a_layer_that_has_a_contract() -> None:
    """A new folder must be given its place before it can be used."""
    folders = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file()}

    assert folders == {"core", "pictures", "store", "analysis", "widgets", "command"}
