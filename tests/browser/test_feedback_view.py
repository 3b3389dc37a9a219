"""What a learner sees beyond the form: what was asked first, the feedback in its place, and the tour."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lab import Lab
from learning_alone import LearningPage, open_learning
from PIL import Image
from playwright.sync_api import Page, expect
from stage_alone import write_tasks

GREY = (120, 120, 120)
SIZE = (600, 400)
LEVELS = """[
      {value: 3, name: All, descriptor: All of it.}, {value: 2, name: Some, descriptor: Some of it.},
      {value: 1, name: Nothing, descriptor: None of it.}]"""
RUBRIC = f"""
id: learning
version: 1.0.0
title: Learning
kind: edit
purpose: To be learnt.
owner: The test
changelog: [{{version: 1.0.0, date: '2026-03-02', bump: first, changes: [Made.]}}]
criteria:
  - {{id: kept, control: ordinal, label: Kept, question: Is it kept?, levels: {LEVELS}}}
  - {{id: done, control: ordinal, label: Done, question: Is it done?, levels: {LEVELS}}}
"""
ROWS = {
    "kept": {"mark": "lenient", "by": 1, "given": "3 All", "accepted": "2"},
    "done": {"mark": "within", "by": 0, "given": "2 Some", "accepted": "2 or 3"},
}


def place(look: str, left: int) -> dict[str, Any]:
    """Return a place of the stage, 120 pixels wide, with its upper edge at 100."""
    region = {"id": look, "type": "box", "points": [[left, 100], [left + 120, 200]], "role": "edited"}
    said = {"size": SIZE, "picture": "", "label": "", "severity": None, "cause": "", "note": ""}
    return {"region": {**region, **said}, "label": look, "title": look, "look": look}


def anchor(level: int) -> dict[str, Any]:
    """Return the anchor of a level."""
    pictures = {"original": "before", "edited": f"level{level}"}
    return {"level": level, "name": "", "descriptor": f"Level {level}.", "why": "", "pictures": pictures}


def given() -> dict[str, Any]:
    """Return what a submit brings."""
    empty = {"sentence": "", "boundary": "", "why": "", "contested": False, "anchors": None}
    rows = [{"criterion": name, "label": name.title(), **empty, **row} for name, row in ROWS.items()]
    rows[0] |= {"anchors": {"mine": anchor(3), "right": anchor(2)}, "boundary": "<b>3</b> with no loss"}
    feedback = {
        "title": "Within the accepted answers on 1 of 2 criteria",
        "rationale": "A <i>corner</i> is lost.",
        "rows": rows,
        "regions": {"found": 1, "missed": 1, "extra": 1},
        "confidence": "You were certain.",
        "boundaries": [{"label": "Kept 2|3", "note": "in 3 to 7 tasks"}],
        "position": "Task 1 of this sitting",
        "scored": False,
    }
    pictures = {"before": "before.jpg", "level2": "level2.jpg", "level3": "level3.jpg"}
    places = [place("found", 20), place("missed", 220), place("extra", 420)]
    return {"feedback": feedback, "pictures": pictures, "regions": places}


@pytest.fixture
def opened(lab: Lab, page: Page, workspace: Path, request: pytest.FixtureRequest) -> Any:
    """Return a function that opens the box on two edits, the second of which is sensitive."""

    def edit(name: str, **more: Any) -> dict[str, Any]:
        images = {"original": Image.new("RGB", SIZE, (90, 60, 60)), "edited": Image.new("RGB", SIZE, GREY)}
        return {"id": name, "kind": "edit", "instruction": f"Mend {name}.", "images": images, **more}

    def open_box(**options: bool) -> LearningPage:
        folder = workspace / request.node.name
        second = edit("two", sensitive=True, content_note="A wound.")
        manifest = write_tasks(folder, edit("one"), second)
        for shade, name in enumerate(("before", "level2", "level3")):
            Image.new("RGB", SIZE, (60 * shade, 90, 90)).save(folder / f"{name}.jpg")
        rubric = folder / "learning.yaml"
        rubric.write_text(RUBRIC, encoding="utf-8")
        return open_learning(lab, page, manifest, rubric, given(), **options)

    return open_box


def commit(box: LearningPage) -> None:
    """Answer both criteria, say how sure, and submit."""
    for key in ("3", "2", "c", "3"):
        box.page.keyboard.press(key)
    box.page.wait_for_selector(".ew-submit.ew-ready")
    box.page.keyboard.press("Control+Enter")
    expect(box.view).to_be_visible()


def stroke(box: LearningPage, left: int) -> tuple[float, bool]:
    """Return the share of the upper edge of a place that is drawn light, and whether it is yellow."""
    (drawing,) = box.stage.drawn
    scale = drawing["rect"]["width"] / SIZE[0]
    x, y = (drawing["rect"][axis] + scale * at for axis, at in (("x", left + 40), ("y", 100)))
    look = "(el, box) => [...el.getContext('2d').getImageData(...box).data]"
    width = round(70 * scale)
    data = box.stage.canvas.evaluate(look, [round(x), round(y), width, 1])
    pixels = [data[at : at + 3] for at in range(0, 4 * width, 4)]
    light = [pixel for pixel in pixels if min(pixel[:2]) > 180]
    return len(light) / width, all(pixel[2] < 150 for pixel in light)


def test_feedback_takes_the_place_of_the_form(opened: Any) -> None:
    """The expert first, what is off open, places told apart by stroke; the form hears nothing."""
    box = opened()
    commit(box)
    acts = len(box.heard("act"))

    expect(box.page.locator(".ew-form")).to_be_hidden()
    expect(box.view).to_contain_text("A <i>corner</i> is lost.")
    expect(box.view).to_contain_text("Task 1 of this sitting · not scored")
    expect(box.row("kept")).to_contain_text("↑ 1 too lenient")
    expect(box.row("kept")).to_contain_text("<b>3</b> with no loss")
    expect(box.row("done")).to_contain_text("✓ within")
    expect(box.row("kept").locator(".ew-fb-body")).to_be_visible()
    expect(box.row("done").locator(".ew-fb-body")).to_be_hidden()
    for picture in box.row("kept").locator(".ew-fb-picture").all():
        size = picture.bounding_box()
        assert size is not None
        assert size["width"] >= 200
    box.stage.settle()
    found, missed, extra = (stroke(box, left) for left in (20, 220, 420))
    assert found == (1.0, True)
    assert 0.4 < missed[0] < 0.9
    assert 0.1 < extra[0] < 0.9
    assert (missed[1], extra[1]) == (True, False)

    box.stage.press("5", "ArrowDown", "Enter")
    expect(box.row("done").locator(".ew-fb-body")).to_be_visible()
    box.page.keyboard.down("Space")  # the stage keeps its keys
    expect(box.page.locator(".ew-stage-label").first).to_have_text("Original")
    box.page.keyboard.up("Space")
    box.stage.press("1")  # nobody is asked why they agree
    assert len(box.heard("act")) == acts
    assert box.heard("why") == []


def test_what_a_learner_says_to_it_is_reported(opened: Any) -> None:
    """Why, with a remark for the lead; a contest, with its reason; next, once; then the form is back."""
    box = opened()
    commit(box)
    key = box.heard("submit")[0]["key"]
    keyboard = box.page.keyboard
    box.stage.press("2")
    expect(box.row("kept").locator('[aria-pressed="true"]')).to_contain_text("missed it")
    box.stage.press("3")
    keyboard.type("1 corner, no more")
    box.stage.press("Enter", "c", "Escape", "c")
    keyboard.type("gold forgets the corner")
    box.stage.press("Enter")
    expect(box.row("kept").locator(".ew-fb-said")).to_have_text("contested")

    box.stage.press("ArrowRight", "Enter")
    large = box.page.locator(".ew-fb-large")
    expect(large.locator("figcaption:visible").first).to_contain_text("Level 3.")
    box.stage.press("x")
    expect(large.locator(".ew-fb-anchor:not([data-aside])")).to_contain_text("Level 2.")
    keyboard.down("Space")
    expect(large.locator(".ew-fb-before:visible").first).to_be_visible()
    keyboard.up("Space")
    box.stage.press("Escape")
    expect(large).to_be_hidden()

    box.stage.press("n", "n")
    expect(box.page.locator(".ew-form")).to_be_visible()
    expect(box.view).to_be_hidden()
    box.stage.press("3")
    expect(box.page.locator('[data-row="kept"].ew-answered')).to_be_visible()
    said = [{**one, "key": one["key"] == key} for one in box.heard("why", "contest", "next", "home")]
    assert said == [
        {"type": "why", "key": True, "criterion": "kept", "why": "missed", "remark": ""},
        {"type": "why", "key": True, "criterion": "kept", "why": "disagree", "remark": "1 corner, no more"},
        {"type": "contest", "key": True, "criterion": "kept", "reason": "gold forgets the corner"},
        {"type": "next", "key": True},
    ]


def test_what_was_asked_comes_first_and_the_form_waits(opened: Any) -> None:
    """Instruction, original, edited, by one key; no answer before; once a task; covers stay in force."""
    box = opened(intro=True)
    form, card = box.page.locator(".ew-form"), box.page.locator(".ew-cover")
    expect(box.page.locator(".ew-intro-text")).to_have_text("Mend one.")
    assert box.stage.drawn == []
    box.stage.press("3", "Control+Enter")
    expect(form).to_contain_text("Look first")

    box.stage.press("Space")
    assert [one["role"] for one in box.stage.drawn] == ["original"]
    box.stage.press("3", "x")
    assert [one["role"] for one in box.stage.drawn] == ["original"]
    box.stage.press("Space")
    assert [one["role"] for one in box.stage.drawn] == ["edited"]
    expect(form).not_to_contain_text("Look first")
    assert box.heard("act") == []

    first = form.get_attribute("data-key") or ""
    commit(box)
    box.stage.press("n")
    expect(box.page.locator(".ew-intro-text")).to_have_text("Mend two.")
    expect(card).to_be_hidden()
    box.stage.press("Space")
    expect(card).to_contain_text("A wound.")
    expect(box.page.locator(".ew-stage-button[data-tool='reveal-1']")).to_be_hidden()
    box.stage.press("Space")
    expect(box.page.locator(".ew-stage-button[data-tool='reveal-1']")).to_be_visible()
    expect(form).not_to_contain_text("Look first")
    box.stage.step(first)
    box.stage.settle()
    assert [one["role"] for one in box.stage.drawn] == ["edited"]


def test_the_tour_goes_on_by_doing_and_submits_nothing(opened: Any) -> None:
    """Each step leads on when it is done; the last key ends the tour in place of a review."""
    box = opened(tour=True)
    count = box.page.locator(".ew-tour-count")
    frame = box.page.locator(".ew-tour-frame")
    expect(count).to_have_text("1 of 9")
    box.stage.press("Control+Enter")
    box.stage.press("Enter")
    for step, keys in enumerate([["Space"], ["x", "x"], ["z", "z"], ["3"], ["Shift+2"]], 2):
        expect(count).to_have_text(f"{step} of 9")
        expect(frame).to_be_visible()
        box.stage.press(*keys)
    expect(count).to_have_text("7 of 9")
    box.stage.press("j")
    box.page.keyboard.type("the left corner")
    box.stage.press("Escape")
    expect(count).to_have_text("8 of 9")
    box.stage.press("c", "2")
    expect(count).to_have_text("9 of 9")
    box.stage.press("Control+Enter")
    expect(box.page.locator(".ew-tour")).to_be_hidden()

    box.stage.press("Escape")
    steps = [message["step"] for message in box.heard("tour")]
    assert steps == [*range(1, 10), "end"]
    assert box.heard("submit") == []
