"""What `import evalwidgets` gives: the names that others build on, and nothing heavy before it is used."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys

import pytest

import evalwidgets

from .samples import ROOT

HEAVY = ["pandas", "numpy", "matplotlib", "ipywidgets", "anywidget", "PIL", "sqlalchemy", "yaml", "IPython"]
PROMISED = {
    "Answer",
    "EvalWidgetsError",
    "Gold",
    "Review",
    "ReviewPanel",
    "ReviewStore",
    "Rubric",
    "Session",
    "Task",
    "TaskSet",
    "check",
    "feedback",
    "gold_table",
    "open_store",
    "read_gold",
    "read_rubric",
    "read_tasks",
}
"""Names of issue 2 and of the notebooks, which may be joined by others but never go."""


def run(code: str) -> str:
    """Run code in a fresh interpreter and return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_list_of_names_is_sorted_and_complete() -> None:
    """`__all__`, `dir()` and the table of homes are one list."""
    assert sorted(evalwidgets.__all__) == evalwidgets.__all__
    assert sorted(evalwidgets._HOMES) == evalwidgets.__all__
    assert dir(evalwidgets) == evalwidgets.__all__
    assert set(evalwidgets.__all__) >= PROMISED


@pytest.mark.parametrize("name", evalwidgets.__all__)
def test_every_name_is_there_and_says_what_it_is(name: str) -> None:
    """Each can be imported, comes from this package, and has a docstring."""
    value = getattr(evalwidgets, name)

    assert value.__module__ == f"evalwidgets.{evalwidgets._HOMES[name]}"
    assert value is getattr(evalwidgets, name)
    assert inspect.getdoc(value)


def test_a_type_checker_sees_the_same_names() -> None:
    """The imports for type checkers name exactly what is loaded on use."""
    tree = ast.parse((ROOT / "src" / "evalwidgets" / "__init__.py").read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))

    seen = {
        alias.name: node.module
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert {name: f"evalwidgets.{home}" for name, home in evalwidgets._HOMES.items()} == seen


def test_an_unknown_name_is_told_with_those_that_exist() -> None:
    """A slip shows the list."""
    with pytest.raises(AttributeError, match=r"has no attribute 'ReviewPannel'; it has .*ReviewPanel"):
        evalwidgets.ReviewPannel  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    """Tables, charts, widgets, pictures and databases are loaded when they are first used."""
    loaded = run(f"import sys, evalwidgets; print(*[name for name in {HEAVY} if name in sys.modules])")

    assert loaded == ""


def test_rating_and_checking_load_nothing_heavy_either() -> None:
    """A script that only checks reviews needs the core."""
    code = "import sys, evalwidgets as ew; ew.Session, ew.check, ew.feedback, ew.Review"

    loaded = run(f"{code}; print(*[name for name in {HEAVY} if name in sys.modules])")

    assert loaded == ""


def test_importing_the_package_costs_little_more_than_pydantic() -> None:
    """Measured inside the process, best of three: under 0.3 s beyond pydantic."""
    code = (
        "import time, pydantic; pydantic.BaseModel; start = time.process_time(); "
        "import evalwidgets; evalwidgets.Review; print(time.process_time() - start)"
    )

    assert min(float(run(code)) for _ in range(3)) < 0.3


def test_star_import_gives_the_public_names() -> None:
    """`from evalwidgets import *` is what `__all__` says."""
    space: dict[str, object] = {}

    exec("from evalwidgets import *", space)

    assert set(evalwidgets.__all__) == {name for name in space if not name.startswith("__")}
