"""A chart as SVG text, and the parts of it that can be picked."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import NamedTuple

from matplotlib import rc_context
from matplotlib.figure import Figure

PREFIXES = ("cell:", "reviewer:", "criterion:", "task:", "pair:", "gate:")
"""How the gid of a part begins that can be picked although nobody gave it a label."""

_CLIP = re.compile(r'<clipPath id="(\w+)"')


class Pick(NamedTuple):
    """A part of a chart that can be picked."""

    gid: str
    """The id of its element in the SVG; unique in the chart."""
    id: str
    """What it stands for, such as `reviewer:ana`; several parts may stand for the same."""
    label: str
    """What it says, for people who hear the chart."""


def svg_of(figure: Figure, salt: str) -> str:
    """Return a figure as SVG text: letters as paths, the same text every time.

    Parameters
    ----------
    figure : Figure
        What to draw.
    salt : str
        What the ids of its own definitions are made from.
    """
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    buffer = io.StringIO()
    with rc_context({"svg.hashsalt": salt, "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg", metadata=nothing)
    return _numbered_clips(buffer.getvalue())


def _numbered_clips(svg: str) -> str:
    """Return the text with its clip paths numbered: their own names can hold an address in memory."""
    names = {name: f"clip{n}" for n, name in enumerate(_CLIP.findall(svg))}
    return re.sub("|".join(names), lambda found: names[found[0]], svg) if names else svg


def picks_of(figure: Figure, labelled: Mapping[str, Pick]) -> tuple[Pick, ...]:
    """Return the labelled picks, then parts whose gid says by its prefix that they are picks."""
    known = dict(labelled)
    for artist in figure.findobj():
        gid = artist.get_gid()
        if gid and gid.startswith(PREFIXES):
            known.setdefault(gid, Pick(gid, gid, _spoken(gid)))
    return tuple(known.values())


def _spoken(gid: str) -> str:
    """Return "edit-004, preservation" for "cell:edit-004:preservation"."""
    return ", ".join(part.replace("_", " ") for part in gid.split(":")[1:])
