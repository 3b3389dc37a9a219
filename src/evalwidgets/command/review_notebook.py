"""The notebook of an opened bundle: what the reviewer finds in JupyterLab."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evalwidgets.store.bundle.opened import Bundle

NOTEBOOK = "review.ipynb"

_TITLE = """\
# {title}

**For:** {reviewer}, {count} of round {round}. **You need:** a quiet hour; no network.
**You get:** every answer kept on this machine, and one file to send back.
**Time:** about half a minute for each task.
{note}
Choose *Run ▸ Run All Cells*, then work by keyboard. `?` shows all keys, `M` fills the window.
You can stop at any moment, also in the middle of a task: open the bundle again and go on where you were."""

_PANEL = """\
panel = ew.open_panel(
    bundle.tasks, bundle.rubric, bundle.store, bundle.reviewer, bundle.round,
    campaign=bundle.campaign, seed=bundle.seed, evidence=bundle.evidence
)
panel"""

_HAND_IN = """\
## 3. Hand in

When you are done, or whenever your lead asks: set `hand_in = True` below, run the cell, and send the file
that it names. You can go on afterwards and hand in again; nothing is counted twice."""


def write_review_notebook(bundle: Bundle) -> Path:
    """Write the notebook into the bundle's folder unless it is there, and return its path."""
    path = bundle.folder / NOTEBOOK
    if not path.exists():
        path.write_text(json.dumps(_document(bundle), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _document(bundle: Bundle) -> dict[str, Any]:
    count = len(bundle.tasks)
    title = _TITLE.format(
        title=_plain(bundle.rubric.title),
        reviewer=_plain(bundle.reviewer),
        round=_plain(bundle.round),
        count=f"{count} task{'' if count == 1 else 's'}",
        note=f"\n> {_plain(bundle.waybill.note)}\n" if bundle.waybill.note else "",
    )
    cells = [
        _text("title", title),
        _code("imports", "import evalwidgets as ew"),
        _code("parameters", 'folder = "."  # where this notebook lies', "parameters"),
        _text("review", "## 1. Review\n\nThe green tick means that your review is on disk."),
        _code("bundle", f"bundle = ew.open_bundle(folder)\n{_PANEL}"),
        _text("progress", "## 2. How far am I?\n\nRun this cell whenever you like; it changes nothing."),
        _code("far", "panel.progress"),
        _text("hand-in", _HAND_IN),
        _code("return", "hand_in = False\new.return_bundle(bundle) if hand_in else None"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _text(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def _code(name: str, source: str, *tags: str) -> dict[str, Any]:
    metadata = {"tags": [*tags]} if tags else {}
    plain: dict[str, Any] = {"cell_type": "code", "execution_count": None, "outputs": []}
    return {**plain, "id": name, "metadata": metadata, "source": source}


def _plain(text: str) -> str:
    """Return words from a bundle as Markdown and HTML that say no more than the words."""
    marked = "".join(f"\\{one}" if one in "\\`*_{}[]()#+!|~>$" else one for one in " ".join(text.split()))
    return marked.replace("&", "&amp;").replace("<", "&lt;")
