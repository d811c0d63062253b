"""Identifies the puppets of a bridge by their host and real name, once per connection.

Rules of this file: a puppet has no account until both are known; then it keeps its account, whatever nick it takes and
whatever services account it logs in to.
"""

from irctokens.line import Line

from bot.networks.irc.link_state import LinkState

# the answer's order is fixed: https://ircv3.net/specs/extensions/whox
PLAIN = "%tcuhnfa,42"
WITH_REALNAMES = "%tcuhnfar,42"
SPARE = 3.0  # lines that stay free for answers while people are looked up


class BridgePuppets:
    """Finds out for whom each puppet speaks."""

    def __init__(self, state: LinkState) -> None:
        self._state = state
        self._puppets = (
            state.settings.puppets if state.settings.puppets and state.settings.puppets.host else None
        )

    @property
    def who_fields(self) -> str:
        """The fields of a WHOX; with a bridge, they include the real name."""
        return WITH_REALNAMES if self._puppets is not None else PLAIN

    def learn(self, nick: str, userhost: str, realname: str) -> None:
        """A connection has this host and real name."""
        person = self._state.roster.person(nick)
        if self._puppets is None or person is None or person.puppet:
            return
        mxid = self._puppets.mxid_of(nick, userhost, realname)
        if mxid:
            self._state.roster.set_puppet(person, mxid)

    def joined(self, line: Line) -> None:
        """Somebody joined; without extended-join the bot asks for the real name."""
        nick, _, userhost = (line.source or "").partition("!")
        if len(line.params) > 2:
            self.learn(nick, userhost, line.params[2])
        elif self._puppets is not None and self._puppets.may_be(nick):
            self._state.send_later(f"who {nick}", SPARE, "WHO", nick)

    def look_through(self, key: str, channel: str) -> None:
        """Ask who is in a channel, on servers without WHOX."""
        if self._puppets is not None:
            self._state.send_later(f"who {key}", SPARE, "WHO", channel)

    def on_who(self, line: Line) -> None:
        """352: `me #channel user host server nick flags :hops realname`."""
        if len(line.params) > 7:
            _, _, user, host, _, nick = line.params[:6]
            self.learn(nick, f"{user}@{host}", line.params[7].partition(" ")[2])
