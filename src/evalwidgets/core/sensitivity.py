"""How well two sides are told apart, free of the habit of saying one of them: signal detection."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

_Z = NormalDist().inv_cdf


class Detection(NamedTuple):
    """Counts of a yes-no task in which "above" is the signal."""

    hits: int
    """Said above, and above is right."""
    misses: int
    """Said below where above is right."""
    false_alarms: int
    """Said above where below is right."""
    correct_rejections: int
    """Said below, and below is right."""

    @property
    def sensitivity(self) -> float | None:
        """The d' of signal detection, z(H) - z(F), where 0 is chance; None without trials on both sides.

        H is the share of "above" where above is right, F the share of "above" where below
        is right. Whoever always gives the same answer has H = F, whatever the mix of tasks,
        where the share of right answers could be anything. Rates of 0 and 1 have no z, so
        each is taken as (count + 0.5) / (n + 1), the log-linear correction of Hautus (1995,
        Behavior Research Methods 27:46-51), which biases d' towards 0, the safe side.
        """
        rates = self._z_rates
        return None if rates is None else rates[0] - rates[1]

    @property
    def bias(self) -> float | None:
        """(z(H) + z(F)) / 2: positive says "above" too often (lenient); None without both sides.

        It is the criterion c of Macmillan and Creelman (Detection Theory, 2005, chapter 2)
        with the sign turned, as c grows with *un*willingness to say "above".
        """
        rates = self._z_rates
        return None if rates is None else (rates[0] + rates[1]) / 2

    @property
    def _z_rates(self) -> tuple[float, float] | None:
        above, below = self.hits + self.misses, self.false_alarms + self.correct_rejections
        if not above or not below:
            return None
        return _Z((self.hits + 0.5) / (above + 1)), _Z((self.false_alarms + 0.5) / (below + 1))
