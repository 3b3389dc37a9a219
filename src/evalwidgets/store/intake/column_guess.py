"""Which column holds which picture, text or tag: guessed by name and content, and said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from evalwidgets.core.task import ROLES
from evalwidgets.store.intake.role_words import is_picture_name, picture_role, spelled, text_role

if TYPE_CHECKING:
    import pandas as pd

_LOOKED_AT = 200
_LONGEST_TAG = 60
_FEW_VALUES = 30


class Guess(NamedTuple):
    """What the columns were taken for."""

    kind: str
    columns: dict[str, str]
    said: tuple[str, ...]


def guess_columns(table: pd.DataFrame, kind: str | None) -> Guess:
    """Return what each column of a table of tasks is taken for.

    Parameters
    ----------
    table : DataFrame
        One row a task.
    kind : str or None
        Of the tasks; guessed from the pictures by default.
    """
    looks = {str(name): _looked_at(table[name]) for name in table.columns}
    pictures = {name for name, look in looks.items() if _are_pictures(look)}
    columns, said = _pictures(sorted(pictures, key=list(looks).index), kind)
    rest = [name for name in looks if name not in pictures]
    named = {}
    for name in rest:
        role = text_role(name)
        if role and role not in named:
            named[role] = name
    found = kind or _kind_of(columns, named)
    if found in ("image", "prompt") and "image" not in columns and "edited" in columns:
        columns["image"] = columns.pop("edited")
    fitting = {role for roles in ROLES[found] for role in roles}
    columns = {role: name for role, name in columns.items() if role in fitting}
    wanted = {"edit": "instruction", "prompt": "prompt", "pair": "instruction"}.get(found)
    if wanted and wanted not in named:
        other = {"instruction": "prompt", "prompt": "instruction"}[wanted]
        longest = named.pop(other, "") or _longest(looks, [one for one in rest if one not in named.values()])
        if longest:
            named[wanted] = longest
            said.append(f"{wanted}: column {longest!r}, the longest text.")
    if "id" in named and not _tell_apart(table[named["id"]]):
        said.append(f"id: not column {named['id']!r}, which repeats itself.")
        rest.remove(named.pop("id"))
    columns |= named
    columns |= dict(_tags(looks, [name for name in rest if name not in columns.values()]))
    told = " ".join(said)
    said = [
        f"{role}: column {name!r}." for role, name in columns.items() if f"{role}: column" not in told
    ] + said
    unused = [name for name in looks if name not in columns.values()]
    if unused:
        said.append(f"Not used: {', '.join(map(repr, unused[:12]))}{', ...' if len(unused) > 12 else ''}.")
    return Guess(found, columns, (f"Tasks of kind {found}.", *said))


def _looked_at(column: pd.Series) -> list[object]:
    """Return the first cells that hold something."""
    present = column[column.notna()].head(_LOOKED_AT)
    return [cell for cell in present if not (isinstance(cell, str) and not cell.strip())]


def _are_pictures(look: Sequence[object]) -> bool:
    named = sum(isinstance(cell, str) and is_picture_name(cell) for cell in look)
    return bool(look) and 2 * named >= len(look)


def _pictures(names: Sequence[str], kind: str | None) -> tuple[dict[str, str], list[str]]:
    """Return the columns of pictures by role; of two whose names do not tell, the first is the original."""
    columns: dict[str, str] = {}
    for name in names:
        role = picture_role(name.rsplit(".", 1)[-1])
        if role and role not in columns:
            columns[role] = name
    if len(names) == 1:
        return {next(iter(columns), "image"): names[0]}, []
    told = len(columns) == len(names) and "image" not in columns
    if len(names) != 2 or told or kind not in (None, "edit"):
        return columns, []
    first, second = names[::-1] if "original" in columns and columns["original"] == names[1] else names
    if columns.get("edited") == first:
        first, second = second, first
    said = f"original: column {first!r}, edited: column {second!r}, because there are two pictures."
    return {"original": first, "edited": second}, [said]


def _kind_of(columns: dict[str, str], named: dict[str, str]) -> str:
    if "a" in columns and "b" in columns:
        return "pair"
    if "original" in columns and "edited" in columns:
        return "edit"
    return "prompt" if "prompt" in named else "image"


def _longest(looks: dict[str, list[object]], names: Sequence[str]) -> str:
    """Return the column of the longest texts; empty where none is longer than a word or two."""

    def mean(name: str) -> float:
        texts = [cell for cell in looks[name] if isinstance(cell, str)]
        return sum(map(len, texts)) / len(texts) if texts else 0

    best = max(names, key=mean, default="")
    return best if best and mean(best) >= 12 else ""


def _tell_apart(column: pd.Series) -> bool:
    """Return whether every row has another name."""
    return bool(column.notna().all()) and len({str(cell) for cell in column}) == len(column)


def _tags(looks: dict[str, list[object]], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the columns of few and short values, each by the name of its tag."""
    for name in names:
        texts = {str(cell) for cell in looks[name]}
        few = len(texts) <= _FEW_VALUES and 2 * len(texts) <= max(len(looks[name]), 4)
        if texts and few and max(map(len, texts)) <= _LONGEST_TAG:
            yield spelled(name).removeprefix("tags_") or name, name
