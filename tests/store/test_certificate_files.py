"""Certificates on disk: one folder a learner, whatever signs a name holds."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from evalwidgets.errors import StoreError
from evalwidgets.store.certificate_files import certificate_path, save_certificate

PAGE = SimpleNamespace(html="<h1>pass</h1>", markdown="# pass")


def test_a_certificate_lies_where_it_is_looked_for(tmp_path: Path) -> None:
    """By campaign, learner and exam; the text lies beside the page."""
    page = save_certificate(tmp_path, "spring", "ana", "exam 2026-03-02", PAGE)

    assert tmp_path / "spring" / "ana" / "exam 2026-03-02.html" == page
    assert certificate_path(tmp_path, "spring", "ana", "exam 2026-03-02") == page
    assert "# pass" == page.with_suffix(".md").read_text()


@pytest.mark.parametrize("name", ["../lee", "a/b", "..", "Zo\u00eb", "C:\\x", "ana\u202e", "n" * 200])
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    """Nor do two learners share one place."""
    page = save_certificate(tmp_path, "spring", name, "exam", PAGE)

    assert page.resolve().is_relative_to(tmp_path / "spring")
    assert page.parent.parent == tmp_path / "spring"
    assert page != certificate_path(tmp_path, "spring", "ana", "exam")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """With the place and what to do."""
    (tmp_path / "spring").write_text("a file")

    with pytest.raises(StoreError, match=r"The certificate could not be written .* Choose another folder\."):
        save_certificate(tmp_path, "spring", "ana", "exam", PAGE)
