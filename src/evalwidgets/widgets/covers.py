"""Covers of sensitive pictures: what of a scene may leave the kernel before it is revealed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

NO_NOTE = "This task is marked as sensitive; nothing says what it shows."


class Covers:
    """Knows what is revealed of the scene on the stage; everything else stays covered.

    What was revealed belongs to the scene's key, and only as long as it is shown: who
    comes back to a task later finds it covered.

    Attributes
    ----------
    facts : callable
        What stands beside the content note now: `seen`, how many covered pictures the
        person opened today, and `pause`, the offer of one or nothing.
    """

    def __init__(self) -> None:
        self._key = ""
        self._revealed: set[str] = set()
        self.facts: Callable[[], dict[str, Any]] = lambda: {"seen": 0, "pause": ""}

    def turn(self, key: str) -> None:
        """Turn to the scene with this key; whatever was revealed of another is covered again."""
        if key != self._key:
            self._key, self._revealed = key, set()

    def reveal(self, key: str, role: str) -> None:
        """Reveal one picture of a scene."""
        self.turn(key)
        self._revealed.add(role)

    def over(self, scene: dict[str, Any]) -> dict[str, Any]:
        """Return a scene as it may leave the kernel now; one that is not sensitive is as it was."""
        if "sensitive" not in scene:
            return scene
        revealed = self._revealed if scene["key"] == self._key else ()
        pictures = [one if one["role"] in revealed else {**one, "picture": None} for one in scene["pictures"]]
        return {**scene, "pictures": pictures, "sensitive": {**scene["sensitive"], **self.facts()}}
