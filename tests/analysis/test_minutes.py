"""Minutes tell who was there, what was said and decided; no answer has a name, no secret picture is shown."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from PIL import Image

from evalwidgets.analysis.charts.dot_tally import dot_tally
from evalwidgets.analysis.charts.style import LIGHT, Chart
from evalwidgets.analysis.meeting.agenda import agenda
from evalwidgets.analysis.meeting.tally import tally
from evalwidgets.analysis.reports.minutes import HEADLINE, Minutes, minutes
from evalwidgets.core.gold import Gold, GoldAnswer
from evalwidgets.core.round import Round
from evalwidgets.core.round_events import (
    Attended,
    CauseConfirmed,
    Closed,
    Concluded,
    Decided,
    GoldRevealed,
    Noted,
    Opened,
    RoundEvent,
    TaskOpened,
    VoteClosed,
    VoteOpened,
)
from evalwidgets.core.round_state import RoundState, replay
from evalwidgets.core.task import Task
from evalwidgets.errors import ImageError, RoundError

from ..core.sample_rubrics import a_rubric
from .tables import ratings_of

RUBRIC = a_rubric()
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
REVIEWERS = ("r0", "r1", "r2", "r3")
SHARP = [[2, 2, 5, 5], [4, 4, 4, 4], [5, 4, 1, 5]]
SECRETS = ("r0", "r1", "r2", "r3")


def at(minute: int) -> dict[str, Any]:
    """Return who says something, and when."""
    return {"by": "lee", "at": NOON + timedelta(minutes=minute)}


ROUND = Round(
    campaign="spring",
    name="r2",
    rubric="sample",
    rubric_version="1.0.0",
    rubric_hash=RUBRIC.hash,
    tasks=("t0", "t1", "t2"),
    reviewers=REVIEWERS,
    lead="lee",
    opened_at=NOON,
)
MEETING: list[RoundEvent] = [
    Attended(reviewers=("r0", "r1", "r2"), **at(1)),
    TaskOpened(task="t0", **at(2)),
    VoteOpened(task="t0", criterion="sharp", **at(3)),
    VoteClosed(**at(4)),
    GoldRevealed(task="t0", **at(5)),
    CauseConfirmed(task="t0", criterion="sharp", cause="rule_unclear", suggested="hard_task", **at(6)),
    Decided(what="gold", task="t0", criterion="sharp", accepted=(2, 3), reason="Halos count.", **at(7)),
    Decided(what="gap", task="t0", criterion="sharp", reason="Name halos in level 3.", **at(8)),
    Decided(what="refresher", task="t0", criterion="sharp", reason="Far off.", reviewer="r3", **at(9)),
    Noted(text="We spoke of halos.", task="t0", **at(10)),
    Noted(text="Ask the client <script>alert(1)</script> | *now*", is_open=True, **at(11)),
    Noted(text="Next round in two weeks.", **at(12)),
]


def state_after(*events: RoundEvent, concluded: bool = True) -> RoundState:
    """Return a closed round after these events."""
    ends = [Concluded(**at(30))] if concluded else []
    return replay([Opened(round=ROUND, **at(0)), Closed(**at(1)), *events, *ends])


def the_ratings() -> pd.DataFrame:
    """Return blind answers with notes, and a re-vote of two on the first task."""
    blind = ratings_of(SHARP, "sharp").assign(revision=1, reason="", note="")
    blind.loc[0, "note"] = "A halo runs along the left edge."
    blind.loc[2, "note"] = "Every edge on the right is clean."
    again = ratings_of([[4, 4, None, None]], "sharp").assign(revision=2, reason="re-vote", note="")
    return pd.concat([blind, again], ignore_index=True)


def some_gold() -> dict[str, Gold]:
    """Return gold for two of the tasks."""
    return {
        task: Gold(
            task=task,
            rubric="sample",
            rubric_version="1.0.0",
            answers={"sharp": GoldAnswer(accepted=(level,), rationale=f"Gold of {task}.")},
        )
        for task, level in (("t0", 5), ("t1", 4))
    }


def some_tasks(**changes: Any) -> list[Task]:
    """Return the three tasks."""
    images = {"original": "o.png", "edited": "e.png"}
    return [
        Task(**{"id": name, "kind": "edit", "images": images, "instruction": f"Sharpen {name}.", **changes})
        for name in ROUND.tasks
    ]


def written(*events: RoundEvent, concluded: bool = True, **options: Any) -> Minutes:
    """Return the minutes of the usual meeting, or of other events."""
    state = state_after(*(events or MEETING), concluded=concluded)
    usual = {"ratings": the_ratings(), "rubric": RUBRIC, "gold": some_gold(), "tasks": some_tasks()}
    return minutes(state, **{**usual, **options})


def a_picture(form: str = "PNG") -> bytes:
    """Return a small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(buffer, form)
    return buffer.getvalue()


