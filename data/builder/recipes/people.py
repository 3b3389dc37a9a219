"""Edits of the park and of the portraits: people who must stay the same people."""

from __future__ import annotations

from dataclasses import replace

from builder import defects, styles
from builder.colour import Floats
from builder.face import Person
from builder.paint import Canvas, ellipse
from builder.recipe import Edit, no_change, paint, scores
from builder.scenes.park import Park
from builder.scenes.portrait import Portrait
from builder.walker import Dog

ANNA = Person(style="bun", hair="#a8552b", mark=False, coat="#3f6f7a")
LEILA = Person(
    style="curly", hair="#2b2024", skin="#a06a48", glasses=None, freckles=False, mark=False,
    coat="#d0993c", scarf="#3f6d5a", scarf_stripe=None, earrings=None, eyes="#4a3424",
)  # fmt: skip
PARK_ONE = Park(person=ANNA)
PARK_TWO = Park(
    person=LEILA, dog=Dog(x=250, y=652, coat="#8a8790", collar="#c8453b", looks=1), kite=False,
    sky=("#9fb9d6", "#d5dfe8", "#f6e7d2"), leaves="#6d9a4a", bench="#6f7f86",
)  # fmt: skip

MIRA = Person()
TOM = Person(
    style="short", hair="#6b4a30", skin="#e6b48f", eyes="#5a4a3a", freckles=False, mark=False,
    glasses="#2b3440", lens="square", earrings=None, coat="#6a4a3a", scarf=None, jaw=1.08, brows=2.0,
)  # fmt: skip
RUTH = Person(
    style="bun", hair="#b5652f", skin="#eec09c", eyes="#4f7fae", glasses=None, mark=False,
    coat="#4a6b52", scarf="#dfb25a", scarf_stripe="#8a4a3a",
)  # fmt: skip
ONE, TWO, THREE = Portrait(MIRA), Portrait(TOM, "night"), Portrait(RUTH, "spring")


def _sticker(before: Floats, _: Floats, __: Floats) -> Floats:
    """Paste a flat clip-art ball with a white cut-out edge."""
    canvas = Canvas.of(before)
    canvas.paint(ellipse(742, 640, 46, 46), "#ffffff")
    canvas.paint(ellipse(742, 640, 39, 39), "#ff1e28")
    for turn in (0, 120, 240):
        canvas.paint(ellipse(742, 640, 39, 11, turn), "#ffe600")
    canvas.paint(ellipse(742, 640, 8, 8), "#00a2ff")
    return canvas.pixels


def _seam(_: Floats, made: Floats, wanted: Floats) -> Floats:
    patch = defects.solid(wanted, 8)
    darker = defects.blend(made, made * 0.93, patch)
    return defects.halo(darker, patch, 4, 0.8, softness=2.2)


def _nudged(_: Floats, made: Floats, __: Floats) -> Floats:
    return defects.shifted(made, 3)


def _old_edge(before: Floats, made: Floats, wanted: Floats) -> Floats:
    """Keep a rim of the old backdrop round the person."""
    figure = 1 - defects.solid(wanted, 4)
    rim = defects.grown(figure, 7) - figure
    return defects.blend(made, before, defects.soft(rim, 1.5) * 0.8)


def _broken_arm(_: Floats, made: Floats, __: Floats) -> Floats:
    """Cut a few pixels out of the thin arm of the glasses."""
    return defects.patched(made, (643, 293, 650, 305), dy=16)


def _recomposed(_: Floats, made: Floats, __: Floats) -> Floats:
    """Mirror and crop, so that nothing stands where it stood."""
    return defects.zoomed(made[:, ::-1], 0.3, (0.75, 0.6))


def _twisted(_: Floats, made: Floats, __: Floats) -> Floats:
    return defects.swirled(made, (540, 330), 190, 2.3)


