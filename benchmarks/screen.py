"""The page as a camera would see it: when a colour first stands at a place of the screen."""

from __future__ import annotations

import base64
import io
import time
from collections import deque
from collections.abc import Mapping
from typing import Any, Self

from PIL import Image
from playwright.sync_api import Page

Colour = tuple[int, int, int]

_SIZE = {"maxWidth": 320, "maxHeight": 200}  # enough to tell a colour, and cheap to encode
_TOLERANCE = 24  # of 255; the colours differ by 60
_LONGEST = 30.0  # seconds to wait for a picture

# The time stamp is the browser's own, from before the page's scripts run: a busy page cannot hide its delay.
PROBE = """
for (const type of ["click", "keydown"]) {
  addEventListener(type, (event) => {
    window.pressedAt = Date.now() - performance.now() + event.timeStamp;
  }, true);
}
"""


class Screen:
    """Receives every frame that Chromium puts together while the context is open.

    One rule for all widgets, whatever they draw with: a picture is painted when its
    colour is in a frame, and no probe in the page takes time from what is measured.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.on("Page.screencastFrame", self._receive)
        self._frames: deque[Mapping[str, Any]] = deque()

    def __enter__(self) -> Self:
        self._frames.clear()
        self._devtools.send("Page.startScreencast", {"format": "jpeg", "quality": 80, **_SIZE})
        return self

    def __exit__(self, *_: object) -> None:
        self._devtools.send("Page.stopScreencast")

    def painted(self, place: tuple[float, float], colour: Colour) -> float:
        """Return when a colour first stood at a place, in milliseconds since 1970.

        Parameters
        ----------
        place : tuple of float
            Shares of the window's width and height.
        """
        deadline = time.monotonic() + _LONGEST
        while time.monotonic() < deadline:
            while self._frames:
                frame = self._frames.popleft()
                if _shows(frame["data"], place, colour):
                    return float(frame["metadata"]["timestamp"]) * 1000
            self._page.wait_for_timeout(5)
        msg = f"No picture with the colour {colour} appeared within {_LONGEST:.0f} seconds."
        raise TimeoutError(msg)

    def _receive(self, frame: Mapping[str, Any]) -> None:
        self._frames.append(frame)
        self._devtools.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})


def _shows(jpeg: str, place: tuple[float, float], colour: Colour) -> bool:
    image = Image.open(io.BytesIO(base64.b64decode(jpeg))).convert("RGB")
    seen = image.getpixel((int(image.width * place[0]), int(image.height * place[1])))
    return all(abs(one - other) <= _TOLERANCE for one, other in zip(seen, colour, strict=True))
