"""Anchors for single pictures and prompts: one scene at every level of one criterion."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from builder import defects
from builder.colour import Floats
from builder.photos import photo
from builder.props import Cup
from builder.recipe import Ladder, Picture, paint, rungs
from builder.recipes.ladders import LAWN, SHOP
from builder.recipes.photographs import titled
from builder.scenes.desk import Desk
from builder.scenes.kitchen import RED, Kitchen
from builder.walker import Dog

STUDY = Desk(wall="#705a54", poster="LESS BUT", poster_second="BETTER", lamp="#7fa0b0", mug="#d9a23a")


def _clarity() -> Ladder:
    brief = "Picture for an article about working in the evening."
    return Ladder(
        "image-quality", "clarity", brief,
        rungs(
            (STUDY, "Crisp everywhere, even when zoomed."),
            (lambda: defects.blurred(paint(STUDY), 0.9), "Slightly soft, found only when zoomed."),
            (lambda: defects.blurred(paint(STUDY), 2.4), "Soft at normal size; the poster can still be "
                                                         "read."),
            (lambda: defects.blurred(paint(STUDY), 6), "The words on the poster, the clock and the "
                                                       "screen are lost."),
            (lambda: defects.blurred(paint(STUDY), 24), "Patches of colour: no thing can be made out."),
        ),
    )  # fmt: skip


def _light() -> Ladder:
    return Ladder(
        "image-quality", "light_colour", "Picture for a guide to small shops.",
        rungs(
            (SHOP, "Warm light from the left shapes the front; colours are rich and natural."),
            (lambda: defects.saturated(paint(SHOP), -0.28), "A touch pale; no fault at normal size."),
            (lambda: defects.tinted(paint(SHOP), "#7fa0ff", 0.5), "A blue cast over everything: one fault."),
            (lambda: defects.exposed(defects.tinted(paint(SHOP), "#ffd77a", 0.6), 0.6),
             "A yellow cast and blown lights on window and sign: two faults."),
            (lambda: defects.exposed(paint(SHOP), -4.2), "So dark that the shop cannot be recognised."),
        ),
    )  # fmt: skip


def _composition() -> Ladder:
    scene = replace(LAWN, dog=Dog(x=620, y=650))

    def crop(left: int, top: int, right: int, bottom: int) -> Picture:
        return lambda: paint(scene)[top:bottom, left:right]

    return Ladder(
        "image-quality", "composition", "Picture of a walk with the dog.",
        rungs(
            (crop(60, 100, 960, 700), "Woman and dog are found at once; path and trees frame them."),
            (crop(180, 100, 1080, 700), "A little too much lawn on the right, nothing more."),
            (crop(200, 60, 860, 560), "Her feet and the dog's are cut off: one fault."),
            (crop(395, 300, 995, 700), "Half of her is cut off and the weight lies on an empty lawn: "
                                       "two faults."),
            (crop(640, 420, 1040, 690), "Grass and the end of a tail: it cannot be said what it shows."),
        ),
    )  # fmt: skip


def _plausibility() -> Ladder:
    scene = replace(LAWN, dog=Dog(x=680, y=650))
    hovering = replace(scene, dog=Dog(x=680, y=650, lift=46.0))

    def nicked() -> Floats:
        return defects.patched(paint(scene), (375, 332, 380, 343), dy=12)

    return Ladder(
        "image-quality", "plausibility", "Illustration for a story about a walk.",
        rungs(
            (scene, "No error of body, space or physics."),
            (nicked, "The arm of her glasses is broken by a few pixels, found only when zoomed."),
            (hovering, "The dog hovers above its shadow: one error seen at normal size."),
            (replace(hovering, arms=3), "Three arms on the main subject, and a hovering dog."),
            (lambda: defects.swirled(paint(scene), (410, 450), 260, 3.4), "The woman is wrung beyond "
                                                                          "recognition."),
        ),
    )  # fmt: skip


def _usefulness() -> Ladder:
    rocket = partial(photo, "rocket")
    return Ladder(
        "image-quality", "usefulness", "Cover about space flight: landscape, no words in the picture, "
                                       "sky for a title.",
        rungs(
            (rocket, "It can be used as it is."),
            (lambda: defects.exposed(photo("rocket"), -0.9), "A little dark: one quick correction."),
            (partial(titled, "SAMPLE 0417"), "The words in the sky have to be removed first: real editing."),
            (lambda: photo("rocket")[120:420, 250:400], "A narrow upright piece: only the rocket itself "
                                                        "can be saved."),
            (lambda: defects.blocky(photo("rocket"), 1, 0.12), "Nothing of it serves a cover."),
        ),
    )  # fmt: skip


def _prompt() -> Ladder:
    right = Kitchen(
        cups=(Cup(335, 626, RED, 1.1), Cup(515, 662, RED, 1.2)), bowl=None, cookies=3, teapot="#e9dfca"
    )
    return Ladder(
        "prompt-adherence", "overall_adherence",
        "Two red cups, a white teapot and a plate with three cookies on a kitchen table.",
        rungs(
            (right, "Two red cups, white teapot, three cookies: everything stated is shown."),
            (replace(right, teapot="#d9b98a"), "The teapot is tan rather than white: one attribute off."),
            (replace(right, cookies=0), "Cups and teapot are there; plate and cookies are missing."),
            (replace(right, cups=(), teapot=None), "Of three main things only the plate with cookies is "
                                                   "shown."),
            (STUDY, "A desk in the evening: nothing of the prompt is shown."),
        ),
    )  # fmt: skip


def single_ladders() -> list[Ladder]:
    """Return the ladders for single pictures, and one for prompts."""
    return [_clarity(), _light(), _composition(), _plausibility(), _usefulness(), _prompt()]
