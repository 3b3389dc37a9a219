"""Where a page that people keep is written: beside it the same as Markdown."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Protocol

from evalwidgets.errors import StoreError

_LONGEST = 50  # characters: of four bytes each they still fit


class Written(Protocol):
    """What is written as a page and as text."""

    @property
    def html(self) -> str:
        """One self-contained page."""

    @property
    def markdown(self) -> str:
        """The same as Markdown."""


def save_page(folder: str | os.PathLike[str], names: tuple[str, ...], page: Written, what: str) -> Path:
    """Write ``<name>/<name>.html`` and ``.md`` into a folder and return the path of the page.

    Parameters
    ----------
    folder : path
        Made when it is missing.
    names : tuple of str
        Folders inside it, then the file; any text, made into names that every system takes.
    page : Written
        What is written; a later one takes the place of an earlier one.
    what : str
        What errors call it, for example "The minutes".

    Raises
    ------
    StoreError
        If it cannot be written there.
    """
    path = page_path(folder, names)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for place, text in ((path, page.html), (path.with_suffix(".md"), page.markdown)):
            spare = place.with_name(place.name + ".new")
            spare.write_text(text, encoding="utf-8")
            spare.replace(place)
    except OSError as error:
        msg = f"{what} could not be written to {str(path)!r}: {error.strerror}. Choose another folder."
        raise StoreError(msg) from None
    return path


def page_path(folder: str | os.PathLike[str], names: tuple[str, ...]) -> Path:
    """Return where `save_page` writes a page of these names."""
    *folders, file = map(file_name, names)
    return Path(folder, *folders) / f"{file}.html"


def file_name(name: str) -> str:
    """Return a name as one file name that every system takes; where signs had to go, with their hash."""
    kept = re.sub(r"[^\w -]+", "-", name)[:_LONGEST].strip()
    if kept == name:
        return kept
    mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{kept.strip('-')}-{mark}".strip("-")
