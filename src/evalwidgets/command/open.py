"""`evalwidgets open`: a reviewer's bundle in JupyterLab, on this machine only."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from evalwidgets.command.output import say
from evalwidgets.command.review_notebook import NOTEBOOK, write_review_notebook
from evalwidgets.store.bundle.opened import Bundle, open_bundle

SETTINGS = Path(__file__).with_name("jupyter")
"""JupyterLab's settings of the workspace: no news, no look for updates."""


def run(options: argparse.Namespace) -> int:
    """Unpack the bundle, or find it unpacked, and serve its notebook until it is stopped."""
    with open_bundle(options.bundle, options.into) as bundle:
        write_review_notebook(bundle)
        say([bundle, f"Unpacked in {bundle.folder}; what you answer is kept there.", _hint(bundle)])
        folder = bundle.folder.resolve()
    return _serve(_lab(folder, options), {**os.environ, "JUPYTER_CONFIG_PATH": str(SETTINGS)}, folder)


def _lab(folder: Path, options: argparse.Namespace) -> list[str]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        *(sys.executable, "-m", "jupyter", "lab"),
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.default_url=/doc/tree/{NOTEBOOK}",
        *([f"--ServerApp.port={options.port}"] if options.port else []),
        *(["--no-browser"] if options.no_browser else []),
        *(["--allow-root"] if root else []),
        *options.lab_option,
    ]


def _serve(command: list[str], environment: dict[str, str], folder: Path) -> int:
    server = subprocess.Popen(command, env=environment, cwd=folder)  # noqa: S603 - our own arguments
    while True:
        try:
            return server.wait()
        except KeyboardInterrupt:  # the terminal has told the server, too: it asks, or ends
            continue


def _hint(bundle: Bundle) -> str:
    return f"When you are done: evalwidgets return {bundle.folder} (or the last cell of the notebook)."
