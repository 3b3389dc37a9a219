"""Bundles from the command line: opened, handed in, merged."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import evalwidgets as ew
from evalwidgets.__main__ import main
from evalwidgets.command import open as open_command

from .samples import every_control
from .store.bundle_samples import answer, hand_in, kinds, tasks_in, write


def run(*arguments: object) -> int:
    """Run a command."""
    return main([str(one) for one in arguments])


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what would have been started instead of a server."""
    found: list[Any] = []

    class Server:
        def __init__(self, command: list[str], **more: Any) -> None:
            found.extend([command, more])

        def wait(self) -> int:
            if len(found) < 3:
                found.append("interrupted")
                raise KeyboardInterrupt
            return 0

    monkeypatch.setattr(open_command.subprocess, "Popen", Server)
    return found


def test_open_serves_the_notebook_on_this_machine_only(tmp_path: Path, started: list[Any]) -> None:
    """JupyterLab gets the workspace's settings; the terminal's interrupt is the server's to answer."""
    path = write(tasks_in(tmp_path / "lead"), tmp_path, "ana")[0]
    assert 0 == run("open", path, "--no-browser", "--port", 8899)

    command, more, _ = started
    folder = path.with_suffix("").resolve()
    assert [sys.executable, "-m", "jupyter", "lab"] == command[:4]
    assert {"--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={folder}", "--no-browser"} <= {*command}
    assert "--ServerApp.port=8899" in command
    settings = Path(more["env"]["JUPYTER_CONFIG_PATH"]) / "labconfig/default_setting_overrides.json"
    assert "fetchNews" in settings.read_text()


def test_the_notebook_is_written_once_and_says_words_only(tmp_path: Path, started: list[Any]) -> None:
    """What a bundle says cannot become a link, a formula or a tag; and a reviewer's own notes stay."""
    note = "<img src=x> [here](javascript:x) $x$ `y`\n# big"
    path = write(tasks_in(tmp_path / "lead"), tmp_path, "ana", note=note)[0]
    run("open", path)
    notebook = path.with_suffix("") / "review.ipynb"
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]

    told = "".join(cells[0]["source"])
    assert r"\[here\]\(javascript:x\) \$x\$ \`y\` \# big" in told
    assert "<img" not in told
    for cell in cells:
        if cell["cell_type"] == "code":
            compile(cell["source"], "cell", "exec")
    notebook.write_text(
        notebook.read_text(encoding="utf-8").replace("Hand in", "Hand it in"), encoding="utf-8"
    )
    run("open", path.with_suffix(""))
    assert "Hand it in" in notebook.read_text(encoding="utf-8")


def test_return_and_merge_say_what_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Unfinished work may be handed in; a merge that leaves nothing out ends well, with its list."""
    with ew.open_store(tmp_path / "lead.db") as store:
        path = write(tasks_in(tmp_path / "lead"), tmp_path, "ana", store=store)[0]
    with ew.open_bundle(path) as bundle:
        answer(bundle, 1)

    assert 0 == run("return", bundle.folder)
    told = capsys.readouterr()
    assert f"{path.stem}.returned.evalbundle" in told.out
    assert "2 of 3 tasks are not submitted yet" in told.err

    merge = ("merge", tmp_path, "--store", tmp_path / "lead.db", "--tasks", tmp_path / "lead/tasks.jsonl")
    assert 0 == run(*merge)
    told = capsys.readouterr()
    assert told.out.startswith("MergeReport(1 bundle; reviews: 1 new, 0 already there, 0 held back; 1 odd)")
    assert "- missing (ana): 2 of 3 tasks are not answered yet: " in told.out


def test_a_merge_that_leaves_something_out_says_so_by_its_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script can tell that somebody must look; the sentence steers no terminal."""
    path = write(tasks_in(tmp_path / "lead"), tmp_path, "ana")[0]
    with ew.open_bundle(path) as bundle:
        answer(bundle, 3)
        back = hand_in(bundle)
    evil = tmp_path / "evil\x1b[2J.returned.evalbundle"
    with zipfile.ZipFile(evil, "w") as file:
        file.writestr("../x", "x")

    assert 1 == run("merge", back, evil, "--store", tmp_path / "lead.db")
    told = capsys.readouterr().out
    assert "which this store does not know" in told
    assert "\x1b" not in told
    with ew.open_store(tmp_path / "lead.db") as store:
        report = ew.merge_bundles(back, store, rubric=every_control())
    assert (3, []) == (report.new, kinds(report))
