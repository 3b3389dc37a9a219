"""Runs one way in a process of its own, under limits, and brings its figures back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from agreement_peers.environments import MissingEnvironment, python_for

_HERE = Path(__file__).resolve().parent
_GLANCE = 0.25  # seconds between looks at what a process has used
_ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}


@dataclass(frozen=True)
class Limits:
    """What one process may take, and how often it runs its way at most."""

    cpu_seconds: float
    """Of the whole process, loading too: some seconds more than a run has."""
    gigabytes: float
    runs: int


@dataclass(frozen=True)
class Figures:
    """What one way took, or why there are no figures."""

    seconds: float = float("nan")
    """CPU seconds, the median of `runs`."""
    shaping: float = 0.0
    """How much of it went into the shape that the library asks for."""
    megabytes: float = float("nan")
    """The most memory beyond the ratings themselves."""
    runs: int = 0
    values: np.ndarray | None = None
    failed: str = ""


def measure(library: str, method: str, ratings: Path, limits: Limits, *, named: bool) -> Figures:
    """Return the figures of one way on a file of ratings."""
    script = _HERE / f"with_{library.lower().replace('-', '_')}.py"
    values = ratings.with_name("values.npy")
    values.unlink(missing_ok=True)
    try:
        command = [python_for(library), str(script), method, str(ratings), str(values)]
        command += ["--named"] if named else []
        command += ["--runs", str(limits.runs), "--gigabytes", str(limits.gigabytes)]
        done = _watched(command, limits.cpu_seconds)
    except MissingEnvironment as error:
        return Figures(failed=str(error))
    if done is None:
        return Figures(failed=f"over {limits.cpu_seconds:g} s")
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return Figures(failed=f"ended with {done.returncode}")
    told = json.loads(done.stdout.splitlines()[-1])
    if "failed" in told:
        if not told["failed"].startswith("over"):
            print(done.stderr, file=sys.stderr)
        return Figures(**told)
    return Figures(**told, values=np.load(values))


def _watched(command: list[str], cpu_seconds: float) -> subprocess.CompletedProcess[str] | None:
    """Return how a process ended, or None when it was ended for using too much CPU.

    The system's own limit of CPU time would do, but makes the clock of a process tick
    in hundredths of a second.
    """
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=os.environ | _ONE_THREAD, **pipes) as process:
        watched = psutil.Process(process.pid)
        while True:
            try:
                out, err = process.communicate(timeout=_GLANCE)
                return subprocess.CompletedProcess(command, process.returncode, out, err)
            except subprocess.TimeoutExpired:
                used = watched.cpu_times()
                if used.user + used.system > cpu_seconds:
                    process.kill()
                    process.communicate()
                    return None
