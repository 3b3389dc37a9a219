"""Every chart looks as it did when somebody last looked at it, and its key can be read in greyscale.

After a change that is meant, renew the pictures and look at them in the diff::

    EVALWIDGETS_RENEW=1 .venv/bin/python -m pytest tests/analysis/test_chart_baselines.py

A picture is compared tile by tile, by the root mean square (RMS) of the differences of its
pixels on a scale to 255; the worst tile counts, because over a whole picture (where a label
that moved by two pixels makes 1.9 to 3.6) small changes drown. Measured on five of the
charts: a label that moved by two pixels makes 31 to 76 in its tile, a disc that became a
square 27 to 42, a wrong letter 25 to 60, a label in a fainter grey 9 to 39. Rounding, which
is all that differs between machines with the same matplotlib, stays below 2. Another release
of matplotlib draws letters anew: then the pictures are not compared.

The themes share everything but their colours, so that light is kept of all charts and dark
of those that between them use every colour.
"""

from __future__ import annotations

import os
from itertools import combinations
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.patches import Patch
from matplotlib.testing.compare import calculate_rms
from matplotlib.transforms import Affine2D
from PIL import Image

from .chart_cases import CHARTS, drawn

BASELINES = Path(__file__).parent / "baselines"
DRAWN_WITH = "3.11"
MOST = 5.0
TILE = 32
RENEW = "EVALWIDGETS_RENEW=1 .venv/bin/python -m pytest tests/analysis/test_chart_baselines.py"
DARK = (
    *("tally-revealed", "room", "confusion", "consensus", "drift", "gates"),
    *("gold-coverage", "gold-health", "headline", "preference", "regions"),
)
PICTURES = [*((name, "light") for name in CHARTS), *((name, "dark") for name in DARK)]
WITHOUT_KEY = ("spread", "spread-long", "causes", "gates")
same_matplotlib = pytest.mark.skipif(
    not matplotlib.__version__.startswith(f"{DRAWN_WITH}."),
    reason=f"the pictures were drawn with matplotlib {DRAWN_WITH}",
)


def picture(pixels: np.ndarray) -> Image.Image:
    """Return a chart as a baseline keeps it: few colours."""
    return Image.fromarray(pixels).quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def worst_tile(expected: Image.Image, actual: Image.Image) -> tuple[float, tuple[int, int]]:
    """Return the largest RMS of any tile, and where it is (right, down)."""
    one, other = (np.asarray(image.convert("RGB")).astype(float) for image in (expected, actual))
    corners = [(x, y) for y in range(0, one.shape[0], TILE) for x in range(0, one.shape[1], TILE)]
    rms = {
        (x, y): calculate_rms(one[y : y + TILE, x : x + TILE], other[y : y + TILE, x : x + TILE])
        for x, y in corners
    }
    place = max(rms, key=rms.__getitem__)
    return float(rms[place]), place


@same_matplotlib
@pytest.mark.parametrize(("name", "theme"), PICTURES)
def test_a_chart_looks_as_before(name: str, theme: str, tmp_path: Path) -> None:
    """No tile of the picture differs by more than rounding."""
    kept = BASELINES / f"{name}-{theme}.png"
    actual = picture(drawn(name, theme)[1])
    if os.environ.get("EVALWIDGETS_RENEW"):
        BASELINES.mkdir(exist_ok=True)
        actual.save(kept, optimize=True)
    assert kept.exists(), f"{kept.name} is not there yet. Make it: {RENEW}"
    actual.save(tmp_path / kept.name)
    advice = f"Compare {kept} with {tmp_path / kept.name}; if the change is meant: {RENEW}"

    with Image.open(kept) as expected:
        assert expected.size == actual.size, f"{name} ({theme}) has another size. {advice}"
        rms, place = worst_tile(expected, actual)
    assert rms <= MOST, f"{name} ({theme}) differs around {place} (RMS {rms:.1f}, most {MOST}). {advice}"


@same_matplotlib
def test_no_picture_is_left_of_a_chart_that_is_gone() -> None:
    """Each baseline belongs to a chart, and together they stay small."""
    kept = list(BASELINES.glob("*.png"))

    assert {path.stem for path in kept} == {f"{name}-{theme}" for name, theme in PICTURES}
    assert sum(path.stat().st_size for path in kept) < 2_500_000


def test_a_label_that_moves_is_seen() -> None:
    """The comparison is fine enough: two pixels of one small label are too much."""
    chart = CHARTS["room"]()
    chart.draw_without_rendering()
    chart.set_layout_engine("none")
    label = chart.legends[0].get_texts()[0]
    label.set_transform(label.get_transform() + Affine2D().translate(2, 0))
    chart.canvas.draw()
    moved = np.asarray(chart.canvas.buffer_rgba())[..., :3]  # type: ignore[attr-defined]

    rms, _ = worst_tile(picture(drawn("room")[1]), picture(moved))

    assert rms > 2 * MOST


def key_marks(name: str, theme: str) -> dict[str, tuple[np.ndarray, float]]:
    """Return the marks of a chart's key as a grey print shows them.

    Each as its silhouette, from paper (0) to its own ink (1), and how far the ink of an area
    is from the paper, from 0 to 1. A mark that is no area has too little ink to be told by it.
    """
    chart, pixels = drawn(name, theme)
    grey = np.asarray(Image.fromarray(pixels).convert("L")).astype(float)
    legend = chart.legends[0]
    found = {}
    for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=True):
        box = handle.get_window_extent()
        x, y = round((box.x0 + box.x1) / 2), round(grey.shape[0] - (box.y0 + box.y1) / 2)
        ink = np.abs(grey[y - 9 : y + 9, x - 10 : x + 10] - grey[5, 5])
        found[text.get_text()] = ink / max(ink.max(), 1), ink.max() / 255 * isinstance(handle, Patch)
    return found


@pytest.mark.parametrize(("name", "theme"), [one for one in PICTURES if one[0] not in WITHOUT_KEY])
def test_marks_of_different_meaning_differ_in_shape_or_fill(name: str, theme: str) -> None:
    """In a grey print no two entries of the key look alike: by shape, or for areas by how dark they are."""
    marks = key_marks(name, theme)

    for one, other in combinations(marks, 2):
        (shape, dark), (other_shape, other_dark) = marks[one], marks[other]
        alike = np.abs(shape - other_shape).mean() < 0.02 and abs(dark - other_dark) < 0.15
        assert not alike, f"{one!r} looks like {other!r}"
