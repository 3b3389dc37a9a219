"""Work to carry to other tools and back: a few tasks, every kind of answer, and hostile texts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from evalwidgets.core.review import Answer, Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import Task
from evalwidgets.core.value import clean_text
from evalwidgets.store.exchange.work import Work
from evalwidgets.store.tasks import TaskSet

from ..samples import IF_CHANGED, LEVELS, OPTIONS, a_region, criterion

SIZE = (300, 200)
"""Width and height of every picture that a region names."""

HOSTILE = (
    '=HYPERLINK("http://example.org")',
    '\'tis fine, he said; "really"',
    "two\nlines\r\nand three",
    "-1",
    "007",
    "3.0",
    "NaN",
    "null",
    '["halo"]',
    "{}",
    "zoë 猫 \N{PILE OF POO} e\N{COMBINING ACUTE ACCENT}",
    "\u2028\u202e\t|",
    "<script>alert(1)</script> & co",
    " blanks ",
)
TEXTS = st.sampled_from(HOSTILE) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12
)
_BEGAN = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_work_rubric(version: str = "1.0.0", kind: str = "edit") -> Rubric:
    """Return a rubric with a gate and each control that other tools have a word for."""
    gate = {
        "id": "feasible",
        "label": "Feasible",
        "question": "Can it be done?",
        "options": [
            {"value": "ok", "name": "Yes"},
            {"value": "no", "name": "No", "next": "stop", "ask_reason": True},
        ],
        "reasons": [{"id": "absent", "name": "What is named is absent"}],
    }
    sides = [("a", "A"), ("b", "B"), ("tie", "No difference")]
    criteria = [
        criterion("change", "yes_no"),
        criterion(
            "quality",
            "ordinal",
            levels=LEVELS,
            applies_when=IF_CHANGED,
            na_reasons=[{"id": "hidden", "name": "Cannot be seen"}],
        ),
        criterion("response", "choice", options=OPTIONS, required=False),
        criterion("defects", "multi", options=OPTIONS, required=False),
        criterion("number", "count", most=20, required=False),
        criterion("differs", "text", required=False),
        criterion("places", "regions", required=False),
    ]
    if kind == "pair":
        options = [{"value": value, "name": name} for value, name in sides]
        criteria.append(criterion("better", "preference", options=options))
    first = {"version": version, "date": "2026-01-31", "bump": "first", "changes": [f"Version {version}."]}
    return Rubric.model_validate(
        {
            "id": f"exchange-{kind}",
            "version": version,
            "title": "What travels",
            "kind": kind,
            "purpose": "Try what other tools can carry.",
            "gates": [gate],
            "criteria": criteria,
            "flags": [{"id": "edge_case", "name": "Edge case"}, {"id": "novel", "name": "Novel"}],
            "defects": [{"id": "light", "name": "Light", "classes": [{"id": "halo", "name": "Halo"}]}],
            "changelog": [first],
        }
    )


RUBRICS = {kind: (a_work_rubric("1.0.0", kind), a_work_rubric("1.1.0", kind)) for kind in ("edit", "pair")}
_ROLES = {"edit": ("original", "edited"), "pair": ("a", "b")}


_SHAPES = (
    ("box", ((10, 20), (40, 60))),
    ("box", ((0.25, 0), (300, 199.99))),
    ("point", ((17.5, 3),)),
    ("polygon", ((1, 1), (30, 2), (15, 40.25))),
)


class _Chance:
    """Draws the small choices of one example: much faster than a strategy for each of them."""

    def __init__(self, seed: int, texts: Sequence[str]) -> None:
        self._random = random.Random(seed)
        self._texts = (*HOSTILE, *texts)

    def of(self, *choices: Any) -> Any:
        return self._random.choice(choices)

    def text(self) -> str:
        return self._random.choice(self._texts)

    def note(self) -> str:
        return self.text() if self._random.random() < 0.5 else ""

    def id(self) -> str:
        return str(UUID(int=self._random.getrandbits(128)))

    def region(self, number: int, kind: str) -> dict[str, Any]:
        shape, points = self.of(*_SHAPES)
        return a_region(
            id=f"r{number}",
            type=shape,
            points=points,
            size=SIZE,
            role=self.of(*_ROLES[kind]),
            label=self.of("halo", ""),
            severity=self.of(None, 1, 2, 3),
            cause=self.of("", "edit", "unsure"),
            note=self.note(),
        )

    def answers(self, kind: str) -> dict[str, Answer]:
        """Return answers of the right shape to some criteria, each with what may go with it."""
        level, other, note = self.of(1, 2, 3, 4, 5), self.of(None, 1, 5), self.note()
        every = {
            "feasible": self.of(Answer(value="ok"), Answer(value="no", reason="absent")),
            "change": Answer(value=self.of("yes", "no"), note=self.note()),
            "quality": self.of(Answer(value=level, second=other, note=note), Answer(na="hidden", note=note)),
            "response": Answer(value=self.of("halo", "remnant")),
            "defects": Answer(value=self.of([], ["halo"], ["halo", "remnant"])),
            "number": self.of(Answer(value=self._random.randrange(21)), Answer(note="I lost count.")),
            "differs": Answer(value=self.text()),
            "places": Answer(value=[self.region(n, kind) for n in range(self.of(0, 1, 3))]),
        }
        if kind == "pair":
            every["better"] = Answer(value=self.of("a", "b", "tie"), note=self.note())
        return {name: answer for name, answer in every.items() if self.of(True, True, False)}

    def review(self, number: int, task: Task, rubric: Rubric, revisions: Counter[tuple[str, ...]]) -> Review:
        place = (task.id, self.of("ana", "=ben", "zo\u00eb", "lee, k.", "'mia"), self.of("r1", "r2"))
        revisions[place] += 1
        skipped = self.of(*[False] * 9, True)
        return Review(
            id=self.id(),
            campaign="spring",
            round=place[2],
            task=task.id,
            task_hash="a" * 64,
            rubric=rubric.id,
            rubric_version=rubric.version,
            rubric_hash=rubric.hash,
            reviewer=place[1],
            revision=revisions[place],
            state="skipped" if skipped else "submitted",
            answers={} if skipped else self.answers(rubric.kind),
            note=self.note(),
            flags=self.of({}, {"edge_case": self.note()}, {"edge_case": "", "novel": self.text()}),
            confidence=self.of(None, 1, 2, 3),
            reason=self.note(),
            shown_at=_BEGAN + timedelta(minutes=number),
            submitted_at=_BEGAN + timedelta(minutes=number, seconds=41, microseconds=number),
            seconds=self.of(0.0, 12.5, 38.123),
            position=number,
        )


def _task(number: int, kind: str, texts: tuple[str, str]) -> Task:
    return Task(
        id=f"t{number}",
        kind=kind,  # type: ignore[arg-type]
        images={role: f"pictures/{number}-{role}.png" for role in _ROLES[kind]},  # type: ignore[misc]
        instruction=clean_text(texts[0]),
        guideline=clean_text(texts[1]),
        tags={"model": f"m{number}", "subjects": ("figure", "place")} if number % 2 else {},
        source=f"scene {number // 2}",
    )


@st.composite
def works(draw: st.DrawFn, kind: str = "edit", folder: Path = Path()) -> Work:
    """Draw work: up to three tasks, two versions of a rubric, some reviews with revisions and skips.

    The pictures need not exist; `folder` is where the tasks say that they are.
    """
    texts = draw(st.lists(TEXTS, max_size=3))
    chance = _Chance(draw(st.integers(0, 2**32)), texts)
    instructions = [text for text in (chance.text() for _ in range(3)) if text.strip()] or ["Add a hat"]
    tasks = [_task(number, kind, (text, chance.note())) for number, text in enumerate(instructions)]
    revisions: Counter[tuple[str, ...]] = Counter()
    reviews = tuple(
        chance.review(number, chance.of(*tasks), chance.of(*RUBRICS[kind]), revisions)
        for number in range(draw(st.integers(0, 6)))
    )
    named = {one.rubric_hash for one in reviews}
    return Work(
        TaskSet(tasks, folder), {one.hash: one for one in RUBRICS[kind] if one.hash in named}, reviews
    )
