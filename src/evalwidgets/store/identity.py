"""Who the reviewer is: from the environment or a Jupyter hub, else what was said the first time."""

from __future__ import annotations

import os
from pathlib import Path


def known_reviewer() -> str | None:
    """Return the reviewer of this account, or None when nobody has said so yet.

    Notes
    -----
    `EVALWIDGETS_REVIEWER` comes first, then `JUPYTERHUB_USER`, then the name that was
    typed into a panel before. The name of the operating system's account is never
    taken: on a shared machine it would put several people's work under one name.
    """
    for variable in ("EVALWIDGETS_REVIEWER", "JUPYTERHUB_USER"):
        if os.environ.get(variable, "").strip():
            return os.environ[variable].strip()
    path = _remembered()
    return (path.read_text(encoding="utf-8").strip() or None) if path.is_file() else None


def remember_reviewer(name: str) -> None:
    """Keep the name for the next time, in this account's Jupyter settings."""
    path = _remembered()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(name.strip() + "\n", encoding="utf-8")


def _remembered() -> Path:
    from jupyter_core.paths import jupyter_config_dir

    return Path(jupyter_config_dir()) / "evalwidgets-reviewer"
