"""One place carries out what handlers order."""

import ast

from tests.house.sources import sources


def names(node: ast.AST) -> bool:
    """Whether this names the effect, however it was imported."""
    return (isinstance(node, ast.Name) and node.id == "Write") or (
        isinstance(node, ast.Attribute) and node.attr == "Write"
    )


def matches(node: ast.AST) -> bool:
    """Whether an order is looked at for being a `Write` here."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
        return any(map(names, ast.walk(node.args[1])))
    return isinstance(node, ast.MatchClass) and names(node.cls)


def test_the_engine_looks_for_facts_among_orders_in_one_place() -> None:
    found = [(one.module, node) for one in sources("bot") for node in ast.walk(one.tree) if matches(node)]
    assert [module for module, _ in found] == ["bot.core.turn.decision"]
