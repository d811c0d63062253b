"""Delivery of corrections: at once to the list, or first to the maintainers, who approve them."""

from collections.abc import Sequence

from bot.api import Effect, Occasion, Say, Track, Write
from bot.api.effects import Mail
from plugins.recap.lifecycle import letters, phrases
from plugins.recap.lifecycle.facts import CorrectionProposed, RecapApproved, RecapCorrected
from plugins.recap.lifecycle.orders import Written
from plugins.recap.lifecycle.state import Standing


def unreviewed(_: Occasion, track: Track, written: Written, standing: Standing) -> Sequence[Effect]:
    """Send a correction to the list as a draft that nobody reviewed, unless somebody held it."""
    if _is_late(written, standing) or standing.held:
        return ()
    return _to_list(track, written, standing, draft=True) if written.body else _needless(written, standing)


def approved(_: Occasion, track: Track, written: Written, standing: Standing) -> Sequence[Effect]:
    """Send a correction to the list as approved."""
    if _is_late(written, standing):
        return ()
    if not written.body:
        recap = phrases.name(written.order.plan)
        return [*_needless(written, standing), Say(written.rooms, phrases.NOTHING_CHANGED(recap=recap))]
    if written.marks and not written.order.without_marks:
        return [Say(written.rooms, phrases.MARKS_OPEN(marks=written.marks))]
    return [
        Write(RecapApproved(standing.part, without_marks=written.order.without_marks)),
        *_to_list(track, written, standing, draft=False),
        *letters.recalled(track, standing.part),
    ]


def proposed(_: Occasion, track: Track, written: Written, standing: Standing) -> Sequence[Effect]:
    """Send a correction to the maintainers; the rooms are told once how to approve it."""
    before, made, order = standing.proposed, standing.made, written.order
    if made is None or _is_late(written, standing) or _is_known(written, standing):
        return ()
    if not written.body:
        return _needless(written, standing)
    fact = CorrectionProposed(
        part=standing.part,
        number=order.number,
        version=before.version + 1 if before is not None else 1,
        covered=written.covered,
        reminder=order.purpose == "remind",
    )
    effects: list[Effect] = [
        Write(fact),
        *letters.proposals(track, made, fact, written.subject, written.body),
    ]
    told = before is None or order.shown or (fact.reminder and not track.maintainers)
    return [*effects, Say(written.rooms, _waits(track, written))] if told else effects


def _waits(track: Track, written: Written) -> str:
    recap = phrases.name(written.order.plan)
    text = phrases.PROPOSED(recap=recap, address=track.list, n=len(track.maintainers))
    return phrases.SHOWN_FIRST(text=text) if written.order.shown else text


def _is_late(written: Written, standing: Standing) -> bool:
    """Whether the recap was refused, or another correction went out, while this one was being written."""
    return standing.sent is None or written.order.number != standing.next_correction


def _is_known(written: Written, standing: Standing) -> bool:
    """Whether the maintainers have this text or were reminded of it, and nobody asks for more."""
    if written.order.shown or standing.proposed is None:
        return False
    if written.order.purpose == "remind":
        return standing.reminded
    return dict(written.covered) == standing.covered


def _needless(written: Written, standing: Standing) -> list[Effect]:
    """Note that the list has everything: what changed was changed back."""
    return [Write(RecapCorrected(standing.part, written.order.number, "", written.covered))]


def _to_list(track: Track, written: Written, standing: Standing, *, draft: bool) -> list[Effect]:
    letter = letters.correction(track, standing, written.order.number, written.subject, written.body)
    fact = RecapCorrected(standing.part, written.order.number, letter.id, written.covered, draft=draft)
    return [Write(fact), Mail(letter), Say(written.rooms, phrases.CORRECTED(address=track.list))]
