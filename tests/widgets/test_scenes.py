"""What the stage shows of a task: its pictures by hash, its texts, and a notice where one is missing."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from evalwidgets.core.session import Session
from evalwidgets.core.task import Task
from evalwidgets.store.images import Picture, read_picture
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import panel_card, picture_shelf, scenes
from evalwidgets.widgets.image_stage import ImageStage
from evalwidgets.widgets.panel_view import PanelView
from evalwidgets.widgets.scenes import Scenes

from ..samples import an_edit, every_control, write_picture

RUBRIC = every_control()


class Sent(ImageStage):
    """A stage that notes what it was told to send, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, int, int, bytes, str]] = []
        self.missing: list[str] = []

    def send_part(self, picture: str, at: int, size: int, data: bytes, media_type: str) -> None:
        """Note a part."""
        self.parts.append((picture, at, size, data, media_type))

    def send_missing(self, picture: str) -> None:
        """Note word of a missing picture."""
        self.missing.append(picture)


@pytest.fixture
def stage() -> Sent:
    """Return a stage that notes what it was told to send."""
    return Sent()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the list of the picture files that were read, in order."""
    paths: list[Path] = []

    def noted(path: Path, **options: Any) -> Picture:
        paths.append(path)
        return read_picture(path, **options)

    monkeypatch.setattr(picture_shelf, "read_picture", noted)
    return paths


@pytest.fixture
def session(edits: TaskSet) -> Session:
    """Return a session over the six edits."""
    return Session(RUBRIC, edits, "ana")


def test_a_scene_names_its_pictures_by_hash_and_size(edits: TaskSet, session: Session, stage: Sent) -> None:
    """Roles in the order of the task, with a label, the hash of the copy, and its size in pixels."""
    scene = Scenes(edits, stage).scene(session.desk)

    task = session.desk.task
    copies = [read_picture(edits.path_of(task, role)) for role in ("original", "edited")]
    assert scene == {
        "key": session.desk.key,
        "kind": "edit",
        "pictures": [
            {"role": role, "label": role.capitalize(), "picture": copy.digest, "width": 24, "height": 16}
            for role, copy in zip(("original", "edited"), copies, strict=True)
        ],
        "texts": [{"label": "Instruction", "text": task.instruction}],
        "notice": "",
    }


def test_a_pair_shows_all_its_texts_and_pictures(tmp_path: Path, stage: Sent) -> None:
    """Labels say A and B; instruction, prompt and guideline each have theirs."""
    images = {
        role: write_picture(tmp_path / f"{role}.png", n).name for n, role in enumerate(("a", "b", "original"))
    }
    task = Task.model_validate(
        {
            "id": "p",
            "kind": "pair",
            "images": images,
            "prompt": "A cat",
            "guideline": "Cats",
            "instruction": "Draw",
        }
    )
    session = Session(RUBRIC, [task], "ana")

    scene = Scenes(TaskSet([task], tmp_path), stage).scene(session.desk)

    assert ["A", "B", "Original"] == [one["label"] for one in scene["pictures"]]
    assert ["Instruction", "Prompt", "Guideline"] == [one["label"] for one in scene["texts"]]


def test_a_scene_is_made_once_and_nothing_is_sent_unasked(
    edits: TaskSet, session: Session, stage: Sent, reads: list[Path]
) -> None:
    """The browser asks for what it lacks as soon as it sees a scene."""
    made = Scenes(edits, stage)
    scene = made.scene(session.desk)

    assert scene is made.scene(session.desk)
    assert len(reads) == 2
    assert stage.parts == []


def test_an_intro_is_asked_of_stage_and_form_alike(edits: TaskSet, session: Session) -> None:
    """A form that waits for a stage that shows everything at once would wait for ever."""
    view = PanelView(edits, lambda _: None, lambda *_: None)
    view.show(session, panel_card.none())
    assert "intro" not in view.stage.scene
    assert "intro" not in view.form.shown["layout"]

    view.scenes.intro = True
    view.show(session, panel_card.none())

    asked = [view.stage.scene, *view.stage.queue, view.form.shown["layout"]]
    assert all(one["intro"] for one in [*asked, *(laid["layout"] for laid in view.form.queue)])
    view.scenes.intro = False
    assert "intro" not in view.scenes.scene(session.desk)


def test_a_picture_comes_in_parts_that_make_it_up(
    edits: TaskSet, session: Session, stage: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part is answered with its place, the size of the whole and the media type."""
    monkeypatch.setattr(scenes, "PART", 50)
    made = Scenes(edits, stage)
    digest = made.scene(session.desk)["pictures"][1]["picture"]
    copy = read_picture(edits.path_of(session.desk.task, "edited"))
    places = range(0, len(copy.data), 50)

    for at in places:
        made.send_part(digest, at)

    assert len(places) > 2
    assert [(digest, at, len(copy.data), "image/png") for at in places] == [
        (picture, at, size, media_type) for picture, at, size, _, media_type in stage.parts
    ]
    assert copy.data == b"".join(data for *_, data, _ in stage.parts)


