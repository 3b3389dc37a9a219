"""The explorer: slices, marks, one task with all its reviews, and a sandbox that no table knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalwidgets.core.review import Answer
from evalwidgets.core.round import SANDBOX
from evalwidgets.core.round_events import Closed
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.slice_book import Slice
from evalwidgets.errors import SliceError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.explorer import Explorer

from ..samples import GOOD_ANSWERS
from .board import CAMPAIGN, GOLD, LEVELS, NAME, NOON, REVIEWERS, open_round, say, say_all
from .page import send

pytestmark = pytest.mark.usefixtures("loud_callbacks")
Open = Callable[..., Explorer]


@pytest.fixture
def closed(work_store: ReviewStore, every: Rubric) -> ReviewStore:
    """Return a store with a round of three reviewers and three tasks whose blind phase is over."""
    say_all(work_store, open_round(work_store, every))
    work_store.rounds.log(CAMPAIGN, NAME, Closed(at=NOON, by="lee"))
    return work_store


@pytest.fixture
def explore(edits: TaskSet, every: Rubric, closed: ReviewStore) -> Open:
    """Return what opens an explorer on the round."""

    def opened(**more: Any) -> Explorer:
        facts = {"campaign": CAMPAIGN, "gold": GOLD, "researcher": "rae", **more}
        return Explorer(facts.pop("tasks", edits), every, closed, **facts)

    return opened


def press(explorer: Explorer, act: str, *said: Any) -> None:
    """Report an act as the page does."""
    send(explorer._head, {"type": "act", "n": 1, "act": act, "said": list(said)})


def order(explorer: Explorer) -> list[str]:
    """Return the tasks that the sheet in the page shows, in their order."""
    places = np.frombuffer(explorer._sheet.order, dtype="<i4")
    return [explorer._sheet.told["ids"][place] for place in places]


def test_everything_is_a_table(explore: Open) -> None:
    """All tasks, those of the slice, and the marked ones are DataFrames with the same columns."""
    explorer = explore()

    assert len(explorer.table) == 6
    assert explorer.query("n_reviews > 0", sort="-spread")["task"].tolist() == ["t00", "t03", "t01"]
    assert order(explorer) == ["t00", "t03", "t01"]
    send(explorer._sheet, {"type": "mark", "place": 3, "on": True})
    send(explorer._sheet, {"type": "mark", "place": 0, "on": True})
    assert explorer.selected["task"].tolist() == ["t00", "t03"]
    press(explorer, "unmark_all")
    send(explorer._sheet, {"type": "focus", "place": 1})
    assert explorer.selected["task"].tolist() == ["t01"]
    assert repr(explorer) == "Explorer(campaign='spring', tasks=6)"


def test_slices_are_toggled_asked_and_saved_in_versions(explore: Open, closed: ReviewStore) -> None:
    """Chips and query narrow together; a saving is an event, the next under its name a new version."""
    explorer = explore()
    press(explorer, "ask", "n_reviews > 0")
    press(explorer, "toggle", "novel")
    assert explorer.slice == Slice(presets=("novel",), query="n_reviews > 0")
    assert explorer.shown.empty
    press(explorer, "toggle", "novel")
    press(explorer, "keep", "Reviewed ones")
    explorer.query("spread > 0.4")
    assert explorer.save("reviewed-ones", "Far apart").slice.query == "spread > 0.4"

    book = closed.slices[CAMPAIGN]
    assert [one.slice.query for one in book.versions["reviewed-ones"]] == ["n_reviews > 0", "spread > 0.4"]
    assert book.of("reviewed-ones").by == "rae"
    again = explore()
    assert again.load("reviewed-ones", 1)["task"].tolist() == ["t00", "t01", "t03"]
    assert again._head.view["slice"] == "reviewed-ones"


def test_a_wrong_query_is_told_and_changes_nothing(explore: Open) -> None:
    """The page reads which column was meant; code gets the error; what was shown stays."""
    explorer = explore()
    press(explorer, "ask", "n_reviews > 0")
    press(explorer, "ask", "spraed > 0")

    assert "Did you mean 'spread'" in explorer._head.view["problem"]
    assert order(explorer) == ["t00", "t01", "t03"]
    with pytest.raises(SliceError):
        explorer.query("spread.values")
    with pytest.raises(UnknownName):
        explorer.act("eval", "1")


def test_answers_of_a_blind_round_are_not_read(
    edits: TaskSet, every: Rubric, work_store: ReviewStore
) -> None:
    """Nobody compares before a round is closed, a researcher no more than the lead."""
    say_all(work_store, open_round(work_store, every))

    explorer = Explorer(edits, every, work_store, campaign=CAMPAIGN, researcher="rae")
    explorer.show("t00")

    assert explorer.table["n_reviews"].sum() == 0
    assert "without 1 round still blind" in explorer._head.view["sub"]
    assert explorer._beside.view["people"] == []


def test_an_open_task_shows_all_without_names(explore: Open) -> None:
    """Answers by letter, extremes first, gold and names only when asked for, all gone on the way back."""
    explorer = explore()
    send(explorer._sheet, {"type": "open", "place": 0})

    view = explorer._beside.view
    assert (explorer.mode, explorer.task, view["place"]) == ("task", "t00", "1 of 6")
    (row,) = (one for one in view["rows"] if one["id"] == "adherence")
    assert sorted(cell["text"] for cell in row["cells"]) == sorted(map(str, LEVELS["t00"]))
    assert view["notes"][0]["value"] == "1"
    said = json.dumps([view, explorer._stage.regions])
    assert not any(name in said for name in REVIEWERS)
    assert GOLD["t00"].rationale not in said or not GOLD["t00"].rationale
    assert all(not one["gold"] for one in view["rows"])

    press(explorer, "name")
    press(explorer, "reveal")
    assert REVIEWERS[0] in json.dumps(explorer._beside.view)
    assert any(one["gold"] for one in explorer._beside.view["rows"])
    press(explorer, "step", 1)
    assert (explorer.task, explorer._beside.view["gold"]["revealed"]) == ("t01", False)
    press(explorer, "back")
    assert (explorer.mode, explorer._beside.view, explorer._sheet.place) == ("sheet", {}, 1)


def test_who_judged_twice_has_two_columns(explore: Open, every: Rubric, closed: ReviewStore) -> None:
    """The same person in another round stands beside themselves under the same letter."""
    later = open_round(closed, every, name="r3")
    say(closed, later, REVIEWERS[0], "t00", values={"adherence": 2, "quality": 3})
    closed.rounds.log(CAMPAIGN, "r3", Closed(at=NOON, by="lee"))

    explorer = explore()
    explorer.show("t00")

    letters = [one["letter"] for one in explorer._beside.view["people"]]
    assert len(letters) == 4
    assert len({letter.rstrip("2") for letter in letters}) == 3


def test_rating_again_never_reaches_production(explore: Open, closed: ReviewStore) -> None:
    """What is submitted in the sandbox stands beside the others' answers and in no table of ratings."""
    before = closed.ratings(CAMPAIGN)
    explorer = explore()
    explorer.show("t00")
    press(explorer, "rate")
    panel = explorer.panel
    assert panel is not None
    assert explorer.mode == "rate"
    for _ in range(3):
        for name, value in GOOD_ANSWERS.items():
            if name in {one.id for one in panel.session.asked()}:
                panel.rate(name, value)
    panel.submit()

    assert explorer.mode == "task"
    (own,) = closed.reviews(CAMPAIGN, SANDBOX)
    assert (own.reviewer, own.task) == ("rae", "t00")
    rows = {one["id"]: one["own"] for one in explorer._beside.view["rows"]}
    assert rows["adherence"] == "4"
    pd.testing.assert_frame_equal(closed.ratings(CAMPAIGN), before)
    pd.testing.assert_frame_equal(explore().table, explorer.table)
    press(explorer, "rate")
    press(explorer, "back")
    assert (explorer.mode, explorer.panel) == ("task", None)
    explorer.close()


