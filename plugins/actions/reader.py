"""Reads the actions of one line; people are looked up once, and what was read is not read again."""

from collections.abc import Mapping
from datetime import date

from bot.api import Ask, Identity
from bot.api.facts import Owner
from bot.api.people import masked
from plugins.actions.acquaintances import acquaintances
from plugins.actions.due_dates import Unclear, When, may_have_date, read_when
from plugins.actions.mentions import Tokens, names_masked, read_masked
from plugins.actions.owners import Reading, is_names_only
from plugins.actions.roster import Roster
from plugins.actions.settings import ActionsTrack


class ActionReader:
    """Reads the owners and due dates of texts as their speaker means them."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._readings: dict[str, Reading] = {}
        self._days: dict[tuple[str, date], When | Unclear | None] = {}
        self._masked: dict[str, tuple[str, Tokens, Roster]] = {}
        self._roster = self._roster_with({})

    def read(self, text: str) -> Reading:
        """Return the owners and the task of an action."""
        reading = self._readings.get(text)
        if reading is None:
            hidden, tokens, roster = self._mask(text)
            reading = self._readings[text] = read_masked(hidden, tokens, roster)
        return reading

    def names_in(self, text: str) -> tuple[Owner, ...]:
        """Return a list of names in which every name is meant; empty if it is not such a list."""
        return names_masked(*self._mask(text))

    def only_names(self, text: str) -> tuple[Owner, ...]:
        """Return the people if `text` consists of their names, without a task."""
        hidden, _, roster = self._mask(text)
        return self.names_in(text) if is_names_only(hidden, roster) else ()

    def when(self, text: str, said_on: date) -> When | Unclear | None:
        """Return the due date in `text`; the name of somebody here is neither a milestone nor a month."""
        if (text, said_on) not in self._days:
            self._days[text, said_on] = self._when(text, said_on) if may_have_date(text) else None
        return self._days[text, said_on]

    def _when(self, text: str, said_on: date) -> When | Unclear | None:
        when = read_when(text, said_on, self.milestones)
        words = when.words if isinstance(when, When) else when.typed if when is not None else ""
        return None if words and self._ask.directory.bearers(words) else when

    @property
    def milestones(self) -> Mapping[str, date]:
        """The days of the track's milestones."""
        track = self._ask.track
        return track.of(ActionsTrack).milestones if track is not None else {}

    def _mask(self, text: str) -> tuple[str, Tokens, Roster]:
        """Return the text with tokens instead of mentions, the tokens, and the people who may be meant."""
        if not self._ask.mentions:
            return text, {}, self._roster
        if text not in self._masked:
            hidden, tokens = masked(text, self._ask.mentions)
            people = {token: person for token, (_, person) in tokens.items()}
            self._masked[text] = hidden, tokens, self._roster_with(people)
        return self._masked[text]

    def _roster_with(self, people: Mapping[str, Identity]) -> Roster:
        ask = self._ask
        return Roster(
            ask.speaker, people, ask.room.casemapping, ask.setup.names, ask.directory, acquaintances(ask)
        )