class Page(HTMLParser):
    """What a page would load, run or leave open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its addresses."""
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset")]
        if tag not in ("img", "meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that is open."""
        assert self.open.pop() == tag


def test_a_task_is_told_from_the_blind_vote_to_the_decision() -> None:
    """Tally before and after, gold, the cause beside its suggestion, the decisions and the remark."""
    (told,) = written().discussed
    (judged,) = told.judged

    assert (told.task, told.words, told.remarks) == ("t0", "Sharpen t0.", ("We spoke of halos.",))
    assert judged.before == "Two of four say 2, two say 5"
    assert judged.after.startswith("After the re-vote two of four say 4, two say 5; two moved")
    assert judged.gold == "Gold is 5: two of four exact, four within tolerance. Gold of t0."
    assert judged.cause == "rule unclear (suggested: hard task)"
    assert [(line.level, line.before, line.after, line.gold) for line in judged.lines][:2] == [
        ("5 Step 5", 2, 2, True),
        ("4 Step 4", 0, 2, False),
    ]


def test_decisions_say_what_and_why() -> None:
    """All decisions stand in order; gaps, refreshers and changes of gold each have their list."""
    told = written()

    assert [one.what for one in told.decisions] == [
        "Gold changes: 5 → 2 or 3",
        "A gap in the rubric is opened",
        "A refresher for one reviewer",
    ]
    assert told.gold_changes == (("t0", "Sharp", "5 → 2 or 3", "Halos count."),)
    assert [one.reason for one in told.gaps] == ["Name halos in level 3."]
    assert [one.reason for one in told.refreshers] == ["Far off."]


def test_attendance_and_facts_stand_at_the_top() -> None:
    """Who submitted how much and who was there; the rubric with its hash; when what happened."""
    told = written()

    assert told.attendance[0] == ("r0", "3 of 3", "yes")
    assert told.attendance[3] == ("r3", "3 of 3", "no")
    assert dict(told.facts)["Rubric"] == f"sample 1.0.0 ({RUBRIC.hash[:8]})"
    assert dict(told.facts)["Blind phase closed"] == "2026-03-02 12:01 UTC"


def test_attendance_that_nobody_noted_is_said_so() -> None:
    """Without a word on who was there, nobody is called absent; progress counts what was submitted."""
    progress = pd.DataFrame({"reviewer": REVIEWERS, "done": [1, 2, 3, 0], "total": 3})
    told = written(TaskOpened(task="t0", **at(2)), progress=progress)

    assert [row[1:] for row in told.attendance] == [(f"{n} of 3", "not noted") for n in (1, 2, 3, 0)]


@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_answers_have_no_names(kind: str) -> None:
    """Below the attendance no reviewer's name occurs, in either form."""
    text = getattr(written(), kind)
    below = text.split("Discussed", 1)[1]

    assert all(name in text for name in SECRETS)
    assert not any(re.search(rf"\b{name}\b", below.split("Not discussed")[0]) for name in SECRETS)


def test_names_are_told_when_asked_for() -> None:
    """For the lead's own copy answers, justifications and refreshers carry names."""
    told = written(names=True)
    judged = told.discussed[0].judged[0]

    assert {line.level: line.who for line in judged.lines}["4 Step 4"] == "r0, r1"
    assert told.decisions[2].what == "A refresher for r3"
    assert judged.quotes[0].by in REVIEWERS


def test_the_extremes_are_quoted_by_letter() -> None:
    """The justifications from either end are there, with the letters that the board dealt."""
    letters = {"r0": "X", "r1": "Y", "r2": "Z", "r3": "W"}
    quotes = written(letters=letters).discussed[0].judged[0].quotes

    assert {(quote.by, quote.text) for quote in quotes} == {
        ("X", "A halo runs along the left edge."),
        ("Z", "Every edge on the right is clean."),
    }


def test_gold_that_nobody_revealed_is_not_told() -> None:
    """A task that was opened without revealing gold keeps it: the round may be repeated with it."""
    told = written(
        TaskOpened(task="t1", **at(2)), CauseConfirmed(task="t1", criterion="sharp", cause="slip", **at(3))
    )
    judged = told.discussed[0].judged[0]

    assert (judged.gold, judged.cause) == ("", "slip (nothing was suggested)")
    assert "Gold of t1" not in told.html + told.markdown
    assert not any(line.gold for line in judged.lines)


def test_a_revote_counts_only_for_the_criterion_that_was_asked_again() -> None:
    """The re-vote repeats the whole review; a criterion nobody voted on again has no "after"."""
    light = ratings_of([[3, 5, 3, 5]], "light")
    both = pd.concat(
        [
            the_ratings(),
            light.assign(revision=1, reason="", note=""),
            light.assign(revision=2, reason="re-vote", note=""),
        ]
    )
    keep = Decided(what="keep", task="t0", criterion="light", reason="It stands.", **at(13))
    judged = {one.label: one for one in written(*MEETING, keep, ratings=both).discussed[0].judged}

    assert judged["Sharp"].after
    assert judged["Light"].after == ""


def test_html_is_one_page_without_scripts_or_addresses() -> None:
    """Tags close, nothing is loaded from elsewhere, and what people wrote is text."""
    html = written(thumbnails={"t0": a_picture()}).html
    page = Page(html)

    assert page.open == []
    assert "script" not in page.tags
    assert page.addresses
    assert all(address.startswith("data:image/") for address in page.addresses)
    assert "&lt;script&gt;" in html
    assert "http" not in html.replace("http-equiv", "")


def test_markdown_keeps_what_people_wrote_as_text() -> None:
    """Bars, stars and tags in a remark are escaped, so that tables and lists hold."""
    text = written().markdown

    assert r"Ask the client \<script\>alert(1)\</script\> \| \*now\*" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)
    assert "![" not in text


