"""Bundles go out: one file for each reviewer of a round."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from pydantic import ValidationError

from evalwidgets.core.evidence_setting import EvidenceSetting, checked_setting
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.value import canonical_json
from evalwidgets.errors import ExchangeError
from evalwidgets.store.bundle import waybill
from evalwidgets.store.bundle.bundle_file import SUFFIX, sha256, write_bundle_file
from evalwidgets.store.bundle.carried import Cargo, as_lines, cargo_of
from evalwidgets.store.bundle.waybill import Waybill
from evalwidgets.store.identity import clean_reviewer
from evalwidgets.store.kept_session import check_kind
from evalwidgets.store.page_files import file_name
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet


def write_bundles(
    tasks: TaskSet,
    rubric: Rubric,
    folder: str | os.PathLike[str],
    *,
    campaign: str,
    round: str,  # noqa: A002 - the word of the house
    reviewers: Sequence[str] = (),
    seed: object = 0,
    evidence: EvidenceSetting = "after_commit",
    store: ReviewStore | None = None,
    note: str = "",
) -> tuple[Path, ...]:
    """Write one bundle for each reviewer: tasks, pictures and rubric, and no gold.

    A bundle is one file, `CAMPAIGN-ROUND-REVIEWER.evalbundle`. It names its own reviewer
    and nobody else. Pictures travel as upright copies without metadata, named by their
    content; of the tags only those that the rubric itself reads.

    Parameters
    ----------
    tasks : TaskSet
        What is to be reviewed, with its pictures. Those of another kind than the rubric's
        stay; an opened round takes the tasks that it names.
    rubric : Rubric
        The rule book; an opened round brings its own.
    folder : path
        Made when it is missing. A bundle of the same name is replaced.
    campaign, round : str
        Where the reviews will belong.
    reviewers : sequence of str
        Whom to write one for. Of an opened round: some of its reviewers, by default all.
    seed, evidence
        As in `ReviewPanel`; an opened round brings its own.
    store : ReviewStore, optional
        The store into which the bundles will be merged. It remembers the rubric, and if the
        round is open there, everything comes from the round.
    note : str
        A few words that the reviewer reads above the tasks.

    Returns
    -------
    tuple of Path
        In the order of the reviewers. A picture that cannot be read is warned of: its task
        travels without it, and can be flagged and skipped.

    Raises
    ------
    ExchangeError
        If there is nobody to write for, a name is no reviewer of the round, or a file
        cannot be written.
    TaskError
        If no task is of the rubric's kind, or tasks of the opened round are missing.
    """
    work = _work_of(tasks, rubric, campaign, round, seed, checked_setting(evidence), store)
    names = [clean_reviewer(name, "reviewers=") for name in reviewers] or list(work.reviewers)
    _check_names(names, work.reviewers, round)
    paths = [Path(folder) / name for name in _file_names(campaign, round, names)]
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".spare-", dir=folder) as spare:
            cargo = cargo_of(work.tasks, work.rubric, Path(spare))
            for path, name in zip(paths, names, strict=True):
                _write(path, work, cargo, campaign=campaign, round=round, reviewer=name, note=note)
    except OSError as error:
        msg = f"{folder}: cannot be written ({error.strerror}); choose another folder."
        raise ExchangeError([msg]) from None
    if cargo.unread:
        warnings.warn(_unread(cargo.unread), UserWarning, stacklevel=2)
    return tuple(paths)


@dataclass(frozen=True, eq=False)
class _Issue:
    """What is issued: of an opened round what its opening says, else what was asked for."""

    tasks: TaskSet
    rubric: Rubric
    seed: object
    evidence: EvidenceSetting
    reviewers: tuple[str, ...] = ()


def _work_of(
    tasks: TaskSet,
    rubric: Rubric,
    campaign: str,
    round_: str,
    seed: object,
    evidence: EvidenceSetting,
    store: ReviewStore | None,
) -> _Issue:
    if store is not None and round_ in store.rounds.names(campaign):
        return _opened(tasks, store, campaign, round_)
    own = tasks.where(kind=rubric.kind) or tasks
    check_kind(own, rubric)
    if not own:
        msg = "A bundle needs at least one task, got none; check the manifest or the filter."
        raise ExchangeError([msg])
    if store is not None:
        store.remember_rubric(rubric)
    return _Issue(own, rubric, seed, evidence)


def _opened(tasks: TaskSet, store: ReviewStore, campaign: str, name: str) -> _Issue:
    state = store.rounds[campaign, name]
    round_ = state.round
    if state.phase != "blind":
        msg = f"Round {name!r} is closed; a bundle would bring back answers that it no longer takes."
        raise ExchangeError([msg])
    own = tasks.where(ids=round_.tasks)
    missing = sorted({*round_.tasks} - {task.id for task in own})
    if missing:
        msg = f"Round {name!r} asks for tasks that the manifest lacks: {', '.join(missing[:12])}."
        raise ExchangeError([msg])
    rubric = store.rubrics().get(round_.rubric_hash)
    if rubric is None:
        msg = f"{store!r} does not know the rubric of round {name!r}; open the round anew."
        raise ExchangeError([msg])
    return _Issue(own, rubric, round_.seed, round_.evidence, round_.reviewers)


def _check_names(names: list[str], invited: tuple[str, ...], round_: str) -> None:
    strangers = [name for name in names if invited and name not in invited]
    twice = sorted({name for name in names if names.count(name) > 1})
    if strangers:
        msg = f"{', '.join(strangers)}: no reviewer of round {round_!r}, which is for {', '.join(invited)}."
    elif twice:
        msg = f"{', '.join(twice)}: named twice; a bundle is for one person, who needs one."
    elif not names:
        msg = "Nobody to write a bundle for; give reviewers=, one name each."
    else:
        return
    raise ExchangeError([msg])


def _write(path: Path, work: _Issue, cargo: Cargo, **place: str) -> None:
    """Write one reviewer's bundle; `place` says where it belongs, for whom it is, and what to tell them."""
    texts = {
        waybill.RUBRIC: canonical_json(work.rubric.model_dump(mode="json", by_alias=True)).encode(),
        waybill.TASKS: as_lines(cargo.tasks),
    }
    made = _waybill(work, cargo, texts, **place)
    head = json.dumps(made.model_dump(mode="json"), indent=1, ensure_ascii=False).encode()
    pictures = ((name, copy.read_bytes()) for name, copy in sorted(cargo.pictures.items()))
    write_bundle_file(path, chain([(waybill.WAYBILL, head)], texts.items(), pictures))


