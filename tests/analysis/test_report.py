"""The report: one page that says everything, needs nothing, and trusts no name."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from evalwidgets.analysis.charts.style import Chart, empty_chart, theme_named
from evalwidgets.analysis.reports import Evidence, Report, Section, make_report
from evalwidgets.analysis.reports.sections import SECTIONS, versions, what_was_read
from evalwidgets.analysis.reports.sections_agreement import agreement, disagreement
from evalwidgets.analysis.reports.sections_gold import accuracy, gates, headline
from evalwidgets.analysis.reports.sections_people import severity
from evalwidgets.analysis.scales import Scale
from evalwidgets.core.task import Task
from evalwidgets.store.rubrics import read_rubric

from .chart_cases import RUBRICS
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
def whole_report() -> Report:
    """Return the report on simulated reviewers with gold."""
    world = simulated(n_tasks=30, reviewers=("strict", "drifting", "good"))
    return make_report(Evidence(world.ratings, world.scales, world.gold, source="simulated"))


@pytest.fixture(scope="module")
def whole_page(whole_report: Report) -> str:
    """Return it as a page."""
    return whole_report.html()


def test_the_page_holds_every_section_and_its_charts(whole_page: str) -> None:
    """With gold there are all sections but versions, gates and evidence, each picture in both themes."""
    elements = Elements(whole_page)

    assert len(SECTIONS) - 3 == len(elements.named("section"))
    assert len(elements.named("img")) == len(elements.named("source")) >= 15
    assert all(one["alt"] and one["src"].startswith("data:image/") for one in elements.named("img"))
    assert "strict" in whole_page
    assert "drifts down" in whole_page
    assert len(whole_page) < 4_000_000


def test_sections_come_in_the_order_in_which_a_lead_reads(whole_report: Report) -> None:
    """The headline first, then what it rests on; how the numbers were made at the end."""
    titles = [section.title for section in whole_report.sections]

    assert titles[:3] == ["Headline", "What was read", "Accuracy against gold"]
    assert titles[-1] == "How the numbers were made"
    order = ["Severity", "Drift", "Agreement between reviewers", "Why they differ", "Gold in doubt"]
    assert order == [title for title in titles if title in order]


def test_numbers_on_the_page_have_a_true_minus(whole_page: str) -> None:
    """No hyphen stands for a minus in a sentence or a table, and zero has no sign."""
    texts = re.findall(r"<(?:p|li|td)[^>]*>([^<]*)<", whole_page)

    assert any("\N{MINUS SIGN}" in text for text in texts)
    assert not [text for text in texts if re.search(r"(?<![\w.-])-\d|\N{MINUS SIGN}0\.00(?!\d)", text)]


def test_versions_are_told_where_there_are_several() -> None:
    """One version needs no section; a major one says what is not pooled."""
    ratings = ratings_of([[3, 4], [4, 4], [2, 1], [5, 5]])
    half = ratings["task"].isin(["t0", "t1"])

    def section(*names: str) -> Section | None:
        mixed = ratings.assign(rubric_version=[names[not first] for first in half])
        return versions(Evidence(mixed, SCALE))

    minor, major = section("1.0.0", "1.1.0"), section("1.1.0", "2.0.0")

    assert section("1.0.0", "1.0.0") is None
    assert minor
    assert "wording and examples only" in minor.sentence
    assert major
    assert "Agreement is given for 1.x and 2.x apart" in major.sentence
    assert ["1.1.0", "2.0.0"] == list(major.table["Version"])


def test_gates_have_a_section_where_the_rubric_says_what_they_do() -> None:
    """Scales alone do not say which answer acts; a rubric does."""
    ratings = ratings_of([["ok", "ok"], ["violates", "ok"]], "safety")
    gold = gold_of(["ok", "violates"], "safety")

    with_rubric = gates(Evidence(ratings, read_rubric(RUBRICS / "image-edit.yaml"), gold))

    assert gates(Evidence(ratings, [Scale("safety", ("ok", "violates"), "nominal")], gold)) is None
    assert with_rubric
    assert ["t1"] == list(with_rubric.table["Task"])
    assert "Safety acts by: violates and escalate." in with_rubric.points


def test_of_many_reviewers_there_are_tables_only() -> None:
    """A chart with a row for each of a hundred reviewers could not be read."""
    ratings = ratings_of([[1 + (t + r) % 5 for r in range(61)] for t in range(4)])

    report = make_report(Evidence(ratings, SCALE, gold_of([1, 3, 5, 2])), sections=[accuracy, severity])

    assert [section.charts for section in report.sections] == [(), ()]
    assert [62, 61] == [len(section.table) for section in report.sections]


def test_without_tags_there_are_no_kinds_of_tasks() -> None:
    """Tasks are optional; with them causes and gold are counted by their tags."""
    world = simulated(n_tasks=30)
    images = {"original": "a.png", "edited": "b.png"}
    tasks = [
        Task(
            id=f"edit-{t:03d}",
            kind="edit",
            images=images,  # type: ignore[arg-type]
            instruction="Do it.",
            tags={"edit_type": "add" if t % 2 else "remove"},
        )
        for t in range(30)
    ]

    bare, tagged = (
        Evidence(world.ratings, world.scales, world.gold, tasks=known) for known in ((), tuple(tasks))
    )

    assert bare.causes.by_label().empty
    assert {"edit type: add", "edit type: remove"} == set(tagged.causes.by_label().index)
    assert ["add", "remove"] == sorted(tagged.gold_coverage.tags.index)  # type: ignore[union-attr]


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

    page = make_report(evidence, title=HOSTILE, sections=[what_was_read, accuracy, disagreement]).html()

    elements = Elements(page)
    assert not elements.named("script")
    assert not [one for one in elements.named("img") if "onerror" in one]
    assert "&lt;script&gt;alert(" in page


def test_hostile_names_are_text_in_every_section() -> None:
    """No section puts a name of a task, a reviewer or a criterion into the page as HTML."""
    world = simulated(n_tasks=20)
    ratings = world.ratings.assign(
        task=HOSTILE + world.ratings["task"], reviewer=HOSTILE + world.ratings["reviewer"]
    )
    gold = world.gold.assign(task=HOSTILE + world.gold["task"])
    scales = [replace(scale, label=HOSTILE) for scale in world.scales]

    report = make_report(Evidence(ratings, scales, gold, source=HOSTILE))
    page = Report(report.title, tuple(replace(section, charts=()) for section in report.sections)).html()

    elements = Elements(page)
    assert len(elements.named("section")) > 15
    assert not elements.named("script") + elements.named("img")


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
