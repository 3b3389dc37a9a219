"""Where the workspace is."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.workspace import workspace_root


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that looks like a workspace, with nothing said in the environment."""
    monkeypatch.delenv("EVALWIDGETS_HOME", raising=False)
    for name in ("rubrics", "data", "notebooks"):
        (tmp_path / "work" / name).mkdir(parents=True)
    return tmp_path / "work"


def test_the_nearest_folder_upwards_that_looks_like_one_is_the_workspace(workspace: Path) -> None:
    """A notebook's own folder, or one deep inside, leads to it."""
    deep = workspace / "notebooks" / "a" / "b"
    deep.mkdir(parents=True)

    assert workspace == workspace_root(workspace) == workspace_root(deep)


def test_without_a_start_the_current_folder_is_taken(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel runs in its notebook's folder."""
    monkeypatch.chdir(workspace / "notebooks")

    assert workspace == workspace_root()


def test_the_environment_comes_first(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`EVALWIDGETS_HOME` names the workspace, whatever it holds and wherever one stands."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setenv("EVALWIDGETS_HOME", str(elsewhere))

    assert elsewhere == workspace_root(workspace)


def test_a_home_that_does_not_exist_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the variable does not start an empty store somewhere."""
    monkeypatch.setenv("EVALWIDGETS_HOME", str(tmp_path / "wrok"))

    with pytest.raises(EvalWidgetsError, match=r"EVALWIDGETS_HOME names .*wrok.*, which is no folder"):
        workspace_root()


def test_outside_a_workspace_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names what was looked for and the way out; files of these names do not count."""
    monkeypatch.delenv("EVALWIDGETS_HOME", raising=False)
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "data").touch()

    with pytest.raises(
        EvalWidgetsError, match=r"rubrics, data, notebooks\. Start inside .* EVALWIDGETS_HOME"
    ):
        workspace_root(tmp_path)
