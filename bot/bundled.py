"""Which plugins there are: those that come with the bot, and other people's by their entry point."""

import importlib
from collections.abc import Sequence

from bot.config.faults import nearest
from bot.core.plugin.declarations import Plugin
from bot.core.words.sentences import listed

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
    "subscriptions",
    "identity",
    "recap",
    "relay",
    "help",
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
        raise TypeError(f"plugins.{name}.plugin is no Plugin")
    return found


def choose(names: Sequence[str] | None) -> tuple[list[Plugin], list[str]]:
    """The plugins of these names (None: all bundled ones), and what is wrong with the names."""
    if names is None:
        return bundled_plugins(), []
    chosen: list[Plugin] = []
    faults: list[str] = []
    for name in dict.fromkeys(names):
        found = bundled(name) if name in BUNDLED else _installed(name)
        if isinstance(found, Plugin):
            chosen.append(found)
        else:
            faults.append(found)
    return chosen, faults


def _installed(name: str) -> Plugin | str:
    """Somebody else's plugin, or what is wrong with it."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - it loads a mail parser; few need it

    offered = {point.name: point for point in entry_points(group=GROUP)}
    if name not in offered:
        known = sorted({*BUNDLED, *offered})
        meant = nearest(name, known)
        return f"no plugin is called {name}; " + (
            f"did you mean {meant}?" if meant else f"there are {listed(known)}"
        )
    try:
        found = offered[name].load()
    except Exception as error:  # noqa: BLE001 - somebody else's module may fail in any way while it is imported
        return f"the plugin {name} cannot be loaded: {type(error).__name__}: {error}"
    return found if isinstance(found, Plugin) else f"the entry point {name} of {GROUP} leads to no Plugin"
