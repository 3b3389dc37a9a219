"""One page with everything: what was read, the findings, the figures, what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from evalwidgets.analysis.agreement.agreement_table import AgreementTable, agreement_by_criterion
from evalwidgets.analysis.causes.disagreement import Spread, spread
from evalwidgets.analysis.charts.style import Chart, ThemeName
from evalwidgets.analysis.gold.accuracy import AccuracyTable, gold_accuracy
from evalwidgets.analysis.reports.page import page
from evalwidgets.analysis.reviewers.severity import SeverityTable, reviewer_severity

Draw = Callable[[ThemeName], Chart]
"""Draws a chart in the theme that is asked for."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a report is made from; each statistic is computed once, when a section asks for it.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table.
    rubric : Rubric, Scale or list of Scale
        The scales.
    gold : DataFrame or None
        The gold table, where there is gold.
    source : str
        What the ratings were read from.
    understood : tuple of str
        How they were read: what was guessed, what is unusual.
    """

    ratings: pd.DataFrame
    rubric: Any
    gold: pd.DataFrame | None = None
    source: str = ""
    understood: tuple[str, ...] = ()

    @cached_property
    def agreement(self) -> AgreementTable:
        """Agreement by criterion."""
        return agreement_by_criterion(self.ratings, self.rubric)

    @cached_property
    def spread(self) -> Spread:
        """How far reviewers lie apart, task by criterion."""
        return spread(self.ratings, self.rubric)

    @cached_property
    def accuracy(self) -> AccuracyTable | None:
        """Rates against gold; None without gold."""
        return None if self.gold is None else gold_accuracy(self.ratings, self.gold, self.rubric)

    @cached_property
    def severity(self) -> SeverityTable | None:
        """Shift from gold; None without gold."""
        return None if self.gold is None else reviewer_severity(self.ratings, self.gold, self.rubric)


@dataclass(frozen=True, eq=False)
class Section:
    """One part of a report.

    Parameters
    ----------
    title : str
        What it is about.
    sentence : str
        What was found.
    charts : tuple of callable
        What draws it; a chart's own title repeats the sentence.
    reading : str
        How to read it, and when it misleads.
    points : tuple of str
        Further sentences, one a line.
    table : DataFrame or None
        The numbers, written for reading.
    """

    title: str
    sentence: str
    charts: tuple[Draw, ...] = ()
    reading: str = ""
    points: tuple[str, ...] = ()
    table: pd.DataFrame | None = None


MakeSection = Callable[[Evidence], Section | None]
"""Makes a section of the evidence, or None where there is nothing to say."""


@dataclass(frozen=True, eq=False)
class Report:
    """Sections in order, as a page, as text, or as plain values for JSON."""

    title: str
    sections: tuple[Section, ...]

    def html(self, watch: Callable[[tuple[Section, ...]], Iterable[Section]] = iter) -> str:
        """Return one self-contained page: pictures inside, no scripts, no address elsewhere.

        Parameters
        ----------
        watch : callable
            Wraps the sections while their charts are drawn, for example to show progress.
        """
        return page(self.title, watch(self.sections))

    def plain(self) -> list[dict[str, Any]]:
        """Return the sections as values that JSON knows."""
        return [
            {
                "title": section.title,
                "sentence": section.sentence,
                "points": list(section.points),
                "rows": [] if section.table is None else section.table.to_dict("records"),
            }
            for section in self.sections
        ]

    def __str__(self) -> str:
        """Return the report as text."""
        return "\n\n".join([self.title, *map(_as_text, self.sections)])


def make_report(
    evidence: Evidence,
    *,
    title: str = "",
    sections: Iterable[MakeSection] | None = None,
) -> Report:
    """Return the report on some evidence.

    Parameters
    ----------
    evidence : Evidence
        Ratings, scales and, where there is any, gold.
    title : str
        What stands at the top; by default what the evidence was read from.
    sections : iterable of callable
        What makes the sections, in order; `evalwidgets.analysis.reports.sections.SECTIONS`
        by default. One that returns None is left out.
    """
    if sections is None:
        from evalwidgets.analysis.reports.sections import SECTIONS

        sections = SECTIONS
    made = tuple(section for make in sections if (section := make(evidence)) is not None)
    return Report(title or f"Calibration report: {evidence.source or 'ratings'}", made)


def _as_text(section: Section) -> str:
    lines = [section.title.upper(), section.sentence]
    if section.table is not None and len(section.table):
        lines += ["", section.table.to_string(index=False), ""]
    lines += [f"- {point}" for point in section.points]
    return "\n".join(lines).strip()
