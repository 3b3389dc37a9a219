"""Which missed boundaries return within a sitting: some tasks later, not at once."""

from __future__ import annotations

from collections.abc import Sequence

from evalwidgets.core.boundary import Boundary
from evalwidgets.core.trial import Trial

SOONEST, LATEST = 3, 7
"""How many tasks after a miss its boundary returns: late enough to be recalled, soon enough to be known."""


def returning(sitting: Sequence[Sequence[Trial]]) -> tuple[Boundary, ...]:
    """Return the boundaries that should return with the next task, the longest waiting first.

    Parameters
    ----------
    sitting : sequence of sequence of Trial
        The trials of each task of this sitting, in order; empty for one that decided nothing.

    Notes
    -----
    A boundary waits from its latest miss. Whatever task decides it from the third task
    on has brought it back, whyever it was chosen; after the seventh it waits no more and
    is one of the weak ones.
    """
    missed: dict[Boundary, int] = {}
    for place, trials in enumerate(sitting):
        for trial in trials:
            waited = place - missed.get(trial.boundary, place)
            if not trial.correct:
                missed[trial.boundary] = place
            elif waited >= SOONEST:
                del missed[trial.boundary]
    coming = len(sitting)
    waiting = [one for one, place in missed.items() if SOONEST <= coming - place <= LATEST]
    return tuple(sorted(waiting, key=lambda one: missed[one]))
