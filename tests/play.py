"""Plays lines through the pure core, without storage, networks or a clock, for tests of plugins and of the core.

stage = Stage([sessions.plugin, records.plugin])
stage.say("amaru", "#startmeeting Day 1")   # -> ["> ...", ...] as a dialogue shows it
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.core import effects
from bot.core.events import (
    Connected,
    Departed,
    Message,
    MomentDue,
    NickChanged,
    Power,
    Prepared,
    Room,
    Sighted,
)
from bot.core.people.identity import Identity, casefold
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.register import Register
from bot.core.plugin.registration import register
from bot.core.recap.sources import Sources
from bot.core.session.session import Session
from bot.core.state.setup import Setup, Track
from bot.core.state.state import State
from bot.core.turn.commands import read_event
from bot.core.turn.decision import Decision
from bot.core.turn.dispatch import decide

START = datetime(2027, 10, 19, 13, 0, 0, tzinfo=UTC)
ROOM = "irc/#nova"


def nova(**keys: object) -> Setup:
    """A setup with one track, Nova, that meets in irc/#nova."""
    return Setup(tracks=(Track(slug="nova", name="Nova", venues=((ROOM,),)),), **keys)  # type: ignore[arg-type]


class Stage:
    """plugins: or all that they declare for this setup, where many stages share it (a tenth of the cost)"""

    def __init__(self, plugins: list[Plugin] | Register, setup: Setup | None = None) -> None:
        self.state = State(setup or nova())
        self.register = plugins if isinstance(plugins, Register) else register(plugins, self.state.setup)
        self.at = START
        self.count = 0
        self.casemapping = "rfc1459"
        self.ops: set[str] = set()
        self.accounts: dict[str, str] = {}
        self.members: dict[str, Identity] = {}
        self.decisions: list[Decision] = []
        self.rung: set[tuple[str, str, datetime]] = set()

    def who(self, nick: str) -> Identity:
        return Identity("irc", nick, casefold(nick), self.accounts.get(nick, ""))

    def joins(self, *nicks: str) -> None:
        self.members |= {casefold(nick): self.who(nick) for nick in nicks}

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)

    def say(
        self, nick: str, text: str, room: str = ROOM, *, private: bool = False, **message: object
    ) -> list[str]:
        """The bot's reaction when `nick` says `text`, as lines of a dialogue."""
        self.count += 1
        self.joins(nick)
        where = Room(
            f"irc/{nick}" if private else room,
            "irc",
            members=self.members,
            casemapping=self.casemapping,
            private=private,
        )
        power = Power.MODERATOR if nick in self.ops else Power.NONE
        said = Message(where, self.who(nick), text, self.at, power, **message)  # type: ignore[arg-type]
        return self.event(said)

    def event(self, event: object) -> list[str]:
        fork = self.state.fork()
        reading = read_event(event, self.register, ("gatherbot",))  # type: ignore[arg-type]
        decision = decide(reading, fork, self.register, f"m{self.count}")
        fork.adopt()
        self.decisions.append(decision)
        self.count += 1
        return [line for order in decision.orders for line in shown(order)]

    def restart(self) -> None:
        """Forget the state, and fold again what was decided."""
        self.state = State(self.state._configured)
        for decision in self.decisions:
            for entry in decision.entries:
                self.state.apply(entry)

    def rename(self, old: str, new: str) -> None:
        self.event(NickChanged(self.who(old), self.who(new), self.at))

    def quits(self, nick: str, *, split: bool = False) -> None:
        self.members.pop(casefold(nick), None)
        self.event(Departed(self.who(nick), self.at, split))

    def sighted(self, nick: str, host: str) -> list[str]:
        """The network shows where somebody comes from."""
        self.joins(nick)
        return self.event(Sighted(self.who(nick), host, self.at))

    def connects(self) -> None:
        """The bot is back after a gap."""
        self.event(Connected("irc", self.at))

    def moment(self, name: str) -> list[str]:
        """Let the first waiting moment with this name come, at its time."""
        for session in list(self.state.sessions()):
            for stream in (session.id, f"track/{session.track}"):
                for moment in self.register.due(self.state, stream):
                    if moment.name == name:
                        self.at = max(self.at, moment.at)
                        return self.event(MomentDue(f"{name}/{moment.at}", name, stream, moment.at))
        raise LookupError(f"no moment {name} waits")

    def next_due(self, until: datetime) -> MomentDue | None:
        """The next moment up to `until`, each once; the time does not change."""
        tracks = [f"track/{track.slug}" for track in self.state.setup.tracks]
        waiting = [
            (moment.at, moment.name, stream)
            for stream in [*tracks, *(session.id for session in self.state.sessions())]
            for moment in self.register.due(self.state, stream)
            if moment.at <= until and (moment.name, stream, moment.at) not in self.rung
        ]
        if not waiting:
            return None
        at, name, stream = min(waiting)
        self.rung.add((name, stream, at))
        return MomentDue(f"{name}/{stream}/{at}", name, stream, at)

    def prepared(self, order: effects.Prepare, sessions: Iterable[Session], **asked: object) -> Prepared:
        """Run a slow job immediately."""
        given = self.sources(order.stream.removeprefix("track/"), sessions)
        outcome = self.register.jobs[order.job](given, order.argument)
        return Prepared(order.job, order.stream, self.at, outcome, **asked)  # type: ignore[arg-type]

    def sources(self, slug: str, sessions: Iterable[Session] | None = None) -> Sources:
        """The input of a track's job; `sessions` defaults to the sessions in memory."""
        track = self.state.setup.track(slug)
        assert track is not None
        return Sources(
            setup=self.state.setup,
            track=track,
            now=self.at,
            sessions=tuple(self.state.of_track(slug) if sessions is None else sessions),
            kinds=self.register.kinds,
            blocks=self.register.blocks,
            entries=self.state.stream(f"track/{slug}"),
            persons=self.state.persons,
        )

    @property
    def session(self) -> Session:
        """The newest session."""
        return max(self.state.sessions(), key=lambda session: session.started)


def shown(order: effects.Effect) -> list[str]:
    match order:
        case effects.Acknowledge("", emoji):
            return [f">+ {emoji}"]
        case effects.Reply(text) | effects.Acknowledge(text):
            return [f"> {text}"]
        case effects.Say(rooms, text):
            return [f">[{room}] {text}" for room in rooms]
        case effects.Tell(to, text):
            return [f">{to.name} {text}"]
        case effects.Mail(letter):
            return [f">@ mail to {', '.join(letter.to)}: {letter.subject}"]
        case _:
            return [f">? {type(order).__name__}"]
