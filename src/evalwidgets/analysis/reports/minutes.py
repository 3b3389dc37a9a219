"""Minutes of a calibration round: who was there, what was said, what was decided; HTML and Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from evalwidgets.analysis.charts.style import LIGHT, Chart
from evalwidgets.analysis.meeting.agenda import Agenda
from evalwidgets.analysis.ratings import check_ratings
from evalwidgets.analysis.reports.layout import as_html, as_markdown
from evalwidgets.analysis.reports.minutes_parts import Discussed, Material, Settled, address
from evalwidgets.analysis.results import counted, listed
from evalwidgets.core.gold import Gold
from evalwidgets.core.round import Round
from evalwidgets.core.round_state import RoundState
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_part import narrowed
from evalwidgets.core.task import Task
from evalwidgets.errors import RoundError

HEADLINE = ("headline", "")
"""Where a chart of the round's headline figures stands among `charts`."""


@dataclass(frozen=True, repr=False)
class Minutes:
    """The minutes of one round.

    Parameters
    ----------
    round : str
        Its name.
    title : str
        The headline.
    facts : tuple of (str, str)
        Round, rubric, tasks, times: what, and how it reads.
    attendance : tuple of (str, str, str)
        Reviewer, submitted so many, and whether they attended.
    headline : tuple of str
        The round's figures with their intervals, one sentence each.
    headline_chart : (str, str)
        Its `data:` address and its finding; both empty without one.
    discussed : tuple of Discussed
        The tasks that the meeting looked at.
    decisions : tuple of Settled
        All of them, in order.
    gold_changes : tuple of (str, str, str, str)
        Task, criterion, old to new, and why.
    open_points, remarks : tuple of (str, str)
        Task (or empty) and text.
    not_discussed : tuple of (str, str)
        Task, and why it might have been; empty where nobody said.
    hit_rate : str
        How often suggested causes were confirmed; empty when not given.
    """

    round: str
    title: str
    facts: tuple[tuple[str, str], ...]
    attendance: tuple[tuple[str, str, str], ...]
    headline: tuple[str, ...]
    headline_chart: tuple[str, str]
    discussed: tuple[Discussed, ...]
    decisions: tuple[Settled, ...]
    gold_changes: tuple[tuple[str, str, str, str], ...]
    open_points: tuple[tuple[str, str], ...]
    remarks: tuple[tuple[str, str], ...]
    not_discussed: tuple[tuple[str, str], ...]
    hit_rate: str

    @property
    def gaps(self) -> tuple[Settled, ...]:
        """The gaps in the rubric that were opened."""
        return tuple(one for one in self.decisions if one.what.startswith("A gap"))

    @property
    def refreshers(self) -> tuple[Settled, ...]:
        """The refreshers that were agreed on."""
        return tuple(one for one in self.decisions if one.what.startswith("A refresher"))

    @property
    def finding(self) -> str:
        """How much was discussed and decided, and what is open."""
        parts = [
            f"{counted(len(self.discussed), 'task')} discussed",
            counted(len(self.decisions), "decision"),
            f"{counted(len(self.gold_changes), 'change')} of gold",
            counted(len(self.open_points), "point") + " open",
        ]
        return f"{self.title}: {listed(parts)}"

    @cached_property
    def html(self) -> str:
        """One self-contained page: no scripts, no address elsewhere, every text escaped."""
        return as_html("minutes.html.jinja", minutes=self, theme=LIGHT)

    @cached_property
    def markdown(self) -> str:
        """GitHub flavoured Markdown with tables and without pictures, every text escaped."""
        return as_markdown("minutes.md.jinja", minutes=self)

    def __str__(self) -> str:
        """Return the finding."""
        return f"{self.finding}."

    def __repr__(self) -> str:
        """Return the same sentence: what a saved notebook shows as text."""
        return str(self)


