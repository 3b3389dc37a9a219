"""Where the minutes of a meeting are written: a page to read and a text to paste."""

from __future__ import annotations

import os
from pathlib import Path

from evalwidgets.store.page_files import Written, save_page


def save_minutes(folder: str | os.PathLike[str], campaign: str, name: str, minutes: Written) -> Path:
    """Write ``<campaign>/<name>.html`` and ``.md`` and return the path of the page.

    Minutes of a round that is still in its meeting are written over by later ones.

    Raises
    ------
    StoreError
        If they cannot be written there.
    """
    return save_page(folder, (campaign, name), minutes, "The minutes")
