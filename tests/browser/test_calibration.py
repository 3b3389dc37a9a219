"""A whole calibration round: three reviewers and a lead, each with a kernel, on one store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lab import Lab, await_panel, cells_of
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from reviewer import Keyboard

import evalwidgets as ew
from evalwidgets.core.round import RE_VOTE
from evalwidgets.core.round_events import CauseConfirmed, Decided

REVIEWERS = ("ana", "ben", "carla")
LEVELS = {"ana": 2, "ben": 4, "carla": 5}
ROUND = "week-47"
WAIT = 20_000
NOTE = "the wall behind the edit is darker than before"
REASON = "A shadow that follows a removal is part of the edit"


@dataclass
class Person:
    """Somebody with a page, and so a kernel, of their own."""

    name: str
    page: Page
    context: BrowserContext

    def sees(self, text: str) -> Locator:
        """Wait until a text is visible and return where it stands."""
        place = self.page.get_by_text(text).first
        expect(place).to_be_visible(timeout=WAIT)
        return place


@pytest.fixture
def people(lab: Lab, workspace: Path, browser: Browser) -> Iterator[dict[str, Person]]:
    """Return the lead and three reviewers, each with a notebook open whose kernel is ready."""
    opened, errors = {}, []
    for name in ("lead", *REVIEWERS):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        opened[name] = Person(name, context.new_page(), context)
        opened[name].page.on("pageerror", lambda error: errors.append(str(error)))
        lab.open(opened[name].page, _notebook_for(name, workspace))
    yield opened
    for person in opened.values():
        person.context.close()
    assert not errors


def test_a_round_from_the_plan_to_the_minutes(lab: Lab, people: dict[str, Person], workspace: Path) -> None:
    """Planned, judged blind, closed, discussed, voted again, revealed, settled, written down, reopened."""
    lead = people["lead"]
    before = cells_of(lead.page)
    lab.run_all(lead.page)
    _plan(lead)

    for name in REVIEWERS:
        lab.run_all(people[name].page)
        _judge_alone(people[name])
    _nobody_sees_answers(lead)
    _close(lead)

    expect(lead.page.locator(".ew-agenda li").first).to_be_visible(timeout=WAIT)
    _discuss_first(lead)
    _vote_again(lead, people)
    _reveal_and_settle(lead)
    _write_minutes(lead)
    assert before == cells_of(lead.page)

    lab.restart_kernel(lead.page)
    lab.run_all(lead.page)
    lead.page.get_by_role("button", name=ROUND).click(timeout=60_000)
    lead.sees("The minutes stand")
    _stored_as_it_happened(workspace)


def _notebook_for(name: str, workspace: Path) -> str:
    """Write the person's copy of the real notebook, with their parameters; return its place."""
    source = "03_calibration" if name == "lead" else "01_review"
    path = workspace / "notebooks" / f"{source}_{name}.ipynb"
    notebook = json.loads((workspace / "notebooks" / f"{source}.ipynb").read_text(encoding="utf-8"))
    cells = notebook["cells"]
    if name == "lead":  # the figures below the board are other tests' concern
        board = next(
            place for place, cell in enumerate(cells) if "CalibrationBoard(" in "".join(cell["source"])
        )
        del cells[board + 1 :]
    given = {
        "lead": 'board_store = None\nboard_campaign = "team"\nlead = "lee"',
        "reviewer": f'campaign = "team"\nround_name = "{ROUND}"\nreviewer = "{name}"',
    }["lead" if name == "lead" else "reviewer"]
    for cell in cells:
        cell["outputs"] = []
        if "parameters" in cell["metadata"].get("tags", ()):
            cell["source"] = f"{''.join(cell['source'])}\n{given}"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return f"notebooks/{path.name}"


def _plan(lead: Person) -> None:
    page = lead.page
    page.get_by_role("button", name="New round").click(timeout=60_000)
    page.get_by_label("Name of the round").fill(ROUND)
    page.get_by_label("Reviewers", exact=True).fill(", ".join(REVIEWERS))
    page.get_by_label("Reviewers", exact=True).press("Tab")
    page.wait_for_timeout(1000)  # the kernel's answer draws the plan anew; no person types within it
    page.get_by_label("How many tasks").fill("2")
    page.get_by_label("How many tasks").press("Tab")
    expect(page.locator(".ew-tasks li")).to_have_count(2, timeout=WAIT)
    page.get_by_role("button", name="Preservation").first.click()
    expect(page.get_by_role("button", name="Open the round")).to_be_enabled(timeout=WAIT)
    page.get_by_role("button", name="Open the round").click()
    lead.sees("Answers stay hidden from everyone")


