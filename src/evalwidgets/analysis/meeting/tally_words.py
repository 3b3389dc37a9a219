"""The sentence of a tally: how many say what, who moved, and how that stands to gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from evalwidgets.analysis.numbers import number_word
from evalwidgets.analysis.results import listed

if TYPE_CHECKING:
    from evalwidgets.analysis.meeting.tally import Tally
    from evalwidgets.analysis.meeting.tally_parts import Place

# Neighbouring levels that hold this share of the answers are named together: "4 or 5".
_MOST = 2 / 3
_SHOWN = 3


def finding_of(tally: Tally) -> str:
    """Return who says what without names, who moved in the re-vote, and how many gold accepts."""
    if not tally.dots:
        return f"Nobody has answered {tally.label} on {tally.task} yet"
    stands = [dot.stands for dot in tally.dots]
    parts = [_who_says_what(stands, tally)]
    if tally.revoted:
        parts = [f"After the re-vote {parts[0]}", _who_moved(tally)]
    if tally.revealed:
        parts.append(_beside_gold(stands, tally))
    sentence = "; ".join(parts)
    return sentence[0].upper() + sentence[1:]


def _who_says_what(places: Sequence[int], tally: Tally) -> str:
    total = len(places)
    counts = Counter(places)
    if total == 1:
        return f"one reviewer {_say(1, tally.places[places[0]])}"
    if len(counts) == 1:
        everybody = "both" if total == 2 else f"all {number_word(total)}"
        return f"{everybody} {_say(total, tally.places[places[0]])}"
    if len(counts) == total:
        different = [tally.places[place].short for place in sorted(places)]
        return f"{number_word(total)} reviewers, {number_word(total)} answers: {listed(different, most=9)}"
    together = _neighbours(counts, tally)
    groups = sorted(counts.items(), key=lambda group: (-group[1], group[0]))
    if together and len(counts) > 2:
        n = sum(counts[place] for place in together)
        names = " or ".join(tally.places[place].short for place in together)
        said = [f"{number_word(n)} of {number_word(total)} say {names}"]
        groups = [group for group in groups if group[0] not in together]
    else:
        (place, n), *groups = groups
        said = [f"{number_word(n)} of {number_word(total)} {_say(n, tally.places[place])}"]
    said += [f"{number_word(n)} {_say(n, tally.places[place])}" for place, n in groups[:_SHOWN]]
    others = sum(n for _, n in groups[_SHOWN:])
    return ", ".join(said) + (f", {number_word(others)} something else" if others else "")


def _neighbours(counts: Counter[int], tally: Tally) -> tuple[int, int] | None:
    """Return the two neighbouring levels that hold most answers, if they hold nearly all."""
    if not tally.numeric:
        return None
    levels = [place for place in counts if tally.places[place].value is not None]
    pairs = [(place, place + 1) for place in levels if place + 1 in levels]
    best = max(pairs, key=lambda pair: (counts[pair[0]] + counts[pair[1]], -pair[0]), default=None)
    held = sum(counts[place] for place in best) if best else 0
    return best if held >= _MOST * counts.total() else None


def _say(n: int, place: Place) -> str:
    verb = "says" if n == 1 else "say"
    return f"{verb} it does not apply" if place.value is None else f"{verb} {place.short}"


def _who_moved(tally: Tally) -> str:
    moved = sum(dot.moved for dot in tally.dots)
    if not moved:
        return "nobody moved"
    before, after = tally.spread(), tally.spread(stands=True)
    said = f"{number_word(moved)} moved"
    if before is None or after is None:
        largest = [max(Counter(places).values()) for places in _both(tally)]
        return f"{said}, the largest group {largest[0]} \N{RIGHTWARDS ARROW} {largest[1]}"
    return f"{said}, spread {before:.1f} \N{RIGHTWARDS ARROW} {after:.1f} levels"


def _both(tally: Tally) -> tuple[list[int], list[int]]:
    return [dot.blind for dot in tally.dots], [dot.stands for dot in tally.dots]


def _beside_gold(places: Sequence[int], tally: Tally) -> str:
    if tally.gold is None:
        return "there is no gold for it"
    names = listed((tally.places[place].short for place in tally.gold.places), most=9).replace(
        " and ", " or "
    )
    exact = sum(place in tally.gold.places for place in places)
    within = sum(place in tally.gold.within for place in places)
    near = f", {number_word(within)} within tolerance" if tally.gold.within != tally.gold.places else ""
    return f"gold is {names}: {number_word(exact)} of {number_word(len(places))} exact{near}"
