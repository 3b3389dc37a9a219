"""Scripts in everything that people can write: none runs, wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from lab import Lab, await_panel, make_notebook
from playwright.sync_api import Browser, Page

from evalwidgets import analysis
from evalwidgets.analysis import charts
from evalwidgets.analysis.charts.dot_tally import dot_tally
from evalwidgets.analysis.reports import Evidence
from evalwidgets.analysis.scales import Scale
from evalwidgets.core.task import Task
from evalwidgets.store.tasks import TaskSet

from ..hostile.payloads import ALL, PAYLOADS, REPORTING
from ..hostile.world import ROUND, World
from ..samples import ROOT

SETTLE = 400
"""Milliseconds in which a payload in a still page reports itself; the raw ones need some 50."""


@pytest.fixture
def reporting(browser: Browser) -> Iterator[Page]:
    """Return a page in which payloads that run are counted, in every frame."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(REPORTING)
    yield context.new_page()
    context.close()


def hits(page: Page) -> list[int]:
    """Return the numbers of the payloads that have run."""
    return sorted({int(number) for number in page.evaluate("() => window.hits")})


def shown(page: Page, html: str) -> list[int]:
    """Show a page and return which payloads ran."""
    page.goto("about:blank")
    page.set_content(html, wait_until="load")
    page.wait_for_timeout(SETTLE)
    return hits(page)


def test_the_payloads_bite(reporting: Page) -> None:
    """Taken for markup, most of them run: without that nothing below would mean anything."""
    ran = {number for payload in PAYLOADS for number in shown(reporting, f"<body>{payload}</body>")}

    assert len(PAYLOADS) == 23
    assert len(ran) >= 12


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return a campaign of payloads."""
    return World(tmp_path_factory.mktemp("hostile"))


def ratings() -> pd.DataFrame:
    """Return ratings whose every name is a payload: of tasks, reviewers, criteria, answers."""
    rows = [
        (f"{task} {PAYLOADS[task]}", payload, f"quality {PAYLOADS[2]}", 1 + (task + place) % 5, ALL)
        for task in range(6)
        for place, payload in enumerate(PAYLOADS[::3])
    ]
    return pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value", "note"])


SCALE = Scale(f"quality {PAYLOADS[2]}", (1, 2, 3, 4, 5), tolerance=1, label=f"Quality {ALL}")


def gold() -> pd.DataFrame:
    """Return gold for these ratings."""
    tasks = ratings()["task"].unique()
    rows = [(task, SCALE.id, (3,), None, False, ALL) for task in tasks]
    return pd.DataFrame(rows, columns=["task", "criterion", "accepted", "tolerance", "na", "rationale"])


def report(_: World) -> str:
    """Return the report as a page."""
    task = Task(id="t", kind="image", images={"image": "a.png"}, tags={"edit": ALL})
    evidence = Evidence(ratings(), SCALE, gold(), source=ALL, understood=(ALL,), tasks=[task])
    return analysis.make_report(evidence, title=ALL).html()


def minutes(world: World) -> str:
    """Return the minutes of the meeting as a page."""
    board = world.settled()
    return board.meeting.answers.minutes(board.meeting.state).html


def tables(world: World) -> str:
    """Return every table that a notebook shows as HTML."""
    found = [
        analysis.agreement_by_criterion(ratings(), SCALE),
        analysis.gold_accuracy(ratings(), gold(), SCALE),
        analysis.gold_confusion(ratings(), gold(), SCALE, criterion=SCALE.id),
        analysis.reviewer_severity(ratings(), gold(), SCALE),
        analysis.reviewer_habits(ratings(), SCALE),
        analysis.spread(ratings(), SCALE),
        analysis.agenda(ratings(), SCALE, gold()),
        analysis.tally(ratings(), SCALE, ratings()["task"][0], SCALE.id),
        analysis.room(pd.DataFrame({"reviewer": PAYLOADS, "done": 1, "total": 2})),
        analysis.suggest_causes(ratings(), SCALE, gold()),
        analysis.most_disagreed(ratings(), SCALE),
        ratings(),
        world.store.ratings(),
        TaskSet(world.tasks, world.folder).frame(),
    ]
    return "".join(one._repr_html_() for one in found if hasattr(one, "_repr_html_"))


def drawings(_: World) -> str:
    """Return charts as the widget puts them into a page."""
    drawn = [
        charts.agreement_chart(analysis.agreement_by_criterion(ratings(), SCALE)),
        charts.severity_forest(analysis.reviewer_severity(ratings(), gold(), SCALE)),
        charts.spread_heatmap(analysis.spread(ratings(), SCALE)),
        dot_tally(analysis.tally(ratings(), SCALE, ratings()["task"][0], SCALE.id)),
    ]
    return "".join(f'<div class="chart">{chart.svg()}</div>' for chart in drawn)


@pytest.mark.parametrize("make", [report, minutes, tables, drawings])
def test_no_payload_runs_in_a_page(make: Callable[[World], str], world: World, reporting: Page) -> None:
    """Reports, minutes, tables and charts hold them as text, also without the policy that would stop them."""
    html = make(world)
    policy = html.find('<meta http-equiv="Content-Security-Policy"')
    bare = html.replace('http-equiv="Content-Security-Policy"', "")

    assert (policy >= 0) == (make in (report, minutes))
    assert "pwned(2)" in bare
    assert shown(reporting, bare) == []
    assert reporting.locator("script, iframe, object, embed, base, [onerror], [onload]").count() == 0


CELLS = (
    "import sys\nfrom pathlib import Path\nsys.path.insert(0, {root!r})\n"
    "from tests.hostile.world import World\nworld = World(Path('hostile-world'))",
    "panel = world.panel()\npanel",
    "world.board()",
    "case = world.settled()\ncase",
    "case.act('go', 'overview')\ncase",
    "last = world.board()\nlast.act('go', 'minutes')\nlast",
    "plan = world.board()\nplan.act('plan')\nplan",
    "world.store.ratings()",
    "world.tasks.frame()",
)


def test_no_payload_runs_in_the_workspace(lab: Lab, workspace: Path, reporting: Page) -> None:
    """Panel, board, minutes and tables in one notebook; what a reviewer types comes back as text too."""
    cells = [cell.replace("{root!r}", repr(str(ROOT))) for cell in CELLS]
    make_notebook(workspace / "notebooks" / "payloads.ipynb", *cells)
    page = reporting
    lab.open(page, "notebooks/payloads.ipynb")

    lab.run_all(page)
    await_panel(page)
    page.wait_for_function("() => document.querySelectorAll('.ew-board').length >= 4", timeout=60_000)
    page.wait_for_selector("iframe.ew-minutes", timeout=60_000)
    page.locator(".ew-panel").first.click()
    page.keyboard.press("j")
    page.keyboard.insert_text(ALL)
    page.keyboard.press("Escape")
    for key in ("1", "1", "?", "Escape", "s", "Escape", "e", "Escape", "g", "t", "z"):
        page.keyboard.press(key)
    page.wait_for_timeout(1500)

    assert hits(page) == []
    assert page.locator(".ew-panel [onerror], .ew-panel script, .ew-panel object").count() == 0
    seen = page.locator("body").inner_text()
    assert PAYLOADS[0] in seen
    assert ROUND in seen
