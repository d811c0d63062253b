"""Delivery of a written recap: facts, mail, and an announcement in the rooms.

The state may change while a recap is being written. If the part changed meanwhile, the recap is ordered again; if it
was reopened, the recap is dropped until the next end. A sent recap is never sent again.
"""

from collections.abc import Callable, Iterator, Sequence

from bot.api import Effect, Occasion, Say, Tell, Track, Write, track_stream
from bot.api.effects import Mail
from bot.api.events import Prepared
from bot.api.recap import days_of
from plugins.recap.declaration import plugin
from plugins.recap.layout import words
from plugins.recap.lifecycle import corrections, destination, letters, phrases
from plugins.recap.lifecycle.content_changes import weight
from plugins.recap.lifecycle.courses import Course, courses
from plugins.recap.lifecycle.deadlines import pace_of, prepare
from plugins.recap.lifecycle.facts import MAILED, RecapApproved, RecapMade, RecapRewritten, RecapSent
from plugins.recap.lifecycle.orders import JOB, Written
from plugins.recap.lifecycle.pace import Pace, is_revised
from plugins.recap.lifecycle.state import RecapState, recap_states
from plugins.recap.unrecorded_talk import phrases as talk


@plugin.on(Prepared, JOB)
def take(occasion: Occasion) -> Sequence[Effect]:
    """Deliver the recap that the job wrote."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, Prepared) or track is None or not isinstance(event.outcome, Written):
        return ()
    written = event.outcome
    key = written.order.plan.key
    live = courses(occasion.state, track).get(key)
    recap_state = recap_states(occasion.state.stream(event.stream)).get(key, RecapState(key))
    if live is not None and live.is_open:
        return ()
    if written.edits != recap_state.edits or (live is not None and _moved_on(live, written)):
        return [prepare(track, live or Course(written.order.plan, (), recap_state), written.order)]
    if _is_too_soon(pace_of(occasion.state, track), written, recap_state):
        return ()
    effects = PURPOSES[written.order.purpose](occasion, track, written, recap_state)
    return [*effects, *_told_in_private(event, effects)]


def _told_in_private(event: Prepared, effects: Sequence[Effect]) -> Iterator[Effect]:
    """Yield the answer for whoever asked in private; the rooms get the same."""
    if event.room is not None and event.room.private and event.asked_by is not None:
        yield from (Tell(event.asked_by, said.text) for said in effects if isinstance(said, Say))


def _moved_on(live: Course, written: Written) -> bool:
    """Whether a session of the part changed or was added while the recap was being written."""
    covered = dict(written.covered)
    return any(
        covered.get(session.id) != weight(session)
        for session in live.sessions
        if session.id in covered or session.records
    )


def _is_too_soon(pace: Pace, written: Written, recap_state: RecapState) -> bool:
    """Whether mail about another part, ordered at the same time, went out first; this one is due again later."""
    order, changed = written.order, written.order.now - pace.settle
    if order.shown:
        return False
    match order.purpose:
        case "make":
            return is_revised(recap_state) and pace.revised(changed) > order.now
        case "propose":
            return pace.proposed(changed) > order.now
        case "correct":
            return pace.corrected(changed) > order.now
        case _:
            return False


def _made(occasion: Occasion, track: Track, written: Written, recap_state: RecapState) -> Sequence[Effect]:
    if recap_state.sent is not None:
        return ()
    if written.goes == "nothing" and written.order.asked:
        return [Say(written.rooms, talk.NOTHING_SAID)]
    setup = occasion.state.setup
    before, is_known = recap_state.made, _is_known(written, recap_state)
    identifier = before.message_id if before else destination.message_id(setup, track, recap_state.part)
    made = RecapMade(
        plan=written.order.plan,
        revision=before.revision + (not is_known) if before else 1,
        started=written.started,
        message_id=identifier,
        subject=written.subject,
        marks=written.marks,
        records=written.records,
        covered=written.covered,
        rooms=written.rooms,
        goes=written.goes,
        until=written.until,
        missing=_missing(occasion, written, before),
        unrecorded=written.unrecorded,
    )
    effects: list[Effect] = [Write(made)]
    if written.goes == "list":
        effects += _to_list(occasion, track, written, identifier, draft=True)
    elif written.goes in MAILED and not is_known:
        draft = (written.subject, written.body)
        effects += letters.drafts(occasion, track, made, draft, recap_state.first_draft)
    text = "" if is_known else phrases.made(track, made, setup.gathering.zone)
    if text and written.order.shown and written.goes != "list":
        text = phrases.SHOWN_FIRST(text=text)
    first = _waiting_before(occasion, track, made) if written.goes == "list" else []
    return [*effects, Say(written.rooms, phrases.after(text, first))] if text else effects


def _is_known(written: Written, recap_state: RecapState) -> bool:
    """Whether nothing is recorded, and the maintainers have these lines of talk already."""
    before, order = recap_state.made, written.order
    if before is None or not before.goes == written.goes == "talk":
        return False
    is_new = before.unrecorded != written.unrecorded or recap_state.unwritten_edit is not None
    return not (is_new or order.asked or order.shown)


def _missing(occasion: Occasion, written: Written, before: RecapMade | None) -> tuple[str, ...]:
    """Return what the sessions of a recap lack; those that are not in memory, as when it was made before."""
    state = occasion.state
    sessions = [state.session(name) for name, _ in written.covered]
    now = [what for session in sessions if session for what in occasion.register.missing(state, session)]
    known = before.missing if before is not None and None in sessions else ()
    given = {phrases.LINK_TO_ETHERPAD: words.no_etherpad(), phrases.LINK_TO_RECORDING: words.no_recording()}
    found = dict.fromkeys((*now, *known))
    return tuple(what for what in found if what not in given or given[what] in written.marks)


def _released(
    occasion: Occasion, track: Track, written: Written, recap_state: RecapState
) -> Sequence[Effect]:
    """Send the unapproved draft to the list, unless somebody acted first."""
    made = recap_state.made
    if made is None or recap_state.sent is not None or recap_state.held or not track.list:
        return ()
    if not written.records:  # all of them were dropped, and the maintainers get a new draft that says so
        return ()
    sent = _to_list(occasion, track, written, letters.own_id(made, recap_state), draft=True)
    released = phrases.RELEASED(recap=phrases.name(made.plan), address=track.list)
    text = phrases.after(released, _waiting_before(occasion, track, made))
    return [*sent, *letters.recalled(track, recap_state.part), Say(written.rooms, text)]


def _waiting_before(occasion: Occasion, track: Track, made: RecapMade) -> list[int]:
    return destination.waiting_before(_numbered(occasion, track), made.plan.n)


def _numbered(occasion: Occasion, track: Track) -> dict[str, RecapState]:
    """Return the state of the parts, with their numbers in this gathering."""
    entries = occasion.state.stream(track_stream(track.slug))
    return recap_states(entries, days_of(occasion.state.setup, track))


def _approved(
    occasion: Occasion, track: Track, written: Written, recap_state: RecapState
) -> Sequence[Effect]:
    made = recap_state.made
    if made is None or recap_state.sent is not None:
        return ()
    if not written.records:
        named = phrases.name(made.plan).removesuffix(",")
        return [Say(written.rooms, talk.NOTHING_TO_SEND(recap=named, talk=bool(made.unrecorded)))]
    if written.marks and not written.order.without_marks:
        return [Say(written.rooms, phrases.marks_open(written.marks))]
    first = _waiting_before(occasion, track, made)
    if first:
        refused = phrases.NOT_BEFORE(parts=first, first=first[0], n=made.plan.n)
        return [Say(written.rooms, refused)]
    approval = Write(RecapApproved(recap_state.part, without_marks=written.order.without_marks))
    sent = _to_list(occasion, track, written, letters.own_id(made, recap_state), draft=False)
    approved = phrases.APPROVED(recap=phrases.name(made.plan), address=track.list)
    said = Say(written.rooms, approved)
    return [approval, *sent, *letters.recalled(track, recap_state.part), said]


def _again(occasion: Occasion, track: Track, written: Written, recap_state: RecapState) -> Sequence[Effect]:
    """Mail the same letters without redacted text; the outbox ignores those already sent."""
    made, sent, proposed = recap_state.made, recap_state.sent, recap_state.proposed
    rewritten = Write(RecapRewritten(recap_state.part, written.covered))
    if made is None:
        return ()
    if sent is None:
        to_maintainers = made.goes in MAILED and written.goes in MAILED
        text, first = (written.subject, written.body), recap_state.first_draft
        copies = letters.drafts(occasion, track, made, text, first) if to_maintainers else ()
        return [rewritten, *copies]
    mails: list[Effect] = []
    if recap_state.posted is None:
        mails = [Mail(letters.to_list(track, _numbered(occasion, track), written, sent.message_id))]
    pairs = zip(recap_state.corrections, written.corrections, strict=False)
    for number, (correction, (subject, body)) in enumerate(pairs, 1):
        if correction.message_id and body:
            mails.append(Mail(letters.correction(track, recap_state, number, subject, body)))
    if proposed is not None and written.proposal[1]:
        mails += letters.proposals(occasion, track, made, proposed, written.proposal, recap_state.first_draft)
    return [rewritten, *mails]


PURPOSES: dict[str, Callable[[Occasion, Track, Written, RecapState], Sequence[Effect]]] = {
    "make": _made,
    "list": _released,
    "approve": _approved,
    "again": _again,
    "correct": corrections.unreviewed,
    "propose": corrections.proposed,
    "remind": corrections.proposed,
    "amend": corrections.approved,
}


def _to_list(
    occasion: Occasion, track: Track, written: Written, identifier: str, *, draft: bool
) -> list[Effect]:
    """Send the recap to the list."""
    key, covered = written.order.plan.key, written.covered
    sent = RecapSent(key, identifier, written.subject, covered, draft=draft, is_told=True)
    letter = letters.to_list(track, _numbered(occasion, track), written, identifier)
    return [Write(sent), Mail(letter)]