@pytest.mark.parametrize("at", [-1, -50, 10**9])
def test_a_place_outside_a_picture_is_answered_as_missing(
    edits: TaskSet, session: Session, stage: Sent, at: int
) -> None:
    """A page that counts wrongly gets no empty part that it would ask for for ever."""
    made = Scenes(edits, stage)
    digest = made.scene(session.desk)["pictures"][0]["picture"]

    made.send_part(digest, at)

    assert ([digest], []) == (stage.missing, stage.parts)


def test_copies_used_last_are_not_read_again(
    edits: TaskSet, session: Session, stage: Sent, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies are kept up to a number of bytes, the newest even if it is larger than that."""
    made = Scenes(edits, stage)
    original, edited = (one["picture"] for one in made.scene(session.desk)["pictures"])
    for digest in (edited, original, edited):
        made.send_part(digest, 0)
    assert len(reads) == 2

    monkeypatch.setattr(picture_shelf, "_KEPT_BYTES", 1)
    for digest in (edited, edited, original, original, edited):
        made.send_part(digest, 0)

    names = [Path(path).name for path in reads[2:]]
    files = [edits.path_of(session.desk.task, role).name for role in ("original", "edited")]
    assert files == names
    assert [edited] == list(made._shelf._kept)


@pytest.mark.parametrize("damage", ["gone", "another"])
def test_a_picture_that_is_gone_since_is_answered_as_missing(
    edits: TaskSet,
    session: Session,
    stage: Sent,
    damage: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No other picture is sent under its hash, and the page gets what there still is."""
    monkeypatch.setattr(picture_shelf, "_KEPT_BYTES", 1)
    made = Scenes(edits, stage)
    original, edited = (one["picture"] for one in made.scene(session.desk)["pictures"])
    path = edits.path_of(session.desk.task, "original")
    path.unlink()
    if damage == "another":
        write_picture(path, 99)

    for digest in (original, "0" * 64, edited):
        made.send_part(digest, 0)

    assert [original, "0" * 64] == stage.missing
    assert [edited] == [part[0] for part in stage.parts]


def test_every_remembered_scene_can_be_sent_again(
    tmp_path: Path, stage: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reviewer who leafs far back finds the pictures of each task, however many there were between."""
    names = {
        role: write_picture(tmp_path / f"{role}.png", n).name for n, role in enumerate(("original", "edited"))
    }
    tasks = []
    for number in range(scenes._REMEMBERED + 20):
        mine = {role: f"{number}-{name}" for role, name in names.items()}
        for at, name in enumerate(mine.values()):
            write_picture(tmp_path / name, 2 * number + at, (24, 16 + number))
        tasks.append(an_edit(f"t{number:03}", images=mine))
    session = Session(RUBRIC, tasks, "ana", seed=None)
    monkeypatch.setattr(picture_shelf, "_KEPT_BYTES", 1)
    maker = Scenes(TaskSet(tasks, tmp_path), stage)
    made = [maker.scene(session.open(task.id)) for task in tasks]

    for scene in made[-scenes._REMEMBERED :]:
        wanted = [one["picture"] for one in scene["pictures"]]
        for digest in wanted:
            maker.send_part(digest, 0)
        assert wanted == [part[0] for part in stage.parts[-2:]]
    assert len(maker._made) == scenes._REMEMBERED
    assert len(maker._shelf._sources) <= scenes._PLACES


def test_a_missing_picture_gives_a_notice_that_names_no_file(
    edits: TaskSet, session: Session, stage: Sent
) -> None:
    """The reviewer reads what to do; the file's name, which may tell the model, stays behind."""
    for role in ("original", "edited"):
        edits.path_of(session.desk.task, role).write_bytes(b"no picture")

    scene = Scenes(edits, stage).scene(session.desk)

    assert [None, None] == [one["picture"] for one in scene["pictures"]]
    assert scene["notice"] == (
        "Original: this picture cannot be shown. Flag it, or skip the task. "
        "Edited: this picture cannot be shown. Flag it, or skip the task."
    )


def pair_of(folder: Path, **sizes: tuple[int, int]) -> tuple[TaskSet, Task]:
    """Return a pair whose pictures have these sizes, by role."""
    images = {
        role: write_picture(folder / f"{role}.png", number, size).name
        for number, (role, size) in enumerate(sizes.items())
    }
    task = Task.model_validate({"id": "p", "kind": "pair", "images": images, "prompt": "A cat"})
    return TaskSet([task], folder), task


@pytest.mark.parametrize(
    ("sizes", "common"),
    [
        ({"a": (512, 336), "b": (1024, 672)}, (1024, 672)),
        ({"a": (512, 341), "b": (496, 331), "original": (500, 333)}, (500, 333)),
        ({"a": (64, 48), "b": (64, 48), "original": (32, 24)}, (32, 24)),
    ],
)
def test_candidates_reach_the_page_in_one_size(
    tmp_path: Path, stage: Sent, sizes: dict[str, tuple[int, int]], common: tuple[int, int]
) -> None:
    """That of the original, else of the largest: models tell which they are by the pixels they make."""
    tasks, task = pair_of(tmp_path, **sizes)
    made = Scenes(tasks, stage)

    scene = made.of_task(task)

    assert {common} == {(one["width"], one["height"]) for one in scene["pictures"]}
    for one in scene["pictures"]:
        made.send_part(one["picture"], 0)
    assert [one["picture"] for one in scene["pictures"]] == [part[0] for part in stage.parts]
    shown = [Image.open(io.BytesIO(data)).size for _, _, size, data, _ in stage.parts if size == len(data)]
    assert set(shown) <= {common}


def test_a_fitted_copy_that_was_let_go_is_made_anew(
    tmp_path: Path, stage: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the same hash, in the same size."""
    monkeypatch.setattr(picture_shelf, "_KEPT_BYTES", 1)
    tasks, task = pair_of(tmp_path, a=(64, 48), b=(32, 24))
    made = Scenes(tasks, stage)
    first, second = (one["picture"] for one in made.of_task(task)["pictures"])

    for digest in (first, second, first):
        made.send_part(digest, 0)

    assert stage.missing == []
    assert [(64, 48)] * 3 == [Image.open(io.BytesIO(part[3])).size for part in stage.parts]


def test_an_edit_keeps_the_sizes_of_its_pictures(tmp_path: Path, stage: Sent) -> None:
    """Whether an edit kept its size is judged, and pixels are compared as they are."""
    task = an_edit("t1")
    write_picture(tmp_path / task.images["original"], 1, (24, 16))
    write_picture(tmp_path / task.images["edited"], 2, (48, 32))

    scene = Scenes(TaskSet([task], tmp_path), stage).of_task(task)

    assert [24, 48] == [one["width"] for one in scene["pictures"]]


def test_a_candidate_that_cannot_be_read_leaves_the_others_in_one_size(tmp_path: Path, stage: Sent) -> None:
    """The notice names its letter."""
    tasks, task = pair_of(tmp_path, a=(64, 48), b=(32, 24), original=(16, 12))
    (tmp_path / "a.png").write_bytes(b"no picture")

    scene = Scenes(tasks, stage).of_task(task)

    assert [0, 16, 16] == [one["width"] for one in scene["pictures"]]
    assert scene["notice"].startswith("A: this picture cannot be shown.")


def test_a_picture_shown_otherwise_than_it_is_stored_says_so(
    edits: TaskSet, session: Session, stage: Sent
) -> None:
    """Who sees the first frame of an animation judges that, and knows it."""
    frames = [Image.new("L", (8, 8), 40 * number) for number in range(1, 4)]
    path = edits.path_of(session.desk.task, "edited")
    frames[0].save(path, format="GIF", save_all=True, append_images=frames[1:])

    scene = Scenes(edits, stage).scene(session.desk)

    assert scene["texts"][-1] == {"label": "Note", "text": "Edited: Animated: first of 3 frames."}
