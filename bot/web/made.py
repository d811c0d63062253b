"""What was asked for, what was made of it, and the pages that are kept."""

from collections import OrderedDict
from collections.abc import Mapping
from urllib.parse import quote

from msgspec import Struct

from bot.core.plugin.pages import Document, Page
from bot.web.live_parts import Cut
from bot.web.wishes import Wishes

HTML = "text/html; charset=utf-8"
MOST = 256  # pages that are kept
MOST_BYTES = 16 * 1024 * 1024  # of them together


class Asked(Struct, frozen=True):
    """What somebody asked for.

    path:      without a slash at its end
    arguments: the parts of the path that the declaration names
    version:   of what it depends on
    """

    declared: Page | Document
    path: str
    arguments: Mapping[str, str]
    wishes: Wishes
    version: str

    @property
    def address(self) -> str:
        """The address in one form: everybody who asks for the same has the same."""
        query = self.wishes.query
        return quote(self.path, safe="/") + (f"?{query}" if query else "")

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What a page of it is kept under: what a reader is told of their own wishes is for no other."""
        return self.address, self.wishes.notes


class Made(Struct):
    """What is served.

    version: changes whenever this may change; empty if that is not known
    cut:     the live parts of a page
    to:      where an old address leads
    packed:  the same by gzip, once somebody wanted that
    at:      when it was made, in monotonic seconds
    """

    status: int
    type: str
    body: bytes
    version: str = ""
    cut: Cut | None = None
    to: str = ""
    packed: bytes = b""
    at: float = 0.0


class KeptPages:
    """The pages that were made last; which of them still hold, their versions say."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._made: OrderedDict[tuple[str, tuple[str, ...]], Made] = OrderedDict()
        self._bytes = 0

    def get(self, asked: Asked) -> Made | None:
        """What was made of this before; None if it is not there, or no longer holds."""
        made = self._made.get(asked.key)
        if made is None or made.version != asked.version:
            return None
        self._made.move_to_end(asked.key)
        return made

    def earlier(self, asked: Asked) -> Made | None:
        """What was made of it last, which may no longer hold."""
        return self._made.get(asked.key)

    def put(self, asked: Asked, made: Made) -> None:
        """Keep what was made; what was not asked for longest goes."""
        before = self._made.pop(asked.key, None)
        self._bytes += _size(made) - (_size(before) if before is not None else 0)
        self._made[asked.key] = made
        while len(self._made) > 1 and (len(self._made) > self._most or self._bytes > self._most_bytes):
            _, gone = self._made.popitem(last=False)
            self._bytes -= _size(gone)

    def clear(self) -> None:
        """Keep nothing."""
        self._made.clear()
        self._bytes = 0


def _size(made: Made) -> int:
    """The bytes that it takes in memory; a page is there as text as well, whole and in parts."""
    return len(made.body) * (4 if made.cut is not None else 1)
