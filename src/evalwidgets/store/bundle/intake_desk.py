"""Where returned bundles are taken in: one after the other, each review once."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from evalwidgets.core.review import Review
from evalwidgets.errors import EvalWidgetsError, RoundRefusal, StoreError
from evalwidgets.store.bundle.merge_report import Odd, OddKind
from evalwidgets.store.bundle.odd_times import at_once, clock_oddities
from evalwidgets.store.bundle.returned import Returned
from evalwidgets.store.bundle.waybill import Waybill
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet

SECOND_COPY = "second copy"
"""The reason of a first answer that found another one in its place."""
_RENUMBERED = frozenset({"revision", "reason"})
"""What a merge may change of a review, and nothing else."""


class IntakeDesk:
    """Takes returned bundles into a store and notes what is odd.

    Parameters
    ----------
    store, tasks, stale, now
        As in `merge_bundles`.

    Attributes
    ----------
    new, there, held, openings : int
        As in `MergeReport`.
    odd : list of Odd
        What was noted so far.
    """

    def __init__(
        self, store: ReviewStore, tasks: TaskSet | None, stale: Literal["hold", "take"], now: datetime
    ) -> None:
        self._store, self._now, self._stale = store, now, stale
        self._hashes = None if tasks is None else {task.id: tasks.hash_of(task) for task in tasks}
        self._rubrics = store.rubrics()
        self._asked: dict[tuple[str, ...], Waybill] = {}
        self._returned: Returned
        self._stored: dict[str, Review] = {}
        self.new = self.there = self.held = self.openings = 0
        self.odd: list[Odd] = []

    def take(self, returned: Returned) -> None:
        """Take in what a returned bundle brings."""
        self._returned = returned
        place = returned.waybill.place
        self._asked.setdefault((*place, returned.waybill.id), returned.waybill)
        self._stored = {one.id: one for one in self._store.reviews(*place, current=False)}
        if not self._check_rubric():
            self.held += sum(one.id not in self._stored for one in returned.reviews)
            return
        before, there = set(self._stored), self.there
        for review in returned.reviews:
            self._take(review)
        new = [self._stored[name] for name in self._stored if name not in before]
        if returned.reviews and self.there - there == len(returned.reviews):
            self._note("again", "", f"all {len(returned.reviews)} reviews were here already", "Nothing.")
        self._look_for_two(new)
        self._take_openings()

    def look_for_missing(self) -> None:
        """Note what has not come back yet of the bundles that were taken."""
        for waybill in self._asked.values():
            done = {one.task for one in self._store.reviews(*waybill.place, rubric=waybill.rubric)}
            left = [one.task for one in waybill.tasks if one.task not in done]
            if left:
                what = f"{len(left)} of {len(waybill.tasks)} tasks are not answered yet: {_listed(left)}"
                self.odd.append(Odd("missing", "", waybill.reviewer, "", what, _WAIT))
        for (campaign, name), silent in self._silent().items():
            what = f"nothing has come back for round {name!r} of {campaign!r}"
            self.odd += [Odd("missing", "", reviewer, "", what, _WAIT) for reviewer in silent]

    # One review -----------------------------------------------------------------------

    def _take(self, review: Review) -> None:
        known = self._stored.get(review.id)
        if known is not None:
            self._compare(review, known)
        elif not self._is_held(review):
            self._submit(review)

    def _compare(self, review: Review, known: Review) -> None:
        given, kept = review.content, known.content
        differ = sorted(name for name in given if name not in _RENUMBERED and given[name] != kept[name])
        if not differ:
            self.there += 1
            return
        what = (
            f"a review that is stored already came back with other {', '.join(differ)}; the stored one stays"
        )
        self._hold("altered", review, what, "Ask the reviewer; a submitted review never changes.")

    def _is_held(self, review: Review) -> bool:
        """Note why a review is not stored, and return whether there is a reason."""
        waybill = self._returned.waybill
        sent = {one.task: one.task_hash for one in waybill.tasks}.get(review.task)
        if (review.campaign, review.round, review.reviewer) != waybill.place:
            what = (
                f"a review of {review.reviewer!r} in round {review.round!r}, which is not whom it was sent to"
            )
            self._hold("other person", review, what, "Ask who answered; give each person their own bundle.")
        elif (review.rubric, review.rubric_hash) != (waybill.rubric, waybill.rubric_hash):
            self._hold("stale rubric", review, "judged by another rubric than the one that was sent", _ANEW)
        elif sent is None:
            self._hold("unknown task", review, "was not in the bundle", "Ask the reviewer where it is from.")
        elif review.task_hash != sent:
            self._hold("changed task", review, "judged in another form than it was sent", _ANEW)
        else:
            return self._is_of_other_tasks(review)
        return True

    def _is_of_other_tasks(self, review: Review) -> bool:
        now = review.task_hash if self._hashes is None else self._hashes.get(review.task)
        if now is None:
            self._hold("unknown task", review, "is not in the manifest", "Merge with the manifest it is in.")
            return True
        if now == review.task_hash:
            return False
        what = "the task has changed since the bundle was written"
        if self._stale == "take":
            self._note("changed task", review.task, f"{what}; stored as it was judged", "Keep the two apart.")
            return False
        self._hold("changed task", review, what, _TAKE)
        return True

    def _submit(self, review: Review) -> None:
        chain = [
            one for one in self._stored.values() if one.task == review.task and one.rubric == review.rubric
        ]
        last = max((one.revision for one in chain), default=0)
        if review.revision > last + 1:
            what = f"revision {review.revision} came back without the one before"
            self._hold("gap", review, what, "Look at what else is odd about this task, then merge again.")
            return
        moved = review.revision <= last
        if moved:
            changes = {"revision": last + 1, "reason": review.reason or SECOND_COPY}
            placed = review.model_copy(update=changes)
        else:
            placed = review
        try:
            self._stored[review.id] = self._store.submit(placed)
        except RoundRefusal as error:
            self._hold("refused", review, str(error), "It stays in the file; tell the reviewer.")
        except StoreError as error:
            self._hold("refused", review, str(error), "Merge again.")
        else:
            self.new += 1
            self._note_times(review)
            if moved:
                what = f"answered already in another copy; this answer is stored as revision {last + 1}"
                self._note("second answer", review.task, what, _TWICE)

    # What is odd ----------------------------------------------------------------------

    def _check_rubric(self) -> bool:
        """Note a rubric that is not what the store works with, and return whether its reviews may come in."""
        waybill = self._returned.waybill
        named = f"{waybill.rubric} {waybill.rubric_version} ({waybill.rubric_hash[:8]})"
        if waybill.rubric_hash not in self._rubrics:
            what = f"was judged by rubric {named}, which this store does not know; nothing was stored"
            self._note("stale rubric", "", what, "Merge into the store it was written from, or give rubric=.")
            return False
        wanted = self._round_rubric(waybill)
        newer = self._store.versions[waybill.campaign].since(waybill.rubric, waybill.rubric_version)
        if wanted not in ("", waybill.rubric_hash):
            what = f"was judged by rubric {named}; the round uses {wanted[:8]}"
            if self._stale == "hold":
                self._note("stale rubric", "", f"{what}; nothing was stored", _TAKE)
                return False
            self._note("stale rubric", "", f"{what}; stored as such", "Keep versions apart in figures.")
        elif newer:
            what = f"was judged by rubric {named}; {newer[-1].version} has been published since"
            self._note("stale rubric", "", f"{what}; stored as such", "Keep versions apart in figures.")
        return True

    def _round_rubric(self, waybill: Waybill) -> str:
        if waybill.round not in self._store.rounds.names(waybill.campaign):
            return ""
        return self._store.rounds[waybill.campaign, waybill.round].round.rubric_hash

    def _note_times(self, review: Review) -> None:
        for what in clock_oddities(review, self._returned.waybill.made_at, self._now):
            do = "Check the clock of that machine; the order of revisions does not depend on it."
            self._note("clock", review.task, what, do)

    def _look_for_two(self, new: list[Review]) -> None:
        """Note that two copies were worked on at the same moment, which one person cannot."""
        own = {one.id for one in self._returned.reviews}
        others = [one for one in self._stored.values() if one.id not in own]
        pairs = at_once(new, others)
        if pairs:
            one, other = pairs[0]
            what = (
                f"{len({a.id for a, _ in pairs})} reviews were made while the same name worked elsewhere "
                f"(first: {one.task} and {other.task})"
            )
            self._note("two at once", "", what, "Ask whether two people share the name or the bundle.")

    def _take_openings(self) -> None:
        place = self._returned.waybill.place
        known = set(self._store.openings.read(*place))
        for one in self._returned.openings:
            if one in known or (one.campaign, one.round, one.reviewer) != place:
                continue
            try:
                self._store.openings.log(one)
            except EvalWidgetsError as error:
                self._note(
                    "refused", one.task, f"a look at {one.kind} was not logged: {error}", "Merge again."
                )
            else:
                known.add(one)
                self.openings += 1

    def _silent(self) -> dict[tuple[str, str], list[str]]:
        """Return the reviewers of opened rounds of whom the store has nothing, by campaign and round."""
        found: dict[tuple[str, str], list[str]] = {}
        sent = {one.place for one in self._asked.values()}
        for campaign, name in sorted({(one.campaign, one.round) for one in self._asked.values()}):
            if name in self._store.rounds.names(campaign):
                heard = {one.reviewer for one in self._store.reviews(campaign, name)}
                invited = self._store.rounds[campaign, name].round.reviewers
                found[campaign, name] = [
                    one for one in invited if one not in heard and (campaign, name, one) not in sent
                ]
        return found

    def _hold(self, kind: OddKind, review: Review, what: str, do: str) -> None:
        self.held += 1
        self._note(kind, review.task, f"{what}; not stored", do)

    def _note(self, kind: OddKind, task: str, what: str, do: str) -> None:
        returned = self._returned
        self.odd.append(Odd(kind, returned.path.name, returned.waybill.reviewer, task, what, do))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


_WAIT = "Wait, or remind the reviewer to hand in."
_TWICE = "Ask which one counts; blind figures use the first."
_ANEW = "Write the reviewer a new bundle."
_TAKE = "Write the reviewer a new bundle, or merge with stale='take'."
