"""Free queries over the table of tasks: the language of `DataFrame.query`, and nothing that could do harm.

A saved slice may come from anyone, and pandas evaluates calls and attributes. So a query is
read as a tree first: columns, plain values, comparisons, arithmetic on numbers, and two
functions of our own. Everything else is refused before pandas sees it.
"""

from __future__ import annotations

import ast
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from evalwidgets.analysis.arrays import BoolArray
from evalwidgets.errors import SliceError, UnknownName

LONGEST = 2_000
_EXAMPLES = "spread > 0.3 and edit_type == 'remove', has(flags, 'edge_case'), not known(confidence)"
_ALLOWED = (
    *(ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.Invert, ast.USub),
    *(ast.BinOp, ast.BitAnd, ast.BitOr, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Compare, ast.Eq, ast.NotEq),
    *(ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Name, ast.Load, ast.Constant, ast.List),
    *(ast.Tuple, ast.Call),
)
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div)


def matching(facts: pd.DataFrame, query: str) -> BoolArray:
    """Return which rows a query holds for; an empty query holds for all.

    Parameters
    ----------
    facts : DataFrame
        Any table whose columns have names that a query can say.
    query : str
        As `DataFrame.query` takes it: ``spread > 0.3 and edit_type in ['remove', 'add']``.
        Two functions can be called: ``has(column, 'text')`` is whether a tuple (flags) holds
        the text or a text contains it, in capitals or not; ``known(column)`` whether there is
        a value.

    Raises
    ------
    UnknownName
        If there is no such column; it names the nearest.
    SliceError
        If the query cannot be read, compares what cannot be compared, or asks for more than
        looking at columns.
    """
    if not query.strip():
        return np.ones(len(facts), dtype=bool)
    try:
        tree = _read(query)
        called = _Calls(facts)
        _check(tree, facts)
        text = ast.unparse(called.visit(tree))
        table = facts.assign(**called.columns)
        found = table.eval(text, engine="python", parser="pandas", local_dict={}, global_dict={})
    except (RecursionError, MemoryError):
        _refuse(query, "it is nested too deeply")
    except (SliceError, UnknownName):
        raise
    except Exception as error:
        _refuse(query, f"{type(error).__name__}: {error}")
    return _truths(found, facts, query)


class _Calls(ast.NodeTransformer):
    """Puts a column of truths in the place of each call of our own functions."""

    def __init__(self, facts: pd.DataFrame) -> None:
        self._facts = facts
        self.columns: dict[str, Any] = {}

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Return the name of a column that holds what the call says."""
        name = f"called_{len(self.columns)}"
        while name in self._facts:
            name += "_"
        column: pd.Series = self._facts[_name(node.args[0])]
        if _name(node.func) == "known":
            self.columns[name] = column.notna().to_numpy(dtype=bool)
        else:
            self.columns[name] = _has(column, str(node.args[1].value))  # type: ignore[attr-defined]
        return ast.Name(name, ast.Load())


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _has(column: pd.Series, text: str) -> BoolArray:
    wanted = text.casefold()
    said = {value: _holds(value, wanted) for value in set(column.dropna())}
    return np.array(
        [said.get(value, False) if isinstance(value, str | tuple) else False for value in column], bool
    )


def _holds(value: object, wanted: str) -> bool:
    if isinstance(value, tuple):
        return any(str(one).casefold() == wanted for one in value)
    return wanted in str(value).casefold()


def _read(query: str) -> ast.Expression:
    if len(query) > LONGEST:
        msg = f"A query has up to {LONGEST:,} characters, got {len(query):,}."
        raise SliceError(msg)
    try:
        return ast.parse(" ".join(query.split()), mode="eval")
    except (SyntaxError, ValueError) as error:
        reason = getattr(error, "msg", "") or str(error)
        _refuse(query, reason)


def _check(tree: ast.Expression, facts: pd.DataFrame) -> None:
    """Refuse whatever is no column, value, comparison or function of ours."""
    functions = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            functions.add(id(node.func))
            _check_call(node, facts)
        elif not isinstance(node, _ALLOWED):
            _refuse(ast.unparse(node) or ast.unparse(tree), f"a query cannot use {_named(node)}")
        elif isinstance(node, ast.Name) and id(node) not in functions and node.id not in facts:
            raise UnknownName("column", node.id, map(str, facts.columns), "the table of tasks")
        elif isinstance(node, ast.Constant) and not isinstance(node.value, str | int | float):
            _refuse(ast.unparse(node), "only texts, numbers, True and False can be compared with")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, _ARITHMETIC):
            _check_numbers(node, facts)
        elif isinstance(node, ast.List | ast.Tuple) and not all(
            isinstance(one, ast.Constant) for one in node.elts
        ):
            _refuse(ast.unparse(node), "a list holds plain values only")


def _check_call(node: ast.Call, facts: pd.DataFrame) -> None:
    name = _name(node.func)
    if name not in ("has", "known"):
        _refuse(ast.unparse(node), "a query can call has(column, 'text') and known(column) only")
    kinds = [ast.Name, ast.Constant][: 2 if name == "has" else 1]
    right = len(node.args) == len(kinds) and all(map(isinstance, node.args, kinds)) and not node.keywords
    if not right:
        _refuse(ast.unparse(node), "write has(column, 'text') or known(column)")
    column = _name(node.args[0])
    if column not in facts:
        raise UnknownName("column", column, map(str, facts.columns), "the table of tasks")


def _check_numbers(node: ast.BinOp, facts: pd.DataFrame) -> None:
    """Refuse arithmetic on texts: a text times a large number fills the memory."""
    for one in ast.walk(node):
        text = isinstance(one, ast.Constant) and isinstance(one.value, str)
        column = (
            isinstance(one, ast.Name) and one.id in facts and not pd.api.types.is_numeric_dtype(facts[one.id])
        )
        if text or column or isinstance(one, ast.List | ast.Tuple):
            _refuse(ast.unparse(node), "only numbers can be reckoned with")


def _truths(found: object, facts: pd.DataFrame, query: str) -> BoolArray:
    if isinstance(found, bool | np.bool_):
        return np.full(len(facts), bool(found))
    if not isinstance(found, pd.Series) or not pd.api.types.is_bool_dtype(found.convert_dtypes()):
        _refuse(query, "it must say for each task whether it belongs: compare the column with something")
    return found.fillna(value=False).to_numpy(dtype=bool)


def _named(node: ast.AST) -> str:
    words: dict[type, str] = {ast.Attribute: "a dot (attributes)", ast.Subscript: "brackets after a name"}
    words |= {ast.Lambda: "lambda", ast.Pow: "powers", ast.NamedExpr: "an assignment"}
    return words.get(type(node), type(node).__name__)


def _refuse(what: str, why: str) -> NoReturn:
    shown = what if len(what) <= 80 else what[:77] + "..."
    msg = f"The query {shown!r} cannot be answered: {why}. Examples: {_EXAMPLES}."
    raise SliceError(msg) from None
