"""Joins, parts, nick changes, accounts and modes: updates the roster, and makes events of what matters."""

import re

from irctokens.line import Line

from bot.core.events import BackInRoom, Departed, NickChanged, TopicShown
from bot.core.people.identity import Identity
from bot.networks.absence import Absence
from bot.networks.irc.account_lookups import AccountLookups
from bot.networks.irc.bridge_puppets import BridgePuppets
from bot.networks.irc.channel_joins import ChannelJoins
from bot.networks.irc.link_state import LinkState
from bot.networks.irc.own_nick import OwnNick
from bot.networks.irc.roster import Channel, Person

# the reason of a netsplit; a user's own reason begins with "Quit: "
SPLIT = re.compile(r"[\w*-]+(\.[\w*-]+)+ [\w*-]+(\.[\w*-]+)+")
WHO_TOKEN = "42"  # noqa: S105 - marks the answers to our own WHO
WHO_SPARE = 3.0  # lines that stay free for answers during the WHO of a room


class PresenceHandler:
    """Handles lines about people and rooms."""

    def __init__(
        self,
        state: LinkState,
        joins: ChannelJoins,
        nick: OwnNick,
        lookups: AccountLookups,
        absence: Absence,
    ) -> None:
        self._state = state
        self._lookups = lookups
        self._roster = state.roster
        self._joins = joins
        self._nick = nick
        self._absence = absence
        self.bridge = BridgePuppets(state)

    def on_join(self, line: Line) -> None:
        """Somebody joins; with extended-join the account comes along."""
        if not line.params:
            return
        nick, _, userhost = (line.source or "").partition("!")
        if self._state.is_me(nick):
            self._state.userhost = userhost or self._state.userhost
            self._close(self._state.isupport.fold(line.params[0]))
            channel = self._roster.open(line.params[0])
            if channel is not None:
                self._roster.set_marks(channel, self._state.isupport.fold(nick), ())
                self._joins.joined(channel.key)
            return
        channel = self._roster.find(line.params[0])
        if channel is not None:
            if (
                self._state.isupport.fold(nick) in channel.members
            ):  # another connection, whose predecessor left unseen
                self._left(nick, line.params[0])
            person = self._roster.enter(nick, channel)
            if person is None:
                return
            self._roster.set_marks(channel, person.identity.key, ())
            if len(line.params) > 1:
                self._account(person, line.params[1])
            self.bridge.joined(line)
            self._state.sight(person, userhost)

    def on_part(self, line: Line) -> None:
        """Somebody leaves a room."""
        self._left(self._source(line), line.params[0] if line.params else "")

    def on_kick(self, line: Line) -> None:
        """Somebody is kicked out of a room."""
        if len(line.params) > 1:
            self._left(line.params[1], line.params[0])

    def on_quit(self, line: Line) -> None:
        """Somebody leaves the network."""
        nick = self._source(line)
        if self._state.is_me(nick):
            return
        who = self._roster.forget(self._state.isupport.fold(nick))
        if who is not None:
            reason = line.params[-1] if line.params else ""
            self._depart(who, split=SPLIT.fullmatch(reason) is not None)
        self._nick.freed(nick)

    def on_nick(self, line: Line) -> None:
        """Somebody changes nick."""
        old, new = self._source(line), line.params[0] if line.params else ""
        if not new:
            return
        fold = self._state.isupport.fold
        if self._state.is_me(old):
            for channel in self._roster.channels.values():
                self._roster.move_marks(channel, fold(old), fold(new))
            self._nick.on_own_change(new)
            return
        before = self._roster.forget(fold(new)) if fold(new) != fold(old) else None
        if before is not None:  # a nick belongs to one connection: its former owner left unseen
            self._depart(before)
        renamed = self._roster.rename(old, new)
        if renamed is not None:
            self._lookups.void(renamed[0].key)
            self._state.events.append(NickChanged(*renamed, self._state.now))
            person = self._roster.person(new)
            if person is not None and "account-notify" not in self._state.caps:
                person.checked = float("-inf")
            if person is not None:
                self._state.sight(person)
        self._nick.freed(old)

    def on_mode(self, line: Line) -> None:
        """Modes of a room: powers, and whether its topic is locked."""
        channel = self._roster.find(line.params[0]) if line.params else None
        if channel is None:
            return
        isupport = self._state.isupport
        for sign, letter, argument in isupport.mode_changes(line.params[1:]):
            if letter in isupport.marks.values():
                self._roster.change_mark(channel, isupport.fold(argument), sign, letter)
                if sign == "-" and "multi-prefix" not in self._state.caps:
                    # the server only showed the highest mark; ask for the one below
                    self._state.send_later(f"names {channel.key}", 1.0, "NAMES", line.params[0])
            if sign == "-" or argument:
                channel.locked = False

    def on_names(self, line: Line) -> None:
        """353: some of a room's members, with their marks."""
        channel = self._roster.find(line.params[2]) if len(line.params) > 3 else None
        if channel is None:
            return
        marks = self._state.isupport.marks
        every_mark = "".join(marks)
        for word in line.params[3].split():
            name = word.lstrip(every_mark)
            nick = name.partition("!")[0]
            letters = [marks[mark] for mark in word[: len(word) - len(name)]]
            if self._state.is_me(nick) or self._roster.enter(nick, channel) is not None:
                self._roster.set_marks(channel, self._state.isupport.fold(nick), letters)

    def on_names_end(self, line: Line) -> None:
        """366: the end of the members; the join is complete."""
        channel = self._roster.find(line.params[1]) if len(line.params) > 1 else None
        if channel is None or not channel.fresh:
            return
        channel.fresh = False
        if channel.room.topic is None:  # 332 comes before the names; servers do not send an empty topic
            self._roster.set_topic(channel, "")
        since = self._absence.back(channel.room.id)
        self._state.events.append(BackInRoom(channel.room, self._state.now, since))
        if "WHOX" in self._state.isupport.tokens:
            self._state.send_later(
                f"who {channel.key}", WHO_SPARE, "WHO", line.params[1], self.bridge.who_fields
            )
        else:
            self.bridge.look_through(channel.key, line.params[1])

    def on_who(self, line: Line) -> None:
        """354: `me 42 #channel user host nick flags account [realname]`, the answer to the bot's WHO."""
        if len(line.params) < 8 or line.params[1] != WHO_TOKEN:
            return
        _, _, _, user, host, nick, flags, account, *rest = line.params
        userhost, realname = f"{user}@{host}", rest[0] if rest else ""
        person = self._roster.person(nick)
        if person is not None:
            bot_mode = self._state.isupport.bot_mode
            person.bot = bool(bot_mode) and bot_mode in flags
            self._account(person, "*" if account == "0" else account)
            self.bridge.learn(nick, userhost, realname)
            self._state.sight(person, userhost)

    def on_topic_is(self, line: Line) -> None:
        """332: `me #channel :topic`, after a join."""
        self._topic(line.params[1:])

    def on_no_topic(self, line: Line) -> None:
        """331: the channel has no topic."""
        self._topic([*line.params[1:2], ""])

    def on_topic(self, line: Line) -> None:
        """Somebody sets a topic."""
        channel = self._roster.find(line.params[0]) if line.params else None
        asked = channel.asked if channel is not None else None
        self._topic(line.params)
        ours = self._state.is_me((line.source or "").partition("!")[0])
        if channel is not None and ours and asked != line.params[-1]:
            channel.asked = asked  # the answer to an earlier topic of the bot
        if channel is not None:
            self._state.events.append(TopicShown(channel.room, self._state.now))

    def on_topic_refused(self, line: Line) -> None:
        """482: the server refused a topic; the bot does not try again until the modes change."""
        channel = self._roster.find(line.params[1]) if len(line.params) > 1 else None
        if channel is not None:
            channel.locked, channel.asked = True, None

    def on_account(self, line: Line) -> None:
        """Somebody logs in or out: https://ircv3.net/specs/extensions/account-notify."""
        person = self._roster.person(self._source(line))
        if person is not None and line.params:
            self._account(person, line.params[0])
            self._state.sight(person)

    def on_new_host(self, line: Line) -> None:
        """CHGHOST: `user host`; the length of the bot's lines depends on its own."""
        nick = self._source(line)
        if len(line.params) < 2:
            return
        userhost = f"{line.params[0]}@{line.params[1]}"
        person = self._roster.person(nick)
        if self._state.is_me(nick):
            self._state.userhost = userhost
        elif person is not None:
            self._state.sight(person, userhost)

    def on_own_host(self, line: Line) -> None:
        """396: `me host`, or `me user@host`."""
        if len(line.params) > 1 and self._state.userhost:
            user = self._state.userhost.partition("@")[0]
            self._state.userhost = line.params[1] if "@" in line.params[1] else f"{user}@{line.params[1]}"

    def _topic(self, params: list[str]) -> None:
        channel = self._roster.find(params[0]) if len(params) > 1 else None
        if channel is not None:
            self._roster.set_topic(channel, params[1])

    def _account(self, person: Person, account: str) -> None:
        self._roster.set_account(person, "" if account == "*" else account)
        # with account-notify the server tells every change
        person.checked = float("inf") if "account-notify" in self._state.caps else self._state.at

    def _left(self, nick: str, target: str) -> None:
        channel = self._roster.find(target)
        if channel is None:
            return
        if self._state.is_me(nick):
            self._on_removed(channel)
            return
        who = self._roster.leave(self._state.isupport.fold(nick), channel)
        if who is not None:
            self._depart(who)

    def _on_removed(self, channel: Channel) -> None:
        self._absence.begin(channel.room.id, self._state.now)
        self._close(channel.key)
        self._joins.lost(channel.key)

    def _close(self, key: str) -> None:
        for who in self._roster.close(key):
            self._depart(who)

    def _depart(self, who: Identity, *, split: bool = False) -> None:
        """Somebody is in no channel of the bot anymore: the nick may change hands unseen."""
        self._lookups.void(who.key)
        self._state.events.append(Departed(who, self._state.now, split=split))

    def _source(self, line: Line) -> str:
        """The nick of a line's source, whose user@host the core learns."""
        nick, _, userhost = (line.source or "").partition("!")
        person = self._roster.person(nick)
        if person is not None:
            self._state.sight(person, userhost)
        return nick
