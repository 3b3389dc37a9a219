"""Review images against a rubric in JupyterLab, and find out where and why people disagree.

Everything here is loaded when it is first used: importing the package costs little more
than pydantic.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evalwidgets.core.check import check
    from evalwidgets.core.feedback import feedback
    from evalwidgets.core.gold import Gold
    from evalwidgets.core.review import Answer, Review
    from evalwidgets.core.rubric import Rubric
    from evalwidgets.core.session import Session
    from evalwidgets.core.task import Task
    from evalwidgets.errors import EvalWidgetsError
    from evalwidgets.store.reviews import ReviewStore, open_store
    from evalwidgets.store.rubrics import read_rubric
    from evalwidgets.store.tables import gold_table, level_table, rubric_table
    from evalwidgets.store.tasks import TaskSet, read_gold, read_tasks
    from evalwidgets.widgets.review_panel import ReviewPanel

_HOMES = {
    "Answer": "core.review",
    "EvalWidgetsError": "errors",
    "Gold": "core.gold",
    "Review": "core.review",
    "ReviewPanel": "widgets.review_panel",
    "ReviewStore": "store.reviews",
    "Rubric": "core.rubric",
    "Session": "core.session",
    "Task": "core.task",
    "TaskSet": "store.tasks",
    "check": "core.check",
    "feedback": "core.feedback",
    "gold_table": "store.tables",
    "level_table": "store.tables",
    "open_store": "store.reviews",
    "read_gold": "store.tasks",
    "read_rubric": "store.rubrics",
    "read_tasks": "store.tasks",
    "rubric_table": "store.tables",
}

__all__ = [
    "Answer",
    "EvalWidgetsError",
    "Gold",
    "Review",
    "ReviewPanel",
    "ReviewStore",
    "Rubric",
    "Session",
    "Task",
    "TaskSet",
    "check",
    "feedback",
    "gold_table",
    "level_table",
    "open_store",
    "read_gold",
    "read_rubric",
    "read_tasks",
    "rubric_table",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module 'evalwidgets' has no attribute {name!r}; it has {', '.join(__all__)}"
        raise AttributeError(msg)
    value = getattr(import_module(f"evalwidgets.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