def test_every_markdown_table_is_regular() -> None:
    """Within a table all rows have as many cells as its head."""
    blocks = re.findall(r"(?:^\|.*\|\n)+", written(names=True).markdown, re.MULTILINE)
    widths = [{len(re.findall(r"(?<!\\)\|", row)) for row in block.splitlines()} for block in blocks]

    assert len(blocks) >= 5
    assert all(len(width) == 1 for width in widths)


def test_pictures_of_sensitive_tasks_are_never_shown() -> None:
    """A sensitive task's picture is withheld although it is handed over, and the page says so."""
    told = written(tasks=some_tasks(sensitive=True, content_note="Blood."), thumbnails={"t0": a_picture()})

    assert "<img" not in told.html
    assert "Sensitive: Blood. Its pictures are withheld." in told.html
    assert "withheld" in told.markdown


def test_pictures_of_unknown_tasks_are_never_shown() -> None:
    """Where nobody says whether a task is sensitive, it counts as if it were."""
    assert "<img" not in written(tasks=[], thumbnails={"t0": a_picture()}).html


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_other_pictures_are_shown_when_handed_over(form: str) -> None:
    """A thumbnail of a plain task stands inside the page; without thumbnails there is none."""
    with_picture = written(thumbnails={"t0": a_picture(form)})

    assert f"data:image/{form.lower()};base64," in with_picture.html
    assert "<img" not in written().html


