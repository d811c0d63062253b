"""Which page, document or other address a path means."""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from bot.core.plugin.pages import Document, OldAddress, Page
from bot.core.plugin.register import Register

Declared = Page | Document | OldAddress
LONGEST_PART = 200  # letters; no slug and no session's address is as long
HOLE = re.compile(r"\{([a-z]+)\}")


class Route(Struct, frozen=True):
    """What a path means, and the parts of the address that the declaration names."""

    declared: Declared
    arguments: Mapping[str, str]


class Routes:
    """All addresses; one without holes wins over one with, and of these the longer one."""

    def __init__(self, register: Register) -> None:
        every: list[Declared] = [*register.pages(), *register.documents(), *register.old_addresses()]
        self.declared: tuple[Declared, ...] = tuple(every)
        self._exact = {one.path: one for one in every if not HOLE.search(one.path)}
        self._patterns = _patterns(one for one in every if HOLE.search(one.path))

    def find(self, path: str) -> Route | None:
        """What a path means, without the slash at its end; None if it means nothing."""
        path = path.rstrip("/") or "/"
        exact = self._exact.get(path)
        if exact is not None:
            return Route(exact, {})
        for pattern, declared in self._patterns:
            if (match := pattern.fullmatch(path)) is not None:
                return Route(declared, match.groupdict())
        return None


def _patterns(declared: Iterable[Declared]) -> list[tuple[re.Pattern[str], Declared]]:
    ordered = sorted(declared, key=lambda one: (len(HOLE.findall(one.path)), -len(one.path)))
    return [(_pattern(one.path), one) for one in ordered]


def _pattern(path: str) -> re.Pattern[str]:
    pieces = HOLE.split(path)  # text, name, text, name, text
    holes = (f"(?P<{name}>[^/]{{1,{LONGEST_PART}}})" for name in pieces[1::2])
    return re.compile("".join(a + b for a, b in zip(map(re.escape, pieces[::2]), [*holes, ""], strict=True)))
