"""Files that only look like bundles: each is refused with a sentence, and nothing of it is written."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import evalwidgets as ew
from evalwidgets.errors import ExchangeError
from evalwidgets.store.bundle.bundle_file import MAX_ENTRIES, BundleFile

from ..samples import every_control
from .bundle_samples import answer, hand_in, tasks_in, write

PICTURE = f"pictures/{'a' * 64}.png"
Change = Callable[[zipfile.ZipFile], object]


@pytest.fixture(scope="module")
def bundle_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sound bundle."""
    folder = tmp_path_factory.mktemp("sound")
    return write(tasks_in(folder / "lead", 1), folder, "ana")[0]


def entry(name: str, **facts: int) -> zipfile.ZipInfo:
    """Return an entry of any name and make."""
    made = zipfile.ZipInfo(name)
    for fact, value in facts.items():
        setattr(made, fact, value)
    return made


def link(file: zipfile.ZipFile) -> None:
    """Add a symbolic link to a file of the machine."""
    file.writestr(entry(PICTURE, create_system=3, external_attr=(stat.S_IFLNK | 0o777) << 16), "/etc/passwd")


def packed_picture(file: zipfile.ZipFile) -> None:
    """Add a picture that would swell."""
    file.writestr(entry(PICTURE, compress_type=zipfile.ZIP_DEFLATED), bytes(10_000_000))


def swelling_text(file: zipfile.ZipFile) -> None:
    """Add a text that unpacks to more than is allowed."""
    with file.open(entry("reviews.jsonl", compress_type=zipfile.ZIP_DEFLATED), "w") as stream:
        for _ in range(65):
            stream.write(bytes(1024 * 1024))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda file: file.writestr("../../evil.py", "x"), "does not belong into a bundle"),
        (lambda file: file.writestr("/etc/cron.d/evil", "x"), "does not belong into a bundle"),
        (lambda file: file.writestr("pictures/..\\evil.png", "x"), "does not belong into a bundle"),
        (lambda file: file.writestr("review.ipynb", "{}"), "does not belong into a bundle"),
        (lambda file: file.writestr("reviews.db", "x"), "does not belong into a bundle"),
        (lambda file: file.writestr("bundle.json", "{}"), "stands in it twice"),
        (link, "a link or a device"),
        (packed_picture, "packed in a way that bundles do not use"),
        (swelling_text, "unpacks to 68 MB"),
        (lambda file: file.writestr(PICTURE, b"no picture"), "not what its list says"),
        (lambda file: setattr(file, "comment", b"tail"), "not a zip, or cut off"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_that_bundles_do_not_have_is_refused(
    bundle_file: Path, tmp_path: Path, change: Change, why: str
) -> None:
    """Nothing is written, neither beside the bundle nor elsewhere, and the sentence says why."""
    path = tmp_path / "in/evil.evalbundle"
    path.parent.mkdir()
    path.write_bytes(bundle_file.read_bytes())
    with zipfile.ZipFile(path, "a") as file:
        change(file)

    with pytest.raises(ExchangeError, match=why):
        ew.open_bundle(path)

    assert [path.parent, path] == sorted(tmp_path.rglob("*"))


def _end(count: int, length: int, start: int) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count % 65_536, count % 65_536, length, start, 0)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a zip"),
        (b"PK\x05\x06", "not a zip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not a zip"),
        (bytes(100) + _end(MAX_ENTRIES + 1, 100, 0), f"more than {MAX_ENTRIES} entries"),
        (bytes(100) + _end(1, 2**30, 0), f"more than {MAX_ENTRIES} entries"),
        (b"PK\x06\x07" + bytes(16) + _end(1, 46, 0), f"more than {MAX_ENTRIES} entries"),
        (bytes(100) + _end(1, 46, 20), "damaged, or no bundle"),
    ],
)
def test_what_is_no_bundle_is_not_even_listed(tmp_path: Path, content: bytes, why: str) -> None:
    """A list of entries that would fill the memory is refused by its last record."""
    path = tmp_path / "x.evalbundle"
    path.write_bytes(content)

    with pytest.raises(ExchangeError, match=why):
        BundleFile(path)


