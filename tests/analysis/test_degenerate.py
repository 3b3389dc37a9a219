"""Every public statistic on input that holds next to nothing: a sentence, never a traceback or a bare nan."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

import evalwidgets.analysis as statistics
from evalwidgets.analysis import Scale
from evalwidgets.analysis.agreement.icc import FORMS
from evalwidgets.analysis.results import Estimate
from evalwidgets.core.clause import Clause
from evalwidgets.core.gap_book import GapBook
from evalwidgets.core.gold import Gold
from evalwidgets.errors import UnknownName
from evalwidgets.store.rubrics import read_rubric

from .region_tables import box, gold

EDIT = read_rubric(Path(__file__).resolve().parents[2] / "rubrics" / "image-edit.yaml")
LEVELS = (1, 2, 3, 4, 5)
QUALITY = Scale("quality", LEVELS, tolerance=1, target_within=0.9)
CLIP = Scale("clip", ("a", "b", "same"), "nominal")
SAFETY = Scale("safety", ("ok", "sensitive", "violates", "escalate"), "nominal", is_gate=True)
COUNT = Scale("marks", metric="interval")
SCALES = [SAFETY, QUALITY, CLIP, COUNT]
PLACES = Scale("places", metric="nominal")
NAMES = ("safety", "quality", "clip", "marks", "ana", "ben", "cem", "one", "two")
"""A sentence may begin with a name, which keeps its small letter."""
FINE = {"safety": "ok", "quality": 4, "clip": "a", "marks": 0, "places": []}
OTHER = {"safety": "violates", "quality": 1, "clip": "b", "marks": 3, "places": [box(0, 0, 90, 60)]}


class Few(NamedTuple):
    """Ratings and gold that show next to nothing."""

    ratings: pd.DataFrame
    gold: pd.DataFrame

    def of(self, criterion: str) -> pd.DataFrame:
        """Return the ratings of one criterion."""
        return self.ratings[self.ratings["criterion"] == criterion]


def few(answers: dict[str, list[Any]], *, gold: int = 99) -> Few:
    """Return what reviewers answered, one entry a task: "+" and "-" two answers, 0 not applicable."""
    rows = [
        {
            "task": f"t{place}",
            "reviewer": reviewer,
            "criterion": scale.id,
            "value": {"+": FINE, "-": OTHER}[one][scale.id] if one else None,
            "na": None if one else "nothing_of_the_kind",
            "seconds": 30.0,
            "submitted_at": pd.Timestamp("2026-03-02", tz="UTC") + pd.Timedelta(days=place),
        }
        for reviewer, given in answers.items()
        for place, one in enumerate(given)
        for scale in (*SCALES, PLACES)
        if one is not None
    ]
    columns = ["task", "reviewer", "criterion", "value", "na", "seconds", "submitted_at"]
    ratings = pd.DataFrame(rows, columns=columns).astype({"value": object})
    ratings["submitted_at"] = pd.to_datetime(ratings["submitted_at"], utc=True)
    tasks = ratings["task"].unique()[:gold]
    accepted = [(task, scale.id, (FINE[scale.id],)) for task in tasks for scale in SCALES]
    table = pd.DataFrame(accepted, columns=["task", "criterion", "accepted"])
    return Few(ratings, table.assign(tolerance=None, na=False))


WORLDS = {
    "no ratings": few({}),
    "one rating": few({"ana": ["+"]}),
    "one reviewer": few({"ana": ["+", "-"] * 10}),
    "one task": few({"ana": ["+"], "ben": ["-"], "cem": ["+"]}),
    "all identical": few({name: ["+"] * 20 for name in ("ana", "ben", "cem")}),
    "one of a mind each": few({"ana": ["+"] * 20, "ben": ["-"] * 20, "cem": ["+"] * 20}),
    "nothing in common": few({"ana": ["+", "-"], "ben": [None, None, "-"], "cem": [None] * 3 + ["+"]}),
    "no gold": few({name: ["+", "-"] * 10 for name in ("ana", "ben", "cem")}, gold=0),
    "two reviewers": few({"ana": ["+", "-", "-"] * 5, "ben": ["+", "-", "+"] * 5}),
    "two tasks": few({"ana": ["+", "-"], "ben": ["-", "-"], "cem": ["+", "+"]}),
    "not applicable": few({"ana": [0, 0], "ben": [0, 0], "cem": [0, 0]}),
}


def pairs(world: Few) -> pd.DataFrame:
    """Return the candidates of each task, the sides exchanged on every second one."""
    tasks = sorted(world.ratings["task"].unique())
    rows = [(task, *(("one", "two") if place % 2 else ("two", "one"))) for place, task in enumerate(tasks)]
    return pd.DataFrame(rows, columns=["task", "a", "b"])


def marked_gold(world: Few) -> dict[str, Gold]:
    """Return gold regions for the tasks that have gold: a box on every second one."""
    tasks = world.gold["task"].unique()
    return gold(**{task: [box(0, 0, 90, 60)] * (place % 2) for place, task in enumerate(tasks)})


class Case(NamedTuple):
    """A statistic, and the columns whose gaps a note must explain."""

    of: Callable[[Few], Any]
    numbers: tuple[str, ...] = ()


def by_levels(name: str, **more: Any) -> Case:
    """Return the case of a statistic of one criterion's levels."""
    statistic = getattr(statistics, name)
    return Case(lambda few: statistic(few.of("quality"), levels=LEVELS, **more), ("agreement", "low"))


