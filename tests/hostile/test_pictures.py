"""Hostile pictures, opened as a panel opens them: shown right or refused with a sentence, nothing else."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from .bad_pictures import BAD
from .files import MARK, SCRIPT
from .large_pictures import LARGE
from .make_corpus import SEED
from .mutants import mutants
from .odd_pictures import ODD

GIGABYTE = 1_000_000_000
DEADLINE = 5
"""Seconds of the processor: a busy machine is slow, not wrong."""
Outcome = dict[str, Any]


def admitted(folder: Path, seconds: int) -> tuple[dict[str, Outcome], int]:
    """Open all files of a folder in another process; return what came of each, and the peak of memory."""
    script = Path(__file__).with_name("admit.py")
    done = subprocess.run(
        [sys.executable, script, folder], capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]  # a crash of a decoder would end it
    *lines, last = map(json.loads, done.stdout.splitlines())
    return {line["name"]: line for line in lines}, last["peak"]


def written(folder: Path, files: dict[str, Callable[[], bytes]]) -> Path:
    """Write files into a folder and return it."""
    folder.mkdir(exist_ok=True)
    for name, make in files.items():
        (folder / name).write_bytes(make())
    return folder


def pixels(image: Image.Image) -> np.ndarray:
    """Return what is seen: red, green, blue and alpha, colours only where something shows."""
    values = np.asarray(image.convert("RGBA"), dtype=int)
    return np.where(values[:, :, 3:] > 0, values, 0)


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Outcome], int]:
    """Return what came of all that must be refused."""
    return admitted(written(tmp_path_factory.mktemp("bad"), BAD), 120)


def test_the_corpus_is_large_enough() -> None:
    """At least 45 pictures of each sort, none twice."""
    assert len(BAD) >= 45
    assert len(ODD) >= 45
    assert not set(BAD) & set(ODD)


def test_what_is_bad_is_refused_with_a_sentence(bad: tuple[dict[str, Outcome], int]) -> None:
    """Bombs, damage, what is no picture: a sentence that names the file, at once and in little memory."""
    outcomes, peak = bad

    assert dict.fromkeys(BAD, "refused") == {name: one["outcome"] for name, one in outcomes.items()}
    for name, one in outcomes.items():
        assert one["said"].startswith(f"{name}: ")
        assert one["said"].endswith(".")
        assert one["seconds"] < DEADLINE
    assert peak < GIGABYTE / 2


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Outcome], Path]:
    """Return what came of all that must be shown, and where the copies are."""
    folder = written(tmp_path_factory.mktemp("odd"), {name: odd.make for name, odd in ODD.items()})
    return admitted(folder, 120)[0], folder / "shown"


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_shown_right(name: str, shown: tuple[dict[str, Outcome], Path]) -> None:
    """Each pixel is what it must be, the page or archive around it is gone, and it took little time."""
    outcomes, folder = shown

    assert outcomes[name]["outcome"] == "shown", outcomes[name]["said"]
    copy = (folder / name).read_bytes()
    expected, seen = pixels(ODD[name].truth()), pixels(Image.open(io.BytesIO(copy)))
    assert expected.shape == seen.shape
    assert abs(expected - seen).max() <= ODD[name].tolerance
    assert MARK not in copy
    assert SCRIPT not in copy
    assert outcomes[name]["seconds"] < DEADLINE


def test_a_reviewer_is_told_what_is_not_seen(shown: tuple[dict[str, Outcome], Path]) -> None:
    """That a film is a still, that 16 bits are 8, that inks are light; of all else nothing."""
    said = {name: one["said"] for name, one in shown[0].items() if one["said"]}

    assert {
        **dict.fromkeys(("animated.gif", "animated.png", "animated.webp"), "Animated: first of 12 frames"),
        **dict.fromkeys(
            ("16-bit-grey.png", "16-bit-grey-one-transparent.png", "16-bit-colour.png"),
            "16 bits a channel, shown in 8",
        ),
        **dict.fromkeys(("cmyk.jpg", "cmyk-unnamed.jpg"), "Made for print (CMYK), shown in screen colours"),
    } == said


def test_two_thousand_mutants_are_shown_right_or_refused(tmp_path: Path) -> None:
    """Of eight encoders: no crash, no other exception, no hang, and what is shown is what a decoder sees."""
    files = dict(mutants(2000, seed=SEED))

    makes = {name: partial(bytes, data) for name, data in files.items()}
    outcomes, peak = admitted(written(tmp_path / "m", makes), 300)

    assert set(files) == set(outcomes)
    assert {"shown", "refused"} == {one["outcome"] for one in outcomes.values()}
    assert max(one["seconds"] for one in outcomes.values()) < DEADLINE
    assert peak < GIGABYTE / 2
    more = []
    for name in (name for name, one in outcomes.items() if one["outcome"] == "shown"):
        seen, expected = pixels(Image.open(tmp_path / "m" / "shown" / name)), seen_by_pillow(files[name])
        if expected is None:
            more.append(name)
            continue
        assert seen.shape == expected.shape, name
        there = seen[:, :, 3] > 0  # Pillow fills what a small first frame of a GIF leaves
        assert (seen[there] == expected[there]).all(), name
    # The damage hit a chunk that is left out before Pillow sees it.
    assert {"png"} >= {name.rpartition(".")[2] for name in more}


def seen_by_pillow(file: bytes) -> np.ndarray | None:
    """Return what Pillow alone makes of a damaged file; None where it takes none of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            plain = Image.open(io.BytesIO(file))
            plain.load()
        except Exception:
            return None
        try:
            return pixels(ImageOps.exif_transpose(plain))
        except Exception:  # where the damage hit the block that says how to turn it
            return pixels(plain)


@pytest.mark.slow
def test_the_largest_that_is_admitted_takes_bounded_time_and_memory(tmp_path: Path) -> None:
    """64 megapixels of every kind: previews in seconds, at most 1.5 GB."""
    outcomes, peak = admitted(written(tmp_path / "large", LARGE), 300)

    assert dict.fromkeys(LARGE, "shown") == {name: one["outcome"] for name, one in outcomes.items()}
    assert max(one["seconds"] for one in outcomes.values()) < DEADLINE
    assert peak < 1.5 * GIGABYTE
    for name in LARGE:
        assert max(Image.open(tmp_path / "large" / "shown" / name).size) <= 2048
