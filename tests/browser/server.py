"""A Jupyter server of a test's own on this machine, and its end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

TOKEN = "evalwidgets-test"


class Server:
    """A Python module that serves a folder; closes with what it started.

    Parameters
    ----------
    folder : Path
        What is served; settings and the log lie in it too.
    command : list of str
        The module and its arguments; `{port}` stands for the port.
    ready : str
        The path of a page that is there once the server is.
    environment : str
        What the server's environment holds beside the test's own.
    """

    def __init__(self, folder: Path, command: list[str], ready: str, **environment: str) -> None:
        self.folder = folder
        self.port = _free_port()
        self._name = command[0]
        home = folder / ".home"
        home.mkdir(exist_ok=True)
        # Settings and runtime files of its own: no test may touch a person's.
        places = {name: str(home / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
        self._log_file = folder / f"{self._name}-{self.port}.log"
        self._log = self._log_file.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", *(part.replace("{port}", str(self.port)) for part in command)],
            cwd=folder,
            env={**os.environ, **places, "HOME": str(home), "JUPYTER_PLATFORM_DIRS": "0", **environment},
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._await(ready)

    def log(self) -> str:
        """Return what the server has written."""
        return self._log_file.read_text(errors="replace")

    def close(self) -> None:
        """Stop the server and its kernels."""
        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
        self._log.close()

    def _await(self, ready: str) -> None:
        address = f"http://127.0.0.1:{self.port}/{ready}?token={TOKEN}"
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(address, timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        msg = f"{self._name} did not start:\n{self.log()[-3000:]}"
        raise RuntimeError(msg)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
