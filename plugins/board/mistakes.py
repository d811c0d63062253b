"""Lines that were meant as commands of the board and are none: a mistyped word of an operator, and a command in the wrong room."""

from collections.abc import Iterable, Iterator, Sequence

from bot.api import Effect, Occasion, Reply, Role, Setup, Track
from bot.api.effects import Remember
from bot.api.events import Message
from bot.api.people import role_of
from bot.api.words import near_miss
from plugins.board import phrases
from plugins.board.declaration import plugin

OPERATORS_SIGN = "~"
ABOUT = "TRACK "  # begins the words of commands about a track


def own_rooms(setup: Setup) -> Iterable[str]:
    """The gathering's own rooms."""
    return setup.gathering.rooms


def rooms_of_tracks(setup: Setup) -> Iterator[str]:
    """The rooms of tracks, if the gathering has rooms where the commands work."""
    if setup.gathering.rooms:
        yield from (room for track in setup.tracks for venue in track.venues for room in venue)


@plugin.overhears(own_rooms)
def mistyped(occasion: Occasion) -> Sequence[Effect]:
    """Tell an operator which word was meant, where a word with ~ is nearly one."""
    event = occasion.event
    if not isinstance(event, Message) or not _may_be_command(event, OPERATORS_SIGN):
        return ()
    word = event.text.split()[0].removeprefix(OPERATORS_SIGN).lower()
    forms = [form for command in occasion.register.commands.values() for form in command.bare]
    known = [form.removeprefix(OPERATORS_SIGN) for form in forms if form.startswith(OPERATORS_SIGN)]
    meant = near_miss(word, known) if word not in known else None
    if meant is None or _role(occasion, event) < Role.MODERATOR:
        return ()
    return [Reply(phrases.MISTYPED(word=word, meant=meant))]


def _role(occasion: Occasion, event: Message) -> Role:
    state = occasion.state
    return role_of(
        event.speaker, event.power, setup=state.setup, track=None, session=None, persons=state.persons
    )


@plugin.overhears(rooms_of_tracks)
def in_own_room(occasion: Occasion) -> Sequence[Effect]:
    """Tell once a day in a track's own room where a command about the track works."""
    event, setup = occasion.event, occasion.state.setup
    if not isinstance(event, Message) or not _may_be_command(event, "#"):
        return ()
    room = event.room.id
    if setup.is_gathering_room(room) or _named(occasion, event.text, setup.tracks_of(room)) is None:
        return ()
    key, today = (plugin.name, "wrong room", room), event.at.astimezone(setup.gathering.zone).date()
    if occasion.state.remembered(key) == today:
        return ()
    own = [one.partition("/") for one in setup.gathering.rooms]
    where = next((name for network, _, name in own if network == event.room.network), own[0][2])
    return [Remember(key, today), Reply(phrases.IN_GATHERING(room=where))]


def _may_be_command(event: Message, sign: str) -> bool:
    return event.text.startswith(sign) and not (event.by_bot or event.talk_only or event.room.private)


def _named(occasion: Occasion, text: str, tracks: Iterable[Track]) -> Track | None:
    """The track of the room that a command names; None if the line is none."""
    name, _, rest = text[1:].partition(" ")
    word = rest.split(maxsplit=1)[0].lower() if rest.strip() else ""
    words = {one.word.removeprefix(ABOUT) for one in occasion.register.commands.values() if one.about_track}
    slug = name.rstrip(":").casefold()
    return next((track for track in tracks if word in words and track.slug.casefold() == slug), None)
