"""`#schedule`: what is on now and next, the slots of a day, or those of a track."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.api import Ask, Effect, Needs, Reply, Slot, Track, clock, titled
from bot.api.people import near_track, track_called, visible_tracks
from bot.api.words import day_in_words, packed
from plugins.schedule import phrases
from plugins.schedule.declaration import plugin
from plugins.schedule.times import day_of, hours, read_day, short_day, when
from plugins.schedule.visibility import visible_slots

LINES = 3


@plugin.command(
    "schedule",
    usage="#schedule TRACK|DAY",
    says="lists the slots of a track or a day; alone it says what is on now and next",
    example="#schedule",
    needs=Needs.NOTHING,
)
def schedule(ask: Ask) -> Sequence[Effect]:
    """Say what is on now and next, or list the slots of a track or a day."""
    typed, slots = titled(ask.rest), visible_slots(ask)
    if not slots:
        return [Reply(phrases.EMPTY)]
    if not typed:
        return [Reply("\n".join(_now_and_next(ask, slots)))]
    track = track_called(typed, visible_tracks(ask))
    if track is not None:
        return [Reply(_of_track(ask, track))]
    zone = ask.setup.gathering.zone
    day = read_day(typed, day_of(ask.at, zone), (day_of(slot.starts, zone) for slot in slots))
    return [Reply(_of_day(ask, day, slots) if day is not None else _unknown(ask, typed))]


def _unknown(ask: Ask, typed: str) -> str:
    return phrases.NO_SUCH_TRACK_OR_DAY(typed=typed, near=near_track(ask, typed))


def _now_and_next(ask: Ask, slots: Sequence[Slot]) -> list[str]:
    """What is on, and what begins next: everything that begins at the same time; a line each."""
    zone = ask.setup.gathering.zone
    now = [slot for slot in slots if slot.starts <= ask.at < slot.ends]
    later = [slot for slot in slots if slot.starts > ask.at]
    said: list[str] = []
    if now:
        said += _line(
            phrases.NOW,
            now,
            lambda s: phrases.ON(track=_name(ask, s), place=s.place, until=clock(s.ends, zone)),
        )
    if later:
        first = later[0].starts
        today = day_of(first, zone) == day_of(ask.at, zone)
        day = "" if today else short_day(day_of(first, zone))
        said += _line(
            phrases.NEXT(day=day, at=clock(first, zone)),
            [slot for slot in later if slot.starts == first],
            lambda slot: phrases.COMING(track=_name(ask, slot), place=slot.place),
        )
    last = max(slots, key=lambda slot: slot.ends)
    return said or [phrases.ALL_OVER(when=when(last, zone))]


def _line(head: str, slots: Sequence[Slot], told: Callable[[Slot], str]) -> list[str]:
    return packed(head, slots, told, lambda n: phrases.MORE(n=n), lines=1)


def _of_track(ask: Ask, track: Track) -> str:
    """The slots of a track that are not over."""
    zone = ask.setup.gathering.zone
    slots = [slot for slot in ask.setup.slots_of(track.slug) if slot.ends > ask.at]
    if not slots:
        return no_slot_left(ask, track)
    return listed_slots(
        phrases.OF_TRACK(track=track.name), slots, lambda s: phrases.AT(when=when(s, zone), place=s.place)
    )


def _of_day(ask: Ask, day: date, slots: Sequence[Slot]) -> str:
    zone = ask.setup.gathering.zone
    found = [slot for slot in slots if day_of(slot.starts, zone) == day]
    if not found:
        return phrases.EMPTY_DAY(day=day_in_words(day))
    return listed_slots(
        phrases.OF_DAY(day=day_in_words(day)),
        found,
        lambda slot: phrases.ON_A_DAY(hours=hours(slot, zone), track=_name(ask, slot), place=slot.place),
    )


def _name(ask: Ask, slot: Slot) -> str:
    track = ask.setup.track(slot.track)
    return track.name if track is not None else slot.track


def no_slot_left(ask: Ask, track: Track) -> str:
    """The answer where a track has no slot that is not over, and how it gets one."""
    is_free = any(not slot.track and slot.ends > ask.at for slot in ask.setup.slots)
    return phrases.NO_SLOT_LEFT(track=track.name, slug=track.slug if is_free else "")


def listed_slots(head: str, slots: Sequence[Slot], told: Callable[[Slot], str]) -> str:
    """Slots on a few lines, and how many more there are."""
    return "\n".join(packed(head, slots, told, lambda n: phrases.MORE(n=n), lines=LINES))
