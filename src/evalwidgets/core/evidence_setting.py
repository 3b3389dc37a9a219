"""Who may see what was measured of an edit, and when: the eyes come first."""

from __future__ import annotations

from typing import Literal, get_args

from evalwidgets.errors import UnknownName

EvidenceSetting = Literal["never", "after_commit", "lead_only", "researcher"]
Who = Literal["reviewer", "researcher", "lead"]

_SEES: dict[EvidenceSetting, tuple[Who, ...]] = {
    "never": (),
    "lead_only": ("lead",),
    "researcher": ("researcher", "lead"),
    "after_commit": ("reviewer", "researcher", "lead"),
}
_KEPT: dict[EvidenceSetting, str] = {
    "never": "Measured evidence is switched off in this work.",
    "lead_only": "In this work measured evidence is shown by the lead, after all have judged.",
    "researcher": "In this work measured evidence is for researchers.",
}
_NOT_YET: dict[Who, str] = {
    "reviewer": "Your own eyes first: evidence opens once this task is submitted. Re-open it then.",
    "researcher": "Your own eyes first: evidence opens once this task is submitted. Re-open it then.",
    "lead": "Evidence opens when the blind phase is closed: until then everybody judges by eye.",
}


def may_see_evidence(setting: EvidenceSetting, *, submitted: bool, who: Who) -> str:
    """Return why somebody may not see the measured evidence of a task now; empty when they may.

    Parameters
    ----------
    setting : {"never", "after_commit", "lead_only", "researcher"}
        Whom the evidence is for: nobody, everybody, the lead, researchers and the lead.
    submitted : bool
        Whether the review of the task is in: one's own, or for the lead those of the round.
    who : {"reviewer", "researcher", "lead"}
        Who asks. Nobody sees it before they have judged by eye, whoever they are: every
        first review is blind.

    Raises
    ------
    UnknownName
        If there is no such setting.
    """
    if who not in _SEES[checked_setting(setting)]:
        return _KEPT[setting]
    return "" if submitted else _NOT_YET[who]


def checked_setting(setting: str) -> EvidenceSetting:
    """Return the setting if there is such a one, else raise `UnknownName`."""
    for known in get_args(EvidenceSetting):
        if setting == known:
            return known  # type: ignore[no-any-return]
    raise UnknownName("setting of evidence", setting, get_args(EvidenceSetting))
