"""What makes a message count once, and what the facts of a message are known by."""

from bot.core.messages import Incoming, Message, MomentDue

REMEMBERED = 4096  # message ids of the last minutes


def own_id(event: Incoming) -> str:
    """The id by which an event is known, also after a restart; empty where its network gives none."""
    if isinstance(event, Message):
        return f"{event.room.id}/{event.id}/{event.number}" if event.id else ""
    return event.id if isinstance(event, MomentDue) else ""


def may_be_old(event: Incoming) -> bool:
    """Whether storage must be asked if the event was handled before the last start."""
    return isinstance(event, MomentDue) or (isinstance(event, Message) and event.repeated and bool(event.id))


class Recent:
    """The ids of the last few thousand messages: what a network says twice comes close together."""

    def __init__(self) -> None:
        self._newer: set[str] = set()
        self._older: set[str] = set()

    def repeats(self, name: str) -> bool:
        """Whether `name` was there before; from now on it was."""
        if name in self._newer or name in self._older:
            return True
        self._newer.add(name)
        if len(self._newer) >= REMEMBERED:
            self._newer, self._older = set(), self._newer
        return False

    def forget(self, name: str) -> None:
        """Take it that `name` was never there: it comes again because it could not be written."""
        self._newer.discard(name)
        self._older.discard(name)


class Causes:
    """Gives every event the id that its facts get: the network's own, or one of ours."""

    def __init__(self) -> None:
        self._count = 0

    def of(self, event: Incoming) -> str:
        """The cause of what this event leads to; unlike that of any other event, also of other starts."""
        if isinstance(event, Message):
            if event.id:
                return f"{event.id}/{event.number}" if event.number else event.id
            where = event.room.id
        else:
            where = type(event).__name__
        self._count += 1
        return f"{where}@{event.at.timestamp():.3f}.{self._count}"
