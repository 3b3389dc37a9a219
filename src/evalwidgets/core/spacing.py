"""Which missed boundaries return within a sitting: some tasks later, not at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evalwidgets.core.boundary import Boundary
from evalwidgets.core.trial import Trial

SOONEST, LATEST = 3, 7
"""How many tasks after a miss its boundary returns: late enough to be recalled, soon enough to be known."""


def waiting(sitting: Sequence[Sequence[Trial]]) -> dict[Boundary, int]:
    """Return the missed boundaries that have not come back, with how many tasks ago, the longest first.

    Parameters
    ----------
    sitting : sequence of sequence of Trial
        The trials of each task of this sitting, in order; empty for one that decided nothing.

    Notes
    -----
    A boundary waits from its latest miss. Whatever task decides it from the third task on has
    brought it back, whyever it was chosen. Missed at the latest task it is one task ago: that
    is how many tasks later the next one would be.
    """
    missed: dict[Boundary, int] = {}
    for place, trials in enumerate(sitting):
        for trial in trials:
            if not trial.correct:
                missed[trial.boundary] = place
            elif place - missed.get(trial.boundary, place) >= SOONEST:
                del missed[trial.boundary]
    return {one: len(sitting) - missed[one] for one in sorted(missed, key=lambda one: missed[one])}


def returning(ago: Mapping[Boundary, int]) -> tuple[Boundary, ...]:
    """Return those of the waiting boundaries that should return with the next task.

    After the seventh task one waits no more, and is a weak one like others.
    """
    return tuple(one for one, tasks in ago.items() if SOONEST <= tasks <= LATEST)
