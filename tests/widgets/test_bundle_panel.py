"""The panel of an opened bundle is the ordinary one, on the lead's hashes."""

from __future__ import annotations

from pathlib import Path

import evalwidgets as ew

from ..samples import GOOD_ANSWERS, a_region, every_control, write_picture
from ..store.bundle_samples import PLACE, hand_in, tasks_in, write


def test_a_place_marked_in_a_bundle_lies_on_the_leads_own_file(tmp_path: Path) -> None:
    """A region comes back in the pixels of the lead's upright picture, with that file's hash."""
    tasks = tasks_in(tmp_path / "lead", 1)
    write_picture(tmp_path / "lead/pictures/0-b.png", 7, size=(40, 30))
    with ew.open_bundle(write(tasks, tmp_path, "ana")[0]) as bundle:
        panel = ew.open_panel(
            bundle.tasks,
            bundle.rubric,
            bundle.store,
            bundle.reviewer,
            bundle.round,
            campaign=bundle.campaign,
            seed=bundle.seed,
            evidence=bundle.evidence,
        )
        for name in ("safety", "change", "adherence", "quality", "figure", "defects"):
            panel.rate(name, GOOD_ANSWERS[name])
        panel.act("mark", "places", a_region(points=((1, 2), (12, 20)), size=(40, 30)))
        panel.submit()
        panel.close()
        back = hand_in(bundle)

    with ew.open_store(tmp_path / "lead.db") as store:
        ew.merge_bundles(back, store, rubric=every_control(), tasks=tasks)
        [review] = store.reviews(**PLACE)

    [region] = review.values["places"]
    assert tasks.digest_of(tasks[0], "edited") == region["picture"]
    assert ([40, 30], [[1, 2], [12, 20]]) == (region["size"], region["points"])
    assert tasks.hash_of(tasks[0]) == review.task_hash
