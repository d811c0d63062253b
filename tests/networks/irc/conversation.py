"""A link without a connection: a test gives it the server's lines and looks at what it sends and tells."""

from datetime import UTC, datetime, timedelta

from bot.core.events import Connected, Incoming, Message, Sighted
from bot.networks.absence import Absence
from bot.networks.irc.link import Link
from bot.networks.irc.settings import IrcSettings, Timing

NOW = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)
CAPS = "account-notify account-tag batch extended-join message-tags multi-prefix server-time"


class Kept:
    """Outgoing lines, kept as text."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.forgotten: list[str] = []
        self.refused: list[tuple[str, float]] = []

    def send_now(self, line: bytes) -> None:
        self.lines.append(line.decode().removesuffix("\r\n"))

    def send_later(self, name: str, spare: float, line: bytes) -> None:
        self.send_now(line)

    def forget(self, target: str) -> None:
        self.forgotten.append(target)

    def too_many_targets(self, target: str, rest: float) -> None:
        self.refused.append((target, rest))

    def wake(self) -> None:
        pass

    def taken(self) -> list[str]:
        """The lines since the last look."""
        lines, self.lines = self.lines, []
        return lines


class Conversation:
    """One link and its server's side."""

    def __init__(self, settings: IrcSettings | None = None, timing: Timing | None = None) -> None:
        self.out = Kept()
        self.settings = settings or IrcSettings("irc", "irc.test", nick="gatherbot", rooms=("#Tide",))
        self.absence = Absence()
        self.link = Link(self.settings, timing or Timing(), self.out, self.absence)
        self.now = NOW
        self.at = 1000.0
        self.watched: list[Connected | Sighted] = []
        self.link.start(self.now, self.at)

    def give(self, *lines: str) -> list[Incoming]:
        """Lines from the server; what the inbox gets, without what goes to `watched`."""
        events = self.all_of(*lines)
        self.watched += [event for event in events if isinstance(event, Connected | Sighted)]
        return [event for event in events if not isinstance(event, Connected | Sighted)]

    def all_of(self, *lines: str) -> list[Incoming]:
        """Lines from the server; everything that the inbox gets."""
        data = "".join(f"{line}\r\n" for line in lines).encode()
        return self.link.take(data, self.now, self.at, timedelta(seconds=1))

    def hear(self, *lines: str) -> Message:
        """Lines of which exactly one message comes."""
        (message,) = [event for event in self.give(*lines) if isinstance(event, Message)]
        return message

    def wait(self, seconds: float) -> list[Incoming]:
        """Time passes."""
        self.now += timedelta(seconds=seconds)
        self.at += seconds
        return self.link.tick(self.now, self.at)

    def register(
        self, caps: str = CAPS, isupport: str = "CASEMAPPING=rfc1459 WHOX BOT=B TOPICLEN=40"
    ) -> None:
        """Let the bot in."""
        if caps:
            self.give(f":s CAP * LS :{caps}", f":s CAP * ACK :{caps}")
        nick = self.link.state.nick
        self.give(f":s 001 {nick} :hi", f":s 005 {nick} {isupport} :are supported", f":s 376 {nick} :end")

    def enter(self, channel: str = "#tide", members: str = "@chair +lin rosa") -> list[Incoming]:
        """The bot joins a channel."""
        nick = self.link.state.nick
        return self.give(
            f":{nick}!~gatherbot@bot.example JOIN {channel}",
            f":s 353 {nick} = {channel} :{nick} {members}",
            f":s 366 {nick} {channel} :End of /NAMES list.",
        )


def settled(
    settings: IrcSettings | None = None, caps: str = CAPS, isupport: str | None = None
) -> Conversation:
    """A conversation in which the bot is in #tide with chair (op), lin (voice) and rosa."""
    talk = Conversation(settings)
    talk.register(caps, isupport or "CASEMAPPING=rfc1459 WHOX BOT=B TOPICLEN=40")
    talk.enter()
    talk.out.taken()
    return talk
