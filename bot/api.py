"""The one module that plugins import: the core's values and declarations, re-exported and nothing else."""

from bot.core.effects import (
    Acknowledge,
    Announce,
    Effect,
    Fetch,
    Letter,
    Mail,
    Prepare,
    Recall,
    Remember,
    Reply,
    Say,
    Tell,
    Write,
)
from bot.core.events import (
    Departed,
    Edited,
    Fetched,
    MailRefused,
    Message,
    MomentDue,
    NickChanged,
    Power,
    Prepared,
    Room,
)
from bot.core.facts import (
    GATHERING,
    Account,
    Answer,
    BreakBegan,
    BreakEnded,
    ChairsAdded,
    ChairsRemoved,
    Content,
    HeadlineSet,
    IdentityClaimed,
    IdentityDisclaimed,
    MessageEdited,
    MessageRedacted,
    Moved,
    Owner,
    PersonRenamed,
    PersonSeen,
    RecordAnswered,
    RecordDone,
    Recorded,
    RecordKept,
    RecordSupported,
    Regretted,
    Revised,
    SessionClosed,
    SessionExtended,
    SessionOpened,
    SessionPaused,
    SessionRenamed,
    SessionReopened,
    SessionResumed,
    SubtopicClosed,
    SubtopicOpened,
    SubtopicRetitled,
    TeamNamed,
    TextRemoved,
    TopicClosed,
    TopicOpened,
    TopicRetitled,
    TopicTimed,
    Voided,
    Withdrawn,
)
from bot.core.people.identity import (
    BRIDGE_SUFFIX,
    Identity,
    casefold,
    look_alike,
    names_in,
    plain_name,
    same_rights,
)
from bot.core.people.names import Directory, Mentions, Named, is_token, masked, unmasked
from bot.core.people.persons import CLAIM_HOLDS, Links, Persons, global_account
from bot.core.people.roll import Person, Roll
from bot.core.plugin.agenda_item import AgendaItem
from bot.core.plugin.ask import Ask, Occasion, Reaction
from bot.core.plugin.ballots import Ballots
from bot.core.plugin.declarations import Command, Form, Kind, Missing, Moment, Needs, Plugin
from bot.core.plugin.recording import record_as, understood, why_not
from bot.core.recap.blocks import (
    AnyBlock,
    Block,
    Bullets,
    EditorMark,
    Groups,
    Labelled,
    Link,
    Paragraph,
    Place,
    Section,
    SeeAlso,
)
from bot.core.recap.part import Part, PartTopic, Placed, part_of
from bot.core.recap.part_plan import (
    By,
    Following,
    Numbered,
    Planned,
    complete_at,
    day_of,
    days_of,
    following,
    planned_of,
)
from bot.core.recap.sources import Sources
from bot.core.session.fold import fold, without
from bot.core.session.plugin_state import Folding
from bot.core.session.session import Entry, Gap, RecordedItem, Session, Topic, voided_causes
from bot.core.state.access import Role, authored, is_author, is_chair, is_maintainer, proves, role_of
from bot.core.state.carried_over import CarriedOver, backing, open_at, origin, supporting
from bot.core.state.setup import Gathering, Maintainer, Setup, Slot, Team, Track
from bot.core.state.streams import track_of_stream, track_stream
from bot.core.state.view import StateView
from bot.core.words.durations import duration
from bot.core.words.grammar import is_off_the_record, spellings
from bot.core.words.input_problem import InputProblem
from bot.core.words.packed_lists import packed
from bot.core.words.phrase import Phrase
from bot.core.words.sentences import (
    clock,
    counted,
    day_in_words,
    in_words,
    listed,
    listed_some,
    minutes_in_words,
    month_in_words,
    plural,
    short_length,
    zone_name,
)
from bot.core.words.text import LONGEST_TITLE, clean, near_miss, shortened, titled

__all__ = [
    "BRIDGE_SUFFIX", "CLAIM_HOLDS", "GATHERING", "LONGEST_TITLE", "Account", "Acknowledge", "AgendaItem",
    "Announce", "Answer", "AnyBlock", "Ask", "Ballots", "Block", "BreakBegan", "BreakEnded", "Bullets", "By",
    "CarriedOver", "ChairsAdded", "ChairsRemoved", "Command", "Content", "Departed", "Directory", "Edited",
    "EditorMark", "Effect", "Entry", "Fetch", "Fetched", "Folding", "Following", "Form", "Gap", "Gathering",
    "Groups", "HeadlineSet", "Identity", "IdentityClaimed", "IdentityDisclaimed", "InputProblem", "Kind",
    "Labelled", "Letter", "Link", "Links", "Mail", "MailRefused", "Maintainer", "Mentions", "Message",
    "MessageEdited", "MessageRedacted", "Missing", "Moment", "MomentDue", "Moved", "Named", "Needs",
    "NickChanged", "Numbered", "Occasion", "Owner", "Paragraph", "Part", "PartTopic", "Person", "PersonRenamed",
    "PersonSeen", "Persons", "Phrase", "Place", "Placed", "Planned", "Plugin", "Power", "Prepare", "Prepared",
    "Reaction", "Recall", "RecordAnswered", "RecordDone", "RecordKept", "RecordSupported", "Recorded",
    "RecordedItem", "Regretted", "Remember", "Reply", "Revised", "Role", "Roll", "Room", "Say", "Section", "SeeAlso",
    "Session", "SessionClosed", "SessionExtended", "SessionOpened", "SessionPaused", "SessionRenamed",
    "SessionReopened", "SessionResumed", "Setup", "Slot", "Sources", "StateView", "SubtopicClosed",
    "SubtopicOpened", "SubtopicRetitled", "Team", "TeamNamed", "Tell", "TextRemoved", "Topic", "TopicClosed",
    "TopicOpened", "TopicRetitled", "TopicTimed", "Track", "Voided", "Withdrawn", "Write",
    "authored", "backing", "casefold", "clean", "clock", "complete_at", "counted", "day_in_words", "day_of",
    "days_of", "duration", "fold", "following", "global_account", "in_words", "is_author", "is_chair",
    "is_maintainer", "is_off_the_record", "is_token", "listed", "listed_some", "look_alike", "masked",
    "minutes_in_words", "month_in_words", "names_in", "near_miss", "open_at", "origin", "packed", "part_of",
    "plain_name", "planned_of", "plural", "proves", "record_as", "role_of", "same_rights", "short_length", "shortened",
    "spellings", "supporting", "titled", "track_of_stream", "track_stream", "understood", "unmasked", "voided_causes", "why_not", "without", "zone_name",
]  # fmt: skip
