"""When something applies: a small language over answers given and the task's tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field, model_validator

from evalwidgets.core.value import Name, Value

_SUBJECTS = ("all", "any", "not", "answer", "tag")
_TESTS = ("equals", "in", "at_most", "at_least", "includes", "answered")
_WORDS = {
    "equals": "is",
    "in": "is one of",
    "at_most": "is at most",
    "at_least": "is at least",
    "includes": "includes",
}


class Test(Value):
    """One test of one value; exactly one key is given."""

    __test__ = False  # pytest would take the name for a test class

    equals: str | int | None = None
    """True when the value is this one."""
    in_: tuple[str | int, ...] | None = Field(None, alias="in", min_length=1)
    """True when the value is one of these."""
    at_most: float | None = None
    """True when the value is this number or lower."""
    at_least: float | None = None
    """True when the value is this number or higher."""
    includes: str | int | None = None
    """True when a list holds this value."""
    answered: bool | None = None
    """True tests that there is a value at all."""

    def __str__(self) -> str:
        """Return the test in words, for example `is at most 2`."""
        if self.answered is not None:
            return "is answered" if self.answered else "is not answered"
        name = self.given[0]
        values = self.in_ or (getattr(self, name),)
        return f"{_WORDS[name]} {', '.join(repr(value).removesuffix('.0') for value in values)}"

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the tests that are given."""
        tests = ("equals", "in_", "at_most", "at_least", "includes", "answered")
        return tuple(name.rstrip("_") for name in tests if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _exactly_one(self) -> Test:
        if len(self.given) != 1:
            msg = f"expected exactly one of {', '.join(_TESTS)}, got {list(self.given) or 'none'}"
            raise ValueError(msg)
        return self

    def passes(self, value: Any) -> bool:
        """Return whether the value passes; no value fails every test but `answered: false`."""
        if self.answered is not None:
            return self.answered == (value is not None)
        if value is None:
            return False
        if self.equals is not None:
            return bool(value == self.equals)
        if self.in_ is not None:
            return value in self.in_
        if self.includes is not None:
            return self.includes in value if isinstance(value, list | tuple) else value == self.includes
        if not isinstance(value, int | float):
            return False
        return value <= self.at_most if self.at_most is not None else value >= (self.at_least or 0)


class Condition(Value):
    """A test of an answer or a tag, or `all`, `any`, `not` of conditions."""

    all: tuple[Condition, ...] | None = None
    """True when every one of these holds."""
    any: tuple[Condition, ...] | None = None
    """True when at least one of these holds."""
    not_: Condition | None = Field(None, alias="not")
    """True when this does not hold."""
    answer: Name | None = None
    """The criterion or gate whose answer is tested."""
    tag: Name | None = None
    """The tag of the task that is tested."""
    equals: str | int | None = None
    """True when the value is this one."""
    in_: tuple[str | int, ...] | None = Field(None, alias="in", min_length=1)
    """True when the value is one of these."""
    at_most: float | None = None
    """True when the value is this number or lower."""
    at_least: float | None = None
    """True when the value is this number or higher."""
    includes: str | int | None = None
    """True when a list holds this value."""
    answered: bool | None = None
    """True tests that there is a value at all."""

    def __str__(self) -> str:
        """Return the condition in words, for example `visible_change is 'no'`."""
        if self.not_ is not None:
            return f"not ({self.not_})"
        if self.answer is not None or self.tag is not None:
            return f"{self.answer or f'tag {self.tag}'} {self.test}"
        joint = " or " if self.all is None else " and "
        return f"({joint.join(map(str, self.parts))})"

    @model_validator(mode="after")
    def _one_subject(self) -> Condition:
        given = [name for name in _SUBJECTS if getattr(self, {"not": "not_"}.get(name, name)) is not None]
        if len(given) != 1:
            msg = f"expected exactly one of {', '.join(_SUBJECTS)}, got {given or 'none'}"
            raise ValueError(msg)
        if given[0] in ("answer", "tag"):
            _ = self.test
        elif any(getattr(self, "in_" if name == "in" else name) is not None for name in _TESTS):
            msg = f"a test ({', '.join(_TESTS)}) needs 'answer' or 'tag' beside it, not '{given[0]}'"
            raise ValueError(msg)
        return self

    @property
    def test(self) -> Test:
        """The test of a condition on an answer or a tag."""
        tests = {name: getattr(self, "in_" if name == "in" else name) for name in _TESTS}
        return Test(**{name: value for name, value in tests.items() if value is not None})

    def holds(self, answers: Mapping[str, Any], tags: Mapping[str, Any] | None) -> bool | None:
        """Return whether the condition holds; None when it rests on tags that are not known.

        Parameters
        ----------
        answers : mapping
            Criterion id to answered value; unanswered ones are absent.
        tags : mapping or None
            The task's tags, or None when the task is not at hand.
        """
        if self.all is not None:
            return _all(part.holds(answers, tags) for part in self.all)
        if self.any is not None:
            verdict = _all(_negated(part.holds(answers, tags)) for part in self.any)
            return _negated(verdict)
        if self.not_ is not None:
            return _negated(self.not_.holds(answers, tags))
        if self.answer is not None:
            return self.test.passes(answers.get(self.answer))
        return None if tags is None else self.test.passes(tags.get(str(self.tag)))

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions directly inside `all`, `any` or `not`."""
        return (*(self.all or ()), *(self.any or ()), *((self.not_,) if self.not_ else ()))

    def on_answers(self) -> Iterator[Condition]:
        """Yield every condition in this one, or this one, that tests an answer."""
        if self.answer is not None:
            yield self
        for part in self.parts:
            yield from part.on_answers()

    def answers_used(self) -> set[str]:
        """Return the ids of the criteria whose answers this condition reads."""
        return {str(part.answer) for part in self.on_answers()}

    def tags_used(self) -> set[str]:
        """Return the names of the tags that this condition reads."""
        own = set() if self.tag is None else {str(self.tag)}
        return own.union(*(part.tags_used() for part in self.parts))


def _negated(verdict: bool | None) -> bool | None:
    return None if verdict is None else not verdict


def _all(verdicts: Iterator[bool | None]) -> bool | None:
    seen = set(verdicts)
    if False in seen:
        return False
    return None if None in seen else True
