"""Everything that the attendance plugin says."""

from collections.abc import Sequence

from bot.api import listed_some, plural


def here(nick: str, real_name: str) -> str:
    """Somebody says that they are there."""
    return f"{nick} is here as {real_name}" if real_name else f"{nick} is here"


def present(names: Sequence[str]) -> str:
    """People are there."""
    return f"{listed_some(names)} {plural(len(names), 'is', 'are')} here"


def regrets(names: Sequence[str]) -> str:
    """People could not come."""
    return f"regrets from {listed_some(names)}"


def several(name: str, ids: Sequence[str]) -> str:
    """A name means nobody, because several people bear it."""
    return f"several people are called {name}: {listed_some(ids)}; name one of them by the whole id"
