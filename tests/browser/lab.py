"""A real JupyterLab on this machine, and the few things that a person does in it."""

from __future__ import annotations

import json
import os
import shutil
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, expect
from server import TOKEN, Server

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_CONFIG = Path(__file__).resolve().parents[2] / "src" / "evalwidgets" / "command" / "jupyter"
_KERNEL_READY = """() => {
  const context = window.jupyterapp?.shell.currentWidget?.sessionContext;
  const kernel = context?.session?.kernel;
  return context?.isReady && kernel?.connectionStatus === "connected" && kernel.status === "idle";
}"""


def launch_chromium(playwright: Playwright) -> Browser:
    """Start a headless Chromium: the one named by CHROMIUM, the system's, or Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    return playwright.chromium.launch(executable_path=found, args=_FLAGS, headless=True)


class Lab(Server):
    """A JupyterLab server with a folder of its own, set up as `make lab` does."""

    def __init__(self, folder: Path, theme: str = "light", **environment: str) -> None:
        home = folder / ".home"
        _set(home, "notification", fetchNews="false", checkForUpdates=False)
        _set(home, "themes", theme="JupyterLab Dark" if theme == "dark" else "JupyterLab Light")
        command = [
            *("jupyter", "lab", "--no-browser", "--allow-root"),
            f"--ServerApp.root_dir={folder}",
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.port={port}",
            "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={TOKEN}",
            "--LabApp.expose_app_in_browser=True",
        ]
        super().__init__(folder, command, "api", JUPYTER_CONFIG_PATH=str(_CONFIG), **environment)

    def url(self, path: str = "lab", mode: str = "") -> str:
        """Return the address of a page, with the token that opens it."""
        return f"http://127.0.0.1:{self.port}/{path}?token={TOKEN}&reset{mode}"

    def open(self, page: Page, notebook: str) -> None:
        """Open a notebook, alone in the window as a reviewer has it, and wait for its kernel."""
        page.goto(self.url(f"doc/tree/{notebook}"))
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        page.wait_for_function(_KERNEL_READY, timeout=60_000)

    def run_all(self, page: Page) -> None:
        """Run all cells as the menu does."""
        self.command(page, "notebook:run-all-cells")

    def command(self, page: Page, name: str) -> None:
        """Run one of JupyterLab's commands by name, without waiting for its end."""
        page.evaluate("name => { window.jupyterapp.commands.execute(name); }", name)

    def restart_kernel(self, page: Page) -> None:
        """Restart the kernel of the open notebook, as the menu does, and wait until it is ready."""
        page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
            ".then(() => {})"
        )
        page.wait_for_function(_KERNEL_READY, timeout=60_000)

    def kernels(self) -> list[dict[str, str]]:
        """Return the running kernels, as the server lists them."""
        address = f"http://127.0.0.1:{self.port}/api/kernels?token={TOKEN}"
        with urllib.request.urlopen(address, timeout=10) as reply:
            return list(json.load(reply))


def make_notebook(path: Path, *cells: str) -> Path:
    """Write a notebook with these code cells."""
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    document = {
        "cells": [{**cell, "id": f"cell-{place}", "source": source} for place, source in enumerate(cells)],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def cells_of(page: Page) -> list[tuple[str, str]]:
    """Return type and source of each cell of the open notebook."""
    found = page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells"
        ".map(cell => [cell.cell_type, cell.getSource()])"
    )
    return [tuple(cell) for cell in found]


def await_panel(page: Page) -> None:
    """Wait until the panel shows a painted task."""
    page.wait_for_selector(".ew-stage[data-painted]", timeout=60_000)
    expect(page.locator(".ew-row").first).to_be_visible()


def _set(home: Path, name: str, **settings: object) -> None:
    folder = home / "jupyter_config_dir" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.jupyterlab-settings").write_text(json.dumps(settings))
