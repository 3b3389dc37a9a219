"""The file of a bundle: a zip of few known names, read as if an enemy had written it.

A zip can lie about everything. So nothing of it is believed: the names are those of a
bundle and no others, pictures lie in it as they are (never packed, so that nothing can
swell), texts are small, and what is read is counted and hashed.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from evalwidgets.errors import ExchangeError
from evalwidgets.pictures.source_file import MAX_BYTES
from evalwidgets.store.bundle import waybill

SUFFIX = ".evalbundle"
MAX_FILE = 2**31
"""Bytes of a whole bundle: what a zip holds without its later extension."""
MAX_ENTRIES = 50_000
MAX_TEXT = 64 * 1024 * 1024
"""Bytes of one text, unpacked."""

_TEXTS = frozenset(
    {waybill.WAYBILL, waybill.RUBRIC, waybill.TASKS, waybill.SLIP, waybill.REVIEWS, waybill.OPENINGS}
)
_PICTURE = re.compile(r"pictures/([0-9a-f]{64})\.(png|jpg)")
_END = struct.Struct("<4s4H2LH")  # the zip's last record: PKZIP appnote 4.3.16
_DIRECTORY = 16 * 1024 * 1024  # bytes of the list of entries
_WHEN = (1980, 1, 1, 0, 0, 0)  # a zip's first moment: the clock of the lead's machine stays there
_SHOWN = 10
_DAMAGE = (zipfile.BadZipFile, OSError, NotImplementedError)


class BundleFile:
    """An opened bundle whose list of entries has been checked; `close` it, or use it in `with`.

    Raises
    ------
    ExchangeError
        If it is no file, no zip, or its list of entries is not that of a bundle.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = _opened(path)
        try:
            self._zip = _checked_zip(path, self._file)
        except BaseException:
            self._file.close()
            raise
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """Return what an entry holds.

        Raises
        ------
        ExchangeError
            If there is no such entry, it is damaged, or a picture is not what its name says.
        """
        if name not in self.names:
            raise ExchangeError([f"{self.path.name}: {name} is missing; ask for the bundle again."])
        most = MAX_TEXT if name in _TEXTS else MAX_BYTES
        try:
            with self._zip.open(name) as entry:
                content = entry.read(most + 1)
        except (*_DAMAGE, zlib.error, EOFError, RuntimeError) as error:
            msg = f"{self.path.name}: {name} is damaged ({error}); ask for the bundle again."
            raise ExchangeError([msg]) from None
        if len(content) > most:
            raise ExchangeError([f"{self.path.name}: {name} is larger than it says; it was not unpacked."])
        named = _PICTURE.fullmatch(name)
        if named and sha256(content) != named[1]:
            msg = f"{self.path.name}: {name} is not the picture that its name says; ask for the bundle again."
            raise ExchangeError([msg])
        return content

    def read_checked(self, name: str, digest: str) -> bytes:
        """Return what an entry holds, which must have this sha256."""
        content = self.read(name)
        if sha256(content) != digest:
            msg = f"{self.path.name}: {name} was changed after the bundle was written; ask for it again."
            raise ExchangeError([msg])
        return content

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._file.close()

    def __enter__(self) -> BundleFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def write_bundle_file(path: Path, entries: Iterable[tuple[str, bytes]]) -> Path:
    """Write a bundle, which appears under its name only when it is whole.

    Raises
    ------
    ExchangeError
        If it cannot be written there, or is too large for one file.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with zipfile.ZipFile(partial, "w", allowZip64=False) as made:
            for name, content in entries:
                made.writestr(_entry(name), content)
                _check_readable(path, made, name, content)

        partial.replace(path)
    except zipfile.LargeZipFile:
        msg = f"{path.name}: a bundle holds at most {MAX_FILE / 1e9:.0f} GB; write one for fewer tasks."
        raise ExchangeError([msg]) from None
    except OSError as error:
        msg = f"{path}: cannot be written ({error.strerror}); choose another folder."
        raise ExchangeError([msg]) from None
    finally:
        partial.unlink(missing_ok=True)
    return path


def sha256(content: bytes) -> str:
    """Return the sha256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def naming(path: Path, what: str) -> Iterator[None]:
    """Turn what is wrong with the values of a bundle into one error that names the file.

    Raises
    ------
    ExchangeError
        For every ValueError inside, that of a model or of broken JSON included.
    """
    try:
        yield
    except ExchangeError:
        raise
    except (ValueError, RecursionError) as error:
        why = str(error).splitlines()
        msg = f"{path.name}: {what} cannot be read: {' '.join(why[:3])[:300]}. Ask for the bundle again."
        raise ExchangeError([msg]) from None


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_WHEN)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED if name in _TEXTS else zipfile.ZIP_STORED
    return entry


