"""The store: a review whose submit returned is on disk, and is there once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import func, select

from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import StoreError
from evalwidgets.store import queries, ratings
from evalwidgets.store.backup import back_up
from evalwidgets.store.campaign_log import ADJUDICATION, GAPS, GOLD, RUBRICS, SLICES, CampaignLog
from evalwidgets.store.drafts import Draft, drafts_of, put, remove
from evalwidgets.store.drafts import to_row as draft_row
from evalwidgets.store.engine import Doors
from evalwidgets.store.lessons import Lessons
from evalwidgets.store.location import admit, locate
from evalwidgets.store.migrate import prepare
from evalwidgets.store.openings import Openings
from evalwidgets.store.rating_facts import notes_of, rating_facts
from evalwidgets.store.rounds import Rounds
from evalwidgets.store.rows import clean_keys, from_payload
from evalwidgets.store.schema import review as review_table
from evalwidgets.store.submit import remember, store_review
from evalwidgets.store.verify import problems

if TYPE_CHECKING:
    import pandas as pd

    from evalwidgets.store.counts import CountedVotes


def open_store(url: str | os.PathLike[str] | None = None) -> ReviewStore:
    """Open the store of reviews; a new one is made when there is none.

    Parameters
    ----------
    url : str or path, optional
        A path, `sqlite:///reviews.db`, or `postgresql+psycopg://person@server/database`
        (leave the password to PGPASSWORD or the .pgpass file). Without it, the
        workspace's own `data/work/reviews.db`.

    Raises
    ------
    StoreUnusable
        If there is no such folder, the place is read-only or on a network disk, the
        file is no store, a newer program wrote it, or the server refuses.
    """
    location = locate(_workspace_file() if url is None else url)
    if location.path is not None:
        admit(location.path)
    doors = Doors(location)
    try:
        prepare(doors)
    except BaseException:
        doors.close()
        raise
    return ReviewStore(doors)


def _workspace_file() -> Path:
    from evalwidgets.store.workspace import workspace_root

    folder = workspace_root() / "data" / "work"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "reviews.db"


class ReviewStore:
    """Every review, rating and draft of a workspace or a team; made by `open_store`.

    Reviews are only ever added. A later revision supersedes an earlier one, by its
    number and never by a clock. All methods may be called from any thread and after
    a fork.
    """

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self.rounds = Rounds(doors)
        """The rounds: what was opened, and where each stands."""
        self.openings = Openings(doors)
        """Who deliberately opened what: measured evidence, covered pictures."""
        self.lessons = Lessons(doors)
        """What learners sat down to, and where each lesson stands."""
        self.gold = CampaignLog(doors, GOLD)
        """How gold was made: each campaign's gold book."""
        self.adjudication = CampaignLog(doors, ADJUDICATION)
        """What was settled by a person, and what was sent back to whom."""
        self.gaps = CampaignLog(doors, GAPS)
        """The register of each campaign's gaps in the rubric."""
        self.versions = CampaignLog(doors, RUBRICS)
        """Which versions of a rubric each campaign published."""
        self.slices = CampaignLog(doors, SLICES)
        """The saved queries of each campaign."""

    @property
    def folder(self) -> Path:
        """Where files that belong to the store are kept: beside its file, or in the workspace."""
        path = self._doors.location.path
        return path.parent if path is not None else _workspace_file().parent

    def submit(self, review: Review) -> Review:
        """Store a review and return the stored one; when this returns, it is on disk.

        Submitting the same review again, by its id, returns what is stored and
        changes nothing: after a crash or a lost connection, simply submit again.
        The draft at the review's place is removed in the same transaction.

        Raises
        ------
        Conflict
            If the id is stored with other content, or another review already has
            this revision of this place; `stored` is that review.
        StoreError
            If the revision is not the next one, the review cannot be kept exactly,
            its round does not take it now (`RoundRefusal`), or the disk or server
            fails. Nothing is stored then.
        """
        return store_review(self._doors, review)

    def reviews(
        self,
        campaign: str | None = None,
        round: str | None = None,  # noqa: A002 - the project's word
        reviewer: str | None = None,
        task: str | None = None,
        rubric: str | None = None,
        current: bool = True,
        lessons: bool = False,
    ) -> list[Review]:
        """Return reviews in the order in which each reviewer submitted them.

        Parameters
        ----------
        campaign, round, reviewer, task, rubric : str, optional
            Only those of this campaign, round, ... (`rubric` is the rubric's id).
        current : bool
            Whether to leave out what a later revision supersedes.
        lessons : bool
            Whether to bring in what was answered in lessons (warm-up, practice, exam,
            check-in), which is nobody's work; the reviews of a lesson that is named by
            `round` are always there.
        """
        filters = _filters(campaign, round, reviewer, task, rubric)
        query = queries.chosen(select(review_table.c.payload), filters, current=current, lessons=lessons)
        with self._doors.reading() as connection:
            payloads = connection.scalars(query).all()
        return [from_payload(payload) for payload in payloads]

    def review(self, id: str) -> Review:  # noqa: A002 - as in Review.id
        """Return the review with this id.

        Raises
        ------
        StoreError
            If there is none.
        """
        with self._doors.reading() as connection:
            found = queries.by_id(connection, id)
        if found is None:
            msg = f"No review {id!r} in {self._doors.location.name!r}; reviews(current=False) lists them all."
            raise StoreError(msg)
        return found

    def ratings(
        self,
        campaign: str | None = None,
        round: str | None = None,  # noqa: A002 - the project's word
        reviewer: str | None = None,
        task: str | None = None,
        rubric: str | None = None,
        current: bool = True,
        lessons: bool = False,
    ) -> pd.DataFrame:
        """Return the tidy table: one row for each criterion that a submitted review answers.

        The columns are those of `evalwidgets.store.ratings.COLUMNS`. `value` has the
        type that the criterion's control gives it and is None where `na` holds a
        reason. The parameters are those of `reviews`.
        """
        filters = _filters(campaign, round, reviewer, task, rubric)
        with self._doors.reading() as connection:
            rows = ratings.rating_table(connection, filters, current=current, lessons=lessons)
        return ratings.tidy(rows)

    def rating_facts(self, campaign: str, rubric: str, round: str | None = None) -> pd.DataFrame:  # noqa: A002
        """Return the tidy table of a campaign under one rubric, narrow and quick, for many tasks at once.

        It says the same as ``ratings(campaign, rubric=rubric, current=False)`` in the columns
        of `evalwidgets.store.rating_facts.COLUMNS`, in no order and with names as categories:
        a tenth of the time where there are a hundred thousand reviews.
        """
        filters = {"campaign": campaign, "rubric": rubric, "round": round}
        with self._doors.reading() as connection:
            return rating_facts(connection, filters)

    def notes(self, campaign: str, rubric: str, round: str | None = None) -> pd.DataFrame:  # noqa: A002
        """Return what was written beside answers under a rubric: `task, note`, in no order."""
        filters = _filters(campaign, round, None, None, rubric)
        with self._doors.reading() as connection:
            return notes_of(connection, filters)

    def count_votes(
        self,
        criterion: str,
        levels: Sequence[Any] | None,
        campaign: str | None = None,
        round: str | None = None,  # noqa: A002 - the project's word
        rubric: str | None = None,
    ) -> CountedVotes:
        """Return the blind votes on a criterion, counted by the database instead of read row by row.

        `analysis.patterns_of_counts` makes of them what every coefficient of agreement
        takes, the same to the last digit as from `ratings`.

        Parameters
        ----------
        criterion : str
            Which criterion.
        levels : sequence or None
            The declared values of its scale; None for an open one.
        campaign, round, rubric : str, optional
            Only reviews of these.

        Raises
        ------
        RatingsError
            If a value is not among the declared levels.
        """
        from evalwidgets.store.counts import count_votes

        filters = _filters(campaign, round, None, None, rubric)
        with self._doors.reading() as connection:
            return count_votes(connection, criterion, levels, filters)

    def save_draft(self, draft: Draft, *, campaign: str, round: str, reviewer: str, rubric: str) -> None:  # noqa: A002
        """Keep a draft in place of the one before; a draft of a submitted review is dropped."""
        row = draft_row(draft, {"campaign": campaign, "round": round, "reviewer": reviewer, "rubric": rubric})
        self._doors.write(lambda connection: put(connection, row))

    def drafts(self, campaign: str, round: str, reviewer: str, rubric: str) -> dict[str, Draft]:  # noqa: A002
        """Return a reviewer's drafts in a round, by task."""
        place = clean_keys(campaign=campaign, round=round, reviewer=reviewer, rubric=rubric)
        with self._doors.reading() as connection:
            return drafts_of(connection, place)

    def discard_draft(self, task: str, *, campaign: str, round: str, reviewer: str, rubric: str) -> None:  # noqa: A002
        """Forget the draft for a task, if there is one."""
        place = clean_keys(campaign=campaign, round=round, reviewer=reviewer, rubric=rubric, task=task)
        self._doors.write(lambda connection: remove(connection, place))

    def versions_used(self, campaign: str, reviewer: str, rubric: str) -> frozenset[str]:
        """Return the versions of a rubric under which somebody has worked, lessons left out."""
        with self._doors.reading() as connection:
            return queries.versions_used(connection, campaign, reviewer, rubric)

    def remember_rubric(self, rubric: Rubric) -> None:
        """Keep the rubric's whole content under its hash, so that old reviews stay readable."""
        remember(self._doors, rubric)

    def rubrics(self) -> dict[str, Rubric]:
        """Return every remembered rubric version by its hash."""
        with self._doors.reading() as connection:
            return queries.rubrics(connection)

    def backup(self, path: str | os.PathLike[str]) -> Path:
        """Copy the store, while others write, into a new file and return its path.

        The copy holds every review whose submit returned before the call. Never
        copy a living store's file by other means: that misses reviews.

        Raises
        ------
        StoreError
            If the file exists, the copy fails, or the store is on PostgreSQL,
            where `pg_dump` does this.
        """
        return back_up(self._doors, Path(path).expanduser().absolute())

    def verify(self) -> tuple[str, ...]:
        """Return what is wrong with the store, one sentence each; empty when it is sound.

        Checks the file, recomputes every hash, compares every row with its payload,
        and finds gaps in the numbering of reviews.
        """
        with self._doors.reading() as connection:
            return problems(connection)

    def close(self) -> None:
        """Close the connections; nothing waits to be written."""
        self._doors.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"ReviewStore({self._doors.location.name!r}, {self._size()})"

    def _size(self) -> str:
        if self._doors.closed:
            return "closed"
        try:
            with self._doors.reading() as connection:
                count = connection.scalar(select(func.count()).select_from(review_table))
        except StoreError:
            return "not reachable now"
        return f"{count} review{'' if count == 1 else 's'}"


def _filters(
    campaign: str | None, round_: str | None, reviewer: str | None, task: str | None, rubric: str | None
) -> dict[str, str | None]:
    return {"campaign": campaign, "round": round_, "reviewer": reviewer, "task": task, "rubric": rubric}
