"""Sensitive pictures: nothing is sent, drawn or counted before the person has chosen to look."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from lab import Lab
from PIL import Image
from playwright.sync_api import Page, expect
from sensitive import PanelPage, open_panel_on
from stage_alone import write_tasks

NOTE = "A wound, close up."
COLOURS = {"original": (190, 40, 30), "edited": (30, 60, 200)}


def picture(role: str, seed: int) -> Image.Image:
    """Return a plain colour above coloured noise, so that its bytes occur nowhere else."""
    pixels = np.full((300, 400, 3), COLOURS[role], np.uint8)
    pixels[150:] = np.random.default_rng(seed).integers(0, 256, (150, 400, 3))
    return Image.fromarray(pixels)


@pytest.fixture
def panel(lab: Lab, page: Page, workspace: Path, request: pytest.FixtureRequest) -> PanelPage:
    """Return a panel on three sensitive edits, the first of which is shown, covered."""
    tasks = [
        {
            "id": f"t{number}", "kind": "edit", "instruction": "Make it blue.", "sensitive": True,
            "content_note": NOTE, "source": f"s{number}",
            "images": {role: picture(role, 10 * number + place) for place, role in enumerate(COLOURS)},
        }
        for number in (1, 2, 3)
    ]  # fmt: skip
    manifest = write_tasks(workspace / request.node.name, *tasks)
    return open_panel_on(lab, page, manifest, "image-edit")


def plain(panel: PanelPage, slot: int = 0) -> tuple[int, ...]:
    """Return the colour in the plain half of the picture in a slot, as it is drawn."""
    panel.stage.settle()
    rect = panel.stage.drawn[slot]["rect"]
    return panel.stage.pixel(rect["x"] + rect["width"] // 2, rect["y"] + rect["height"] // 4)[:3]


def await_plain(panel: PanelPage, colour: tuple[int, int, int]) -> None:
    """Wait until the plain half of the only picture has a colour, or nearly."""
    panel.page.wait_for_function(
        """([x, y, colour]) => {
          const context = document.querySelector(".ew-stage-canvas").getContext("2d");
          const pixel = context.getImageData(x, y, 1, 1).data;
          return colour.every((value, channel) => Math.abs(value - pixel[channel]) <= 3);
        }""",
        arg=[*_middle(panel), list(colour)],
        timeout=20_000,
    )


def _middle(panel: PanelPage) -> tuple[int, int]:
    rect = panel.stage.drawn[0]["rect"]
    return rect["x"] + rect["width"] // 2, rect["y"] + rect["height"] // 4


def is_grey(colour: tuple[int, ...]) -> bool:
    """Return whether a colour is none."""
    return max(colour) - min(colour) <= 2


def test_nothing_of_a_covered_picture_reaches_the_page(panel: PanelPage) -> None:
    """Whatever is pressed but the reveal, no mode shows colour and no message holds a byte of it."""
    press, keyboard = panel.stage.press, panel.page.keyboard
    expect(panel.card).to_contain_text(NOTE)
    seen = [plain(panel)]
    for mode in ("s", "w"):
        press(mode)
        seen += [plain(panel, slot) for slot in (0, 1)]
        press(mode)
    keyboard.down("Space")
    seen.append(plain(panel))
    keyboard.up("Space")
    press("z", "+")
    seen.append(plain(panel))
    panel.page.wait_for_timeout(500)  # time for bytes that must not come

    assert all(map(is_grey, seen))
    assert not any(panel.was_sent(task, role) for task in ("t1", "t2", "t3") for role in COLOURS)
    press("Shift+G", "Shift+G", "z", "z", "u")
    await_plain(panel, COLOURS["edited"])
    assert panel.was_sent("t1", "edited")  # the search finds what is there
    assert not panel.was_sent("t1", "original")


def test_a_peek_lasts_as_long_as_the_key_and_each_look_is_logged_once(panel: PanelPage) -> None:
    """A held key that repeats is one peek; a reveal stays; what each picture was opened for is on disk."""
    keyboard = panel.page.keyboard
    panel.stage.press("Shift+G", "Shift+G")
    keyboard.down("Shift")
    for _ in range(3):
        keyboard.down("u")
    await_plain(panel, COLOURS["edited"])
    keyboard.up("u")
    keyboard.up("Shift")
    assert is_grey(plain(panel))

    keyboard.down("Space")
    panel.stage.press("u")
    await_plain(panel, COLOURS["original"])
    keyboard.up("Space")
    assert is_grey(plain(panel))
    panel.stage.press("u")
    await_plain(panel, COLOURS["edited"])
    panel.stage.press("u")
    assert is_grey(plain(panel))
    expect(panel.card).to_contain_text("2 sensitive pictures opened today")

    with panel.store() as store:
        log = store.openings.table(reviewer="kim")
    looks = log[log["round"] == "round"][["task", "role", "how"]]
    assert [("t1", "edited", "peek"), ("t1", "original", "reveal"), ("t1", "edited", "reveal")] == list(
        looks.itertuples(index=False, name=None)
    )


def test_blurred_and_grey_are_what_they_say(panel: PanelPage) -> None:
    """Blurred keeps the colour and no pixel of the noise, grey the noise and no colour."""
    panel.stage.press("u")
    await_plain(panel, COLOURS["edited"])
    blurred = noise(panel)
    panel.stage.press("Shift+G")
    panel.stage.settle()
    grey, colour = noise(panel), plain(panel)
    panel.stage.press("Shift+G")
    panel.stage.settle()
    full = noise(panel)

    assert np.ptp(full, axis=1).mean() > 60
    assert is_grey(colour)
    assert np.ptp(grey, axis=1).max() <= 2
    assert grey[:, 0].std() > 30
    assert blurred.std(axis=0).max() < full.std(axis=0).min() / 2


def noise(panel: PanelPage) -> np.ndarray:
    """Return the colours along a line through the noise, as drawn, one row a pixel."""
    rect = panel.stage.drawn[0]["rect"]
    line = [rect["x"] + rect["width"] // 4, rect["y"] + rect["height"] * 3 // 4, rect["width"] // 2]
    look = "(el, [x, y, width]) => [...el.getContext('2d').getImageData(x, y, width, 1).data]"
    return np.array(panel.stage.canvas.evaluate(look, line), np.float64).reshape(-1, 4)[:, :3]


def test_covers_come_back_with_every_task(panel: PanelPage) -> None:
    """The next task is covered, and so is the one before when it is opened again; skipping asks nothing."""
    panel.stage.press("Shift+G", "Shift+G", "u")
    await_plain(panel, COLOURS["edited"])
    first = panel.page.locator(".ew-form").get_attribute("data-key")

    panel.card.get_by_role("button", name="Skip without giving a reason").click()
    panel.page.wait_for_function(
        "key => document.querySelector('.ew-form').dataset.key !== key", arg=first, timeout=20_000
    )
    panel.page.wait_for_function(
        "key => document.querySelector('.ew-stage').dataset.painted !== key", arg=first, timeout=20_000
    )
    expect(panel.card).to_have_attribute("data-place", "over")
    assert is_grey(plain(panel))
    assert not any(panel.was_sent("t2", role) for role in COLOURS)

    panel.stage.press("Control+ArrowLeft")
    expect(panel.page.locator(".ew-form")).not_to_have_attribute("data-key", "")
    panel.page.wait_for_function(
        "() => document.querySelector('.ew-bar-count').textContent.includes('revising')"
    )
    assert is_grey(plain(panel))
    expect(panel.card).to_have_attribute("data-place", "over")
    with panel.store() as store:
        (skipped,) = store.reviews(round="round", reviewer="kim")
    assert (skipped.task, skipped.state) == ("t1", "skipped")
