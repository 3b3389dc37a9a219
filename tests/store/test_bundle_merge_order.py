"""The order in which bundles come back, and how often, decides nothing that counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import evalwidgets as ew
from evalwidgets.store.reviews import open_store

from ..samples import every_control
from .bundle_samples import answer, hand_in, tasks_in, write


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return what comes back from two people, one of whom hands in twice and works on two machines."""
    folder = tmp_path_factory.mktemp("returned")
    ana, ben = write(tasks_in(folder / "lead", 3), folder, "ana", "ben")
    files = []

    def hands_in(bundle: ew.Bundle) -> None:
        files.append(hand_in(bundle, folder / f"{len(files)}.returned.evalbundle"))

    with ew.open_bundle(ana) as home, ew.open_bundle(ana, folder / "office") as office:
        for bundle, count, level in ((home, 1, 4), (office, 2, 5), (home, 2, 3)):
            answer(bundle, count, adherence=level)
            hands_in(bundle)
    with ew.open_bundle(ben) as bundle:
        answer(bundle, 3)
        hands_in(bundle)
    return files


@pytest.fixture(scope="module")
def written(returned: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return the eight reviews that were written in all."""
    with open_store(tmp_path_factory.mktemp("once") / "reviews.db") as store:
        ew.merge_bundles(returned, store, rubric=every_control())
        found = said(store)
    assert 8 == len(found)
    return found


def said(store: ew.ReviewStore) -> dict[str, dict[str, Any]]:
    """Return what every stored review says, without what a merge may number anew."""
    return {
        one.id: {name: value for name, value in one.content.items() if name not in ("revision", "reason")}
        for one in store.reviews(current=False)
    }


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_and_number_of_merges_gives_the_same_reviews(
    returned: list[Path], written: Any, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Each file at least once, in any order, one by one or many at once: the same reviews, none twice."""
    more = data.draw(st.lists(st.sampled_from(returned), max_size=3))
    order = data.draw(st.permutations(returned + more))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=2)))
    folder = tmp_path_factory.mktemp("lead")

    with open_store(folder / "reviews.db") as store:
        for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
            ew.merge_bundles(order[start:end], store, rubric=every_control())

        assert written == said(store)
        assert () == store.verify()


def test_one_merge_of_many_files_does_not_depend_on_how_they_are_named(
    returned: list[Path], tmp_path: Path
) -> None:
    """Given at once they are taken by their own times, so that revisions come out alike, too."""
    stored = []
    for number, files in enumerate((returned, returned[::-1])):
        with open_store(tmp_path / f"{number}.db") as store:
            ew.merge_bundles(files, store, rubric=every_control())
            stored.append(sorted((one.id, one.revision, one.reason) for one in store.reviews(current=False)))

    assert stored[0] == stored[1]
