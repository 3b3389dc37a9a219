"""Bundles travel: what is in one, what it is opened to, and what comes back once."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import evalwidgets as ew
from evalwidgets.core.opening import Opening
from evalwidgets.core.round import Round
from evalwidgets.core.round_events import Closed
from evalwidgets.errors import EvalWidgetsError, ExchangeError, UnknownName
from evalwidgets.store.kept_session import KeptSession
from evalwidgets.store.reviews import ReviewStore, open_store

from ..samples import answer_all, every_control, write_picture
from .bundle_samples import PLACE, answer, clock, hand_in, kinds, session_of, tasks_in, write

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def store(db: Path) -> ReviewStore:
    """Return the lead's store, which knows the rubric."""
    opened = open_store(db)
    opened.remember_rubric(every_control())
    return opened


def a_round(tasks: ew.TaskSet, **changes: Any) -> Round:
    """Return a calibration round of all tasks for ana and ben."""
    rubric = every_control()
    plain = {
        "campaign": PLACE["campaign"],
        "name": PLACE["round"],
        "rubric": rubric.id,
        "rubric_version": rubric.version,
        "rubric_hash": rubric.hash,
        "tasks": tuple(task.id for task in tasks),
        "reviewers": ("ana", "ben"),
        "lead": "lee",
        "seed": "7",
        "opened_at": NOON,
    }
    return Round(**{**plain, **changes})


def test_bundles_go_out_and_come_back_twice_and_from_two_people(tmp_path: Path, store: ReviewStore) -> None:
    """Every review is stored once, by the hashes of the lead's own files, whatever comes twice."""
    tasks = tasks_in(tmp_path / "lead")
    first, second = (ew.open_bundle(path) for path in write(tasks, tmp_path, "ana", "ben", store=store))
    answer(first, 2)
    early = hand_in(first, tmp_path / "early.returned.evalbundle")
    answer(first, 1)
    answer(second, 3, adherence=3)

    one = ew.merge_bundles([early], store, tasks=tasks)
    two = ew.merge_bundles([hand_in(first), hand_in(second), early], store, tasks=tasks)

    assert (2, 0, 0) == (one.new, one.there, one.held)
    assert (4, 4, 0) == (two.new, two.there, two.held)
    assert {"again"} == {*kinds(two)}
    stored = store.reviews(**PLACE, current=False)
    assert {(name, task.id) for name in ("ana", "ben") for task in tasks} == {
        (review.reviewer, review.task) for review in stored
    }
    assert all(review.task_hash == tasks.hash_of(tasks[review.task]) for review in stored)
    assert 6 == len(stored)
    assert () == store.verify()
    assert "MergeReport(3 bundles; reviews: 4 new, 4 already there, 0 held back; 1 odd)" == repr(two)


def test_a_bundle_holds_nothing_of_models_gold_names_or_other_people(tmp_path: Path) -> None:
    """Neither the file nor what it is unpacked to says what a reviewer may not know."""
    folder = tmp_path / "camera-uploads"
    tasks = tasks_in(folder, sensitive=True, content_note="a wound")
    marked = Image.open(folder / "pictures/0-b.png")
    marked.save(folder / "pictures/0-b.png", pnginfo=_marked("prompt by secretmodel-9"))
    [path, _] = write(tasks, tmp_path / "out", "ana", "zebedee", seed="s")
    bundle = ew.open_bundle(path)

    unpacked = [one for one in bundle.folder.rglob("*") if one.is_file()]
    seen = b"".join(one.read_bytes() + str(one.relative_to(bundle.folder)).encode() for one in unpacked)
    seen += path.read_bytes()

    for secret in ("secretmodel", "goldenanswer", "zebedee", "camera-uploads", "0-b.png", "scene", "-before"):
        assert secret.encode() not in seen
    assert {"subjects"} == {name for task in bundle.tasks for name in task.tags}
    assert {(True, "a wound")} == {(task.sensitive, task.content_note) for task in bundle.tasks}


def _marked(text: str) -> Any:
    from PIL.PngImagePlugin import PngInfo

    chunks = PngInfo()
    chunks.add_text("parameters", text)
    return chunks


