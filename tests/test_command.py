"""The command line: figures on standard output, what was guessed beside it, errors in a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from evalwidgets.__main__ import main
from evalwidgets.analysis import gwet_ac2, krippendorff_alpha, percent_agreement
from evalwidgets.core.review import Answer
from evalwidgets.core.rubric import Rubric
from evalwidgets.store.reviews import open_store

from .store.samples import a_review, a_rubric, an_opening

KEYS = {
    "n_tasks",
    "n_reviewers",
    "n_ratings",
    "percent_agreement",
    "krippendorff_alpha",
    "gwet_ac2",
    "pairwise_quadratic_kappa_mean",
}
FULL = (1, 2, 3, 4, 5)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return what runs a command in an empty folder and returns its code and what it wrote."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([str(one) for one in arguments])
        written = capsys.readouterr()
        return code, written.out, written.err

    return call


def random_table() -> pd.DataFrame:
    """Return sparse ratings of two criteria by four reviewers, every level used."""
    rng = np.random.default_rng(5)
    rows = [
        (f"t{t}", f"r{r}", name, int(np.clip(t % 5 + 1 + rng.integers(-1, 2), 1, 5)))
        for t in range(40)
        for r in range(4)
        for name in ("quality", "structure")
        if rng.random() < 0.8
    ]
    return pd.DataFrame(rows, columns=["task", "reviewer", "criterion", "value"])


def mean_kappa(table: pd.DataFrame) -> float:
    """Return the mean over pairs of scikit-learn's quadratic kappa on their tasks in common."""
    wide = table.pivot_table(index="task", columns="reviewer", values="value")
    pairs = [(a, b) for i, a in enumerate(wide) for b in list(wide)[i + 1 :]]
    both = [wide[[a, b]].dropna().to_numpy().T for a, b in pairs]
    return float(np.mean([cohen_kappa_score(*one, labels=FULL, weights="quadratic") for one in both]))


def test_agreement_of_any_table_is_printed_by_criterion(run: Run, tmp_path: Path) -> None:
    """The figures are those of the statistics, the kappas those of scikit-learn, under fixed names."""
    table = random_table()
    table.to_csv(tmp_path / "ratings.csv", index=False)

    code, out, _ = run("agreement", "ratings.csv", "--level", "ordinal", "--format", "json")

    criteria = json.loads(out)["criteria"]
    assert (0, ["quality", "structure"]) == (code, list(criteria))
    for name, figures in criteria.items():
        of_it = table[table["criterion"] == name]
        alpha = krippendorff_alpha(of_it, levels=FULL, level="ordinal")
        assert KEYS <= set(figures)
        assert (of_it["task"].nunique(), 4, len(of_it)) == (
            figures["n_tasks"],
            figures["n_reviewers"],
            figures["n_ratings"],
        )
        assert percent_agreement(of_it, levels=FULL).estimate == pytest.approx(figures["percent_agreement"])
        assert {"value": alpha.estimate, "low": alpha.low, "high": alpha.high} == pytest.approx(
            figures["krippendorff_alpha"]
        )
        assert gwet_ac2(of_it, levels=FULL).estimate == pytest.approx(figures["gwet_ac2"])
        assert mean_kappa(of_it) == pytest.approx(figures["pairwise_quadratic_kappa_mean"])


def test_what_was_guessed_stands_beside_the_result(run: Run, tmp_path: Path) -> None:
    """Standard output is the result alone; columns, levels and scales that were guessed are told."""
    (tmp_path / "a.csv").write_text("image_id;rater;score\n1;a;3\n1;b;4\n2;a;3\n2;b;3\n")

    code, out, err = run("agreement", "a.csv", "--format", "json")

    assert code == 0
    assert {"score"} == set(json.loads(out)["criteria"])
    assert "task = 'image_id', reviewer = 'rater', value = 'score'" in err
    assert "score: taken as ordinal, levels 3 to 4, as they occur" in err


