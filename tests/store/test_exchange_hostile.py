"""Files of strangers: whatever stands in them, reading ends in work or in an `ExchangeError` with a place."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import ExchangeError
from evalwidgets.store.exchange import json_file
from evalwidgets.store.exchange.argilla import read_argilla, write_argilla
from evalwidgets.store.exchange.coco import read_coco, write_coco
from evalwidgets.store.exchange.hugging_face import read_hugging_face, write_hugging_face
from evalwidgets.store.exchange.ipyannotations_folder import read_ipyannotations, write_ipyannotations
from evalwidgets.store.exchange.label_studio import read_label_studio, write_label_studio
from evalwidgets.store.exchange.work import Brought, Work, Written

from .picture_works import a_drawn_work
from .test_label_studio import THEIR_OWN


class Format(NamedTuple):
    """How a format is written and read."""

    write: Callable[[Work, Path], Written]
    read: Callable[[Path, Mapping[str, Rubric] | None], Brought]
    file: str
    """The one whose damage is tried."""


FORMATS = {
    "label_studio": Format(write_label_studio, read_label_studio, "tasks.json"),
    "coco": Format(write_coco, read_coco, "coco.json"),
    "hugging_face": Format(write_hugging_face, read_hugging_face, "metadata.jsonl"),
    "argilla": Format(write_argilla, read_argilla, "*/records.jsonl"),
    "ipyannotations": Format(write_ipyannotations, read_ipyannotations, "shapes/*-edited.json"),
    "facts": Format(write_argilla, read_argilla, "evalwidgets.json"),
}
EVIL: list[Any] = [
    *(None, True, -1, 0, 3.7, 10**30, 1e300, "", "x", "\ud800", "a\x00b", "../../etc/passwd"),
    *("/etc/passwd", "C:\\boot.ini", [], {}, [[]], {"unknown": 1}, [None], "9" * 400, [1e308, 1e308]),
]


def written(name: str, folder: Path) -> Path:
    """Return the file of a format that is to be damaged, written into a folder."""
    FORMATS[name].write(a_drawn_work(folder / "in"), folder / "out")
    return next(iter(sorted((folder / "out").glob(FORMATS[name].file))))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything in a JSON value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


def damaged(value: Any, path: tuple[Any, ...], evil: Any) -> Any:
    """Return a copy of a JSON value with one place replaced."""
    if not path:
        return evil
    changed = copy.deepcopy(value)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = evil
    return changed


def read_or_refused(name: str, folder: Path) -> None:
    """Assert that reading returns, or raises what every file of strangers raises, naming a file."""
    try:
        FORMATS[name].read(folder, None)
    except ExchangeError as error:
        said = str(error)
    else:
        return
    assert str(folder) in said


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(choice=st.integers(0, 10**6), evil=st.sampled_from(EVIL))
def test_one_damaged_place_is_read_or_refused(tmp_path: Path, name: str, choice: int, evil: Any) -> None:
    """Whatever takes the place of a value, no other error escapes."""
    kept = tmp_path / "kept.json"
    if not kept.exists():
        file = written(name, tmp_path)
        shutil.copy(file, kept)
    else:
        file = next(iter(sorted((tmp_path / "out").glob(FORMATS[name].file))))
    whole = json.loads(kept.read_text(encoding="utf-8"))
    every = list(places(whole))
    file.write_text(json.dumps(damaged(whole, every[choice % len(every)], evil)), encoding="utf-8")

    read_or_refused(name, tmp_path / "out")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(choice=st.integers(0, 10**6), evil=st.sampled_from(EVIL))
def test_one_damaged_place_of_an_export_is_read_or_refused(tmp_path: Path, choice: int, evil: Any) -> None:
    """The same of an export that Label Studio itself made."""
    every = list(places(THEIR_OWN))
    text = json.dumps(damaged(THEIR_OWN, every[choice % len(every)], evil))
    (tmp_path / "tasks.json").write_text(text, encoding="utf-8")

    read_or_refused("label_studio", tmp_path)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "not JSON"),
        (b'{"a": NaN}', "expected a number, got NaN"),
        (b'{"a": 1e999}', "expected a number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b"[" * 100_000, "nested too deeply"),
        (b'"\xff\xfe"', "expected UTF-8"),
    ],
)
def test_what_is_no_sane_json_is_refused_with_its_file(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    """NaN, numbers without end, keys that stand twice, endless nesting, other encodings."""
    file = written(name, tmp_path)
    file.write_bytes(content)
    with pytest.raises(ExchangeError) as caught:
        FORMATS[name].read(tmp_path / "out", None)

    assert str(file) in str(caught.value)
    assert why in str(caught.value)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_gigabytes_is_refused_unread(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its size is asked first."""
    written(name, tmp_path)
    monkeypatch.setattr(json_file, "MAX_BYTES", 100)
    with pytest.raises(ExchangeError, match="MB are read"):
        FORMATS[name].read(tmp_path / "out", None)


@pytest.mark.parametrize("path", ["../secret.png", "/etc/passwd", "C:\\secret.png", "~/secret.png"])
def test_a_picture_outside_of_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    """Ours or another's file: no task ever names one."""
    rows: list[Any] = [{"data": {"image": f"/data/local-files/?d={path}"}, "annotations": []}]
    (tmp_path / "tasks.json").write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(ExchangeError, match=r"tasks\.json.*give a path inside"):
        read_label_studio(tmp_path)

    task = {"id": "t", "kind": "image", "images": {"image": path}}
    facts = {"tasks": [{"place": 0, "task": task}], "rubrics": {}, "reviews": []}
    content = {"images": [], "annotations": [], "categories": [], "evalwidgets": facts}
    (tmp_path / "coco.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ExchangeError, match=r"coco\.json.*give a path inside"):
        read_coco(tmp_path)


def test_a_rubric_that_was_changed_is_refused(tmp_path: Path) -> None:
    """Its words would no longer be those that the reviewers saw."""
    write_hugging_face(a_drawn_work(tmp_path / "in"), tmp_path / "out")
    path = tmp_path / "out/evalwidgets.json"
    path.write_text(path.read_text(encoding="utf-8").replace("What level 3", "Whatever 3"), encoding="utf-8")
    with pytest.raises(ExchangeError, match="the rubric was changed"):
        read_hugging_face(tmp_path / "out")
