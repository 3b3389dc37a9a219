"""Publishing a rubric as a file: once, whole, read-only, and refused once somebody has changed it."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from evalwidgets.core.rubric import Rubric
from evalwidgets.core.rubric_edit import SetTo
from evalwidgets.core.rubric_release import released
from evalwidgets.errors import RubricError, StoreError
from evalwidgets.store import rubric_writer
from evalwidgets.store.rubric_writer import publish_rubric
from evalwidgets.store.rubrics import list_rubrics, read_rubric, write_schema

from ..samples import every_control

BEFORE = every_control()


def a_version(help_: str = "Look twice.", version: str = "1.1.0") -> Rubric:
    """Return the next version, with help for a criterion."""
    edit = SetTo(place=("criteria", "quality", "help"), to=help_)
    return released(BEFORE, [edit], version=version, date="2026-11-28", changes=["Quality has help."])


def opened_up(path: Path, old: str, new: str) -> Path:
    """Change a published file as somebody would who insists."""
    path.chmod(0o644)
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    return path


def test_a_published_file_is_whole_sealed_and_read_only(tmp_path: Path) -> None:
    """Named by id and version; editors find the schema; nothing else is left in the folder."""
    write_schema(tmp_path / "schema.json")
    after = a_version()

    path = publish_rubric(after, tmp_path, before=BEFORE)

    assert tmp_path / "every-control-1.1.0.yaml" == path
    assert read_rubric(path) == after
    first, second = path.read_text("utf-8").splitlines()[:2]
    assert "# yaml-language-server: $schema=schema.json" == first
    assert f"# published: 2026-11-28 sha256:{after.hash}" == second
    assert 0o444 == stat.S_IMODE(path.stat().st_mode)
    assert {"every-control-1.1.0.yaml", "schema.json"} == {one.name for one in tmp_path.iterdir()}


def test_a_folder_is_made_and_without_a_schema_none_is_named(tmp_path: Path) -> None:
    """A reference that leads nowhere would only be an error in the editor."""
    path = publish_rubric(a_version(), tmp_path / "new" / "rubrics", before=BEFORE)

    assert path.read_text("utf-8").startswith("# published: ")


def test_the_same_version_is_published_once(tmp_path: Path) -> None:
    """Again with the same words: nothing happens; with others: refused, and the file stays."""
    path = publish_rubric(a_version(), tmp_path, before=BEFORE)
    before = path.stat()

    assert path == publish_rubric(a_version(), tmp_path, before=BEFORE)
    with pytest.raises(
        RubricError, match="published with other words, and a published version never changes"
    ):
        publish_rubric(a_version("Look three times."), tmp_path, before=BEFORE)

    assert (before.st_ino, before.st_mtime_ns) == (path.stat().st_ino, path.stat().st_mtime_ns)
    assert read_rubric(path) == a_version()


def test_a_published_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    """The message says where, that published versions never change, and what to do."""
    path = opened_up(publish_rubric(a_version(), tmp_path, before=BEFORE), "Look twice.", "Look once.")

    with pytest.raises(RubricError) as refused:
        read_rubric(path)

    assert f"{path}:1: published as 1.1.0, and changed since" in str(refused.value)
    assert "A published version never changes. Put the published words back" in str(refused.value)
    with pytest.raises(RubricError, match="changed since"):
        list_rubrics(tmp_path)
    with pytest.raises(RubricError, match="changed since"):
        publish_rubric(a_version(), tmp_path, before=BEFORE)


def test_what_changes_no_content_breaks_no_seal(tmp_path: Path) -> None:
    """A comment, an empty line, a byte order mark, line ends of Windows; a seal further down is none."""
    path = publish_rubric(a_version(), tmp_path, before=BEFORE)
    path.chmod(0o644)
    text = path.read_text("utf-8")
    seal = text.splitlines()[0]

    for other in (
        f"# ours\n\n{text}",
        f"\ufeff{text}",
        text.replace("\n", "\r\n"),
        text.replace(seal, "# a draft").replace("Look twice.", "Look once."),
        f"{text.replace(seal, '# a draft')}# published: 2026-01-01 sha256:{'0' * 64}\n",
    ):
        path.write_bytes(other.encode())
        assert "1.1.0" == read_rubric(path).version


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (BEFORE, "nothing differs from 1.0.0"),
        (
            a_version().model_copy(update={"version": "1.0.1"}),
            "deserve a minor step; expected 1.1.0 or later",
        ),
        (a_version().model_copy(update={"id": "other"}), "expected another version of every-control"),
    ],
)
def test_what_cannot_be_the_next_version_is_not_written(after: Rubric, why: str, tmp_path: Path) -> None:
    """The folder stays empty."""
    with pytest.raises(RubricError, match=why):
        publish_rubric(after, tmp_path, before=BEFORE)

    assert [] == list(tmp_path.iterdir())


def test_of_two_who_publish_at_once_one_does(tmp_path: Path) -> None:
    """The other is told that the version has other words; no half file is ever seen."""
    ends: list[str] = []
    start = threading.Barrier(6)

    def work(number: int) -> None:
        start.wait()
        try:
            publish_rubric(a_version(f"Look {number} times."), tmp_path, before=BEFORE)
            ends.append("published")
        except RubricError as error:
            ends.append(str(error))

    people = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for one in people:
        one.start()
    for one in people:
        one.join()

    assert 1 == ends.count("published")
    assert 5 == sum("published with other words" in end for end in ends)
    assert ["every-control-1.1.0.yaml"] == [one.name for one in tmp_path.iterdir()]


def test_a_disk_without_links_keeps_a_version_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a memory stick."""

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(rubric_writer.os, "link", no_links)
    path = publish_rubric(a_version(), tmp_path, before=BEFORE)

    assert read_rubric(path) == a_version()
    with pytest.raises(RubricError, match="published with other words"):
        publish_rubric(a_version("Otherwise."), tmp_path, before=BEFORE)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "taken").write_text("")

    with pytest.raises(StoreError, match=r"could not be written to .* Choose another folder"):
        publish_rubric(a_version(), tmp_path / "taken", before=BEFORE)
