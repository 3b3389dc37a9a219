"""Publishing as an act: file, log and gaps in this order, completed when it was interrupted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evalwidgets.core.clause import Clause
from evalwidgets.core.gap_events import Decided, Raised
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_edit import SetTo
from evalwidgets.core.rubric_events import Published
from evalwidgets.core.rubric_release import released
from evalwidgets.errors import GapError, RubricError
from evalwidgets.store import publishing
from evalwidgets.store.publishing import publish
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.rubrics import read_rubric

from ..samples import every_control
from .samples import a_gold

BEFORE = every_control()
PLACE = ("criteria", "adherence", "levels", "3", "descriptor")
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
GAPS = ("shadow", "mirror")


def a_version(
    words: str = "Some of it, with its shadow.", version: str = "2.0.0", of: Rubric = BEFORE
) -> Rubric:
    """Return the next version, with other words for a level."""
    changes = ["Level 3 says what of shadows."]
    return released(of, [SetTo(place=PLACE, to=words)], version=version, date="2026-11-28", changes=changes)


def raise_gaps(store: ReviewStore, *decided: str) -> None:
    """Put the gaps into the register and decide some."""
    by: dict[str, Any] = {"by": "ana", "at": NOW}
    for gap in GAPS:
        facts = {
            "rubric": BEFORE.id,
            "rubric_version": "1.0.0",
            "clause": Clause(criterion="adherence", lower=3),
        }
        store.gaps.log("spring", Raised(gap=gap, title=f"What of a {gap}?", **facts, **by))
    for gap in decided:
        store.gaps.log("spring", Decided(gap=gap, decision="It belongs to it.", **by))


def now_published(store: ReviewStore, folder: Path, after: Rubric | None = None, **more: Any) -> Published:
    """Publish as lee does."""
    return publish(store, "spring", BEFORE, after or a_version(), folder, by="lee", **more)


def test_publishing_writes_the_file_and_the_logs(store: ReviewStore, tmp_path: Path) -> None:
    """The store remembers both versions, the log knows what changed, the gaps are closed by it."""
    raise_gaps(store, *GAPS)
    after = a_version()

    event = now_published(store, tmp_path, closes=GAPS, quiz=[a_gold()])

    assert read_rubric(tmp_path / "every-control-2.0.0.yaml") == after
    assert {BEFORE.hash: BEFORE, after.hash: after} == store.rubrics()
    assert event == store.versions["spring"].latest("every-control")
    assert ("1.0.0", BEFORE.hash, "2.0.0", after.hash) == (
        event.before_version,
        event.before_hash,
        event.version,
        event.rubric_hash,
    )
    assert ("major", ("adherence",), ("Level 3 says what of shadows.",)) == (
        event.bump,
        event.criteria,
        event.changes,
    )
    assert (GAPS, (a_gold(),)) == (event.closes, event.quiz)
    closed = [store.gaps["spring"].gaps[gap].closed for gap in GAPS]
    assert [("2.0.0", after.hash)] * 2 == [(one.version, one.rubric_hash) for one in closed if one]
    assert store.verify() == ()


@pytest.mark.parametrize("step", ["file", "rubric", "log", "first gap", "second gap"])
def test_what_was_interrupted_is_completed(
    step: str, file_store: ReviewStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after any step, the same call again does the rest, and no step twice."""
    store = file_store
    raise_gaps(store, *GAPS)
    done = iter(range({"file": 0, "rubric": 1, "log": 3, "first gap": 4, "second gap": 5}[step]))

    class Killed(BaseException):
        """The power goes."""

    def until_killed(work: Any) -> Any:
        def worked(*args: Any, **more: Any) -> Any:
            if next(done, None) is None:
                raise Killed
            return work(*args, **more)

        return worked

    with monkeypatch.context() as power:
        power.setattr(publishing, "publish_rubric", until_killed(publishing.publish_rubric))
        power.setattr(store, "remember_rubric", until_killed(store.remember_rubric))
        for log in (store.versions, store.gaps):
            power.setattr(log, "log", until_killed(log.log))
        with pytest.raises(Killed):
            now_published(store, tmp_path, closes=GAPS)

    event = now_published(store, tmp_path, closes=GAPS)

    assert (event,) == store.versions["spring"].log
    assert ["closed", "closed"] == [gap.state for gap in store.gaps["spring"].gaps.values()]
    assert 6 == len(store.gaps["spring"].log)
    assert ["every-control-2.0.0.yaml"] == [one.name for one in tmp_path.glob("*.yaml")]
    assert event == now_published(store, tmp_path, closes=GAPS)
    assert (event,) == store.versions["spring"].log


def test_what_a_log_would_refuse_writes_no_file(file_store: ReviewStore, tmp_path: Path) -> None:
    """An undecided gap, one that is not there, a version that another overtook."""
    store, folder = file_store, tmp_path / "rubrics"
    raise_gaps(store, "shadow")
    with pytest.raises(GapError, match="decide first what shall hold"):
        now_published(store, folder, closes=GAPS)
    with pytest.raises(GapError, match=r"no gap 'shadows' in the register. Did you mean 'shadow'"):
        now_published(store, folder, closes=["shadows"])
    assert not folder.exists()

    now_published(store, folder)
    with pytest.raises(RubricError, match=r"2\.0\.0 was published meanwhile by lee"):
        now_published(store, folder, a_version("Others.", "3.0.0"))
    with pytest.raises(RubricError, match="published"):
        now_published(store, folder, a_version("Others."))
    assert ["every-control-2.0.0.yaml"] == [one.name for one in folder.iterdir()]


def test_the_next_version_is_made_from_the_latest(file_store: ReviewStore, tmp_path: Path) -> None:
    """And another campaign may begin with any."""
    now_published(file_store, tmp_path)
    second = a_version("Only some of it.", "3.0.0", a_version())

    publish(file_store, "spring", a_version(), second, tmp_path, by="mia")
    publish(file_store, "autumn", a_version(), second, tmp_path, by="mia")

    assert ["2.0.0", "3.0.0"] == [one.version for one in file_store.versions["spring"].log]
    assert ["3.0.0"] == [one.version for one in file_store.versions["autumn"].log]
