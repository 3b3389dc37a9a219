"""Edits of the seaside, the living room and the desk."""

from __future__ import annotations

from dataclasses import replace

from builder import defects
from builder.colour import Floats
from builder.paint import Canvas, ellipse, polygon, rounded
from builder.recipe import Edit, impossible, no_change, paint, scores
from builder.scenes.desk import Desk
from builder.scenes.room import Cat, Room
from builder.scenes.seaside import SUNSET, Boat, Seaside

SEA_ONE = Seaside()
SEA_TWO = Seaside(
    boats=(Boat(560, 400, 0.85, "#f0d7b0", "#3f5f4a"),),
    parasol=("#3f8f9a", "#fbf0d8"), towel="#e0a73c", ball=None, ball_shadow=False, gulls=4,
    sky=("#8aa9c9", "#d9cfd6", "#fbe3c9"), stripes="#38586e",
)  # fmt: skip
ROOM_ONE = Room()
ROOM_TWO = Room(
    sofa="#8a5a66", cushions=("#e9dcc6", "#5f8a8a"), cat=Cat(x=650, coat="#d08a48", bib=None, stripes=True,
    collar="#3f6fa8"), picture="boat", rug="#5f7a86", wall="#cfd6cc", mug="#3f6fa8",
)  # fmt: skip
DESK_ONE = Desk()
DESK_TWO = Desk(
    wall="#5a6b5c", lamp="#c8553f", poster="READ THE", poster_second="FINE PRINT", mug="#e9dcc6",
    books=("#b5533f", "#e0b25a", "#3f6f8a"), clock_hands=(30, 180), moon=False,
)  # fmt: skip


def _noisy_sea() -> Floats:
    return defects.noisy(defects.blurred(paint(SEA_ONE), 0.8), 0.085, 701)


def _soft_sea() -> Floats:
    return defects.noisy(defects.blurred(paint(SEA_TWO), 1.0), 0.075, 702)


def _ironed() -> Floats:
    return defects.plastic(defects.blurred(_soft_sea(), 1.6))


def _vivid(_: Floats, made: Floats, __: Floats) -> Floats:
    return defects.saturated(made, 0.15)


def _bleeding(before: Floats, made: Floats, wanted: Floats) -> Floats:
    others = defects.changed(before, paint(replace(ROOM_TWO, cat=None, cushions=(), plant=False)))
    spilt = defects.spill(made, wanted, "#c99a28", 60, 0.85)
    return defects.blend(spilt, made, defects.solid(others))


def _faint_seam(_: Floats, made: Floats, wanted: Floats) -> Floats:
    return defects.halo(made, wanted, 1, 0.4)


def _closer(_: Floats, made: Floats, __: Floats) -> Floats:
    return defects.zoomed(made, 0.02)


def _recomposed(_: Floats, made: Floats, __: Floats) -> Floats:
    """Mirror and crop, so that nothing stands where it stood."""
    return defects.zoomed(made[:, ::-1], 0.28, (0.3, 0.8))


def _crushed(_: Floats, made: Floats, __: Floats) -> Floats:
    return defects.blocky(made, 4, 0.5)


def _flat_cactus(before: Floats, _: Floats, __: Floats) -> Floats:
    """Add a cactus in plain flat colours, with no shading and no shadow."""
    canvas = Canvas.of(before)
    canvas.paint(rounded(826, 520, 20, 84, 10) | rounded(804, 548, 16, 36, 8) | rounded(852, 540, 16, 36, 8),
                 "#2fae4a")  # fmt: skip
    canvas.paint(rounded(808, 574, 24, 12, 6) | rounded(838, 566, 28, 12, 6), "#2fae4a")
    canvas.paint(polygon([(806, 598), (866, 598), (858, 642), (814, 642)]), "#ff7a2f")
    canvas.paint(ellipse(836, 520, 7, 7), "#ff4fa0")
    return canvas.pixels


