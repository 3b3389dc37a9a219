"""Who the reviewer is: from the environment or a Jupyter hub, else what was said the first time."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from evalwidgets.core.value import clean_text
from evalwidgets.errors import EvalWidgetsError

_LONGEST = 200  # characters that a store keeps of a name
_log = logging.getLogger(__name__)


def known_reviewer() -> str | None:
    """Return the reviewer of this account, or None when nobody has said so yet.

    Raises
    ------
    EvalWidgetsError
        If an environment variable holds what no store can keep as a name.

    Notes
    -----
    `EVALWIDGETS_REVIEWER` comes first, then `JUPYTERHUB_USER`, then the name that was
    typed into a panel before, unless several people share the account. The name of the
    operating system's account is never taken: on a shared machine it would put several
    people's work under one name.
    """
    for variable in ("EVALWIDGETS_REVIEWER", "JUPYTERHUB_USER"):
        if os.environ.get(variable, "").strip():
            return clean_reviewer(os.environ[variable], variable)
    if account_is_shared():
        return None
    try:
        return clean_reviewer(_remembered().read_text(encoding="utf-8"), "the remembered name")
    except (OSError, UnicodeDecodeError, EvalWidgetsError):
        return None  # then the panel asks


def remember_reviewer(name: str) -> None:
    """Keep the name for the next time, in this account's Jupyter settings.

    Where those cannot be written, or several people share the account, the name is simply
    asked for again next time.

    Raises
    ------
    EvalWidgetsError
        If it is empty, too long, or holds what no store can keep.
    """
    kept = clean_reviewer(name, "the reviewer's name")
    if account_is_shared():
        return
    path = _remembered()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(kept + "\n", encoding="utf-8")
    except OSError as error:
        _log.warning("The reviewer's name could not be remembered in %s: %s", path, error.strerror)


def account_is_shared() -> bool:
    """Whether several people work in this account, so that no name may be kept for it.

    `make practice` says so by `EVALWIDGETS_SHARED=1`: one server, many people.
    """
    return os.environ.get("EVALWIDGETS_SHARED", "").strip() not in ("", "0")


def clean_reviewer(name: str, where: str) -> str:
    """Return a name without the space around it, in the form in which reviews keep it.

    Raises
    ------
    EvalWidgetsError
        If it is empty, too long, holds a line break, or what no store can keep.
    """
    try:
        cleaned = clean_text(name.strip())
    except ValueError as error:
        msg = f"{where}: {error}."
        raise EvalWidgetsError(msg) from None
    if not 1 <= len(cleaned) <= _LONGEST or not cleaned.isprintable():
        msg = f"{where}: expected one line of 1 to {_LONGEST} characters, got {cleaned[:40]!r}."
        raise EvalWidgetsError(msg)
    return cleaned


def _remembered() -> Path:
    from jupyter_core.paths import jupyter_config_dir

    return Path(jupyter_config_dir()) / "evalwidgets-reviewer"
