"""Evidence is shown to whom the setting names, and to nobody before they have judged by eye."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from evalwidgets.core.evidence_setting import EvidenceSetting, Who, may_see_evidence
from evalwidgets.core.round import Round
from evalwidgets.errors import UnknownName

from ..store.samples import a_round

SEES = {
    "never": set(),
    "lead_only": {"lead"},
    "researcher": {"researcher", "lead"},
    "after_commit": {"reviewer", "researcher", "lead"},
}


@pytest.mark.parametrize("setting", get_args(EvidenceSetting))
def test_each_setting_opens_evidence_to_whom_it_names(setting: EvidenceSetting) -> None:
    """After the review is in; to a reviewer "researcher" is the same as never."""
    allowed = {who for who in get_args(Who) if not may_see_evidence(setting, submitted=True, who=who)}

    assert SEES[setting] == allowed


@pytest.mark.parametrize("setting", get_args(EvidenceSetting))
@pytest.mark.parametrize("who", get_args(Who))
def test_nobody_sees_it_before_they_have_judged(setting: EvidenceSetting, who: Who) -> None:
    """Whoever asks, and whatever is set, is answered by one sentence or two."""
    why = may_see_evidence(setting, submitted=False, who=who)

    assert why.endswith(".")


def test_the_answer_says_when() -> None:
    """A reviewer who will see it later is told so; one who never will is not kept waiting."""
    assert "once this task is submitted" in may_see_evidence("after_commit", submitted=False, who="reviewer")
    assert "blind phase is closed" in may_see_evidence("lead_only", submitted=False, who="lead")
    assert "submitted" not in may_see_evidence("never", submitted=False, who="reviewer")


def test_a_slip_is_told_with_what_there_is() -> None:
    """Whoever writes after_comit learns of after_commit."""
    with pytest.raises(UnknownName, match=r"after_comit.*after_commit"):
        may_see_evidence("after_comit", submitted=True, who="lead")  # type: ignore[arg-type]


def test_a_round_keeps_evidence_with_the_lead_unless_told_otherwise() -> None:
    """A round that was stored before there was such a choice still loads."""
    stored: dict[str, Any] = a_round().model_dump(mode="json")
    del stored["evidence"]

    assert Round.model_validate(stored).evidence == "lead_only"
    assert a_round(evidence="after_commit").evidence == "after_commit"
