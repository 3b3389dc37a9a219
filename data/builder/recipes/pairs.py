"""Comparisons of two edits of the same original."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from builder import defects
from builder.colour import Floats
from builder.face import Person
from builder.photos import photo
from builder.recipe import Accepted, Pair
from builder.recipes import kitchen, photographs
from builder.scenes.desk import Desk
from builder.scenes.park import Park
from builder.scenes.portrait import Portrait
from builder.scenes.room import Cat, Room
from builder.scenes.seaside import Seaside
from builder.scenes.street import Street
from builder.walker import Dog

TABLE = replace(kitchen.TWO, wall="#d9c9c0", plant=False)
GIRL = Person(style="long", hair="#8a4a2a", glasses=None, coat="#4a6b8a", mark=False, scarf="#d9a23a")
FACE = Portrait(GIRL, "autumn")
SHOP = Street(sign="RIVER BAKERY", paint="#4a3a5a", awning=("#c98a2f", "#f2e6d2"), bicycle=None,
              bicycle_shadow=False)  # fmt: skip
LOUNGE = Room(sofa="#4a5f8a", cushions=("#d98b6a",), cat=Cat(coat="#8a8790"), wall="#e0d0c0")
BEACH = Seaside(parasol=("#c8453b", "#fbf0d8"), ball="#e0a73c", gulls=2)
LAWN = Park(person=replace(GIRL, style="bun"), dog=Dog(coat="#e0cfae"), bench="#4f6f8a")
NIGHT = Desk(lamp="#5a8f8a", wall="#5a4a5e", poster="ONE MORE", poster_second="CHAPTER")


def _recast(_: Floats, made: Floats, __: Floats) -> Floats:
    return defects.tinted(made, "#ffc46a", 0.5)


def _redrawn(_: Floats, made: Floats, wanted: Floats) -> Floats:
    return defects.rerendered(made, defects.grown(wanted, 3), 411)


def _outlined(_: Floats, made: Floats, wanted: Floats) -> Floats:
    return defects.halo(made, defects.solid(wanted, 6), 4, 0.8)


def _ghosted(before: Floats, made: Floats, wanted: Floats) -> Floats:
    return defects.remnant(before, made, wanted, 0.4)


def _one_eye() -> Floats:
    both, cat = photographs.blue_eyes(), photo("chelsea")
    return defects.blend(both, cat, defects.box(cat, 260, 0, 451, 300))


def _gold(
    overall: tuple[str, ...], adherence: Accepted = "same", preservation: Accepted = "same",
    quality: Accepted = "same", style: Accepted = "same",
) -> dict[str, Accepted]:  # fmt: skip
    return {
        "usable": "both", "overall": overall, "adherence": adherence, "preservation": preservation,
        "quality": quality, "style": style,
    }  # fmt: skip


def pairs() -> list[Pair]:
    """All comparisons."""
    bare = replace(TABLE, teapot=None)
    scarf = replace(FACE, person=replace(GIRL, scarf="#3f6d5a"))
    stranger = replace(GIRL, scarf="#3f6d5a", eyes="#3f7fc0", hair="#d9b060", freckles=False)
    signed = replace(SHOP, sign="RIVER BOOKS")
    cushions = replace(LOUNGE, cushions=("#d98b6a", "#e0a73c"))
    no_shade = replace(BEACH, parasol=None, parasol_shadow=False)
    return [
        Pair(
            "kitchen-7", "remove", "Remove the teapot.", TABLE, bare,
            a=replace(bare, leftover_shadows=((725, 556, 118),)), b=bare, tags=("shadow",),
            gold=_gold(("b_slightly", "b_much"), ("same", "b"), "same", ("same", "b"), ("same", "b")),
            why="Both removed the pot; A left its shadow behind, B removed both.",
        ),
        Pair(
            "portrait-6", "attribute", "Make her scarf green.", FACE, scarf, a=scarf,
            b=replace(FACE, person=stranger),
            gold=_gold(("a_much",), "same", "a"), difficulty="easy",
            why="Both scarves are right; B also changed her hair, eyes and skin.",
        ),
        Pair(
            "street-4", "text", "Change the sign to RIVER BOOKS.", SHOP, signed,
            a=replace(SHOP, sign="RIVER BOKS"), b=signed, spoil_b=_recast, difficulty="hard",
            gold=_gold(("b_slightly", "both_bad", "a_slightly"), "b", "a", ("same", "a"), ("same", "a")),
            why="A misspells the word that was asked for, B tints the whole picture. One failed the "
                "request, the other the preservation: which matters more is a matter of use.",
        ),
        Pair(
            "room-4", "add", "Add a yellow cushion next to the other one.", LOUNGE, cushions, a=cushions,
            b=cushions, spoil_b=_redrawn,
            gold=_gold(("both_good",)),
            why="Both did exactly what was asked. B has a new fine grain everywhere, which nobody can see at "
                "normal size.",
        ),
        Pair(
            "seaside-5", "remove", "Take the parasol away.", BEACH, no_shade, a=no_shade, b=no_shade,
            spoil_a=_outlined, spoil_b=_ghosted, tags=("shadow",),
            gold=_gold(("both_bad", "a_slightly"), ("same", "a"), "same", ("same", "a"), ("same", "a")),
            why="A leaves a white outline, B a see-through ghost. Nobody would take either.",
        ),
        Pair(
            "park-6", "remove", "Remove the dog from the path.", LAWN, replace(LAWN, dog=None),
            a=replace(LAWN, dog=None),
            b=replace(LAWN, dog=None, bench=None, kite=False, leaves="#c98a3a",
                      person=replace(GIRL, coat="#8a4a5a")),
            gold=_gold(("a_much",), "same", "a"), difficulty="easy",
            why="The dog is gone in both, but B also lost bench and kite and changed hair, coat and season.",
        ),
        Pair(
            "desk-4", "attribute", "Switch off the lamp.", NIGHT, replace(NIGHT, lit=False), a=NIGHT,
            b=replace(NIGHT, lit=False), difficulty="easy",
            gold=_gold(("b_much",), "b", ("same", "a"), "same", ("same", "b")),
            why="A is the original, unchanged. Only B did what was asked.",
        ),
        Pair(
            "chelsea", "attribute", "Make both eyes of the cat blue.", partial(photo, "chelsea"),
            photographs.blue_eyes, a=_one_eye, b=photographs.blue_eyes,
            gold=_gold(("b_much", "b_slightly"), "b", "same", "same", ("same", "b")),
            why="A changed one eye, B both. Read the number in the request.",
        ),
    ]  # fmt: skip
