"""Rules that stand in one place of the code, and nowhere else."""

import ast

from tests.house.sources import sources


def names(node: ast.AST, name: str) -> bool:
    """Whether this names a class, however it was imported."""
    if isinstance(node, ast.Attribute):
        return node.attr == name
    return isinstance(node, ast.Name) and node.id == name


def matches(node: ast.AST, name: str) -> bool:
    """Whether something is looked at here for being of a class."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
        return any(names(one, name) for one in ast.walk(node.args[1]))
    return isinstance(node, ast.MatchClass) and names(node.cls, name)


def test_the_engine_looks_for_facts_among_orders_in_one_place() -> None:
    found = [
        source.module for source in sources("bot") for node in ast.walk(source.tree) if matches(node, "Write")
    ]
    assert found == ["bot.core.turn.decision"]


def test_the_causes_that_were_taken_back_are_told_in_one_place() -> None:
    gathers = (ast.SetComp, ast.ListComp, ast.GeneratorExp)
    found = [
        source.module
        for source in sources("bot", "plugins")
        for node in ast.walk(source.tree)
        if isinstance(node, gathers) and any(matches(inner, "Voided") for inner in ast.walk(node))
    ]
    assert found == ["bot.core.session.session"]


def test_the_streams_of_tracks_are_named_in_one_place() -> None:
    found = {
        source.module
        for source in sources("bot", "plugins")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("track/")
    }
    assert found == {"bot.core.state.streams"}
