"""What a lead has changed in a rubric and not published yet: a small file beside the rubrics.

A draft belongs to the file that it will become, not to a campaign's reviews: it may change and
go without a trace, which nothing in a store may, and whoever copies the folder has it. It is
known by lead and by the hash of the version that it changes, so that two leads, or a new
version, never take each other's draft.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from pydantic import ValidationError

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_edit import Edit
from evalwidgets.core.value import Value
from evalwidgets.errors import StoreError

__all__ = ["RubricDraft", "draft_path", "drop_draft", "keep_draft", "kept_draft"]


class RubricDraft(Value):
    """Edits of one version, and what shall be said of them."""

    edits: tuple[Edit, ...] = ()
    version: str = ""
    """The number that the lead chose; empty for the proposed one."""
    changes: str = ""
    """The changelog as typed, a line each; empty for the proposed one."""
    gap: str = ""
    """The gap that is worked on."""


def draft_path(folder: str | os.PathLike[str], rubric: Rubric, lead: str) -> Path:
    """Return where a lead's draft on a version of a rubric is kept."""
    whose = hashlib.sha256(f"{rubric.hash}\n{lead}".encode()).hexdigest()[:12]
    return Path(folder) / f".{rubric.id}-{rubric.version}-{whose}.draft.json"


def keep_draft(path: Path, draft: RubricDraft) -> None:
    """Keep a draft in place of the one before.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    spare = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        spare.write_text(draft.model_dump_json(indent=1), encoding="utf-8")
        spare.replace(path)
    except OSError as error:
        msg = (
            f"The draft could not be kept in {str(path)!r}: {error.strerror}. It lives until the kernel ends."
        )
        raise StoreError(msg) from None


def kept_draft(path: Path) -> RubricDraft:
    """Return the draft that is kept, or an empty one where there is none that can be read."""
    try:
        return RubricDraft.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return RubricDraft()


def drop_draft(path: Path) -> None:
    """Forget a draft."""
    path.unlink(missing_ok=True)
