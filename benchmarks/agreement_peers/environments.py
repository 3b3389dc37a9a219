"""The environment of each library: this one, or one of its own that uv makes once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / ".environments"

# irrCAC pins old versions, crowd-kit brings half a gigabyte, simpledorff names no pandas.
_OWN = {
    "irrCAC": ("irrCAC==0.4.4",),
    "crowd-kit": ("crowd-kit==1.4.2",),
    "simpledorff": ("simpledorff==0.0.2", "numpy", "pandas"),
    "pingouin": ("pingouin==0.7.0",),
}


class MissingEnvironment(RuntimeError):
    """MissingEnvironment is raised when a library's environment could not be made."""


def has_own(library: str) -> bool:
    """Return whether the library lives in an environment of its own."""
    return library in _OWN


def python_for(library: str) -> str:
    """Return the Python that has the library, making its environment when there is none.

    Raises
    ------
    MissingEnvironment
        If there is no uv, or it fails.
    """
    if library not in _OWN:
        return sys.executable
    ready, python = FOLDER / library / "ready", FOLDER / library / "bin" / "python"
    wanted = "\n".join(_OWN[library])
    if not ready.exists() or ready.read_text(encoding="utf-8") != wanted:
        print(f"Making the environment of {library} ...", file=sys.stderr, flush=True)
        _uv("venv", "--clear", "--python", sys.executable, str(FOLDER / library))
        _uv("pip", "install", "--python", str(python), *_OWN[library])
        ready.write_text(wanted, encoding="utf-8")
    return str(python)


def _uv(*words: str) -> None:
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv is None:
        msg = "no uv to make environments with"
        raise MissingEnvironment(msg)
    done = subprocess.run([uv, *words, "--quiet"], capture_output=True, text=True, check=False)
    if done.returncode:
        msg = f"uv {words[0]} failed: {done.stderr.strip()}"
        raise MissingEnvironment(msg)
