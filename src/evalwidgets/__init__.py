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
    from evalwidgets.core.gold_changes import with_decisions
    from evalwidgets.core.gold_regions import with_regions
    from evalwidgets.core.review import Answer, Review
    from evalwidgets.core.round import Round
    from evalwidgets.core.rubric import Rubric
    from evalwidgets.core.session import Session
    from evalwidgets.core.task import Task
    from evalwidgets.errors import EvalWidgetsError
    from evalwidgets.store.anchors import AnchorSet, read_anchors
    from evalwidgets.store.bundle.merge import merge_bundles
    from evalwidgets.store.bundle.merge_report import MergeReport
    from evalwidgets.store.bundle.opened import Bundle, open_bundle
    from evalwidgets.store.bundle.returned import return_bundle
    from evalwidgets.store.bundle.write import write_bundles
    from evalwidgets.store.exchange.csv_files import write_csv
    from evalwidgets.store.exchange.formats import export_work, import_work
    from evalwidgets.store.exchange.rating_files import read_ratings
    from evalwidgets.store.exchange.work import work_of
    from evalwidgets.store.intake.intake import guess_intake
    from evalwidgets.store.intake.take_in import take_in
    from evalwidgets.store.publishing import publish
    from evalwidgets.store.reviews import ReviewStore, open_store
    from evalwidgets.store.rubrics import read_rubric
    from evalwidgets.store.side_by_side import side_by_side
    from evalwidgets.store.tables import gold_table, level_table, rubric_table
    from evalwidgets.store.tasks import TaskSet, read_gold, read_tasks
    from evalwidgets.widgets.adjudication_panel import AdjudicationPanel
    from evalwidgets.widgets.calibration_board import CalibrationBoard
    from evalwidgets.widgets.exemplar_wall import ExemplarWall
    from evalwidgets.widgets.explorer import Explorer
    from evalwidgets.widgets.gap_register import GapRegister
    from evalwidgets.widgets.gold_bench import GoldBench
    from evalwidgets.widgets.intake_desk import IntakeDesk
    from evalwidgets.widgets.open_panel import open_panel
    from evalwidgets.widgets.practice_panel import PracticePanel
    from evalwidgets.widgets.review_panel import ReviewPanel
    from evalwidgets.widgets.round_panel import RoundPanel
    from evalwidgets.widgets.rubric_desk import RubricDesk

_HOMES = {
    "AdjudicationPanel": "widgets.adjudication_panel",
    "AnchorSet": "store.anchors",
    "Answer": "core.review",
    "Bundle": "store.bundle.opened",
    "CalibrationBoard": "widgets.calibration_board",
    "EvalWidgetsError": "errors",
    "ExemplarWall": "widgets.exemplar_wall",
    "Explorer": "widgets.explorer",
    "GapRegister": "widgets.gap_register",
    "Gold": "core.gold",
    "GoldBench": "widgets.gold_bench",
    "IntakeDesk": "widgets.intake_desk",
    "MergeReport": "store.bundle.merge_report",
    "PracticePanel": "widgets.practice_panel",
    "Review": "core.review",
    "ReviewPanel": "widgets.review_panel",
    "ReviewStore": "store.reviews",
    "Round": "core.round",
    "RoundPanel": "widgets.round_panel",
    "Rubric": "core.rubric",
    "RubricDesk": "widgets.rubric_desk",
    "Session": "core.session",
    "Task": "core.task",
    "TaskSet": "store.tasks",
    "check": "core.check",
    "export_work": "store.exchange.formats",
    "feedback": "core.feedback",
    "gold_table": "store.tables",
    "guess_intake": "store.intake.intake",
    "import_work": "store.exchange.formats",
    "level_table": "store.tables",
    "merge_bundles": "store.bundle.merge",
    "open_bundle": "store.bundle.opened",
    "open_panel": "widgets.open_panel",
    "open_store": "store.reviews",
    "publish": "store.publishing",
    "read_anchors": "store.anchors",
    "read_gold": "store.tasks",
    "read_ratings": "store.exchange.rating_files",
    "read_rubric": "store.rubrics",
    "read_tasks": "store.tasks",
    "return_bundle": "store.bundle.returned",
    "rubric_table": "store.tables",
    "side_by_side": "store.side_by_side",
    "take_in": "store.intake.take_in",
    "with_decisions": "core.gold_changes",
    "with_regions": "core.gold_regions",
    "work_of": "store.exchange.work",
    "write_bundles": "store.bundle.write",
    "write_csv": "store.exchange.csv_files",
}

__all__ = [
    "AdjudicationPanel",
    "AnchorSet",
    "Answer",
    "Bundle",
    "CalibrationBoard",
    "EvalWidgetsError",
    "ExemplarWall",
    "Explorer",
    "GapRegister",
    "Gold",
    "GoldBench",
    "IntakeDesk",
    "MergeReport",
    "PracticePanel",
    "Review",
    "ReviewPanel",
    "ReviewStore",
    "Round",
    "RoundPanel",
    "Rubric",
    "RubricDesk",
    "Session",
    "Task",
    "TaskSet",
    "check",
    "export_work",
    "feedback",
    "gold_table",
    "guess_intake",
    "import_work",
    "level_table",
    "merge_bundles",
    "open_bundle",
    "open_panel",
    "open_store",
    "publish",
    "read_anchors",
    "read_gold",
    "read_ratings",
    "read_rubric",
    "read_tasks",
    "return_bundle",
    "rubric_table",
    "side_by_side",
    "take_in",
    "with_decisions",
    "with_regions",
    "work_of",
    "write_bundles",
    "write_csv",
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