def by_gold(name: str, *numbers: str, **more: Any) -> Case:
    """Return the case of a statistic against gold."""
    statistic = getattr(statistics, name)
    return Case(lambda few: statistic(few.ratings, few.gold, SCALES, **more), numbers)


def by_rubric(name: str, *numbers: str, **more: Any) -> Case:
    """Return the case of a statistic of all criteria."""
    statistic = getattr(statistics, name)
    return Case(lambda few: statistic(few.ratings, SCALES, **more), numbers)


def causes(few: Few) -> Any:
    """Return suggested causes."""
    return statistics.suggest_causes(few.ratings, SCALES, few.gold)


def evidence(few: Few) -> Any:
    """Return the audit of evidence that everybody opened and nobody followed."""
    first = few.ratings.assign(revision=1, reason="")
    opened = first[["task", "reviewer"]].drop_duplicates().assign(kind="evidence")
    return statistics.evidence_audit(first, opened, SCALES)


CASES = {
    **{f"krippendorff_alpha {one}": by_levels("krippendorff_alpha", level=one)
       for one in ("nominal", "ordinal", "interval", "ratio")},
    **{f"{name} {how}": by_levels(name, interval=how, n_boot=50)
       for name in ("percent_agreement", "gwet_ac1", "gwet_ac2", "fleiss_kappa", "brennan_prediger",
                    "conger_kappa", "specific_agreement")
       for how in ("jackknife", "bootstrap")},
    "kendall_w": by_levels("kendall_w"),
    **{f"icc {form}": Case(lambda few, form=form: statistics.icc(few.of("quality"), form=form))
       for form in FORMS},
    "dawid_skene": Case(lambda few: statistics.dawid_skene(few.of("clip"), levels=CLIP.levels), ("value",)),
    "agreement_by_criterion": by_rubric("agreement_by_criterion", "alpha", "alpha_low", "ac"),
    "variance_components": by_rubric("variance_components", "task", "reviewer", "residual"),
    "reliability_of_mean": by_rubric("reliability_of_mean", "reliability", "low"),
    "reviewer_contribution": by_rubric("reviewer_contribution", "difference", "low"),
    "reviewer_inconsistency": by_rubric("reviewer_inconsistency", "inconsistency", "low"),
    "reviewer_habits": by_rubric("reviewer_habits", "pull", "halo", "hasty", "order", "pull_low"),
    "self_consistency": by_rubric("self_consistency", "same", "low"),
    "consensus": by_rubric("consensus", "value", "share"),
    "spread": by_rubric("spread"),
    "to_adjudicate": by_rubric("to_adjudicate"),
    "adjudicated_labels": Case(lambda few: statistics.adjudicated_labels(few.ratings, (), SCALES)),
    "pairwise_agreement": Case(
        lambda few: statistics.pairwise_agreement(few.ratings, SCALES, criterion="quality"), ("mean",)
    ),
    "bridge": Case(
        lambda few: statistics.bridge(
            few.ratings.assign(rubric_version="1.0.0"), SCALES, before="1.0.0", after="2.0.0"
        ),
        ("before", "after", "shift", "low"),
    ),
    "preference": Case(
        lambda few: statistics.preference(few.of("clip"), pairs(few), n_boot=20),
        ("win_rate", "strength", "strength_low"),
    ),
    "gold_accuracy": by_gold("gold_accuracy", "exact", "within", "within_low"),
    "gold_exposure": by_gold("gold_exposure", "within"),
    "gold_health": by_gold("gold_health", "share", "share_low"),
    "kappa_with_gold": by_gold("kappa_with_gold", "kappa", "kappa_low"),
    "headline": by_gold("headline", "within", "alpha"),
    "reviewer_severity": by_gold("reviewer_severity", "bias", "low"),
    "reviewer_drift": by_gold("reviewer_drift", "within", "ewma", by_criterion=True),
    "drift from others": by_gold("reviewer_drift", "within", "ewma", against="others"),
    "gold_confusion": by_gold("gold_confusion", criterion="quality"),
    "gate_errors": Case(
        lambda few: statistics.gate_errors(few.ratings, few.gold, EDIT),
        ("false_positive_rate", "false_negative_rate"),
    ),
    "gold_coverage": Case(lambda few: statistics.gold_coverage(few.gold, SCALES)),
    "suggest_causes": Case(causes, ("strength",)),
    "cause_hits": Case(
        lambda few: statistics.cause_hits(causes(few), causes(few).rows[["task", "criterion", "cause"]]),
        ("hit_rate", "low"),
    ),
    "agenda": Case(lambda few: statistics.agenda(few.ratings, SCALES, few.gold, causes=causes(few))),
    "tally": Case(lambda few: statistics.tally(few.ratings, SCALES, "t0", "quality", few.gold)),
    "region_agreement": Case(lambda few: statistics.region_agreement(few.of("places")), ("f1",)),
    "region_accuracy": Case(
        lambda few: statistics.region_accuracy(few.of("places"), marked_gold(few)),
        ("recall", "recall_low", "precision", "precision_low"),
    ),
    "heat_map": Case(lambda few: statistics.heat_map(few.of("places"), "t0")),
    "gap_signals": Case(lambda few: statistics.gap_signals(few.ratings, SCALES, causes=causes(few))),
    "gap_register": Case(
        lambda few: statistics.gap_register(
            statistics.gap_signals(few.ratings, SCALES, causes=causes(few)), GapBook(), now=datetime.now(UTC)
        )
    ),
    "clause_agreement": Case(
        lambda few: statistics.clause_agreement(
            few.ratings.assign(rubric_version=few.ratings["task"].map(lambda task: f"1.{task == 't0':d}.0")),
            SCALES,
            Clause(criterion="quality", lower=3),
            version="1.1.0",
            where={"t0", "t1"},
        )
    ),
    "most_disagreed": by_rubric("most_disagreed", "score"),
    "evidence_audit": Case(evidence, ("changed", "low", "mean_change")),
    "work_done": Case(lambda few: statistics.work_done(few.ratings)),
    "by_version": Case(lambda few: statistics.by_version(few.ratings)),
    "count_patterns": Case(lambda few: statistics.count_patterns(few.of("quality"), levels=LEVELS)),
    "room": Case(lambda few: statistics.room(pd.DataFrame({"reviewer": [], "done": [], "total": []}))),
    "propose_tasks": Case(lambda few: statistics.propose_tasks([], {}, EDIT)),
}  # fmt: skip

