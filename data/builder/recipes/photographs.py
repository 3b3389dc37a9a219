"""Edits of photographs: soft-masked recolouring, fills, words, styles, restoration."""

from __future__ import annotations

from functools import partial

import numpy as np

from builder import defects, styles
from builder.colour import Floats, rgb
from builder.lettering import words
from builder.photos import photo
from builder.recipe import Edit, scores


def oval(pixels: Floats, cx: float, cy: float, rx: float, ry: float, turn: float = 0) -> Floats:
    """Mask of an ellipse, for a picture of any size."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    u, v = (x - cx) * c + (y - cy) * s, -(x - cx) * s + (y - cy) * c
    inside: Floats = (np.hypot(u / rx, v / ry) <= 1).astype(np.float32)
    return inside


def filled(pixels: Floats, mask: Floats, grain: float, seed: int) -> Floats:
    """Fill a place smoothly from its surroundings, with or without matching grain."""
    hole = defects.grown(mask, 2)
    total, weight = np.zeros_like(pixels), np.zeros(mask.shape, np.float32)
    for radius in (3, 8, 20, 45):
        keep = (1 - hole)[..., None]
        near = defects.blurred(pixels * keep, radius)
        share = defects.soft(1 - hole, radius)
        open_still = (weight < 0.02) & (share > 0.04)
        part = near / np.maximum(share, 1e-3)[..., None]
        total = np.where(open_still[..., None], part, total)
        weight = np.where(open_still, 1, weight)
    smooth = defects.blurred(total, 3)
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal(mask.shape).astype(np.float32) * grain
    return defects.blend(pixels, np.clip(smooth + noise[..., None], 0, 1), defects.soft(hole, 1.5))


def _blue_cup() -> Floats:
    coffee = photo("coffee")
    plate = oval(coffee, 278, 230, 203, 162, -4) * (1 - oval(coffee, 291, 112, 118, 96))
    redness = np.clip((coffee[..., 0] - coffee[..., 1:].max(-1) - 0.1) * 9, 0, 1)
    dark = np.clip(1 - coffee.max(-1) * 2.5, 0, 1) * 0.6
    mask = defects.soft(plate, 1.2) * np.clip(redness + dark, 0, 1)
    blue = coffee[..., ::-1] * rgb("#d0ffff") + coffee[..., :1] * rgb("#001a00") * 2.2
    return defects.blend(coffee, np.clip(blue, 0, 1), mask)


def _spoon_mask(coffee: Floats) -> Floats:
    bowl = oval(coffee, 367, 283, 43, 46)
    neck = oval(coffee, 392, 190, 16, 58, 14) + oval(coffee, 410, 94, 14, 34, 18)
    return np.clip(bowl + neck, 0, 1) * (1 - oval(coffee, 291, 108, 117, 101))


def _no_spoon() -> Floats:
    coffee = photo("coffee")
    return filled(coffee, _spoon_mask(coffee), 0.01, 801)


def _smeared(before: Floats, made: Floats, __: Floats) -> Floats:
    return defects.smeared(made, defects.grown(_spoon_mask(before), 9), 22)


def _eyes_mask(cat: Floats) -> Floats:
    left = oval(cat, 171, 115, 31, 28) * (1 - oval(cat, 173, 112, 8, 17))
    right = oval(cat, 320, 136, 20, 25, 12) * (1 - oval(cat, 314, 130, 6, 16, 8))
    return defects.soft(np.clip(left + right, 0, 1), 1.6)


def blue_eyes() -> Floats:
    """Chelsea with both eyes blue."""
    cat = photo("chelsea")
    light = (cat @ defects.LUMA)[..., None]
    blue = np.clip(light * rgb("#7fc4ff") * 1.55, 0, 1)
    return defects.blend(cat, blue, _eyes_mask(cat) * 0.8)


def _behind_cat(cat: Floats) -> Floats:
    height, width = cat.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    edge = np.where(y < 62, 398 - y * 0.72, np.where(y < 130, 354 + (y - 62) * 0.08, 362 - (y - 130) * 0.3))
    return defects.soft((x > edge).astype(np.float32), 2)


def _blurred_behind() -> Floats:
    cat = photo("chelsea")
    return defects.blend(cat, defects.blurred(cat, 9), _behind_cat(cat))


def _blurred_too_much(before: Floats, _: Floats, __: Floats) -> Floats:
    height, width = before.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    near = np.hypot((x - 235) / 150, (y - 160) / 105)
    return defects.blend(before, defects.blurred(before, 7), np.clip((near - 0.8) * 4, 0, 1))


def _wide_eyed(_: Floats, made: Floats, __: Floats) -> Floats:
    twisted = defects.swirled(made, (235, 170), 150, 1.9)
    return defects.bulged(twisted, (171, 115), 80, 0.6)


def titled(text: str) -> Floats:
    """Write a line of white words above the rocket."""
    rocket = photo("rocket")
    height, width = rocket.shape[:2]
    mask = words(text, 320, 46, 34, "sans", 3).window((0, 0, width, height))
    shade = defects.soft(mask, 3) * 0.5
    return defects.blend(rocket * (1 - shade[..., None]), np.ones_like(rocket) * rgb("#fdfcf7"), mask)


def _noisy_rocket() -> Floats:
    return defects.noisy(photo("rocket"), 0.1, 803)


def _crushed(before: Floats, _: Floats, __: Floats) -> Floats:
    return defects.blocky(defects.noisy(before, 0.06, 804), 4, 0.6)


def _old_print() -> Floats:
    return defects.scratched(photo("astronaut"), 805)


def _no_coin() -> Floats:
    coins = photo("coins")
    return filled(coins, oval(coins, 345, 187, 35, 34), 0.028, 806)


def _soft_patch(before: Floats, _: Floats, __: Floats) -> Floats:
    return filled(before, oval(before, 345, 187, 35, 34), 0.006, 806)


def _cartoon_bird(before: Floats, _: Floats, __: Floats) -> Floats:
    made = before.copy()
    parts = (
        (oval(before, 400, 62, 42, 26), "#ffd400"), (oval(before, 440, 46, 20, 18), "#ffd400"),
        (oval(before, 392, 60, 24, 13, -24), "#ff8a00"), (oval(before, 464, 50, 11, 5, 12), "#ff5a1f"),
        (oval(before, 445, 42, 5, 5), "#101010"),
    )  # fmt: skip
    for mask, _colour in parts[:2]:
        made = defects.blend(made, np.zeros_like(made), defects.grown(mask, 3))
    for mask, colour in parts:
        made = defects.blend(made, np.ones_like(made) * rgb(colour), defects.soft(mask, 0.6))
    return made


def kitchenware() -> list[Edit]:
    """Return the edits of the coffee cup and the coins."""
    return [
        Edit(
            "coffee", "attribute", "Make the red cup and saucer blue.", partial(photo, "coffee"), _blue_cup,
            gold=scores(5, 5, (4, 5), (4, 5), 5), difficulty="medium",
            why="Cup, handle and saucer are blue with their own highlights and shadows; wood, coffee "
                "and spoon kept their colour.",
        ),
        Edit(
            "coffee", "remove", "Remove the spoon from the saucer.", partial(photo, "coffee"), _no_spoon,
            spoil=_smeared, planted="smear",
            gold=scores((3, 4), 2, (4, 5), 2, 3),
            why="The spoon is gone, but a streaky smear lies in its place and cuts the rim of cup and "
                "saucer: an obvious erase mark.",
        ),
        Edit(
            "coins", "remove", "Remove the large coin at the right edge of the third row.",
            partial(photo, "coins"), _no_coin, spoil=_soft_patch, planted="grain_mismatch", difficulty="hard",
            gold=scores((4, 5), 5, 5, 4, 4),
            why="The coin is gone and the light of the ground runs through. Zoomed in, the patch is smoother "
                "than its grainy surroundings.",
        ),
    ]  # fmt: skip


def animals() -> list[Edit]:
    """Chelsea the cat."""
    cat = partial(photo, "chelsea")
    return [
        Edit(
            "chelsea", "attribute", "Give the cat blue eyes.", cat, blue_eyes, gold=scores(5, character=5),
            difficulty="easy",
            why="Both eyes are blue, pupils and reflections kept; fur, nose and whiskers are the same. The "
                "colour of the eyes was asked for, so it counts as the same cat.",
        ),
        Edit(
            "chelsea", "background", "Blur the background behind the cat.", cat, _blurred_behind,
            spoil=_blurred_too_much, planted="wrong_area",
            gold=scores((3, 4), (4, 5), 3, 3, 4, (4, 5)),
            why="The background is blurred, and so are ears, cheek and whiskers: part of the cat itself, a "
                "significant unrequested loss.",
        ),
        Edit(
            "chelsea", "action", "Make the cat look surprised, with wide open eyes.", cat, None,
            spoil=_wide_eyed, planted="face_destroyed",
            gold=scores((1, 2), 1, (3, 4), (1, 2), (3, 4), (1, 2)),
            why="The face is wrung like a cloth: the main subject is broken. Nothing says surprise but one "
                "swollen eye.",
        ),
    ]  # fmt: skip


def people_and_machines() -> list[Edit]:
    """Return the edits of the astronaut, the photographer and the rocket."""
    rocket, camera = partial(photo, "rocket"), partial(photo, "camera")
    return [
        Edit(
            "rocket", "text", "Write LIFT-OFF 18:03 in white at the top, centred.", rocket,
            partial(titled, "LIFT-OFF 18:03"), gold=scores(5), difficulty="easy",
            why="Every character is right, white, centred at the top, and readable on the sky.",
        ),
        Edit(
            "rocket", "restoration", "Remove the noise from this photo.", _noisy_rocket, rocket,
            spoil=_crushed, planted="compression", gold=scores((1, 2), 3, 2, 1, 2),
            why="Instead of less noise there are coarse blocks: the photo is unusable, and masts and rocket "
                "lost their structure.",
        ),
        Edit(
            "astronaut", "restoration", "Restore this old print: remove the scratches and bring the "
                                        "colours back.",
            _old_print, partial(photo, "astronaut"), gold=scores(5, character=5),
            why="Scratches, dust and fading are gone, colours are natural, and her face is exactly the same.",
        ),
        Edit(
            "camera", "style", "Give it a warm sepia tone like an old print.", camera,
            lambda: styles.sepia(photo("camera")), gold=scores(5, character=5), difficulty="easy",
            why="An even warm brown, contrast kept, nothing else touched.",
        ),
        Edit(
            "camera", "add", "Add a bird in the sky on the right.", camera, None, spoil=_cartoon_bird,
            planted="flat_sticker", gold=scores((4, 5), (4, 5), 5, (2, 3), 1, 5),
            why="A yellow cartoon bird with black outline in a black and white photograph: a bird in "
                "the right place, and a clash in every other respect.",
        ),
    ]  # fmt: skip


def edits() -> list[Edit]:
    """All edits of photographs."""
    return [*kitchenware(), *animals(), *people_and_machines()]