def test_small_pictures_come_when_asked_for(explore: Open, sent: list[dict[str, Any]]) -> None:
    """Opening sends no picture; the page gets those it asks for, and word of places that are none."""
    explorer = explore()
    assert not _pictures(sent)

    send(explorer._sheet, {"type": "need", "places": [2, 0, "x", 99, -1]})

    assert [one["place"] for one, _ in _pictures(sent)] == [2, 0]
    assert all(bytes(data[0]).startswith(b"\xff\xd8") for _, data in _pictures(sent))
    (explorer._tasks.folder / "pictures" / "1-b.png").unlink()
    send(explorer._sheet, {"type": "need", "places": [1]})
    assert _pictures(sent)[-1] == ({"type": "picture", "place": 1, "media": ""}, [])


def _pictures(sent: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[Any]]]:
    customs = [one for one in sent if one.get("data", {}).get("method") == "custom"]
    return [(one["data"]["content"], one.get("buffers") or []) for one in customs]


@pytest.mark.parametrize("how", ["marked", "flagged"])
def test_sensitive_tasks_are_covered(
    explore: Open, edits: TaskSet, every: Rubric, closed: ReviewStore, sent: list[dict[str, Any]], how: str
) -> None:
    """Marked in the manifest or flagged by a reviewer: the sheet gets a cover, the stage no hash."""
    tasks = edits
    flagged = Rubric.model_validate(
        {
            **every.model_dump(mode="json", by_alias=True),
            "flags": [{"id": "sensitive_unlabelled", "name": "Unlabelled"}],
        }
    )
    if how == "marked":
        tasks = TaskSet((one.model_copy(update={"sensitive": True}) for one in edits), edits.folder)
    else:
        later = open_round(closed, flagged, name="r3", tasks=("t00",))
        say(closed, later, REVIEWERS[0], "t00", values={"quality": 3}, flags={"sensitive_unlabelled": ""})
        closed.rounds.log(CAMPAIGN, "r3", Closed(at=NOON, by="lee"))

    explorer = explore(tasks=tasks)
    send(explorer._sheet, {"type": "need", "places": [0]})
    explorer.show("t00")

    assert _pictures(sent)[0][0]["media"] == "image/png"
    assert explorer._sheet.told["sensitive"][0] == 1
    assert [one["picture"] for one in explorer._stage.scene["pictures"]] == [None, None]


