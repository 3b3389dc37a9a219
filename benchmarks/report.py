"""The figures: medians with their n, and the ratios with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

OURS = "ReviewPanel"
TARGETS = {"local": 3.0, "remote": 10.0}
_DRAWS = 4000


@dataclass(frozen=True)
class Timing:
    """One submit: how long until the next picture was painted."""

    link: str
    case: str
    """`paced`, `at once` or `burst`."""
    method: str
    picture: int
    megabytes: int
    milliseconds: float
    gate: float | None
    """Milliseconds from the gate's answer to the criteria that it opens; None without a gate."""


def table(timings: Sequence[Timing], link: str) -> str:
    """Return medians by method and picture size, of one link, as lines of text."""
    lines = [f"{'':30}{'all':>20}{'1 MB':>9}{'2 MB':>9}{'4 MB':>9}   worst"]
    for case in dict.fromkeys(one.case for one in timings):
        for method in sorted({one.method for one in timings}, key=lambda name: (name != OURS, name)):
            kept = [one for one in timings if (one.link, one.case, one.method) == (link, case, method)]
            if kept:
                lines.append(_line(f"{case:9}{method}", kept))
    gates = [one.gate for one in timings if one.link == link and one.gate is not None]
    if gates:
        lines.append(
            f"From a gate's answer to what it opens: {np.median(gates):.0f} ms, worst {max(gates):.0f} ms "
            f"(n={len(gates)})"
        )
    return "\n".join(lines)


def _line(name: str, timings: Sequence[Timing]) -> str:
    times = [one.milliseconds for one in timings]
    by_size = ([one.milliseconds for one in timings if one.megabytes == size] for size in (1, 2, 4))
    sizes = "".join(f"{np.median(some):9.0f}" if some else f"{'-':>9}" for some in by_size)
    return f"{name:30}{np.median(times):8.0f} ms (n={len(times):2}){sizes}{max(times):8.0f}"


def ratios(timings: Sequence[Timing], link: str, case: str) -> dict[str, tuple[float, float, float]]:
    """Return how many times longer each peer takes: ratio of medians with its 95 % interval.

    The interval is a bootstrap over pictures, which all methods have shown: a large
    picture weighs on both sides of the ratio.
    """
    times: dict[str, dict[int, float]] = {}
    for one in timings:
        if (one.link, one.case) == (link, case):
            times.setdefault(one.method, {})[one.picture] = one.milliseconds
    ours = times.pop(OURS)
    return {peer: _ratio(theirs, ours) for peer, theirs in times.items()}


def _ratio(theirs: dict[int, float], ours: dict[int, float]) -> tuple[float, float, float]:
    shared = sorted(theirs.keys() & ours.keys())
    above, below = (np.array([times[picture] for picture in shared]) for times in (theirs, ours))
    drawn = np.random.default_rng(0).integers(0, len(shared), (_DRAWS, len(shared)))
    spread = np.median(above[drawn], axis=1) / np.median(below[drawn], axis=1)
    low, high = np.quantile(spread, (0.025, 0.975))
    return float(np.median(above) / np.median(below)), float(low), float(high)


def verdict(timings: Sequence[Timing], link: str) -> tuple[str, bool]:
    """Return the ratios of the paced submits as lines of text, and whether all reach the target."""
    target = TARGETS[link]
    found = ratios(timings, link, "paced")
    lines = [
        f"{OURS} is {ratio:.1f} times faster than {peer} (95 %: {low:.1f} to {high:.1f}); "
        f"target {target:.0f}: {'reached' if ratio >= target else 'MISSED'}"
        for peer, (ratio, low, high) in found.items()
    ]
    return "\n".join(lines), all(ratio >= target for ratio, _, _ in found.values())
