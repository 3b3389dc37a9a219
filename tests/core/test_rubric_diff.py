"""The diff of two rubrics: what changed, the step it deserves, the gold to look at again."""

from __future__ import annotations

from typing import Any

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_diff import diff

from .sample_rubrics import a_rubric, levels, ordinal

CAP = {"when": {"answer": "light", "equals": 1}, "at_most": 3, "because": "It is too dark."}
DEFECT = {"id": "hands", "name": "Hands"}
FULL: dict[str, Any] = {
    "gates": [
        {
            "id": "safety",
            "label": "Safety",
            "question": "Is it safe?",
            "reasons": [{"id": "hate", "name": "Hate"}],
            "options": [
                {"value": "ok", "name": "Fine", "descriptor": "Nothing to warn of."},
                {"value": "bad", "name": "Violates", "next": "stop", "ask_reason": True},
            ],
        }
    ],
    "criteria": [
        ordinal(
            "sharp",
            weight=3,
            variants={"add": {"levels": {1: "Nothing is added here."}}},
            na_reasons=[{"id": "dark", "name": "Too dark"}],
        ),
        ordinal("light", weight=1, help="Look twice.", targets={"exact": 0.5, "within": 0.9}),
        {"id": "same", "control": "yes_no", "label": "Same", "question": "Is it the same?"},
    ],
    "caps": [CAP, {**CAP, "criterion": "sharp"}],
    "flags": [{"id": "odd", "name": "Odd one"}],
    "defects": [{"id": "body", "name": "Body", "classes": [DEFECT]}],
}


def full(**changes: Any) -> Rubric:
    """Return a rubric that has some of everything."""
    return a_rubric(**{**FULL, **changes})


def with_criterion(index: int, **changes: Any) -> dict[str, Any]:
    """Return the change of one criterion."""
    criteria = list(FULL["criteria"])
    criteria[index] = {**criteria[index], **changes}
    return {"criteria": criteria}


def with_level(value: int, **changes: Any) -> dict[str, Any]:
    """Return the change of one level of `sharp`."""
    steps = [{**one, **changes} if one["value"] == value else one for one in levels()]
    return with_criterion(0, levels=steps)


def with_gate(**changes: Any) -> dict[str, Any]:
    """Return a change of the gate."""
    return {"gates": [{**FULL["gates"][0], **changes}]}


def with_option(index: int, **changes: Any) -> dict[str, Any]:
    """Return the change of one option of the gate."""
    options = list(FULL["gates"][0]["options"])
    options[index] = {**options[index], **changes}
    return with_gate(options=options)


MAJOR = [
    (with_level(2, descriptor="Something else altogether."), "criteria.sharp.levels.2.descriptor", ["sharp"]),
    (with_level(2, name="Poor"), "criteria.sharp.levels.2.name", ["sharp"]),
    (with_criterion(0, levels=levels(4)), "criteria.sharp.levels.5", ["sharp"]),
    (with_criterion(0, question="How sharp is the subject?"), "criteria.sharp.question", ["sharp"]),
    (with_criterion(0, variants={}), "criteria.sharp.variants.add", ["sharp"]),
    (
        with_criterion(0, variants={"add": {"levels": {1: "Not a thing was added."}}}),
        "criteria.sharp.variants.add.levels.1",
        ["sharp"],
    ),
    (with_criterion(0, na_reasons=[]), "criteria.sharp.na_reasons.dark", ["sharp"]),
    (
        with_criterion(1, applies_when={"answer": "sharp", "equals": 5}),
        "criteria.light.applies_when",
        ["light"],
    ),
    (with_criterion(1, weight=2), "criteria.light.weight", []),
    (with_criterion(1, tolerance=0), "criteria.light.tolerance", []),
    (with_criterion(1, gold_kind="set"), "criteria.light.gold_kind", ["light"]),
    (with_criterion(2, yes="Same thing"), "criteria.same.yes", ["same"]),
    (with_option(1, next="continue", only=["light"]), "gates.safety.options.bad.next", ["safety"]),
    (with_option(0, descriptor="Nobody would mind."), "gates.safety.options.ok.descriptor", ["safety"]),
    ({"caps": [CAP]}, "caps.sharp when light is 1", ["sharp"]),
    (
        {"caps": [{**CAP, "at_most": 2}, FULL["caps"][1]]},
        "caps.overall when light is 1.at_most",
        [],
    ),
    ({"overall": {"kind": "all_full"}}, "overall.kind", []),
    ({"criteria": FULL["criteria"][:2]}, "criteria.same", []),
    ({"criteria": [*FULL["criteria"], ordinal("new", weight=1)]}, "criteria.new", []),
    ({"kind": "pair"}, "kind", []),
]
MINOR = [
    (with_level(2, boundary="Level 1 begins where it hurts."), "criteria.sharp.levels.2.boundary"),
    (with_level(2, example="A soft face."), "criteria.sharp.levels.2.example"),
    (with_criterion(1, help="Look three times."), "criteria.light.help"),
    (with_criterion(1, targets={"exact": 0.6, "within": 0.9}), "criteria.light.targets.exact"),
    (with_criterion(1, targets=None), "criteria.light.targets"),
    (
        with_criterion(1, justify=[{"when": {"at_most": 2}, "min_words": 6}]),
        "criteria.light.justify",
    ),
    (
        with_criterion(1, na_reasons=[{"id": "dark", "name": "Too dark"}]),
        "criteria.light.na_reasons.dark",
    ),
    (
        with_gate(reasons=[*FULL["gates"][0]["reasons"], {"id": "gore", "name": "Gore"}]),
        "gates.safety.reasons.gore",
    ),
    (with_gate(reasons=[{"id": "hate", "name": "Contempt"}]), "gates.safety.reasons.hate.name"),
    ({"flags": []}, "flags.odd"),
    ({"flags": [{"id": "odd", "name": "Strange one"}]}, "flags.odd.name"),
    (
        {"defects": [{**FULL["defects"][0], "classes": [DEFECT, {"id": "face", "name": "Face"}]}]},
        "defects.body.classes.face",
    ),
    ({"instructions": "Look first."}, "instructions"),
    ({"criteria": [*FULL["criteria"], ordinal("new")]}, "criteria.new"),
    ({"criteria": FULL["criteria"][::-1]}, "criteria.order"),
    (
        {"caps": [{**CAP, "because": "Nobody can see it."}, FULL["caps"][1]]},
        "caps.overall when light is 1.because",
    ),
]
PATCH = [
    ({"title": "Another title"}, "title"),
    ({"purpose": "Try other things out."}, "purpose"),
    (with_criterion(0, label="Sharpness"), "criteria.sharp.label"),
    (with_level(2, descriptor="what step 2 looks like"), "criteria.sharp.levels.2.descriptor"),
    (with_criterion(2, question="Is it the same"), "criteria.same.question"),
    (
        with_criterion(0, variants={"add": {"levels": {1: "Nothng is added here."}}}),
        "criteria.sharp.variants.add.levels.1",
    ),
]


