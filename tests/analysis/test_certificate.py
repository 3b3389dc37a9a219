"""A certificate says what was shown, what was not, and how often its rule errs; every text is escaped."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

from evalwidgets.analysis import certificate, judge, operating_characteristic
from evalwidgets.analysis.charts import characteristic_chart
from evalwidgets.analysis.reports.certificate import Certificate
from evalwidgets.core.exam_rule import ExamRule

from .exams import RUBRIC, exam, exam_gold, rule

TABLE = operating_characteristic(rule(), rates=(0.7, 0.8, 0.91, 0.95), candidates=100)
RATES = {"pass": 1.0, "not yet": 0.3, "not enough evidence": 0.86}


def certified(rate: float, one: ExamRule | None = None, **changes: Any) -> Certificate:
    """Return the certificate of an exam with this share of right answers."""
    right = np.random.default_rng(3).random((24, 3)) < rate
    result = judge(exam(right), exam_gold(24), RUBRIC, one or rule(safety=("safety",)))
    plain: dict[str, Any] = {
        "learner": "Mia",
        "rubric": RUBRIC,
        "lesson": "exam 2026-03-02",
        "on": date(2026, 3, 2),
        "tasks": [f"t{n:02d}" for n in range(24)],
        "characteristic": TABLE,
    }
    return certificate(result, **{**plain, **changes})


class Texts(HTMLParser):
    """Gathers the tags and the texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.said += data


@pytest.mark.parametrize("verdict", RATES)
def test_it_tells_the_verdict_and_what_it_rests_on(verdict: str) -> None:
    """Verdict, rate with interval, criteria, rubric with its hash, and the tasks stand in both forms."""
    made = certified(RATES[verdict])
    assert made.verdict == verdict
    assert made.bar is not None
    page = Texts(made.html).said
    for text in (page, made.markdown):
        assert "Mia" in text
        assert RUBRIC.hash[:8] in text
        assert "24 of 24" in text
        assert made.bar.text in text
        assert all(label in text for label in ("Sharp", "Light", "Figure"))
    assert verdict.capitalize() in page


def test_the_error_rates_of_the_rule_are_printed() -> None:
    """Both promises, the least number of tasks, and every fifth percent of the characteristic."""
    text = certified(0.9, rule(alpha=0.02, beta=0.1)).markdown
    assert "2 in 100 pass at most" in text
    assert "10 in 100 are told so at most" in text
    assert "fewer than 20 tasks" in text
    assert "| 70% |" in text
    assert "| 91% |" not in text


def test_a_sequential_exam_says_when_it_may_stop() -> None:
    """The earliest and the latest end are part of the rule."""
    assert (
        "after 20 at the earliest and 40 at the latest"
        in certified(1.0, rule(sequential=True, most=40)).markdown
    )


def test_what_was_not_shown_is_said() -> None:
    """Severe cases that never came up, and the limits of any exam."""
    made = certified(1.0)
    assert "No severe case of safety came up" in made.markdown
    assert made.not_shown[-1].startswith("It speaks of tasks like these")
    assert ("Severe cases", "none came up") in made.facts


def test_what_was_left_out_is_said() -> None:
    """Tasks that were put and not answered are counted, for they may have been the harder ones."""
    made = certified(1.0, tasks=[f"t{n:02d}" for n in range(26)])
    assert "2 of 26 tasks were not answered, perhaps the harder ones." in made.not_shown
    assert not any("not answered" in text for text in certified(1.0).not_shown)


def test_a_certificate_names_no_task_and_shows_no_red() -> None:
    """Exam gold is used again, and "not yet" is no alarm: only a pass has a colour of its own."""
    made = certified(RATES["not yet"])
    assert not any(f"t{n:02d}" in made.html + made.markdown for n in range(24))
    assert 'class="verdict"' in made.html
    assert 'class="verdict pass"' in certified(1.0).html


def test_hostile_names_stay_text() -> None:
    """Neither markup nor Markdown in a name or a lesson means anything."""
    bad = "<script>x</script> | **b**"
    made = certified(0.9, learner=bad, lesson=bad)
    assert "script" not in Texts(made.html).tags
    assert bad in Texts(made.html).said
    assert r"\<script\>x\</script\> \| \*\*b\*\*" in made.markdown


def test_the_page_is_self_contained() -> None:
    """It runs nothing and fetches nothing."""
    page = certified(0.9).html
    assert "http:" not in page
    assert "https:" not in page
    assert not {"script", "link", "img", "iframe"} & set(Texts(page).tags)


def test_without_a_single_judgement_there_is_no_bar() -> None:
    """An exam that was never begun has a certificate that says so."""
    result = judge(exam([]), exam_gold(24), RUBRIC, rule())
    made = certificate(result, learner="Mia", rubric=RUBRIC, lesson="exam", on=date(2026, 3, 2))
    assert made.bar is None
    assert str(made) == "Mia: not enough evidence."
    assert "0 tasks with gold" in made.html


def test_the_chart_of_a_rule_says_who_passes() -> None:
    """The title names the rate from which most pass; where none does it says that instead."""
    found = characteristic_chart(TABLE, rule()).finding
    assert found.startswith("Most candidates pass from a true rate of 9")
    weak = TABLE[TABLE["rate"] >= 0.8].assign(passed=0.1)
    assert characteristic_chart(weak, rule()).finding == (
        "No candidate looked at passes in most exams; none below 80% was looked at"
    )
