"""A network that only records what the bot does on it: for replays, the demonstration and golden files."""

from bot.core.people.identity import Identity
from bot.networks.contract import Inbox
from bot.networks.transcript.dialogue import Action, Reacted, SaidInPrivate, SaidInRoom, TopicSet


class RecordingNetwork:
    """Sends nothing, and records everything.

    actions: the list that holds the record; networks that share a list keep the order of all actions
    """

    def __init__(
        self,
        name: str,
        nick: str = "gatherbot",
        *,
        reactions: bool = False,
        actions: list[Action] | None = None,
    ) -> None:
        self.name = name
        self.reactions = reactions
        self.durable = False
        self.nick = nick
        self._actions = [] if actions is None else actions
        self._topics: dict[str, str] = {}

    def take_actions(self) -> list[Action]:
        """What the bot did since the last call."""
        actions = list(self._actions)
        self._actions.clear()
        return actions

    async def run(self, inbox: Inbox) -> None:
        """Return at once: nothing comes in."""

    async def say(
        self,
        room: str,
        text: str,
        *,
        thread: str = "",  # noqa: ARG002 - a dialogue shows it under the line
        key: str = "",  # noqa: ARG002
        asker: str = "",  # noqa: ARG002
        patient: bool = False,  # noqa: ARG002
    ) -> None:
        """Record it."""
        self._actions.append(SaidInRoom(room, text))

    async def tell(self, to: Identity, text: str, *, key: str = "", patient: bool = False) -> None:  # noqa: ARG002
        """Record it."""
        self._actions.append(SaidInPrivate(to.name, text))

    async def react(self, room: str, message: str, emoji: str, *, key: str = "", asker: str = "") -> None:  # noqa: ARG002
        """Record it."""
        self._actions.append(Reacted(emoji))

    async def set_topic(self, room: str, text: str, *, instead_of: str | None = None) -> None:
        """Record it, if it changes something."""
        if self._topics.get(room) == text or (
            instead_of is not None and self._topics.get(room) != instead_of
        ):
            return
        self._topics[room] = text
        self._actions.append(TopicSet(room, text))

    async def drain(self) -> None:
        """Return at once: nothing waits."""
