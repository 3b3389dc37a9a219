"""One page with everything: what was read, the findings, the figures, what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evalwidgets.analysis.charts.style import Chart, ThemeName
from evalwidgets.analysis.reports.evidence import Evidence
from evalwidgets.analysis.reports.page import page

Draw = Callable[[ThemeName], Chart]
"""Draws a chart in the theme that is asked for."""


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
