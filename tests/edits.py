"""A stage on which messages have ids and may be edited and taken away, as on Matrix; what the desk fills in is filled in here.

stage.post("amaru", "e1", "#info one", "#info two")
stage.edit("amaru", "e1", "#info one")      # -> what the bot says; the edit's id is "e1~1"
stage.redact("amaru", "e1~1")
"""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.core.earlier_messages import Earlier
from bot.core.events import Edited, Message, Power, Reacted, Redacted, Room
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.register import Register
from bot.core.state.setup import Setup
from bot.core.turn.commands import read_event
from bot.core.turn.decision import Decision
from bot.core.turn.dispatch import decide
from tests.play import ROOM, Stage, shown


class MatrixStage(Stage):
    """A stage with a log of its own; `log` holds the logged lines, by id of message or edit."""

    def __init__(self, plugins: list[Plugin] | Register, setup: Setup | None = None) -> None:
        super().__init__(plugins, setup)
        self.log: dict[str, list[Message]] = {}
        self._home: dict[str, str] = {}
        self._edits: dict[str, list[str]] = {}

    def room(self) -> Room:
        return Room(ROOM, "irc", members=self.members)

    def _lines(self, nick: str, name: str, texts: Iterable[str]) -> tuple[Message, ...]:
        self.joins(nick)
        power = Power.MODERATOR if nick in self.ops else Power.NONE
        return tuple(
            Message(self.room(), self.who(nick), text, self.at, power, name, number)
            for number, text in enumerate(texts)
        )

    def post(self, nick: str, name: str, *texts: str) -> list[str]:
        """Say a message of some lines."""
        said = []
        for line in self._lines(nick, name, texts):
            decision = self._decide(line, f"{name}/{line.number}" if line.number else name)
            if decision.log is not None:
                self.log.setdefault(name, []).append(line)
                self._home[name] = decision.log
            said += [line for order in decision.orders for line in shown(order)]
        return said

    def edit(self, nick: str, name: str, *texts: str) -> list[str]:
        """Edit a message, whether it came or not."""
        edits = self._edits.setdefault(name, [])
        edits.append(f"{name}~{len(edits) + 1}")
        event = Edited(name, self._lines(nick, edits[-1], texts), self.earlier(name))
        decision = self._decide(event, edits[-1])
        if decision.log is not None:
            self.log[edits[-1]] = list(event.lines if decision.lines is None else decision.lines)
            self._home[edits[-1]] = decision.log
        return [line for order in decision.orders for line in shown(order)]

    def redact(self, nick: str, target: str, *, moderates: bool = True) -> list[str]:
        """Take a message, an edit or a reaction away."""
        self.count += 1
        self.joins(nick)
        earlier, cause = self.earlier(target), f"r{self.count}"
        event = Redacted(self.room(), self.who(nick), target, self.at, cause, earlier, moderates=moderates)
        decision = self._decide(event, f"r{self.count}")
        if decision.blank is not None:
            for name in decision.blank.messages:
                self.log[name] = [replace(line, text="") for line in self.log.get(name, ())]
        return [line for order in decision.orders for line in shown(order)]

    def react(self, nick: str, target: str, emoji: str) -> list[str]:
        """React to a message; the reaction's id is the target's with emoji and nick."""
        power = Power.MODERATOR if nick in self.ops else Power.NONE
        name = f"{target}+{emoji} {nick}"
        event = Reacted(self.room(), self.who(nick), target, emoji, self.at, power, name)
        return [line for order in self._decide(event, name).orders for line in shown(order)]

    def earlier(self, name: str) -> Earlier | None:
        """What the log knows of a message."""
        target = next((one for one, edits in self._edits.items() if name in edits), name)
        known = [one for one in (target, *self._edits.get(target, ())) if self.log.get(one)]
        if not known:
            return None
        first = self.log[known[0]][0]
        versions = {target: (), **{one: self._texts(one) for one in known}}
        at = first.at if known[0] == target else None
        return Earlier(self._home[known[0]], first.speaker, tuple(versions.items()), at)

    def _texts(self, name: str) -> tuple[str, ...]:
        by_place = {line.number: line.text for line in self.log[name]}
        return tuple(by_place.get(place, "") for place in range(max(by_place) + 1))

    def _decide(self, event: object, cause: str) -> Decision:
        fork = self.state.fork()
        reading = read_event(event, self.register, ("gatherbot",))  # type: ignore[arg-type]
        decision = decide(reading, fork, self.register, cause)
        if decision.fault is not None:
            raise decision.fault
        fork.adopt()
        self.decisions.append(decision)
        return decision
