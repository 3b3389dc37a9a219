"""The shape of every notebook, and that its outputs are saved.

nbval compares a cell with its saved output, and skips a cell that was never run: a notebook
that somebody stripped of its outputs passes, and checks nothing. So the outputs are
guarded here, along with what makes a notebook easy to read: who it is for, one parameters
cell, short cells that call the package and nothing else.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from ..samples import ROOT

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
FACTS = ("For whom", "You need", "You get", "Time")
LIBRARIES = {"evalwidgets", "matplotlib", "numpy", "pandas"}
LINES = 12
BYTES = 1_000_000
METADATA = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
NOT_HERE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.AsyncFor, ast.While, ast.Try)


def problems(notebook: NotebookNode) -> list[str]:
    """Return everything about a notebook's shape that is not as it should be."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = [*_of_opening(notebook.cells), *_of_parameters(code), *_of_sections(notebook.cells)]
    for number, cell in enumerate(code, start=1):
        where = f"code cell {number}"
        found += [f"{where}: {what}" for what in (*_of_source(cell.source), *_of_outputs(cell))]
        if cell.execution_count != number:
            found.append(f"{where}: execution count {cell.execution_count}; run `make notebooks`")
    if notebook.metadata != METADATA:
        found.append(f"metadata: expected {METADATA}, got {dict(notebook.metadata)}")
    return found


def _of_opening(cells: list[NotebookNode]) -> Iterator[str]:
    kinds = [cell.cell_type for cell in cells[:3]]
    if kinds != ["markdown", "code", "code"]:
        yield f"expected title, imports and parameters first, got {kinds}"
        return
    title, imports = cells[0].source, cells[1].source
    if not title.startswith("# "):
        yield "the first cell has no title"
    if re.findall(r"\*\*(.+?):\*\*", title)[: len(FACTS)] != list(FACTS):
        yield f"the title cell does not say, in bold and in this order: {', '.join(FACTS)}"
    statements = ast.parse(imports).body
    names = {
        name.split(".")[0]
        for one in statements
        for name in ([alias.name for alias in one.names] if isinstance(one, ast.Import) else [_module(one)])
    }
    if names - LIBRARIES:
        yield f"the imports cell holds {sorted(names - LIBRARIES)}; expected imports of {sorted(LIBRARIES)}"


def _module(statement: ast.stmt) -> str:
    is_import = isinstance(statement, ast.ImportFrom) and statement.module
    return statement.module if is_import else ast.unparse(statement)


def _of_parameters(code: list[NotebookNode]) -> Iterator[str]:
    tagged = [place for place, cell in enumerate(code) if "parameters" in cell.metadata.get("tags", [])]
    if tagged != [1]:
        yield f"expected the tag 'parameters' on the second code cell alone, got it on {tagged}"
    elif not all(isinstance(one, ast.Assign) for one in ast.parse(code[1].source).body):
        yield "the parameters cell holds more than assignments"


def _of_sections(cells: list[NotebookNode]) -> Iterator[str]:
    texts = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    numbers = re.findall(r"^## (\S+)", texts, re.MULTILINE)
    if not numbers or numbers != [f"{place}." for place in range(1, len(numbers) + 1)]:
        yield f"expected sections '## 1. ...', '## 2. ...', got {numbers}"
    for target in re.findall(r"\]\(([^)#:]+)\)", texts):
        if not (FOLDER / target).exists():
            yield f"links to {target}, which does not exist"


def _of_source(source: str) -> Iterator[str]:
    lines = source.count("\n") + 1
    if not source.strip() or lines > LINES:
        yield f"{lines} lines; expected 1 to {LINES}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, NOT_HERE):
            yield f"line {node.lineno}: a {type(node).__name__}; the package should have a function for it"
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "display"):
            yield f"line {node.lineno}: {ast.unparse(node.func)}; make it the last expression of a cell"


