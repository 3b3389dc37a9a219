"""What minutes tell, as plain texts and counts: the two templates only lay it out."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from evalwidgets.analysis.charts.style import Chart
from evalwidgets.analysis.meeting.tally import Tally, tally
from evalwidgets.analysis.scales import scales_of
from evalwidgets.core.cause import CAUSES
from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_changes import GoldChange, gold_changes
from evalwidgets.core.round_events import CauseConfirmed, Decided
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import ImageError, UnknownName

_QUOTED = 2  # justifications a criterion: the two that lie furthest out
_MAGIC = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg"}


class Line(NamedTuple):
    """One answer of a criterion: how many gave it before and after, and whether gold accepts it."""

    level: str
    before: int
    after: int
    gold: bool
    who: str
    """Names, only when they were asked for."""


class Quote(NamedTuple):
    """A justification, by letter unless names were asked for."""

    by: str
    said: str
    text: str


class Judged(NamedTuple):
    """One criterion of a task that the meeting spoke about."""

    label: str
    question: str
    before: str
    after: str
    """Empty without a re-vote."""
    gold: str
    """Empty while nobody has seen it."""
    cause: str
    lines: tuple[Line, ...]
    quotes: tuple[Quote, ...]
    chart: str
    """A `data:` address, or empty."""
    chart_alt: str


class Settled(NamedTuple):
    """A decision in words."""

    task: str
    label: str
    what: str
    reason: str
    by: str


class Discussed(NamedTuple):
    """A task that the meeting looked at."""

    task: str
    words: str
    """Its instruction or prompt."""
    sensitive: str
    """Why its picture is not shown; empty when it is not sensitive."""
    thumbnail: str
    judged: tuple[Judged, ...]
    decisions: tuple[Settled, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Material:
    """What minutes are made of; see `minutes` for each part."""

    state: RoundState
    ratings: pd.DataFrame
    rubric: Rubric
    gold: Mapping[str, Gold]
    tasks: Mapping[str, Task]
    agenda: Any
    charts: Mapping[tuple[str, str], Chart]
    letters: Mapping[str, str] | None
    names: bool
    thumbnails: Mapping[str, bytes]

    @cached_property
    def changes(self) -> dict[int, GoldChange]:
        """Place among the decisions to the change of gold that it is."""
        places = [place for place, one in enumerate(self.state.decisions) if one.what == "gold"]
        found = gold_changes(self.gold, self.state.decisions, self.rubric)
        return dict(zip(places, found, strict=True))

    @cached_property
    def gold_rows(self) -> pd.DataFrame:
        """Gold as a table, of the tasks whose gold the meeting has seen."""
        columns = ["task", "criterion", "accepted", "tolerance", "na", "rationale"]
        rows = [
            (task, name, answer.accepted, answer.tolerance, answer.na, answer.rationale)
            for task in sorted(self.state.revealed & set(self.gold))
            for name, answer in self.gold[task].answers.items()
            if answer.accepted or answer.na
        ]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def settled(self) -> tuple[Settled, ...]:
        """The decisions in words, in order."""
        return tuple(self._settled(place, one) for place, one in enumerate(self.state.decisions))

    def _settled(self, place: int, one: Decided) -> Settled:
        what = {
            "keep": "Gold stands",
            "gold": f"Gold changes: {self.changes.get(place, '')}",
            "gap": "A gap in the rubric is opened",
            "refresher": f"A refresher for {one.reviewer if self.names else 'one reviewer'}",
        }[one.what]
        return Settled(one.task, self.label(one.criterion), what, one.reason, one.by)

    def label(self, criterion: str) -> str:
        """Return the criterion in words; its id where this rubric lacks it."""
        try:
            return self.rubric.criterion(criterion).label
        except UnknownName:
            return criterion

    def discussed(self) -> Iterator[Discussed]:
        """Yield the tasks that the meeting looked at, in the order of the first time."""
        for task in self.state.discussed:
            known = self.tasks.get(task)
            yield Discussed(
                task=task,
                words=(known.instruction or known.prompt or known.guideline) if known else "",
                sensitive=_withheld(known),
                thumbnail=self._thumbnail(task),
                judged=tuple(self._judged(task, criterion) for criterion in self._criteria(task)),
                decisions=tuple(one for one in self.settled if one.task == task),
                remarks=tuple(
                    note.text for note in self.state.notes if note.task == task and not note.is_open
                ),
            )

    def _criteria(self, task: str) -> list[str]:
        """Return the criteria with declared answers that the meeting touched, or the agenda names."""
        state = self.state
        touched = [vote.criterion for vote in state.votes if vote.task == task]
        touched += [criterion for one, criterion in state.causes if one == task]
        touched += [one.criterion for one in state.decisions if one.task == task]
        topics = (*self.agenda.topics, *self.agenda.rest) if self.agenda is not None else ()
        touched = [*(topic.criterion for topic in topics if topic.task == task), *touched]
        declared = {scale.id for scale in scales_of(self.rubric)[0] if scale.levels}
        return [one for one in dict.fromkeys(touched) if one in declared]

    def _judged(self, task: str, criterion: str) -> Judged:
        blind = self._tally(task, criterion, None, revote=False)
        # A re-vote repeats the whole review: only what was asked again has an "after".
        asked = any((vote.task, vote.criterion) == (task, criterion) for vote in self.state.votes)
        again = self._tally(task, criterion, None) if asked else blind
        revote = None if asked else False
        is_seen = task in self.state.revealed
        seen = self._tally(task, criterion, self.gold_rows, revote=revote) if is_seen else None
        chart = self.charts.get((task, criterion))
        return Judged(
            label=again.label,
            question=again.question,
            before=blind.finding,
            after=again.finding if again.revoted else "",
            gold=_gold(seen) if seen else "",
            cause=_cause(self.state.causes.get((task, criterion))),
            lines=self._lines(seen or again),
            quotes=tuple(Quote(note.letter, note.said, note.text) for note in again.notes[:_QUOTED]),
            chart=address(chart) if chart is not None else "",
            chart_alt=chart.finding if chart is not None else "",
        )

    def _tally(
        self, task: str, criterion: str, gold: pd.DataFrame | None, *, revote: bool | None = None
    ) -> Tally:
        letters = self.letters
        if self.names:
            letters = {name: name for name in self.ratings["reviewer"].unique()}
        tags = self.tasks[task].tags if task in self.tasks else None
        return tally(self.ratings, self.rubric, task, criterion, gold, letters, tags=tags, revote=revote)

    def _lines(self, now: Tally) -> tuple[Line, ...]:
        accepted = now.gold.places if now.gold else ()
        lines = []
        for place in range(len(now.places) - 1, -1, -1) if now.numeric else range(len(now.places)):
            stands = [dot.letter for dot in now.dots if dot.stands == place]
            before = sum(dot.blind == place for dot in now.dots)
            name, short = now.places[place].name, now.places[place].short
            level = name if name == short else f"{short} {name}"
            who = ", ".join(sorted(stands)) if self.names else ""
            lines.append(Line(level, before, len(stands), place in accepted, who))
        return tuple(lines)

    def _thumbnail(self, task: str) -> str:
        """Return a picture of a task that is known not to be sensitive; of no other, whoever asks."""
        known, content = self.tasks.get(task), self.thumbnails.get(task)
        if content is None or known is None or known.sensitive:
            return ""
        kind = next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), None)
        if kind is None:
            msg = f"thumbnails[{task!r}]: expected the bytes of a PNG or JPEG picture, got something else."
            raise ImageError(msg)
        return _data(f"image/{kind}", content)


def address(chart: Chart) -> str:
    """Return a `data:` address that holds a chart.

    Raises
    ------
    ImageError
        If it holds photographs: those of sensitive tasks could be among them.
    """
    if chart.photographic:
        msg = (
            f"The chart {chart.finding!r} holds pictures of tasks, which minutes never show. "
            "Leave it out, or hand the pictures over as thumbnails."
        )
        raise ImageError(msg)
    bundle, _ = chart._repr_mimebundle_()  # as notebooks keep it: few colours, a quarter of the size
    return _data("image/png", bundle["image/png"])


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _withheld(task: Task | None) -> str:
    if task is None or not task.sensitive:
        return ""
    return f"Sensitive: {task.content_note or 'no note'}. Its pictures are withheld.".replace("..", ".")


def _gold(seen: Tally) -> str:
    """Return what gold says, how many it accepts, and why."""
    said = seen.finding.rsplit("; ", 1)[-1]
    why = seen.gold.rationale if seen.gold else ""
    return " ".join(filter(None, [f"{said[0].upper()}{said[1:]}.", why]))


def _cause(confirmed: CauseConfirmed | None) -> str:
    if confirmed is None:
        return ""
    name = CAUSES[confirmed.cause].name
    if confirmed.suggested is None:
        return f"{name} (nothing was suggested)"
    if confirmed.suggested == confirmed.cause:
        return f"{name} (as suggested)"
    return f"{name} (suggested: {CAUSES[confirmed.suggested].name})"
