"""Past facts to state: `grow` adds one entry to a session, `fold` makes a session of its whole journal.

Rules of this file: no entry is ever refused here (what was written is true); what cannot apply any more, because an
undo took its ground away, does nothing. Facts of plugins stay in the entries, for the plugin to read.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from msgspec.structs import replace

from bot.core import facts
from bot.core.facts import Answer
from bot.core.people.identity import Identity, casefold, same_rights
from bot.core.session.edit_rules import message_edited, subtopic_retitled
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Gap, RecordedItem, Session, voided_causes
from bot.core.session.topic_rules import (
    break_began,
    break_ended,
    closed_span,
    opened_span,
    subtopic_opened,
    topic_closed,
    topic_opened,
    topic_retitled,
    topic_timed,
)

Changes = dict[str, Any]
Step = Callable[[Session, Entry, Any], Changes]


def begin(entry: Entry) -> Session:
    """The session that a `SessionOpened` entry begins."""
    fact = entry.fact
    if not isinstance(fact, facts.SessionOpened):
        raise TypeError(f"a session begins with SessionOpened, not with {type(fact).__name__}")
    owner = entry.by or Identity("", "nobody", "")
    return Session(
        id=fact.id,
        track=fact.track,
        name=fact.name,
        rooms=fact.rooms,
        date=fact.date,
        started=entry.at,
        planned_until=fact.planned_until,
        owner=owner,
        by_moderator=fact.by_moderator,
        topics_before=fact.topics_before,
        chairs=(owner,),
        moderated=(owner,),
        known={owner.key: owner},
        entries=Growing((entry,)),
        gathering=fact.gathering,
        gathering_name=fact.gathering_name,
    )


def grow(session: Session, entry: Entry) -> Session:
    """`session` after one more entry."""
    if isinstance(entry.fact, facts.Voided):
        voided = session.voided | {entry.fact.cause}
        return fold(session.entries.plus(entry), voided)
    changes: Changes = {"entries": session.entries.plus(entry)}
    step = None if entry.cause in session.voided else STEPS.get(type(entry.fact))
    if step is not None:
        changes |= step(session, entry, entry.fact)
    return replace(session, **changes)


def fold(entries: Iterable[Entry], voided: frozenset[str] | None = None) -> Session:
    """The session that these entries tell; the first one opens it."""
    told = entries if isinstance(entries, Growing) else Growing(entries)
    if voided is None:
        voided = voided_causes(told)
    session = begin(told[0])
    for entry in islice(told, 1, None):
        step = None if entry.cause in voided else STEPS.get(type(entry.fact))
        if step is not None:
            session = replace(session, **step(session, entry, entry.fact))
    return replace(session, entries=told, voided=voided)


def without(session: Session, cause: str) -> Session:
    """The session as it would stand if all that `cause` brought were taken back."""
    return fold(session.entries, session.voided | {cause})


def _closed(session: Session, entry: Entry, fact: facts.SessionClosed) -> Changes:
    return {
        "ended": entry.at,
        "closed_by": fact.by,
        "paused": False,
        "topics": closed_span(session, entry),
        "break_until": None,
    }


def _reopened(session: Session, entry: Entry, _: facts.SessionReopened) -> Changes:
    return {"ended": None, "closed_by": None, "topics": opened_span(session, entry)}


def _chairs_added(session: Session, _: Entry, fact: facts.ChairsAdded) -> Changes:
    new = tuple(one for one in fact.people if not any(same_rights(chair, one) for chair in session.chairs))
    lapsed = tuple(gone for gone in session.lapsed if not any(same_rights(gone, one) for one in fact.people))
    moderated = session.moderated + tuple(one for one in new if one not in session.moderated)
    known = {**{one.key: one for one in new}, **session.known}
    owner, *chairs = (session.owner, *session.chairs)
    for one in fact.people:
        owner, *chairs = _proven((owner, *chairs), one)
    return {
        "chairs": (*chairs, *new), "owner": owner, "moderated": moderated, "lapsed": lapsed, "known": known
    }  # fmt: skip


def _proven(people: tuple[Identity, ...], person: Identity) -> tuple[Identity, ...]:
    """Who held rights by nick alone and shows an account holds them by that, so that they outlive the nick."""
    if not person.account:
        return people
    return tuple(
        person if not one.account and (one.network, one.key) == (person.network, person.key) else one
        for one in people
    )


def _chairs_removed(session: Session, _: Entry, fact: facts.ChairsRemoved) -> Changes:
    chairs = tuple(
        chair for chair in session.chairs if not any(same_rights(chair, gone) for gone in fact.people)
    )
    return {"chairs": chairs}


def _recorded(session: Session, entry: Entry, fact: facts.Recorded) -> Changes:
    record = RecordedItem(
        n=fact.n,
        kind=fact.kind,
        content=fact.content,
        by=entry.by or session.owner,
        at=entry.at,
        cause=entry.cause,
        topic=session.topic_id,
        subtopic=session.subtopic,
        team=session.team,
    )
    return {"records": session.records.plus(record)}


def _change_record(session: Session, n: int, **changes: Any) -> Changes:
    return {
        "records": Growing(
            replace(record, **changes) if record.n == n else record for record in session.records
        )
    }


def _answer(session: Session, entry: Entry, fact: facts.RecordAnswered) -> Answer | None:
    return Answer(fact.text, entry.by or session.owner, entry.at) if fact.text else None


def _supported(session: Session, _: Entry, fact: facts.RecordSupported) -> Changes:
    record = session.record(fact.n)
    if record is None:
        return {}  # it was taken back since
    others = tuple(one for one in record.supporters if one != fact.person)
    return _change_record(session, fact.n, supporters=(*others, fact.person) if fact.stands else others)


def _moved(session: Session, _: Entry, fact: facts.Moved) -> Changes:
    if fact.topic is not None and session.topic_named(fact.topic) is None:
        return {}  # the topic was taken back since
    return _change_record(session, fact.n, topic=fact.topic, team=fact.team, subtopic=fact.subtopic)


def _renamed_in(
    people: tuple[Identity, ...], fact: facts.PersonRenamed, *, lapsed: bool
) -> tuple[Identity, ...]:
    """Who holds rights by nick alone keeps them under the new one; who took a nick that quit takes none along."""
    old = fact.old
    return tuple(
        Identity(one.network, fact.new.name, fact.new.key, one.account)
        if one.network == old.network
        and one.key == old.key
        and (one.account == old.account if one.account else not lapsed)
        else one
        for one in people
    )


def _person_renamed(session: Session, _: Entry, fact: facts.PersonRenamed) -> Changes:
    lapsed = session.is_lapsed(fact.old)
    return {
        "renames": (*session.renames, (fact.old, fact.new)),
        "chairs": _renamed_in(session.chairs, fact, lapsed=lapsed),
        "owner": _renamed_in((session.owner,), fact, lapsed=lapsed)[0],
        "seen": session.seen | {fact.new} if _was_seen(session, fact.old) else session.seen,
        "known": {**session.known, fact.new.key: fact.new},
        "became": _became(session.became, fact),
    }


def _was_seen(session: Session, person: Identity) -> bool:
    """Whether somebody was seen, and not only named, under this nick."""
    seen = session.seen
    return person in seen or any((one.network, one.key) == (person.network, person.key) for one in seen)


def _became(
    before: Mapping[tuple[str, str], Identity], fact: facts.PersonRenamed
) -> Mapping[tuple[str, str], Identity]:
    """Whom only a nick proves goes by another one; the new one is nobody's former nick any more."""
    if fact.old.account:
        return before
    old, new = (fact.old.network, fact.old.key), (fact.new.network, fact.new.key)
    after = {key: person for key, person in before.items() if key != new}
    if old == new and not fact.new.account:  # only its spelling changed
        return after
    return {**after, old: fact.new}


