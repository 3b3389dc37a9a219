"""One method of one library in a process of its own: its CPU seconds, its memory, its values.

Every `with_*.py` beside this file is run by ../agreement.py in the environment of its
library, says which methods it has, and gives them to `serve`.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import resource
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from made_ratings import Ratings, read_ratings

_WARM_TASKS = 200
_ENOUGH_SECONDS = 20.0  # no more runs after so much CPU


class Method(NamedTuple):
    """What is measured: the shape that the library asks for, then its answer."""

    compute: Callable[[Any], Any]
    """From that shape to the value or values."""
    shape: Callable[[Ratings], Any] = lambda ratings: ratings
    """From the tidy table to that shape; its time counts too, and is also told alone."""


def serve(methods: dict[str, Method]) -> None:
    """Measure the method that the command line names; print the figures as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("method", choices=sorted(methods))
    parser.add_argument("ratings", type=Path)
    parser.add_argument("values", type=Path, help="where to write the values, an .npy")
    parser.add_argument("--named", action="store_true")
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--gigabytes", type=float, required=True)
    given = parser.parse_args()
    # So that nothing is imported or compiled for the first time while the clock runs.
    _once(methods[given.method], read_ratings(given.ratings, named=given.named, tasks=_WARM_TASKS))
    try:
        ratings = read_ratings(given.ratings, named=given.named)
        _limit_memory(given.gigabytes)
        figures, value = _measured(methods[given.method], ratings, given.runs)
        np.save(given.values, np.asarray(value, dtype=np.float64).ravel())
    except MemoryError:
        figures = {"failed": f"over {given.gigabytes:g} GB"}
    except Exception as error:
        traceback.print_exc()
        figures = {"failed": f"{type(error).__name__}: {error}"}
    print(json.dumps(figures))


def _once(method: Method, ratings: Ratings) -> tuple[float, float, Any]:
    """Return the CPU seconds of shaping, of all, and the value."""
    begun = time.process_time()
    shaped = method.shape(ratings)
    between = time.process_time()
    value = method.compute(shaped)
    return between - begun, time.process_time() - begun, value


def _measured(method: Method, ratings: Ratings, runs: int) -> tuple[dict[str, Any], Any]:
    """Return medians of the CPU seconds, the memory of the first run, and the value."""
    before = _forget_peak()
    shaping, whole = [], []
    value = None
    megabytes = 0.0
    while not whole or (len(whole) < runs and sum(whole) < _ENOUGH_SECONDS):
        shape_seconds, seconds, value = _once(method, ratings)
        if not whole:
            megabytes = _peak() - before
        shaping.append(shape_seconds)
        whole.append(seconds)
    figures = {
        "seconds": float(np.median(whole)),
        "shaping": float(np.median(shaping)),
        "megabytes": megabytes,
        "runs": len(whole),
    }
    return figures, value


def _limit_memory(gigabytes: float) -> None:
    """Let this process grow by so much more; what asks for more gets a MemoryError."""
    most = _status("VmSize") * 1024 + int(gigabytes * 1024**3)
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _forget_peak() -> float:
    """Give free memory back, set the peak of resident memory to what is resident, and return it in MB."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _status("VmRSS") / 1024


def _peak() -> float:
    return _status("VmHWM") / 1024


def _status(name: str) -> int:
    """Return a line of this process's status, in KB; the figures are Linux's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