def _check_readable(path: Path, made: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Refuse to write what `BundleFile` would refuse to read."""
    if len(made.filelist) > MAX_ENTRIES or len(content) > (MAX_TEXT if name in _TEXTS else MAX_BYTES):
        msg = f"{path.name}: too much for one bundle ({name}); write one for fewer tasks."
        raise ExchangeError([msg])


def _opened(path: Path) -> BinaryIO:
    try:
        if not path.is_file():
            raise ExchangeError([f"{path}: no such file. Give the path of a bundle ({SUFFIX})."])
        return path.open("rb")
    except OSError as error:
        raise ExchangeError([f"{path}: cannot be read ({error.strerror})."]) from None


def _checked_zip(path: Path, file: BinaryIO) -> zipfile.ZipFile:
    why = _why_not_listed(file)
    if why:
        raise ExchangeError([f"{path.name}: {why}. It was not opened; ask for the bundle again."])
    try:
        found = zipfile.ZipFile(file)
    except (*_DAMAGE, ValueError) as error:
        msg = f"{path.name}: damaged, or no bundle ({error}); ask for it again."
        raise ExchangeError([msg]) from None
    problems = [*_entry_problems(found.infolist())]
    size = file.seek(0, os.SEEK_END)
    if sum(entry.compress_size for entry in found.infolist()) > size:
        problems.append("its entries lie over one another")
    if problems:
        told = f"{'; '.join(problems[:_SHOWN])}. Nothing was unpacked; ask for the bundle again."
        raise ExchangeError([f"{path.name}: {told}"])
    return found


def _why_not_listed(file: BinaryIO) -> str:
    """Return why the list of entries should not even be read; empty when it may be."""
    size = file.seek(0, os.SEEK_END)
    if size > MAX_FILE:
        return f"larger than {MAX_FILE / 1e9:.0f} GB"
    if size < _END.size:
        return "no bundle (not a zip)"
    file.seek(-min(size, _END.size + 20), os.SEEK_END)
    tail = file.read()
    mark, _, _, _, count, length, _, comment = _END.unpack(tail[-_END.size :])
    if mark != b"PK\x05\x06" or comment:
        return "no bundle (not a zip, or cut off)"
    if tail.startswith(b"PK\x06\x07") or count > MAX_ENTRIES or length > _DIRECTORY:
        return f"more than {MAX_ENTRIES} entries"
    return ""


def _entry_problems(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    if len(entries) > MAX_ENTRIES:  # the last record may lie about it
        yield f"{len(entries)} entries, at most {MAX_ENTRIES} are allowed"
    seen: set[str] = set()
    for entry in entries:
        name, shown = entry.filename, repr(entry.filename[:80])
        picture = _PICTURE.fullmatch(name) is not None
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if entry.orig_filename != name or not (picture or name in _TEXTS):
            yield f"{shown} does not belong into a bundle"
        elif name in seen:
            yield f"{shown} stands in it twice"
        elif kind not in (0, stat.S_IFREG):
            yield f"{shown} is a link or a device, not a file"
        elif entry.flag_bits & 0x1:
            yield f"{shown} is encrypted"
        elif entry.compress_type not in _PACKING[picture]:
            yield f"{shown} is packed in a way that bundles do not use"
        elif entry.file_size > (MAX_BYTES if picture else MAX_TEXT):
            yield f"{shown} unpacks to {entry.file_size / 1e6:.0f} MB, which is too much"
        seen.add(name)


_PACKING = {True: (zipfile.ZIP_STORED,), False: (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)}
"""Whether it is a picture, to how it may lie in the zip."""
