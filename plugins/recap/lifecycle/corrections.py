"""Delivery of corrections: at once to the list, or first to the maintainers, who approve them."""

from collections.abc import Sequence

from bot.api import Effect, Occasion, Say, Track, Write
from bot.api.effects import Mail
from plugins.recap.lifecycle import letters, phrases
from plugins.recap.lifecycle.facts import CorrectionProposed, RecapApproved, RecapCorrected
from plugins.recap.lifecycle.orders import Written
from plugins.recap.lifecycle.state import RecapState


def unreviewed(_: Occasion, track: Track, written: Written, recap_state: RecapState) -> Sequence[Effect]:
    """Send a correction to the list as a draft that nobody reviewed, unless somebody held it."""
    if _is_late(written, recap_state) or recap_state.held:
        return ()
    return (
        _to_list(track, written, recap_state, draft=True) if written.body else _needless(written, recap_state)
    )


def approved(_: Occasion, track: Track, written: Written, recap_state: RecapState) -> Sequence[Effect]:
    """Send a correction to the list as approved."""
    if _is_late(written, recap_state):
        return ()
    if not written.body:
        recap = phrases.name(written.order.plan)
        return [*_needless(written, recap_state), Say(written.rooms, phrases.NOTHING_CHANGED(recap=recap))]
    if written.marks and not written.order.without_marks:
        return [Say(written.rooms, phrases.marks_open(written.marks))]
    return [
        Write(RecapApproved(recap_state.part, without_marks=written.order.without_marks)),
        *_to_list(track, written, recap_state, draft=False),
        *letters.recalled(track, recap_state.part),
    ]


def proposed(occasion: Occasion, track: Track, written: Written, recap_state: RecapState) -> Sequence[Effect]:
    """Send a correction to the maintainers; the rooms are told once how to approve it."""
    before, made, order = recap_state.proposed, recap_state.made, written.order
    if made is None or _is_late(written, recap_state) or _is_known(written, recap_state):
        return ()
    if not written.body:
        return _needless(written, recap_state)
    fact = CorrectionProposed(
        part=recap_state.part,
        number=order.number,
        version=before.version + 1 if before is not None else 1,
        covered=written.covered,
        reminder=order.purpose == "remind",
    )
    effects: list[Effect] = [
        Write(fact),
        *letters.proposals(
            occasion, track, made, fact, (written.subject, written.body), recap_state.first_draft
        ),
    ]
    told = before is None or order.shown or (fact.reminder and not track.maintainers)
    return [*effects, Say(written.rooms, _waits(track, written))] if told else effects


def _waits(track: Track, written: Written) -> str:
    recap = phrases.name(written.order.plan)
    text = phrases.PROPOSED(recap=recap, address=track.list, n=len(track.maintainers))
    return phrases.SHOWN_FIRST(text=text) if written.order.shown else text


def _is_late(written: Written, recap_state: RecapState) -> bool:
    """Whether the recap was refused, or another correction went out, while this one was being written."""
    return recap_state.sent is None or written.order.number != recap_state.next_correction


def _is_known(written: Written, recap_state: RecapState) -> bool:
    """Whether the maintainers have this text or were reminded of it, and nobody asks for more."""
    if written.order.shown or recap_state.proposed is None:
        return False
    if written.order.purpose == "remind":
        return recap_state.reminded
    return dict(written.covered) == recap_state.covered and recap_state.unwritten_edit is None


def _needless(written: Written, recap_state: RecapState) -> list[Effect]:
    """Note that the list has everything: what changed was changed back."""
    return [Write(RecapCorrected(recap_state.part, written.order.number, "", written.covered))]


def _to_list(track: Track, written: Written, recap_state: RecapState, *, draft: bool) -> list[Effect]:
    letter = letters.correction(track, recap_state, written.order.number, written.subject, written.body)
    fact = RecapCorrected(recap_state.part, written.order.number, letter.id, written.covered, draft=draft)
    return [Write(fact), Mail(letter), Say(written.rooms, phrases.CORRECTED(address=track.list))]
