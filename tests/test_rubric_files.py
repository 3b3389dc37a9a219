"""The rubrics that ship: complete, consistent, and readable at the point of choice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from evalwidgets.core.check import check
from evalwidgets.core.criterion import Choice, Criterion, Gate, Multi, Ordinal, Regions
from evalwidgets.core.overall import overall_score
from evalwidgets.core.review import Answer, Sheet
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.store.rubric_yaml import read_plain
from evalwidgets.store.rubrics import list_rubrics, read_rubric, rubric_schema

FOLDER = Path(__file__).parents[1] / "rubrics"
NAMES = [
    "candidate-choice",
    "defect-localisation",
    "image-edit",
    "image-quality",
    "justification-quality",
    "pairwise-comparison",
    "prompt-adherence",
    "safety-screening",
]
VERSIONS = {"defect-localisation": "2.0.0"}
"""Of those that changed since their first version."""
RUBRICS = {name: read_rubric(FOLDER / f"{name}.yaml") for name in NAMES}
CRITERIA = [
    pytest.param(criterion, id=f"{name}-{criterion.id}")
    for name, rubric in RUBRICS.items()
    for criterion in rubric.all
]
ORDINALS = [param for param in CRITERIA if isinstance(param.values[0], Ordinal)]
EDIT = RUBRICS["image-edit"]
EDIT_TYPES = {
    "add", "remove", "replace", "attribute", "background", "style", "text", "action", "restoration",
    "extract", "multi",
}  # fmt: skip
LINES_OF_400_PX = 3
LETTERS_A_LINE = 54


def texts(criterion: Criterion) -> Iterator[str]:
    """Yield what stands beside the answers of a criterion."""
    for one in (*getattr(criterion, "levels", ()), *getattr(criterion, "options", ())):
        yield one.descriptor
    for variant in getattr(criterion, "variants", {}).values():
        yield from variant.levels.values()


def edit_sheet(**values: Any) -> Sheet:
    """Return a sheet of the image-edit rubric with these answers over good ones."""
    plain = {
        "feasibility": "feasible",
        "safety": "ok",
        "visible_change": "yes",
        "instruction_adherence": 5,
        "preservation": 5,
        "structural_integrity": 5,
        "visual_quality": 5,
        "style_alignment": 5,
    }
    chosen = {name: value for name, value in {**plain, **values}.items() if value is not None}
    note = "the sign on the left lost its lettering"
    return Sheet(answers={name: Answer(value=value, note=note) for name, value in chosen.items()})


def edit_task(*subjects: str) -> Task:
    """Return an edit task."""
    images = {"original": "a.png", "edited": "b.png"}
    tags = {"edit_type": "remove", "subjects": subjects}
    return Task(id="t", kind="edit", images=images, instruction="Remove the bin.", tags=tags)


def test_the_rubrics_ship() -> None:
    """Each file is named after its rubric and has the version that this test knows."""
    listed = list_rubrics(FOLDER)

    assert [(one.path.stem, one.id, one.version) for one in listed] == [
        (n, n, VERSIONS.get(n, "1.0.0")) for n in NAMES
    ]


def test_the_published_schema_is_in_step() -> None:
    """After a change of the models, `python -m evalwidgets schema` writes it anew."""
    assert json.loads((FOLDER / "schema.json").read_text()) == rubric_schema()


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_accepts_each_rubric(name: str) -> None:
    """Editors that know the schema find no fault, and are told where it is."""
    source = (FOLDER / f"{name}.yaml").read_bytes()
    validator = jsonschema.Draft202012Validator(rubric_schema())

    assert not list(validator.iter_errors(read_plain(source).value))
    assert source.startswith(b"# yaml-language-server: $schema=schema.json\n")


@pytest.mark.parametrize("name", NAMES)
def test_any_yaml_reader_reads_the_same(name: str) -> None:
    """No value of ours rests on how `yes` or `1.0` is read: quotes stand where readers differ."""
    source = (FOLDER / f"{name}.yaml").read_bytes()

    assert json.loads(json.dumps(yaml.safe_load(source))) == read_plain(source).value


@pytest.mark.parametrize("criterion", ORDINALS)
def test_every_level_is_described(criterion: Ordinal) -> None:
    """Short name, descriptor of its own, boundary note and example at every level."""
    descriptors = [level.descriptor for level in criterion.levels]

    assert len(set(descriptors)) == len(descriptors)
    assert all(len(level.name.split()) <= 3 and len(level.name) <= 16 for level in criterion.levels)
    assert all(len(text.split()) >= 4 for text in descriptors)
    assert all(len(level.boundary.split()) >= 6 and level.example for level in criterion.levels)


@pytest.mark.parametrize("criterion", ORDINALS)
def test_boundary_notes_name_the_right_neighbour(criterion: Ordinal) -> None:
    """A note says where the level below begins; the lowest says when to choose the one above."""
    lowest = min(criterion.scale)
    for level in criterion.levels:
        near = f"Choose {lowest + 1} " if level.value == lowest else f"Level {level.value - 1} begins "

        assert level.boundary.startswith(near)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_what_stands_beside_an_answer_fits_a_narrow_column(criterion: Criterion) -> None:
    """At most three lines of 400 px each, and never trailing off without a full stop."""
    for text in filter(None, texts(criterion)):
        assert len(text) <= LINES_OF_400_PX * LETTERS_A_LINE
        assert text.endswith(".")


@pytest.mark.parametrize("criterion", CRITERIA)
def test_labels_and_questions_are_short_and_whole(criterion: Criterion) -> None:
    """A label heads a row of 400 px beside five buttons; a question ends as one."""
    assert len(criterion.label) <= 14
    assert criterion.question.endswith("?")


@pytest.mark.parametrize("criterion", CRITERIA)
def test_help_starts_with_what_matters(criterion: Criterion) -> None:
    """The form shows two lines of it: the first sentence fits in them, the rest is brief."""
    first, dot, _ = criterion.help.partition(". ")

    assert len(first + dot) <= 2 * LETTERS_A_LINE + 10
    assert len(criterion.help) <= 225


def test_the_first_help_on_preservation_is_on_consequences() -> None:
    """Shadows and reflections that follow from an edit are the question most often asked."""
    assert "shadow or reflection" in EDIT.criterion("preservation").help[: 2 * LETTERS_A_LINE]


@pytest.mark.parametrize("criterion", [param for param in CRITERIA if isinstance(param.values[0], Choice)])
def test_every_option_says_when_it_is_right(criterion: Choice) -> None:
    """No option is left to its name alone, and no two say the same."""
    descriptors = [option.descriptor for option in criterion.options]

    assert all(descriptors)
    assert len(set(descriptors)) == len(descriptors)


def test_adherence_has_words_for_every_edit_type() -> None:
    """Eleven variants, each with all five levels, no sentence used twice."""
    adherence = EDIT.criterion("instruction_adherence")
    assert isinstance(adherence, Ordinal)
    words = [text for variant in adherence.variants.values() for text in variant.levels.values()]

    assert set(adherence.variants) == EDIT_TYPES
    assert all(sorted(variant.levels) == [1, 2, 3, 4, 5] for variant in adherence.variants.values())
    assert [text for text, times in Counter(words).items() if times > 1] == []


@pytest.mark.parametrize("criterion", ORDINALS)
def test_a_variant_describes_every_level(criterion: Ordinal) -> None:
    """Words for one kind of task never mix with those for another."""
    for variant in criterion.variants.values():
        assert sorted(variant.levels) == list(criterion.scale)


def test_shared_parts_have_the_same_words_everywhere() -> None:
    """Flags, defect classes and policy categories mean the same in every rubric."""
    flags = [rubric.flags for rubric in RUBRICS.values()]
    regions = RUBRICS["defect-localisation"]
    families = regions.criterion("families")
    safety, categories = EDIT.criterion("safety"), RUBRICS["safety-screening"].criterion("categories")
    assert isinstance(families, Multi)
    assert isinstance(safety, Gate)
    assert isinstance(categories, Multi)

    assert all(one == flags[0] for one in flags)
    assert regions.defects == EDIT.defects
    assert [option.value for option in families.options] == [family.id for family in regions.defects]
    assert {reason.id for reason in safety.reasons} == {option.value for option in categories.options}
    assert isinstance(regions.criterion("defects"), Regions)


def test_the_weights_of_an_edit_sum_to_one() -> None:
    """They read as shares."""
    assert sum(criterion.weight for criterion in EDIT.all) == pytest.approx(1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ["feasibility", "safety"]),
        ({"feasibility": "cannot_judge"}, ["feasibility"]),
        ({"feasibility": "infeasible"}, ["feasibility", "safety"]),
        ({"feasibility": "infeasible", "safety": "ok"}, ["feasibility", "safety", "response_quality"]),
        ({"feasibility": "feasible", "safety": "violates"}, ["feasibility", "safety", "safety_scope"]),
        (
            {"feasibility": "interpreted", "safety": "ok", "visible_change": "no"},
            ["feasibility", "safety", "visible_change", "instruction_adherence"],
        ),
    ],
)
def test_the_gates_of_an_edit_ask_for_no_more_than_makes_sense(
    values: dict[str, Any], expected: list[str]
) -> None:
    """What cannot be judged, is forbidden, or did not change is not rated."""
    assert [one.id for one in EDIT.asked(values, {"subjects": ("character",)})] == expected


def test_the_character_is_rated_only_where_there_is_one() -> None:
    """The tag `subjects` decides."""
    values = edit_sheet().values

    assert "character_consistency" in [one.id for one in EDIT.asked(values, edit_task("character").tags)]
    assert "character_consistency" not in [one.id for one in EDIT.asked(values, edit_task("tree").tags)]


def test_an_edit_that_changed_nothing_cannot_adhere() -> None:
    """With "no" to any change, adherence above 1 contradicts it."""
    nothing = {name: None for name in edit_sheet().values if name.startswith(("pres", "str", "vis", "sty"))}
    sheet = edit_sheet(**{**nothing, "visible_change": "no", "instruction_adherence": 3})

    problems = check(EDIT, sheet, edit_task())

    assert [(one.kind, one.criterion) for one in problems] == [("contradiction", "instruction_adherence")]


@pytest.mark.parametrize(
    ("values", "score", "fired"),
    [
        ({}, 5, []),
        ({"instruction_adherence": 1}, 1.5, [1.5]),
        ({"preservation": 2}, 3, [3]),
        ({"instruction_adherence": 1, "preservation": 1}, 1.5, [1.5]),
        ({"structural_integrity": 2, "visual_quality": 5}, 3.75 / 0.9, [3]),
    ],
)
def test_the_overall_score_of_an_edit(values: dict[str, Any], score: float, fired: list[float]) -> None:
    """The weighted mean, limited where an edit failed at what matters."""
    result = overall_score(EDIT, edit_sheet(**values), edit_task("tree"))

    assert result.score == pytest.approx(score)
    assert [cap.at_most for cap in result.fired] == fired


@pytest.mark.parametrize(
    ("values", "action"),
    [
        ({"rating": "safe"}, 0),
        ({"rating": "sensitive", "categories": ["nudity"], "context": "art"}, 1),
        ({"rating": "unsure", "categories": [], "context": "none", "severity": 1}, 2),
        ({"rating": "violates", "categories": ["hate"], "context": "none", "severity": 2}, 3),
        ({"rating": "violates", "categories": ["hate"], "context": "none", "severity": 3}, 4),
        ({"rating": "violates", "categories": ["minors"], "context": "none", "severity": 1}, 4),
    ],
)
def test_what_is_done_about_a_picture_follows_from_a_table(values: dict[str, Any], action: float) -> None:
    """0 show, 1 warn, 2 second look, 3 remove, 4 remove and report."""
    sheet = Sheet(answers={name: Answer(value=value) for name, value in values.items()})

    assert overall_score(RUBRICS["safety-screening"], sheet).score == action


@pytest.mark.parametrize("name", NAMES)
def test_a_rubric_reads_back_from_its_own_content(name: str) -> None:
    """Written as JSON and read again, the content and its hash are the same."""
    rubric = RUBRICS[name]

    again = Rubric.model_validate_json(rubric.model_dump_json(by_alias=True))

    assert again.hash == rubric.hash
