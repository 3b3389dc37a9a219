"""Planted defects that can be marked: what each is called in the rubric `defect-localisation`."""

from __future__ import annotations

from dataclasses import dataclass

from builder.recipe import Edit


@dataclass(frozen=True)
class Flaw:
    """What a planted defect is called in the rubric."""

    label: str
    family: str
    whole: bool = False
    """Whether all places together are one defect, as with a face that became another."""
    required: bool = True
    """False for what is so slight that nobody is held to finding it."""


FLAWS = {
    "kept_shadow": Flaw("shadow", "physics"),
    "missing_shadow": Flaw("shadow", "physics"),
    "missing_reflection": Flaw("reflection", "physics"),
    "halo_seam": Flaw("seam_halo", "blend", whole=True),
    "halo_seam_faint": Flaw("seam_halo", "blend", whole=True, required=False),
    "colour_spill": Flaw("colour_spill", "blend", whole=True),
    "grain_mismatch": Flaw("grain_mismatch", "blend"),
    "pasted_text": Flaw("paste_edge", "blend"),
    "smear": Flaw("smear", "blend"),
    "remnant": Flaw("remnant", "content"),
    "extra_object": Flaw("extra_object", "content"),
    "wrong_count": Flaw("wrong_count", "content"),
    "part_missing": Flaw("missing_part", "content"),
    "tiny_break": Flaw("broken_structure", "geometry"),
    "extra_limb": Flaw("limbs", "anatomy"),
    "face_destroyed": Flaw("face", "anatomy", whole=True),
    "misspelt": Flaw("misspelt", "lettering", whole=True),
    "gibberish": Flaw("gibberish", "lettering"),
    "flat_sticker": Flaw("source_mismatch", "rendering"),
    "identity_drift": Flaw("identity_drift", "unasked_change", whole=True),
    "identity_drift_subtle": Flaw("identity_drift", "unasked_change", whole=True, required=False),
    "extra_change": Flaw("background_changed", "unasked_change"),
}
"""Planted truth to its class; the others change the whole picture, or lie where nobody could draw them."""


def flaw_of(edit: Edit) -> Flaw | None:
    """Return what is planted in an edit, when it can be marked."""
    return FLAWS.get(edit.planted) if edit.saved == "png" else None
