"""Redaction of a message, an edit or a reaction: its facts are undone, and its words are removed everywhere.

The start, the end and the pauses of a session stay; all other facts that the message caused are voided, in every stream.
After the redaction of an edit, the version before it is valid again. No answer quotes a redacted word.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from bot.core import effects, facts, phrases
from bot.core.edits.message_records import causes_in, edit_ids, edits_of, redacted_of, target_of
from bot.core.edits.quotes import mended_since, restated
from bot.core.events import Redacted
from bot.core.facts import GATHERING, MessageRedacted, TopicOpened
from bot.core.people.identity import Identity
from bot.core.session.redacted_text import loses_text
from bot.core.session.session import Entry, Session, voided_causes
from bot.core.state.state import State
from bot.core.state.streams import track_stream
from bot.core.turn.decision import Blank, Context
from bot.core.turn.reactions import SUFFIX
from bot.core.words.sentences import counted, day_in_words

COURSE = (
    facts.SessionOpened,
    facts.SessionClosed,
    facts.SessionReopened,
    facts.SessionPaused,
    facts.SessionResumed,
)
NOTHING_DONE = (
    facts.Voided,
    MessageRedacted,
    facts.TalkRedacted,
)  # a cause with no other facts has nothing to undo


class Taking(Struct, frozen=True):
    """The changes that a redaction makes in one stream.

    messages: ids of the messages that lose their text
    void:     causes to be voided
    others:   causes of corrections by others that may repeat the words; they lose their text too
    again:    (cause, fact) pairs that restate the text of valid versions
    """

    messages: tuple[str, ...]
    void: tuple[str, ...]
    others: tuple[str, ...] = ()
    again: tuple[tuple[str, object], ...] = ()


class Removing(Struct, frozen=True):
    """One redaction while it is being decided."""

    event: Redacted
    context: Context

    def write(self, stream: str, fact: object, cause: str = "") -> None:
        """Add a fact to a stream."""
        self.context.write(fact, stream=stream, cause=cause)

    def entries(self, stream: str) -> Iterable[Entry]:
        """All present entries of a session or another stream."""
        session = self.context.state.session(stream)
        return session.entries if session is not None else self.context.state.stream(stream)

    def take(self, stream: str, taking: Taking) -> None:
        """Change one stream: remove the words first, then void the causes."""
        before = self.context.state.session(stream)
        self.context.state.redact_text(stream, taking.messages, taking.others, self.context.register.blanks)
        for cause, fact in taking.again:
            self.write(stream, fact, cause)
        valid = [cause for cause in dict.fromkeys(taking.void) if self._stands(stream, cause)]
        for cause in valid:
            self.write(stream, facts.Voided(cause))
        if before is not None:
            self._tell(before)
        elif valid:
            self.context.decision.orders.append(
                effects.Announce(phrases.REMOVED_DEEDS(who=self.event.by.name))
            )

    def take_quotes(self, stream: str, *, of_talk: bool = False) -> list[str]:
        """Remove the words from facts of other streams that quote this session; returns the causes of these facts.

        of_talk: only from facts that may quote what was only said
        """
        session = self.context.state.session(stream)
        register = self.context.register
        find = register.talk_quotes if of_talk else register.quotes
        quotes = find(self.context.state, session) if session is not None else []
        for elsewhere, cause in quotes:
            self.context.state.redact_text(elsewhere, (), (cause,), self.context.register.blanks)
        return [cause for _, cause in quotes]

    def take_reaction(self, stream: str) -> None:
        """Undo the facts of a reaction; it has no words."""
        cause = f"{self.event.target}{SUFFIX}"
        if self._stands(stream, cause):
            self.write(stream, facts.Voided(cause))

    def _stands(self, stream: str, cause: str) -> bool:
        """Whether a cause has facts in a stream that can be undone and are not yet."""
        entries = self.entries(stream)
        found = [entry.fact for entry in entries if entry.cause == cause]
        done = [fact for fact in found if not isinstance(fact, NOTHING_DONE)]
        stays = (*COURSE, *self.context.register.blanks.stay)
        return (
            bool(done)
            and cause not in voided_causes(entries)
            and not any(isinstance(fact, stays) for fact in done)
        )

    def _tell(self, before: Session) -> None:
        """Note the redaction in the session, and say what was removed."""
        self.write(before.id, MessageRedacted(self.event.target))
        after = self._session(before.id)
        if not after.name:
            self.write(before.id, facts.SessionRenamed(self._usual_name(after)))
            after = self._session(before.id)
        of_edit = target_of(before, self.event.target) is not None
        text = _summary(before, after, self.event.by.name, of_edit=of_edit)
        if text:
            self.context.decision.orders.append(effects.Announce(text))

    def _session(self, name: str) -> Session:
        found = self.context.state.session(name)
        assert found is not None
        return found

    def _usual_name(self, session: Session) -> str:
        """The default name of a session."""
        track = self.context.state.setup.track(session.track)
        return f"{track.name if track is not None else session.track}, {day_in_words(session.date)}"


def redacted(event: Redacted, context: Context) -> None:
    """Decide on a redaction."""
    state, removing = context.state, Removing(event, replace(context, by=event.by))
    messages, others = list(_versions(event)), list[str]()
    concerned: list[object] = []
    quoted = False
    streams = list(_streams(event, state, context.register.streams))
    only_own = not event.moderates or event.room.private  # power in a private room counts nothing elsewhere
    if only_own and not _is_own(event, streams, removing):
        return
    for stream in streams:
        entries = removing.entries(stream)
        if _is_of_reaction(entries, event.target):
            removing.take_reaction(stream)
            continue
        session = state.session(stream)
        taking = _from_session(session, event) if session is not None else _from_stream(entries, event)
        losing = [entry.fact for entry in entries if loses_text(entry.cause, taking.messages, taking.others)]
        if losing:
            concerned += losing
            messages += taking.messages
            others += taking.others
            quoted = True
            removing.take(stream, taking)
            others += removing.take_quotes(stream)
        elif session is not None and session.ended is not None and _has_line(event, session):
            # what was only said may stand in the draft for the maintainers, which is written again
            quoted = True
            removing.write(stream, facts.TalkRedacted(event.target))
            others += removing.take_quotes(stream, of_talk=True)
    if concerned:
        entries = [entry for stream in streams for entry in removing.entries(stream)]
        openings = [(entry.cause, entry.fact) for entry in entries if isinstance(entry.fact, TopicOpened)]
        gone = context.register.blanks.gone(messages, concerned, openings)
        for stream in streams:
            state.redact_copies(stream, gone, context.register.blanks)
    if messages:
        home = event.earlier.session if event.earlier is not None else ""
        context.decision.blank = Blank(
            home, tuple(dict.fromkeys(messages)), tuple(dict.fromkeys(others)), quoted
        )


def _has_line(event: Redacted, session: Session) -> bool:
    """Whether the message is in the log of this session."""
    return event.earlier is not None and event.earlier.session == session.id


def _is_own(event: Redacted, streams: Iterable[str], removing: Removing) -> bool:
    """Whether everything that the message led to was said by the person who redacts it."""
    authors: list[Identity] = []
    for stream in streams:
        entries = removing.entries(stream)
        causes = {*causes_in(entries, (event.target,)), f"{event.target}{SUFFIX}"}
        authors += (entry.by for entry in entries if entry.by is not None and entry.cause in causes)
    if event.earlier is not None:
        authors.append(event.earlier.author)
    persons = removing.context.state.persons
    return all(persons.has_rights_of(event.by, author) for author in authors)


def _streams(event: Redacted, state: State, streams: Iterable[str]) -> Iterator[str]:
    """The streams that may have facts of the message: sessions of the room's tracks, these tracks, the gathering.

    streams: those of plugins
    """
    home = event.earlier.session if event.earlier is not None else ""
    setup, room = state.setup, event.room
    # in private and in the gathering's rooms, a command can be about any track
    is_for_all = room.private or setup.is_gathering_room(room.id)
    tracks = {track.slug for track in (setup.tracks if is_for_all else setup.tracks_of(room.id))}
    sessions = sorted(state.sessions(), key=lambda session: (session.id != home, session.started, session.id))
    here = [
        session
        for session in sessions
        if session.id == home or session.track in tracks or event.room.id in session.rooms
    ]
    yield from (session.id for session in here)
    yield from sorted({track_stream(slug) for slug in (*tracks, *(session.track for session in here))})
    yield GATHERING
    yield from streams


def _versions(event: Redacted) -> tuple[str, ...]:
    """The ids that the log knows: of all versions of a redacted message, or of a single redacted edit."""
    if event.earlier is None:
        return ()
    ids = tuple(version for version, _ in event.earlier.versions)
    return ids if event.target == ids[0] else (event.target,)


def _is_of_reaction(entries: Iterable[Entry], target: str) -> bool:
    return any(entry.cause == f"{target}{SUFFIX}" for entry in entries)


def _from_stream(entries: Iterable[Entry], event: Redacted) -> Taking:
    messages = _versions(event) or (event.target,)
    return Taking(messages, tuple(causes_in(entries, messages)))


def _from_session(session: Session, event: Redacted) -> Taking:
    target = target_of(session, event.target)
    if target is not None:
        return _edit(session, target, event.target)
    messages = tuple(dict.fromkeys((event.target, *edit_ids(session, event.target), *_versions(event))))
    others = mended_since(session, messages, ())
    return Taking(messages, (*causes_in(session.entries, messages), *others), others)


def _edit(session: Session, target: str, edit: str) -> Taking:
    """The newest valid edits are voided if they are redacted; an earlier edit only loses its words."""
    gone = redacted_of(session) | {edit}
    valid = [entry.cause for entry in edits_of(session, target)]
    void: list[str] = []
    while valid and valid[-1] in gone:
        void += causes_in(session.entries, [valid.pop()])
    own = (target, *(id_ for id_ in edit_ids(session, target) if id_ != edit))
    others = mended_since(session, (edit,), own)
    again = tuple(restated(session, target, edit, valid)) if edit in valid else ()
    return Taking((edit,), (*void, *others), others, again)


def _summary(before: Session, after: Session, who: str, *, of_edit: bool) -> str:
    """The announcement of a redaction: numbers and kinds, never the text; empty if nothing changed."""
    was = {record.n: record for record in before.records}
    now = {record.n: record for record in after.records}
    out = [phrases.RECORD(n=n, kind=record.kind) for n, record in was.items() if n not in now]
    topics = len(before.topics) - len(after.topics)
    out += ["a topic" if topics == 1 else counted(topics, "topic")] if topics > 0 else []
    out += ["the session's name"] if before.name != after.name else []
    again = [f"#{n}" for n, record in now.items() if n in was and record.content != was[n].content]
    back = [f"#{n}" for n in now if n not in was]
    if out or again or back:
        return phrases.removed(out, again, back, who, of_edit=of_edit)
    return phrases.REMOVED_DEEDS(who=who) if _differs(before, after) else ""


def _differs(before: Session, after: Session) -> bool:
    """Whether something in the session was undone."""
    return before.voided != after.voided
