"""Looks up accounts: on servers that do not tag lines with accounts, a command waits for the answer to a WHOIS.

Rules of this file: while an answer is missing, all events wait in order behind that command, for a few seconds at
most; so nobody is refused for lack of a proof that the network could have given. The answer says who has the nick when the
server gives it, so a command whose nick changed hands meanwhile has lost its proof for good.
"""

from collections import deque

from irctokens.line import Line
from msgspec.structs import replace

from bot.core.events import Incoming, Message
from bot.core.people.identity import Identity
from bot.networks.irc.bucket import Bucket
from bot.networks.irc.link_state import LinkState
from bot.networks.irc.roster import Person

STALE = 60.0  # seconds after which the bot asks again about somebody without an account
MOST_PENDING = 3
INTERVAL = 4.0  # seconds between lookups: half of the lines that networks allow are left for answers
MOST_HELD = 2000  # events; more do not wait for an answer that does not come


class AccountLookups:
    """Asks WHOIS, and holds events until it is answered."""

    def __init__(self, state: LinkState) -> None:
        self._state = state
        self._bucket = Bucket(burst=MOST_PENDING, interval=INTERVAL)
        self._pending: dict[str, float] = {}
        self._void: set[str] = set()  # keys whose missing answers prove nothing
        self._found: dict[str, str] = {}
        self._held: deque[Incoming] = deque()

    @property
    def due(self) -> float:
        """When the earliest deadline for an answer is."""
        return min(self._pending.values(), default=float("inf"))

    def needed(self, person: Person | None, text: str) -> bool:
        """Whether to look up the account of a line's speaker; chat needs none, a command may."""
        if person is not None and (person.identity.account or self._state.at - person.checked < STALE):
            return False
        word = text.lstrip()
        nick = self._state.nick
        return not word[:1].isalnum() or self._state.isupport.fold(
            word[: len(nick)]
        ) == self._state.isupport.fold(nick)

    def ask(self, speaker: Identity, person: Person | None) -> bool:
        """Ask for an account; returns whether the answer will prove anything, or nothing is asked."""
        at = self._state.at
        if speaker.key in self._pending:
            return speaker.key not in self._void
        if len(self._pending) >= MOST_PENDING or not self._bucket.take(at):
            return True
        if person is not None:
            person.checked = at
        self._pending[speaker.key] = at + self._state.timing.proof
        self._state.send("WHOIS", speaker.name)
        return True

    def void(self, key: str) -> None:
        """A nick changed hands: if an answer about it is missing, it proves nothing about what was said before."""
        if key not in self._pending:
            return
        self._void.add(key)
        self._found.pop(key, None)
        self._held = deque(_without_proof(event, key) for event in self._held)
        self._state.events[:] = [_without_proof(event, key) for event in self._state.events]

    def on_account(self, line: Line) -> None:
        """330: `nick account :is logged in as`."""
        if len(line.params) > 2:
            self._learn(line.params[1], line.params[2])

    def on_identified(self, line: Line) -> None:
        """307: somebody is identified for their nick; OFTC tells no account beside it (hybrid's m_whois.c)."""
        if len(line.params) > 1:
            self._learn(line.params[1], line.params[1], weak=True)

    def on_end(self, line: Line) -> None:
        """318: the end of the answer; 401 and 402 come before it when there is nobody."""
        if len(line.params) > 1:
            self._end(self._state.isupport.fold(line.params[1]))

    def sieve(self, events: list[Incoming]) -> list[Incoming]:
        """The events that need not wait anymore, in order."""
        if not self._pending and not self._held:
            return events
        self._held.extend(events)
        if len(self._held) > MOST_HELD:
            self._pending.clear()
            self._void.clear()
        if self._pending:
            return []
        proven = [self._prove(event) for event in self._held]
        self._held.clear()
        self._found.clear()
        return proven

    def tick(self) -> None:
        """Give up on late answers: those accounts stay unproven."""
        for key, deadline in tuple(self._pending.items()):
            if self._state.at >= deadline:
                self._end(key)

    def _end(self, key: str) -> None:
        self._pending.pop(key, None)
        self._void.discard(key)

    def _learn(self, nick: str, account: str, *, weak: bool = False) -> None:
        key = self._state.isupport.fold(nick)
        if key not in self._pending or key in self._void or (weak and key in self._found):
            return
        self._found[key] = self._state.isupport.fold(account)
        person = self._state.roster.person(nick)
        if person is not None:
            self._state.roster.set_account(person, account)

    def _prove(self, event: Incoming) -> Incoming:
        if (
            isinstance(event, Message)
            and not event.speaker.account
            and not (event.repeated or event.proof_lost)
        ):
            account = self._found.get(event.speaker.key)
            if account:
                return replace(event, speaker=replace(event.speaker, account=account))
        return event


def _without_proof(event: Incoming, key: str) -> Incoming:
    """The event; what an unproven person with this nick said has lost its proof."""
    if isinstance(event, Message) and event.speaker.key == key and not event.speaker.account:
        return replace(event, proof_lost=True)
    return event
