"""What the explorer's head says, as JSON: slices with counts, the query, the order, what is saved."""

from __future__ import annotations

from typing import Any

from evalwidgets.analysis.results import counted
from evalwidgets.widgets.explorer_work import ExplorerWork

Json = dict[str, Any]
_SORTS = {
    "spread": ("Spread, largest first", True),
    "confidence": ("Confidence, lowest first", False),
    "n_flags": ("Flags, most first", True),
    "n_reviews": ("Reviews, most first", True),
    "change_area": ("Changed area, largest first", True),
    "outside_share": ("Changed outside, largest first", True),
}


def head(
    work: ExplorerWork, mode: str, problem: str, *, saving: bool, measuring: tuple[int, int] | None
) -> Json:
    """Return the head of the explorer.

    Parameters
    ----------
    work : ExplorerWork
        What is shown.
    mode : str
        "sheet", "task" or "rate".
    problem : str
        What could not be done.
    saving : bool
        Whether the researcher is asked for a title.
    measuring : (int, int) or None
        How many of how many are measured, while it goes on.
    """
    name, _ = work.saved
    left = len(work.unmeasured) if measuring is None else 0
    return {
        "kind": "explore",
        "step": mode,
        "mode": mode,
        "title": f"Explorer of {work.campaign}",
        "sub": _sub(work),
        "problem": problem,
        "presets": work.presets,
        "query": work.slice.query,
        "columns": [str(name) for name in work.facts.columns],
        "sort": work.slice.sort,
        "sorts": _sorts(work),
        "slices": [
            {"name": one, "text": f"{versions[-1].title} · v{len(versions)}"}
            for one, versions in work.book.versions.items()
        ],
        "slice": name,
        "alike": work.alike,
        "plain": not (work.slice.presets or work.slice.query or work.slice.sort or work.alike),
        "saving": saving,
        "shown": len(work.shown),
        "total": len(work.facts),
        "marked": len(work.marked),
        "unmeasured": left,
        "measuring": {"done": measuring[0], "of": measuring[1]} if measuring else None,
        "task": work.focus,
        "place": work.place_of(work.focus) if mode != "sheet" else "",
    }


def _sub(work: ExplorerWork) -> str:
    reviews = int(work.facts["n_reviews"].sum())
    parts = [f"{work.rubric.id} {work.rubric.version}", f"{reviews:,} reviews"]
    if work.round:
        parts.append(f"round {work.round}")
    if work.blind:
        parts.append(f"without {counted(len(work.blind), 'round')} still blind")
    return " · ".join(parts)


def _sorts(work: ExplorerWork) -> list[Json]:
    """Return the orders that are offered; one that was typed by code is among them."""
    found = [{"value": "", "label": "In the manifest's order"}]
    for name, (label, is_falling) in _SORTS.items():
        if name in work.facts and work.facts[name].notna().any():
            found.append({"value": f"-{name}" if is_falling else name, "label": label})
    found += [
        {"value": f"-spread_{one.id}", "label": f"Spread of {one.label}"}
        for one in work.rubric.all
        if f"spread_{one.id}" in work.facts
    ]
    sort = work.slice.sort
    if sort not in {one["value"] for one in found}:
        falls = sort.startswith("-")
        found.append(
            {"value": sort, "label": f"{sort.removeprefix('-')}, {'largest' if falls else 'smallest'} first"}
        )
    return found