def test_declared_levels_are_used_and_nothing_is_guessed_of_them(run: Run, tmp_path: Path) -> None:
    """AC depends on levels that nobody used; --levels declares them."""
    random_table().to_csv(tmp_path / "a.csv", index=False)

    _, out, err = run(
        "agreement", "a.csv", "--levels", "0,1,2,3,4,5", "--criterion", "quality", "--format", "json"
    )

    criteria = json.loads(out)["criteria"]
    assert {"quality"} == set(criteria)
    assert [0, 1, 2, 3, 4, 5] == criteria["quality"]["levels"]
    assert "as they occur" not in err


@pytest.mark.parametrize(
    ("rows", "null", "note"),
    [
        ("1,a,3\n2,a,4\n", "krippendorff_alpha", "Only one reviewer rated"),
        ("1,a,3\n1,b,3\n2,a,3\n2,b,3\n", "gwet_ac2", "All 4 ratings are the same"),
        ("1,a,3\n2,b,4\n", "pairwise_quadratic_kappa_mean", "nothing to compare"),
        ("1,a,\n2,b,\n", "percent_agreement", "There are no ratings"),
        ("1,a,yes\n1,b,no\n", "pairwise_quadratic_kappa_mean", "the levels have no order"),
    ],
)
def test_numbers_that_do_not_exist_are_null_with_a_note(
    run: Run, tmp_path: Path, rows: str, null: str, note: str
) -> None:
    """Degenerate tables give JSON without nan, and a sentence for each missing number."""
    (tmp_path / "a.csv").write_text(f"task,reviewer,value\n{rows}")

    code, out, _ = run("agreement", "a.csv", "--level", "ordinal", "--format", "json")

    figures = json.loads(out, parse_constant=pytest.fail)["criteria"]["value"]
    value = figures[null]["value"] if isinstance(figures[null], dict) else figures[null]
    assert (0, None) == (code, value)
    assert note in figures["note"]


def test_columns_of_any_name_can_be_named(run: Run, tmp_path: Path) -> None:
    """Where a guess would fail the columns are named, also several of values."""
    (tmp_path / "a.csv").write_text("what,x,y\n1,3,3\n2,4,5\n")
    named = ("--task-column", "what", "--value-column", "x", "--value-column", "y")

    code, out, err = run("agreement", "a.csv", *named, "--format", "json")

    assert (0, 2) == (code, json.loads(out)["criteria"]["rating"]["n_reviewers"])
    assert "a column for each reviewer: 'x', 'y'" in err


