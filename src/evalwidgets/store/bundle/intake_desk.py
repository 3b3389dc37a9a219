"""Where returned bundles are taken in: one after the other, each review once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from evalwidgets.core.review import Review
from evalwidgets.errors import RoundRefusal, StoreError
from evalwidgets.store.bundle import intake_rules
from evalwidgets.store.bundle.intake_rules import Finding
from evalwidgets.store.bundle.merge_report import Odd
from evalwidgets.store.bundle.odd_times import at_once, clock_oddities
from evalwidgets.store.bundle.returned import Returned
from evalwidgets.store.bundle.waybill import Waybill
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet

SECOND_COPY = "second copy"
"""The reason of a first answer that found another one in its place."""


class IntakeDesk:
    """Takes returned bundles into a store and notes what is odd.

    Parameters
    ----------
    store, tasks, now
        As in `merge_bundles`.
    take_stale : bool
        Whether reviews under another rubric than the round's, and of changed tasks, are stored.

    Attributes
    ----------
    new, there, held, openings : int
        As in `MergeReport`.
    odd : list of Odd
        What was noted so far.
    """

    def __init__(self, store: ReviewStore, tasks: TaskSet | None, now: datetime, *, take_stale: bool) -> None:
        self._store, self._now, self._take_stale = store, now, take_stale
        self._hashes = None if tasks is None else {task.id: tasks.hash_of(task) for task in tasks}
        self._rubrics = frozenset(store.rubrics())
        self.new = self.there = self.held = self.openings = 0
        self.odd: list[Odd] = []

    def take(self, returned: Returned) -> None:
        """Take in what a returned bundle brings."""
        waybill = returned.waybill
        stored = {one.id: one for one in self._store.reviews(*waybill.place, current=False)}
        odd = self._of_rubric(waybill)
        if odd:
            self._note(returned, odd)
            if odd.held:
                self.held += sum(one.id not in stored for one in returned.reviews)
                return
        before, there = set(stored), self.there
        for review in returned.reviews:
            self._take(returned, review, stored)
        if returned.reviews and self.there - there == len(returned.reviews):
            what = f"all {len(returned.reviews)} reviews were here already"
            self._note(returned, Finding("again", what, "Nothing.", held=False))
        self._look_for_two(returned, stored, before)
        self._take_openings(returned)

    # One review -----------------------------------------------------------------------

    def _take(self, returned: Returned, review: Review, stored: dict[str, Review]) -> None:
        known = stored.get(review.id)
        if known is None:
            odd = intake_rules.of_review(
                review, returned.waybill, returned.sent, self._hashes, take=self._take_stale
            )
            if odd:
                self._note(returned, odd, review)
            if not odd or not odd.held:
                self._submit(returned, review, stored)
        elif differ := intake_rules.differences(review, known):
            what = f"came back with other {', '.join(differ)} than is stored; what is stored stays"
            do = "Ask the reviewer; a submitted review never changes."
            self._note(returned, Finding("altered", what, do), review)
        else:
            self.there += 1

    def _submit(self, returned: Returned, review: Review, stored: dict[str, Review]) -> None:
        place = review.task, review.rubric
        last = max((one.revision for one in stored.values() if (one.task, one.rubric) == place), default=0)
        if review.revision > last + 1:
            what = f"revision {review.revision} came back without the one before"
            do = "Look at what else is odd about this task, then merge again."
            self._note(returned, Finding("gap", what, do), review)
            return
        moved = review.revision <= last
        renumbered = {"revision": last + 1, "reason": review.reason or SECOND_COPY}
        try:
            kept = self._store.submit(review.model_copy(update=renumbered) if moved else review)
        except StoreError as error:
            refused = isinstance(error, RoundRefusal)
            do = "It stays in the file; tell the reviewer." if refused else "Merge again."
            self._note(returned, Finding("refused", str(error), do), review)
            return
        stored[review.id] = kept
        self.new += 1
        for what in clock_oddities(review, returned.waybill.made_at, self._now):
            self._note(returned, Finding("clock", what, _CLOCK, held=False), review)
        if moved:
            what = f"answered already in another copy; this answer is stored as revision {last + 1}"
            self._note(returned, Finding("second answer", what, _TWICE, held=False), review)

    # A whole bundle -------------------------------------------------------------------

    def _of_rubric(self, waybill: Waybill) -> Finding | None:
        rounds, campaign = self._store.rounds, waybill.campaign
        opened = waybill.round in rounds.names(campaign)
        newer = self._store.versions[campaign].since(waybill.rubric, waybill.rubric_version)
        return intake_rules.of_rubric(
            waybill,
            known=waybill.rubric_hash in self._rubrics,
            wanted=rounds[campaign, waybill.round].round.rubric_hash if opened else "",
            newer=newer[-1].version if newer else "",
            take=self._take_stale,
        )

    def _look_for_two(self, returned: Returned, stored: dict[str, Review], before: set[str]) -> None:
        """Note that two copies were worked on at the same moment, which one person cannot."""
        own = {one.id for one in returned.reviews}
        new = [one for name, one in stored.items() if name not in before]
        pairs = at_once(new, [one for name, one in stored.items() if name not in own])
        if pairs:
            one, other = pairs[0]
            count = len({first.id for first, _ in pairs})
            what = (
                f"{count} review{'' if count == 1 else 's'} made while the same name worked in another copy "
                f"(first: task {one.task}, and there {other.task})"
            )
            do = "Ask whether two people share the name or the bundle."
            self._note(returned, Finding("two at once", what, do, held=False))

    def _take_openings(self, returned: Returned) -> None:
        place = returned.waybill.place
        known = set(self._store.openings.read(*place))
        for one in returned.openings:
            if one in known or (one.campaign, one.round, one.reviewer) != place:
                continue
            try:
                self._store.openings.log(one)
            except StoreError as error:
                what = f"a look at {one.kind} of task {one.task} was not logged: {error}"
                self._note(returned, Finding("refused", what, "Merge again.", held=False))
            else:
                known.add(one)
                self.openings += 1

    def _note(self, returned: Returned, found: Finding, review: Review | None = None) -> None:
        what, task = found.what, "" if review is None else review.task
        if review is not None and found.held:
            self.held += 1
            what = f"{what}; not stored"
        self.odd.append(Odd(found.kind, returned.path.name, returned.waybill.reviewer, task, what, found.do))


def missing(store: ReviewStore, waybills: Iterable[Waybill]) -> list[Odd]:
    """Return what has not come back yet: tasks of these bundles, and reviewers of their rounds.

    Parameters
    ----------
    store : ReviewStore
        What has come back.
    waybills : iterable of Waybill
        Of the bundles that have come back, each once.
    """
    asked, found = list(waybills), []
    for waybill in asked:
        done = {one.task for one in store.reviews(*waybill.place, rubric=waybill.rubric)}
        left = [one.task for one in waybill.tasks if one.task not in done]
        if left:
            what = f"{len(left)} of {len(waybill.tasks)} tasks are not answered yet: {_listed(left)}"
            found.append(Odd("missing", "", waybill.reviewer, "", what, _WAIT))
    sent = {one.place for one in asked}
    for campaign, name in sorted({(one.campaign, one.round) for one in asked}):
        if name in store.rounds.names(campaign):
            heard = {one.reviewer for one in store.reviews(campaign, name)}
            what = f"nothing has come back for round {name!r} of {campaign!r}"
            found += [
                Odd("missing", "", one, "", what, _WAIT)
                for one in store.rounds[campaign, name].round.reviewers
                if one not in heard and (campaign, name, one) not in sent
            ]
    return found


def _listed(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


_WAIT = "Wait, or remind the reviewer to hand in."
_TWICE = "Ask which one counts; blind figures use the first."
_CLOCK = "Check the clock of that machine; the order of revisions does not depend on it."
