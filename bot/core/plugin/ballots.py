"""The votes behind a record that is a result, as others see them; how they were cast and counted, a plugin knows."""

from msgspec import Struct


class Ballots(Struct, frozen=True):
    """The votes behind a record.

    n:       number of the record
    options: each in words, with the names of those who voted for it
    """

    n: int
    options: tuple[tuple[str, tuple[str, ...]], ...]