TABLES = (
    "most_disagreed",
    "gap_signals",
    "gap_register",
    "work_done",
    "by_version",
    "count_patterns",
    "to_adjudicate",
    "adjudicated_labels",
)
"""What returns a plain table or a value, without a sentence."""
# No statistics of ratings, or with tests of their own for it: cuts, labels, plans, pages, replays, two
# named people, one person's exam.
APART = {
    "RatingsWarning", "Scale", "Similar", "bridge_tasks", "certificate", "cohen_kappa",
    "find_similar", "first_revisions", "gold_tasks_for_verdict", "gold_tasks_needed", "impact",
    "judge", "justification_quality", "last_revisions", "make_report", "match_regions", "minutes",
    "models_of", "operating_characteristic", "patterns_of_counts", "plan_gold", "propose_from",
    "protocol_card", "reviewer_confusion", "running_verdict", "standing", "task_labels", "what_if",
    "wilson_interval",
}  # fmt: skip


def test_every_public_statistic_is_tried() -> None:
    """A statistic that is exported and not in this test is noticed."""
    tried = {name.split()[0] for name in CASES} - {"drift"}

    assert {*statistics.__all__} == tried | APART


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("name", CASES)
def test_next_to_nothing_is_answered_in_a_sentence(name: str, world: str) -> None:
    """The answer is a sentence without nan, and every number that is missing has a note."""
    case = CASES[name]

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = case.of(WORLDS[world])

    if name in TABLES:
        return
    check_sentence(str(result))
    if not isinstance(result, Estimate):
        check_sentence(repr(result))
    rows = getattr(result, "rows", None)
    if rows is not None and len(rows):
        check_gaps(rows, [column for column in case.numbers if column in rows])
    if hasattr(result, "_repr_html_"):
        assert result._repr_html_().startswith("<table")


@pytest.mark.parametrize("world", [name for name in WORLDS if len(WORLDS[name].ratings)])
def test_two_named_reviewers_with_next_to_nothing(world: str) -> None:
    """Kappa and confusion of two people answer in a sentence as well, or say who is unknown."""
    ratings = WORLDS[world].ratings
    people = (*ratings["reviewer"].unique(), "nobody")[:2]
    if "nobody" in people:
        with pytest.raises(UnknownName, match="nobody"):
            statistics.cohen_kappa(ratings, reviewers=people, levels=LEVELS, criterion="quality")
        return

    kappa = statistics.cohen_kappa(ratings, reviewers=people, levels=LEVELS, criterion="quality")
    confusion = statistics.reviewer_confusion(ratings, SCALES, criterion="quality", reviewers=people)

    check_sentence(str(kappa))
    check_sentence(str(confusion))


def check_sentence(text: str) -> None:
    """Check that a text is a sentence without nan, None or infinity in it."""
    assert re.search(r"\b(nan|NaN|None(?! of)|inf|NaT)\b", text) is None, text
    assert text[:1].isupper() or text[:1].isdigit() or text.startswith(NAMES), text
    assert text.rstrip().endswith("."), text


def check_gaps(rows: pd.DataFrame, numbers: list[str]) -> None:
    """Check that each row with a missing number has a note."""
    gaps = rows[numbers].isna().any(axis=1)
    notes = rows["note"].fillna("") if "note" in rows else pd.Series("", index=rows.index)

    unexplained = rows[gaps & (notes == "")]

    assert unexplained.empty, unexplained.to_string()