def park() -> list[Edit]:
    """Return the edits of a person, a dog and a lawn."""
    autumn = replace(PARK_TWO, leaves="#d08a3a", lawn="#a8a552", sky=("#a9bdd0", "#dfe0dc", "#f8e2c0"))
    green = replace(PARK_ONE, person=replace(ANNA, scarf="#3f7d54"))
    stranger = replace(LEILA, hair="#7a4a2c", style="short", coat="#8a4a5a", glasses="#222222")
    other = Park(
        person=replace(ANNA, style="long", hair="#d9b060", skin="#f0c8a4", coat="#8a4a6a", glasses=None),
        dog=Dog(x=700, y=668, coat="#5a4636", collar=None), kite=True, bench="#b5533f",
        sky=("#d98a86", "#f2c0a0", "#f8e0b8"), leaves="#88943a", lawn="#98a85a",
    )  # fmt: skip
    return [
        Edit(
            "park-1", "remove", "Remove the dog.", PARK_ONE, replace(PARK_ONE, dog=None),
            gold=scores(5, character=5), tags=("shadow",), difficulty="easy",
            why="Dog and shadow are gone, the lawn behind is complete, and the woman is untouched.",
        ),
        Edit(
            "park-2", "remove", "Take out the bench on the right.", PARK_TWO, replace(PARK_TWO, bench=None),
            spoil=_seam, planted="halo_seam", gold=scores(5, (4, 5), (4, 5), 2, 4, 5),
            why="The bench is gone, but a pale outline and a darker patch show where it stood: a disturbing "
                "seam in an otherwise complete removal.",
            reasons={"visual_quality": "The outline of the removed bench is seen at once, 2."},
        ),
        Edit(
            "park-1", "action", "Let her raise one hand and wave.", PARK_ONE, replace(PARK_ONE, pose="wave"),
            made=replace(PARK_ONE, pose="wave", arms=3), planted="extra_limb",
            gold=scores((4, 5), 2, (4, 5), 3, (4, 5), (3, 4)),
            why="She waves, and she has three arms. An anatomical error on the main subject is a 2 for "
                "structure, even though the request itself was met, and nothing that is wrong at first sight "
                "looks natural: at most 3 for quality.",
        ),
        Edit(
            "park-2", "action", "Make her wave at the camera.", PARK_TWO, replace(PARK_TWO, pose="wave"),
            made=replace(PARK_TWO, pose="wave", person=stranger), planted="identity_drift",
            gold=scores((4, 5), 5, 2, 5, 5, 2),
            why="She waves, but with other hair, new glasses and another coat: it is doubtful whether "
                "this is the same woman, and several significant things changed unasked.",
        ),
        Edit(
            "park-1", "attribute", "Give her a green scarf.", PARK_ONE, green, spoil=_nudged,
            planted="shift_3px", difficulty="hard", gold=scores(5, 5, 4, 5, 5, 5),
            why="The scarf is right. While flipping, the whole picture jumps a few pixels to the right: "
                "a small re-framing nobody asked for, one minor difference.",
        ),
        Edit(
            "park-1", "add", "Put a red ball on the grass next to the dog.", PARK_ONE,
            replace(PARK_ONE, ball="#d2453f"), spoil=_sticker, planted="flat_sticker", tags=("shadow",),
            gold=scores((4, 5), 3, 5, (2, 3), 1, 5),
            why="A flat clip-art ball with a white cut-out edge lies on a painted lawn, without a shadow: it "
                "clashes with the scene in every respect.",
            reasons={"style_alignment": "Flat colours and a white outline in a softly painted scene: "
                                        "clashes, 1.",
                     "structural_integrity": "No shadow and no contact with the grass: one visible "
                                             "error, 3."},
        ),
        Edit(
            "park-2", "background", "Change the season to autumn.", PARK_TWO, autumn,
            gold=scores(5, character=5),
            why="Trees, lawn and light turned autumnal together; woman, dog and bench are exactly the same.",
        ),
        Edit(
            "park-2", "add", "Add a kite to the sky.", PARK_TWO, replace(PARK_TWO, kite=True), made=other,
            planted="full_repaint", spoil=_recomposed, gold=scores((4, 5), 5, 1, 5, (4, 5), 1),
            why="There is a kite, as asked, but it is another picture: other person, dog, bench, sky, "
                "season and layout. A pretty result that keeps nothing of the original.",
        ),
    ]  # fmt: skip


