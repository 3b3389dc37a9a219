"""Regions at the review panel: what the browser draws, the kernel completes, keeps and takes back."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.store.reviews import ReviewStore, open_store
from evalwidgets.store.rubrics import read_rubric
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.review_panel import ReviewPanel

from ..samples import ROOT, a_region, criterion, every_control, write_picture
from .page import Page, shown

pytestmark = pytest.mark.usefixtures("loud_callbacks")
CRITERION = "defects"


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    """Return the rubric that asks where the defects are."""
    return read_rubric(ROOT / "rubrics" / "defect-localisation.yaml")


@pytest.fixture
def marking(edits: TaskSet, rubric: Rubric, work_store: ReviewStore) -> Page:
    """Return the page of a reviewer who has found defects, and is asked where."""
    page = Page(ReviewPanel(edits, rubric, work_store, "ana"))
    page.rate("defects_found", "yes")
    return page


def drawn(**changes: Any) -> dict[str, Any]:
    """Return a box as the browser draws it on a picture of 24 x 16 pixels."""
    return a_region(**{"size": (24, 16), "points": ((2, 3), (8, 12)), **changes})


def marked(page: Page) -> list[dict[str, Any]]:
    """Return the regions that the kernel has."""
    return list(page.panel.data.get(CRITERION, []))


def test_a_region_gets_the_hash_of_the_file_that_is_marked(marking: Page, edits: TaskSet) -> None:
    """The browser knows only the display copy; whoever uses the region must find the picture."""
    marking.act("mark", CRITERION, drawn())

    task = marking.panel.task
    assert task is not None
    file = edits.path_of(task, "edited").read_bytes()
    assert marked(marking) == [{**drawn(), "picture": hashlib.sha256(file).hexdigest()}]
    assert marking.marks["answers"][CRITERION]["value"] == marked(marking)


def test_a_region_drawn_on_a_smaller_copy_is_kept_in_the_pixels_of_the_file(marking: Page) -> None:
    """Whatever size the browser was shown."""
    marking.act("mark", CRITERION, drawn(size=(12, 4), points=((1, 2), (12, 4))))

    (region,) = marked(marking)
    assert region["size"] == [24, 16]
    assert region["points"] == [[2, 8], [24, 16]]


def test_what_is_said_of_a_region_replaces_it_where_it_stands(marking: Page) -> None:
    """Its number does not change, and undo takes one step back at a time."""
    marking.act("mark", CRITERION, drawn(id="a"))
    marking.act("mark", CRITERION, drawn(id="b", type="point", points=((5, 5),)))
    marking.act("mark", CRITERION, drawn(id="a", label="seam_halo", severity=2))

    assert [(one["id"], one["label"]) for one in marked(marking)] == [("a", "seam_halo"), ("b", "")]
    marking.move("undo")
    assert [(one["id"], one["label"]) for one in marked(marking)] == [("a", ""), ("b", "")]
    marking.move("undo")
    assert [one["id"] for one in marked(marking)] == ["a"]


def test_deleting_the_last_region_leaves_the_criterion_open(marking: Page) -> None:
    """That nothing is to be marked is said, and never left over."""
    marking.act("mark", CRITERION, drawn())
    marking.act("unmark", CRITERION, "r1")

    assert CRITERION not in marking.panel.data
    assert not marking.marks["ready"]


def test_what_a_region_lacks_stands_in_the_way_of_submitting(marking: Page) -> None:
    """The kernel says which one and what; with all said the review is ready."""
    marking.rate("worst_severity", 1)
    marking.act("set_confidence", 2)
    marking.act("mark", CRITERION, drawn())

    told = [one["message"] for one in marking.marks["problems"] if one["criterion"] == CRITERION]
    assert told == ["Places: region 1 (box, left) still needs its class and its severity."]
    marking.act("mark", CRITERION, drawn(label="seam_halo", severity=1))
    assert marking.marks["ready"]


@pytest.mark.parametrize(
    "region",
    [
        None,
        "box",
        {},
        {"id": "r"},
        {**drawn(), "points": [[10, 20], [4000, 60]]},
        {**drawn(), "role": "original"},
        {**drawn(), "role": "a"},
        {**drawn(), "label": "no_such_class"},
        {**drawn(), "size": [0, 0]},
        {**drawn(), "points": [["x", None]]},
    ],
)
def test_what_is_no_region_of_this_picture_is_refused_with_a_sentence(marking: Page, region: Any) -> None:
    """Whatever a page sends, the sheet stays as it was."""
    marking.act("mark", CRITERION, drawn(id="good"))
    before = marked(marking)

    marking.act("mark", CRITERION, region)

    assert marking.refused
    assert before == marked(marking)


@pytest.mark.parametrize("said", [[], [CRITERION], [CRITERION, drawn(), 1], ["no such", drawn()]])
def test_a_mark_that_no_page_would_send_is_refused_likewise(marking: Page, said: list[Any]) -> None:
    """Nothing is completed that is not a mark."""
    marking.act("mark", *said)

    assert marking.refused
    assert marked(marking) == []


def test_a_picture_that_is_gone_can_still_be_marked(marking: Page, edits: TaskSet) -> None:
    """It was shown when it was drawn on; only its hash is unknown."""
    task = marking.panel.task
    assert task is not None
    edits.path_of(task, "edited").unlink()

    marking.act("mark", CRITERION, drawn())

    assert [one["picture"] for one in marked(marking)] == [""]


def test_code_marks_as_the_browser_does(marking: Page) -> None:
    """`panel.act` completes a region too."""
    marking.panel.act("mark", CRITERION, drawn())

    assert len(marked(marking)[0]["picture"]) == 64


def test_regions_survive_a_restart_and_are_stored_as_they_were_drawn(
    marking: Page, edits: TaskSet, rubric: Rubric, work_store: ReviewStore
) -> None:
    """A new panel shows the draft; the store has every point to a hundredth of a pixel."""
    points = ((1.126, 2.004), (4.5, 6.75))
    marking.act("mark", CRITERION, drawn(points=points, label="seam_halo", severity=3, note="pale edge"))
    resumed = Page(ReviewPanel(edits, rubric, work_store, "ana"))
    assert marked(marking) == marked(resumed)
    resumed.rate("worst_severity", 1)
    resumed.act("set_confidence", 3)

    resumed.submit()

    (stored,) = work_store.reviews(reviewer="ana")
    (region,) = stored.values[CRITERION]
    assert region["points"] == [[1.13, 2], [4.5, 6.75]]
    assert (region["label"], region["severity"], region["note"]) == ("seam_halo", 3, "pale edge")
    assert work_store.verify() == ()


def test_a_used_panel_shows_regions_like_a_fresh_one(
    marking: Page, edits: TaskSet, rubric: Rubric, work_store: ReviewStore
) -> None:
    """Of one task, and none of them on the next."""
    for number in range(3):
        marking.act("mark", CRITERION, drawn(id=f"r{number}"))
    marking.act("unmark", CRITERION, "r1")
    here, there = marking.panel.session.order[:2]
    marking.panel.show(there)
    assert marked(marking) == []
    marking.panel.show(here)

    fresh = ReviewPanel(edits, rubric, work_store, "ana")
    fresh.show(here)

    assert shown(fresh) == shown(marking.panel)
    assert [one["id"] for one in marked(marking)] == ["r0", "r2"]


def test_marking_reads_no_picture_a_second_time(marking: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark is kept at once, however large the picture is."""

    def refuse(*_: object) -> None:
        msg = "the picture was read again"
        raise AssertionError(msg)

    monkeypatch.setattr("evalwidgets.widgets.picture_shelf.read_picture", refuse)

    marking.act("mark", CRITERION, drawn())

    assert len(marked(marking)) == 1


