"""Facts of imports, in the stream of the gathering."""

from msgspec import Struct


class PtgDataShown(Struct, frozen=True):
    """Somebody was shown what ptgbot's data at an address would bring.

    digest:  of what was read there
    network: the IRC network of its nicks; empty for the only one
    """

    gathering: str
    url: str
    digest: str
    network: str = ""


class PtgDataTaken(Struct, frozen=True):
    """ptgbot's data was taken.

    source: its address, or the name of its file
    """

    gathering: str
    source: str
    digest: str


IMPORT_FACTS: tuple[type, ...] = (PtgDataShown, PtgDataTaken)
