"""What simulated reviewers write in the meeting's round: of these pictures, from both sides."""

from __future__ import annotations

Words = dict[tuple[str, str], tuple[tuple[int, int, tuple[str, ...]], ...]]

LEVEL_NOTES: Words = {
    ("edit-066", "instruction_adherence"): (
        (
            1,
            3,
            (
                "The shadow on the pavement went as well; the instruction names only the bicycle.",
                "More was taken out in front of the shop than the bicycle: its shadow is gone too.",
            ),
        ),
        (
            4,
            5,
            (
                "Bicycle and shadow are gone from the pavement, which is what was asked.",
                "No trace of the bicycle is left in front of the shop, not even when zoomed.",
                "A bicycle that is gone casts no shadow; nothing else was taken out in front of the shop.",
            ),
        ),
    ),
    ("edit-066", "preservation"): (
        (
            1,
            3,
            (
                "The pavement in front of the shop is brighter than before, and nobody asked for that.",
                "The dark patch on the pavement below the window is missing now.",
            ),
        ),
        (
            4,
            5,
            (
                "Only the pavement under the bicycle differs, and that follows from the request.",
                "Shop, flower pots and board are the same to the last brick on both sides.",
            ),
        ),
    ),
    ("edit-067", "instruction_adherence"): (
        (
            1,
            3,
            (
                "The shadow on the sofa beside the cat was taken out too, which is a neighbour of it.",
                "The darker patch on the right seat went along with the cat; it was not named.",
            ),
        ),
        (
            4,
            5,
            (
                "The cat is gone from the sofa without a remnant.",
                "The right seat is complete, and the shadow had to go with the cat.",
            ),
        ),
    ),
    ("edit-067", "preservation"): (
        (
            1,
            3,
            (
                "The right seat of the sofa is lighter than in the original.",
                "The shading of the sofa on the right was changed, a region that should stay.",
            ),
        ),
        (
            4,
            5,
            (
                "Cushions, plant and lamp are as before on both sides of the sofa.",
                "The lighter seat on the right is a consequence of the removal.",
            ),
        ),
    ),
    ("edit-083", "instruction_adherence"): (
        (
            1,
            3,
            (
                "The dark patch of sand on the right went too; only the umbrella was to be removed.",
                "The shadow on the sand was taken out with the umbrella, although nothing says so.",
            ),
        ),
        (
            4,
            5,
            (
                "Umbrella, pole and shadow are gone from the sand on the right.",
                "Nothing of the umbrella is left on the right, and the towel stayed.",
            ),
        ),
    ),
    ("edit-083", "preservation"): (
        (
            1,
            3,
            (
                "The sand below the umbrella has another brightness now.",
                "A whole region of sand on the right is lighter than before.",
            ),
        ),
        (
            4,
            5,
            (
                "Towel, sea and lighthouse on the left are untouched.",
                "Brighter sand on the right follows from the removal; all else is the same.",
            ),
        ),
    ),
    ("edit-004", "instruction_adherence"): (
        (1, 2, ("Nothing was taken away around the red cup on the left of the table.",)),
        (
            4,
            5,
            (
                "The spoon right of the white cup is gone, its shadow included.",
                "The mat on the right of the cup is empty, without a trace of the spoon.",
                "No spoon is left on the table, and its shadow went with it.",
            ),
        ),
    ),
    ("edit-012", "preservation"): (
        (
            1,
            3,
            (
                "The small dark mark beside her mouth is gone; nobody asked for that.",
                "Flipping shows that the mark on the right of her mouth was lost.",
            ),
        ),
        (
            4,
            5,
            (
                "Scarf, glasses and background are as before; only the mouth in the middle differs.",
                "I see no difference outside the mouth, on either side of the face.",
            ),
        ),
    ),
    ("edit-012", "character_consistency"): (
        (
            1,
            3,
            (
                "The mark beside her mouth was a trait that one knows her by, and it is gone.",
                "A beauty spot beside the mouth is hers, and it was taken away.",
            ),
        ),
        (
            4,
            5,
            (
                "Hair, glasses and the shape of the face in the middle are clearly hers.",
                "Nobody would doubt that the woman in the middle is the same.",
            ),
        ),
    ),
    ("edit-021", "structural_integrity"): (
        (
            4,
            5,
            (
                "The boat between the two others fits in size and light; I see no error.",
                "Zoomed in on the hull in the middle: clean, and the others mirror little either.",
                "Waves and horizon in the middle are whole, and the boat lies in the water.",
            ),
        ),
    ),
    ("edit-011", "instruction_adherence"): (
        (
            1,
            3,
            (
                "The ears and the cheek on the left are blurred too, and they are no background.",
                "Half of the face on the left was blurred along with the background.",
                "It went too far: the whiskers on the left are blurred as well.",
            ),
        ),
        (
            4,
            5,
            (
                "Everything behind the cat on the right is blurred as asked.",
                "The wall behind the cat is soft, and the face in the middle is sharp.",
            ),
        ),
    ),
    ("edit-011", "preservation"): (
        (
            1,
            3,
            (
                "Ears, cheek and whiskers on the left lost their detail.",
                "Half of the whiskers on the left side of the face can no longer be seen.",
            ),
        ),
        (
            4,
            5,
            (
                "The eyes and the nose in the middle are as sharp as before.",
                "Only a softer edge at the ear on the left, found when zoomed.",
            ),
        ),
    ),
    ("edit-011", "visual_quality"): (
        (
            1,
            2,
            (
                "The edge of the blur runs right through the cat's face on the left.",
                "Sharp and smeared parts meet in the middle of the face, seen at once.",
            ),
        ),
    ),
    ("edit-077", "instruction_adherence"): (
        (
            1,
            3,
            (
                "The cup in the middle of the table is green, and red was asked for.",
                "The right cup was changed, but to the wrong colour, green instead of red.",
                "A clean change of the cup in front of the teapot, to a colour that nobody named.",
            ),
        ),
    ),
    ("edit-078", "instruction_adherence"): (
        (1, 3, ("The wall at the back is white, so the second half of the request is not kept.",)),
        (
            4,
            5,
            (
                "The wall at the back is plain white, the nearest thing to what was asked.",
                "A white wall behind the table is what the first half asks for.",
            ),
        ),
    ),
}
"""Task and criterion to notes for the levels from, to; reviewers take them in turn."""

CHOICE_NOTES: dict[tuple[str, str, str], tuple[str, ...]] = {
    ("edit-078", "feasibility", "interpreted"): (
        "I take it as: paint the wall white and keep its warm tone.",
        "Read as a white wall; the second half can only mean its texture.",
        "I settle on the first half, the white wall, and leave out the second.",
    ),
    ("edit-078", "feasibility", "infeasible"): (
        "White, and exactly the colour that it has now, exclude each other.",
        "The wall cannot become white and stay as it is.",
    ),
    ("edit-078", "response_quality", "closest"): (
        "The wall at the back became white, and nothing else was touched.",
        "A plain white wall behind the table is the nearest to the request.",
    ),
}