def test_two_reviewers_of_one_picture_agree_on_its_hash(
    edits: TaskSet, rubric: Rubric, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Regions of different stores can be laid over each other."""
    hashes = set()
    for name in ("ana", "ben"):
        with open_store(tmp_path_factory.mktemp(name) / "work.db") as store:
            page = Page(ReviewPanel(edits, rubric, store, name))
            page.panel.show("t00")
            page.rate("defects_found", "yes")
            page.act("mark", CRITERION, drawn())
            hashes |= {one["picture"] for one in marked(page)}

    assert len(hashes) == 1


@pytest.fixture
def pairs(tmp_path: Path) -> TaskSet:
    """Return two candidates of different size, which are shown in one."""
    for role, size in (("a", (24, 16)), ("b", (36, 24))):
        write_picture(tmp_path / f"{role}.png", len(role), size)
    task = Task(id="p", kind="pair", images={"a": "a.png", "b": "b.png"}, prompt="A cat")
    return TaskSet([task], tmp_path)


@pytest.fixture
def pair_page(pairs: TaskSet, work_store: ReviewStore) -> Page:
    """Return the page of a reviewer who marks candidate A."""
    places = criterion("places", "regions", of="a")
    plain = every_control().model_dump(by_alias=True)
    alone = {"kind": "pair", "gates": [], "criteria": [places], "caps": [], "overall": {"kind": "none"}}
    return Page(ReviewPanel(pairs, Rubric.model_validate({**plain, **alone}), work_store, "ana"))


def test_no_file_size_reaches_a_page_that_is_shown_candidates_in_one_size(pair_page: Page) -> None:
    """A side of its own would tell the model; what is kept is in the pixels of the file all the same."""
    on_copy = drawn(role="a", size=(36, 24), points=((3, 6), (12.5, 24)))
    pair_page.act("mark", "places", on_copy)

    (kept,) = pair_page.panel.data["places"]
    assert (kept["size"], kept["points"]) == ([24, 16], [[2, 4], [8.33, 16]])
    (told,) = pair_page.marks["answers"]["places"]["value"]
    assert (told["size"], told["points"]) == ([36, 24], [[3, 6], [12.5, 24]])


def test_describing_a_region_moves_none_of_its_points(pair_page: Page) -> None:
    """However often it goes from file to copy and back; and the letters of its note are one undo."""
    pair_page.act("mark", "places", drawn(role="a", size=(36, 24), points=((3.33, 6.67), (12.51, 23.99))))
    (first,) = pair_page.panel.data["places"]

    for number in range(5):
        (told,) = pair_page.marks["answers"]["places"]["value"]
        pair_page.act("mark", "places", {**told, "note": "pale edge"[: 5 + number]})

    (last,) = pair_page.panel.data["places"]
    assert (first["points"], last["note"]) == (last["points"], "pale edge")
    pair_page.move("undo")
    assert pair_page.panel.data["places"] == [first]
