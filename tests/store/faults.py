"""Writers that can be killed, and a judge that does not share the store's code.

The judge reads the file with plain SQL, so that a mistake of the store cannot hide
from it. It serves any writer that says, after submit has returned, which id it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import select
import signal
import traceback
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from evalwidgets.store.engine import sqlite_module

Say = Callable[[str], None]


class Writer:
    """A child process that says one line for each thing that it has done."""

    def __init__(self, pid: int, pipe: int) -> None:
        self.pid = pid
        self._pipe = pipe
        self._text = b""
        self._ended = False

    @property
    def lines(self) -> list[str]:
        """What it has said so far; half a line was never said."""
        while not self._ended and select.select([self._pipe], [], [], 0)[0]:
            self._read()
        return self._said()

    def wait_for(self, count: int) -> list[str]:
        """Wait until it has said this many lines."""
        while len(self._said()) < count and not self._ended:
            self._read()
        assert len(self._said()) >= count, self._text.decode()
        return self._said()

    def kill(self) -> list[str]:
        """Kill it outright, and return all that it had said."""
        os.kill(self.pid, signal.SIGKILL)
        lines, status = self._wait()
        assert os.WIFSIGNALED(status), f"it had ended by itself: {lines[-20:]}"
        return lines

    def finish(self) -> list[str]:
        """Wait for its end, and return all that it said."""
        lines, status = self._wait()
        assert status == 0, "\n".join(lines[-30:])
        return lines

    def _wait(self) -> tuple[list[str], int]:
        while not self._ended:
            self._read()
        _, status = os.waitpid(self.pid, 0)
        os.close(self._pipe)
        return self._said(), status

    def _read(self) -> None:
        got = os.read(self._pipe, 65_536)
        self._text += got
        self._ended = not got

    def _said(self) -> list[str]:
        return self._text.decode().split("\n")[:-1]


def start(work: Callable[[Say], None]) -> Writer:
    """Run the work in a forked child, which costs milliseconds where a new Python costs a second."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Writer(pid, reading)
    status = 1
    try:
        os.close(reading)
        work(lambda line: _write(writing, line))
        status = 0
    except BaseException:
        _write(writing, traceback.format_exc())
    finally:
        os._exit(status)


def _write(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


class Gate:
    """Children that have opened the store wait here, and start in the same moment."""

    def __init__(self) -> None:
        self._waiting, self._open = os.pipe()

    def wait(self) -> None:
        """Wait, in a child, until the parent opens the gate."""
        os.close(self._open)
        os.read(self._waiting, 1)

    def open(self) -> None:
        """Let everybody through."""
        os.close(self._open)
        os.close(self._waiting)


def acknowledged_are_stored(db: Path, acks: Iterable[str]) -> int:
    """Assert that each acknowledged id is stored once and whole, and nothing twice or half.

    Parameters
    ----------
    db : Path
        The store's SQLite file.
    acks : iterable of str
        The id of each review whose submit returned.

    Returns
    -------
    int
        How many reviews are stored; those beyond the acknowledged ones were stored
        by a submit that was killed before it could return.
    """
    with closing(sqlite_module().connect(str(db))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = connection.execute(
            "SELECT id, campaign, reviewer, task, rubric, round, revision, payload, payload_hash FROM review"
        ).fetchall()
        ratings: dict[str, set[str]] = {}
        for review, criterion in connection.execute("SELECT review, criterion FROM rating"):
            ratings.setdefault(review, set()).add(criterion)
    stored = [row[0] for row in rows]
    lost = sorted(set(acks) - set(stored))
    assert lost == [], f"{len(lost)} acknowledged reviews are lost, such as {lost[:3]}"
    assert len(stored) == len(set(stored)), "an id is stored twice"
    assert len(rows) == len({row[1:7] for row in rows}), "a place holds two reviews"
    for name, *_, payload, payload_hash in rows:
        _assert_whole(name, payload, payload_hash, ratings.get(name, set()))
    return len(stored)


def _assert_whole(name: str, payload: str, payload_hash: str, criteria: set[str]) -> None:
    assert hashlib.sha256(payload.encode()).hexdigest() == payload_hash, f"{name}: the payload is damaged"
    told = json.loads(payload)
    given = {
        criterion
        for criterion, answer in told["answers"].items()
        if told["state"] == "submitted" and (answer["value"] is not None or answer["na"] is not None)
    }
    assert criteria == given, f"{name}: half a review"
