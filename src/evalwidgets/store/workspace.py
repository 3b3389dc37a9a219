"""Where the workspace is: the folder that holds rubrics, demo tasks and the store."""

from __future__ import annotations

import os
from pathlib import Path

from evalwidgets.errors import EvalWidgetsError

_MARKS = ("rubrics", "data", "notebooks")


def workspace_root(start: Path | None = None) -> Path:
    """Return the workspace: `EVALWIDGETS_HOME`, else the nearest folder upwards that looks like one.

    Parameters
    ----------
    start : Path, optional
        Where to look from; the current folder by default (a notebook's own).

    Raises
    ------
    EvalWidgetsError
        If no folder upwards holds `rubrics/`, `data/` and `notebooks/`, or
        `EVALWIDGETS_HOME` names no folder.
    """
    home = os.environ.get("EVALWIDGETS_HOME")
    if home:
        folder = Path(home).expanduser().resolve()
        if not folder.is_dir():
            # Making it would start an empty store beside the one that was meant.
            msg = f"EVALWIDGETS_HOME names {home!r}, which is no folder; make it, or correct the name."
            raise EvalWidgetsError(msg)
        return folder
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if all((folder / mark).is_dir() for mark in _MARKS):
            return folder
    msg = (
        f"No workspace at or above {here}: expected a folder with {', '.join(_MARKS)}. "
        "Start inside the workspace, or set EVALWIDGETS_HOME to its folder."
    )
    raise EvalWidgetsError(msg)