def _waybill(work: _Issue, cargo: Cargo, texts: Mapping[str, bytes], **place: str) -> Waybill:
    try:
        return Waybill(
            id=str(uuid4()),
            seed=None if work.seed is None else str(work.seed),
            evidence=work.evidence,
            rubric=work.rubric.id,
            rubric_version=work.rubric.version,
            rubric_hash=work.rubric.hash,
            made_at=datetime.now(UTC),
            tasks=cargo.carried,
            files={name: sha256(content) for name, content in texts.items()},
            **place,
        )
    except ValidationError as error:
        why = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
        raise ExchangeError([f"The bundle cannot be written: {why}."]) from None


def _file_names(campaign: str, round_: str, reviewers: list[str]) -> list[str]:
    """Return a file name for each reviewer; those that some disks take for one get a number."""
    found: dict[str, str] = {}
    for reviewer in reviewers:
        plain = "-".join(map(file_name, (campaign, round_, reviewer))).replace(" ", "-")
        name, number = plain, 1
        while name.casefold() in found:
            number += 1
            name = f"{plain}-{number}"
        found[name.casefold()] = f"{name}{SUFFIX}"
    return list(found.values())


def _unread(sentences: Iterable[str]) -> str:
    told = [*sentences]
    more = f" ... and {len(told) - 5} more" if len(told) > 5 else ""
    return f"{len(told)} pictures could not be put into the bundles: {'; '.join(told[:5])}{more}"