def test_what_is_no_picture_is_refused() -> None:
    """Other bytes than those of a PNG or JPEG are an error that names the task."""
    with pytest.raises(ImageError, match=r"thumbnails\['t0'\]: expected the bytes of a PNG or JPEG"):
        written(thumbnails={"t0": b"<svg onload=alert(1)>"})


def test_charts_stand_in_place_of_the_small_tally() -> None:
    """A chart given for a task's criterion and one for the figures are drawn into the page."""
    drawn = dot_tally(tally(the_ratings(), RUBRIC, "t0", "sharp"))
    html = written(charts={("t0", "sharp"): drawn, HEADLINE: drawn}).html

    assert html.count("data:image/png;base64,") == 2
    assert 'class="tally"' not in html


def test_charts_with_photographs_are_refused() -> None:
    """A chart that holds pictures of tasks could show a sensitive one, so none is taken."""
    photographs = Chart("Tasks", "", theme=LIGHT, height=1, photographic=True)
    with pytest.raises(ImageError, match="which minutes never show"):
        written(charts={("t0", "sharp"): photographs})


def test_figures_and_hit_rate_are_told_as_they_are_given() -> None:
    """The headline's sentences and the suggestions' hit rate are taken over."""
    told = written(
        headline=SimpleNamespace(lines=("84% [78%, 88%] are within tolerance.",)),
        hits=SimpleNamespace(finding="2 of 3 suggestions hit"),
    )

    assert "84% [78%, 88%] are within tolerance." in told.html
    assert "2 of 3 suggestions hit." in told.markdown


def test_what_was_not_reached_is_listed_with_its_reason() -> None:
    """Topics of the agenda that nobody opened come first, then tasks on which nobody differed."""
    topics = agenda(the_ratings(), RUBRIC)
    told = written(agenda=topics)

    assert [task for task, _ in told.not_discussed] == ["t2", "t1"]
    assert told.not_discussed[0][1].startswith("on the agenda; Sharp is answered")
    assert told.not_discussed[1][1] == "nothing divided reviewers"


def test_a_meeting_without_words_still_gives_a_page() -> None:
    """A round closed and concluded with nothing between has minutes that say so."""
    empty = ratings_of([], "sharp")
    told = minutes(state_after(), ratings=empty, rubric=RUBRIC, gold={})

    assert told.finding == (
        "Minutes of r2: 0 tasks discussed, 0 decisions, 0 changes of gold and 0 points open"
    )
    assert "The meeting has not turned to any task." in told.html
    assert "The meeting has not turned to any task." in told.markdown
    assert [row[1] for row in told.attendance] == ["0 of 3"] * 4


def test_before_the_end_they_are_called_a_draft() -> None:
    """Minutes of a meeting that goes on are a draft, in the title and among the facts."""
    told = written(concluded=False)

    assert told.title == "Draft minutes of r2"
    assert dict(told.facts)["Concluded"] == "not yet: this is a draft"


def test_a_blind_round_has_no_minutes() -> None:
    """Before the close they would tell answers, so they are refused."""
    blind = replay([Opened(round=ROUND, **at(0))])
    with pytest.raises(RoundError, match="still blind; minutes would tell its answers"):
        minutes(blind, ratings=the_ratings(), rubric=RUBRIC, gold={})


def test_other_words_than_reviewers_read_are_said() -> None:
    """With a rubric of other content than the round's, the facts warn of it."""
    other = a_rubric(purpose="Another purpose.")
    told = written(rubric=other)

    assert f"these minutes use the words of 1.0.0 ({other.hash[:8]})" in dict(told.facts)["Rubric"]


def test_the_same_log_gives_the_same_minutes() -> None:
    """Written twice, the page is the same to the last byte."""
    assert written().html == written().html
    assert written().markdown == written().markdown
