"""Take the pictures of docs/images: the real workspace in a real browser, light and dark."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from lab import Lab, await_panel, launch_chromium  # noqa: E402 - beside the browser tests
from reviewer import Keyboard  # noqa: E402

SIZES = {"1280": (1280, 800), "1600": (1600, 1000)}


def main() -> None:
    chosen = sys.argv[1:] or ["light", "dark"]
    IMAGES.mkdir(exist_ok=True)
    for theme in chosen:
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            workspace = Path(folder)
            for name in ("notebooks", "rubrics", "data/demo"):
                shutil.copytree(ROOT / name, workspace / name)
            lab = Lab(workspace, theme, EVALWIDGETS_REVIEWER="ana")
            browser = launch_chromium(playwright)
            try:
                for size, (width, height) in SIZES.items():
                    shoot(lab, browser, f"{theme}-{size}", width, height)
            finally:
                browser.close()
                lab.close()


def shoot(lab: Lab, browser: Browser, name: str, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})

    def take(what: str) -> None:
        page.wait_for_timeout(350)  # for the eye of the camera only: no test depends on it
        page.screenshot(path=IMAGES / f"{what}-{name}.png")

    review(lab, page, take)
    calibration(lab, page, take)
    page.close()


def review(lab: Lab, page: Page, take: Callable[[str], None]) -> None:
    """Take a review from its gate to the end."""
    parameters = {"round_name": f'"shots-{page.viewport_size["width"]}"'}
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
    open_review(lab, page, "pairwise-comparison", parameters)
    compare_all_pairs(hands)
    take("end")


def open_review(lab: Lab, page: Page, rubric: str, parameters: dict[str, str]) -> None:
    """Open 01_review with other parameters, as its second cell invites to."""
    lab.open(page, "notebooks/01_review.ipynb")
    lines = {"rubric_file": f'"../rubrics/{rubric}.yaml"', **parameters}
    page.evaluate(
        """lines => {
          const cells = window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells;
          const cell = cells.find(one => one.getSource().startsWith("rubric_file"));
          cell.setSource(`rubric_file = ${lines.rubric_file}\\ntasks_file = "../data/demo/tasks.jsonl"\\n` +
            `reviewer = None\\ncampaign, round_name = "demo", ${lines.round_name}`);
        }""",
        lines,
    )
    lab.run_all(page)
    await_panel(page)


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


def calibration(lab: Lab, page: Page, take: Callable[[str], None]) -> None:
    """Take the charts of the calibration notebook as its reader scrolls through them."""
    lab.open(page, "notebooks/03_calibration.ipynb")
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    figures = page.locator(".jp-RenderedImage img")
    figures.first.wait_for()
    for place in range(figures.count()):
        figures.nth(place).scroll_into_view_if_needed()
        take(f"calibration-{place + 1}")


if __name__ == "__main__":
    main()
