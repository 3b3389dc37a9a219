"""What became of an intake: the tasks, and everything that was odd, with what was done about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from evalwidgets.store.tasks import TaskSet

if TYPE_CHECKING:
    import pandas as pd

KINDS = {
    "missing file": "The task was left out.",
    "outside the folder": "The task was left out.",
    "refused picture": "The task was left out.",
    "unusable row": "The task was left out.",
    "no partner": "The picture was left out.",
    "no-op edit": "Kept: the edit changed no pixel.",
    "size mismatch": "Kept: original and edited differ in size.",
    "turned by EXIF": "Kept, and shown upright.",
    "same pixels": "Kept: nothing is deleted for looking alike.",
    "name clash": "Kept under another name.",
    "name tells the model": "Kept under another name; the given one is the tag given_id.",
    "no instruction": "Kept, with a sentence that says so.",
}
"""Kind of problem to what is done about it."""
LEFT_OUT = frozenset(kind for kind, done in KINDS.items() if "left out" in done)


class Odd(NamedTuple):
    """One thing that was odd."""

    kind: str
    task: str
    role: str
    found: str


@dataclass(frozen=True, eq=False)
class IntakeReport:
    """The tasks that were taken in, and what was odd.

    Parameters
    ----------
    tasks : TaskSet
        What was written to `tasks.jsonl`.
    odd : tuple of Odd
        Everything, in the order of the rows.
    copied : int
        Pictures that were copied; all others stay where they are.
    rows : int
        How many there were.
    """

    tasks: TaskSet
    odd: tuple[Odd, ...]
    copied: int
    rows: int

    @property
    def counts(self) -> dict[str, int]:
        """How often each kind of problem was met; only those that were."""
        met = Counter(one.kind for one in self.odd)
        return {kind: met[kind] for kind in KINDS if met[kind]}

    def table(self, kind: str | None = None) -> pd.DataFrame:
        """Return what was odd, of one kind or all: `kind, task, role, found, done`."""
        import pandas as pd

        rows = [(*one, KINDS[one.kind]) for one in self.odd if kind in (None, one.kind)]
        return pd.DataFrame(rows, columns=["kind", "task", "role", "found", "done"])

    @property
    def finding(self) -> str:
        """What happened, in a sentence."""
        copied = f", {self.copied} pictures copied" if self.copied else ""
        return f"{len(self.tasks)} of {self.rows} tasks taken in{copied}"

    def __repr__(self) -> str:
        """Return one deterministic line."""
        met = ", ".join(f"{n} {kind}" for kind, n in self.counts.items())
        return f"IntakeReport({self.finding}{'; ' + met if met else ''})"
