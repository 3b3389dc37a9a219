"""The sentences of a protocol card, each from what is known; what is not known is said to be so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from evalwidgets.analysis.ratings import REVIEW_KEY
from evalwidgets.analysis.results import counted, listed
from evalwidgets.core.adjudication_book import RETURNED
from evalwidgets.core.adjudication_events import Settled
from evalwidgets.core.opening import AFTER_EVIDENCE
from evalwidgets.core.round import RE_VOTE, Round
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task

UNKNOWN = "Not known."
_REASONS = {
    RE_VOTE: "in a meeting, after hearing others",
    AFTER_EVIDENCE: "after seeing measured evidence",
    RETURNED: "because it was sent back",
}
_EVIDENCE = {
    "never": "switched off",
    "lead_only": "for the lead only",
    "researcher": "for researchers and the lead",
    "after_commit": "open to reviewers once they had submitted",
}
_MANY = 40


class Answers(NamedTuple):
    """One row for each review and revision of a table of ratings."""

    table: pd.DataFrame
    n_first: int
    """How many reviews there are, revisions aside."""

    @classmethod
    def of(cls, ratings: pd.DataFrame) -> Answers:
        """Return the reviews of a table; it says as much as its columns do."""
        key = [name for name in REVIEW_KEY if name in ratings]
        each = [*key, *(["revision"] if "revision" in ratings else [])]
        table = ratings.drop_duplicates(each)
        return cls(table, len(table.drop_duplicates(key)))


def of_tasks(ratings: pd.DataFrame, tasks: Sequence[Task] | None) -> str:
    """Say how many tasks were rated, and of which kinds."""
    rated = ratings["task"].nunique()
    said = f"{counted(rated, 'task')} rated."
    if tasks is None:
        return f"{said} Their kinds: not known."
    rated_ids = set(ratings["task"])
    kinds = Counter(task.kind for task in tasks if task.id in rated_ids)
    known = sum(kinds.values())
    if not known:
        return f"{said} Their kinds: not known."
    kind = ", ".join(f"{number} of kind {name}" for name, number in sorted(kinds.items()))
    rest = f", {rated - known} not known" if known < rated else ""
    return f"{said} By kind: {kind}{rest}."


def of_rubrics(ratings: pd.DataFrame, rubrics: Sequence[Rubric]) -> str:
    """Say by which versions of which rubric, with their hashes, and whether versions are mixed."""
    if not {"rubric", "rubric_version"} <= set(ratings.columns):
        held = listed((f"{one.id} {one.version}" for one in rubrics), _MANY) or "none"
        return f"Which version each rating was made by is not known; at hand: {held}."
    hashes: dict[tuple[str, str], list[str]] = {}
    for one in rubrics:
        hashes.setdefault((one.id, one.version), []).append(one.hash[:12])
    sizes = Counter(zip(ratings["rubric"].astype(str), ratings["rubric_version"].astype(str), strict=True))
    said = [
        f"{name} {number} (hash {' and '.join(hashes.get((name, number), ['not known']))}): "
        f"{counted(size, 'rating')}"
        for (name, number), size in sorted(sizes.items())
    ]
    twice = sorted(name for name, count in Counter(name for name, _ in sizes).items() if count > 1)
    mixed = (
        f" Versions of {', '.join(twice)} are mixed: a level may have changed its meaning between them."
        if twice
        else ""
    )
    return f"{'; '.join(said) or 'No rating'}.{mixed}"


def of_reviewers(ratings: pd.DataFrame, *, names: bool) -> str:
    """Say how many reviewers, and who where that was asked for."""
    known = sorted(ratings["reviewer"].astype(str).unique())
    said = f"{counted(len(known), 'reviewer')}"
    return f"{said}: {', '.join(known)}." if names and known else f"{said}; not named here."


def of_reviews(answers: Answers) -> str:
    """Say how many reviews and revisions, why they were revised, and which count."""
    said = f"{counted(answers.n_first, 'review')} with a rating."
    if "revision" not in answers.table:
        return f"{said} Whether any was revised is not known."
    later = answers.table[answers.table["revision"] > 1]
    if later.empty:
        return f"{said} None of them is a revision."
    given = later["reason"] if "reason" in later else pd.Series("", index=later.index)
    why = Counter(_REASONS.get(str(one), "for another or no stated reason") for one in given)
    reasons = ", ".join(f"{number} {reason}" for reason, number in sorted(why.items()))
    return (
        f"{said} {counted(len(later), 'revision after the first')}: {reasons}. Agreement counts the first "
        "revision of each review that is here."
    )


def of_time(answers: Answers) -> str:
    """Say when the first and the last review were submitted."""
    if "submitted_at" not in answers.table or answers.table["submitted_at"].isna().all():
        return UNKNOWN
    first, last = answers.table["submitted_at"].min(), answers.table["submitted_at"].max()
    return f"Submitted from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC."


def of_order(answers: Answers, rounds: Sequence[Round] | None) -> str:
    """Say whether each reviewer had an own order, and whether positions are kept."""
    held = "position" in answers.table
    kept = "Positions are kept with the ratings." if held else "Positions are not known."
    if not rounds:
        return f"How tasks were ordered is not known. {kept}"
    seeds = listed((f"{one.seed} in {one.name}" for one in rounds), _MANY)
    said = (
        f"Each reviewer had an own order, drawn from a seed ({seeds}); one source twice in a row was avoided."
    )
    return f"{said}{_unopened(answers, rounds)} {kept}"


def of_blinding(blinding: Sequence[str] | None) -> str:
    """Say what reviewers could not see."""
    return " ".join(blinding) if blinding else UNKNOWN


def of_evidence(answers: Answers, rounds: Sequence[Round] | None, openings: pd.DataFrame | None) -> str:
    """Say who might see measured evidence, how often it was opened, and what changed after it."""
    settings = Counter(_EVIDENCE[one.evidence] for one in rounds or ())
    if settings:
        each = "; ".join(f"{what} ({counted(number, 'round')})" for what, number in sorted(settings.items()))
        said = f"{each[0].upper()}{each[1:]}.{_unopened(answers, rounds or ())}"
    else:
        said = "Who might see it is not known."
    if openings is None:
        looked = "How often it was opened is not known."
    else:
        seen = openings[openings["kind"] == "evidence"]
        looked = f"It was opened {counted(len(seen), 'time')}."
    if "reason" not in answers.table:
        return f"{said} {looked} Whether answers were changed after it is not known."
    changed = int((answers.table["reason"] == AFTER_EVIDENCE).sum())
    return f"{said} {looked} {counted(changed, 'review')} revised after it."


def _unopened(answers: Answers, rounds: Iterable[Round]) -> str:
    if "round" not in answers.table:
        return ""
    missing = sorted(set(answers.table["round"].astype(str)) - {one.name for one in rounds})
    return f" Of {listed(missing)} this is not known: never opened as a round." if missing else ""


def of_exclusions(excluded: Mapping[str, int] | None) -> str:
    """Say what is not among the ratings."""
    if excluded is None:
        return UNKNOWN
    said = [f"{what}: {counted(number, 'review')}" for what, number in sorted(excluded.items())]
    return f"{'; '.join(said)}." if said else "Nothing."


def of_gold(gold: int | None) -> str:
    """Say whether some tasks have gold."""
    if gold is None:
        return "Whether some of the tasks have gold is not known."
    return (
        f"{counted(gold, 'task')} with gold; no gold is among the ratings." if gold else "No task has gold."
    )


def of_adjudication(settled: Sequence[Settled] | None) -> str:
    """Say how much was settled by a person, and how."""
    if settled is None:
        return UNKNOWN
    if not settled:
        return "Nothing was settled by a person."
    how = Counter(one.how for one in settled)
    each = ", ".join(f"{number} {name}" for name, number in sorted(how.items()))
    return (
        f"{counted(len(settled), 'answer')} settled by a person ({each}). That changes no rating: it stands "
        "beside them."
    )