def portraits() -> list[Edit]:
    """Return the edits of one face in front of soft light."""
    stranger = replace(
        MIRA, style="curly", skin="#b87a54", eyes="#6a4a2c", face=1.07, nose=1.5, jaw=0.9,
        freckles=False, mark=False, brows=-6.0,
    )  # fmt: skip
    lost = replace(MIRA, mouth="smile", mark=False)
    bare = replace(TOM, glasses=None)
    scarfed = replace(TOM, scarf="#b5473f", scarf_stripe=None)
    doubtful = replace(RUTH, coat="#6a4a36", hair="#3a2a24", face=1.06, jaw=0.88, brows=-5.0)
    return [
        Edit(
            "portrait-1", "attribute", "Change her scarf to dark green.", ONE,
            replace(ONE, person=replace(MIRA, scarf="#2f6a4a")), gold=scores(5, character=5),
            difficulty="easy",
            why="Only the scarf changed; its stripes, folds and shading are kept, and so is she.",
        ),
        Edit(
            "portrait-1", "action", "Make her smile.", ONE, replace(ONE, person=replace(MIRA, mouth="smile")),
            made=replace(ONE, person=lost), planted="identity_drift_subtle", difficulty="hard",
            gold=scores(5, 5, 4, 5, 5, 4),
            why="She smiles, but the small dark mark beside her mouth is gone. Still clearly her, with "
                "one subtle drift that shows only while flipping.",
        ),
        Edit(
            "portrait-2", "remove", "Remove his glasses.", TWO, replace(TWO, person=bare),
            made=replace(TWO, person=replace(bare, eyes="#3f8ac0")), planted="identity_drift",
            gold=scores((4, 5), 5, 3, 5, 5, 3),
            why="The glasses are gone, but his brown eyes became bright blue: clearly him, with one "
                "trait changed that nobody asked for.",
        ),
        Edit(
            "portrait-1", "attribute", "Give her curly hair.", ONE,
            replace(ONE, person=replace(MIRA, style="curly")), made=replace(ONE, person=stranger),
            planted="other_person", gold=scores((4, 5), 5, 2, 5, 5, 1),
            why="Curly hair, on somebody else: skin, eyes, nose, brows, freckles and mark all differ. "
                "That is a different individual.",
        ),
        Edit(
            "portrait-2", "action", "Let him laugh out loud.", TWO,
            replace(TWO, person=replace(TOM, mouth="open")), spoil=_twisted, planted="face_destroyed",
            gold=scores((2, 3), 1, (3, 4, 5), (1, 2), (4, 5), 1),
            why="The face is twisted into a spiral. The main subject is unrecognisable, which is a 1 for "
                "structure and limits what the rest can earn.",
        ),
        Edit(
            "portrait-1", "background", "Replace the background with a plain grey studio backdrop.", ONE,
            replace(ONE, backdrop="studio"), spoil=_old_edge, planted="halo_seam",
            gold=scores((4, 5), 5, (4, 5), 3, 3, 5),
            why="The backdrop is right, but a rim of the old orange light follows hair and shoulders: "
                "seen at normal size, not disturbing much, and the light on the edge does not match the "
                "studio.",
        ),
        Edit(
            "portrait-1", "add", "Put a green woollen hat on her head.", ONE,
            replace(ONE, person=replace(MIRA, hat="#3f7d64")), spoil=_broken_arm, planted="tiny_break",
            difficulty="hard", gold=scores(5, 4, 5, (4, 5), 5, 5),
            why="A good hat. Zoom to the right side of her glasses: the thin arm has a small gap. One slight "
                "error that is only seen when zoomed, 4.",
        ),
        Edit(
            "portrait-3", "attribute", "Change the colour of her coat to brown.", THREE,
            replace(THREE, person=replace(RUTH, coat="#6a4a36")),
            made=replace(THREE, person=doubtful),
            planted="identity_drift", gold=scores((4, 5), 5, 2, 5, 5, 2),
            why="The coat is brown, but her red hair went dark and her face got wider and more pointed: "
                "several traits changed, and one doubts that it is the same woman.",
        ),
        Edit(
            "portrait-2", "add", "Give him a red scarf.", TWO, replace(TWO, person=scarfed),
            made=replace(TWO, person=replace(scarfed, jaw=1.0)),
            planted="identity_drift_subtle", difficulty="hard", gold=scores(5, 5, 4, 5, 5, 4),
            why="The scarf is good. While flipping, his jaw becomes a little narrower: the same man, "
                "with one slight difference.",
        ),
        Edit(
            "portrait-3", "style", "Turn the portrait into a watercolour.", THREE,
            lambda: styles.watercolour(paint(THREE)), gold=scores(5, (4, 5), (4, 5), 5, 5, (4, 5)),
            why="Washes, pigment edges and paper grain all over, and the same woman in the same pose; that "
                "fine freckles melt into the wash is what the style asks for.",
        ),
        Edit(
            "portrait-3", "attribute", "Make her hair a little darker.", THREE,
            replace(THREE, person=replace(RUTH, hair="#7d4522")), made=THREE, planted="no_op",
            gold=no_change(), difficulty="medium",
            why="Nothing changed at all. \"A little\" tempts the eye to see a difference: flip to be sure.",
        ),
    ]  # fmt: skip


def edits() -> list[Edit]:
    """All edits of these scenes."""
    return [*park(), *portraits()]
