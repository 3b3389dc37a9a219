"""The image stage without a browser: its state, its messages and its manners."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import comm
import pytest
from comm.base_comm import BaseComm
from ipywidgets.widgets.widget import _instances
from traitlets import TraitError

from evalwidgets.errors import UnknownName
from evalwidgets.widgets.image_stage import ImageStage

JPEG = b"\xff\xd8\xff\xe0 the bytes of a picture"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return the list in which every message to the browser is recorded."""
    messages: list[dict[str, Any]] = []

    class RecordingComm(BaseComm):
        def publish_msg(self, msg_type: str, **message: Any) -> None:
            messages.append({"msg_type": msg_type, **message})

    monkeypatch.setattr(comm, "create_comm", RecordingComm)
    return messages


def scene_of(kind: str, key: str = "t1") -> dict[str, Any]:
    """Return a scene of a kind as the panel sends it."""
    roles = {"edit": ["original", "edited"], "pair": ["a", "b"]}.get(kind, ["image"])
    pictures = [
        {"role": role, "label": role.title(), "picture": f"{key}-{role}", "width": 8, "height": 6}
        for role in roles
    ]
    texts = [{"label": "Instruction", "text": "Add a ball"}]
    return {"key": key, "kind": kind, "pictures": pictures, "texts": texts, "notice": ""}


def receive(stage: ImageStage, content: object) -> None:
    """Let the stage receive a custom message as if it came from the browser."""
    data = {"method": "custom", "content": content}
    stage._handle_msg({"content": {"data": data}, "buffers": []})


def test_state_is_the_scene_the_queue_the_mode_and_the_controls() -> None:
    """What the browser is told is exactly what was set."""
    scene, queue = scene_of("edit"), [scene_of("edit", "t2")]

    stage = ImageStage(scene=scene, queue=queue, mode="wipe", controls=False)

    state = stage.get_state(["scene", "queue", "mode", "controls"])
    assert state == {"scene": scene, "queue": queue, "mode": "wipe", "controls": False}


@pytest.mark.parametrize(
    ("kind", "mode"), [("edit", "flip"), ("pair", "side"), ("image", "flip"), ("prompt", "flip")]
)
def test_a_pair_starts_side_by_side_and_everything_else_in_flip(kind: str, mode: str) -> None:
    """Each kind of task starts in the mode that suits it."""
    stage = ImageStage(scene=scene_of(kind))

    assert mode == stage.mode


def test_the_mode_follows_the_person() -> None:
    """A mode chosen in the browser is the stage's mode."""
    stage = ImageStage(scene=scene_of("edit"))

    stage.set_state({"mode": "side"})

    assert stage.mode == "side"


def test_the_rate_of_blinking_follows_the_person_and_never_flashes() -> None:
    """Two changes a second until the person chooses; more than three are refused, as is a stop."""
    stage = ImageStage(scene=scene_of("edit"))
    assert stage.blink_rate == 2

    stage.set_state({"blink_rate": 3})

    assert stage.blink_rate == 3
    for rate in (0, 4, 2.5):
        with pytest.raises(TraitError, match="blink_rate"):
            stage.blink_rate = rate


def test_a_pair_may_have_four_candidates_and_an_original() -> None:
    """The letters of all candidates are roles that a scene may have."""
    scene = {**scene_of("pair"), "pictures": [{"role": role} for role in ("original", *"abcd")]}

    assert ImageStage(scene=scene).scene == scene


def test_a_part_travels_as_a_buffer_and_never_as_state(sent: list[dict[str, Any]]) -> None:
    """The bytes are in the buffers of one custom message that says where they belong, and nowhere else."""
    stage = ImageStage(scene=scene_of("edit"))
    sent.clear()

    stage.send_part("t1-edited", 40, 99, JPEG, "image/jpeg")

    content = {"type": "part", "picture": "t1-edited", "at": 40, "size": 99, "media_type": "image/jpeg"}
    expected = [({"method": "custom", "content": content}, [JPEG])]
    assert expected == [(message["data"], message["buffers"]) for message in sent]
    assert JPEG not in repr(stage.get_state()).encode()
    assert not any(value == JPEG for value in vars(stage).values())


def test_setting_a_scene_sends_that_scene_and_no_buffer(sent: list[dict[str, Any]]) -> None:
    """Moving to the next task is one small message."""
    stage = ImageStage(scene=scene_of("edit"))
    sent.clear()

    stage.scene = scene_of("edit", "t2")

    expected = [({"scene": scene_of("edit", "t2")}, [])]
    assert expected == [(message["data"]["state"], message["buffers"]) for message in sent]


def test_word_of_a_missing_picture_is_one_small_message(sent: list[dict[str, Any]]) -> None:
    """A browser that asked in vain is told so, and goes on with the other pictures."""
    stage = ImageStage(scene=scene_of("edit"))
    sent.clear()

    stage.send_missing("t1-edited")

    expected = [({"method": "custom", "content": {"type": "missing", "picture": "t1-edited"}}, [])]
    assert expected == [(message["data"], message["buffers"] or []) for message in sent]


