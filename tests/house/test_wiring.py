"""Plugins declare in one style: values in the constructor of `Plugin`, functions by decorators of it."""

import ast
from collections.abc import Iterator

from tests.house.sources import Source, sources
from tests.house.test_imports import offending

VALUES = {"plugin.web.moved"}  # declare values, and are called


def test_functions_are_declared_by_decorators() -> None:
    found = offending((source, undecorated(source)) for source in (*sources("plugins"), *sources("docs")))
    assert found == {}


def undecorated(source: Source) -> Iterator[str]:
    """Where the plugin of a file is used, but not as a decorator, nor handed on."""
    fitting = {
        id(node)
        for function in ast.walk(source.tree)
        if isinstance(function, ast.FunctionDef)
        for decorator in function.decorator_list
        for node in ast.walk(decorator)
    }
    fitting |= {
        id(node)
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in VALUES
        for node in ast.walk(call.func)
    }
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "plugin"
            and node.attr != "name"
            and id(node) not in fitting
        ):
            yield ast.unparse(node)
        if isinstance(node, ast.FunctionDef) and any(arg.arg == "plugin" for arg in node.args.args):
            yield node.name
