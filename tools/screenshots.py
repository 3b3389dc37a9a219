"""Take the pictures of docs/images: the real workspace in a real browser.

``python tools/screenshots.py [light] [dark] [1280] [1600]``; both themes at 1280x800 by default.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from lab import Lab, await_panel, launch_chromium  # noqa: E402 - beside the browser tests
from reviewer import Keyboard  # noqa: E402

from edge_shots import edge_cases, edge_work  # noqa: E402
from learning_shots import gold_bench, learning, practise_for_days  # noqa: E402

SIZES = {"1280": (1280, 800), "1600": (1600, 1000)}


def main() -> None:
    themes = [theme for theme in ("light", "dark") if theme in sys.argv] or ["light", "dark"]
    sizes = [size for size in SIZES if size in sys.argv] or ["1280"]
    IMAGES.mkdir(exist_ok=True)
    for theme in themes:
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            workspace = Path(folder)
            for name in ("notebooks", "rubrics", "data/demo"):
                shutil.copytree(ROOT / name, workspace / name)
            practise_for_days(workspace)
            edge_work(workspace)
            lab = Lab(workspace, theme, EVALWIDGETS_REVIEWER="ana")
            browser = launch_chromium(playwright)
            try:
                for size in sizes:
                    shoot(lab, browser, theme, size)
            finally:
                browser.close()
                lab.close()


def shoot(lab: Lab, browser: Browser, theme: str, size: str) -> None:
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})

    def take(what: str) -> None:
        page.wait_for_timeout(350)  # for the eye of the camera only: no test depends on it
        with Image.open(io.BytesIO(page.screenshot())) as shot:
            shot.convert("RGB").save(IMAGES / f"{what}-{theme}-{size}.webp", quality=88, method=6)

    review(lab, page, take)
    looking(lab, page, take)
    marking(lab, page, take)
    covered(lab, page, take)
    calibration(lab, page, take, theme)
    meeting(page, take)
    learning(lab, page, take)
    gold_bench(lab, page, take)
    edge_cases(lab, page, take)
    page.close()


def review(lab: Lab, page: Page, take: Callable[[str], None]) -> None:
    """Take a review from its gate to the end."""
    parameters = {"round_name": f'"round-{page.viewport_size["width"]}"'}
    open_review(lab, page, "image-edit", parameters)
    hands = Keyboard(page)
    hands.await_row("feasibility")
    take("gate")
    hands.answer("feasibility", "1", "feasible")
    hands.answer("safety", "1", "ok")
    hands.answer("visible_change", "1", "yes")
    hands.answer("instruction_adherence", "4", 4)
    hands.await_row("preservation")
    take("review")
    page.keyboard.press("s")
    take("side-by-side")
    page.keyboard.press("w")
    take("wipe")
    page.keyboard.press("w")
    hands.answer("preservation", "2", 2)
    page.wait_for_selector(".ew-lacks-note")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(300)
    page.keyboard.press("Control+Enter")
    take("refused")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    take("filled")
    page.keyboard.press("?")
    take("keys")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    for rubric in ("pairwise-comparison", "prompt-adherence", "image-quality"):
        open_review(lab, page, rubric, parameters)
        take(rubric)
    open_review(
        lab, page, "candidate-choice", {**parameters, "tasks_file": '"../data/demo/candidates.jsonl"'}
    )
    take("candidates")
    page.keyboard.press("s")
    take("candidates-one")
    open_review(lab, page, "pairwise-comparison", parameters)
    compare_all_pairs(hands)
    take("end")


def looking(lab: Lab, page: Page, take: Callable[[str], None]) -> None:
    """Take the original in place, pixels with their values, the views, and evidence after a submit."""
    open_review(lab, page, "image-edit", {"round_name": '"r1"'})  # of this order the first edit shows much
    hands = Keyboard(page)
    hands.await_row("feasibility")
    page.keyboard.press("e")
    take("evidence-locked")
    page.keyboard.press("e")
    page.keyboard.press("x")
    take("turned")
    page.keyboard.press("x")
    page.keyboard.press("z")
    take("actual")
    for _ in range(9):
        page.keyboard.press("+")
    take("pixels")
    page.keyboard.press("z")
    page.keyboard.press("z")
    for view in ("luminance", "saturation", "edges"):
        page.keyboard.press("v")
        take(f"view-{view}")
    page.keyboard.press("v")
    hands.answer_all({})
    hands.submit()
    page.keyboard.press("Control+ArrowLeft")
    page.wait_for_selector(".ew-bar-count:has-text('revising')")
    page.wait_for_timeout(1000)  # until the stage is there, too
    page.keyboard.press("e")
    page.locator(".ew-evidence-word", has_text="map usable").wait_for(timeout=60_000)
    take("evidence")


def marking(lab: Lab, page: Page, take: Callable[[str], None]) -> None:
    """Take places that are marked, alone and beside the original."""
    open_review(lab, page, "defect-localisation", {"round_name": f'"marks-{page.viewport_size["width"]}"'})
    hands = Keyboard(page)
    hands.answer("defects_found", "1", "yes")
    hands.await_row("defects")
    drag(page, (0.52, 0.3), (0.72, 0.65))
    hands.press("5", "1", "2")
    drag(page, (0.1, 0.2), (0.2, 0.8))
    take("regions")
    page.keyboard.press("s")
    take("regions-side")
    page.keyboard.press("s")


def drag(page: Page, begin: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag from one place of the stage to another, given as shares of its width and height."""
    box = page.locator(".ew-stage-canvas").bounding_box()
    places = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in (begin, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=8)
    page.mouse.up()
    page.wait_for_timeout(400)


