"""SIGKILL of a real kernel while somebody reviews: what the panel has confirmed is there again."""

from __future__ import annotations

import inspect
import json
import os
import random
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from jupyter_client import BlockingKernelClient, KernelManager

import evalwidgets as ew

from ..samples import ROOT, write_manifest
from ..store.faults import acknowledged_are_stored

KILLS = int(os.environ.get("EVALWIDGETS_KERNEL_KILLS", "24"))
"""In every run; 50 and more for a long one."""
LANES = 2
TASKS = 500
SECONDS = 0.8  # the longest life of a kernel, from building its panel to its end
RUBRIC = ROOT / "rubrics/image-edit.yaml"
CHARACTER = {"tags": {"subjects": ["character"], "edit_type": "add"}}
IMPORTS = """
from __future__ import annotations
import json, random
from pathlib import Path
import evalwidgets as ew
ew.ReviewPanel, ew.open_store, ew.read_rubric, ew.read_tasks
"""
OPEN = """
panel = ew.ReviewPanel(
    ew.read_tasks({manifest!r}), ew.read_rubric({rubric!r}), ew.open_store({db!r}), reviewer="ana", round="r1"
)
page = Page(panel, {log!r})
"""


class Page:
    """What the browser does: reads what the panel shows, sends the form's messages, notes what came back.

    Its source is sent to the kernel, so it rests on nothing else in this file.
    """

    def __init__(self, panel: ew.ReviewPanel, log: str) -> None:
        self._panel, self._form, self._log, self._submits = panel, panel._form, Path(log), 0

    @property
    def marks(self) -> dict[str, Any]:
        """Where the sheet stands that lies open, as the browser was last told."""
        shown, later = self._form.shown["marks"], self._form.marks
        return later if later and later["key"] == shown["key"] else shown

    def resume(self, task: str | None, key: str | None, unanswered: bool) -> None:
        """Ask again for a submit that was not answered, else go back to the sheet that was left open."""
        self._note("resumed")
        if unanswered:
            self._submit(task, key)
            assert self._panel.session.review_of(task).id == key
            self._note("ticked", task=task, key=key)
        elif task not in (None, self._panel.task.id):
            self._send(type="move", move="back")
            self._note("moved")

    def work(self) -> None:
        """Fill in and submit one sheet after the other, and revise every fourth or so."""
        while True:
            while not self.marks["ready"]:
                self._act(*self._next_act())
            key, task = self.marks["key"], self._panel.task.id
            revise = self.marks["revision"] == 1 and random.Random(key).random() < 0.25
            ticks = self._panel._bar.saved["count"]
            self._submit(task, key)
            assert (self._panel._bar.saved["state"], self._panel._bar.saved["count"]) == ("saved", ticks + 1)
            self._note("ticked", task=task, key=key)
            if revise:
                self._send(type="move", move="back")
                self._act("set_confidence", self.marks["confidence"] % 3 + 1)
                self._act("flag", "edge_case", "between two levels")

    def _next_act(self) -> tuple[Any, ...]:
        if self.marks["confidence"] is None:
            return "set_confidence", 2
        problem = next(one for one in self.marks["problems"] if one["kind"] != "advice")
        name = problem["criterion"]
        if problem["kind"] == "justification":
            return "write_note", name, "The hat at the left has lost its brim and its colour."
        row = next(row for row in self._form.shown["layout"]["rows"] if row["id"] == name)
        values = [option["value"] for option in row["options"]]
        # The lowest levels ask for notes, and contradict no other answer.
        scale = values[:3] if row["control"] == "ordinal" else values[:1]
        return "rate", name, random.Random(self.marks["key"] + name).choice(scale)

    def _act(self, act: str, *said: Any) -> None:
        key, seq = self.marks["key"], self.marks["seq"] + 1
        self._send(type="act", key=key, seq=seq, act=act, said=list(said), seconds=seq)
        assert (self.marks["key"], self.marks["seq"]) == (key, seq)
        self._note("kept")

    def _submit(self, task: str, key: str) -> None:
        self._note("submitting", task=task, key=key)
        self._submits += 1
        self._send(type="submit", key=key, view="page", count=self._submits, seconds=20)

    def _send(self, **message: Any) -> None:
        content = {"data": {"method": "custom", "content": message}}
        self._form.comm.handle_msg({"content": content, "buffers": []})
        assert self._form.shown["refused"] == ""

    def _note(self, what: str, **more: Any) -> None:
        sheet = {name: self.marks[name] for name in ("answers", "flags", "confidence", "note")}
        line = {"what": what, "task": self._panel.task.id, "key": self.marks["key"], "sheet": sheet, **more}
        with self._log.open("a") as file:
            file.write(json.dumps(line) + "\n")