@pytest.mark.parametrize(("changes", "place", "again"), MAJOR)
def test_a_change_of_meaning_is_major(changes: dict[str, Any], place: str, again: list[str]) -> None:
    """It deserves a major step and names the criteria whose gold must be looked at again."""
    result = diff(full(), full(**changes))

    assert place in [change.place for change in result.changes if change.bump == "major"]
    assert result.bump == "major"
    assert list(result.criteria_to_revalidate) == again


@pytest.mark.parametrize(("changes", "place"), MINOR)
def test_a_change_of_help_is_minor(changes: dict[str, Any], place: str) -> None:
    """It deserves a minor step, and no gold is in doubt."""
    result = diff(full(), full(**changes))

    assert [change.place for change in result.changes] == [place]
    assert result.bump == "minor"
    assert result.criteria_to_revalidate == ()


@pytest.mark.parametrize(("changes", "place"), PATCH)
def test_a_change_of_wording_is_a_patch(changes: dict[str, Any], place: str) -> None:
    """Headings, and words that are only spelt otherwise, deserve a patch step."""
    result = diff(full(), full(**changes))

    assert [change.place for change in result.changes] == [place]
    assert result.bump == "patch"
    assert result.criteria_to_revalidate == ()


def test_equal_rubrics_have_no_changes() -> None:
    """Version and changelog are no content."""
    result = diff(full(), full(version="1.0.1"))

    assert result.changes == ()
    assert result.bump is None
    assert result.version_problem is None


@pytest.mark.parametrize(("changes", "place"), [case[:2] for case in (*MAJOR, *MINOR, *PATCH)])
def test_a_diff_read_backwards_has_the_same_places(changes: dict[str, Any], place: str) -> None:
    """What was added is removed the other way round, and before and after change sides."""
    there, back = diff(full(), full(**changes)), diff(full(**changes), full())
    swap = {"added": "removed", "removed": "added", "changed": "changed"}

    assert place in {change.place for change in back.changes}
    assert {(change.place, swap[change.kind]) for change in back.changes} == {
        (change.place, change.kind) for change in there.changes
    }
    assert [change.before for change in back.changes if change.place == place] == [
        change.after for change in there.changes if change.place == place
    ]


def test_each_change_is_told_in_a_sentence() -> None:
    """The sentence holds the place and both texts."""
    result = diff(full(), full(**with_level(2, descriptor="Blurred at once.")))

    assert [change.sentence for change in result.changes] == [
        "criteria.sharp.levels.2.descriptor: was 'What step 2 looks like.', is now 'Blurred at once.'"
    ]


MEANING = with_level(2, descriptor="Something else altogether.")
HELP = {"instructions": "Look first."}
WORDING = {"title": "Another title"}


@pytest.mark.parametrize(
    ("changes", "version", "expected"),
    [
        (MEANING, "1.9.0", "2.0.0"),
        (MEANING, "2.0.0", None),
        (MEANING, "3.1.4", None),
        (HELP, "1.0.1", "1.1.0"),
        (HELP, "1.1.0", None),
        (HELP, "2.0.0", None),
        (WORDING, "1.0.0", "1.0.1"),
        (WORDING, "1.0.1", None),
    ],
)
def test_the_new_version_must_honour_the_step(
    changes: dict[str, Any], version: str, expected: str | None
) -> None:
    """Too small a step is told with the version that was expected; a larger one is fine."""
    problem = diff(full(), full(**changes, version=version)).version_problem

    assert (problem is None) is (expected is None)
    assert expected is None or f"expected {expected} or later, got {version}" in str(problem)


def test_versions_only_go_up() -> None:
    """A newer rubric with an older version is refused in words."""
    problem = diff(full(version="1.2.0"), full(version="1.1.9")).version_problem

    assert problem == "version: 1.1.9 is older than 1.2.0; versions only go up"
