"""What plugins may import: a small first layer, further ones by subject, and nothing that nobody needs."""

import ast
import re
from collections import Counter

from tests.house.sources import ROOT, Source, sources
from tests.house.test_imports import CORE, ENGINE, PLUGINS, within

LAYERS = [source for source in ENGINE if within(source.module, "bot.api")]
MOST = 60
ONCE = {"Line", "Place", "Told", "Wish"}  # names that say too little to stand for two things


def exported(source: Source) -> list[str]:
    (names,) = [node.value for node in source.tree.body if isinstance(node, ast.Assign)]
    return list(ast.literal_eval(names))


def classes(*of: Source) -> Counter[str]:
    return Counter(node.name for one in of for node in ast.walk(one.tree) if isinstance(node, ast.ClassDef))


def test_the_layers_only_re_export() -> None:
    for layer in LAYERS:
        kinds = {type(node) for node in layer.tree.body[1:]}  # after the docstring
        assert kinds == {ast.ImportFrom, ast.Assign}, layer.path


def test_the_first_layer_is_small() -> None:
    (first,) = [layer for layer in LAYERS if layer.module == "bot.api"]
    assert len(exported(first)) <= MOST


def test_a_name_is_in_one_layer() -> None:
    counted = Counter(name for layer in LAYERS for name in exported(layer))
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_name_is_used_by_a_plugin_or_documented() -> None:
    page = set(re.findall(r"\w+", (ROOT / "docs/plugins.md").read_text(encoding="utf-8")))
    used = {
        (node.module, alias.name)
        for plugin in PLUGINS
        for node in ast.walk(plugin.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    idle = [
        f"{layer.module}.{name}"
        for layer in LAYERS
        for name in exported(layer)
        if (layer.module, name) not in used and name not in page
    ]
    assert idle == []


def test_no_class_of_the_core_has_the_name_of_another() -> None:
    assert [name for name, times in classes(*CORE).items() if times > 1] == []


def test_short_names_mean_one_thing() -> None:
    counted = classes(*sources("bot", "plugins"))
    assert {name: counted[name] for name in ONCE if counted[name] > 1} == {}