class Lane:
    """One reviewer on one store, whose kernels are killed one after the other, and the judge of them."""

    def __init__(self, folder: Path, manifest: Path) -> None:
        self.db = folder / "reviews.db"
        self.acknowledged: list[str] = []
        self.mid_submit = 0
        self._folder, self._manifest, self._life = folder, manifest, 0
        session = ew.Session(ew.read_rubric(RUBRIC), ew.read_tasks(manifest), "ana", round="r1")
        self._order = session.order
        self._done: set[str] = set()
        self._kept: dict[str, Any] | None = None
        self._unanswered = False

    @property
    def _log(self) -> Path:
        return self._folder / f"life{self._life}.jsonl"

    @property
    def _state(self) -> tuple[str | None, str | None, bool]:
        kept = self._kept or {"task": None, "key": None}
        return kept["task"], kept["key"], self._unanswered

    def script(self) -> str:
        """Return what the next kernel runs: a new panel on the same store, then work without end."""
        self._life += 1
        places = {"manifest": self._manifest, "rubric": RUBRIC, "db": self.db, "log": self._log}
        opening = OPEN.format(**{name: str(path) for name, path in places.items()})
        return f"{opening}page.resume{self._state!r}\npage.work()"

    def look(self) -> None:
        """Resume once more, in this process and unharmed: the last kill is judged like all others."""
        self._life += 1
        with ew.open_store(self.db) as store:
            tasks, rubric = ew.read_tasks(self._manifest), ew.read_rubric(RUBRIC)
            panel = ew.ReviewPanel(tasks, rubric, store, reviewer="ana", round="r1")
            Page(panel, str(self._log)).resume(*self._state)
            panel.close()
        self.judge()

    def judge(self) -> None:
        """Hold what the latest kernel found against what those before it had confirmed."""
        text = self._log.read_text() if self._log.exists() else ""
        lines = [json.loads(line) for line in text.split("\n")[:-1]]
        if lines:
            self._assert_resumed(lines)
        for line in lines:
            if line["what"] == "kept":
                self._kept = line
            elif line["what"] == "submitting":
                self._unanswered = True
            elif line["what"] == "ticked":
                self.acknowledged.append(line["key"])
                self._done.add(line["task"])
                self._kept, self._unanswered = None, False
        self.mid_submit += bool(lines) and lines[-1]["what"] == "submitting"

    def _assert_resumed(self, lines: list[dict[str, Any]]) -> None:
        first, task, key = lines[0], *self._state[:2]
        stored = self._unanswered and first["key"] != key  # by the submit that was killed, or long before
        assert self._first_open({*self._done, task} if stored else self._done) == first["task"]

        found = [line for line in lines[:2] if line["what"] in ("resumed", "moved")][-1]
        killed_before_it_went_back = len(lines) == 1 and found["task"] != task
        if self._kept and not stored and not killed_before_it_went_back:
            assert (found["task"], found["key"]) == (task, key)
            assert said(self._kept["sheet"]) <= said(found["sheet"])

    def _first_open(self, done: set[str | None]) -> str:
        return next(task for task in self._order if task not in done)


def said(sheet: dict[str, Any]) -> set[tuple[str, ...]]:
    """Return all that a sheet says, one by one."""
    parts = [(name, *part) for name, answer in sheet["answers"].items() for part in answer.items()]
    parts += [("flag", *flag) for flag in sheet["flags"].items()]
    parts += [("confidence", sheet["confidence"]), ("note", sheet["note"])]
    return {tuple(map(str, part)) for part in parts if part[-1] not in (None, "")}


@contextmanager
def kernel(folder: Path) -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    """Start a Jupyter kernel that touches no file of this account, and end it whatever happens."""
    manager = KernelManager(kernel_name="python3", connection_file=str(folder / "kernel.json"))
    with (folder / "kernel.log").open("ab") as log:
        manager.start_kernel(
            extra_arguments=["--HistoryManager.enabled=False"],
            env={**os.environ, "IPYTHONDIR": str(folder / "ipython")},
            stdout=log,
            stderr=log,
        )
    client = manager.blocking_client()
    client.start_channels()
    try:
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def kill(manager: KernelManager, client: BlockingKernelClient, after: float) -> None:
    """Kill a kernel outright, that many seconds from now; its script must not have ended before."""
    try:
        reply = client.get_shell_msg(timeout=after)
    except Empty:
        process = manager.provisioner.process
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    else:
        pytest.fail("the script ended by itself:\n" + "\n".join(reply["content"].get("traceback", [])))


def one_life_each(lanes: list[Lane], chance: random.Random) -> None:
    """Start a kernel for each lane, let all of them work, and kill them at random moments."""
    with ExitStack() as stack:
        kernels = [stack.enter_context(kernel(lane.db.parent)) for lane in lanes]
        for _, client in kernels:
            client.wait_for_ready(timeout=120)
        for _, client in kernels:
            client.execute(IMPORTS + inspect.getsource(Page))
        for _, client in kernels:
            assert client.execute("Page", reply=True, timeout=120)["content"]["status"] == "ok"
        for lane, (_, client) in zip(lanes, kernels, strict=True):
            client.execute(lane.script())
        for manager, client in kernels:
            kill(manager, client, chance.uniform(0, SECONDS))


@pytest.mark.slow
def test_kills_of_the_kernel_lose_no_review_and_no_answer(tmp_path: Path) -> None:
    """Two reviewers' kernels are killed again and again; each goes on where the last was confirmed."""
    manifest = write_manifest(tmp_path, TASKS, **CHARACTER)
    lanes = [Lane(tmp_path / name, manifest) for name in ("one", "two")]
    for lane in lanes:
        lane.db.parent.mkdir()
    chance = random.Random(2)

    for _ in range(KILLS // LANES):
        one_life_each(lanes, chance)
        for lane in lanes:
            lane.judge()
    for lane in lanes:
        lane.look()

    acknowledged = sum(len(lane.acknowledged) for lane in lanes)
    print(f"{acknowledged} reviews acknowledged; {sum(lane.mid_submit for lane in lanes)} kills hit a submit")
    assert acknowledged > KILLS
    for lane in lanes:
        assert len(set(lane.acknowledged)) == len(lane.acknowledged)
        assert acknowledged_are_stored(lane.db, lane.acknowledged) == len(lane.acknowledged)
        with ew.open_store(lane.db) as store:
            assert store.verify() == ()