def test_a_carried_picture_has_every_pixel_of_the_original(tmp_path: Path) -> None:
    """A region drawn on the copy lies at the same place of the lead's file, and names it."""
    tasks = tasks_in(tmp_path / "lead")
    write_picture(tmp_path / "lead/pictures/1-a.png", 5, size=(3000, 2800))  # a browser gets it in tiles
    bundle = ew.open_bundle(write(tasks, tmp_path, "ana")[0])

    for task in bundle.tasks:
        for role in task.images:
            own, copy = tasks.path_of(tasks[task.id], role), bundle.tasks.path_of(task, role)
            assert Image.open(own).tobytes() == Image.open(copy).tobytes()
            assert hashlib.sha256(own.read_bytes()).hexdigest() == bundle.tasks.digest_of(task, role)


def test_a_photograph_travels_upright_and_without_its_facts(tmp_path: Path) -> None:
    """A rotated JPEG with a place, a camera and a prompt in it arrives as what is seen, and no more."""
    tasks = tasks_in(tmp_path / "lead", 1)
    facts = Image.Exif()
    facts[0x0112], facts[0x010E], facts[0x010F] = 6, "prompt of a model", "Camera of lee"
    photo = Image.radial_gradient("L").resize((64, 40)).convert("RGB")
    photo.save(tmp_path / "lead/pictures/0-b.png", "JPEG", exif=facts, comment=b"made by a model")
    path = write(tasks, tmp_path, "ana")[0]
    bundle = ew.open_bundle(path)

    with Image.open(bundle.tasks.path_of(bundle.tasks[0], "edited")) as copy:
        assert ((40, 64), {}) == (copy.size, dict(copy.getexif()))
    assert not any(word in path.read_bytes() for word in (b"Camera of lee", b"model"))
    assert tasks.digest_of(tasks[0], "edited") == bundle.tasks.digest_of(bundle.tasks[0], "edited")


def test_the_order_is_that_of_the_lead(tmp_path: Path) -> None:
    """A reviewer meets the tasks in the same order in a bundle as in a shared store."""
    tasks = tasks_in(tmp_path / "lead", 8)
    bundle = ew.open_bundle(write(tasks, tmp_path, "ana", seed=3)[0])
    here = ew.Session(every_control(), tasks, "ana", **PLACE, seed=3)

    assert here.order == session_of(bundle).session.order


def test_a_bundle_goes_on_where_its_reviewer_stopped(tmp_path: Path) -> None:
    """Opening it again unpacks nothing: drafts and reviews are where they were."""
    path = write(tasks_in(tmp_path / "lead"), tmp_path, "ana")[0]
    with ew.open_bundle(path) as bundle:
        answer(bundle)
        session_of(bundle).act("rate", "safety", "ok")

    with ew.open_bundle(path) as again, ew.open_bundle(again.folder) as folder:
        kept = session_of(again).session
        assert (1, {"safety": "ok"}) == (kept.progress.done, kept.sheet.values)
        assert again.copy_id == folder.copy_id
        with pytest.warns(UserWarning, match=r"2 of 3 tasks are not submitted yet, of which 1 are begun"):
            written = ew.return_bundle(again)
        assert tmp_path / f"{path.stem}.returned.evalbundle" == written


def test_an_opened_round_says_what_its_bundles_hold(tmp_path: Path, store: ReviewStore) -> None:
    """Tasks, reviewers, seed and evidence are the round's, and nobody else gets one."""
    tasks = tasks_in(tmp_path / "lead")
    store.rounds.open(a_round(tasks[:2]))
    paths = write(tasks, tmp_path, store=store)

    bundles = [ew.open_bundle(path) for path in paths]
    assert ["ana", "ben"] == [one.reviewer for one in bundles]
    assert {(2, "7", "lead_only")} == {(len(one.tasks), one.seed, one.evidence) for one in bundles}
    with pytest.raises(ExchangeError, match="mia: no reviewer of round"):
        write(tasks, tmp_path, "mia", store=store)