def test_text_is_for_people(run: Run, tmp_path: Path) -> None:
    """The finding, a table, the notes; nothing in a name can steer the terminal."""
    (tmp_path / "a.csv").write_text("task,reviewer,criterion,value\n1,a,\x1b[31mred,3\n1,b,\x1b[31mred,4\n")

    code, out, err = run("agreement", "a.csv")

    assert code == 0
    assert "criterion  tasks  reviewers  ratings" in out.replace("     ", " ")
    assert "\x1b" not in out + err


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Return a store with a round of ratings, a re-vote, and the rubric it was made with."""
    rubric: Rubric = a_rubric()
    path = tmp_path / "reviews.db"
    with open_store(path) as store:
        store.remember_rubric(rubric)
        for t, values in enumerate([(1, 2), (3, 3), (4, 4), (2, 1)]):
            for reviewer, value in zip(("ana", "ben"), values, strict=True):
                facts = {"task": f"t{t}", "reviewer": reviewer, "answers": {"accuracy": Answer(value=value)}}
                store.submit(a_review(**facts))
        revote = {"accuracy": Answer(value=2)}
        store.submit(a_review(task="t0", reviewer="ana", answers=revote, revision=2, reason="re-vote"))
    return path


GOLD = "".join(
    json.dumps(
        {
            "task": f"t{t}",
            "rubric": "image-edit",
            "rubric_version": "1.0.0",
            "answers": {"accuracy": {"accepted": [value]}},
        }
    )
    + "\n"
    for t, value in enumerate((1, 3, 4, 1))
)


def test_a_store_brings_its_rubric_and_counts_what_was_said_blind(run: Run, filled: Path) -> None:
    """Without --rubric the remembered one declares the levels; a re-vote does not enter."""
    code, out, err = run("agreement", filled, "--format", "json")

    figures = json.loads(out)["criteria"]["accuracy"]
    assert (0, [1, 2, 3, 4], 0.5) == (code, figures["levels"], figures["percent_agreement"])
    assert ["1 rating from a later revision (the first one is blind)"] == figures["left_out"]
    assert "campaign spring, round r1" in err
    assert "rubric image-edit 1.0.0" in err


def test_accuracy_says_who_is_right(run: Run, filled: Path, tmp_path: Path) -> None:
    """Rates with intervals by criterion and by reviewer, as text and as JSON."""
    (tmp_path / "gold.jsonl").write_text(GOLD)

    code, out, _ = run("accuracy", filled, "--gold", "gold.jsonl", "--format", "json")
    _, text, _ = run("accuracy", filled, "--gold", "gold.jsonl")

    found = json.loads(out)
    assert (0, 0.75) == (code, found["criteria"]["accuracy"]["exact"]["value"])
    assert {"ana": 0.75, "ben": 0.75} == {
        name: one["exact"]["value"] for name, one in found["reviewers"].items()
    }
    assert "too few tasks" in found["criteria"]["accuracy"]["note"]
    assert "ana" in text
    assert "accuracy" in text


def test_accuracy_says_what_gold_can_tell(run: Run, filled: Path, tmp_path: Path) -> None:
    """Bias, mean absolute error, kappa with gold, the gold distribution, and that it is lopsided."""
    (tmp_path / "gold.jsonl").write_text(GOLD)

    _, out, _ = run("accuracy", filled, "--gold", "gold.jsonl", "--format", "json")
    _, text, _ = run("accuracy", filled, "--gold", "gold.jsonl")

    found = json.loads(out)
    one, ana = found["criteria"]["accuracy"], found["reviewers"]["ana"]["criteria"]["accuracy"]
    assert (0.25, 0.25) == (one["mae"], one["bias"]["value"])
    pairs = [(1, 1), (3, 3), (4, 4), (1, 2)]
    expected = cohen_kappa_score(*zip(*pairs, strict=True), weights="quadratic", labels=[1, 2, 3, 4])
    assert expected == pytest.approx(ana["kappa"]["value"])
    assert {"1": 0.5, "2": 0.0, "3": 0.25, "4": 0.25} == one["gold_shares"]
    assert one["gold_lopsided"]
    assert "Kappa says little on" in found["gold_warnings"][0]
    assert found["gold_warnings"][0] in text
    assert "MAE" in text


def test_only_gold_of_the_rubric_counts(run: Run, filled: Path, tmp_path: Path) -> None:
    """A gold file may hold that of several rubrics; one that holds none of this says what it holds."""
    other = GOLD.replace("image-edit", "another")
    (tmp_path / "both.jsonl").write_text(
        GOLD + other.replace('"task": "t', '"task": "u').replace("[1]", '["yes"]')
    )
    (tmp_path / "other.jsonl").write_text(other)

    code, out, _ = run("accuracy", filled, "--gold", "both.jsonl", "--format", "json")
    failed, _, err = run("accuracy", filled, "--gold", "other.jsonl")

    assert (0, 4) == (code, json.loads(out)["criteria"]["accuracy"]["n_tasks"])
    assert failed == 1
    assert "other.jsonl: no gold for the rubric image-edit; it holds gold for another." in err


def test_levels_that_only_gold_has_belong_to_the_scale(run: Run, tmp_path: Path) -> None:
    """Without a rubric the scale is read from what is given and what is accepted."""
    (tmp_path / "a.csv").write_text("task,reviewer,criterion,value\nt0,a,accuracy,2\nt1,a,accuracy,3\n")
    (tmp_path / "gold.jsonl").write_text(GOLD)

    code, out, err = run("accuracy", "a.csv", "--gold", "gold.jsonl", "--format", "json")

    assert (0, ["1", "2", "3"]) == (code, list(json.loads(out)["criteria"]["accuracy"]["gold_shares"])[:3])
    assert "levels 1 to 4" in err


def test_the_report_knows_the_kinds_of_tasks(run: Run, filled: Path, tmp_path: Path) -> None:
    """--tasks names the manifest whose tags count gold by kind."""
    (tmp_path / "gold.jsonl").write_text(GOLD)
    (tmp_path / "tasks.jsonl").write_text(
        "".join(
            json.dumps(
                {
                    "id": f"t{t}",
                    "kind": "edit",
                    "images": {"original": f"{t}a.png", "edited": f"{t}b.png"},
                    "instruction": "Do it.",
                    "tags": {"edit_type": "add" if t % 2 else "remove"},
                }
            )
            + "\n"
            for t in range(4)
        )
    )

    named = ("--gold", "gold.jsonl", "--tasks", "tasks.jsonl")
    code, out, _ = run("report", filled, *named, "--format", "text")

    assert code == 0
    assert "gold tasks for edit type add (2) and remove (2)" in out


def test_the_report_tells_what_changed_after_the_evidence(run: Run, filled: Path) -> None:
    """Only where somebody has looked: of ben's looks one changed an answer, and agreement ignores it."""
    _, before, _ = run("report", filled, "--format", "text")
    with open_store(filled) as store:
        for task in ("t1", "t3"):
            store.openings.log(an_opening(reviewer="ben", task=task))
        later = {"accuracy": Answer(value=2)}
        store.submit(a_review(task="t1", reviewer="ben", answers=later, revision=2, reason="after_evidence"))

    code, out, _ = run("report", filled, "--format", "text")

    assert code == 0
    assert "what changed afterwards" not in before.casefold()
    assert "1 of 2 answers changed afterwards: 0 up, 1 down, 0 otherwise" in out
    assert [line for line in before.splitlines() if "alpha" in line.casefold()] == [
        line for line in out.splitlines() if "alpha" in line.casefold()
    ]


