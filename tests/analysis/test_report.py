"""The report: one page that says everything, needs nothing, and trusts no name."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from evalwidgets.analysis.charts.style import Chart, empty_chart, theme_named
from evalwidgets.analysis.reports import Evidence, Section, make_report
from evalwidgets.analysis.reports.sections import SECTIONS, agreement, headline
from evalwidgets.analysis.scales import Scale

from .simulated import simulated
from .tables import gold_of, ratings_of

SCALE = Scale("quality", (1, 2, 3, 4, 5), tolerance=1, label="Quality")
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


class Elements(HTMLParser):
    """Collects the elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of all elements of a kind."""
        return [attributes for name, attributes in self.found if name == tag]


def small_evidence(**changes: object) -> Evidence:
    """Return a few ratings of one criterion with gold."""
    ratings = ratings_of([[1, 2, 5], [3, 3, 3], [4, 5, 4], [2, 2, 1]])
    evidence = Evidence(
        ratings, SCALE, gold_of([1, 3, 5, 2]), source="few.csv", understood=("separated by tabs",)
    )
    return replace(evidence, **changes)


@pytest.fixture(scope="module")
def whole_page() -> str:
    """Return the page on simulated reviewers with gold."""
    world = simulated(n_tasks=30)
    return make_report(Evidence(world.ratings, world.scales, world.gold, source="simulated")).html()


def test_the_page_holds_every_section_and_its_charts(whole_page: str) -> None:
    """With gold there are all sections, each picture in both themes and with a text."""
    elements = Elements(whole_page)

    assert len(SECTIONS) == len(elements.named("section"))
    assert len(elements.named("img")) == len(elements.named("source")) >= 5
    assert all(one["alt"] and one["src"].startswith("data:image/") for one in elements.named("img"))
    assert "strict" in whole_page
    assert "drifts down" in whole_page


def test_the_page_needs_nothing_from_elsewhere(whole_page: str) -> None:
    """No script, no address but those within the page: it can be sent, kept, and opened offline."""
    elements = Elements(whole_page)
    addresses = [
        value
        for _, attributes in elements.found
        for name, value in attributes.items()
        if name in ("src", "srcset", "href") and value
    ]

    assert not elements.named("script")
    assert not elements.named("link")
    assert all(address.startswith(("data:image/", "#part-")) for address in addresses)
    assert not re.search(r"https?:|@import|url\(", whole_page)
    assert "default-src 'none'" in whole_page


def test_hostile_names_are_shown_as_they_are_written() -> None:
    """A task, a reviewer, a title or a source that looks like HTML stays text."""
    evidence = small_evidence(source=HOSTILE, understood=(HOSTILE,))
    evidence.ratings["task"] = evidence.ratings["task"].replace("t0", HOSTILE)
    evidence.ratings["reviewer"] = evidence.ratings["reviewer"].replace("r0", HOSTILE)

    page = make_report(evidence, title=HOSTILE).html()

    elements = Elements(page)
    assert not elements.named("script")
    assert not [one for one in elements.named("img") if "onerror" in one]
    assert "&lt;script&gt;alert(" in page


def test_without_gold_the_sections_on_gold_are_left_out() -> None:
    """What cannot be said is not in the page, and the page says that there is no gold."""
    report = make_report(small_evidence(gold=None))

    titles = [section.title for section in report.sections]
    assert "Accuracy against gold" not in titles
    assert "Severity" not in titles
    assert "Gold: none was given" in str(report)


@pytest.mark.parametrize(
    ("tasks", "said"),
    [
        ([[3], [4]], "Only one reviewer rated"),
        ([[3, 3], [3, 3]], "All 4 ratings are the same"),
        ([[3, None], [None, 4]], "nothing to compare"),
        ([[None, None]], "There are no ratings"),
    ],
)
def test_degenerate_ratings_make_a_page_that_says_so(tasks: list[list[int | None]], said: str) -> None:
    """One reviewer, one answer, nothing in common, nothing at all: sentences, and no nan."""
    ratings = ratings_of(tasks)
    report = make_report(Evidence(ratings, SCALE, gold_of([3, 4]), source="few.csv"))

    assert said in str(report)
    assert report.html().count("<section") == len(report.sections)
    assert not re.search(r"\bnan\b", str(report), re.IGNORECASE)


def test_a_section_more_is_a_line() -> None:
    """A function from the evidence to a section is all that a new one needs."""

    def ours(evidence: Evidence) -> Section:
        def draw(theme: str) -> Chart:
            return empty_chart("Nothing drifts", theme_named(theme))

        return Section("Drift", "Nothing drifts", charts=(draw,))

    page = make_report(small_evidence(), sections=(headline, agreement, ours)).html()

    assert 'alt="Nothing drifts"' in page
    assert 3 == page.count("<section")


def test_sections_are_values_for_scripts() -> None:
    """The plain form has the sentences and the rows of each section."""
    plain = make_report(small_evidence()).plain()

    by_title = {section["title"]: section for section in plain}
    assert ["Quality"] == [row["Criterion"] for row in by_title["Agreement between reviewers"]["rows"]]
    assert by_title["What was read"]["sentence"] == "12 ratings: 4 tasks, 3 reviewers and 1 criterion"


def test_what_was_left_out_is_said_once() -> None:
    """The last section names what no figure rests on."""
    ratings = ratings_of([[1, 2], [3, 3], [4, None]])

    report = make_report(Evidence(ratings, SCALE, source="few.csv"))

    assert str(report).count("Left out: 1 task with a single rating (nothing to compare) of Quality.") == 1
