"""The lead's work on what reviewers do not agree on: drafts of decisions, and the acts that the log takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from evalwidgets.core import adjudication_events as events
from evalwidgets.core.adjudication_book import AdjudicationBook
from evalwidgets.core.adjudication_events import How, SentBack, Settled
from evalwidgets.core.cause import CAUSES
from evalwidgets.core.criterion import Criterion
from evalwidgets.core.gold import Gold
from evalwidgets.core.gold_changes import NOT_APPLICABLE
from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.errors import AdjudicationError, UnknownName
from evalwidgets.store.reviews import ReviewStore
from evalwidgets.store.tasks import TaskSet
from evalwidgets.widgets.adjudication_answers import AdjudicationAnswers, CaseFilter
from evalwidgets.widgets.adjudication_draft import Asking, CaseDraft, check_whole, na_of
from evalwidgets.widgets.adjudication_levels import CaseLevel, case_levels, value_of
from evalwidgets.widgets.settling import made

Place = tuple[str, str]
"""Task and criterion."""


class AdjudicationWork:
    """The cases of one rubric in the lead's hands; nothing is settled before the log says so.

    Parameters
    ----------
    tasks, rubric, store
        As in `AdjudicationPanel`.
    campaign, lead : str
        Whose log, and who acts.
    round_ : str or None
        Only answers of this round.
    gold : mapping of task to Gold
        Shown of a case when it is asked for.

    Attributes
    ----------
    answers : AdjudicationAnswers
        What reviewers said, as far as it may be compared.
    show : CaseFilter
        Which cases the list shows.
    place : tuple of task and criterion
        The case on the table; two empty texts while there is none.
    named, revealed : bool
        Whether names, and gold, were asked for on this case.
    turn : int
        Counts what is to be written next: the page puts the cursor there.
    """

    def __init__(
        self,
        tasks: TaskSet,
        rubric: Rubric,
        store: ReviewStore,
        *,
        campaign: str,
        lead: str,
        round_: str | None,
        gold: Mapping[str, Gold],
    ) -> None:
        self._tasks, self._store, self._campaign = tasks, store, campaign
        self.rubric, self.lead, self.gold = rubric, lead, gold
        self.answers = AdjudicationAnswers(tasks, rubric, store, campaign, round_)
        self.book: AdjudicationBook = store.adjudication[campaign]
        self.show = CaseFilter()
        self.place: Place = ("", "")
        self.reviews: tuple[Review, ...] = ()
        self.named = self.revealed = False
        self.turn = 0
        self._drafts: dict[Place, CaseDraft] = {}
        self.look()

    # What lies on the table -----------------------------------------------------------

    @property
    def task(self) -> Task | None:
        """The task of the case."""
        return self._tasks[self.place[0]] if self.place[0] else None

    @property
    def criterion(self) -> Criterion:
        """The criterion of the case, in the words for its task."""
        task, name = self.place
        return self.rubric.worded(name, self._tasks[task].tags)

    @property
    def draft(self) -> CaseDraft:
        """What is about to be decided on the case."""
        return self._drafts.get(self.place, CaseDraft())

    @property
    def settled(self) -> Settled | None:
        """The last word on the case."""
        return self.book.settled.get((self.place[0], self.rubric.id, self.place[1]))

    @property
    def letters(self) -> dict[str, str]:
        """Reviewer to letter, for everybody who reviewed the task."""
        return self.answers.letters(self.reviews, self.place[0])

    @property
    def said(self) -> dict[str, tuple[Review, Answer]]:
        """Letter to the standing answer on the case, and the review that gave it, by letter."""
        return self.answers.said(self.reviews, self.letters, self.place[1])

    @property
    def levels(self) -> tuple[CaseLevel, ...]:
        """What can be said of the case, with who said it, as the page lists it."""
        task = self.task
        answers = {letter: answer for letter, (_, answer) in self.said.items()}
        return case_levels(self.criterion, answers, tuple(task.images) if task else ())

    @property
    def order(self) -> list[Place]:
        """The cases that the list shows, in order."""
        return self.answers.order(self.show)

    def sent_back(self, review: str) -> SentBack | None:
        """Return the note with which a review was returned, answered or not."""
        return self.book.sent_back.get(review)

    # What the panel asks for ----------------------------------------------------------

    def look(self) -> None:
        """Read answers and log anew: reviewers and other leads may have acted."""
        self.book = self._store.adjudication[self._campaign]
        self.answers.look(self.book)
        if self.place != ("", ""):
            self.reviews = self.answers.reviews(self.place[0])
        else:
            self._next()

    def lay(self, task: str, criterion: str) -> None:
        """Lay a case on the table; names and gold are covered again."""
        self.place = (self._tasks[task].id, self.rubric.criterion(criterion).id)
        self.reviews = self.answers.reviews(task)
        self.named = self.revealed = False

    def step(self, by: int) -> None:
        """Go on in the list, or back."""
        order = self.order
        if order:
            here = order.index(self.place) if self.place in order else -1 if by > 0 else 0
            self.lay(*order[(here + by) % len(order)])

    def filter(self, what: str, value: str) -> None:
        """Show fewer cases, or others."""
        self.show = self.show.with_(what, value)

    def pick(self, letter: str) -> None:
        """Look at one answer."""
        if letter not in self.said:
            raise UnknownName("letter", letter, self.said, "the case")
        accepts = {"value": value_of(self.said[letter][1])} if self.draft.how == "accepted" else {}
        self._draft(picked=letter, **accepts)

    def pick_beside(self, by: int) -> None:
        """Look at the answer below or above, as the page lists them."""
        letters = [letter for level in self.levels for letter in level.letters]
        if letters:
            at = letters.index(self.draft.picked) + by if self.draft.picked in letters else (by < 0) * -1
            self.pick(letters[at % len(letters)])

    def accept(self) -> None:
        """Let the picked answer stand."""
        _, answer = self._picked
        self._decide("accepted", value_of(answer))

    def choose(self, value: Any) -> None:
        """Let another answer stand, whoever gave it or nobody."""
        why = None if value == NOT_APPLICABLE else self.criterion.explain(value)
        if why:
            msg = f"{self.criterion.label}: {why}."
            raise AdjudicationError(msg)
        self._decide("chosen", value)

    def leave_open(self) -> None:
        """Say that the case cannot be settled."""
        self._decide("unresolved", None)

    def ask(self, what: Asking) -> None:
        """Take digits as causes, or let reason or note be written."""
        if what == "note":
            self._check_returnable(self._picked[0])
        self._draft(asking=what)

    def name_cause(self, cause: str) -> None:
        """Say why reviewers disagreed; a suggestion is none before it is named."""
        if cause not in CAUSES:
            raise UnknownName("cause", cause, CAUSES, "the board")
        self._draft(cause=cause, asking="reason" if self.draft.how else "answer")

    def say(self, task: str, criterion: str, what: str, text: str) -> None:
        """Keep what was typed of a case so far."""
        before = self._drafts.get((task, criterion), CaseDraft())
        known = {"reason": replace(before, reason=text), "note": replace(before, note=text)}
        if what not in known:
            raise UnknownName("text", what, known, "a decision")
        self._drafts[task, criterion] = known[what]

    def discard(self) -> None:
        """Forget what was about to be decided; the picked answer stays."""
        self._drafts[self.place] = CaseDraft(picked=self.draft.picked)

    def show_names(self) -> None:
        """Show who is who, or letters again; the next case begins without names."""
        self.named = not self.named

    def reveal(self) -> None:
        """Show gold of the case, or cover it again."""
        if self.place[0] not in self.gold:
            msg = f"There is no gold of task {self.place[0]!r}."
            raise AdjudicationError(msg)
        self.revealed = not self.revealed

    def confirm(self, reason: str) -> None:
        """Settle the case as drafted, and go on to the next one that is open."""
        draft = replace(self.draft, reason=reason.strip())
        self._drafts[self.place] = draft
        if draft.how and not draft.cause:
            self._draft(asking="cause")
        check_whole(draft)
        review, answer = self._picked if draft.how == "accepted" else (None, None)
        na = na_of(answer, self.said.values(), draft, self.criterion)
        self._check_current()
        self._log(
            events.Settled,
            rubric_version=self.rubric.version,
            criterion=self.place[1],
            how=draft.how,
            value=None if na is not None else draft.value,
            na=na,
            review=review.id if review else "",
            reason=draft.reason,
            cause=draft.cause,
            considered=tuple(one.id for one in self.reviews),
        )
        self._drafts.pop(self.place, None)
        self._next()

    def send_back(self, note: str) -> None:
        """Return the picked review to its reviewer, with what to look at."""
        self._draft(note=note.strip(), asking="note")
        review, _ = self._picked
        self._check_returnable(review)
        if not note.strip():
            msg = "Say in a few words what to look at again; it is all that the reviewer reads."
            raise AdjudicationError(msg)
        self._check_current()
        self._log(
            events.SentBack,
            round=review.round,
            reviewer=review.reviewer,
            review=review.id,
            criterion=self.place[1],
            note=note.strip(),
        )
        self.discard()

    def take_back(self) -> None:
        """Let the picked review that was returned stand as it is."""
        review, _ = self._picked
        self._log(events.TakenBack, review=review.id, reason="need not be looked at again")

    # ----------------------------------------------------------------------------------

    @property
    def _picked(self) -> tuple[Review, Answer]:
        if self.draft.picked not in self.said:
            msg = "Pick an answer first: \N{UPWARDS ARROW} and \N{DOWNWARDS ARROW} go from one to the next."
            raise AdjudicationError(msg)
        return self.said[self.draft.picked]

    def _draft(self, **changes: Any) -> None:
        before = self.draft
        self._drafts[self.place] = now = replace(before, **changes)
        if now.asking != before.asking and now.asking in ("reason", "note"):
            self.turn += 1

    def _decide(self, how: How, value: Any) -> None:
        self._draft(how=how, value=value, asking="reason" if self.draft.cause else "cause")

    def _check_current(self) -> None:
        """Refuse to act on answers, or over a decision, that the lead has not seen."""
        shown, before = {one.id for one in self.reviews}, self.settled
        self.look()
        if shown != {one.id for one in self.reviews}:
            self._draft(how="", value=None, asking="answer")
            msg = "A reviewer changed an answer meanwhile. Look at the case as it stands now, then decide."
            raise AdjudicationError(msg)
        if before != self.settled and self.settled is not None:
            msg = f"{self.settled.by} settled this case meanwhile. Look at it; yours would replace it."
            raise AdjudicationError(msg)

    def _check_returnable(self, review: Review) -> None:
        if review.round in self.answers.opened:
            msg = (
                f"This review belongs to the calibration round {review.round!r}, which is closed: "
                "it cannot be returned. Hold a re-vote on the board instead."
            )
            raise AdjudicationError(msg)

    def _next(self) -> None:
        """Go on to the case after this one that is open."""
        following = self.answers.next_open(self.place, self.show)
        if following:
            self.lay(*following)
        elif self.place == ("", "") and self.order:
            self.lay(*self.order[0])

    def _log(self, kind: type[Any], **facts: Any) -> None:
        place = {"task": self.place[0], "rubric": self.rubric.id}
        event = made(kind, by=self.lead, at=datetime.now(UTC), **place, **facts)
        self.book = self._store.adjudication.log(self._campaign, event)
        self.answers.mark(self.book)
