"""The questions that the engine and other plugins ask a plugin; a function becomes an answer by a decorator.

Rules of this file: a hook is called as a decorator and holds the functions that it decorated, in their order. What a
function is given, and what it may give, its type says.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from bot.core.effects import Effect
from bot.core.people.identity import Identity
from bot.core.plugin.agenda_item import AgendaItem
from bot.core.plugin.ask import Ask, Occasion, Reaction
from bot.core.plugin.kind import Kind
from bot.core.plugin.synonyms import Synonyms
from bot.core.plugin.topic_choice import TopicChoice
from bot.core.session.session import Entry, RecordedItem, Session
from bot.core.state.setup import Setup, Track
from bot.core.state.view import StateView
from bot.core.words.input_problem import InputProblem

Handler = Callable[[Ask], Sequence[Effect]]
OccasionHandler = Callable[[Occasion], Iterable[Effect]]
ReactionHandler = Callable[[Reaction], Sequence[Effect]]
Consequence = Callable[[Occasion, Any], Iterable[Effect]]
Rooms = Callable[[Setup], Iterable[str]]
Undoable = Callable[[Session, Entry], str | None]

F = TypeVar("F", bound=Callable[..., object])


class Moment(Struct, frozen=True):
    """A moment at which a plugin wants to be asked, for a stream; `name` says which of its moments it is."""

    name: str
    at: datetime


class Missing(Struct, frozen=True):
    """What a session lacks, for the report at its end; `text` completes "missing: ..."."""

    text: str
    order: int = 50


class Hook(Generic[F]):
    """A question: decorate a function with it to answer."""

    def __init__(self) -> None:
        self._functions: list[F] = []

    def __call__(self, function: F) -> F:
        """Let the decorated function answer too."""
        self._functions.append(function)
        return function

    def __iter__(self) -> Iterator[F]:
        return iter(self._functions)


class HookByKey(Generic[F]):
    """A question about a fact or a command: decorate a function with `hook(key)` to answer for it."""

    def __init__(self) -> None:
        self.functions: dict[Any, list[F]] = {}

    def __call__(self, key: object) -> Callable[[F], F]:
        """Let the decorated function answer for this key."""

        def declare(function: F) -> F:
            self.functions.setdefault(key, []).append(function)
            return function

        return declare

    def last(self) -> dict[Any, F]:
        """One answer for each key."""
        return {key: functions[-1] for key, functions in self.functions.items()}


WhyNoTrackCommand = Hook[Callable[[Ask], str | None]]
WhyNot = Hook[Callable[[StateView, Session], str | None]]
Sentences = Hook[Callable[[StateView, Session, datetime], Iterable[str]]]


class SessionHooks(Struct):
    """What plugins say of a session.

    status:            what can be said of a running session in a line, for #status
    outlook:           what is to come in the time that is left, for #time
    farewell:          what else is said when a session ends
    late_change:       what comes of something that is added to a session after its end
    end_check:         what a session lacks
    closing_facts:     facts by which what is open in a session ends with it (a vote), written before the session's end
    room_topic:        what the topic of the session's rooms should be; None leaves them alone
    against_reopening: why an ended session cannot be reopened any more; None when it can
    settled:           whether an ended session can go out of memory
    parties:           who has a part in a session though perhaps nobody saw them: their changes of nick are followed too
    """

    status: Sentences = field(default_factory=Hook)
    outlook: Sentences = field(default_factory=Hook)
    farewell: Sentences = field(default_factory=Hook)
    late_change: Sentences = field(default_factory=Hook)
    end_check: Hook[Callable[[StateView, Session], Iterable[Missing]]] = field(default_factory=Hook)
    closing_facts: Hook[Callable[[StateView, Session], Iterable[object]]] = field(default_factory=Hook)
    room_topic: Hook[Callable[[StateView, Session], str | None]] = field(default_factory=Hook)
    against_reopening: WhyNot = field(default_factory=Hook)
    settled: Hook[Callable[[StateView, Session], bool]] = field(default_factory=Hook)
    parties: Hook[Callable[[Session], Iterable[Identity]]] = field(default_factory=Hook)


class AgendaHooks(Struct):
    """What plugins know of the agenda.

    items:             the items of a session's agenda
    waiting:           the items that wait for a track's next session
    remarks:           what an agenda shows beside an item (by its id)
    topic_choice:      the item that #topic means; None if it means no item
    put_back:          the fact that opens the current item again when the session goes back from it, and the item's name
    against_advancing: why the next item should wait (`#next!` goes on all the same); None when nothing speaks against it
    closer:            asked at #close, closes what is open of its plugin (a motion); None where nothing is
    """

    items: Hook[Callable[[Session], Iterable[AgendaItem]]] = field(default_factory=Hook)
    waiting: Hook[Callable[[StateView, Track], Iterable[AgendaItem]]] = field(default_factory=Hook)
    remarks: Hook[Callable[[StateView, str], Iterable[str]]] = field(default_factory=Hook)
    topic_choice: Hook[Callable[[Ask], TopicChoice | InputProblem | None]] = field(default_factory=Hook)
    put_back: Hook[Callable[[Session], tuple[object, str] | None]] = field(default_factory=Hook)
    against_advancing: WhyNot = field(default_factory=Hook)
    closer: Hook[Callable[[Ask], Sequence[Effect] | None]] = field(default_factory=Hook)


class RecapHooks(Struct):
    """What plugins give to the recap and to other programs.

    blocks:       what they put into a part's recap
    session_json, record_json: keys that they add to a session or a record in the export
    """

    blocks: Hook[Callable[..., Iterable[Any]]] = field(default_factory=Hook)
    session_json: Hook[Callable[[Session], Mapping[str, Any]]] = field(default_factory=Hook)
    record_json: Hook[Callable[[Session, RecordedItem], Mapping[str, Any]]] = field(default_factory=Hook)


class EditHooks(Struct):
    """What follows when people take back or change what they said.

    line_edited:  by word of a command: runs instead of it when an edit of a message brought or changed such a line; without
                  it an edit runs nothing, and says so
    line_removed: by word of a command: runs when an edit took such a line away (`ask.edits` is the cause of what it did)
    quotes:       stream and cause of facts elsewhere that may hold words of a session: a redaction takes their text too
    talk_quotes:  the same, of facts that may hold what was only said in a session that is over, and led to nothing
    undoable:     by fact: what #undo calls it; None if it cannot be undone anymore. Without it, the words of the fact's name
    """

    line_edited: HookByKey[Handler] = field(default_factory=HookByKey)
    line_removed: HookByKey[Handler] = field(default_factory=HookByKey)
    quotes: Hook[Callable[[StateView, Session], Iterable[tuple[str, str]]]] = field(default_factory=Hook)
    talk_quotes: Hook[Callable[[StateView, Session], Iterable[tuple[str, str]]]] = field(default_factory=Hook)
    undoable: HookByKey[Undoable] = field(default_factory=HookByKey)


class PluginHooks:
    """The questions that plugins answer by decorated functions.

    session, agenda, recap, edits: questions about these
    reaction:         sees every reaction to a message; taking a reaction back takes back what it caused
    due:              the moments of a stream, asked after every turn that changed it
    upon:             by fact: what follows whenever such a fact was decided, by whatever plugin. It may record facts of its
                      own (with the same cause, so that an undo takes them back too), say and tell; what these facts
                      lead to is not asked again
    configured_kinds: kinds of record that the configuration adds
    synonyms:         words of other bots and of people for commands of any plugin
    against_track_command: says why somebody may use no command about a track here; None if they may
    check:            gives remarks on the configuration, for `gatherbot check`
    warm_up:          loads what is needed later and takes long to load; may run in a thread
    """

    def __init__(self) -> None:
        self.session, self.agenda = SessionHooks(), AgendaHooks()
        self.recap, self.edits = RecapHooks(), EditHooks()
        self.reaction: Hook[ReactionHandler] = Hook()
        self.due: Hook[Callable[[StateView, str], Iterable[Moment]]] = Hook()
        self.upon: HookByKey[Consequence] = HookByKey()
        self.configured_kinds: Hook[Callable[[Setup], Iterable[Kind]]] = Hook()
        self.synonyms: Hook[Callable[[Setup], Synonyms]] = Hook()
        self.check: Hook[Callable[[Setup], Iterable[str]]] = Hook()
        self.warm_up: Hook[Callable[[], Any]] = Hook()
        self.against_track_command: WhyNoTrackCommand = Hook()
