import ast
import sys
from collections.abc import Iterable

from tests.house.sources import Source, sources

# Who may import what, beside its own package; a name ends where a dot or the end follows.
MAY = {
    "bot": (),
    "bot.core": (),
    "bot.api": ("bot.core",),
    "bot.demo": (),
    "bot.runtime": ("bot.core", "bot.networks.contract", "bot.storage.contract"),
    "bot.storage": ("bot.core",),
    "bot.networks": ("bot.core",),
    "bot.fetching": ("bot.core",),
    "bot.mail": ("bot.core", "bot.storage.contract"),
    "bot.config": (
        "bot.core",
        "bot.mail.addresses",
        "bot.mail.settings",
        "bot.networks.irc.settings",
        "bot.networks.matrix.settings",
    ),
    "bot.web": ("bot.core", "bot.storage.contract"),
    "bot.bundled": ("bot.core", "bot.config.faults", "bot.config.plugin_choice"),
    "bot.testing": ("bot", "bot.app", "bot.bundled", "bot.config", "bot.core", "bot.networks", "bot.storage"),
    "bot.docs": ("bot.core", "bot.bundled", "bot.config"),
    "bot.commandline": ("bot", "bot.app", "bot.bundled", "bot.config", "bot.core"),
    "bot.app": ("bot", "bot.bundled", "bot.config", "bot.core", "bot.demo", "bot.fetching", "bot.mail", "bot.networks", "bot.runtime", "bot.storage", "bot.web", "plugins"),
}  # fmt: skip

IMPURE = {
    "aiosqlite", "asyncio", "concurrent", "contextvars", "http", "io", "logging", "multiprocessing", "os",
    "pathlib", "queue", "random", "secrets", "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess",
    "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
FOR_PLUGINS = {
    "icalendar",
    "jinja2",
    "markupsafe",
    "msgspec",
    "pydantic",
    "re2",
}  # settings are pydantic models, a recap is laid out by templates
CLOCKS = {"now", "utcnow", "today"}


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def part_of(module: str) -> str:
    """The part of the house that a module belongs to: bot.core, plugins.recap, ..."""
    return ".".join(module.split(".")[:2])


def ours(source: Source) -> Iterable[str]:
    return (name for name in source.imports() if name.split(".")[0] in {"bot", "plugins", "tests"})


def foreign(source: Source) -> Iterable[str]:
    return (name.split(".")[0] for name in source.imports() if name.split(".")[0] not in {"bot", "plugins"})


def may(part: str, name: str) -> bool:
    """Whether a file of `part` may import the module `name`."""
    return part_of(name) == part or any(
        name == known or (known != "bot" and within(name, known)) for known in MAY[part]
    )


def offending(found: Iterable[tuple[Source, Iterable[object]]]) -> dict[str, list[str]]:
    """What was found, by file; files without are left out."""
    listed = {str(source.path): sorted({str(name) for name in ones}) for source, ones in found}
    return {path: ones for path, ones in listed.items() if ones}


ENGINE = sources("bot")
PLUGINS = sources("plugins")
CORE = [source for source in ENGINE if within(source.module, "bot.core")]


def test_imports_of_the_engine_run_one_way() -> None:
    assert (
        offending(
            (source, [n for n in ours(source) if not may(part_of(source.module), n)]) for source in ENGINE
        )
        == {}
    )


def test_a_plugin_knows_the_api_and_itself() -> None:
    assert (
        offending(
            (
                plugin,
                [
                    n
                    for n in ours(plugin)
                    if not within(n, "bot.api") and not within(n, part_of(plugin.module))
                ],
            )
            for plugin in PLUGINS
        )
        == {}
    )


def test_no_imports_run_in_a_circle() -> None:
    # also those that only a type checker follows
    leads = {source.module: {n for n in ours(source) if n != source.module} for source in (*ENGINE, *PLUGINS)}
    while ends := {module for module, to in leads.items() if not to & leads.keys()}:
        leads = {module: to for module, to in leads.items() if module not in ends}
    starts = set(leads)
    while starts and (idle := starts - set().union(*(leads[start] for start in starts))):
        starts -= idle
    assert sorted(starts) == []


def test_a_plugin_needs_few_libraries() -> None:
    allowed = sys.stdlib_module_names | FOR_PLUGINS
    assert offending((plugin, set(foreign(plugin)) - allowed) for plugin in PLUGINS) == {}


def test_the_core_needs_msgspec_and_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names | {"msgspec"}
    assert offending((source, set(foreign(source)) - allowed) for source in CORE) == {}


def test_values_of_core_and_plugins_are_structs() -> None:
    # `dataclasses.replace` fails on a Struct, and only when it is called
    assert offending((source, {"dataclasses"} & set(foreign(source))) for source in (*CORE, *PLUGINS)) == {}


def test_core_and_plugins_touch_nothing_outside() -> None:
    found = offending((source, set(foreign(source)) & IMPURE) for source in (*CORE, *PLUGINS))
    assert found == {
        "plugins/recap/layout/template_set.py": ["pathlib"]
    }  # finds the bundled templates beside it


def test_core_and_plugins_never_wait() -> None:
    waits = (ast.Await, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)
    assert (
        offending(
            (source, [ast.dump(n)[:80] for n in ast.walk(source.tree) if isinstance(n, waits)])
            for source in (*CORE, *PLUGINS)
        )
        == {}
    )


def test_core_and_plugins_read_no_clock() -> None:
    assert (
        offending(
            (source, [ast.dump(n) for n in ast.walk(source.tree) if reads_a_clock(n)])
            for source in (*CORE, *PLUGINS)
        )
        == {}
    )


def reads_a_clock(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in CLOCKS
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    )


def test_nothing_imports_the_tests() -> None:
    assert [
        (source.module, name)
        for source in sources("bot", "plugins")
        for name in ours(source)
        if within(name, "tests")
    ] == []


def test_no_network_knows_another() -> None:
    kinds = ("bot.networks.irc", "bot.networks.matrix", "bot.networks.console", "bot.networks.transcript")
    own = [(source, next((kind for kind in kinds if within(source.module, kind)), None)) for source in ENGINE]
    assert (
        offending(
            (source, [n for n in ours(source) for kind in kinds if kind != mine and within(n, kind)])
            for source, mine in own
            if mine is not None
        )
        == {}
    )
