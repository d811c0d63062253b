"""How the parts of a text that was cut join."""

from msgspec import Struct


class Joint(Struct, frozen=True):
    """How the rest of a line that was cut joins what came before.

    drops: what the cut added at the end of the part before ("...")
    skips: what it added at the start of the rest
    glue:  what stands between the parts: a blank, or nothing
    """

    drops: str = ""
    skips: str = ""
    glue: str = " "
