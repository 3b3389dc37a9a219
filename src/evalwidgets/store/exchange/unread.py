"""Reviews that came without the rubric they were made by: they are kept, and it is said."""

from __future__ import annotations

from collections import Counter

from evalwidgets.store.exchange.losses import counted
from evalwidgets.store.exchange.work import Work


def unknown_rubrics(work: Work) -> tuple[str, ...]:
    """Return a sentence for each rubric that reviews name and nobody has brought."""
    missing = Counter(
        (one.rubric, one.rubric_version, one.rubric_hash)
        for one in work.reviews
        if one.rubric_hash not in work.rubrics
    )
    return tuple(
        f"The rubric {name} {version} (hash {hash_[:12]}) of {counted(number, 'review')} is not here; "
        "what their answers mean is not known."
        for (name, version, hash_), number in missing.items()
    )
