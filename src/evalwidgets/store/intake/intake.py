"""What a folder or a table is taken for before anything is taken in: a value to look at and correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from evalwidgets.core.task import ROLES
from evalwidgets.errors import TaskError, UnknownName
from evalwidgets.store.intake.column_guess import guess_columns
from evalwidgets.store.intake.folder_scan import files_in, scan
from evalwidgets.store.intake.folder_table import as_table
from evalwidgets.store.intake.source_table import TABLES, read_source_table

if TYPE_CHECKING:
    import pandas as pd

SHOWN_ROWS = 5
FACTS = ("id", "instruction", "prompt", "guideline", "source", "content_note", "sensitive")
"""What a task says besides its pictures and tags."""
PICTURE_ROLES = tuple(dict.fromkeys(role for must, may in ROLES.values() for role in (*must, *may)))


@dataclass(frozen=True, eq=False)
class Intake:
    """Tasks that could be taken in, and what was guessed of them.

    Parameters
    ----------
    path : Path
        The folder or file that was pointed at.
    kind : str
        Of the tasks: `image`, `prompt`, `edit` or `pair`.
    columns : mapping
        Role, text or tag to the column that holds it; of a folder, a pattern of files
        where one was given. Whatever is no role and no text is a tag, such as `model`.
    said : tuple of str
        Everything that was guessed, one sentence each.
    folder : Path
        In which pictures are looked for; none outside is taken.
    table : DataFrame
        All rows.
    apart : tuple of str
        Pictures of a folder that have no partner.
    """

    path: Path
    kind: str
    columns: Mapping[str, str]
    said: tuple[str, ...]
    folder: Path
    table: pd.DataFrame = field(repr=False)
    apart: tuple[str, ...] = ()

    @property
    def first(self) -> pd.DataFrame:
        """The first five rows, a column for each role, text and tag."""
        names = {role: self.column(role) for role in self.columns}
        return self.table.head(SHOWN_ROWS)[list(names.values())].set_axis(list(names), axis=1)

    def column(self, name: str) -> str:
        """Return the column of the table that holds a role, a text or a tag."""
        column = self.columns[name]
        return name if "*" in column and column not in self.table else column

    def changed(self, /, *, kind: str | None = None, **mapping: str | None) -> Intake:
        """Return the intake with some of it corrected.

        Parameters
        ----------
        kind : str, optional
            Of the tasks.
        mapping
            Role, text or tag to its column; an empty text or None takes it out. Of a folder,
            roles may have patterns: ``changed(original="raw/*.png", edited="made/*/*.png")``.
            What the last star stands for tells which files belong together.

        Raises
        ------
        UnknownName
            If there is no such kind or column.
        TaskError
            If no files fit the patterns.
        """
        if kind is not None and kind not in ROLES:
            raise UnknownName("kind of task", kind, ROLES)
        patterns = {role: pattern for role, pattern in mapping.items() if pattern and "*" in pattern}
        if patterns and self.path.is_dir() and not {*patterns.values()} & {*self.table}:
            made = _of_folder(self.path, patterns)
            rest = {role: column for role, column in mapping.items() if role not in patterns}
            return replace(made, columns={**made.columns, **patterns}).changed(kind=kind, **rest)
        columns = {**self.columns}
        for role, column in mapping.items():
            if column and column not in self.table:
                raise UnknownName("column", column, self.table.columns, self.path.name)
            columns.pop(role, None)
            if column:
                columns[role] = column
        return replace(self, kind=kind or self.kind, columns=columns)

    @property
    def problems(self) -> tuple[str, ...]:
        """Why it cannot be taken in as it stands; empty when it can."""
        must, may = ROLES[self.kind]
        missing = [role for role in must if role not in self.columns]
        wrong = [role for role in PICTURE_ROLES if role in self.columns and role not in (*must, *may)]
        said = [
            f"A task of kind {self.kind} needs the picture {role}: say which column it is."
            for role in missing
        ]
        return (*said, *(f"A task of kind {self.kind} has no picture {role}: take it out." for role in wrong))

    def __repr__(self) -> str:
        """Return one deterministic line."""
        names = ", ".join(sorted(self.columns))
        return f"Intake({self.path.name!r}, kind={self.kind!r}, rows={len(self.table)}, columns=[{names}])"


def guess_intake(path: str | Path, kind: str | None = None, *, pictures: str | Path | None = None) -> Intake:
    """Guess what a folder, or a CSV, JSONL or Parquet file, holds; nothing is written.

    Parameters
    ----------
    path : str or Path
        A folder of pictures, one with a single table in it, or a table.
    kind : str, optional
        Of the tasks: `image`, `prompt`, `edit` or `pair`; guessed by default.
    pictures : str or Path, optional
        Where the pictures of a table lie; by default in the table's folder. None outside
        of it is taken, so that a table from elsewhere cannot name any file of this machine.

    Raises
    ------
    TaskError
        If there is nothing to take in, or too much.
    UnknownName
        If there is no such kind.

    Examples
    --------
    ``ew.guess_intake("edits/").changed(instruction="caption")``
    """
    if kind is not None and kind not in ROLES:
        raise UnknownName("kind of task", kind, ROLES)
    where = Path(path).expanduser()
    try:
        if where.is_dir():
            tables = [
                one for one in sorted(where.iterdir()) if one.suffix.casefold() in TABLES and one.is_file()
            ]
            if len(tables) != 1:
                made = _of_folder(where, {})
                return made.changed(kind=kind) if kind else made
            where = tables[0]
        base = Path(pictures).expanduser() if pictures is not None else where.parent
        table, said = read_source_table(where)
    except (OSError, ValueError) as error:
        if isinstance(error, TaskError):
            raise
        raise TaskError([f"{str(path)[:80]!r}: cannot be read ({error})."]) from error
    guess = guess_columns(table, kind or _told_kind(table))
    return Intake(where, guess.kind, guess.columns, (*said, *guess.said), base, table)


def _told_kind(table: pd.DataFrame) -> str | None:
    """Return the kind that a manifest of ours says of all its tasks."""
    told = {str(kind) for kind in table["kind"]} if "kind" in table else set()
    return told.pop() if len(told) == 1 and told <= ROLES.keys() else None


def _of_folder(folder: Path, patterns: Mapping[str, str]) -> Intake:
    files = files_in(folder)
    found = scan(files, patterns)
    table, text = as_table(found, folder, files)
    kind = "prompt" if found.kind == "image" and text == "prompt" else found.kind
    columns = {str(name): str(name) for name in table}
    said = [f"Tasks of kind {kind}: {len(table)}.", *found.said]
    said.append(f"{text}: text files beside the pictures." if text else "No text file says what was asked.")
    if found.apart:
        said.append(f"{len(found.apart)} pictures have no partner and are listed in the report.")
    return Intake(folder, kind, columns, tuple(said), folder, table, found.apart)