def test_the_browser_asks_for_the_part_it_lacks() -> None:
    """The picture and the place reach everyone who answers."""
    stage, needs = ImageStage(scene=scene_of("edit")), []
    stage.on_need(lambda picture, at: needs.append((picture, at)))

    receive(stage, {"type": "need", "picture": "h2", "at": 131072})

    assert needs == [("h2", 131072)]


def test_the_browser_reports_what_it_has_painted() -> None:
    """The key of a painted scene reaches everyone who asked for it."""
    stage, heard = ImageStage(scene=scene_of("edit")), []
    stage.on_shown(lambda key: heard.append(("first", key)))
    stage.on_shown(lambda key: heard.append(("second", key)))

    receive(stage, {"type": "shown", "key": "t1"})

    assert heard == [("first", "t1"), ("second", "t1")]


@pytest.mark.parametrize(
    "content",
    [
        *(None, [], "shown", {}, {"type": "shown"}, {"type": "shown", "key": 3}),
        *({"type": "need"}, {"type": "need", "picture": "h1"}, {"type": "need", "picture": "h1", "at": "0"}),
        {"type": "need", "picture": ["h1"], "at": 0},
    ],
)
def test_a_malformed_message_calls_nobody(content: object) -> None:
    """Whatever a browser sends that is not understood is ignored."""
    stage, calls = ImageStage(scene=scene_of("edit")), []
    stage.on_need(lambda picture, at: calls.append((picture, at)))
    stage.on_shown(calls.append)

    stage._receive(stage, content, [])

    assert calls == []


def test_recall_is_told_although_the_scene_did_not_change(sent: list[dict[str, Any]]) -> None:
    """A browser that ran ahead of a refused submit is brought back."""
    stage = ImageStage(scene=scene_of("edit"))
    sent.clear()

    stage.recall()

    expected = [{"method": "custom", "content": {"type": "recall"}}]
    assert expected == [message["data"] for message in sent]


def test_an_unknown_argument_is_an_error_with_a_hint() -> None:
    """A misspelt argument is not swallowed."""
    with pytest.raises(UnknownName, match=r"No option 'scenes' in ImageStage. Did you mean 'scene'"):
        ImageStage(scenes=[])


def test_an_unknown_kind_or_role_is_an_error_that_names_the_scene() -> None:
    """A scene that the browser could not show is refused where it is set."""
    stage = ImageStage(scene=scene_of("edit"))

    with pytest.raises(UnknownName, match=r"No kind 'edits' in scene 't1'. Did you mean 'edit'"):
        stage.scene = {**scene_of("edit"), "kind": "edits"}
    with pytest.raises(UnknownName, match=r"No role 'image' in scene 't1'. Known: edited, original"):
        stage.queue = [{**scene_of("image"), "kind": "edit"}]
    assert scene_of("edit") == stage.scene


def test_the_text_beside_the_view_is_one_stable_line() -> None:
    """What a forge shows, and what nbval compares, is the same in every run."""
    stage = ImageStage(scene=scene_of("edit"))

    bundle, _metadata = stage._repr_mimebundle_()

    assert bundle["text/plain"] == "ImageStage(kind='edit', mode='flip')"
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == stage.model_id


def test_an_empty_stage_has_a_text_too() -> None:
    """A stage without a scene can be shown and named."""
    assert repr(ImageStage()) == "ImageStage(kind=None, mode='flip')"


def test_three_hundred_scenes_register_no_widget() -> None:
    """The next task changes traits of one widget; nothing piles up."""
    stage = ImageStage(scene=scene_of("edit"))
    before = len(_instances)

    for number in range(300):
        stage.scene = scene_of("edit", f"t{number}")
        stage.queue = [scene_of("edit", f"t{number + 1}"), scene_of("edit", f"t{number + 2}")]
        stage.send_part(f"t{number}-edited", 0, len(JPEG), JPEG, "image/jpeg")

    assert before == len(_instances)


def test_the_module_holds_every_part_once() -> None:
    """The browser gets one text without imports, with one default export."""
    module = ImageStage._esm

    assert "import {" not in module
    assert module.count("export default") == 1
    for name in ("StageCanvas", "PictureCache", "PictureTransfers", "SceneTrack", "StageView"):
        assert module.count(f"class {name} {{") == 1


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_the_joined_module_is_valid_javascript(tmp_path: Path) -> None:
    """No name of one part collides with a name of another."""
    module = tmp_path / "stage.mjs"
    module.write_text(ImageStage._esm, encoding="utf-8")

    checked = subprocess.run(["node", "--check", str(module)], capture_output=True, check=False)

    assert checked.stderr == b""
