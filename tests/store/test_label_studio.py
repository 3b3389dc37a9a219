"""Label Studio: all comes back, its own SDK takes it, and its own files are read with each guess told."""

from __future__ import annotations

import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from evalwidgets.core.review import Answer, Review
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange.label_studio import read_label_studio, write_label_studio
from evalwidgets.store.exchange.work import Work

from .works import works

ANY_WORK = st.sampled_from(["edit", "pair"]).flatmap(works)


def same_work(one: Work, other: Work) -> None:
    """Assert that two works are equal in all but the paths of their pictures."""
    paths = [task.model_copy(update={"images": dict.fromkeys(task.images, "")}) for task in one.tasks]
    others = [task.model_copy(update={"images": dict.fromkeys(task.images, "")}) for task in other.tasks]
    assert others == paths
    assert other.reviews == one.reviews
    assert [it.content_hash for it in other.reviews] == [it.content_hash for it in one.reviews]
    assert dict(other.rubrics) == dict(one.rubrics)


@settings(max_examples=200)
@given(ANY_WORK)
def test_all_comes_back(work: Work) -> None:
    """Tasks but for the paths of their pictures, rubrics, and reviews to the last byte of their content."""
    with tempfile.TemporaryDirectory() as place:
        write_label_studio(work, Path(place))
        back = read_label_studio(Path(place))

    same_work(work, back.work)
    assert back.left_out == ()


@settings(max_examples=25)
@given(ANY_WORK)
def test_the_sdk_of_label_studio_takes_what_is_written(work: Work) -> None:
    """Its config, its tasks and every annotation are valid by label-studio-sdk, two-image tasks included."""
    from label_studio_sdk.label_interface import LabelInterface
    from label_studio_sdk.label_interface.objects import TaskValue

    with tempfile.TemporaryDirectory() as place:
        write_label_studio(work, Path(place))
        for path in Path(place).rglob("tasks.json"):
            interface = LabelInterface((path.parent / "config.xml").read_text(encoding="utf-8"))
            interface.validate()
            for task in json.loads(path.read_text(encoding="utf-8")):
                TaskValue.model_validate(task)
                assert interface.validate_task({"data": task["data"]})
                for annotation in task["annotations"]:
                    # validate_prediction applies the same checks and, unlike validate_annotation, names them.
                    assert interface.validate_prediction(annotation, return_errors=True) == []
                    assert interface.validate_annotation(annotation)
