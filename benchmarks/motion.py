"""How smoothly a picture moves: one step in every frame, and when the frames came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from playwright.sync_api import Page

_RUN = """async ([selector, kind, how, frames]) => {
  const picture = document.querySelector(selector);
  const begin = {
    stage() {
      const box = picture.getBoundingClientRect();
      const at = {clientX: box.left + box.width / 2, clientY: box.top + box.height / 2};
      const told = {bubbles: true, cancelable: true};
      const wheel = deltaY => new WheelEvent("wheel", {...told, ...at, deltaY});
      const zoom = out => picture.dispatchEvent(wheel(out ? 60 : -60));
      const pan = way => {
        const code = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"][way];
        picture.dispatchEvent(new KeyboardEvent("keydown", {...told, code, key: code, shiftKey: true}));
      };
      return {zoom, pan, end() {}};
    },
    scaled() {
      const {style} = picture, before = style.cssText, {offsetWidth: width, offsetHeight: height} = picture;
      const place = document.createElement("div");
      Object.assign(place.style, {width: `${width}px`, height: `${height}px`, overflow: "auto"});
      picture.before(place);
      place.append(picture);
      Object.assign(style, {position: "static", maxWidth: "none", maxHeight: "none", flex: "none"});
      let scale = kind === "pan" ? (picture.naturalWidth || 2 * width) / width : 1;
      const set = () => Object.assign(style, {width: `${width * scale}px`, height: `${height * scale}px`});
      set();
      const pan = way => place.scrollBy([20, 0, -20, 0][way], [0, 20, 0, -20][way]);
      const zoom = out => { scale *= out ? 1 / 1.094 : 1.094; set(); };
      return {zoom, pan, end() { style.cssText = before; place.replaceWith(picture); }};
    },
  }[how]();
  const long = [];
  const observer = new PerformanceObserver(list => list.getEntries().forEach(one => long.push(one.duration)));
  observer.observe({entryTypes: ["longtask"]});
  const came = [];
  for (let count = 0; count < frames; count += 1) {
    came.push(await new Promise(requestAnimationFrame));
    if (kind === "zoom") begin.zoom(Math.floor(count / 30) % 2 === 1);
    else begin.pan(Math.floor(count / 20) % 4);
  }
  await new Promise(done => setTimeout(done, 150));
  observer.disconnect();
  begin.end();
  return [came, long];
}"""


@dataclass(frozen=True)
class Motion:
    """One run: a picture that was moved in every frame."""

    method: str
    what: str
    """Mode, zoom and movement, in words."""
    frames: tuple[float, ...]
    """When each frame came, in milliseconds."""
    long_tasks: tuple[float, ...]
    """Milliseconds of each piece of work of more than 50."""

    @property
    def gaps(self) -> np.ndarray:
        """Milliseconds from each frame to the next."""
        return np.diff(self.frames)

    @property
    def rate(self) -> float:
        """Frames a second, in the median."""
        return 1000 / float(np.median(self.gaps))

    def __str__(self) -> str:
        late = float(np.mean(self.gaps > 25))
        longest = max(self.long_tasks, default=0.0)
        return (
            f"{self.method:20}{self.what:36}{self.rate:6.1f} /s{np.quantile(self.gaps, 0.95):9.1f}"
            f"{late:9.0%}{longest:9.0f}"
        )


HEAD = f"{'':20}{'':36}{'median':>9}{'95 %, ms':>9}{'> 25 ms':>9}{'longest task, ms':>18}"


def moved(page: Page, method: str, selector: str, what: str, kind: str, frames: int) -> Motion:
    """Move a picture once in every frame.

    Parameters
    ----------
    selector : str
        The element that shows the picture.
    kind : {"pan", "zoom"}
    """
    how = "stage" if method == "ImageStage" else "scaled"
    came, long = page.evaluate(_RUN, [selector, kind, how, frames])
    return Motion(method, what, tuple(came), tuple(long))