def seaside() -> list[Edit]:
    """Return the edits of a beach with boats."""
    sunset = replace(SEA_ONE, sky=SUNSET, sea=("#6a6a96", "#4f6a94", "#8a8aa0"))
    extra = Boat(250, 420, 0.7, "#f4f0e6", "#4a6a4a")
    third = Boat(500, 384, 0.62, "#c8453b", "#f0e6d2")
    return [
        Edit(
            "seaside-1", "remove", "Remove the parasol.", SEA_ONE,
            replace(SEA_ONE, parasol=None, parasol_shadow=False),
            made=replace(SEA_ONE, parasol=None), planted="kept_shadow", tags=("shadow",), difficulty="hard",
            gold=scores((3, 4), 3, 5, (4, 5), (4, 5)),
            why="No parasol, but its round shadow still lies on the sand. A shadow goes with its thing: "
                "minor leftover for adherence, one visible physical error.",
        ),
        Edit(
            "seaside-2", "remove", "Please remove the beach umbrella.", SEA_TWO,
            replace(SEA_TWO, parasol=None, parasol_shadow=False),
            tags=("shadow",), gold=scores(5),
            why="Parasol, pole and shadow are gone, and sea and sand behind are complete. The brighter "
                "sand is a consequence of the removal, not a fault.",
        ),
        Edit(
            "seaside-1", "add", "Add another sailing boat with red sails between the two boats.", SEA_ONE,
            replace(SEA_ONE, boats=(*SEA_ONE.boats, third)),
            made=replace(SEA_ONE, boats=(*SEA_ONE.boats, replace(third, reflection=False))),
            planted="missing_reflection", gold=scores(5, 3, 5, 5, (3, 4)),
            why="The boat is as asked, but it has no reflection while the other two do: one visible "
                "physical error.",
        ),
        Edit(
            "seaside-2", "attribute", "Make the stripes of the lighthouse red.", SEA_TWO,
            replace(SEA_TWO, stripes="#c8453b"), spoil=_vivid, planted="saturation_15",
            gold=scores(5, 5, (3, 4), 5, (4, 5)),
            why="The stripes are right. The whole picture became more colourful as well; a global change of "
                "colour is one significant unrequested difference.",
        ),
        Edit(
            "seaside-1", "background", "Turn the scene into a sunset.", SEA_ONE, sunset, gold=scores(5),
            why="Sky and sea changed together and believably; everything on the beach is where it was.",
        ),
        Edit(
            "seaside-1", "restoration", "Remove the noise and sharpen the picture.", _noisy_sea, SEA_ONE,
            gold=scores(5), difficulty="easy",
            why="The noise is gone, edges are crisp, fine texture of sand and waves is back, nothing "
                "invented.",
        ),
        Edit(
            "seaside-2", "restoration", "Clean up the noise, but keep the fine detail.", _soft_sea, SEA_TWO,
            made=_ironed, planted="over_smoothed", difficulty="hard",
            gold=scores(3, (4, 5), (3, 4), 3, 3),
            why="The noise went, and the sand, waves and gulls' fine lines went with it: a plastic look. "
                "Keeping fine detail was a stated part of the request.",
        ),
        Edit(
            "seaside-1", "replace", "Replace the beach ball with a starfish.", SEA_ONE,
            replace(SEA_ONE, ball=None, ball_shadow=False, starfish=(470, 645)),
            made=replace(SEA_ONE, ball=None, ball_shadow=False, starfish=(372, 640)), planted="wrong_place",
            gold=scores(4),
            why="The ball is gone and there is a starfish, but an arm's length to the left of where the ball "
                "lay. All parts are done; the exact place is slightly off.",
        ),
        Edit(
            "seaside-2", "remove", "Remove all the gulls.", SEA_TWO, replace(SEA_TWO, gulls=0),
            made=replace(SEA_TWO, gulls=0, boats=(*SEA_TWO.boats, extra)), planted="extra_object",
            gold=scores((4, 5), 5, 3, 5, 5),
            why="All four gulls are gone, but a second boat appeared that nobody asked for: one significant "
                "difference outside the request.",
        ),
    ]  # fmt: skip


