"""Finds lines that are the rest of the line before, because a client or a bridge cut a long text in two.

Rules of this file: no clock and no I/O. IRC gives a line 512 bytes, with the sender's mask in front
(https://modern.ircdocs.horse/#messages). Clients are not sure of their own mask, so many assume the longest one:

- irssi and WeeChat: 63 bytes of host and 10 of user; both cut at a blank (src/irc/core/irc-servers.c: `split_message`;
  src/plugins/irc/irc-message.c: `irc_message_split_string`)
- HexChat: the mask that it knows; it cuts within a word of 20 bytes and more (src/common/outbound.c: `split_up_text`)
- The Lounge and Kiwi IRC: 350 bytes of text (irc-framework, src/client.js: `message_max_length`)
- Heisenbridge: "words..." and "... more words" (heisenbridge/private_room.py: `split_long`)
- matterbridge: "wor <clipped message>" and "ds" (bridge/helper/helper.go: `GetSubLines`)

A line was cut if the first word of the next one had no more room in it.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from bot.core.people.identity import Identity
from bot.core.words.cut_marks import CLIPPED
from bot.core.words.joint import Joint
from bot.networks.relays import relay

LINE = 512
LONGEST_NICK, LONGEST_MASK = 16, 10 + 1 + 63
SHORTEST_MASK = 3
AROUND = len(":! PRIVMSG  :\r\n")
BY_FRAMEWORK = 350
NEARLY_FULL = 250
LONG_WORD = 20
REMEMBERED = 500  # lines
AT_ONCE = timedelta(seconds=2)
SLOWLY = timedelta(seconds=5)  # matterbridge waits 1.3 s between lines
DOTS, MORE = "...", "... "


class _Full(Struct, frozen=True):
    """A line that may have been cut: its text, and how many bytes of text its network leaves at least and at most."""

    text: str
    at: datetime
    speaker: Identity
    least: int
    most: int

    def joint(self, rest: str, at: datetime) -> Joint | None:
        """How `rest` joins this line; None if it is another line."""
        passed = at - self.at
        if not timedelta() <= passed <= SLOWLY:
            return None
        if self.text.endswith(CLIPPED):
            return Joint(glue="")
        if passed > AT_ONCE:
            return None
        if self.text.endswith(DOTS) and rest.startswith(MORE):
            return Joint(drops=DOTS, skips=MORE)
        size = len(self.text.rstrip(" ").encode())
        wanted = size + 1 + len(rest.lstrip(" ").partition(" ")[0].encode())
        if not (wanted > self.least or size <= BY_FRAMEWORK < wanted):
            return None
        apart = self.text.endswith(" ") or rest.startswith(" ")
        last = len(self.text.rpartition(" ")[2].encode())
        in_a_word = not apart and last >= LONG_WORD and size >= self.most - 3
        return Joint(glue="" if in_a_word else " ")


class CutLines:
    """Remembers the last long line of each speaker of a network.

    limited: whether the network limits the length of lines
    """

    def __init__(self, *, limited: bool = True) -> None:
        self._limited = limited
        self._full: dict[tuple[str, str], _Full] = {}
        self._relayed: dict[tuple[str, str], _Full] = {}

    def joint(
        self, room: str, speaker: Identity, text: str, at: datetime, *, sender: Identity, mask: str = ""
    ) -> Joint | None:
        """How a line joins the speaker's line before; None if it stands for itself.

        sender: who sent it: the speaker, or a relay
        text:   as it came, with the name that a relay wrote before it
        mask:   "user@host" of the sender, if known
        """
        if not self._limited:
            return None
        key = (room, speaker.key)
        before = self._full.pop(key, None)
        said = _own_words(text) if sender is not speaker else text
        joint = before.joint(said, at) if before is not None else None
        size = len(text.encode())
        if size >= NEARLY_FULL or text.endswith((CLIPPED, DOTS)):
            channel = room.partition("/")[2].encode()
            overhead = AROUND + len(channel) + len(sender.name.encode())
            least = LINE - AROUND - len(channel) - max(LONGEST_NICK, len(sender.name)) - LONGEST_MASK
            full = _Full(text, at, speaker, least, LINE - overhead - (len(mask) or SHORTEST_MASK))
            self._full[key] = full
            if len(self._full) > REMEMBERED:
                del self._full[next(iter(self._full))]
            if sender is not speaker:
                self._relayed[room, sender.key] = full
        return joint

    def relayed(self, room: str, sender: Identity, text: str, at: datetime) -> tuple[Identity, str, bool]:
        """The speaker and the text of a relay's line, and whether a bot speaks, as `relay` says it.

        Some relays write the name only before the first of several lines.
        """
        speaker, said, by_bot = relay(sender, text)
        goes_on = self._going_on(room, sender, text, at) if speaker is sender else None
        return (goes_on, said, False) if goes_on is not None else (speaker, said, by_bot)

    def _going_on(self, room: str, sender: Identity, text: str, at: datetime) -> Identity | None:
        last = self._relayed.get((room, sender.key))
        return last.speaker if last is not None and text.startswith(DOTS) and at - last.at <= SLOWLY else None


def _own_words(text: str) -> str:
    """A relay's line without the name before it."""
    return text.partition("> ")[2] or text
