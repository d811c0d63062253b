"""The one module that plugins import: the core's values and declarations, re-exported and nothing else."""

from bot.core.access import Role, authored, is_author, is_maintainer
from bot.core.ask import Ask, Occasion
from bot.core.durations import duration
from bot.core.effects import Acknowledge, Effect, Letter, Mail, Prepare, Recall, Record, Reply, Say, Tell
from bot.core.facts import (
    ChairsAdded,
    ChairsRemoved,
    Content,
    HeadlineSet,
    Moved,
    Owner,
    PersonSeen,
    Recorded,
    Regretted,
    Revised,
    SessionClosed,
    SessionOpened,
    SessionPaused,
    SessionRenamed,
    SessionReopened,
    SessionResumed,
    SubtopicOpened,
    TeamNamed,
    TopicOpened,
    TopicRetitled,
    Voided,
    Withdrawn,
)
from bot.core.fold import without
from bot.core.messages import MailRefused, MomentDue, Prepared, Room
from bot.core.people import Identity, casefold, look_alike, names_in, plain_name, same_rights
from bot.core.plugin import Command, Form, Kind, Missing, Moment, Needs, Plugin
from bot.core.recording import record_as, understood
from bot.core.session import Entry, Gap, RecordedItem, Session, Topic
from bot.core.setup import Gathering, Maintainer, Setup, Slot, Team, Track
from bot.core.sources import Sources
from bot.core.text import LONGEST_TITLE, clean, near_miss, shortened, titled
from bot.core.wording import (
    clock,
    counted,
    day_in_words,
    in_words,
    listed,
    minutes_in_words,
    month_in_words,
    plural,
)
from bot.core.world import World

__all__ = [
    "LONGEST_TITLE", "Acknowledge", "Ask", "ChairsAdded", "ChairsRemoved", "Command", "Content", "Effect",
    "Entry", "Form", "Gap", "Gathering", "HeadlineSet", "Identity", "Kind", "Letter", "Mail", "MailRefused",
    "Maintainer", "Missing", "Moment", "MomentDue", "Moved", "Needs", "Occasion", "Owner", "PersonSeen",
    "Plugin", "Prepare", "Prepared", "Recall", "Record", "Recorded", "RecordedItem", "Regretted", "Reply",
    "Revised", "Role", "Room", "Say", "Session", "SessionClosed", "SessionOpened", "SessionPaused",
    "SessionRenamed", "SessionReopened", "SessionResumed", "Setup", "Slot", "Sources", "SubtopicOpened",
    "Team", "TeamNamed", "Tell", "Topic", "TopicOpened", "TopicRetitled", "Track", "Voided", "Withdrawn",
    "World", "authored", "casefold", "clean", "clock", "counted", "day_in_words", "duration", "in_words",
    "is_author", "is_maintainer", "listed", "look_alike", "minutes_in_words", "month_in_words", "names_in",
    "near_miss", "plain_name", "plural", "record_as", "same_rights", "shortened", "titled", "understood",
    "without",
]  # fmt: skip