def room() -> list[Edit]:
    """Return the edits of a sofa with a cat."""
    cat, tabby = ROOM_ONE.cat or Cat(), ROOM_TWO.cat or Cat()
    ginger = replace(cat, coat="#d08a48")
    white = replace(tabby, coat="#efe6d6", stripes=False, eyes="#4f9ac0", x=420, collar=None)
    other = Room(
        cat=white, sofa="#5a7a4a", cushions=("#c8453b",), picture="hills", rug="#d9b36a", wall="#b9c4d6",
        mug=None, lamp=False, lamp_shadow=False,
    )  # fmt: skip
    return [
        Edit(
            "room-1", "attribute", "Make the cat ginger.", ROOM_ONE, replace(ROOM_ONE, cat=ginger),
            made=replace(ROOM_ONE, cat=replace(ginger, bib=None)),
            planted="identity_drift", gold=scores((4, 5), 5, 3, 5, 5, 3),
            why="Ginger fur, yes; but the white bib, muzzle and paws are gone: clearly recognisable, "
                "with one telling trait changed unasked.",
        ),
        Edit(
            "room-2", "remove", "Remove the cat from the sofa.", ROOM_TWO, replace(ROOM_TWO, cat=None),
            gold=scores(5), tags=("shadow",),
            why="Cat and shadow are gone and the sofa is complete behind it.",
        ),
        Edit(
            "room-1", "add", "Add a third cushion, dark red, on the right side of the sofa.", ROOM_ONE,
            replace(ROOM_ONE, cushions=(*ROOM_ONE.cushions, "#7d2730")),
            made=replace(ROOM_ONE, cushions=(*ROOM_ONE.cushions, "#d0564a")), planted="near_shade",
            gold=scores(4, character=5), difficulty="medium",
            why="One cushion more, in the right place and drawn like the others, but it is a light red where "
                "dark red was asked for: one detail off.",
        ),
        Edit(
            "room-2", "attribute", "Make the sofa mustard yellow.", ROOM_TWO,
            replace(ROOM_TWO, sofa="#c99a28"),
            spoil=_bleeding, planted="colour_spill", gold=scores((4, 5), 5, 3, 2, (2, 3), 5),
            why="The sofa is mustard, and so are the wall and the floor round it: a wide, disturbing "
                "bleed and a significant change of the background.",
        ),
        Edit(
            "room-1", "replace", "Replace the picture on the wall with a picture of a sailing boat.",
            ROOM_ONE, replace(ROOM_ONE, picture="boat"), spoil=_faint_seam, planted="halo_seam_faint",
            difficulty="hard",
            gold=scores(5, 5, 5, 4, (4, 5), 5),
            why="The new picture sits well. Zoomed in, a thin pale line runs along its edge; at normal size "
                "one does not see it.",
        ),
        Edit(
            "room-2", "remove", "Take away the floor lamp.", ROOM_TWO,
            replace(ROOM_TWO, lamp=False, lamp_shadow=False), made=replace(ROOM_TWO, lamp=False),
            planted="kept_shadow", tags=("shadow",), difficulty="hard",
            gold=scores((3, 4), 3, 5, (4, 5), (4, 5), 5),
            why="The lamp is gone, its dark shadow on the floor boards is not: a minor leftover, and "
                "one visible physical error. The light that went with the lamp is no fault.",
        ),
        Edit(
            "room-1", "attribute", "Give the cat a blue collar.", ROOM_ONE,
            replace(ROOM_ONE, cat=replace(cat, collar="#3f6fa8")),
            made=replace(ROOM_ONE, cat=replace(cat, collar="#3f6fa8", tails=2)), planted="extra_limb",
            gold=scores(5, 2, 3, 3, 5, (3, 4)),
            why="A blue collar, and a second tail. An anatomical error on the main subject is a 2 for "
                "structure and a significant unrequested change.",
        ),
        Edit(
            "room-2", "remove", "Remove the mug from the side table.", ROOM_TWO, replace(ROOM_TWO, mug=None),
            made=other, spoil=_recomposed, planted="full_repaint", gold=scores((3, 4), 5, 1, 5, (4, 5), 1),
            why="No mug, but also another sofa, cat, rug, wall and no lamp: the scene is no longer the same, "
                "and neither is the cat.",
        ),
    ]  # fmt: skip


