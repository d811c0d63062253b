"""The pulse of the desk: whether it is in a turn, and how many turns it finished."""

from types import TracebackType


class Pulse:
    """Entered with each turn, left at its end.

    turns: turns that ended since the start
    busy:  whether there is one now
    """

    def __init__(self) -> None:
        self.turns = 0
        self.busy = False

    def __enter__(self) -> None:
        self.busy = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.turns += 1
        self.busy = False
