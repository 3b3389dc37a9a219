"""A bundle comes back: what was answered, in one small file without pictures."""

from __future__ import annotations

import hashlib
import json
import os
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from evalwidgets.core.opening import Opening
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import Value
from evalwidgets.errors import ExchangeError
from evalwidgets.store.bundle import waybill
from evalwidgets.store.bundle.bundle_file import SUFFIX, BundleFile, naming, sha256, write_bundle_file
from evalwidgets.store.bundle.opened import Bundle, rubric_of
from evalwidgets.store.bundle.waybill import Slip, Waybill

_V = TypeVar("_V", bound=Value)
RETURNED = f".returned{SUFFIX}"


@dataclass(frozen=True, eq=False)
class Returned:
    """A returned bundle, read and found whole.

    Parameters
    ----------
    path : Path
        The file.
    digest : str
        Its sha256.
    waybill, slip, rubric
        What went out, what came back, and the rules in between.
    reviews : tuple of Review
        All revisions, in the order of submission.
    openings : tuple of Opening
        What the reviewer looked at.
    """

    path: Path
    digest: str
    waybill: Waybill
    slip: Slip
    rubric: Rubric = field(repr=False)
    reviews: tuple[Review, ...] = field(repr=False)
    openings: tuple[Opening, ...] = field(repr=False)

    @cached_property
    def sent(self) -> dict[str, str]:
        """Task to its hash, as it was sent."""
        return {one.task: one.task_hash for one in self.waybill.tasks}


def return_bundle(bundle: Bundle, out: str | os.PathLike[str] | None = None) -> Path:
    """Write what a reviewer has answered into one file for the lead.

    It may be written at any time and as often as one likes: the lead's merge takes each
    review once. What is begun and not submitted stays here and is only counted.

    Parameters
    ----------
    bundle : Bundle
        As `open_bundle` gives it.
    out : path, optional
        The file; by default `NAME.returned.evalbundle` beside the bundle's folder.

    Returns
    -------
    Path
        The file. That tasks are left is warned of, and no obstacle.

    Raises
    ------
    ExchangeError
        If it cannot be written there.
    """
    folder = bundle.folder.resolve()
    path = Path(out).expanduser() if out is not None else folder.with_name(folder.name + RETURNED)
    place, store = bundle.waybill.place, bundle.store
    reviews = store.reviews(
        current=False, lessons=True
    )  # all: what belongs elsewhere is for the merge to say
    openings = store.openings.read(*place)
    answered = {one.task for one in store.reviews(*place, rubric=bundle.rubric.id)}
    drafts = {*store.drafts(*place, rubric=bundle.rubric.id)} - answered
    texts = {
        **{name: (folder / name).read_bytes() for name in (waybill.WAYBILL, waybill.RUBRIC)},
        waybill.REVIEWS: _lines(reviews),
        waybill.OPENINGS: _lines(openings),
    }
    slip = Slip(
        copy_id=bundle.copy_id,
        returned_at=datetime.now(UTC),
        reviews=len(reviews),
        answered=len(answered),
        drafts=len(drafts),
        openings=len(openings),
        files={name: sha256(content) for name, content in texts.items()},
    )
    head = json.dumps(slip.model_dump(mode="json"), indent=1).encode()
    write_bundle_file(path, [(waybill.SLIP, head), *texts.items()])
    left = len(bundle.tasks) - len(answered)
    if left:
        warnings.warn(_unfinished(left, len(bundle.tasks), len(drafts)), UserWarning, stacklevel=2)
    return path


def read_returned(path: Path) -> Returned:
    """Read a returned bundle and check that it is whole and belongs together.

    Raises
    ------
    ExchangeError
        If it is damaged, changed, no bundle, or one that nobody has answered yet.
    """
    with BundleFile(path) as file:
        if waybill.SLIP not in file.names:
            msg = f"{path.name}: a bundle as it went out; what comes back is called NAME{RETURNED}."
            raise ExchangeError([msg])
        with naming(path, waybill.SLIP):
            slip = Slip.model_validate_json(file.read(waybill.SLIP))
        expected = {waybill.WAYBILL, waybill.RUBRIC, waybill.REVIEWS, waybill.OPENINGS}
        if {*slip.files} != expected or file.names != {*expected, waybill.SLIP}:
            msg = f"{path.name}: not what its list says; ask for the returned bundle again."
            raise ExchangeError([msg])
        texts = {name: file.read_checked(name, digest) for name, digest in slip.files.items()}
    with naming(path, waybill.WAYBILL):
        found = Waybill.model_validate_json(texts[waybill.WAYBILL])
    if found.files.get(waybill.RUBRIC) != sha256(texts[waybill.RUBRIC]):
        raise ExchangeError([f"{path.name}: its rubric is not the one that went out; ask for it again."])
    returned = Returned(
        path,
        _digest(path),
        found,
        slip,
        rubric_of(texts[waybill.RUBRIC], found, path),
        _values(Review, texts[waybill.REVIEWS], path, waybill.REVIEWS),
        _values(Opening, texts[waybill.OPENINGS], path, waybill.OPENINGS),
    )
    if (len(returned.reviews), len(returned.openings)) != (slip.reviews, slip.openings):
        raise ExchangeError([f"{path.name}: cut off; ask for the returned bundle again."])
    return returned


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _lines(values: Iterable[Value]) -> bytes:
    return "".join(one.model_dump_json() + "\n" for one in values).encode()


def _values(model: type[_V], content: bytes, path: Path, name: str) -> tuple[_V, ...]:
    with naming(path, name):
        return tuple(model.model_validate_json(line) for line in content.split(b"\n") if line.strip())


def _unfinished(left: int, total: int, drafts: int) -> str:
    begun = f", of which {drafts} are begun and stay here" if drafts else ""
    return (
        f"{left} of {total} tasks are not submitted yet{begun}. The file holds what is done so far; "
        "hand in again when you have gone on, nothing is counted twice."
    )
