"""Turns what people say into messages: who, where, with which power, and whether it may be a command.

Every line comes through here, so the cost of a line does not grow with users or rooms.
"""

from datetime import datetime

from irctokens.line import Line

from bot.core.events import Departed, Message, Power, Room
from bot.core.people.identity import Identity
from bot.core.people.known_bots import is_known_bot
from bot.networks.cut_lines import CutLines
from bot.networks.irc.account_lookups import AccountLookups
from bot.networks.irc.bucket import Bucket
from bot.networks.irc.link_state import LinkState
from bot.networks.irc.roster import LONGEST_NAME, Channel, Person
from bot.networks.irc.server_clock import OLD, is_possible

MOST_BATCHES = 100
PLAYBACK = frozenset({"chathistory", "draft/chathistory", "znc.in/playback"})
BOT_TAGS = ("bot", "draft/bot", "inspircd.org/bot")  # https://ircv3.net/specs/extensions/bot-mode
SERVICES = frozenset(
    {"nickserv", "chanserv", "memoserv", "saslserv", "operserv", "botserv", "hostserv", "global"}
)


class MessageHandler:
    """Turns PRIVMSG and NOTICE into messages."""

    def __init__(self, state: LinkState, lookups: AccountLookups) -> None:
        self._state = state
        self._lookups = lookups
        self._answers = Bucket(burst=2, interval=2)  # CTCP answers: questions must not make the bot flood
        self._batches: dict[str, bool] = {}
        self._cuts = CutLines()
        self.start()

    def start(self) -> None:
        """The server's rules for comparing nicks are known."""
        fold, settings = self._state.isupport.fold, self._state.settings
        self._relays = settings.relays
        self._ignored = frozenset(map(fold, settings.ignore))
        self._not_bots = frozenset(map(fold, settings.not_bots))

    def on_batch(self, line: Line) -> None:
        """A batch begins (+ref type) or ends (-ref)."""
        reference = line.params[0] if line.params else ""
        if reference.startswith("+") and len(line.params) > 1:
            inside = self._batches.get((line.tags or {}).get("batch", ""), False)
            if len(self._batches) >= MOST_BATCHES:  # the oldest never ended
                del self._batches[next(iter(self._batches))]
            self._batches[reference[1:]] = inside or line.params[1] in PLAYBACK
        else:
            self._batches.pop(reference[1:], None)

    def on_notice(self, line: Line) -> None:
        """A notice: talk, never a command."""
        self._hear(line, talk_only=True)

    def on_privmsg(self, line: Line) -> None:
        """Somebody says something; it may be a command."""
        self._hear(line, talk_only=False)

    def _hear(self, line: Line, *, talk_only: bool) -> None:
        source, params, state = line.source, line.params, self._state
        if source is None or len(params) < 2:
            return
        nick, bang, userhost = source.partition("!")
        if not 0 < len(nick) <= LONGEST_NAME or nick.startswith(":"):  # nobody's nick
            return
        person = state.roster.person(nick)
        if person is None and state.is_me(nick):  # echo-message, or a bouncer
            state.userhost = userhost or state.userhost
            return
        text = params[1]
        off_record = False
        if text[:1] == "\x01":
            if not text.startswith("\x01ACTION"):
                self._answer(nick, text, talk_only=talk_only)
                return
            off_record, text = True, text[8:].removesuffix("\x01")
        key = person.identity.key if person is not None else state.isupport.fold(nick)
        if key in self._ignored:
            return
        channel = state.roster.find(params[0])
        # to the operators of a channel only (@#channel): not for a public record
        to_operators = channel is not None and params[0][:1] not in state.isupport.channel_types
        if channel is None and (not bang or key in SERVICES or not state.is_me(params[0])):
            return
        local = to_operators or talk_only
        off_record = off_record or to_operators
        self._say(line, nick, person, channel, text, off_record=off_record, talk_only=talk_only, local=local)

    def _say(
        self,
        line: Line,
        nick: str,
        person: Person | None,
        channel: Channel | None,
        text: str,
        *,
        off_record: bool,
        talk_only: bool,
        local: bool,
    ) -> None:
        state, tags = self._state, line.tags
        by_bot = self._is_bot(nick, person, tags or {})
        at, old = self._time(tags) if tags else (state.now, False)
        talk_only, local = talk_only or old, local or old
        speaker = self._speaker(line, nick, person, old=old)
        power, proof_lost = Power.NONE, False
        if channel is not None and not old:
            power = channel.powers.get(speaker.key, Power.NONE)
        where, sender, raw = channel.room.id if channel is not None else nick, speaker, text
        if self._relays and self._is_relay(speaker, line):
            speaker, text, by_bot = self._cuts.relayed(where, sender, text, at)
            power, talk_only = Power.NONE, talk_only or by_bot
            local = True  # the relay carries it already
        elif by_bot:
            talk_only = local = True
        elif "account-tag" not in state.caps and not talk_only and self._lookups.needed(person, text):
            proof_lost = not self._lookups.ask(speaker, person)
        state.events.append(
            Message(
                channel.room if channel is not None else self._private(nick, speaker),
                speaker,
                text,
                at,
                power,
                _id_of(tags or {}),
                off_record=off_record,
                talk_only=talk_only,
                repeated=old,
                local=local,
                by_bot=by_bot,
                proof_lost=proof_lost,
                answers=_answered(tags or {}),
                joint=self._cuts.joint(where, speaker, raw, at, sender=sender, mask=_mask(line)),
            )
        )
        if person is None and channel is not None and not local:
            # the channel hears people from outside, whom the bot cannot watch
            state.events.append(Departed(speaker, state.now))

    def _is_bot(self, nick: str, person: Person | None, tags: dict[str, str]) -> bool:
        """Whether a bot speaks: by its mode, by the tag of the line, or a known one by its nick."""
        marked = (person is not None and person.bot) or any(tag in tags for tag in BOT_TAGS)
        return (marked or is_known_bot(nick)) and self._state.isupport.fold(nick) not in self._not_bots

    def _is_relay(self, speaker: Identity, line: Line) -> bool:
        userhost = _mask(line)
        fold = self._state.isupport.fold
        return any(relay.is_sent_by(speaker, userhost, fold) for relay in self._relays)

    def _speaker(self, line: Line, nick: str, person: Person | None, *, old: bool) -> Identity:
        state = self._state
        account = (line.tags or {}).get("account", "")
        if old or person is None:
            return state.roster.stranger(nick, account)
        if account != person.identity.account and (account or "account-tag" in state.caps):
            state.roster.set_account(person, account)
        state.sight(person, (line.source or "").partition("!")[2])
        return person.identity

    def _time(self, tags: dict[str, str]) -> tuple[datetime, bool]:
        """When it was said, and whether that is too long ago to act on it."""
        state = self._state
        replayed = self._batches.get(tags.get("batch", ""), False)
        at = server_time(tags.get("time", ""))
        if at is None:
            return state.now, replayed
        if not replayed:
            state.clock.heard(at, state.at)
        old = replayed or state.clock.lateness(at, state.horizon) > OLD
        if abs(state.clock.skew).total_seconds() > OLD:  # one of the two clocks is wrong
            at = state.clock.here(at) or state.now
        return at, old

    def _private(self, nick: str, speaker: Identity) -> Room:
        state = self._state
        return Room(
            id=f"{state.settings.name}/{nick}",
            network=state.settings.name,
            members={speaker.key: speaker},
            casemapping=state.isupport.casemapping,
            private=True,
        )

    def _answer(self, nick: str, text: str, *, talk_only: bool) -> None:
        """Answer a CTCP other than /me, which is never talk: https://modern.ircdocs.horse/ctcp."""
        command, _, argument = text.strip("\x01").partition(" ")
        answers = {"VERSION": self._state.settings.version, "PING": argument[:64]}
        answer = answers.get(command.upper())
        if answer is not None and not talk_only and self._answers.take(self._state.at):
            words = f"\x01{command.upper()} {answer}\x01"
            self._state.send_later(f"ctcp {nick}", 1.0, "NOTICE", nick, words)


def _mask(line: Line) -> str:
    """The "user@host" of a line's sender; empty if it shows none."""
    return (line.source or "").partition("!")[2]


def _id_of(tags: dict[str, str]) -> str:
    """The id of a message; empty if the server gives none."""
    return tags.get("msgid") or tags.get("draft/msgid") or ""


def _answered(tags: dict[str, str]) -> str:
    """The id of the message that a line is a reply to; empty if it is none."""
    return tags.get("+reply") or tags.get("+draft/reply") or ""


def server_time(text: str) -> datetime | None:
    """The value of a server-time tag; None if it is no time, has no zone or an impossible year."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None and is_possible(at) else None
