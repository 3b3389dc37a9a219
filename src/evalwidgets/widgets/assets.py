"""Reads the widgets' JavaScript and CSS, as text (a path would keep every instance alive)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_LOCAL_IMPORT = re.compile(r'^import \{[^}]*\} from "\./[\w.]+";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


@cache
def module(*names: str) -> str:
    """Return ES modules of this folder joined into one, the widget itself last.

    A widget's module reaches the browser as one text and can import no sibling.
    The files stay real modules for `node --test` and `tsc`; here their imports
    of each other are dropped and their exports become plain declarations.

    Parameters
    ----------
    names : str
        File names, dependencies first. Top-level names must differ between them.
    """
    texts = [_read(name) for name in names]
    return "\n".join(_EXPORT.sub("", _LOCAL_IMPORT.sub("", text)) for text in texts)


@cache
def styles(*names: str) -> str:
    """Return style sheets of this folder joined into one, `theme.css` first."""
    return "\n".join(_read(name) for name in ("theme.css", *names))


def _read(name: str) -> str:
    return (files("evalwidgets.widgets") / name).read_text(encoding="utf-8")
