"""The commands by which people say where they are, and find each other; nicks are followed."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.api import Acknowledge, Ask, Effect, Needs, Occasion, Reply, Track, Write, clock
from bot.api.events import Departed, NickChanged
from bot.api.people import casefold, plain_name
from bot.api.words import day_in_words, near_miss
from plugins.board import limits, phrases
from plugins.board.declaration import PRESENCE, plugin
from plugins.board.facts import CheckedIn, CheckedInGone, CheckedInRenamed, CheckedOut
from plugins.board.presence import CheckIn, Sight, latest, nick_of, presence_of
from plugins.board.tracks import gathering_of, too_long, words_in


def noted(fact: object) -> Write:
    """The order to write who is where; #undo passes over it, because +in and +out change it."""
    return Write(fact, stream=PRESENCE, keep_on_undo=True)


@plugin.edits.line_edited("in")
@plugin.command(
    "in",
    bare=("+in",),
    usage="+in #TRACK, or +in PLACE",
    says="shows on the board where you are; also in private, without +",
    example="+in the pub",
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def check_in(ask: Ask) -> Sequence[Effect]:
    """Check the speaker in, at a track or at a place in words."""
    text = words_in(ask.rest)
    if not text:
        return [Reply(phrases.NO_PLACE)]
    name = text.removeprefix("#")
    track = _shown_track(ask, name)
    if track is None and text.startswith("#"):
        slugs = [one.slug for one in ask.setup.tracks if one.public]
        meant = near_miss(name.casefold(), slugs)
        return [Reply(phrases.NO_SUCH_TRACK(name=name, meant=meant))]
    refused = too_long(text, limits.PLACE)
    if refused is not None:
        return [refused]
    slug = track.slug if track is not None else ""
    fact = CheckedIn(gathering_of(ask), ask.speaker, "" if slug else text, slug)
    return [noted(fact), Acknowledge(phrases.IN(where=f"#{slug}" if slug else text))]


def _shown_track(ask: Ask, name: str) -> Track | None:
    """The track with this slug that everybody may see; None if there is none."""
    track = ask.setup.track(name)
    return track if track is not None and track.public else None


@plugin.command(
    "out",
    bare=("+out",),
    usage="+out",
    says="says that you left where you were",
    example="+out",
    before=("+in the pub",),
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def check_out(ask: Ask) -> Sequence[Effect]:
    """Check the speaker out."""
    if ask.rest:
        return [Reply(phrases.OUT_ALONE)]
    known = latest(ask.state).get(ask.state.person_of(ask.speaker))
    if known is None or known.gone is not None:
        return [Reply(phrases.NOT_IN)]
    if known.out is not None:
        return [Reply(phrases.OUT_ALREADY(where=known.where, at=_moment(ask, known.out)))]
    fact = CheckedOut(gathering_of(ask), known.person)
    return [noted(fact), Acknowledge(phrases.OUT(where=known.where))]


@plugin.command(
    "seen",
    bare=("+seen",),
    usage="+seen NICK",
    says="says where somebody checked in or out last",
    example="+seen amaru",
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def seen(ask: Ask) -> Sequence[Effect]:
    """Say where somebody is, or was last."""
    name = words_in(ask.rest).removeprefix("@")
    if not name:
        return [Reply(phrases.SEEN_WHOM)]
    known = _check_in_of(ask, name)
    return [
        Reply(
            _told(ask, known) if known is not None and _is_told(ask, known) else phrases.NEVER_SEEN(name=name)
        )
    ]


def _is_told(ask: Ask, known: CheckIn) -> bool:
    """Whether everybody may hear where somebody is: a track may have become private since."""
    track = ask.setup.track(known.track) if known.track else None
    return track is None or track.public


def _check_in_of(ask: Ask, name: str) -> CheckIn | None:
    """The last check-in of the person with this name: by what proves them, else by the name they had."""
    found = latest(ask.state)
    proven = found.get(ask.state.person_of(ask.look_up(name)))
    if proven is not None:
        return proven
    wanted = casefold(name)
    named = [one for one in found.values() if wanted in _names(one)]
    return max(named, key=lambda one: one.latest, default=None)


def _names(known: CheckIn) -> set[str]:
    return {casefold(known.person.name), casefold(plain_name(known.person.name)), known.person.key}


def _told(ask: Ask, known: CheckIn) -> str:
    name, where = plain_name(known.person.name), known.where
    if known.out is not None:
        return phrases.LEFT(name=name, where=where, at=_moment(ask, known.out))
    if known.gone is not None:
        return phrases.OUT_OF_SIGHT(name=name, where=where, at=_moment(ask, known.gone))
    at = _moment(ask, known.since)
    if Sight(ask.state).has(known.person):
        return phrases.IS_IN(name=name, where=where, at=at)
    return phrases.WAS_IN(name=name, where=where, at=at)


def _moment(ask: Ask, at: datetime) -> str:
    """A moment with its zone, and with its day if that is another one."""
    zone = ask.setup.gathering.zone
    day, today = at.astimezone(zone).date(), ask.at.astimezone(zone).date()
    return clock(at, zone) if day == today else f"{clock(at, zone)} on {day_in_words(day)}"


@plugin.on(NickChanged)
@plugin.on(Departed)
def follow(occasion: Occasion) -> Iterator[Effect]:
    """Follow the nicks of those who are checked in; a nick alone proves nobody after it was out of sight."""
    by_nick = presence_of(occasion.state).by_nick
    if not by_nick:
        return
    match occasion.event:
        case NickChanged(old, new) if old.key != new.key and nick_of(old) in by_nick:
            yield noted(CheckedInRenamed(old, new))
        case Departed(who, _, False) if (known := by_nick.get(nick_of(who))) is not None:
            if not known.person.account and known.out is None and known.gone is None:
                yield noted(CheckedInGone(known.person))