def _judge_alone(person: Person) -> None:
    """Answer both tasks by keys: the gates, then what is asked behind them, at the person's own level."""
    page = person.page
    await_panel(page)
    hands = Keyboard(page)
    level = LEVELS[person.name]
    for done in (1, 2):
        hands.answer("feasibility", "1", "feasible")
        hands.answer("safety", "1", "ok")
        hands.answer("visible_change", "1", "yes")
        hands.answer("preservation", str(level), level)
        if level <= 3:
            hands.await_row("#confidence")
            hands.focus("preservation")
            hands.note("preservation", NOTE)
            hands.press("ArrowDown")
        hands.answer("#confidence", "2", 2)
        hands.press("Control+Enter")
        hands.await_saved(done)
    person.sees("The lead closes the blind phase")


def _nobody_sees_answers(lead: Person) -> None:
    lead.sees("All 3 have finished")
    assert NOTE not in lead.page.content()
    assert 0 == lead.page.locator(".ew-agenda").count()


def _close(lead: Person) -> None:
    lead.page.get_by_role("button", name="Close the blind phase").click()
    lead.sees("This cannot be taken back")
    lead.page.get_by_role("button", name="Close it now").click()


def _discuss_first(lead: Person) -> None:
    lead.page.locator(".ew-agenda").get_by_role("button", name="Discuss").first.click()
    lead.page.wait_for_selector(".ew-stage[data-painted]", timeout=WAIT)
    dots = lead.page.locator(".ew-chart [role=button]")
    expect(dots).to_have_count(3, timeout=WAIT)
    lead.sees(NOTE)
    said = lead.page.locator(".ew-board-side").inner_text()
    assert not [name for name in REVIEWERS if name in said]


def _vote_again(lead: Person, people: dict[str, Person]) -> None:
    lead.page.keyboard.press("v")
    lead.sees("0 of 3 in")
    for name in REVIEWERS:
        hands = Keyboard(people[name].page)
        hands.await_vote("Preservation")
        hands.vote("4")
    lead.sees("3 of 3 in")
    lead.page.keyboard.press("v")
    lead.sees("Vote once more")


def _reveal_and_settle(lead: Person) -> None:
    page = lead.page
    page.keyboard.press("g")
    expect(page.locator(".ew-gold")).to_be_visible(timeout=WAIT)
    page.keyboard.press("3")
    expect(page.get_by_role("button", name="rule unclear")).to_have_attribute(
        "aria-pressed", "true", timeout=WAIT
    )
    page.get_by_role("button", name="Gap in the rubric").click()
    page.get_by_label("Reason", exact=True).fill(REASON)
    page.get_by_label("Reason", exact=True).press("Control+Enter")
    lead.sees(f"Gap in the rubric: {REASON}")


def _write_minutes(lead: Person) -> None:
    page = lead.page
    page.get_by_role("button", name="Minutes").click()
    minutes = page.frame_locator("iframe.ew-minutes")
    expect(minutes.get_by_text(REASON).first).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Everyone").click()
    page.get_by_role("button", name="Conclude the meeting").click()
    page.get_by_role("button", name="Conclude it now").click()
    lead.sees("The minutes stand")
    lead.sees("Saved as")


def _stored_as_it_happened(workspace: Path) -> None:
    with ew.open_store(workspace / "data/work/reviews.db") as store:
        state = store.rounds["team", ROUND]
        task = state.discussed[0]
        votes = {
            review.reviewer: (review.revision, review.reason, review.answers["preservation"].value)
            for review in store.reviews("team", ROUND, task=task)
        }
        blind = {
            review.reviewer: review.answers["preservation"].value
            for review in store.reviews("team", ROUND, task=task, current=False)
            if review.revision == 1
        }
        assert store.verify() == ()
    assert LEVELS == blind
    assert dict.fromkeys(REVIEWERS, (2, RE_VOTE, 4)) == votes
    assert ("concluded", frozenset({task})) == (state.phase, state.revealed)
    assert [CauseConfirmed] == [type(one) for one in state.causes.values()]
    assert ["gap"] == [one.what for one in state.decisions if isinstance(one, Decided)]
    assert REVIEWERS == state.attended
    minutes = workspace / "data" / "work" / "minutes" / "team" / f"{ROUND}.md"
    assert REASON in minutes.read_text(encoding="utf-8")