def test_entries_that_lie_over_one_another_are_refused(tmp_path: Path) -> None:
    """A list that shows the same bytes under many names would unpack to far more than the file."""
    names = [f"pictures/{number:064x}.png" for number in range(40)]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr(names[0], bytes(100_000))
        first = file.infolist()[0]
        for name in names[1:]:
            copy = entry(name, header_offset=first.header_offset, CRC=first.CRC)
            copy.file_size = copy.compress_size = first.file_size
            file.filelist.append(copy)
    path = tmp_path / "x.evalbundle"
    path.write_bytes(stream.getvalue())

    with pytest.raises(ExchangeError, match="lie over one another"):
        BundleFile(path)


@given(st.data())
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_damaged_bundle_is_told_or_is_whole(bundle_file: Path, tmp_path: Path, data: st.DataObject) -> None:
    """One byte that flips, or a file that is cut: a sentence, or nothing that counts has changed."""
    sound = bundle_file.read_bytes()
    place = data.draw(st.integers(0, len(sound) - 1))
    flipped = sound[:place] + bytes([sound[place] ^ data.draw(st.integers(1, 255))]) + sound[place + 1 :]
    path = tmp_path / f"{len([*tmp_path.iterdir()])}.evalbundle"
    path.write_bytes(data.draw(st.sampled_from([flipped, sound[:place]])))

    told = ""
    try:
        ew.open_bundle(path).close()
    except ExchangeError as error:
        told = str(error)

    assert path.with_suffix("").is_dir() is not bool(told)
    assert told or [bundle_file.stat().st_size] == [path.stat().st_size]


@pytest.fixture(scope="module")
def returned(bundle_file: Path) -> tuple[bytes, list[ew.Review]]:
    """Return a sound returned bundle, and the review in it."""
    folder = bundle_file.with_name("work")
    with ew.open_bundle(bundle_file, folder) as bundle:
        answer(bundle, 1)
        return hand_in(bundle).read_bytes(), bundle.store.reviews()


@pytest.fixture(scope="module")
def lead(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ew.ReviewStore]:
    """Return a lead's store."""
    with ew.open_store(tmp_path_factory.mktemp("lead") / "reviews.db") as store:
        yield store


@given(place=st.integers(0, 100_000), flip=st.integers(1, 255))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_damaged_return_brings_nothing_but_its_own_reviews(
    returned: tuple[bytes, list[ew.Review]], lead: ew.ReviewStore, tmp_path: Path, place: int, flip: int
) -> None:
    """What was damaged on the way is listed as unreadable, or its reviews are those that were written."""
    damaged, written = bytearray(returned[0]), returned[1]
    damaged[place % len(damaged)] ^= flip
    path = tmp_path / "odd.returned.evalbundle"
    path.write_bytes(damaged)

    report = ew.merge_bundles(path, lead, rubric=every_control())

    assert lead.reviews() in ([], written)
    assert report.bundles or [odd.kind for odd in report.odd] == ["unreadable"]


def test_another_bundle_is_not_unpacked_over_a_folder(bundle_file: Path, tmp_path: Path) -> None:
    """Neither over somebody's work nor over other files."""
    other = write(tasks_in(tmp_path / "lead", 1), tmp_path, "ben")[0]
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "thesis.txt").write_text("years of work")

    ew.open_bundle(bundle_file, tmp_path / "ana").close()

    with pytest.raises(ExchangeError, match="--into"):
        ew.open_bundle(other, tmp_path / "ana")
    with pytest.raises(ExchangeError, match="nothing was overwritten"):
        ew.open_bundle(other, taken)
    with pytest.raises(ExchangeError, match="no opened bundle"):
        ew.open_bundle(taken)
    with pytest.raises(ExchangeError, match="no such file"):
        ew.open_bundle(tmp_path / "none.evalbundle")
    assert ["thesis.txt"] == [one.name for one in taken.iterdir()]


def test_a_folder_whose_rules_were_edited_is_refused(bundle_file: Path, tmp_path: Path) -> None:
    """A reviewer who changes the rubric or the tasks is told at the desk, not by the lead weeks later."""
    with ew.open_bundle(bundle_file, tmp_path / "ana") as bundle:
        tasks = bundle.folder / "tasks.jsonl"
    tasks.write_text(tasks.read_text().replace("red hat", "blue hat"), encoding="utf-8")

    with pytest.raises(ExchangeError, match=r"tasks\.jsonl was changed"):
        ew.open_bundle(bundle.folder)
