"""The protocol card: how ratings were made, in Markdown, to lie beside every export of them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import pandas as pd

from evalwidgets.analysis.agreement.agreement_table import CriterionAgreement, agreement_by_criterion
from evalwidgets.analysis.ratings import RatingsWarning, check_ratings, first_revisions
from evalwidgets.analysis.reports.card_facts import (
    Answers,
    of_adjudication,
    of_blinding,
    of_evidence,
    of_exclusions,
    of_gold,
    of_order,
    of_reviewers,
    of_reviews,
    of_rubrics,
    of_tasks,
    of_time,
)
from evalwidgets.analysis.reports.layout import as_markdown
from evalwidgets.analysis.results import Estimate
from evalwidgets.core.adjudication_events import Settled
from evalwidgets.core.round import Round
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task

NO_SCALE = "Agreement needs a rubric with a scale and at least one rating on it; there is none here."
ABOUT_AGREEMENT = (
    "Between reviewers, by what each said first; not accuracy: reviewers can agree and be wrong. In "
    "brackets the 95 % interval over tasks."
)


@dataclass(frozen=True)
class _Card:
    campaign: str
    software: str
    facts: tuple[tuple[str, str], ...]
    agreement_said: str
    agreement: tuple[tuple[object, ...], ...]


def protocol_card(
    ratings: pd.DataFrame,
    rubrics: Iterable[Rubric],
    *,
    campaign: str,
    tasks: Iterable[Task] | None = None,
    rounds: Iterable[Round] | None = None,
    blinding: Sequence[str] | None = None,
    openings: pd.DataFrame | None = None,
    excluded: Mapping[str, int] | None = None,
    gold: int | None = None,
    settled: Iterable[Settled] | None = None,
    names: bool = False,
) -> str:
    """Return how ratings were made, as Markdown: the same text for the same ratings.

    What is not given is said to be not known; nothing is supposed.

    Parameters
    ----------
    ratings : DataFrame
        The tidy table with every revision, as from ``store.ratings(current=False)``.
    rubrics : iterable of Rubric
        The versions that they were made by, as far as they are at hand.
    campaign : str
        What they belong to.
    tasks : iterable of Task, optional
        The tasks that were rated: tells their kinds.
    rounds : iterable of Round, optional
        The rounds as they were opened: order, evidence setting, mode. A round that is missing
        was never opened, and what was set in it is not known.
    blinding : sequence of str, optional
        What reviewers could not see, one sentence each.
    openings : DataFrame, optional
        What was opened, as from ``store.openings.table()``.
    excluded : mapping of str to int, optional
        What is not among the ratings, and how many reviews that is: lessons, sandbox, skipped.
    gold : int, optional
        How many of the tasks have gold.
    settled : iterable of Settled, optional
        What a person settled.
    names : bool
        Whether the reviewers are named.

    Raises
    ------
    RatingsError
        If the table is no table of ratings.

    Notes
    -----
    Agreement is that of `agreement_by_criterion`: each rubric by itself, major versions apart.
    """
    known = tuple(rubrics)
    opened = None if rounds is None else tuple(rounds)
    with warnings.catch_warnings():  # the card itself says which versions are mixed
        warnings.simplefilter("ignore", RatingsWarning)
        check_ratings(ratings)
        rows = tuple(_agreement(ratings, known))
    answers = Answers.of(ratings)
    facts = (
        ("Tasks", of_tasks(ratings, None if tasks is None else tuple(tasks))),
        ("Rubric", of_rubrics(ratings, known)),
        ("Reviewers", of_reviewers(ratings, names=names)),
        ("Reviews", of_reviews(answers)),
        ("Time", of_time(answers)),
        ("Order", of_order(answers, opened)),
        ("Blinding", of_blinding(blinding)),
        ("Measured evidence", of_evidence(answers, opened, openings)),
        ("Left out", of_exclusions(excluded)),
        ("Gold", of_gold(gold)),
        ("Adjudication", of_adjudication(None if settled is None else tuple(settled))),
    )
    said = ABOUT_AGREEMENT if rows else NO_SCALE
    made_with = f"Written by evalwidgets {version('evalwidgets')}."
    return as_markdown("protocol_card.md.jinja", card=_Card(campaign, made_with, facts, said, rows))


def _agreement(ratings: pd.DataFrame, rubrics: Sequence[Rubric]) -> Iterator[tuple[object, ...]]:
    """Yield a row for each criterion of each rubric, by its newest version."""
    newest: dict[str, Rubric] = {}
    for one in sorted(rubrics, key=lambda one: [int(part) for part in one.version.split(".")]):
        newest[one.id] = one
    for name, rubric in sorted(newest.items()):
        theirs = ratings[ratings["rubric"] == name] if "rubric" in ratings else ratings
        if theirs.empty or (len(newest) > 1 and "rubric" not in ratings):
            continue
        table = agreement_by_criterion(first_revisions(theirs), rubric)
        for row, figures in zip(table.rows.to_dict("records"), table.estimates.values(), strict=True):
            if (theirs["criterion"] == row["criterion"]).any():
                yield _row(str(row["label"]), f"{name} {row['rubric_version']}".strip(), figures)


def _row(label: str, rubric: str, figures: CriterionAgreement) -> tuple[object, ...]:
    alpha = figures.alpha
    counts = (alpha.n_tasks, alpha.n_reviewers, alpha.n_ratings)
    return label, rubric, *map(_Figure, figures[:3]), *counts, alpha.note


@dataclass(frozen=True)
class _Figure:
    """A figure with its interval; no text, so that its point is not taken for one of a list."""

    figure: Estimate

    def __str__(self) -> str:
        value, low, high = self.figure.estimate, self.figure.low, self.figure.high
        if value is None:
            return "-"
        return f"{value:.2f}" if low is None or high is None else f"{value:.2f} ({low:.2f} to {high:.2f})"
