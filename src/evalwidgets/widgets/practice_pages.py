"""Which page stands in the place of the panel: home, the exemplars, a result."""

from __future__ import annotations

import logging

from evalwidgets.core.lesson_state import LessonState
from evalwidgets.errors import EvalWidgetsError, StoreError
from evalwidgets.widgets.course import Course
from evalwidgets.widgets.exam_work import certificate_files, certify
from evalwidgets.widgets.exemplars import Exemplars
from evalwidgets.widgets.learner_book import LearnerBook
from evalwidgets.widgets.practice_doors import doors
from evalwidgets.widgets.practice_home import home_page
from evalwidgets.widgets.practice_page import PracticePage
from evalwidgets.widgets.result_page import result_page

_log = logging.getLogger(__name__)
_MEDIA = {".html": "text/html", ".md": "text/markdown"}


class PracticePages:
    """Knows which page is open, and makes it from a learner's book.

    Parameters
    ----------
    course : Course
        What is taught.

    Attributes
    ----------
    exemplars : Exemplars or None
        What the wall shows; None where no criterion of the rubric has anchors.
    toured : bool
        Whether the tour was taken since the panel was opened.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        self.exemplars = _exemplars(course)
        self.toured = False
        self._open, self._notice = "home", ""
        self._criterion: str | None = None
        self._certified: set[str] = set()  # exams whose certificate was seen to

    def turn(self, page: str, *, notice: str = "", criterion: str | None = None) -> None:
        """Turn to "home", "wall", or "result:" with the name of a lesson.

        Home says what could not be done; the wall shows a criterion, if it has anchors.
        """
        self._open, self._notice = page, notice
        if self.exemplars is not None and criterion in self.exemplars.criteria:
            self._criterion = criterion

    def show(self, page: PracticePage, book: LearnerBook, refused: str = "") -> None:
        """Show the page that is open; one that there is not is home."""
        state = book.named(self._open.removeprefix("result:"))
        if self._open == "wall" and self.exemplars is not None:
            page.show_wall(self._criterion)
        elif self._open.startswith("result:") and state is not None and state.judged is not None:
            self._show_result(page, state)
        else:
            notice = refused or self._notice
            page.show(home_page(book, has_wall=self._has_wall, toured=self.toured, notice=notice))

    def _show_result(self, page: PracticePage, state: LessonState) -> None:
        """Show a result at once, and again when its certificate is written; without one it stands, too."""
        page.show(result_page(state, certificate_files(self._course, state)))
        if state.lesson.name in self._certified:
            return
        self._certified.add(state.lesson.name)
        try:
            certify(self._course, state)
        except StoreError as error:
            _log.info("A certificate was not written: %s", error)
        page.show(result_page(state, certificate_files(self._course, state)))

    def send_file(self, page: PracticePage, book: LearnerBook, name: str) -> None:
        """Hand over a file of the result that is open; any other is not given."""
        state = book.named(self._open.removeprefix("result:"))
        for path in certificate_files(self._course, state) if state is not None else ():
            if path.name == name:
                page.send_file(name, _MEDIA[path.suffix], path.read_bytes())

    def locked(self, book: LearnerBook, what: str) -> str:
        """Return why a door does not open now; empty when it does."""
        path = doors(book, has_wall=self._has_wall, toured=self.toured)
        shut = [one for one in path if one.what == what and one.state in ("locked", "done")]
        return (shut[0].why or f"{shut[0].title} is done.") if shut else ""

    @property
    def _has_wall(self) -> bool:
        return self.exemplars is not None


def _exemplars(course: Course) -> Exemplars | None:
    """Return the anchors of the rubric, if any criterion has some."""
    try:
        return None if course.anchors is None else Exemplars(course.anchors, course.rubric, course.campaign)
    except EvalWidgetsError:
        return None