def minutes(
    state: RoundState,
    *,
    ratings: pd.DataFrame,
    rubric: Rubric,
    gold: Mapping[str, Gold],
    tasks: Iterable[Task] = (),
    progress: pd.DataFrame | None = None,
    agenda: Agenda | None = None,
    headline: Any = None,
    hits: Any = None,
    charts: Mapping[tuple[str, str], Chart] | None = None,
    letters: Mapping[str, str] | None = None,
    names: bool = False,
    thumbnails: Mapping[str, bytes] | None = None,
) -> Minutes:
    """Write the minutes of a round from its log and its ratings.

    Parameters
    ----------
    state : RoundState
        Where the round stands; once closed, drafts of minutes can be written at any time.
    ratings : DataFrame
        The tidy table of the round with all its revisions and their `reason`.
    rubric : Rubric
        As reviewers got it, or the whole one.
    gold : mapping
        Task id to gold as the file has it, before this round's decisions. Only gold
        that the meeting has revealed is told.
    tasks : iterable of Task
        For their words, and to know which are sensitive.
    progress : DataFrame, optional
        `reviewer, done, total`, as of `store.rounds.progress`; else counted from the ratings.
    agenda : Agenda, optional
        What was worth discussing, for what was not reached.
    headline : optional
        Anything with `lines`: the round's figures as sentences.
    hits : optional
        Anything with a `finding`: how often suggestions were confirmed (see `cause_hits`).
    charts : mapping, optional
        (task, criterion) to a chart, such as `dot_tally`, drawn in the light theme, in
        place of the small tally; `HEADLINE` to one of the figures.
    letters : mapping, optional
        Reviewer to letter, as the board dealt them.
    names : bool
        Whether answers and refreshers carry names; attendance always does.
    thumbnails : mapping, optional
        Task id to PNG or JPEG bytes. Shown only of tasks in `tasks` that are not sensitive.

    Raises
    ------
    RoundError
        If the blind phase is not closed.
    ImageError
        If a chart holds photographs, or a thumbnail is no PNG or JPEG.

    Notes
    -----
    Decisions, reasons and remarks are quoted as they were written: what is said of
    somebody there is not made anonymous.
    """
    if state.phase == "blind":
        msg = (
            f"Round {state.round.name!r} is still blind; minutes would tell its answers. "
            "Close the blind phase first."
        )
        raise RoundError(msg)
    check_ratings(ratings)
    known = {task.id: task for task in tasks}
    material = Material(
        state, ratings, rubric, gold, known, agenda, charts or {}, letters, names, thumbnails or {}
    )
    figures = (charts or {}).get(HEADLINE)
    return Minutes(
        round=state.round.name,
        title=_title(state),
        facts=_facts(state, rubric),
        attendance=_attendance(state, ratings, progress),
        headline=tuple(getattr(headline, "lines", ())),
        headline_chart=(address(figures), figures.finding) if figures is not None else ("", ""),
        discussed=tuple(material.discussed()),
        decisions=material.settled,
        gold_changes=tuple(
            (one.decision.task, material.label(one.decision.criterion), str(one), one.decision.reason)
            for one in material.changes.values()
        ),
        open_points=tuple((note.task or "", note.text) for note in state.notes if note.is_open),
        remarks=tuple(("", note.text) for note in state.notes if not note.is_open and note.task is None),
        not_discussed=_not_discussed(state, agenda),
        hit_rate=hits.finding if hits is not None else "",
    )


def _title(state: RoundState) -> str:
    draft = "" if state.phase == "concluded" else "Draft minutes"
    return f"{draft or 'Minutes'} of {state.round.name}"


def _facts(state: RoundState, rubric: Rubric) -> tuple[tuple[str, str], ...]:
    one = state.round
    every = ", ".join(rubric.criterion(name).label for name in one.criteria) or "all of the rubric"
    facts = [
        ("Campaign", one.campaign),
        ("Rubric", f"{one.rubric} {one.rubric_version} ({one.rubric_hash[:8]}){_other_words(one, rubric)}"),
        ("Criteria", every),
        ("Tasks", str(len(one.tasks))),
        ("Lead", one.lead),
        ("Opened", _when(one.opened_at)),
        ("Blind phase closed", _when(state.closed_at)),
        ("Concluded", _when(state.concluded_at) or "not yet: this is a draft"),
    ]
    return tuple((what, text) for what, text in [*facts, ("Note", one.note)] if text)


def _other_words(one: Round, rubric: Rubric) -> str:
    """Return a warning where levels are told in other words than reviewers read."""
    if one.rubric_hash in (rubric.hash, narrowed(rubric, one.criteria).hash):
        return ""
    return f"; these minutes use the words of {rubric.version} ({rubric.hash[:8]})"


def _when(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""


def _attendance(
    state: RoundState, ratings: pd.DataFrame, progress: pd.DataFrame | None
) -> tuple[tuple[str, str, str], ...]:
    total = len(state.round.tasks)
    mine = ratings[ratings["task"].isin(state.round.tasks)]
    done = mine.groupby("reviewer")["task"].nunique().to_dict()
    if progress is not None:
        done = dict(zip(progress["reviewer"], progress["done"], strict=True))
    was_there = dict.fromkeys(state.attended, "yes")
    missing = "no" if state.attended else "not noted"
    return tuple(
        (name, f"{int(done.get(name, 0))} of {total}", was_there.get(name, missing))
        for name in state.round.reviewers
    )


def _not_discussed(state: RoundState, agenda: Agenda | None) -> tuple[tuple[str, str], ...]:
    left = [task for task in state.round.tasks if task not in state.discussed]
    if agenda is None:
        return tuple((task, "") for task in left)
    found = [(topic, "on the agenda; ") for topic in agenda.topics]
    found += [(topic, "") for topic in agenda.rest]
    told = [(topic.task, f"{where}{topic.reason}") for topic, where in found if topic.task in left]
    agreed = [task for task in left if task not in {task for task, _ in told}]
    return (*told, *((task, "nothing divided reviewers") for task in agreed))
