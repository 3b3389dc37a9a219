"""What of a sensitive scene may leave the kernel: covers first, one picture after the other as asked."""

from __future__ import annotations

from typing import Any

from evalwidgets.widgets.covers import Covers


def scene_of(key: str, *, sensitive: bool = True) -> dict[str, Any]:
    """Return a scene as it is made, with all its hashes."""
    pictures = [
        {
            "role": role,
            "label": role,
            "picture": f"{key}-{role}",
            "width": 8,
            "height": 6,
            "cover": f"c-{role}",
        }
        for role in ("original", "edited")
    ]
    note = {"sensitive": {"note": "A wound."}} if sensitive else {}
    return {"key": key, "kind": "edit", "pictures": pictures, "texts": [], "notice": "", **note}


def pictures(scene: dict[str, Any]) -> list[str | None]:
    """Return the hashes that a scene tells."""
    return [one["picture"] for one in scene["pictures"]]


def test_a_sensitive_scene_leaves_with_covers_and_a_note() -> None:
    """Sizes and labels stay, hashes of the pictures do not; the scene that was made is as it was."""
    scene = scene_of("one")

    seen = Covers().over(scene)

    assert [None, None] == pictures(seen)
    assert ["c-original", "c-edited"] == [one["cover"] for one in seen["pictures"]]
    assert [8, 8] == [one["width"] for one in seen["pictures"]]
    assert {"note": "A wound.", "seen": 0, "pause": ""} == seen["sensitive"]
    assert scene == scene_of("one")


def test_other_scenes_are_left_alone() -> None:
    """The very same object comes back."""
    scene = scene_of("one", sensitive=False)

    assert scene is Covers().over(scene)


def test_one_picture_is_revealed_at_a_time() -> None:
    """The other one, and the same role of the next task, stay covered."""
    covers = Covers()
    covers.turn("one")

    covers.reveal("one", "edited")

    assert [None, "one-edited"] == pictures(covers.over(scene_of("one")))
    assert [None, None] == pictures(covers.over(scene_of("two")))


def test_who_comes_back_finds_it_covered() -> None:
    """What was revealed is forgotten with the turn to another task, not with a second look at this one."""
    covers = Covers()
    covers.reveal("one", "original")
    covers.turn("one")
    assert ["one-original", None] == pictures(covers.over(scene_of("one")))

    covers.turn("two")
    covers.turn("one")

    assert [None, None] == pictures(covers.over(scene_of("one")))


def test_what_stands_beside_the_note_is_asked_for_each_time() -> None:
    """A count that grew, or a pause that is due, is in the next scene that leaves."""
    covers = Covers()
    seen = iter(range(5))
    covers.facts = lambda: {"seen": next(seen), "pause": "Take one."}

    told = [covers.over(scene_of("one"))["sensitive"] for _ in range(2)]

    assert [(0, "Take one."), (1, "Take one.")] == [(one["seen"], one["pause"]) for one in told]
