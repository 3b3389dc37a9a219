"""What the stage shows of a task: its pictures by hash, its texts, and a notice where one is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalwidgets.core.session import Session
from evalwidgets.core.task import Task
from evalwidgets.store.images import read_picture
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets import scenes
from evalwidgets.widgets.scenes import Scenes

from ..samples import an_edit, every_control, write_picture

RUBRIC = every_control()


class Sent(list[str]):
    """The hashes that were sent, in order."""

    def __call__(self, picture: str, data: bytes, media_type: str) -> None:
        """Take one picture."""
        assert data
        assert media_type.startswith("image/")
        self.append(picture)


@pytest.fixture
def sent_pictures() -> Sent:
    """Return the list of pictures that were sent."""
    return Sent()


@pytest.fixture
def session(edits: TaskSet) -> Session:
    """Return a session over the six edits."""
    return Session(RUBRIC, edits, "ana")


def test_a_scene_names_its_pictures_by_hash_and_size(
    edits: TaskSet, session: Session, sent_pictures: Sent
) -> None:
    """Roles in the order of the task, with a label, the hash of the copy, and its size in pixels."""
    scene = Scenes(edits, sent_pictures).scene(session.desk)

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
    assert [copy.digest for copy in copies] == sent_pictures


def test_a_pair_shows_all_its_texts_and_pictures(tmp_path: Path, sent_pictures: Sent) -> None:
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

    scene = Scenes(TaskSet([task], tmp_path), sent_pictures).scene(session.desk)

    assert ["A", "B", "Original"] == [one["label"] for one in scene["pictures"]]
    assert ["Instruction", "Prompt", "Guideline"] == [one["label"] for one in scene["texts"]]


def test_a_scene_that_is_shown_again_sends_nothing(
    edits: TaskSet, session: Session, sent_pictures: Sent
) -> None:
    """Each task's pictures travel once; a re-opened task is another scene."""
    stage = Scenes(edits, sent_pictures)
    scene = stage.scene(session.desk)

    assert scene is stage.scene(session.desk)
    assert len(sent_pictures) == 2


def test_a_picture_is_read_anew_when_it_is_asked_for(
    edits: TaskSet, session: Session, sent_pictures: Sent
) -> None:
    """No bytes are kept; a hash that was never sent is let go."""
    stage = Scenes(edits, sent_pictures)
    original, edited = (one["picture"] for one in stage.scene(session.desk)["pictures"])
    sent_pictures.clear()

    stage.resend([edited, "0" * 64, original])

    assert [edited, original] == sent_pictures


def test_a_picture_that_is_gone_since_does_not_keep_the_others_back(
    edits: TaskSet, session: Session, sent_pictures: Sent, caplog: pytest.LogCaptureFixture
) -> None:
    """The page gets what there still is."""
    stage = Scenes(edits, sent_pictures)
    original, edited = (one["picture"] for one in stage.scene(session.desk)["pictures"])
    edits.path_of(session.desk.task, "original").unlink()
    sent_pictures.clear()

    stage.resend([original, edited])

    assert [edited] == sent_pictures
    assert "could not be sent again" in caplog.text


def test_every_remembered_scene_can_be_sent_again(
    tmp_path: Path, sent_pictures: Sent, monkeypatch: pytest.MonkeyPatch
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
    stage = Scenes(TaskSet(tasks, tmp_path), sent_pictures)
    made = [stage.scene(session.open(task.id)) for task in tasks]
    sent_pictures.clear()

    for scene in made[-scenes._REMEMBERED :]:
        wanted = [one["picture"] for one in scene["pictures"]]
        stage.resend(wanted)
        assert wanted == sent_pictures[-2:]
    assert len(stage._made) == scenes._REMEMBERED
    assert len(stage._files) <= scenes._PLACES


def test_a_missing_picture_gives_a_notice_that_names_no_file(
    edits: TaskSet, session: Session, sent_pictures: Sent
) -> None:
    """The reviewer reads what to do; the file's name, which may tell the model, stays behind."""
    for role in ("original", "edited"):
        edits.path_of(session.desk.task, role).write_bytes(b"no picture")

    scene = Scenes(edits, sent_pictures).scene(session.desk)

    assert [None, None] == [one["picture"] for one in scene["pictures"]]
    assert scene["notice"] == (
        "Original: this picture cannot be shown. Flag it, or skip the task. "
        "Edited: this picture cannot be shown. Flag it, or skip the task."
    )
    assert sent_pictures == []
