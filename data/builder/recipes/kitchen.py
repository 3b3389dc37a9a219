"""Edits of the kitchen table."""

from __future__ import annotations

from dataclasses import replace

from builder import defects
from builder.colour import Floats
from builder.props import Cup
from builder.recipe import Edit, impossible, paint, scores
from builder.scenes.kitchen import BLUE, CREAM, GREEN, RED, YELLOW, Kitchen

ONE = Kitchen()
TWO = Kitchen(
    cups=(Cup(330, 640, BLUE, 1.15, stripe="#f3ead6"), Cup(560, 618, YELLOW, 1.05)),
    teapot="#b0563f",
    tiles="#d8c9b4",
    wall="#c9d3c4",
    bowl="#e6dcc8",
)
THREE = Kitchen(
    cups=(Cup(430, 650, GREEN, 1.2, saucer=True),),
    spoon=False,
    fruits=("#d9803c", "#d9803c", "#d9803c", "#d9803c"),
    teapot="#37526e",
    jars=2,
    wall="#e3c7ae",
    tiles="#b9c8d3",
)
LEFT, RIGHT = ONE.cups
APPLES = ("#bf3b34", "#bf3b34", "#bf3b34")


def _ghost(before: Floats, made: Floats, wanted: Floats) -> Floats:
    return defects.remnant(before, made, wanted, 0.24)


def _spilled(_: Floats, made: Floats, wanted: Floats) -> Floats:
    return defects.spill(made, wanted, "#2f4f86", 26, 0.6)


def _redrawn(_: Floats, made: Floats, wanted: Floats) -> Floats:
    return defects.rerendered(made, defects.grown(wanted, 3), 301)


def _loose_handle(_: Floats, made: Floats, __: Floats) -> Floats:
    """Part the lower end of the handle from the cup by a few pixels."""
    bare = paint(replace(THREE, cups=(replace(THREE.cups[0], colour=RED, handle=False),)))
    return defects.blend(made, bare, defects.soft(defects.box(made, 488, 608, 494, 622), 0.7))


def removals() -> list[Edit]:
    """Something is taken off the table."""
    spoon = replace(ONE, spoon=True)
    return [
        Edit(
            "kitchen-1", "remove", "Take away the spoon next to the white cup.", spoon, ONE,
            gold=scores(5), difficulty="easy",
            why="The spoon is gone together with its shadow, and flipping shows no other difference.",
        ),
        Edit(
            "kitchen-1", "remove", "Remove the red cup.", ONE, replace(ONE, cups=(RIGHT,)),
            spoil=_ghost, planted="remnant",
            gold=scores(3, (4, 5), 5, 2, (3, 4, 5)),
            why="A see-through ghost of the cup is left: the removal is recognisable but not finished, "
                "and the ghost disturbs at normal size.",
            reasons={"instruction_adherence": "A part of the cup is still seen at normal size, so 3; only a "
                                              "remnant found when zoomed would be a 4.",
                     "visual_quality": "The translucent remnant is seen at once: a disturbing edit "
                                       "trace, 2."},
        ),
        Edit(
            "kitchen-2", "remove", "Please take the teapot off the table.", TWO, replace(TWO, teapot=None),
            made=replace(TWO, teapot=None, leftover_shadows=((725, 556, 118),)),
            planted="kept_shadow", tags=("shadow",), difficulty="hard",
            gold=scores((3, 4), 3, 5, (4, 5), (4, 5)),
            why="The teapot is gone, its shadow is not. A shadow belongs to the thing that casts it: "
                "removing the thing includes the shadow. It is one visible physical error, and no "
                "preservation fault.",
            reasons={"instruction_adherence": "All of the pot is gone. Whether its shadow is a part of "
                                              "it is where readings differ: 4 if you count it as a "
                                              "detail, 3 if as a part.",
                     "structural_integrity": "A shadow without a thing is one error visible at normal "
                                             "size, 3.",
                     "preservation": "Nothing outside the request changed; the kept shadow is judged under "
                                     "adherence and structure."},
        ),
        Edit(
            "kitchen-1", "remove", "Remove the cup.", replace(ONE, spoon=True, plant=False),
            replace(ONE, spoon=True, plant=False, cups=(RIGHT,)), planted="ambiguous_target",
            difficulty="hard",
            gold={**scores((4, 5)), "feasibility": "interpreted"},
            why="There are two cups and the request names none. Removing one of them cleanly is a sensible "
                "reading: feasible with interpretation, and the note must say which reading.",
        ),
        Edit(
            "kitchen-1", "remove", "Remove the wine glass on the left.", ONE, None,
            planted="infeasible", difficulty="medium", gold=impossible("unchanged"),
            why="There is no wine glass in the picture. The model left the picture as it is, which is the "
                "clean answer to a request that cannot be met.",
        ),
    ]  # fmt: skip


