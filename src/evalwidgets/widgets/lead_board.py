"""What every board of a lead does with an act: do it alone, show where things stand, or say why not."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar, NamedTuple

import ipywidgets

from evalwidgets.errors import EvalWidgetsError, UnknownName
from evalwidgets.widgets.plain_box import PlainBox

_log = logging.getLogger(__name__)


class Doer(NamedTuple):
    """Who does some of a board's acts."""

    acts: Sequence[str]
    who: object
    before: str = ""
    """What stands before an act's name in the name of the method that does it."""


def columns(*parts: ipywidgets.Widget) -> ipywidgets.HBox:
    """Return what lies below a board's head, side by side."""
    body = ipywidgets.HBox(parts)
    body.add_class("ew-board-body")
    return body


class LeadBoard(PlainBox):
    """A board on which a lead acts by buttons and keys, or by code.

    Parameters
    ----------
    children : sequence of Widget
        What it holds.
    """

    _called: ClassVar[str] = "the board"
    """What it is called in errors."""

    def __init__(self, children: Sequence[ipywidgets.Widget]) -> None:
        self._lock = threading.RLock()
        super().__init__(children)
        self.add_class("ew-panel")
        self.add_class("ew-board")

    def act(self, name: str, *said: Any) -> None:
        """Do what a button of the board does, for example ``act("reveal")``.

        Raises
        ------
        EvalWidgetsError
            If it cannot be done now.
        """
        with self._lock:
            self._do(name, list(said))
            self._refresh()

    def _on_act(self, name: str, said: list[Any]) -> bool:
        """Do an act and return whether it was done; what cannot be done now is told to the lead."""
        with self._lock:
            problem = ""
            try:
                self._do(name, said)
            except EvalWidgetsError as error:
                _log.info("Refused %s: %s", name, error)
                problem = str(error)
                with suppress(EvalWidgetsError):  # what was refused may have been done on another board
                    self._look_again()
            self._refresh(problem)
        return not problem

    def _doers(self) -> tuple[Doer, ...]:
        """Return who does what."""
        raise NotImplementedError

    def _do(self, name: str, said: list[Any]) -> None:
        """Do an act by its name."""
        doers = self._doers()
        found = next((one for one in doers if name in one.acts), None)
        if found is None:
            raise UnknownName("act", name, [act for one in doers for act in one.acts], self._called)
        getattr(found.who, f"{found.before}{name}")(*said)

    def _look_again(self) -> None:
        """Read the log anew."""
        raise NotImplementedError

    def _refresh(self, problem: str = "") -> None:
        """Show where things stand, and what could not be done."""
        raise NotImplementedError
