"""Delivery of a written recap: facts, mail, and an announcement in the rooms.

The state may change while a recap is being written. If the part changed meanwhile, the recap is ordered again; if it
was reopened, the recap is dropped until the next end. A sent recap is never sent again.
"""

from collections.abc import Callable, Sequence

from bot.api import Effect, Occasion, Say, Track, Write, track_stream
from bot.api.effects import Letter, Mail, Recall
from bot.api.events import Prepared
from bot.api.recap import days_of
from plugins.recap.declaration import plugin
from plugins.recap.lifecycle import destination, phrases
from plugins.recap.lifecycle.deadlines import Course, courses, prepare
from plugins.recap.lifecycle.facts import RecapApproved, RecapCorrected, RecapMade, RecapSent
from plugins.recap.lifecycle.orders import JOB, Written
from plugins.recap.lifecycle.state import Standing, standings, weight


@plugin.on(Prepared, JOB)
def take(occasion: Occasion) -> Sequence[Effect]:
    """Deliver the recap that the job wrote."""
    event, track = occasion.event, occasion.track
    if not isinstance(event, Prepared) or track is None or not isinstance(event.outcome, Written):
        return ()
    written = event.outcome
    key = written.order.plan.key
    live = courses(occasion.state, track).get(key)
    standing = standings(occasion.state.stream(event.stream)).get(key, Standing(key))
    if live is not None and live.is_open:
        return ()
    if live is not None and _moved_on(live, written):
        return [prepare(track, live, written.order)]
    return PURPOSES[written.order.purpose](occasion, track, written, standing)


def _moved_on(live: Course, written: Written) -> bool:
    """Whether a session of the part changed or was added while the recap was being written."""
    covered = dict(written.covered)
    return any(
        covered.get(session.id) != weight(session)
        for session in live.sessions
        if session.id in covered or session.records
    )


def _made(occasion: Occasion, track: Track, written: Written, standing: Standing) -> Sequence[Effect]:
    if standing.sent is not None:
        return ()
    setup = occasion.state.setup
    before = standing.made
    identifier = before.message_id if before else destination.message_id(setup, track, standing.part)
    made = RecapMade(
        plan=written.order.plan,
        revision=before.revision + 1 if before else 1,
        started=written.started,
        message_id=identifier,
        subject=written.subject,
        marks=written.marks,
        records=written.records,
        covered=written.covered,
        rooms=written.rooms,
        goes=written.goes,
        until=written.until,
    )
    effects: list[Effect] = [Write(made)]
    if written.goes == "list":
        effects += _to_list(occasion, track, written, identifier, draft=True)
    elif written.goes in {"maintainers", "held", "waits"}:
        effects += _to_maintainers(track, written, made)
    text = phrases.made(track, made, setup.gathering.zone)
    first = _waiting_before(occasion, track, made) if written.goes == "list" else []
    return [*effects, Say(written.rooms, phrases.after(text, first))] if text else effects


def _released(occasion: Occasion, track: Track, written: Written, standing: Standing) -> Sequence[Effect]:
    """Send the unapproved draft to the list, unless somebody acted first."""
    made = standing.made
    if made is None or standing.sent is not None or standing.held or not track.list:
        return ()
    letters = _to_list(occasion, track, written, _own_id(made, standing), draft=True)
    released = phrases.RELEASED(recap=phrases.name(made.plan), address=track.list)
    text = phrases.after(released, _waiting_before(occasion, track, made))
    return [*letters, *_recalled(track, standing.part), Say(written.rooms, text)]


def _waiting_before(occasion: Occasion, track: Track, made: RecapMade) -> list[int]:
    return destination.waiting_before(_numbered(occasion, track), made.plan.n)


def _numbered(occasion: Occasion, track: Track) -> dict[str, Standing]:
    """Return the state of the parts, with their numbers in this gathering."""
    entries = occasion.state.stream(track_stream(track.slug))
    return standings(entries, days_of(occasion.state.setup, track))


def _approved(occasion: Occasion, track: Track, written: Written, standing: Standing) -> Sequence[Effect]:
    made = standing.made
    if made is None or standing.sent is not None:
        return ()
    if written.marks and not written.order.without_marks:
        return [Say(written.rooms, phrases.MARKS_OPEN(marks=written.marks))]
    first = _waiting_before(occasion, track, made)
    if first:
        refused = phrases.NOT_BEFORE(parts=first, first=first[0], n=made.plan.n)
        return [Say(written.rooms, refused)]
    approval = Write(RecapApproved(standing.part, without_marks=written.order.without_marks))
    letters = _to_list(occasion, track, written, _own_id(made, standing), draft=False)
    approved = phrases.APPROVED(recap=phrases.name(made.plan), address=track.list)
    said = Say(written.rooms, approved)
    return [approval, *letters, *_recalled(track, standing.part), said]


