"""Compare an edited picture with its original: the change map that adapts to the noise, and the facts."""

from __future__ import annotations

import numpy as np
from PIL import Image
from scipy import ndimage

from evalwidgets.analysis.arrays import BoolArray
from evalwidgets.analysis.evidence.asked_area import Asked, asked_area
from evalwidgets.analysis.evidence.change_map import changed_pixels, disk, resized
from evalwidgets.analysis.evidence.difference import Difference, difference
from evalwidgets.analysis.evidence.edit_evidence import EditEvidence
from evalwidgets.analysis.evidence.fit import fit_of
from evalwidgets.analysis.evidence.frame import Laid, Source, laid, picture_of
from evalwidgets.analysis.evidence.lab import lab
from evalwidgets.analysis.evidence.registration import NO_MOVE, Move, find_move, moved_back, reach_after
from evalwidgets.analysis.evidence.softness import LONGEST_SIDE as SOFTNESS_SIDE
from evalwidgets.analysis.evidence.softness import softness
from evalwidgets.analysis.evidence.trust import LEAST_REACH, LEAST_SIDE, Trust, trust_of, trust_sentence

LONGEST_SIDE = 640
"""Pictures are compared at no more than this many pixels, and never enlarged."""
CLEARLY = 0.9
"""A move counts when the pictures fit so much better with it undone."""
LEAST_MOVE = 0.25
"""Of the pixel that moved furthest; interpolation alone can pretend smaller ones."""
REACH = 5
"""Pixels by which smoothing can carry a change over the border of the asked region."""


def compare(original: Source, edited: Source, region: Asked | None = None) -> EditEvidence:
    """Return what can be measured of an edit.

    Parameters
    ----------
    original, edited : PIL image or path
        Turned upright; transparent areas count as grey; sizes and shapes may differ.
    region : mask, Region or several Regions, optional
        Where the edit was asked for: a boolean mask of rows x columns at the size of the
        original, or regions whose `role` is original or edited.

    Raises
    ------
    ImageError
        If a file is refused at the door, or a mask does not fit the original.
    UnknownName
        If a region lies on another picture.

    Notes
    -----
    Models draw the whole frame anew, so plain differences mark half of every picture.
    Here both pictures are brought to one size, a shift and zoom is undone where that makes
    them fit clearly better, the colour shift that all pixels share is taken away, and what
    is left counts as a change where it exceeds `max(4, median + 6 * 1.4826 * MAD)` in Lab.

    Read `trust` before `changed`. It misleads where an edit is fainter than that threshold
    (a soft shadow), smaller than about four pixels at 640 pixels of the longest side, or
    covers more than half of the picture: its own difference then passes for noise, and the
    light is "none".
    """
    first, second = picture_of(original), picture_of(edited)
    identical = _same(first, second)
    pair = laid(first, second, LONGEST_SIDE)
    found, move = _aligned(pair)
    marked = changed_pixels(found)
    sharp = softness(laid(first, second, SOFTNESS_SIDE), marked)
    trust: Trust = "good" if identical else trust_of(found, sharp)
    if trust == "none":
        marked, move = np.zeros_like(marked), NO_MOVE
    told = move.scaled(1 / pair.scale[0], 1 / pair.scale[1])
    fit = fit_of(first.size, second.size, told)
    outside = None
    if region is not None:
        asked = asked_area(region, first.size, second.size, fit, pair.original.size)
        outside = _outside_share(marked, asked, found.known) if trust != "none" else None
    return EditEvidence(
        changed=resized(marked, first.size),
        noise_floor=found.floor,
        trust=trust,
        trust_sentence=trust_sentence(trust, found),
        shift=(told.dx, told.dy),
        zoom=told.zoom,
        stretch=told.across / told.down,
        colour_shift=found.colour_shift,
        gain=found.gain,
        softness=sharp,
        outside_share=outside,
        identical=identical,
        original_size=first.size,
        edited_size=second.size,
        fit=fit,
    )


def _same(first: Image.Image, second: Image.Image) -> bool:
    return first.mode == second.mode and first.size == second.size and first.tobytes() == second.tobytes()


def _aligned(pair: Laid) -> tuple[Difference, Move]:
    """Return the difference, with a move undone where that makes the pictures fit clearly better."""
    before, after = lab(pair.original), lab(pair.edited)
    still = difference(before, after, pair.reach)
    too_little = min(pair.reach.shape) < LEAST_SIDE or pair.reach.mean() < LEAST_REACH
    if still.misfit == 0 or too_little:
        return still, NO_MOVE
    lightness = np.where(pair.reach, after[..., 0], np.float32(np.nan))
    move = find_move(ndimage.gaussian_filter(before[..., 0], 1), ndimage.gaussian_filter(lightness, 1))
    if move.furthest(pair.original.size) < LEAST_MOVE:
        return still, NO_MOVE
    moved = difference(before, lab(moved_back(pair.edited, move)), reach_after(pair.reach, move))
    return (moved, move) if moved.misfit < CLEARLY * still.misfit else (still, NO_MOVE)


def _outside_share(marked: BoolArray, asked: BoolArray, known: BoolArray) -> float | None:
    outside = known & ~ndimage.binary_dilation(asked, disk(REACH))
    return float(marked[outside].mean()) if outside.any() else None