def test_what_a_closed_round_refuses_stays_in_its_file(tmp_path: Path, store: ReviewStore) -> None:
    """Who hands in too late is listed with the round's own words; nothing is stored."""
    tasks = tasks_in(tmp_path / "lead")
    store.rounds.open(a_round(tasks))
    bundle = ew.open_bundle(write(tasks, tmp_path, "ana", store=store)[0])
    answer(bundle, 1)
    back = hand_in(bundle)
    ew.merge_bundles(back, store)
    answer(bundle, 2)
    store.rounds.log(*PLACE.values(), Closed(by="lee", at=NOON))

    report = ew.merge_bundles(hand_in(bundle), store)

    assert (0, 1, 2) == (report.new, report.there, report.held)
    assert ["refused"] * 2 == kinds(report)
    assert "closed the blind phase" in report.odd[0].what
    assert ["ana", "ben"] == [odd.reviewer for odd in report.odd if odd.kind == "missing"]


def test_two_copies_of_one_bundle_keep_both_answers(tmp_path: Path, store: ReviewStore) -> None:
    """The first stays the first; the other becomes a later revision with a reason, and is listed."""
    tasks = tasks_in(tmp_path / "lead")
    path = write(tasks, tmp_path, "ana", store=store)[0]
    home, office = ew.open_bundle(path), ew.open_bundle(path, tmp_path / "office")
    answer(home, 3, clock(NOON))
    answer(office, 2, clock(NOON + timedelta(seconds=10)), adherence=3)

    report = ew.merge_bundles([hand_in(office), hand_in(home)], store, now=NOON + timedelta(days=365))

    assert (5, 0, 0) == (report.new, report.there, report.held)
    assert 2 == kinds(report).count("second answer")
    both = [one for one in store.reviews(**PLACE, current=False) if one.revision == 2]
    assert {("second copy", 3)} == {(one.reason, one.values["adherence"]) for one in both}
    again = ew.merge_bundles([hand_in(home), hand_in(office)], store)
    assert (0, 5, ["again", "again", "two copies"]) == (again.new, again.there, kinds(again))
    assert () == store.verify()


def test_two_people_under_one_name_are_noticed(tmp_path: Path, store: ReviewStore) -> None:
    """Nobody reviews two tasks at the same moment; who seems to is listed."""
    tasks = tasks_in(tmp_path / "lead")
    path = write(tasks, tmp_path, "ana", store=store)[0]
    one, other = ew.open_bundle(path), ew.open_bundle(path, tmp_path / "other")
    for bundle in (one, other):
        kept = session_of(bundle, clock())
        answer_all(kept.session)
        kept.session.desk.seconds = 25.0
        kept.submit()

    report = ew.merge_bundles([hand_in(one), hand_in(other)], store)

    assert {"two at once", "two copies"} <= {*kinds(report)}


@pytest.mark.parametrize("stale", ["hold", "take"])
def test_a_task_that_has_changed_is_told(tmp_path: Path, store: ReviewStore, stale: Any) -> None:
    """A review of what was sent is no review of what is there now: held, or taken by choice."""
    tasks = tasks_in(tmp_path / "lead")
    bundle = ew.open_bundle(write(tasks, tmp_path, "ana", store=store)[0])
    answer(bundle, 3)
    write_picture(tmp_path / "lead/pictures/1-b.png", 9)

    report = ew.merge_bundles(hand_in(bundle), store, tasks=tasks[:2], stale=stale)

    held = {"hold": {"unknown task": "t02", "changed task": "t01"}, "take": {"unknown task": "t02"}}[stale]
    told = {odd.kind: odd.task for odd in report.odd if odd.kind != "missing"}
    assert held | {"changed task": "t01"} == told
    assert len(held) == report.held
    assert 3 - len(held) == report.new


def test_a_rubric_that_the_store_does_not_know_is_told(tmp_path: Path, db: Path) -> None:
    """Nothing enters a store that could not say by which rules it was judged, until it is given them."""
    tasks, store = tasks_in(tmp_path / "lead"), open_store(db)
    bundle = ew.open_bundle(write(tasks, tmp_path, "ana")[0])
    answer(bundle, 3)

    refused = ew.merge_bundles(hand_in(bundle), store)
    taken = ew.merge_bundles(hand_in(bundle), store, rubric=every_control())

    assert (0, 3, ["stale rubric"]) == (refused.new, refused.held, kinds(refused))
    assert (3, 0, []) == (taken.new, taken.held, kinds(taken))
    with pytest.raises(UnknownName, match="Did you mean 'take'"):
        ew.merge_bundles(hand_in(bundle), store, stale="takes")  # type: ignore[arg-type]


