"""The lead's work on gaps: which one lies on the table, at which example, and the acts that the log takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from evalwidgets.analysis.gaps.register import SOURCES, gap_register
from evalwidgets.core import gap_events as events
from evalwidgets.core.clause import Clause
from evalwidgets.core.gap_book import Gap, GapBook
from evalwidgets.core.gap_events import Example
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import GapError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.gap_evidence import GapEvidence
from evalwidgets.widgets.settling import made

MOST_EXAMPLES = 6
"""So many tasks a gap takes along when it is raised from a suggestion."""
BY_HAND = "new"
"""The key of the empty form."""


class GapWork:
    """The register of one rubric in the lead's hands; nothing happens to a gap before the log says so.

    Parameters
    ----------
    tasks : TaskSet
        Those that may be examples.
    rubric : Rubric
        Whose gaps.
    store : ReviewStore
        Where the log is.
    told : GapEvidence
        What speaks for gaps.
    campaign, lead : str
        Whose log, and who acts.
    on_edit : callable, optional
        Called with the gap whose clause shall be said better.

    Attributes
    ----------
    key : str
        What lies on the table: a gap by its name, a suggestion by its clause, or the empty form.
    task : str
        The example on the stage.
    """

    def __init__(
        self,
        tasks: TaskSet,
        rubric: Rubric,
        store: ReviewStore,
        told: GapEvidence,
        *,
        campaign: str,
        lead: str,
        on_edit: Callable[[Gap], object] | None = None,
    ) -> None:
        self._tasks, self._store, self._campaign = tasks, store, campaign
        self.rubric, self.told, self.lead, self.on_edit = rubric, told, lead, on_edit
        self.book = GapBook()
        self.table = pd.DataFrame()
        self.key = self.task = ""
        self.look()
        self.pick(key_of(self.table.iloc[0]) if len(self.table) else BY_HAND)

    @property
    def row(self) -> pd.Series | None:
        """The row of the register that lies on the table; None for the empty form."""
        keys = [key_of(row) for _, row in self.table.iterrows()]
        return self.table.iloc[keys.index(self.key)] if self.key in keys else None

    @property
    def gap(self) -> Gap | None:
        """The gap on the table; None for a suggestion and for the empty form."""
        return self.book.gaps.get(self.key)

    @property
    def clause(self) -> Clause:
        """The clause on the table; the rubric as a whole for the empty form."""
        row = self.row
        if row is None:
            return Clause()
        return Clause(criterion=row["criterion"], lower=None if pd.isna(row["lower"]) else int(row["lower"]))

    @property
    def examples(self) -> tuple[str, ...]:
        """The tasks at which what lies on the table shows, and that can be shown."""
        known = {task.id for task in self._tasks}
        return () if self.row is None else tuple(one for one in self.row["examples"] if one in known)

    # What the register asks for -------------------------------------------------------

    def look(self) -> None:
        """Read the log anew: another lead may have acted."""
        self.book = self._store.gaps[self._campaign]
        ours = GapBook(
            gaps={n: one for n, one in self.book.gaps.items() if one.raised.rubric == self.rubric.id}
        )
        self.table = gap_register(self.told.signals, ours, now=datetime.now(UTC))

    def pick(self, key: str) -> None:
        """Lay a row of the register on the table, by its gap or clause, or the empty form."""
        keys = [key_of(row) for _, row in self.table.iterrows()]
        if key not in (*keys, BY_HAND):
            raise UnknownName("gap or clause", key, keys, "the register")
        self.key = key
        if key != BY_HAND:
            self.task = next(iter(self.examples), "")

    def step(self, by: int) -> None:
        """Lay the next row of the register on the table, or the one before."""
        keys = [key_of(row) for _, row in self.table.iterrows()]
        if keys:
            here = keys.index(self.key) if self.key in keys else -1
            self.pick(keys[(here + by) % len(keys)])

    def turn_example(self, by: int) -> None:
        """Show the next example, or the one before."""
        examples = self.examples
        if examples:
            here = examples.index(self.task) if self.task in examples else -1
            self.task = examples[(here + by) % len(examples)]

    def show(self, task: str) -> None:
        """Show any task, for example to add it as an example."""
        self.task = self._tasks[task.strip()].id

    def raise_gap(self, title: str) -> None:
        """Raise the suggestion on the table as a gap: its clause, examples and quotes come along."""
        row = self.row
        if row is None or self.gap is not None:
            msg = "No suggestion lies on the table; pick one, or write a gap down by hand."
            raise GapError(msg)
        quotes = {one.task: one for one in reversed(row["quotes"])}
        examples = tuple(
            Example(task=task, review=quotes[task].review, quote=quotes[task].text)
            if task in quotes
            else Example(task=task)
            for task in row["examples"][:MOST_EXAMPLES]
        )
        source = max(SOURCES, key=lambda one: int(row[SOURCES[one]]))
        where = self.told.tag_of(row["where"], row["examples"])
        self._raise(title, self.clause, examples=examples, source=source, where=where)

    def raise_by_hand(self, title: str, criterion: str, lower: int | None) -> None:
        """Write a gap down; the task on the stage is its first example."""
        if criterion:
            self.rubric.criterion(criterion)
        examples = (Example(task=self.task),) if self.task else ()
        self._raise(title, Clause(criterion=criterion, lower=lower), examples=examples, source="hand")

    def add_example(self, quote: str = "") -> None:
        """Add the task on the stage as an example of the gap."""
        if not self.task:
            msg = "No task is shown; open one by its name first."
            raise GapError(msg)
        if self.task in self._picked.tasks and not quote.strip():
            msg = f"Task {self.task!r} is an example of this gap already."
            raise GapError(msg)
        self._log(events.Exampled, example=Example(task=self.task, quote=quote.strip()))

    def back(self) -> None:
        """Say that this gap matters to the lead too, or no longer."""
        self._log(events.Voted, backs=self.lead not in self._picked.backers)

    def decide(self, decision: str) -> None:
        """Say what shall hold from now on."""
        self._log(events.Decided, decision=_given(decision, "A decision"))

    def dismiss(self, reason: str) -> None:
        """Say why it is no gap; a suggestion is raised with that title and dismissed, so that it rests."""
        reason = _given(reason, "Dismissing a gap")
        if self.gap is None:
            self.raise_gap(suggested_title(self.rubric, self.clause, ""))
        self._log(events.Dismissed, reason=reason)

    def reopen(self, reason: str) -> None:
        """Say why a settled gap is none the less open."""
        self._log(events.Reopened, reason=_given(reason, "Reopening"))

    def edit(self) -> None:
        """Open the rubric at the clause of the gap."""
        if self.on_edit is None:
            msg = "This register was opened without a desk for the rubric; pass on_edit=."
            raise GapError(msg)
        self.on_edit(self._picked)

    # ----------------------------------------------------------------------------------

    @property
    def _picked(self) -> Gap:
        if self.gap is None:
            msg = "No gap lies on the table; raise the suggestion first."
            raise GapError(msg)
        return self.gap

    def _raise(self, title: str, clause: Clause, **facts: Any) -> None:
        title = " ".join(_given(title, "A gap").split())
        name = name_for(title, self.book.gaps)
        version = {"rubric": self.rubric.id, "rubric_version": self.rubric.version}
        event = made(
            events.Raised,
            by=self.lead,
            at=datetime.now(UTC),
            gap=name,
            title=title,
            clause=clause,
            **version,
            **facts,
        )
        self._store.gaps.log(self._campaign, event)
        self.look()
        self.key = name

    def _log(self, kind: type[Any], **facts: Any) -> None:
        event = made(kind, by=self.lead, at=datetime.now(UTC), gap=self._picked.name, **facts)
        self._store.gaps.log(self._campaign, event)
        self.look()


def key_of(row: pd.Series) -> str:
    """Return what a row is picked by: the gap's name, or the clause of a suggestion."""
    return str(row["gap"] or row["clause"])


def name_for(title: str, taken: Any) -> str:
    """Return a name for a gap: its title in small letters and dashes, with a number where it is taken."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    base = (words if words[:1].isalpha() else f"gap-{words}".strip("-"))[:48].rstrip("-")
    name, n = base, 1
    while name in taken:
        n += 1
        name = f"{base}-{n}"
    return name


def suggested_title(rubric: Rubric, clause: Clause, where: str) -> str:
    """Return a first title for a gap, such as "Preservation 3|4 is read in two ways (shadow)"."""
    label = next((one.label for one in rubric.all if one.id == clause.criterion), clause.criterion)
    about = str(clause).replace(clause.criterion, label, 1) if clause.criterion else "The rubric"
    said = "is read in two ways" if clause.criterion else "leaves something open"
    return f"{about} {said}{f' ({where})' if where else ''}"


def _given(text: str, what: str) -> str:
    """Return words that say something."""
    if not text.strip():
        msg = f"{what} needs a few words; they are what the next person reads in the log."
        raise GapError(msg)
    return text.strip()
