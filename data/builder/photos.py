"""The photographs: those inside scikit-image whose own documentation frees them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from PIL import Image

from builder.colour import Floats
from evalwidgets.errors import EvalWidgetsError


@dataclass(frozen=True)
class Photo:
    """A photograph with what its keeper says about its use."""

    file: str
    shows: str
    author: str
    licence: str
    statement: str
    """The words of scikit-image's documentation of the picture."""
    source: str


PHOTOS = {
    photo.file.split(".")[0]: photo
    for photo in (
        Photo("astronaut.png", "Eileen Collins, astronaut", "NASA", "Public domain",
              "No known copyright restrictions, released into the public domain.",
              "NASA Great Images, https://flic.kr/p/r9qvLn"),
        Photo("camera.png", "A photographer with a camera on a tripod", "Lav Varshney", "CC0",
              "No copyright restrictions. CC0 by the photographer (Lav Varshney).",
              "scikit-image, skimage.data.camera"),
        Photo("chelsea.png", "Chelsea the cat", "Stefan van der Walt", "CC0",
              "No copyright restrictions. CC0 by the photographer (Stefan van der Walt).",
              "scikit-image, skimage.data.chelsea"),
        Photo("coffee.png", "A cup of coffee", "Rachel Michetti, courtesy of Pikolo Espresso Bar", "CC0",
              "No copyright restrictions. CC0 by the photographer (Rachel Michetti).",
              "scikit-image, skimage.data.coffee"),
        Photo("coins.png", "Greek coins from Pompeii", "Brooklyn Museum", "No known copyright restrictions",
              "No known copyright restrictions.",
              "Brooklyn Museum Collection, archives image 51611"),
        Photo("hubble_deep_field.jpg", "Hubble eXtreme Deep Field", "NASA", "Public domain",
              "may be freely used in the public domain",
              "HubbleSite, news release 2012-37"),
        Photo("rocket.jpg", "Launch of DSCOVR on Falcon 9", "SpaceX", "Public domain",
              "released in the public domain",
              "SpaceX Photos on Flickr, 16511594820"),
    )
}  # fmt: skip
"""Every photograph that the demo uses."""


@lru_cache(maxsize=16)
def photo(name: str) -> Floats:
    """Read one photograph out of the installed scikit-image.

    Raises
    ------
    EvalWidgetsError
        If scikit-image, or the picture in it, is not there.
    """
    file = PHOTOS[name].file
    try:
        place = files("skimage") / "data" / file
        with place.open("rb") as stream:
            return np.asarray(Image.open(stream).convert("RGB"), np.float32) / 255
    except (ModuleNotFoundError, FileNotFoundError) as error:
        msg = (
            f"the demo needs the photograph {file!r} from scikit-image, and it is not installed; "
            "install it with: pip install 'evalwidgets[demo]'"
        )
        raise EvalWidgetsError(msg) from error
