"""What a gate's answers do, read from the rubric: which act, which end the review, what they open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evalwidgets.core.criterion import Criterion, Gate, Multi
from evalwidgets.core.rubric import Rubric
from evalwidgets.errors import RatingsError, UnknownName


@dataclass(frozen=True)
class GateLogic:
    """A gate, and what follows from each of its answers.

    Parameters
    ----------
    gate : Gate
        The gate itself.
    acts : frozenset of str
        The answers that act: they end or narrow the review; where none does, those that
        open the most required questions. All others let the task pass.
    ends : frozenset of str
        The answers that end the review.
    bars : dict
        Answer to the ids of the criteria that may not be answered after it.
    opens : dict
        Criterion that depends on this gate to the answers that open it.
    """

    gate: Gate
    acts: frozenset[str]
    ends: frozenset[str]
    bars: Mapping[str, frozenset[str]]
    opens: Mapping[str, frozenset[str]]

    def clauses(self, rubric: Rubric) -> Iterator[Multi]:
        """Give the sets of options that an acting answer must name, such as the clauses of a policy."""
        for criterion in rubric.criteria:
            opened_by = self.opens.get(criterion.id, frozenset())
            if isinstance(criterion, Multi) and criterion.required and self.acts & opened_by:
                yield criterion


def gates_of(rubric: Any, acts: Mapping[str, Any] | None = None) -> tuple[GateLogic, ...]:
    """Return the logic of each gate, in the order of the rubric.

    Parameters
    ----------
    rubric : Rubric
        The rule book.
    acts : mapping or None
        Gate id to the answers that act, where the client sees it differently.

    Raises
    ------
    RatingsError
        If it is no rubric: scales alone do not say what follows from an answer.
    UnknownName
        If `acts` names a gate or an answer that the rubric does not have.
    """
    if not isinstance(rubric, Rubric):
        msg = (
            f"rubric: expected a Rubric, got {type(rubric).__name__}. A list of scales does not say what "
            "follows from a gate's answer; read the rubric with read_rubric('rubrics/image-edit.yaml')."
        )
        raise RatingsError(msg)
    own = dict(acts or {})
    for gate_id in own:
        if gate_id not in [gate.id for gate in rubric.gates]:
            raise UnknownName("gate", gate_id, [gate.id for gate in rubric.gates], f"rubric {rubric.id}")
    return tuple(_logic(gate, rubric, own.get(gate.id)) for gate in rubric.gates)


def _logic(gate: Gate, rubric: Rubric, own: Any) -> GateLogic:
    opens = {
        criterion.id: frozenset(value for value in gate.scale if _is_asked(criterion, gate, value))
        for criterion in rubric.criteria
        if criterion.applies_when and gate.id in criterion.applies_when.answers_used()
    }
    for value in own or ():
        if value not in gate.scale:
            raise UnknownName("answer", str(value), gate.scale, f"gate {gate.id}")
    ids = [criterion.id for criterion in rubric.all]
    after = frozenset(ids[ids.index(gate.id) + 1 :])
    return GateLogic(
        gate=gate,
        acts=frozenset(own) if own is not None else _acting(gate, rubric, opens),
        ends=frozenset(option.value for option in gate.options if option.next == "stop"),
        bars={o.value: after - o.leaves for o in gate.options if o.leaves is not None},
        opens=opens,
    )


def _acting(gate: Gate, rubric: Rubric, opens: Mapping[str, frozenset[str]]) -> frozenset[str]:
    limiting = frozenset(option.value for option in gate.options if option.leaves is not None)
    if limiting:
        return limiting
    required = [opens[one.id] for one in rubric.criteria if one.required and one.id in opens]
    burden = {value: sum(value in answers for answers in required) for value in gate.scale}
    most = max(burden.values())
    if most == min(burden.values()):
        return frozenset()
    return frozenset(value for value, n in burden.items() if n == most)


def _is_asked(criterion: Criterion, gate: Gate, value: str) -> bool:
    condition = criterion.applies_when
    return condition is None or condition.holds({gate.id: value}, None) is not False