def desk() -> list[Edit]:
    """Return the edits of a desk in the evening."""
    return [
        Edit(
            "desk-1", "text", "Change the poster to say LOOK TWICE / THEN RATE.", DESK_ONE,
            replace(DESK_ONE, poster="LOOK TWICE", poster_second="THEN RATE"),
            made=replace(DESK_ONE, poster="LOKO TWCIE", poster_second="THNE RAET"), planted="gibberish",
            gold=scores(2, (4, 5), 5, 5, 5),
            why="Every word is scrambled. The letters look right from afar, but the requested text is not "
                "there: only a fragment of the request.",
        ),
        Edit(
            "desk-1", "attribute", "Switch off the desk lamp.", DESK_ONE, replace(DESK_ONE, lit=False),
            gold=scores(5),
            why="The lamp is dark, and so are wall and desk: the light that goes with it is a consequence of "
                "the request.",
        ),
        Edit(
            "desk-2", "add", "Put a pair of reading glasses on the desk, right in front of the laptop.",
            DESK_TWO, replace(DESK_TWO, glasses=True), planted="wrong_place", difficulty="hard",
            gold=scores(3),
            why="The glasses lie in front of the mug, left of the laptop. The thing was added, but a stated "
                "place is wrong and not merely a little off.",
        ),
        Edit(
            "desk-2", "attribute", "Make the mug sea green.", DESK_TWO, replace(DESK_TWO, mug="#4fa58e"),
            spoil=_closer, planted="zoom_2pct", difficulty="hard", gold=scores(5, 5, (3, 4), (4, 5), 5),
            why="The mug is right. Flip and watch the edges: the whole picture is drawn a little larger "
                "and its border is cut off. Re-framing is one significant difference.",
        ),
        Edit(
            "desk-1", "remove", "Remove the stack of books and the plant on it.", DESK_ONE,
            replace(DESK_ONE, books=(), plant=False), made=replace(DESK_ONE, lamp="#3f8ac0"),
            planted="unrelated", gold=scores(1, 5, 3, 5, 5),
            why="Books and plant are still there; the lamp turned blue. Nothing of the request was done, and "
                "one significant thing changed unasked.",
        ),
        Edit(
            "desk-2", "remove", "Remove the plant from the books.", DESK_TWO, replace(DESK_TWO, plant=False),
            spoil=_crushed, planted="compression", gold=scores((4, 5), (2, 3), 2, 1, 2),
            why="The plant is gone, but the picture fell apart into coarse blocks: unusable, and fine "
                "detail is lost everywhere.",
            reasons={"preservation": "Poster, window and text all lost their detail: two or more significant "
                                     "differences, 2."},
        ),
        Edit(
            "desk-1", "add", "Add a small potted cactus to the right of the laptop.", DESK_ONE, None,
            spoil=_flat_cactus, planted="style_mismatch", tags=("shadow",),
            gold=scores(5, 3, 5, (3, 4), (1, 2)),
            why="A cactus in flat poster colours with neither shading nor shadow stands in a softly lit "
                "room: obviously from elsewhere.",
        ),
        Edit(
            "desk-2", "action", "Close the curtains.", DESK_TWO, None,
            made=replace(DESK_TWO, wall="#8a4a4a"), planted="infeasible", gold=impossible("wrong"),
            why="The window has no curtains. Repainting the wall is no sensible reading: a wrong edit.",
        ),
        Edit(
            "desk-1", "remove", "Remove the pencils.", DESK_ONE, replace(DESK_ONE, pencils=()), made=DESK_ONE,
            planted="no_op", gold=no_change(), difficulty="easy",
            why="All four pencils are still there; nothing was changed.",
        ),
    ]  # fmt: skip


def edits() -> list[Edit]:
    """All edits of these scenes."""
    return [*seaside(), *room(), *desk()]