def _again(occasion: Occasion, track: Track, written: Written, standing: Standing) -> Sequence[Effect]:
    """Mail the same letters without redacted text; the outbox ignores those already sent."""
    sent = standing.sent
    if sent is None:
        return ()
    letters = [_letter(occasion, track, written, sent.message_id)]
    pairs = zip(standing.corrections, written.corrections, strict=False)
    for number, (correction, (subject, body)) in enumerate(pairs, 1):
        if correction.message_id and body:
            letters.append(_correction(track, standing, number, subject, body))
    return [Mail(letter) for letter in letters]


def _corrected(_: Occasion, track: Track, written: Written, standing: Standing) -> Sequence[Effect]:
    if standing.sent is None:
        return ()
    number = len(standing.corrections) + 1
    if not written.body:
        return [Write(RecapCorrected(standing.part, number, "", written.covered))]
    letter = _correction(track, standing, number, written.subject, written.body)
    corrected = Write(RecapCorrected(standing.part, number, letter.id, written.covered))
    return [corrected, Mail(letter), Say(written.rooms, phrases.CORRECTED(address=track.list))]


def _correction(track: Track, standing: Standing, number: int, subject: str, body: str) -> Letter:
    """Return the letter of a correction, in the thread of the recap."""
    sent = standing.sent
    first = sent.message_id if sent is not None else ""
    earlier = [
        correction.message_id for correction in standing.corrections[: number - 1] if correction.message_id
    ]
    return Letter(
        id=destination.numbered_id(first, f"correction-{number}"),
        to=(track.list,),
        subject=subject,
        body=body,
        stream=track_stream(track.slug),
        references=(first, *earlier),
        after=first,
        name=f"recap/{track.slug}/{standing.part}/correction-{number}",
    )


PURPOSES: dict[str, Callable[[Occasion, Track, Written, Standing], Sequence[Effect]]] = {
    "make": _made,
    "list": _released,
    "approve": _approved,
    "again": _again,
    "correct": _corrected,
}


def _to_list(
    occasion: Occasion, track: Track, written: Written, identifier: str, *, draft: bool
) -> list[Effect]:
    """Send the recap to the list."""
    sent = RecapSent(written.order.plan.key, identifier, written.subject, written.covered, draft=draft)
    return [Write(sent), Mail(_letter(occasion, track, written, identifier))]


def _letter(occasion: Occasion, track: Track, written: Written, identifier: str) -> Letter:
    """Return the letter of the recap, in the thread of the previous parts and sent only after them."""
    stream, key = track_stream(track.slug), written.order.plan.key
    before = destination.earlier(_numbered(occasion, track), key, written.order.plan.n)
    return Letter(
        id=identifier,
        to=(track.list,),
        subject=written.subject,
        body=written.body,
        stream=stream,
        references=before,
        after=before[-1] if before else "",
        name=f"recap/{track.slug}/{key}",
    )


def _to_maintainers(track: Track, written: Written, made: RecapMade) -> list[Effect]:
    """Mail each maintainer a separate copy, to hide their addresses from each other; it replaces an unsent one."""
    drafts: list[Effect] = []
    for number, maintainer in enumerate(track.maintainers, 1):
        letter = Letter(
            id=destination.numbered_id(made.message_id, f"draft-{made.revision}-{number}"),
            to=(maintainer.mail,),
            subject=written.subject,
            body=written.body,
            stream=track_stream(track.slug),
            name=_copy_name(track, made.part, number),
        )
        drafts.append(Mail(letter))
    return drafts


def _own_id(made: RecapMade, standing: Standing) -> str:
    """Return the Message-ID for the list; a new one after a refusal, because no id is sent twice."""
    tries = sum(letter.startswith(made.message_id.rpartition("@")[0]) for letter in standing.refused)
    return destination.numbered_id(made.message_id, f"again-{tries}") if tries else made.message_id


def _recalled(track: Track, part: str) -> list[Effect]:
    """Recall the maintainers' unsent drafts, which are obsolete once the list has the recap."""
    return [Recall(_copy_name(track, part, n)) for n in range(1, len(track.maintainers) + 1)]


def _copy_name(track: Track, part: str, number: int) -> str:
    return f"recap/{track.slug}/{part}/copy-{number}"
