"""The pictures of a folder as a table, with the texts that lie beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from evalwidgets.store.intake.folder_scan import Scan, Together

if TYPE_CHECKING:
    import pandas as pd

_MOST_BYTES = 64 * 1024
_SHARED = ("instruction", "instructions", "prompt")


def as_table(found: Scan, folder: Path, files: Sequence[str]) -> tuple[pd.DataFrame, str]:
    """Return one row for each task that a folder holds, and which text there is.

    A text is a `.txt` file with the name of a picture or of the task (`x.txt`, or
    `x_instruction.txt`), or one for a whole folder (`instruction.txt`, `prompt.txt`).

    Returns
    -------
    table : DataFrame
        `id`, a column for each role, and where known `model` and the text.
    text : str
        `instruction`, `prompt` or empty.
    """
    import pandas as pd

    texts = {path[:-4]: path for path in files if path.casefold().endswith(".txt")}
    role = "instruction" if found.kind == "edit" else "prompt"
    rows = []
    for together in found.found:
        path = next((texts[name] for name in _names(together) if name in texts), "")
        row = {"id": together.key, **together.images, "model": together.model}
        rows.append(row | {role: _text(folder / path) if path else ""})
    table = pd.DataFrame(rows)
    if Counter(table["id"]).most_common(1)[0][1] > 1:  # candidates: the task's name must not tell the model
        table = table.assign(source=table["id"]).drop(columns="id")
    empty = [name for name in ("model", role) if not table[name].astype(bool).any()]
    return table.drop(columns=empty), "" if role in empty else role


def _names(together: Together) -> Iterator[str]:
    """Yield what the text of a task may be called, the nearest first."""
    pictures = [PurePosixPath(path) for path in reversed(together.images.values())]
    yield from (str(one.with_suffix("")) for one in pictures)
    for one in pictures:
        key = together.key.rsplit("/", 1)[-1]
        yield from (str(one.parent / name) for name in (key, f"{key}_instruction", f"{key}_prompt"))
    for one in pictures:
        yield from (str(place / name) for place in one.parents for name in _SHARED)
    yield from (together.key, *(f"{place}/{together.key}" for place in (*_SHARED, "texts")))


def _text(path: Path) -> str:
    """Return the words of a small text file inside the folder; empty where it cannot be read."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return ""
        return path.read_text(encoding="utf-8-sig", errors="replace").strip()
    except OSError:
        return ""
