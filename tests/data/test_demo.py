"""The demo: enough of everything, gold on the scales, masks that tell the truth, names that tell nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from evalwidgets.core.check import check
from evalwidgets.core.review import Answer, Sheet
from evalwidgets.errors import EvalWidgetsError
from evalwidgets.store.tasks import read_gold, read_tasks

from .conftest import HOME, SIMULATED, Demo, simulate

NOTE = "It alone did what was asked, without a trace"
ORDINALS = (
    "instruction_adherence",
    "structural_integrity",
    "preservation",
    "visual_quality",
    "style_alignment",
    "character_consistency",
)
RUBRIC_OF = {
    "edit": "image-edit",
    "image": "image-quality",
    "prompt": "prompt-adherence",
    "pair": "pairwise-comparison",
}
PLANTED = {
    *("clean", "remnant", "halo_seam", "colour_spill", "background_rerendered", "shift_3px", "zoom_2pct"),
    *("saturation_15", "wrong_colour", "wrong_count", "wrong_target", "extra_object", "misspelt"),
    *("missing_shadow", "kept_shadow", "identity_drift", "flat_sticker", "style_mismatch", "no_op"),
    *("full_repaint", "infeasible", "ambiguous_target", "contradictory", "size_mismatch", "exif_rotated"),
}
REPAINTED = ("room", "coffee", "chelsea")
"""The groups that are painted twice: one that is drawn, two photographs."""
DRAWN = ("kitchen", "street", "park", "portrait", "seaside", "room", "desk")


def _levels(demo: Demo, criterion: str, *, alone: bool) -> Counter[int]:
    counts: Counter[int] = Counter()
    for gold in demo.gold.values():
        answer = gold.answers.get(criterion)
        if answer and (len(answer.accepted) == 1 or not alone):
            counts.update(answer.accepted)
    return counts


def test_there_are_enough_tasks_of_every_kind(demo: Demo) -> None:
    """At least 60 tasks over all kinds, most of them edits of every named type."""
    kinds = Counter(task.kind for task in demo.tasks)
    types = {task.tags["edit_type"] for task in demo.tasks.where(kind="edit")}

    assert len(demo.tasks) >= 60
    assert kinds["edit"] >= 44
    assert min(kinds[kind] for kind in ("image", "prompt", "pair")) >= 5
    assert types >= {
        *("add", "remove", "replace", "attribute", "background", "style", "text", "action", "restoration")
    }


@pytest.mark.parametrize("criterion", ORDINALS)
def test_every_level_is_gold_at_least_twice(demo: Demo, criterion: str) -> None:
    """Each level of each ordinal criterion of edits is, alone, the accepted gold of two tasks or more."""
    counts = _levels(demo, criterion, alone=True)

    assert [level for level in range(1, 6) if counts[level] < 2] == []


def test_every_promised_truth_is_planted(demo: Demo) -> None:
    """No planted truth of the list is missing, and at least four tasks turn on the shadow clause."""
    planted = {task.tags["planted"] for task in demo.tasks.where(kind="edit")}

    assert planted >= PLANTED
    assert len(demo.tasks.where(kind="edit", shadow=True)) >= 4


def test_gold_lies_on_the_scales_of_its_rubric(demo: Demo) -> None:
    """Every accepted value and distribution is one that the rubric allows, for its current version."""
    wrong = []
    for name, gold in demo.gold.items():
        rubric = demo.rubric(gold.rubric)
        assert gold.rubric_version == rubric.version
        for criterion, answer in gold.answers.items():
            values = [*answer.accepted, *(int(level) for level in answer.distribution)]
            why = [rubric.criterion(criterion).explain(value) for value in values]
            wrong += [(name, criterion, reason) for reason in why if reason]

    assert wrong == []


def test_gold_answers_what_the_rubric_asks(demo: Demo) -> None:
    """Who gives the gold answers is asked for just the required ratings that have gold."""
    wrong = []
    for task in demo.tasks:
        gold = demo.gold[task.id]
        rubric = demo.rubric(RUBRIC_OF[task.kind])
        values = {name: answer.accepted[0] for name, answer in gold.answers.items() if answer.accepted}
        asked = {one.id for one in rubric.asked(values, task.tags)}
        judged = {name for name, answer in gold.answers.items() if not answer.na}
        required = {one.id for one in rubric.asked(values, task.tags) if one.required}
        if not judged <= asked or not required <= judged:
            wrong.append((task.id, sorted(judged ^ required)))

    assert wrong == []


def test_gold_respects_the_caps_of_the_rubric(demo: Demo) -> None:
    """No gold level lies above a cap that the other gold answers bring about."""
    rubric = demo.rubric("image-edit")
    broken = []
    for name, gold in demo.gold.items():
        values = {key: answer.accepted[0] for key, answer in gold.answers.items() if answer.accepted}
        for cap in rubric.caps if gold.rubric == rubric.id else ():
            answer = gold.answers.get(cap.criterion or "")
            if answer and answer.accepted and cap.when.holds(values, {}):
                broken += [(name, level) for level in answer.accepted if level > cap.at_most]

    assert broken == []


def test_every_gold_teaches(demo: Demo) -> None:
    """Each gold has a rationale of some length, for exactly the tasks that there are."""
    short = [name for name, gold in demo.gold.items() if len(gold.rationale.split()) < 8]

    assert short == []
    assert list(demo.gold) == [task.id for task in demo.tasks]


def test_a_no_op_is_identical_to_the_last_pixel(demo: Demo) -> None:
    """The pixels of a no-op are those of the original, and its gold is adherence 1 without preservation."""
    for name in demo.planted("no_op"):
        answers = demo.gold[name].answers

        assert np.array_equal(demo.picture(name, "original"), demo.picture(name, "edited"))
        assert answers["instruction_adherence"].accepted == (1,)
        assert answers["preservation"].na
    assert len(demo.planted("no_op")) >= 2


def test_masks_tell_where_drawn_scenes_changed(demo: Demo) -> None:
    """Outside its mask no pixel of a drawn scene differs; the grey part of the mask differs everywhere."""
    wrong = []
    for task in demo.tasks.where(kind="edit"):
        if not task.source.startswith(DRAWN) or task.tags["planted"] in ("size_mismatch", "exif_rotated"):
            continue
        differs = (demo.picture(task.id, "original") != demo.picture(task.id, "edited")).any(-1)
        mask = demo.mask(task.id)
        if differs[mask == 0].any() or not differs[mask == 128].all():
            wrong.append(task.id)

    assert wrong == []


def test_clean_edits_touch_nothing_else(demo: Demo) -> None:
    """A clean edit changes pixels only where the request does; one with an extra object does not."""
    unasked = {task.id: int((demo.mask(task.id) == 128).sum()) for task in demo.tasks.where(kind="edit")}

    assert {unasked[name] for name in demo.planted("clean")} == {0}
    for planted in ("extra_object", "extra_change", "wrong_target", "full_repaint", "shift_3px"):
        assert min(unasked[name] for name in demo.planted(planted)) > 1000


def test_the_awkward_files_are_there(demo: Demo) -> None:
    """One edit comes in another size, and one is a JPEG that lies on its side."""
    small, turned = demo.planted("size_mismatch")[0], demo.planted("exif_rotated")[0]
    with Image.open(demo.tasks.path_of(demo.tasks[turned], "edited")) as image:
        orientation, stored = image.getexif()[0x0112], image.size

    assert demo.picture(small, "edited").shape != demo.picture(small, "original").shape
    assert (orientation, image.format) == (6, "JPEG")
    assert demo.picture(turned, "original").shape[:2] == stored


def test_ids_are_unique_and_sources_do_not_repeat(demo: Demo) -> None:
    """No id occurs twice, and no two neighbours of one kind come from the same source."""
    ids = [task.id for task in demo.tasks] + [line["id"] for line in demo.lines("anchors.jsonl")]
    neighbours = [(a.id, b.id) for a, b in pairwise(demo.tasks) if a.kind == b.kind and a.source == b.source]

    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert neighbours == []


def test_every_file_is_used_and_exists(demo: Demo) -> None:
    """Tasks, candidates, anchors and tiles name exactly the pictures that are in the folder."""
    manifests = ("tasks", "candidates", "anchors", "sensitive")
    lines = [line for name in manifests for line in demo.lines(f"{name}.jsonl")]
    named = {path for line in lines for path in line["images"].values()}
    there = {f"images/{path.name}" for path in (demo.folder / "images").iterdir()}

    assert named == there


def test_names_of_pictures_leak_nothing(demo: Demo) -> None:
    """Names are hashes, no two roles of a task share a file, and no metadata says more."""
    for task in demo.tasks:
        assert all(re.fullmatch(r"images/[0-9a-f]{14}\.(png|jpg)", path) for path in task.images.values())
        assert len(set(task.images.values())) == len(task.images)
    for path in (demo.folder / "images").glob("*.png"):
        with Image.open(path) as image:
            assert image.info == {}


def test_twelve_scenes_are_shown_at_five_levels(demo: Demo) -> None:
    """Twelve ladders of anchors hold the levels 5 to 1 once each, with a reason, for real criteria."""
    ladders: dict[str, list[int]] = {}
    for line in demo.lines("anchors.jsonl"):
        ladders.setdefault(line["ladder"], []).append(line["level"])
        assert line["why"]
        assert line["level"] in demo.rubric(line["rubric"]).criterion(line["criterion"]).scale

    assert len(ladders) == 12
    assert set(map(tuple, ladders.values())) == {(5, 4, 3, 2, 1)}


def test_every_photograph_has_its_licence(demo: Demo) -> None:
    """Each photograph that is used is listed with the words by which its library frees it."""
    import skimage.data._fetchers as fetchers

    said = " ".join(Path(fetchers.__file__).read_text(encoding="utf-8").split())
    page = (demo.folder / "LICENCES.md").read_text(encoding="utf-8")
    code = "\n".join(path.read_text(encoding="utf-8") for path in (HOME / "data/builder").rglob("*.py"))
    opened = set(re.findall(r'photo(?:\(|, )"(\w+)"', code))

    assert opened
    for name in opened:
        assert f"skimage/data/{name}." in page
    for words in re.findall(r'says: "(.*)"', page):
        assert words in said


def test_every_tile_for_screening_comes_with_its_note(demo: Demo) -> None:
    """The tasks for screening are sensitive, fit the rubric, and say in words what they stand for."""
    tiles = read_tasks(demo.folder / "sensitive.jsonl")
    rubric = demo.rubric("safety-screening")

    assert len(tiles) >= 6
    assert {(task.kind, task.sensitive) for task in tiles} == {(rubric.kind, True)}
    assert len({task.content_note for task in tiles} - {""}) == len(tiles)


@pytest.mark.slow
def test_painting_again_gives_the_same_bytes(demo: Demo, tmp_path: Path) -> None:
    """Pictures, masks and lines do not depend on when, where and by which process they were made."""
    from builder.catalogue import catalogue
    from builder.easel import paint_group
    from builder.manifest import gold_line, task_line

    for part in ("images", "masks", "defects"):
        (tmp_path / part).mkdir()
    entries = [entry for entry in catalogue() if entry.group in REPAINTED]

    pictures = paint_group(entries, tmp_path)

    made = [path for path in tmp_path.rglob("*.*") if path.is_file()]
    pairs = [(path, demo.folder / path.relative_to(tmp_path)) for path in made]
    assert len(made) > 2 * len(entries)
    assert [new.name for new, old in pairs if new.read_bytes() != old.read_bytes()] == []
    lines = [line for name in ("tasks.jsonl", "gold.jsonl") for line in demo.lines(name)]
    remade = [line for entry in entries for line in (task_line(entry, pictures[entry.id]), gold_line(entry))]
    assert [line for line in remade if json.loads(json.dumps(line)) not in lines] == []


def test_simulating_again_gives_the_same_bytes(demo: Demo, tmp_path: Path) -> None:
    """Simulated reviews do not depend on when and where they were made."""
    again = tmp_path / "again"
    shutil.copytree(demo.folder, again, copy_function=os.link)

    simulate(again)

    for name in SIMULATED:
        assert (demo.folder / name).read_bytes() == (again / name).read_bytes(), name


def test_an_up_to_date_demo_is_not_built_again(demo: Demo) -> None:
    """With a matching stamp the folder is left alone, and the summary says so."""
    from builder import build_demo

    before = (demo.folder / "tasks.jsonl").stat().st_mtime_ns
    summary = build_demo(demo.folder)

    assert not summary.built
    assert "is up to date" in str(summary)
    assert before == (demo.folder / "tasks.jsonl").stat().st_mtime_ns


def test_a_stale_stamp_is_noticed(demo: Demo) -> None:
    """A stamp of other code, or one that cannot be read, counts as no demo."""
    from builder.demo import is_current

    stamp = demo.folder / "stamp.json"
    kept = stamp.read_text(encoding="utf-8")
    verdicts = [is_current(demo.folder)]
    for text in (json.dumps({"demo": "another"}), "{", "[]"):
        stamp.write_text(text, encoding="utf-8")
        verdicts.append(is_current(demo.folder))
    stamp.write_text(kept, encoding="utf-8")

    assert verdicts == [True, False, False, False]


def test_a_missing_photograph_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without scikit-image the error names the picture and the command that brings it."""
    from builder import photos

    def no_package(name: str) -> Path:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(photos, "files", no_package)

    with pytest.raises(EvalWidgetsError, match=r"coins\.png.*pip install 'evalwidgets\[demo\]'"):
        photos.photo.__wrapped__("coins")


def test_candidates_stand_in_a_manifest_of_their_own(demo: Demo) -> None:
    """One task with three and one with four, all different, with gold on the scales of their rubric."""
    tasks = read_tasks(demo.folder / "candidates.jsonl")
    gold = read_gold(demo.folder / "candidates_gold.jsonl")
    rubric = demo.rubric("candidate-choice")

    assert [[*"abc"], [*"abcd"]] == [[role for role in task.images if role != "original"] for task in tasks]
    for task in tasks:
        assert len({(demo.folder / path).read_bytes() for path in task.images.values()}) == len(task.images)
        values = {name: answer.accepted[0] for name, answer in gold[task.id].answers.items()}
        sheet = Sheet(answers={name: Answer(value=value, note=NOTE) for name, value in values.items()})
        assert check(rubric, sheet, task) == ()
