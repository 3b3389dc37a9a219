"""What was measured of an edit, as the stage shows it."""

from __future__ import annotations

from typing import Any

from evalwidgets.core.task import Task
from evalwidgets.store.made_pictures import made_picture
from evalwidgets.store.tasks import TaskSet


def evidence_view(tasks: TaskSet, task: Task) -> dict[str, Any]:
    """Return the evidence of an edit: `overlay` (a MadePicture, or None), its size, light and facts.

    Raises
    ------
    EvalWidgetsError
        If a picture cannot be read.
    """
    from evalwidgets.analysis.evidence import compare, overlay  # loads scipy, which few sessions need

    found = compare(tasks.path_of(task, "original"), tasks.path_of(task, "edited"))
    layer = made_picture(overlay(found)) if found.changed.any() else None
    return {
        "overlay": layer,
        "width": layer.width if layer else 0,
        "height": layer.height if layer else 0,
        "trust": found.trust,
        "trust_sentence": found.trust_sentence,
        "sentences": list(found.sentences),
    }
