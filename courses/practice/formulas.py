"""The formulas of a calculator: decimals, + - * / and brackets, `min` and `max`, and names; nothing else runs."""

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException

OPERATORS: dict[type[ast.AST], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARISONS: dict[type[ast.AST], Callable[[Decimal, Decimal], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FUNCTIONS: dict[str, Callable[..., Decimal]] = {"min": min, "max": max}
# Long enough for any sum in a lesson, short enough that reading it can never exhaust the machine.
LONGEST = 300


class CannotReckon(Exception):
    """What is wrong with a formula or with the figures put into it, in a sentence."""


def names_in(formula: str) -> set[str]:
    """The names that a formula, or a comparison of two, rests on; raises CannotReckon when it cannot be read."""
    tree = _comparison(formula) if _is_comparison(formula) else _formula(formula)
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in called}


def reckon(formula: str, values: Mapping[str, Decimal]) -> Decimal:
    """What the formula comes to; raises CannotReckon."""
    return _safely(_formula(formula), values)


def holds(comparison: str, values: Mapping[str, Decimal]) -> bool:
    """Whether a comparison of two formulas is true; raises CannotReckon."""
    tree = _comparison(comparison)
    return COMPARISONS[type(tree.ops[0])](_safely(tree.left, values), _safely(tree.comparators[0], values))


def check_comparison(comparison: str) -> None:
    """Raises CannotReckon unless it is one comparison of two formulas."""
    _comparison(comparison)


def check_formula(formula: str) -> None:
    """Raises CannotReckon unless it is a formula."""
    _formula(formula)


def _is_comparison(text: str) -> bool:
    return any(sign in text for sign in "<>=")


def _parsed(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise CannotReckon(f"A formula has {LONGEST} characters at most.")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise CannotReckon(f"“{text}” cannot be read as a formula.") from error


def _formula(text: str) -> ast.expr:
    tree = _parsed(text)
    _check(tree, text)
    return tree


def _comparison(text: str) -> ast.Compare:
    tree = _parsed(text)
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1 or type(tree.ops[0]) not in COMPARISONS:
        raise CannotReckon(f"“{text}” is not one comparison of two formulas.")
    _check(tree.left, text)
    _check(tree.comparators[0], text)
    return tree


def _check(tree: ast.AST, text: str) -> None:
    match tree:
        case ast.Constant(value=bool()):
            raise CannotReckon(f"“{text}” has something that is no number.")
        case ast.Constant(value=int() | float()) | ast.Name():
            return
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=inner):
            _check(inner, text)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            _check(left, text)
            _check(right, text)
        case ast.Call(func=ast.Name(id=name), args=[_, _, *_] as parts, keywords=[]) if name in FUNCTIONS:
            for part in parts:
                _check(part, text)
        case _:
            raise CannotReckon(
                f"“{text}” may have names, numbers, + - * / ( ), and min or max of two or more things."
            )


def _safely(tree: ast.AST, values: Mapping[str, Decimal]) -> Decimal:
    try:
        found = _value(tree, values)
    except DecimalException as error:
        raise CannotReckon("These figures divide by nothing.") from error
    if not found.is_finite():
        raise CannotReckon("These figures are too large.")
    return found


def _value(tree: ast.AST, values: Mapping[str, Decimal]) -> Decimal:
    match tree:
        case ast.Constant(value=number):
            # The shortest text of a float is the one that its author wrote.
            return Decimal(str(number))
        case ast.Name(id=name):
            if name not in values:
                raise CannotReckon(f"There is no “{name}” to reckon with.")
            return values[name]
        case ast.UnaryOp(op=op, operand=inner):
            return -_value(inner, values) if isinstance(op, ast.USub) else _value(inner, values)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left, values), _value(right, values))
        case ast.Call(func=ast.Name(id=name), args=parts):
            return FUNCTIONS[name](*(_value(part, values) for part in parts))
    raise CannotReckon("This is no formula.")
