"""The built-in demo: painted pictures with edits of known truth, gold, anchors, simulated reviews."""

from builder.demo import DemoSummary, build_demo

__all__ = ["DemoSummary", "build_demo"]
