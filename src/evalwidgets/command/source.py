"""What a command is asked about: a table or a store, its scales, and how it was understood."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from evalwidgets.analysis.results import listed
from evalwidgets.analysis.scales import Scale, scale_named, scales_of
from evalwidgets.command.progress import watched
from evalwidgets.command.scales import declared_levels, scale_of
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RatingsError, UnknownName
from evalwidgets.store.exchange.rating_files import read_ratings
from evalwidgets.store.location import SQLITE_HEADER
from evalwidgets.store.reviews import open_store
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tables import gold_table
from evalwidgets.store.tasks import read_gold

_ROLES = ("task", "reviewer", "criterion", "value")


class Source(NamedTuple):
    """Ratings with their scales and their gold, and every sentence on how they were read."""

    name: str
    ratings: pd.DataFrame
    scales: tuple[Scale, ...]
    understood: tuple[str, ...]
    rubric: Rubric | None = None
    """None without one, and where only some of its criteria are asked about."""
    gold: pd.DataFrame | None = None
    openings: pd.DataFrame | None = None
    """What was opened, where the source is a store."""


def load(options: argparse.Namespace) -> Source:
    """Read what the options name.

    Raises
    ------
    EvalWidgetsError
        If it cannot be read, or the scales do not fit it.
    """
    if options.rubric and (options.level or options.levels):
        options.usage.error("--level and --levels are for tables without --rubric, which declares both")
    rubric = read_rubric(options.rubric) if options.rubric else None
    openings = None
    if _is_store(options.source):
        ratings, rubric, said, openings = _from_store(options, rubric)
    else:
        ratings, said = _from_table(options)
    gold = _gold(options, rubric)
    if rubric is None:
        scales, assumed = _scales_without_rubric(ratings, gold, options)
    else:
        scales, assumed = (
            _scales_of(rubric, ratings, options.criterion),
            [f"rubric {rubric.id} {rubric.version}"],
        )
    if options.criterion:
        ratings = ratings[ratings["criterion"].isin(options.criterion)]
        gold = gold if gold is None else gold[gold["criterion"].isin(options.criterion)]
    whole = None if options.criterion else rubric
    return Source(Path(options.source).name, ratings, scales, (*said, *assumed), whole, gold, openings)


def _is_store(address: str) -> bool:
    if "://" in address:
        return True
    path = Path(address)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(SQLITE_HEADER)) == SQLITE_HEADER


def _from_table(options: argparse.Namespace) -> tuple[pd.DataFrame, list[str]]:
    given = {role: getattr(options, f"{role}_column") for role in _ROLES}
    columns = {role: column for role, column in given.items() if column}
    watch = watched(f"reading {Path(options.source).name}", forced=options.progress)
    found = read_ratings(options.source, columns, options.shape, watch=watch)
    return found.ratings, list(found.understood)


def _from_store(
    options: argparse.Namespace, rubric: Rubric | None
) -> tuple[pd.DataFrame, Rubric | None, list[str], pd.DataFrame]:
    with open_store(options.source) as store:
        # Blind statistics need the first revisions, which later ones supersede.
        ratings = store.ratings(options.campaign, options.round, current=False)
        remembered = store.rubrics()
        openings = store.openings.table(options.campaign, options.round)
    if ratings.empty:
        wanted = " and ".join(f"{name} {value!r}" for name, value in _wanted(options).items()) or "at all"
        msg = f"{options.source}: no rating for {wanted}; a review must be submitted first."
        raise RatingsError(msg)
    campaign = _the_one(ratings, "campaign", "--campaign")
    ratings = _of_rubric(ratings, rubric)
    if options.rubric_version:
        ratings = _of_version(ratings, options.rubric_version)
    if rubric is None and not options.level:
        rubric = _remembered(ratings, list(remembered.values()))
    rounds = ratings["round"].unique()
    return (
        ratings,
        rubric,
        [f"campaign {campaign}, {'rounds' if len(rounds) > 1 else 'round'} {listed(rounds, 8)}"],
        openings[openings["campaign"] == campaign],
    )


def _gold(options: argparse.Namespace, rubric: Rubric | None) -> pd.DataFrame | None:
    """Return the gold of the rubric, where a gold file is given; files may hold that of several."""
    path = getattr(options, "gold", None)
    if path is None:
        return None
    gold = read_gold(path)
    table = gold_table(gold, rubric)
    if rubric is not None and gold and table.empty:
        held = listed(sorted({one.rubric for one in gold.values()}), most=8)
        msg = f"{path}: no gold for the rubric {rubric.id}; it holds gold for {held}."
        raise RatingsError(msg)
    return table


def _wanted(options: argparse.Namespace) -> dict[str, str]:
    return {name: value for name in ("campaign", "round") if (value := getattr(options, name))}


def _the_one(ratings: pd.DataFrame, column: str, option: str) -> str:
    """Return the only value of a column; a statistic never mixes several."""
    sizes = ratings[column].value_counts()
    if len(sizes) > 1:
        held = listed((f"{name} ({n} ratings)" for name, n in sizes.items()), most=8)
        msg = f"The store holds several of {column}: {held}. Choose one with {option}."
        raise RatingsError(msg)
    return str(sizes.index[0])


def _of_rubric(ratings: pd.DataFrame, rubric: Rubric | None) -> pd.DataFrame:
    if rubric is None:
        _the_one(ratings, "rubric", "--rubric")
        return ratings
    of_it = ratings[ratings["rubric"] == rubric.id]
    if of_it.empty:
        raise UnknownName("reviews by the rubric", rubric.id, ratings["rubric"].unique(), "the store")
    return of_it


def _of_version(ratings: pd.DataFrame, version: str) -> pd.DataFrame:
    of_it = ratings[ratings["rubric_version"] == version]
    if of_it.empty:
        raise UnknownName("rubric version", version, ratings["rubric_version"].unique(), "the store")
    return of_it


def _remembered(ratings: pd.DataFrame, rubrics: Sequence[Rubric]) -> Rubric:
    """Return the rubric that the latest reviews were made with, which the store remembers."""
    newest = ratings.sort_values("submitted_at", kind="stable").iloc[-1]
    for rubric in rubrics:
        if (rubric.id, rubric.version) == (newest["rubric"], newest["rubric_version"]):
            return rubric
    msg = (
        f"The store does not remember the rubric {newest['rubric']} {newest['rubric_version']}; "
        "give its file with --rubric, or the level of its scales with --level."
    )
    raise RatingsError(msg)


def _scales_of(rubric: Rubric, ratings: pd.DataFrame, criteria: list[str] | None) -> tuple[Scale, ...]:
    if criteria:
        return tuple(scale_named(rubric, name) for name in criteria)
    scales = scales_of(rubric)[0]
    known = ratings["criterion"].unique()
    if not set(known) & {scale.id for scale in scales}:
        msg = (
            f"None of the criteria that were rated ({listed(known, most=8)}) is in the rubric {rubric.id} "
            f"({listed((scale.id for scale in scales), most=12)}). Is it the right rubric?"
        )
        raise RatingsError(msg)
    return scales


def _scales_without_rubric(
    ratings: pd.DataFrame, gold: pd.DataFrame | None, options: argparse.Namespace
) -> tuple[tuple[Scale, ...], list[str]]:
    known = ratings["criterion"].unique()
    for name in options.criterion or ():
        if name not in known:
            raise UnknownName("criterion", name, known, options.source)
    levels = declared_levels(options.levels) if options.levels else None
    guesses = [
        scale_of(_answers(ratings, gold, name), name, options.level, levels)
        for name in (options.criterion or known)
    ]
    return tuple(guess.scale for guess in guesses), [guess.said for guess in guesses if guess.said]


def _answers(ratings: pd.DataFrame, gold: pd.DataFrame | None, criterion: str) -> pd.Series:
    """Return every answer that was given or is accepted: together they tell the scale."""
    given = ratings.loc[ratings["criterion"] == criterion, "value"]
    if gold is None:
        return given
    accepted = gold.loc[gold["criterion"] == criterion, "accepted"].explode()
    every: pd.Series = pd.concat([given.astype(object), accepted.astype(object)])
    return every
