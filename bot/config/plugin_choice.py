"""The plugins requested by a configuration, and the plugins to use."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from bot.core.plugin.declarations import Plugin


class PluginNames(Struct, frozen=True):
    """The plugin names in [bot].

    listed:  exactly these plugins; None for all bundled ones
    extra:   plugins to add
    without: plugins to remove
    """

    listed: Sequence[str] | None = None
    extra: Sequence[str] = ()
    without: Sequence[str] = ()


class Choice(Struct, frozen=True):
    """The plugins to use.

    installed: names of the plugins that are not bundled
    faults:    keys of [bot] with wrong names, and why
    left_out:  names of unusable installed plugins, and why; the bot runs without them
    """

    plugins: Sequence[Plugin]
    installed: frozenset[str] = frozenset()
    faults: Sequence[tuple[str, str]] = ()
    left_out: Sequence[tuple[str, str]] = ()


Choose = Callable[[PluginNames], Choice]
