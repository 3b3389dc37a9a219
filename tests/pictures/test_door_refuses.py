"""The one door for pictures: what may not come in is refused with a sentence."""

from __future__ import annotations

import io
import os
import warnings
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from evalwidgets.errors import ImageError
from evalwidgets.pictures import door
from evalwidgets.store.images import read_picture

from .samples import colourful, png_of, saved

WHOLE = io.BytesIO()
Image.effect_noise((64, 64), 50).save(WHOLE, "JPEG")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not a picture of a kind that is admitted"),
        (b"<html><script>alert(1)</script></html>", "not a picture of a kind that is admitted"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture of a kind that is admitted"),
        (b"%PDF-1.7", r"admitted \(JPEG, PNG, WEBP, GIF, BMP, AVIF\)"),
        (WHOLE.getvalue()[:-200], "not a picture that can be shown"),
        (WHOLE.getvalue()[:-2], "not a picture that can be shown"),
        (b"\x89PNG\r\n\x1a\n", "not a picture"),
        (png_of(9000, 9000, 1, 0, zlib.compress(b"")), "81 megapixels; at most 64 can be shown"),
        (png_of(60000, 60000, 1, 0, zlib.compress(b"")), "far more than the 64 megapixels"),
        (png_of(12000, 12000, 1, 0, zlib.compress(b"")), "far more than the 64 megapixels"),
        (png_of(64, 64, 8, 2, b"not deflated"), "not a picture that can be shown"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(content: bytes, told: str, tmp_path: Path) -> None:
    """Not a picture, cut off, damaged, or a bomb: one error that names the file and says why."""
    path = tmp_path / "odd.png"
    path.write_bytes(content)

    with pytest.raises(ImageError, match=told) as caught:
        read_picture(path)

    assert str(caught.value).startswith("odd.png: ")
    assert str(tmp_path) not in str(caught.value)
    assert "0x" not in str(caught.value)


def test_a_format_that_is_not_admitted_is_refused(tmp_path: Path) -> None:
    """TIFF, ICO and the like have long histories of holes."""
    for suffix in ("tiff", "ico", "ppm"):
        with pytest.raises(ImageError, match="not a picture of a kind that is admitted"):
            read_picture(saved(tmp_path / f"p.{suffix}", colourful((32, 32))))


def test_too_many_frames_are_refused(tmp_path: Path) -> None:
    """A long film is no picture."""
    frames = [Image.new("L", (4, 4), number % 256) for number in range(door.MAX_FRAMES + 1)]
    frames[0].save(tmp_path / "film.gif", save_all=True, append_images=frames[1:])

    with pytest.raises(ImageError, match=r"film\.gif: more than the 200 frames that are admitted"):
        read_picture(tmp_path / "film.gif")


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    """Its size is looked at before its bytes."""
    path = tmp_path / "huge.png"
    path.touch()
    os.truncate(path, door.MAX_BYTES + 1)

    with pytest.raises(ImageError, match=r"huge\.png: 67 MB; at most 67 MB can be shown"):
        read_picture(path)


def test_a_missing_file_a_folder_and_a_pipe_are_no_pictures(tmp_path: Path) -> None:
    """Nothing is opened that is no plain file: reading a pipe would wait for ever."""
    os.mkfifo(tmp_path / "pipe.png")

    for path in (tmp_path / "missing.png", tmp_path, tmp_path / "pipe.png"):
        with pytest.raises(ImageError, match="there is no such picture file"):
            read_picture(path)


def test_a_file_that_the_system_will_not_give_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing rights and names that no disk has become sentences of this family."""
    path = saved(tmp_path / "p.png", colourful())

    with pytest.raises(ImageError, match="the file cannot be read"):
        read_picture(tmp_path / ("n" * 5000 + ".png"))
    monkeypatch.setattr(os, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Denied")))
    with pytest.raises(ImageError, match=r"p\.png: the file cannot be read \(Denied\)"):
        read_picture(path)


EXIF = Image.Exif()
EXIF[0x0112] = 6
EXIF[0x010E] = "somewhere"
EXIF[0x8769] = {0x9003: "2020:01:01"}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    suffix=st.sampled_from(["jpg", "webp"]),
    places=st.lists(st.tuples(st.integers(0, 199), st.integers(0, 255)), min_size=1, max_size=4),
)
def test_damage_gives_a_picture_or_a_sentence(
    suffix: str, places: list[tuple[int, int]], tmp_path: Path
) -> None:
    """No damaged header or EXIF block leads to another error, or to a warning on the screen."""
    path = saved(tmp_path / f"p.{suffix}", colourful((32, 24)), exif=EXIF)
    data = bytearray(path.read_bytes())
    for place, byte in places:
        data[place] = byte
    path.write_bytes(data)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            picture = read_picture(path)
        except ImageError:
            return

    assert picture.data


def test_exif_that_cannot_be_written_anew_stops_nothing(tmp_path: Path) -> None:
    """A turned picture whose EXIF block is damaged elsewhere is still brought upright."""
    path = saved(tmp_path / "p.jpg", colourful((32, 24)), exif=EXIF)
    data = bytearray(path.read_bytes())
    data[data.index(b"Exif") + 17] = 7  # the description is now said to be of another type
    path.write_bytes(data)

    picture = read_picture(path)

    assert (picture.width, picture.height) == (24, 32)