def test_the_report_is_a_file(run: Run, filled: Path, tmp_path: Path) -> None:
    """One page stands in the folder, and where it is, is said."""
    (tmp_path / "gold.jsonl").write_text(GOLD)

    code, out, err = run("report", filled, "--gold", "gold.jsonl", "--title", "Spring <1>")

    assert (0, "") == (code, out)
    assert "Wrote report.html" in err
    assert "<h1>Spring &lt;1&gt;</h1>" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_report_is_also_text_and_json(run: Run, filled: Path, form: str) -> None:
    """The same sections without pictures."""
    code, out, _ = run("report", filled, "--format", form)

    assert code == 0
    assert "how the numbers were made" in out.casefold()


def test_a_page_of_one_command_goes_where_it_is_sent(run: Run, filled: Path, tmp_path: Path) -> None:
    """--format html with --out writes the page; without, it is the standard output."""
    (tmp_path / "gold.jsonl").write_text(GOLD)

    run("agreement", filled, "--format", "html", "--out", "agreement.html")
    _, out, _ = run("accuracy", filled, "--gold", "gold.jsonl", "--format", "html")

    assert "<h2>Agreement between reviewers</h2>" in (tmp_path / "agreement.html").read_text(encoding="utf-8")
    assert "<h2>Accuracy against gold</h2>" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["agreement", "none.csv"], "none.csv: there is no such file"),
        (
            ["agreement", "a.csv", "--criterion", "qualty"],
            "No criterion 'qualty' in a.csv. Did you mean 'quality'?",
        ),
        (["agreement", "a.csv", "--rubric", "none.yaml"], "none.yaml: no such file"),
        (["agreement", "a.csv", "--levels", "1,2"], "expected values among the declared levels 1 and 2"),
        (["agreement", "a.csv", "--out", "no/where.txt"], "no/where.txt: cannot be written"),
        (["agreement", "reviews.db", "--round", "r9"], "reviews.db: no rating for round 'r9'"),
        (["accuracy", "a.csv", "--gold", "a.csv"], "expected one JSON object a line"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    run: Run, filled: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    """Exit code 1, nothing on standard output, and no traceback."""
    random_table().to_csv(tmp_path / "a.csv", index=False)

    code, out, err = run(*arguments)

    assert (1, "") == (code, out)
    assert said in err
    assert "Traceback" not in err


def test_a_store_of_several_campaigns_is_never_mixed(run: Run, filled: Path) -> None:
    """Bodies of work are counted one by one; the error lists them."""
    with open_store(filled) as store:
        store.submit(a_review(campaign="autumn", task="t9"))

    mixed, _, err = run("agreement", filled, "--level", "ordinal")
    chosen, _, _ = run("agreement", filled, "--level", "ordinal", "--campaign", "spring")

    assert (1, 0) == (mixed, chosen)
    assert "several of campaign: spring (9 ratings) and autumn (4 ratings). Choose one with --campaign" in err


def test_mixed_versions_are_told_and_major_ones_split(run: Run, filled: Path) -> None:
    """A warning of the statistics is one line on standard error, with no line of code."""
    with open_store(filled) as store:
        store.submit(a_review(task="t7", rubric_version="2.0.0", answers={"accuracy": Answer(value=1)}))

    _, out, err = run("agreement", filled, "--level", "ordinal", "--format", "json")
    _, one, quiet = run(
        "agreement", filled, "--level", "ordinal", "--rubric-version", "1.0.0", "--format", "json"
    )

    assert 1 == err.count("Note: The ratings mix versions of image-edit")
    assert ["accuracy (1.x)", "accuracy (2.x)"] == list(json.loads(out)["criteria"])
    assert "mix versions" not in quiet
    assert ["accuracy"] == list(json.loads(one)["criteria"])


@pytest.mark.parametrize("arguments", [[], ["agrement", "a.csv"], ["agreement", "a.csv", "--format", "xml"]])
def test_a_command_that_is_not_understood_ends_with_2(arguments: list[str]) -> None:
    """The usual code for a mistake in the command itself."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert 2 == ended.value.code


def test_levels_and_a_rubric_exclude_each_other(run: Run, tmp_path: Path) -> None:
    """A rubric declares its scales; a second declaration is a mistake in the command."""
    (tmp_path / "a.csv").write_text("task,reviewer,value\n1,a,3\n")

    with pytest.raises(SystemExit) as ended:
        run("agreement", "a.csv", "--rubric", "r.yaml", "--level", "ordinal")

    assert 2 == ended.value.code


def test_progress_is_shown_when_asked_for_only(run: Run, tmp_path: Path) -> None:
    """Where no terminal listens, standard error holds sentences alone, unless --progress."""
    random_table().to_csv(tmp_path / "a.csv", index=False)

    _, _, quiet = run("agreement", "a.csv")
    _, _, shown = run("agreement", "a.csv", "--progress")

    assert "criteria:" not in quiet
    assert "criteria:" in shown
    assert "reading a.csv:" in shown


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    """`python -m evalwidgets agreement` prints JSON and nothing else on standard output."""
    table: Any = random_table()
    table.to_csv(tmp_path / "ratings.csv", index=False)
    command = [sys.executable, "-m", "evalwidgets", "agreement", "ratings.csv"]

    done = subprocess.run(
        [*command, "--level", "ordinal", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr
    assert KEYS <= set(json.loads(done.stdout)["criteria"]["quality"])
