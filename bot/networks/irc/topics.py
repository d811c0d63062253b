"""Sets topics of channels, unless they are set already, and again when the server was busy."""

from irctokens.line import Line

from bot.networks.irc.line_pieces import shorten
from bot.networks.irc.link_state import LinkState
from bot.networks.irc.roster import Channel

# InspIRCd takes one topic a second where servers are linked, and answers 437 "Retry topic change later" to the next
AGAIN = 1.5
SPARE = 1.0  # lines that stay free for answers


class Topics:
    """Sets topics."""

    def __init__(self, state: LinkState) -> None:
        self._state = state
        self._retry_at: dict[str, float] = {}

    @property
    def due(self) -> float:
        """When to set a topic again."""
        return min(self._retry_at.values(), default=float("inf"))

    def set(self, target: str, text: str, instead_of: str | None) -> None:
        """Set a channel's topic unless it is set already, is not `instead_of`, or the server refused one before."""
        channel = self._state.roster.find(target)
        if channel is None or channel.locked:
            return
        limit = self._state.isupport.number("TOPICLEN")
        topic = shorten(text, limit)
        current = channel.asked if channel.asked is not None else channel.room.topic
        if current != topic and (instead_of is None or current == shorten(instead_of, limit)):
            channel.asked = topic
            self._ask(channel, topic)

    def on_busy(self, line: Line) -> None:
        """437 `me #channel :Retry topic change later`."""
        channel = self._state.roster.find(line.params[1]) if len(line.params) > 1 else None
        if channel is not None and channel.asked is not None:
            self._retry_at[channel.key] = self._state.at + AGAIN

    def tick(self) -> None:
        """Do what is due."""
        for key, due in tuple(self._retry_at.items()):
            if self._state.at >= due:
                del self._retry_at[key]
                channel = self._state.roster.channels.get(key)
                if channel is not None and channel.asked is not None:
                    self._ask(channel, channel.asked)

    def _ask(self, channel: Channel, topic: str) -> None:
        self._state.send_later(f"topic {channel.key}", SPARE, "TOPIC", channel.name, topic)