def covered(lab: Lab, page: Page, take: Callable[[str], None]) -> None:
    """Take a sensitive task: its content note, and its picture blurred after the reveal."""
    parameters = {"tasks_file": '"../data/demo/sensitive.jsonl"', "round_name": '"screening"'}
    lab.open(page, "notebooks/01_review.ipynb")
    set_parameters(page, rubric_file='"../rubrics/safety-screening.yaml"', **parameters)
    lab.run_all(page)
    page.wait_for_selector(".ew-cover:not([hidden])", timeout=60_000)
    take("content-note")
    page.keyboard.press("u")
    page.wait_for_timeout(800)
    take("content-blurred")


def open_review(lab: Lab, page: Page, rubric: str, parameters: dict[str, str]) -> None:
    """Open 01_review with other parameters, as its second cell invites to."""
    lab.open(page, "notebooks/01_review.ipynb")
    set_parameters(page, rubric_file=f'"../rubrics/{rubric}.yaml"', **parameters)
    lab.run_all(page)
    await_panel(page)


def set_parameters(page: Page, **values: str) -> None:
    """Write other values into the notebook's cell of parameters."""
    page.evaluate(
        r"""values => {
          const cells = window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells;
          const cell = cells.find(one => (one.metadata.tags ?? []).includes("parameters"));
          let source = cell.getSource();
          for (const [name, value] of Object.entries(values)) {
            const assigned = new RegExp(`^(.*\\b${name} = )("[^"]*"|\\w+)`, "m");
            source = source.replace(assigned, `$1${value}`);
          }
          cell.setSource(source);
        }""",
        values,
    )


def compare_all_pairs(hands: Keyboard) -> None:
    """Prefer A slightly in every pair, until the end screen."""
    hands.page.keyboard.press("f")
    hands.page.keyboard.press("1")
    hands.focus("usable")
    while not hands.page.locator(".ew-card:not([hidden]) h2").count():
        hands.answer("usable", "1", "both")
        hands.answer("overall", "2", "a_slightly")
        hands.page.wait_for_selector(".ew-submit.ew-ready")
        hands.submit()


def calibration(lab: Lab, page: Page, take: Callable[[str], None], theme: str) -> None:
    """Take the charts of the calibration notebook as its reader scrolls through them."""
    lab.open(page, "notebooks/03_calibration.ipynb")
    set_parameters(page, theme=f'"{theme}"')
    # This command's promise ends when the last cell has run.
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    figures = page.locator(".jp-RenderedImage img")
    for place in range(figures.count()):
        figures.nth(place).evaluate("figure => figure.scrollIntoView({ block: 'center' })")
        take(f"calibration-{place + 1:02d}")


def meeting(page: Page, take: Callable[[str], None]) -> None:
    """Take a calibration round on the board: plan, room, overview, a case before and after gold, minutes."""
    board = page.locator(".ew-board")
    board.scroll_into_view_if_needed()
    press(page, "Fill window")
    press(page, "New round")
    page.wait_for_selector(".ew-stage[data-painted]")
    take("plan")
    press(page, "Rounds")
    press(page, "demo-meeting")
    if page.get_by_role("button", name="Close the blind phase").count():
        take("room")
        press(page, "Close the blind phase")
        press(page, "Close it now")
    press(page, "Overview")
    page.wait_for_selector(".ew-chart [role=button]")
    take("overview")
    page.locator(".ew-agenda button").first.click()
    page.wait_for_selector(".ew-stage[data-painted]")
    page.wait_for_selector(".ew-chart [role=button]")
    take("meeting")
    if page.get_by_role("button", name="Reveal gold").count():
        press(page, "Reveal gold")
    page.wait_for_selector(".ew-gold")
    take("gold")
    press(page, "Minutes")
    page.wait_for_selector("iframe.ew-minutes")
    take("minutes")


def press(page: Page, name: str) -> None:
    """Press a button of the board by its name, once the kernel has answered the one before."""
    page.get_by_role("button", name=name).first.click(timeout=20_000)
    page.wait_for_timeout(700)


if __name__ == "__main__":
    main()
