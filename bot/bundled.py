"""Which plugins there are: those that come with the bot, and other people's by their entry point."""

import importlib
from collections.abc import Collection
from typing import TYPE_CHECKING

from pydantic import BaseModel

from bot.config.faults import nearest
from bot.config.plugin_choice import Choice, PluginNames
from bot.core.plugin.declarations import Plugin
from bot.core.words.sentences import listed

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

BUNDLED = (
    "sessions",
    "agenda",
    "topics",
    "timekeeping",
    "records",
    "actions",
    "questions",
    "corrections",
    "attendance",
    "floor",
    "votes",
    "board",
    "subscriptions",
    "schedule",
    "identity",
    "recap",
    "relay",
    "help",
    "habits",
)
GROUP = "gatherbot.plugins"  # an entry point of this group leads to a `Plugin`


def bundled_plugins() -> list[Plugin]:
    """All plugins that come with the bot."""
    return [bundled(name) for name in BUNDLED]


def bundled(name: str) -> Plugin:
    """The bundled plugin of this name."""
    module = importlib.import_module(f"plugins.{name}")
    found = module.plugin
    if not isinstance(found, Plugin):
        raise TypeError(f"plugins.{name}.plugin is not a Plugin")
    return found


def choose(names: PluginNames) -> Choice:
    """The plugins that these names ask for, in their order."""
    listed = list(BUNDLED) if names.listed is None else list(names.listed)
    wanted = dict.fromkeys([*listed, *names.extra])
    faults = [("plugins_without", _unknown(name, wanted)) for name in names.without if name not in wanted]
    plugins: list[Plugin] = []
    installed: set[str] = set()
    left_out: list[tuple[str, str]] = []
    points = {} if wanted.keys() <= set(BUNDLED) else _entry_points()
    for name in wanted:
        if name in names.without:
            continue
        if name in BUNDLED:
            plugins.append(bundled(name))
            continue
        point = points.get(name)
        if point is None:
            key = "plugins" if name in listed else "plugins_extra"
            faults.append((key, _unknown(name, {*BUNDLED, *points})))
            continue
        found = _loaded(point)
        if isinstance(found, Plugin):
            plugins.append(found)
            installed.add(found.name)
        else:
            left_out.append((name, found))
    return Choice(plugins, frozenset(installed), faults, left_out)


def _unknown(name: str, known: Collection[str]) -> str:
    meant = nearest(name, known)
    return f"no plugin is called {name}; " + (
        f"did you mean {meant}?" if meant else f"there are {listed(sorted(known))}"
    )


def _entry_points() -> dict[str, "EntryPoint"]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - it loads a mail parser; few need it

    return {point.name: point for point in entry_points(group=GROUP)}


def _loaded(point: "EntryPoint") -> Plugin | str:
    """Somebody else's plugin, or why it cannot be used."""
    try:
        found = point.load()
    except Exception as error:  # noqa: BLE001 - somebody else's module may fail in any way while it is imported
        return f"it can't be loaded: {type(error).__name__}: {error}"
    if not isinstance(found, Plugin):
        return f"its entry point in {GROUP} is not a Plugin"
    models = [found.table[1] if found.table else None, found.track_table, found.gathering_table]
    if any(model is not None and not issubclass(model, BaseModel) for model in models):
        return "its settings are not pydantic models"
    return found
