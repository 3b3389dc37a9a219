"""Measures our statistics against other libraries: CPU seconds, memory, and whether values agree.

Each way runs in a process of its own, in the environment of its library, on the same
ratings, with a limit of time and memory. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from agreement_peers.cases import CASES, Case, Way
from agreement_peers.environments import has_own
from agreement_peers.made_ratings import make_ratings
from agreement_peers.measuring import Figures, Limits, measure
from agreement_peers.telling import HEAD, Row, faster, line, missed

_SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
_OURS = "evalwidgets"
# Not tried when fewer ratings, counted up, foretell so many times the limit.
_HOPELESS = 1.5


class Bench:
    """All measurements of one run, in the order in which they are taken."""

    def __init__(self, folder: Path, limits: Limits, seed: int, *, own: bool) -> None:
        self.folder, self.limits, self.seed, self.own = folder, limits, seed, own
        self.rows: list[Row] = []
        self._last: dict[tuple[str, Way], tuple[int, Figures]] = {}

    def take(self, n: int, cases: list[Case]) -> Iterator[Row]:
        """Measure these cases with n ratings, and give each row as it comes."""
        for design in dict.fromkeys(case.design for case in cases if n <= case.most):
            file = self.folder / f"{design}.npz"
            make_ratings(file, n, design, self.seed)
            for case in cases:
                if case.design == design and n <= case.most:
                    yield from self._case(n, case, file)
            file.unlink()

    def _case(self, n: int, case: Case, file: Path) -> Iterator[Row]:
        ours = Way(_OURS, case.ours)
        base = self._measure(n, case, ours, file)
        for way in (ours, *case.ways):
            if not self.own and has_own(way.library):
                continue
            figures = base if way is ours else self._measure(n, case, way, file)
            row = Row(n, case, way, figures, base)
            self.rows.append(row)
            yield row

    def _measure(self, n: int, case: Case, way: Way, file: Path) -> Figures:
        """Return the figures of a way, or why it is not tried after what fewer ratings took."""
        before, last = self._last.get((case.name, way), (n, Figures()))
        expected = last.seconds * n / before
        if last.failed:
            return replace(last, failed=f"not run ({last.failed.removeprefix('not run (').rstrip(')')})")
        if before < n and expected > _HOPELESS * self.limits.cpu_seconds:
            figures = Figures(failed=f"not run ({last.seconds:.0f} s with {before:,})")
        else:
            named = case.design == "text"
            figures = measure(way.library, way.method, file, self.limits, named=named)
            if figures.failed.startswith("over"):
                figures = replace(figures, failed=f"{figures.failed} with {n:,}")
        self._last[case.name, way] = n, figures
        return figures


def main() -> int:
    """Run the benchmark and print its figures; 1 when a target is missed or values differ."""
    given = _arguments()
    limits = Limits(given.cpu_seconds, given.gigabytes, given.runs)
    if given.quick:
        limits, given.sizes = Limits(30, 4, 3), [10_000]
    cases = [
        case for case in CASES if given.only.lower() in case.name.lower() and (case.quick or not given.quick)
    ]
    print(f"{date.today()}, {platform.platform()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, numpy {np.__version__}, pandas {pd.__version__}; ", end="")
    print(f"seed {given.seed}, limits {limits.cpu_seconds:g} CPU s and {limits.gigabytes:g} GB a process")
    with TemporaryDirectory(prefix="evalwidgets-agreement-") as folder:
        bench = Bench(Path(folder), limits, given.seed, own=not given.quick)
        for n in given.sizes:
            print(f"\n{n:,} ratings (load {os.getloadavg()[0]:.1f})\n\n{HEAD}", flush=True)
            for row in bench.take(n, cases):
                print(line(row), flush=True)
    wrong = missed(bench.rows)
    print("\n" + ("\n".join(f"MISSED: {one}" for one in wrong) or "Every target is reached."))
    print("\n".join(f"Faster, and no target: {one}" for one in faster(bench.rows)))
    return 1 if wrong and not given.quick else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke run without environments to make")
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="numbers of ratings")
    parser.add_argument("--only", default="", help="cases whose name holds this text")
    parser.add_argument("--runs", type=int, default=5, help="of each way at most (default: 5)")
    parser.add_argument("--cpu-seconds", type=float, default=120, help="limit of a process (default: 120)")
    parser.add_argument("--gigabytes", type=float, default=8, help="limit of a process (default: 8)")
    parser.add_argument("--seed", type=int, default=3, help="of the ratings (default: 3)")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
