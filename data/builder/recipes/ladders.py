"""Anchors for edits: one scene shown at every level of one criterion."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from builder import defects
from builder.colour import Floats
from builder.paint import HEIGHT, WIDTH, Canvas, ellipse
from builder.props import Cup, fruit
from builder.recipe import Ladder, paint, rungs
from builder.recipes.people import ANNA, MIRA, PARK_ONE
from builder.scenes.kitchen import BLUE, RED, Kitchen
from builder.scenes.portrait import Portrait
from builder.scenes.room import Cat, Room
from builder.scenes.seaside import Seaside
from builder.scenes.street import Street

TABLE = Kitchen(cups=(Cup(335, 626, RED, 1.1),), tiles="#d3cfc2", teapot="#6a5a86")
SHOP = Street(sign="GREEN CORNER", paint="#3a4a4f", door="#b5823a", bicycle="#4f7fae")
LOUNGE = Room(sofa="#6a6f8a", cushions=("#d9b36a", "#c9785c"), cat=Cat(coat="#6b6470", collar=None))
BEACH = Seaside(stripes="#3f6d5a", parasol=("#7a5a9a", "#fbf0d8"), boats=(Seaside().boats[1],))
LAWN = replace(PARK_ONE, person=replace(ANNA, coat="#6b5a8a", scarf="#e0b25a"), bench=None, kite=False)
FACE = Portrait(replace(MIRA, coat="#5a6b4a", scarf="#7a5a8a", scarf_stripe=None), "spring")


def _adherence() -> Ladder:
    cup = Cup(515, 662, BLUE, 1.2)
    done = replace(TABLE, cookies=3, cups=(*TABLE.cups, cup))
    return Ladder(
        "image-edit", "instruction_adherence", "Add a plate with three cookies, and a blue cup beside "
                                               "the red one.",
        rungs(
            (done, "Plate, three cookies and a blue cup: every part is done."),
            (replace(done, cups=(*TABLE.cups, replace(cup, colour="#4f9a9a"))),
             "All parts are done; the cup is more teal than blue: one detail slightly off."),
            (replace(done, cups=TABLE.cups), "Plate and cookies are there; the cup, a stated part, is "
                                             "missing."),
            (replace(TABLE, cookies=1), "One cookie instead of three, and no cup: only a fragment."),
            (replace(TABLE, tiles="#e0a79a"), "Nothing was added; the tiles changed colour, which "
                                              "nobody asked for."),
        ),
        before=TABLE, edit_type="add",
    )  # fmt: skip


def _preservation() -> Ladder:
    done = replace(SHOP, sign="RIVER CORNER")
    other = replace(done, paint="#7a3f4a", awning=("#3f6d9a", "#f2e6d2"), bicycle=None, bicycle_shadow=False,
                    planters=0, board=None)  # fmt: skip
    return Ladder(
        "image-edit", "preservation", "Change the sign to RIVER CORNER.",
        rungs(
            (done, "Nothing but the sign differs, even when zoomed."),
            (replace(done, loaves=3), "One loaf is missing in the window: small, noticed only by flipping."),
            (replace(done, bicycle=None, bicycle_shadow=False), "The bicycle is gone: one significant "
                                                                "difference."),
            (replace(done, bicycle=None, bicycle_shadow=False, door="#3f6d9a", awning=("#3f6d9a", "#f2e6d2")),
             "Bicycle gone, door and awning another colour: several significant differences, still the "
             "same shop."),
            (lambda: defects.zoomed(paint(other)[:, ::-1], 0.35, (0.4, 0.3)),
             "Another front, mirrored and closer: no part can be matched with the original."),
        ),
        before=SHOP, edit_type="text",
    )  # fmt: skip


def _cut_lamp(top: int, bottom: int) -> Floats:
    """Leave a gap in the pole of the lamp."""
    return defects.patched(paint(_collared()), (120, top, 132, bottom), dx=16)


def _collared() -> Room:
    return replace(LOUNGE, cat=replace(LOUNGE.cat or Cat(), collar="#3f6fa8"))


def _structure() -> Ladder:
    done = _collared()
    twofold = replace(done, cat=replace(done.cat or Cat(), tails=2))
    return Ladder(
        "image-edit", "structural_integrity", "Give the cat a blue collar.",
        rungs(
            (done, "No error of body, shape or physics, even when zoomed."),
            (lambda: _cut_lamp(418, 421),
             "A hairline gap in the pole of the lamp, found only when zoomed."),
            (lambda: _cut_lamp(330, 430),
             "A piece of the lamp's pole is missing: one error seen at normal size, away from the cat."),
            (twofold, "The cat has two tails: an error on the main subject."),
            (lambda: defects.swirled(paint(done), (640, 340), 150, 2.6),
             "The cat is wrung into a spiral: the main subject is broken."),
        ),
        before=LOUNGE, edit_type="attribute",
    )  # fmt: skip


def _quality() -> Ladder:
    done = replace(BEACH, parasol=None, parasol_shadow=False)

    def hole() -> Floats:
        return defects.solid(defects.changed(paint(BEACH), paint(done)), 6)

    def softened() -> Floats:
        return defects.blend(paint(done), defects.blurred(paint(done), 5), defects.soft(hole(), 2))

    def ghost() -> Floats:
        return defects.smeared(defects.remnant(paint(BEACH), paint(done), hole(), 0.5), hole(), 30)

    return Ladder(
        "image-edit", "visual_quality", "Remove the parasol.",
        rungs(
            (done, "Sea, horizon and sand run through as if it had never been there."),
            (lambda: defects.halo(paint(done), hole(), 1, 0.3),
             "A hairline of the old outline, found only when zoomed."),
            (softened, "A softer patch where it stood: seen at normal size, not disturbing."),
            (ghost, "A smeared ghost is seen at once and disturbs."),
            (lambda: defects.blocky(defects.noisy(paint(done), 0.2, 5), 2, 0.35),
             "Blocks and noise all over: the picture could be used for nothing."),
        ),
        before=BEACH, edit_type="remove",
    )  # fmt: skip


def _balled(flat: bool, lit_from_right: bool, shadow: bool) -> Floats:
    canvas = Canvas.of(paint(LAWN))
    if shadow:
        side = -1 if lit_from_right else 1
        canvas.multiply(ellipse(760 + 16 * side, 674, 36, 8).blurred(4), "#20304a", 0.55)
    if flat:
        canvas.paint(ellipse(760, 646, 30, 30), "#f0302a")
        return canvas.pixels
    fruit(canvas, 760, 646, 30, "#d2453f", stem=False)
    if not lit_from_right:
        return canvas.pixels
    mirrored = canvas.pixels.copy()
    mirrored[:, 720:800] = mirrored[:, 720:800][:, ::-1]
    return defects.blend(canvas.pixels, mirrored, _ball_mask())


def _ball_mask() -> Floats:
    return ellipse(760, 646, 30, 29).window((0, 0, WIDTH, HEIGHT))


def _strong_ball() -> Floats:
    ball = _balled(flat=False, lit_from_right=False, shadow=True)
    return defects.blend(ball, defects.saturated(ball, 0.35), _ball_mask())


def _clip_art() -> Floats:
    canvas = Canvas.of(paint(LAWN))
    for radius, colour in (
        (42, "#ffffff"),
        (35, "#101010"),
        (31, "#ff1e28"),
        (18, "#ffe600"),
        (8, "#00a2ff"),
    ):
        canvas.paint(ellipse(760, 642, radius, radius), colour)
    return canvas.pixels


def _style() -> Ladder:
    return Ladder(
        "image-edit", "style_alignment", "Add a red ball on the grass on the right.",
        rungs(
            (partial(_balled, flat=False, lit_from_right=False, shadow=True),
             "Light, grain, palette and rendering match; nothing gives the ball away."),
            (_strong_ball,
             "The ball's red is a little stronger than the palette, found on a close look."),
            (partial(_balled, flat=False, lit_from_right=True, shadow=True),
             "The ball is lit from the right, everything else from the left: one of four is off."),
            (partial(_balled, flat=True, lit_from_right=False, shadow=False),
             "No shading, no shadow and a glaring red: light and palette are off, it looks pasted in."),
            (_clip_art, "Clip-art with a white cut-out edge in a painted scene: another kind of picture."),
        ),
        before=LAWN, edit_type="add",
    )  # fmt: skip


def _character() -> Ladder:
    smiling = replace(FACE.person, mouth="smile")
    drift = replace(smiling, eyes="#3f7fc0")
    doubtful = replace(drift, style="long", hair="#8a5a34", mark=False)
    other = replace(
        doubtful, style="curly", hair="#2b2024", skin="#8a5a3c", nose=1.5, face=1.08, freckles=False,
        glasses=None, eyes="#4a3424",
    )  # fmt: skip

    def with_person(person: object) -> Portrait:
        return replace(FACE, person=person)  # type: ignore[arg-type]

    return Ladder(
        "image-edit", "character_consistency", "Make her smile.",
        rungs(
            (with_person(smiling), "She smiles; every other trait is as before."),
            (with_person(replace(smiling, mark=False)), "The small mark beside her mouth is gone: one "
                                                        "slight drift."),
            (with_person(drift), "Her green eyes are blue: recognisable, one trait changed."),
            (with_person(doubtful), "Eyes, hair colour and hair length changed: one doubts that it is she."),
            (with_person(other), "Face, skin, hair and eyes are another's: a different individual."),
        ),
        before=FACE, edit_type="action",
    )  # fmt: skip


def edit_ladders() -> list[Ladder]:
    """Return one ladder for each ordinal criterion of an edit."""
    return [_adherence(), _preservation(), _structure(), _quality(), _style(), _character()]