def _person_seen(session: Session, _: Entry, fact: facts.PersonSeen) -> Changes:
    changes: Changes = {
        "sightings": (*session.sightings, fact.person),
        "seen": session.seen | {fact.person},
        "known": {**session.known, fact.person.key: fact.person},
    }
    if fact.person.account and not session.is_lapsed(fact.person):
        changes["chairs"] = _proven(session.chairs, fact.person)
        (changes["owner"],) = _proven((session.owner,), fact.person)
        nick = (fact.person.network, fact.person.key)
        if nick not in session.became and replace(fact.person, account="") in session.seen:
            changes["became"] = {**session.became, nick: fact.person}
    if fact.real_name:
        changes["real_names"] = (*session.real_names, (fact.person, fact.real_name))
    return changes


def _regretted(session: Session, _: Entry, fact: facts.Regretted) -> Changes:
    known = {casefold(name) for name in session.regrets}
    return {"regrets": session.regrets + tuple(name for name in fact.names if casefold(name) not in known)}


STEPS: dict[type, Step] = {
    facts.SessionClosed: _closed,
    facts.SessionReopened: _reopened,
    facts.SessionRenamed: lambda _s, _e, fact: {"name": fact.name},
    facts.HeadlineSet: lambda _s, _e, fact: {"headline": fact.text},
    facts.ChairsAdded: _chairs_added,
    facts.ChairsRemoved: _chairs_removed,
    facts.SessionPaused: lambda _s, _e, _f: {"paused": True},
    facts.SessionResumed: lambda _s, _e, _f: {"paused": False},
    facts.TopicOpened: topic_opened,
    facts.TopicTimed: topic_timed,
    facts.TopicClosed: topic_closed,
    facts.SubtopicOpened: subtopic_opened,
    facts.SubtopicClosed: lambda _s, _e, _f: {"subtopic": None},
    facts.BreakBegan: break_began,
    facts.BreakEnded: break_ended,
    facts.SessionExtended: lambda _s, _e, fact: {"planned_until": fact.until},
    facts.TeamNamed: lambda _s, _e, fact: {"team": fact.name, "subtopic": None},
    facts.Recorded: _recorded,
    facts.Revised: lambda s, e, fact: _change_record(
        s, fact.n, content=fact.content, revised=True, revised_at=e.at
    ),
    facts.TopicRetitled: topic_retitled,
    facts.SubtopicRetitled: subtopic_retitled,
    facts.Withdrawn: lambda s, _e, fact: {"records": Growing(r for r in s.records if r.n != fact.n)},
    facts.RecordDone: lambda s, e, fact: _change_record(s, fact.n, done=fact.done, done_at=e.at),
    facts.RecordAnswered: lambda s, e, fact: _change_record(s, fact.n, answer=_answer(s, e, fact)),
    facts.RecordSupported: _supported,
    facts.Moved: _moved,
    facts.PersonSeen: _person_seen,
    facts.PersonRenamed: _person_renamed,
    facts.PersonLeft: lambda s, _e, fact: {"lapsed": (*s.lapsed, fact.person)},
    facts.Regretted: _regretted,
    facts.MessageEdited: message_edited,
    facts.GapNoted: lambda s, _e, fact: {"gaps": (*s.gaps, Gap(fact.room, fact.since, fact.until))},
}
