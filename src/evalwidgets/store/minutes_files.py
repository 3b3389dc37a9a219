"""Where the minutes of a meeting are written: a page to read and a text to paste."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Protocol

from evalwidgets.errors import StoreError

_LONGEST = 50  # characters: of four bytes each they still fit


class Written(Protocol):
    """Minutes as a page and as text."""

    @property
    def html(self) -> str:
        """One self-contained page."""

    @property
    def markdown(self) -> str:
        """The same as Markdown."""


def save_minutes(folder: str | os.PathLike[str], campaign: str, name: str, minutes: Written) -> Path:
    """Write ``<campaign>/<name>.html`` and ``.md`` and return the path of the page.

    Minutes of a round that is still in its meeting are written over by later ones.

    Raises
    ------
    StoreError
        If they cannot be written there.
    """
    path = Path(folder) / _file_name(campaign) / f"{_file_name(name)}.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for place, text in ((path, minutes.html), (path.with_suffix(".md"), minutes.markdown)):
            spare = place.with_name(place.name + ".new")
            spare.write_text(text, encoding="utf-8")
            spare.replace(place)
    except OSError as error:
        msg = f"The minutes could not be written to {str(path)!r}: {error.strerror}. Choose another folder."
        raise StoreError(msg) from None
    return path


def _file_name(name: str) -> str:
    """Return a name as one file name that every system takes; where signs had to go, with their hash."""
    kept = re.sub(r"[^\w -]+", "-", name)[:_LONGEST].strip()
    if kept == name:
        return kept
    mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{kept.strip('-')}-{mark}".strip("-")
