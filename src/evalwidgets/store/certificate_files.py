"""Where certificates are written: one folder a campaign, one a learner in it."""

from __future__ import annotations

import os
from pathlib import Path

from evalwidgets.store.page_files import Written, page_path, save_page


def save_certificate(
    folder: str | os.PathLike[str], campaign: str, learner: str, name: str, certificate: Written
) -> Path:
    """Write ``<campaign>/<learner>/<name>.html`` and ``.md`` and return the path of the page.

    Raises
    ------
    StoreError
        If they cannot be written there.
    """
    return save_page(folder, (campaign, learner, name), certificate, "The certificate")


def certificate_path(folder: str | os.PathLike[str], campaign: str, learner: str, name: str) -> Path:
    """Return where the page of a certificate is written."""
    return page_path(folder, (campaign, learner, name))
