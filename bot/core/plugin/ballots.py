"""The votes behind the result of a vote, as other plugins and programs see them."""

from msgspec import Struct


class Ballots(Struct, frozen=True):
    """The votes behind a record.

    n:       number of the record
    options: (text, names of its voters) of each option
    """

    n: int
    options: tuple[tuple[str, tuple[str, ...]], ...]
