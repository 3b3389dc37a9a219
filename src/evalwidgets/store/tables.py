"""Rubrics and gold as tables, to read in a notebook and to hand to a statistic."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pandas as pd

from evalwidgets.core.criterion import Ordinal
from evalwidgets.core.gold import Gold
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RubricError
from evalwidgets.store.rubrics import list_rubrics, read_rubric


def rubric_table(folder: str | os.PathLike[str]) -> pd.DataFrame:
    """Return the rubrics of a folder: `version, judges, gates, criteria, title`, by rubric id.

    Raises
    ------
    RubricError
        If a rubric file in the folder is not valid.
    """
    rubrics = [read_rubric(one.path) for one in list_rubrics(folder)]
    rows = [(one.id, one.version, one.kind, len(one.gates), len(one.criteria), one.title) for one in rubrics]
    columns = ["rubric", "version", "judges", "gates", "criteria", "title"]
    return pd.DataFrame(rows, columns=columns).set_index("rubric")


def level_table(rubric: Rubric, criterion: str, variant: str | None = None) -> pd.DataFrame:
    """Return the levels of an ordinal criterion, highest first: `name, descriptor, boundary`.

    Parameters
    ----------
    rubric : Rubric
        The rule book.
    criterion : str
        Id of an ordinal criterion.
    variant : str, optional
        The kind of task whose words are wanted, for example the edit type "remove".

    Raises
    ------
    UnknownName
        If the rubric has no such criterion.
    RubricError
        If the criterion has no levels.
    """
    worded = rubric.criterion(criterion).variant_for(variant)
    if not isinstance(worded, Ordinal):
        raise RubricError([f"{criterion} is answered by {worded.control}; only ordinal criteria have levels"])
    levels = sorted(worded.levels, key=lambda level: -level.value)
    rows = [(level.value, level.name, level.descriptor, level.boundary) for level in levels]
    return pd.DataFrame(rows, columns=["level", "name", "descriptor", "boundary"]).set_index("level")


def gold_table(gold: Mapping[str, Gold], rubric: Rubric | None = None) -> pd.DataFrame:
    """Return gold as a table: one row per task and criterion that has a set of accepted values.

    Columns: `task, criterion, accepted` (tuple), `tolerance, na, rationale`.
    Distributions and orders have no accepted set and are left out.

    Parameters
    ----------
    gold : mapping of task to Gold
        As `read_gold` returns it.
    rubric : Rubric, optional
        Only gold under this rubric: other rubrics may use the same criterion ids.
    """
    columns = ["task", "criterion", "accepted", "tolerance", "na", "rationale"]
    rows = [
        (task, name, answer.accepted, answer.tolerance, answer.na, answer.rationale)
        for task, one in gold.items()
        if rubric is None or one.rubric == rubric.id
        for name, answer in one.answers.items()
        if answer.accepted or answer.na
    ]
    return pd.DataFrame(rows, columns=columns)
