"""The feedback view: what gold says of a review that is committed, in the place of the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from evalwidgets.widgets import assets


class FeedbackView(anywidget.AnyWidget):
    """Shows how a review compares with gold, and reports what the learner says to it.

    It decides nothing. While `feedback` is not empty it takes the form's place: the
    panel's desk has the class ``ew-learning``, and the form hears no keys.

    Parameters
    ----------
    on_message : callable
        Called with each report, all with the feedback's ``key``:
        ``{"type": "why", "criterion", "why", "remark"}`` (`why` is "misread", "missed" or
        "disagree"), ``{"type": "contest", "criterion", "reason"}``, ``{"type": "next"}``
        and ``{"type": "home"}``.
    """

    _esm = assets.module(
        "keys.js",
        "form_elements.js",
        "stage_input.js",
        "picture_urls.js",
        "feedback_words.js",
        "feedback_state.js",
        "feedback_anchors.js",
        "feedback_large.js",
        "feedback_row.js",
        "feedback_head.js",
        "feedback_view.js",
    )
    _css = assets.styles("feedback_view.css", "feedback_anchors.css")

    # What the panel sets
    feedback = traitlets.Dict().tag(sync=True)
    """What is shown; empty for nothing, so that no gold is in the page before the review is committed."""
    pictures = traitlets.Dict().tag(sync=True)
    """The anchors' pictures: hash to JPEG bytes."""

    def __init__(self, on_message: Callable[[Mapping[str, Any]], None]) -> None:
        super().__init__()
        self.on_msg(lambda _widget, content, _buffers: on_message(content))

    def show(self, feedback: Mapping[str, Any], pictures: Mapping[str, bytes]) -> None:
        """Show feedback, with the pictures that its anchors name.

        Parameters
        ----------
        feedback : mapping
            As JSON: ``key`` (of the desk), ``title``, ``rationale`` (the expert's sentence),
            ``rows``, ``regions`` (``found``, ``missed``, ``extra``, or None), ``confidence``,
            ``boundaries`` (each with ``label`` and ``note``), ``position`` and ``scored``.
            A row has ``criterion``, ``label``, ``mark`` (``within``, ``lenient``, ``strict``,
            ``different``, ``missing``, ``not_judged``), ``by`` (levels), ``given``, ``accepted``,
            ``sentence``, ``boundary`` (the note that decides), ``why``, ``contested`` and
            ``anchors`` (None, or ``mine`` and ``right``, each None or with ``level``, ``name``,
            ``descriptor``, ``why`` and ``pictures`` by role).
        pictures : mapping
            Hash to JPEG bytes.
        """
        with self.hold_sync():
            self.pictures = dict(pictures)
            self.feedback = dict(feedback)

    def hide(self) -> None:
        """Show nothing and keep nothing."""
        with self.hold_sync():
            self.feedback = {}
            self.pictures = {}

    def __repr__(self) -> str:
        """Return one deterministic line."""
        return "FeedbackView()"
