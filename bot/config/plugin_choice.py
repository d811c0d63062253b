"""Which plugins a configuration asks for, and which of them take part."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from bot.core.plugin.declarations import Plugin


class PluginNames(Struct, frozen=True):
    """The plugins that [bot] names.

    listed:  exactly these; None for all that come with the bot
    extra:   added to them
    without: taken out of them
    """

    listed: Sequence[str] | None = None
    extra: Sequence[str] = ()
    without: Sequence[str] = ()


class Choice(Struct, frozen=True):
    """The plugins that take part.

    installed: names of those that do not come with the bot
    faults:    what is wrong with the names: key of [bot], and why
    left_out:  names of installed plugins that cannot be used, and why; the bot runs without them
    """

    plugins: Sequence[Plugin]
    installed: frozenset[str] = frozenset()
    faults: Sequence[tuple[str, str]] = ()
    left_out: Sequence[tuple[str, str]] = ()


Choose = Callable[[PluginNames], Choice]
