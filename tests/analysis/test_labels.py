"""Labels of tasks: their tags in readable words."""

from __future__ import annotations

from evalwidgets.analysis.labels import task_labels
from evalwidgets.core.task import Task


def test_tags_become_short_texts() -> None:
    """Text and numbers name their tag, true is the name alone, false is nothing, lists are single labels."""
    tags = {
        "edit_type": "remove",
        "shadow": True,
        "sensitive": False,
        "subjects": ("character", "big_dog"),
        "objects": 3,
        "scale": 0.5,
    }
    task = Task(id="t", kind="image", images={"image": "a.png"}, tags=tags)

    assert task_labels([task]) == {
        "t": (
            "edit type: remove",
            "shadow",
            "subjects: character",
            "subjects: big dog",
            "objects: 3",
            "scale: 0.5",
        )
    }


def test_a_task_without_tags_has_no_labels() -> None:
    """It is in the mapping all the same."""
    assert task_labels([Task(id="t", kind="image", images={"image": "a.png"})]) == {"t": ()}
