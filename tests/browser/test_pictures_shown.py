"""What a browser shows of a display copy is what it shows of the file: colours, levels, turns, gaps."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from evalwidgets.store.images import read_picture

from ..hostile.files import chunk, encoded, scene, with_chunk
from ..hostile.odd_pictures import ODD
from ..pictures.test_icc import power, profile_of, tags_of, with_curves, with_tag

_DRAW = """async ([bytes, type]) => {
  const file = new Blob([Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0))], { type });
  const picture = await createImageBitmap(file);
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const seen = context.getImageData(0, 0, picture.width, picture.height).data;
  const letters = Array.from(seen, level => String.fromCharCode(level));
  return [picture.width, picture.height, btoa(letters.join(""))];
}"""
_KINDS = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
    b"BM": "image/bmp",
}
SRGB = profile_of(tags_of(with_curves(power(2.2))))
WIDE = with_tag(b"gXYZ", b"XYZ \0\0\0\0" + struct.pack(">3i", 13_000, 41_000, 4_000))
GREY = profile_of({b"wtpt": tags_of(WIDE)[b"wtpt"], b"kTRC": power(1.2)}, b"GRAY")
_PRIMARIES = struct.pack(">8I", 31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000)


def coloured() -> dict[str, bytes]:
    """Return files whose colours are explained in each way that there is."""
    gammas = {gamma: chunk(b"gAMA", struct.pack(">I", gamma)) for gamma in (30_000, 45_455, 100_000)}
    plain, grey = encoded(scene(), "PNG"), encoded(scene("L"), "PNG")
    return {
        **{f"gamma-{gamma}.png": with_chunk(plain, one) for gamma, one in gammas.items()},
        **{f"grey-gamma-{gamma}.png": with_chunk(grey, one) for gamma, one in gammas.items()},
        "primaries.png": with_chunk(plain, gammas[45_455], chunk(b"cHRM", _PRIMARIES)),
        **{f"wide.{kind}": encoded(scene(), kind, icc_profile=WIDE) for kind in ("PNG", "JPEG", "WEBP")},
        "power.png": encoded(scene(), "PNG", icc_profile=SRGB),
        "wide-palette.png": encoded(scene().quantize(16), "PNG", icc_profile=WIDE),
        "wide-alpha.png": encoded(scene("RGBA"), "PNG", icc_profile=WIDE),
        "grey-profile.png": encoded(scene("L"), "PNG", icc_profile=GREY),
        "grey-profile.jpg": encoded(scene("L"), "JPEG", icc_profile=GREY),
        "grey-alpha-profile.png": encoded(scene("LA"), "PNG", icc_profile=GREY),
        "colours-with-grey-profile.png": encoded(scene(), "PNG", icc_profile=GREY),
        "grey-with-colour-profile.jpg": encoded(scene("L"), "JPEG", icc_profile=WIDE),
        "grey-with-colour-profile.png": encoded(scene("L"), "PNG", icc_profile=WIDE),
        "grey-alpha-with-colour-profile.png": encoded(scene("LA"), "PNG", icc_profile=WIDE),
        "colours-coded-plainly.jpg": encoded(scene(), "JPEG", keep_rgb=True),
        "usual.jpg": encoded(scene(), "JPEG", quality=60),
    }


def drawn(page: Page, data: bytes) -> np.ndarray:
    """Return what a page draws of a file: red, green, blue, alpha."""
    kind = next(name for begin, name in _KINDS.items() if data.startswith(begin))
    width, height, seen = page.evaluate(_DRAW, [base64.b64encode(data).decode(), kind])
    return np.frombuffer(base64.b64decode(seen), dtype=np.uint8).reshape(height, width, 4).astype(int)


def comparable() -> dict[str, bytes]:
    """Return all files of which Chromium shows what it should."""
    # It turns no WebP as its EXIF says, and rounds the two decoders' faint colours differently.
    left_out = {name for name in ODD if name.startswith("held") and name.endswith("webp")}
    left_out |= {"alpha.webp", "flat.avif"}
    return {**{name: odd.make() for name, odd in ODD.items() if name not in left_out}, **coloured()}


def test_a_copy_looks_like_its_file(browser: Browser, tmp_path: Path) -> None:
    """Pixel for pixel, within two levels, for every kind of file and of colours that is admitted."""
    page = browser.new_page()
    wrong = []
    for name, data in comparable().items():
        (tmp_path / name).write_bytes(data)
        file, copy = drawn(page, data), drawn(page, read_picture(tmp_path / name).data)
        assert file.shape == copy.shape, name
        seen = (file[:, :, 3] > 8) | (copy[:, :, 3] > 8)
        if abs(file - copy)[seen].max(initial=0) > 2:
            wrong.append(name)
    page.close()

    assert wrong == []


@pytest.mark.parametrize("name", ["wide.PNG", "gamma-100000.png", "grey-profile.png"])
def test_what_explains_colours_matters(name: str, browser: Browser) -> None:
    """Were it left out, another picture would be seen: the comparison above can fail."""
    page = browser.new_page()
    plain = encoded(scene("L" if name.startswith("grey") else "RGB"), "PNG")

    assert abs(drawn(page, coloured()[name]) - drawn(page, plain)).max() > 10
    page.close()
