"""What a small plugin needs. The other layers hold the rest: `bot.api.effects`, `events`, `facts`, `people`, `recap`, `records`, `words`."""

from bot.core.effects import Acknowledge, Announce, Effect, Reply, Say, Tell, Write
from bot.core.events import MomentDue
from bot.core.facts import GATHERING, Content
from bot.core.people.identity import Identity
from bot.core.plugin.ask import Ask, Declared, Occasion, Reaction
from bot.core.plugin.command import Command, Needs
from bot.core.plugin.declarations import Plugin
from bot.core.plugin.hooks import Missing, Moment
from bot.core.plugin.kind import Form, Kind
from bot.core.plugin.long_lists import in_private, listing
from bot.core.plugin.recording import record_as
from bot.core.session.plugin_state import Folding
from bot.core.session.rules import Rules
from bot.core.session.session import Entry, RecordedItem, Session, Topic, voided_causes
from bot.core.state.access import Role
from bot.core.state.setup import Gathering, Setup, Slot, Track
from bot.core.state.streams import track_of_stream, track_stream
from bot.core.state.view import StateView
from bot.core.words.input_problem import InputProblem
from bot.core.words.phrase import Phrase
from bot.core.words.sentences import clock, counted, listed, plural
from bot.core.words.text import shortened, titled

__all__ = [
    "GATHERING", "Acknowledge", "Announce", "Ask", "Command", "Content", "Declared", "Effect", "Entry", "Folding", "Form",
    "Gathering", "Identity", "InputProblem", "Kind", "Missing", "Moment", "MomentDue", "Needs", "Occasion",
    "Phrase", "Plugin", "Reaction", "RecordedItem", "Reply", "Role", "Rules", "Say", "Session", "Setup", "Slot",
    "StateView", "Tell", "Topic", "Track", "Write", "clock", "counted", "in_private", "listed", "listing", "plural", "record_as",
    "shortened", "titled", "track_of_stream", "track_stream", "voided_causes",
]  # fmt: skip
