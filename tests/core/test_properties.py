"""What holds in any conversation, with all bundled plugins."""

from hypothesis import given, settings
from msgspec.structs import replace

from bot.core.facts import (
    CORE_FACTS,
    PersonSeen,
    Recorded,
    Revised,
    SubtopicOpened,
    TopicOpened,
    Voided,
    Withdrawn,
)
from bot.core.recap.export import as_json
from bot.core.session.fold import fold
from bot.core.session.session import Entry, Session
from bot.core.words.grammar import read
from bot.core.words.text import clean
from bot.storage.codec import Codec
from plugins.recap.renderings import render
from tests.core.conversations import CONVERSATIONS, DECLARED, SETUP, Company, Event, Line, after
from tests.transcripts.record_contract import DOCUMENT, faults, letters

CODEC = Codec([*CORE_FACTS, *DECLARED.facts()])
ENOUGH = settings(max_examples=200, deadline=None)


def stored(entry: Entry) -> Entry:
    """An entry as it comes back from storage."""
    fact = CODEC.decode(*CODEC.encode(entry.fact))
    assert fact is not None
    return replace(entry, fact=fact)


def texts(session: Session) -> dict[int, str]:
    """The records that stand, told from the facts alone."""
    voided = {entry.fact.cause for entry in session.entries if isinstance(entry.fact, Voided)}
    found: dict[int, str] = {}
    for entry in session.entries:
        if entry.cause in voided:
            continue
        match entry.fact:
            case Recorded(n=n, content=content):
                found[n] = content.text
            case Revised(n=n, content=content) if n in found:
                found[n] = content.text
            case Withdrawn(n=n):
                found.pop(n, None)
    return found


@given(CONVERSATIONS)
@ENOUGH
def test_no_handler_ever_fails(conversation: list[Event]) -> None:
    company = after(conversation)
    assert [decision.fault for decision in company.decisions if decision.fault is not None] == []


@given(CONVERSATIONS)
@ENOUGH
def test_a_replay_of_the_journal_is_the_live_state(conversation: list[Event]) -> None:
    for session in after(conversation).state.sessions():
        assert fold(session.entries) == session
        assert fold(stored(entry) for entry in session.entries) == session


@given(CONVERSATIONS)
@ENOUGH
def test_numbers_of_records_are_given_once_and_in_order(conversation: list[Event]) -> None:
    company = Company()
    given_out: dict[str, list[int]] = {"nova": [], "kata": []}
    for event in conversation:
        count = len(company.decisions)
        company.happens(event)
        for decision in company.decisions[count:]:
            for entry in decision.entries:
                session = company.state.session(entry.stream)
                if session is not None and isinstance(entry.fact, Recorded):
                    given_out[session.track].append(entry.fact.n)
    assert given_out == {track: list(range(1, len(ns) + 1)) for track, ns in given_out.items()}


def undoable(session: Session) -> list[str]:
    """The causes of what stands and can be taken back, oldest first."""
    standing = texts(session)
    return [
        entry.cause
        for entry in session.live()
        if isinstance(entry.fact, TopicOpened | SubtopicOpened)
        or (isinstance(entry.fact, Recorded) and entry.fact.n in standing)
    ]


@given(CONVERSATIONS)
@ENOUGH
def test_undo_takes_back_exactly_the_newest(conversation: list[Event]) -> None:
    company = Company()
    for event in conversation:
        before = {session.id: session for session in company.state.sessions()}
        decision = company.happens(event)
        for entry in decision.entries:
            if not isinstance(entry.fact, Voided):
                continue
            session = before[entry.stream]
            left = undoable(session)
            assert entry.by is not None
            if (
                not session.is_chair(entry.by)
                and entry.by.account != "root"
                and entry.by.name not in company.ops
            ):
                own = {
                    record.cause
                    for record in session.records
                    if record.by.key == entry.by.key or session.renames
                }
                left = [cause for cause in left if cause in own]
            assert entry.fact.cause in left
            if not session.renames:
                assert entry.fact.cause == left[-1]
            now = company.state.session(entry.stream)
            assert now is not None
            assert undoable(now) == [cause for cause in undoable(session) if cause != entry.fact.cause]


@given(CONVERSATIONS)
@ENOUGH
def test_what_was_recorded_is_in_the_record_until_it_is_taken_back(conversation: list[Event]) -> None:
    company = after(conversation)
    sessions = sorted(company.state.sessions(), key=lambda session: session.id)
    document = as_json(SETUP, sessions, {}, keys=company.register)
    assert faults(document, DOCUMENT) == []
    for session, told in zip(sessions, document["sessions"], strict=True):
        assert {record["n"]: record["text"] for record in told["records"]} == texts(session)


@given(CONVERSATIONS)
@settings(max_examples=60, deadline=None)
def test_what_was_recorded_is_in_the_recap(conversation: list[Event]) -> None:
    company = after(conversation)
    for track in SETUP.tracks:
        sessions = company.state.of_track(track.slug)
        recap = letters(render(company.sources(track.slug))) if sessions else ""
        for session in sessions:
            for record in session.records:
                if record.kind not in {"link", "action"}:  # these are told in other words
                    assert letters(record.text) in recap


def works_in_me(text: str) -> bool:
    """Whether a line is a command that says of itself that it works in /me."""
    spoken = read(clean(text), DECLARED.vocabulary, ("gatherbot",))
    return spoken is not None and spoken.known and DECLARED.commands[spoken.word].in_emotes


@given(CONVERSATIONS)
@ENOUGH
def test_what_is_off_the_record_leaves_nothing(conversation: list[Event]) -> None:
    company = Company()
    for event in conversation:
        running = {room: company.state.running(room) for room in ("irc/#nova", "irc/#nova-2", "irc/#kata")}
        decision = company.happens(event)
        if isinstance(event, Line) and event.off_record and works_in_me(event.text):
            assert decision.log is None
            assert not any(isinstance(entry.fact, PersonSeen | Recorded) for entry in decision.entries)
        elif isinstance(event, Line) and (event.off_record or event.text.startswith("[off]")):
            assert (decision.log, decision.entries, decision.orders) == (None, [], [])
        elif isinstance(event, Line) and (session := running.get(event.room)) is not None and session.paused:
            assert decision.log is None
            assert not any(isinstance(entry.fact, Recorded | TopicOpened) for entry in decision.entries)
