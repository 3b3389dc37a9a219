"""Many tasks at once: what is known of each, ready-made slices, and queries that can do no harm."""

from evalwidgets.analysis.explore.chosen import chosen
from evalwidgets.analysis.explore.presets import PRESETS, Preset
from evalwidgets.analysis.explore.task_facts import task_facts

__all__ = ["PRESETS", "Preset", "chosen", "task_facts"]