def _of_outputs(cell: NotebookNode) -> Iterator[str]:
    body = ast.parse(cell.source).body
    shows = bool(body) and isinstance(body[-1], ast.Expr) and not cell.source.rstrip().endswith(";")
    if shows and not cell.outputs:
        yield "its output is not saved"
    for output in cell.outputs:
        if output.output_type in ("error", "stream"):
            yield f"a saved {output.output_type}"
        said = output.get("data", {})
        if WIDGET_VIEW in said:
            yield "a saved widget view, which names a widget that is gone on reopening"
        if re.search(r"\b0x[0-9a-f]{6,}", f"{said.get('text/plain')}{said.get('text/html')}"):
            yield "a saved memory address, which differs in each run"


def read(path: Path) -> NotebookNode:
    """Return a notebook, valid by its own format."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_every_notebook_has_the_shape(path: Path) -> None:
    """A notebook says who it is for, has short cells without logic, and holds its outputs."""
    assert problems(read(path)) == []
    assert path.stat().st_size <= BYTES


def test_notebooks_are_numbered_in_reading_order() -> None:
    """File names begin with a number of two digits, each of its own, from 00."""
    numbers = [path.name[:3] for path in NOTEBOOKS]

    assert numbers[:1] == ["00_"]
    assert all(re.fullmatch(r"\d\d_", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def _strip(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def _first_output(notebook: NotebookNode) -> NotebookNode:
    return next(cell.outputs[0] for cell in notebook.cells if cell.get("outputs"))


def _to_last(source: str) -> Callable[[NotebookNode], None]:
    def change(notebook: NotebookNode) -> None:
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        code[-1].source = source

    return change


FAULTS: dict[str, tuple[Callable[[NotebookNode], object], str]] = {
    "stripped": (_strip, "its output is not saved"),
    "no title": (lambda one: one.cells.pop(0), "expected title"),
    "no facts": (lambda one: one.cells[0].update(source="# Title"), "For whom"),
    "other imports": (lambda one: one.cells[1].update(source="import sys"), "'sys'"),
    "not an import": (lambda one: one.cells[1].update(source="import pandas\nx = 1"), "'x = 1'"),
    "no parameters": (lambda one: one.cells[2].metadata.clear(), "tag 'parameters'"),
    "a lost section": (lambda one: one.cells[3].update(source="## 7. Later"), "sections"),
    "a dead link": (lambda one: one.cells[-1].update(source="[x](99_none.ipynb)"), "99_none"),
    "a long cell": (_to_last("x = 1\n" * 13 + "x"), "14 lines"),
    "a function": (_to_last("def f():\n    return 1\nf"), "FunctionDef"),
    "a loop": (_to_last("for x in y:\n    x\nx"), "a For"),
    "a print": (_to_last("print(1)"), "print"),
    "widget state": (lambda one: one.metadata.update(widgets={}), "metadata"),
    "a widget view": (lambda one: _first_output(one).data.update({WIDGET_VIEW: {}}), "widget view"),
    "an address": (
        lambda one: _first_output(one).data.update({"text/plain": "<at 0x7fa0b1c2>"}),
        "address",
    ),
    "an error": (lambda one: _first_output(one).update(output_type="error"), "saved error"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name: str) -> None:
    """Each fault, put into a sound notebook, is named."""
    breaks, words = FAULTS[name]
    notebook = _sound()
    assert problems(notebook) == []

    breaks(notebook)

    assert words in "\n".join(problems(notebook))


def _sound() -> NotebookNode:
    facts = " ".join(f"**{fact}:** something." for fact in FACTS)
    texts = [f"# Title\n\n{facts}", "## 1. What?", "[Start](00_start_here.ipynb)"]
    title, section, end = map(nbformat.v4.new_markdown_cell, texts)
    shown = nbformat.v4.new_output("execute_result", data={"text/plain": "3"}, execution_count=3)
    return nbformat.v4.new_notebook(
        metadata=nbformat.from_dict(METADATA),
        cells=[
            title,
            nbformat.v4.new_code_cell("import evalwidgets as ew", execution_count=1),
            nbformat.v4.new_code_cell("x = 3  # what", execution_count=2, metadata={"tags": ["parameters"]}),
            section,
            nbformat.v4.new_code_cell("x", execution_count=3, outputs=[shown]),
            end,
        ],
    )