def changes() -> list[Edit]:
    """Something is added, recoloured or replaced."""
    third = Cup(700, 676, BLUE, 1.2)
    cooler = replace(ONE, cups=(replace(LEFT, colour="#2f4f86"), RIGHT))
    steaming = tuple(replace(cup, steam=True) for cup in TWO.cups)
    return [
        Edit(
            "kitchen-1", "add", "Add a third cup, a blue one, to the right of the white cup.", ONE,
            replace(ONE, cups=(*ONE.cups, third)),
            made=replace(ONE, cups=(*ONE.cups, replace(third, shadow=False))),
            planted="missing_shadow", tags=("shadow",),
            gold=scores(5, 3, 5, (4, 5), 3),
            why="The cup is there, blue and in the right place, but it casts no shadow while everything "
                "round it does: one visible physical error, and its light does not match the scene.",
            reasons={"structural_integrity": "The missing contact shadow makes the cup float: one error "
                                             "visible at normal size, 3.",
                     "style_alignment": "Palette and drawing match, the lighting does not, 3."},
        ),
        Edit(
            "kitchen-1", "attribute", "Make the red cup dark blue.", ONE, cooler, spoil=_spilled,
            planted="colour_spill",
            gold=scores(5, 5, 4, 3, (4, 5)),
            why="The cup has the right colour, but blue bleeds over its edge on to cloth and table: visible, "
                "not ruinous, and one small unrequested difference.",
            reasons={"preservation": "The tinted rim round the cup is one minor unrequested difference, 4.",
                     "visual_quality": "The bleeding is seen at normal size but does not disturb much, 3."},
        ),
        Edit(
            "kitchen-2", "attribute", "Change the yellow cup to red.", TWO,
            replace(TWO, cups=(TWO.cups[0], replace(TWO.cups[1], colour=RED))),
            made=replace(TWO, cups=(TWO.cups[0], replace(TWO.cups[1], colour=GREEN))),
            planted="wrong_colour", difficulty="easy", gold=scores(2),
            why="The right cup was changed, and cleanly, but to green: the attribute itself is wrong, which "
                "is a 2 however good the picture looks.",
        ),
        Edit(
            "kitchen-3", "add", "Add a plate with three cookies in the lower right corner.", THREE,
            replace(THREE, cookies=3), made=replace(THREE, cookies=2), planted="wrong_count",
            gold=scores(2),
            why="Count before you rate: two cookies, three were asked for. A wrong count is a 2 even "
                "when all else is well done.",
        ),
        Edit(
            "kitchen-1", "replace", "Swap the lemons in the bowl for red apples.", ONE,
            replace(ONE, fruits=APPLES), spoil=_redrawn, planted="background_rerendered", difficulty="hard",
            gold=scores(5, 5, (5, 4), 5, 5),
            why="The whole picture has a new fine grain, so a pixel comparison lights up everywhere, but no "
                "thing, place or colour differs. Preservation is judged by what can be seen.",
        ),
        Edit(
            "kitchen-2", "action", "Let steam rise from both cups.", TWO, replace(TWO, cups=steaming),
            made=replace(TWO, cups=(steaming[0], TWO.cups[1])), planted="part_missing",
            gold=scores(3),
            why="Steam rises from the blue cup only; both were asked for. The main request is "
                "recognisable, a stated part is missing.",
        ),
        Edit(
            "kitchen-3", "attribute", "Paint the wall plain white, but keep the wall exactly the colour "
                                      "it has now.",
            THREE, None, made=replace(THREE, wall="#f3ece0"), planted="contradictory", difficulty="hard",
            gold=impossible("closest"),
            why="The two halves exclude each other. A white wall is the closest sensible edit; nothing else "
                "was touched.",
        ),
        Edit(
            "kitchen-3", "attribute", "Turn the green cup and its saucer red.", THREE,
            replace(THREE, cups=(replace(THREE.cups[0], colour=RED),)), spoil=_loose_handle,
            planted="tiny_break", difficulty="hard", gold=scores(5, 4, (4, 5), (4, 5), 5),
            why="The colour is right. Zoom to the handle: its lower end no longer touches the cup. One "
                "slight error that is only found when zoomed.",
        ),
        Edit(
            "kitchen-3", "attribute", "Make the teapot cream coloured.", THREE, replace(THREE, teapot=CREAM),
            made=replace(THREE, teapot="#e2b89c"), planted="near_shade", gold=scores(4), difficulty="hard",
            why="The teapot alone changed, all over, with its shading kept; but the shade leans to "
                "peach where cream was asked for. One detail slightly off.",
        ),
    ]  # fmt: skip


def edits() -> list[Edit]:
    """All edits of this scene."""
    return [*removals(), *changes()]