def test_a_rubric_other_than_the_rounds_is_held_back(tmp_path: Path, store: ReviewStore) -> None:
    """What was judged before the round got other rules does not enter it by accident."""
    tasks = tasks_in(tmp_path / "lead")
    bundle = ew.open_bundle(write(tasks, tmp_path, "ana")[0])
    answer(bundle, 3)
    store.rounds.open(a_round(tasks, rubric_hash="c" * 64))

    report = ew.merge_bundles(hand_in(bundle), store)

    assert (0, 3, ["stale rubric"]) == (report.new, report.held, kinds(report))
    assert 3 == ew.merge_bundles(hand_in(bundle), store, stale="take").new


def test_clocks_that_cannot_be_right_are_told(tmp_path: Path, store: ReviewStore) -> None:
    """The reviews count all the same, for no clock decides their order."""
    bundle = ew.open_bundle(write(tasks_in(tmp_path / "lead"), tmp_path, "ana", store=store)[0])
    answer(bundle, 1, clock(NOON))  # years before the bundle was written, or so
    answer(bundle, 1, clock(NOON + timedelta(days=9), step=-3600))
    answer(bundle, 1, clock(datetime.now(UTC) + timedelta(hours=9)))

    report = ew.merge_bundles(hand_in(bundle), store)

    told = " ".join(odd.what for odd in report.odd)
    assert (3, {"clock"}) == (report.new, {*kinds(report)})
    for words in ("before the bundle was written", "before it was shown", "in the future"):
        assert words in told


def test_a_changed_answer_does_not_replace_what_is_stored(tmp_path: Path, store: ReviewStore) -> None:
    """A returned file whose review differs under its old id is listed; the stored one stays."""
    bundle = ew.open_bundle(write(tasks_in(tmp_path / "lead"), tmp_path, "ana", store=store)[0])
    answer(bundle, 1)
    back = hand_in(bundle)
    ew.merge_bundles(back, store)
    before = store.reviews(**PLACE)

    report = ew.merge_bundles(_rewritten(back, lambda line: {**line, "note": "changed"}), store)

    assert ["altered"] == kinds(report)
    assert before == store.reviews(**PLACE)


def test_answers_of_somebody_else_are_held_back(tmp_path: Path, store: ReviewStore) -> None:
    """A bundle brings the reviews of the person it was written for, and of nobody else."""
    bundle = ew.open_bundle(write(tasks_in(tmp_path / "lead"), tmp_path, "ana", store=store)[0])
    answer(bundle, 1)

    report = ew.merge_bundles(_rewritten(hand_in(bundle), lambda line: {**line, "reviewer": "mia"}), store)

    assert (["other person"], 0) == (kinds(report), report.new)


def test_what_was_reviewed_beside_the_bundle_is_handed_in_and_told(
    tmp_path: Path, store: ReviewStore
) -> None:
    """A reviewer who typed another name or round into the notebook loses nothing: the lead hears of it."""
    bundle = ew.open_bundle(write(tasks_in(tmp_path / "lead"), tmp_path, "ana", store=store)[0])
    answer(bundle, 1)
    elsewhere = KeptSession(
        bundle.tasks, bundle.rubric, bundle.store, "anna", campaign="spring", round="r1", seed=0
    )
    answer_all(elsewhere.session)
    elsewhere.submit()

    report = ew.merge_bundles(hand_in(bundle), store)

    assert (1, 1, ["other person"]) == (report.new, report.held, kinds(report))