def test_evidence_is_measured_on_demand_and_once(
    explore: Open, edits: TaskSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening measures nothing; pictures are compared once, whatever tasks share them."""
    from evalwidgets.widgets import explorer_evidence

    compared: list[tuple[Any, ...]] = []
    real = explorer_evidence.compare
    monkeypatch.setattr(explorer_evidence, "compare", lambda *pair: (compared.append(pair), real(*pair))[1])
    twin = edits[0].model_copy(update={"id": "twin"})
    explorer = explore(tasks=TaskSet([*edits, twin], edits.folder))
    assert not compared
    assert explorer.table["trust"].isna().all()

    press(explorer, "measure")
    assert explorer._head.view["measuring"] == {"done": 2, "of": 7}
    press(explorer, "stop")
    press(explorer, "measure", 2)  # what the page asked for before it heard of the stop
    assert len(compared) == 2
    explorer.measure()

    assert len(compared) == 6
    assert explorer.table["trust"].notna().all()
    assert explorer._head.view["unmeasured"] == 0


def test_what_a_reviewer_wrote_stays_text_and_rows_follow_the_rubric(
    explore: Open, every: Rubric, closed: ReviewStore
) -> None:
    """Notes, lists, places and "not applicable" are told in words."""
    later = open_round(closed, every, name="r3")
    values = {"defects": ["halo", "remnant"], "differs": "the sky <b>differs</b>", "places": []}
    answers = {name: Answer(value=value) for name, value in values.items()} | {"quality": Answer(na="hidden")}
    say(closed, later, REVIEWERS[0], "t02" if "t02" in later.tasks else "t00", answers=answers)
    closed.rounds.log(CAMPAIGN, "r3", Closed(at=NOON, by="lee"))

    explorer = explore(round="r3")
    explorer.show("t00")

    rows = {one["id"]: one["cells"][0]["text"] for one in explorer._beside.view["rows"]}
    assert rows == {"quality": "n/a", "defects": "halo, remnant", "places": "none"}
    assert explorer._beside.view["notes"] == [
        {"letter": "A", "criterion": "Differs", "value": "", "text": "the sky <b>differs</b>"}
    ]


def test_what_resembles_a_task_comes_nearest_first(explore: Open, work_store: ReviewStore) -> None:
    """After the task itself; a slice, or All, shows the others again, and notes are words."""
    explorer = explore()
    press(explorer, "open", "t01")
    press(explorer, "like")

    assert "sheet" == explorer.mode
    assert "t01" == order(explorer)[0]
    assert sorted(order(explorer)) == sorted(explorer.table["task"])
    assert "t01" == explorer._head.view["alike"]
    assert not explorer._head.view["plain"]
    press(explorer, "clear")
    assert "" == explorer._head.view["alike"]
    assert order(explorer) == list(explorer.table["task"])

    noted = work_store.notes(CAMPAIGN, "every-control")
    assert {"task", "note"} == set(noted.columns)
    assert (noted["note"] != "").all()