def test_a_revision_without_the_one_before_waits(tmp_path: Path, store: ReviewStore) -> None:
    """It is not numbered anew, because the first answer may still come."""
    bundle = ew.open_bundle(write(tasks_in(tmp_path / "lead"), tmp_path, "ana", store=store)[0])
    answer(bundle, 1)

    report = ew.merge_bundles(_rewritten(hand_in(bundle), lambda line: {**line, "revision": 2}), store)

    assert (["gap"], 0) == (kinds(report), report.new)


def _rewritten(path: Path, change: Any) -> Path:
    """Return a returned bundle whose reviews were changed by somebody who knows the format."""
    with zipfile.ZipFile(path) as file:
        contents = {name: file.read(name) for name in file.namelist()}
    lines = [json.dumps(change(json.loads(line))) for line in contents["reviews.jsonl"].splitlines()]
    contents["reviews.jsonl"] = "".join(f"{line}\n" for line in lines).encode()
    slip = json.loads(contents["returned.json"])
    slip["files"]["reviews.jsonl"] = hashlib.sha256(contents["reviews.jsonl"]).hexdigest()
    contents["returned.json"] = json.dumps(slip).encode()
    target = path.with_name("rewritten.returned.evalbundle")
    with zipfile.ZipFile(target, "w") as file:
        for name, content in contents.items():
            file.writestr(name, content)
    return target


def test_looks_at_covered_pictures_come_back_once(tmp_path: Path, store: ReviewStore) -> None:
    """The log of openings is merged as the reviews are."""
    bundle = ew.open_bundle(write(tasks_in(tmp_path / "lead"), tmp_path, "ana", store=store)[0])
    looked = {"kind": "picture", "role": "edited", "how": "peek", "opened_at": NOON}
    bundle.store.openings.log(Opening(**PLACE, reviewer="ana", task="t00", **looked))
    back = hand_in(bundle)

    assert [1, 0] == [ew.merge_bundles(back, store).openings for _ in range(2)]
    assert bundle.store.openings.read() == store.openings.read()


def test_a_picture_that_cannot_be_read_stays_at_home(tmp_path: Path) -> None:
    """The bundle is written without it, says so, and its task can still be skipped under its own hash."""
    tasks = tasks_in(tmp_path / "lead")
    (tmp_path / "lead/pictures/0-b.png").write_bytes(b"no picture")
    with pytest.warns(UserWarning, match="task t00, edited"):
        [path] = write(tasks, tmp_path, "ana")

    bundle = ew.open_bundle(path)
    review = session_of(bundle).skip("cannot be seen", "t00")

    assert tasks.hash_of(tasks["t00"]) == review.task_hash


def test_names_that_a_disk_takes_for_one_get_files_of_their_own(tmp_path: Path) -> None:
    """No bundle takes the place of another person's."""
    paths = write(tasks_in(tmp_path / "lead"), tmp_path, "Ana", "ana", "../a/na")

    assert 3 == len({path.name.casefold() for path in paths})
    assert {tmp_path} == {path.parent for path in paths}
    with pytest.raises(ExchangeError, match="named twice"):
        write(tasks_in(tmp_path / "lead"), tmp_path, "ana", "ana")
    with pytest.raises(ExchangeError, match="round: String should have at least 1 character"):
        write(tasks_in(tmp_path / "lead"), tmp_path, "ana", round="")
    with pytest.raises(EvalWidgetsError, match="Nobody to write a bundle for"):
        write(tasks_in(tmp_path / "lead"), tmp_path)


def test_a_folder_is_scanned_for_what_came_back(tmp_path: Path, store: ReviewStore) -> None:
    """Bundles as they went out lie beside, and are no mistake; given by name they are told."""
    path = write(tasks_in(tmp_path / "lead"), tmp_path, "ana", store=store)[0]
    with ew.open_bundle(path) as bundle:
        answer(bundle, 3)
        hand_in(bundle)

    assert (1, 3, ()) == ((report := ew.merge_bundles(tmp_path, store)).bundles, report.new, report.odd)
    told = ew.merge_bundles(path, store)
    assert ["unreadable"] == kinds(told)
    assert ["unreadable"] == list(told.table()["kind"])
    with pytest.raises(ExchangeError, match="its lead merges it"):
        ew.open_bundle(tmp_path / f"{bundle.folder.name}.returned.evalbundle")
