"""The list of actions of a track, a person or the whole gathering, one action a line."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Ask, Effect, Identity, Needs, Reply, Track, listing
from bot.api.facts import RecordKept
from bot.api.people import Named, open_tracks, track_called
from plugins.actions import phrases
from plugins.actions.declaration import plugin
from plugins.actions.kind import today
from plugins.actions.state import ACTIONS, described, in_order, is_owner

MINE = frozenset({"mine", "me", "my"})
ALL = "all"
DONE = frozenset({"done", "closed"})
STATES = frozenset({ALL, "open", *DONE})


class Choice(Struct, frozen=True):
    """Which actions to list.

    tracks: the tracks to search
    whose:  how an answer names the owners in `people`; empty for all owners
    done:   whether to list closed actions instead of open ones
    """

    tracks: tuple[Track, ...]
    whose: str = ""
    people: tuple[Identity, ...] = ()
    done: bool = False


@plugin.command(
    "actions",
    usage="#actions [nick | track | mine | all | done]",
    says="lists the open actions with their owners and due dates",
    example="#actions",
    needs=Needs.NOTHING,
)
def show(ask: Ask) -> Sequence[Effect]:
    """List the requested actions."""
    choice = _choice(ask)
    found = [(track, action) for track in choice.tracks for action in _of(ask, track, choice)]
    if not found:
        where = [] if choice.whose == phrases.YOURS else [track.name for track in choice.tracks]
        return [Reply(phrases.none_open(choice.whose, where, done=choice.done))]
    found.sort(key=_order(found))
    slugs = {track.slug for track, _ in found}
    here = {track.slug for track in ask.setup.tracks_of(ask.room.id)}
    several = len(slugs) > 1 or bool(choice.whose and slugs - here)
    day = today(ask)

    def describe(pair: tuple[Track, RecordKept]) -> str:
        track, action = pair
        return described(ask.setup, track.slug, action, day, named=several)

    names = list(dict.fromkeys(track.name for track, _ in found))
    head = phrases.list_head(len(found), choice.whose, names, done=choice.done)
    return listing(ask, head, found, describe, lambda rest: phrases.MORE(number=rest))


def _order(found: Iterable[tuple[Track, RecordKept]]) -> Callable[[tuple[Track, RecordKept]], int]:
    """Return the sort key for actions of several tracks: due date, then number."""
    ranks = {id(action): rank for rank, action in enumerate(in_order(action for _, action in found))}
    return lambda pair: ranks[id(pair[1])]


def _of(ask: Ask, track: Track, choice: Choice) -> list[RecordKept]:
    found = [action for action in ACTIONS.of(ask.state, track.slug) if action.done == choice.done]
    if not choice.whose:
        return found
    return [action for action in found if any(is_owner(ask.state, action, who) for who in choice.people)]


def _choice(ask: Ask) -> Choice:
    """Read the requested tracks, owners and state; `done rosa` names a state and an owner."""
    words = {word.lower() for word in ask.rest.split()}
    who = " ".join(word for word in ask.rest.split() if word.lower() not in STATES).removeprefix("#")
    done = bool(words & DONE)
    here = (ask.track,) if ask.track is not None else ask.setup.tracks_of(ask.room.id)
    seen = open_tracks(ask)
    tracks = seen if ALL in words or not here else here
    if who.lower() in MINE or (not words and ask.room.private):
        return Choice(seen, phrases.YOURS, (ask.speaker,), done=done)
    if not who:
        return Choice(tracks, done=done)
    named = track_called(who, seen)
    if named is not None:
        return Choice((named,), done=done)
    people = replace(ask, rest=who).read_people()
    whose = phrases.THEIRS(names=[person.name for person in people] or [who])
    return Choice(tracks, whose, tuple(_identity_of(ask, person) for person in people), done=done)


def _identity_of(ask: Ask, person: Named) -> Identity:
    """Return whom a name means; also somebody with a look-alike of it, arvo_ for arvo."""
    alike = ask.directory.look_alikes(person.name) if not person.bearers else ()
    return alike[0] if len(alike) == 1 else ask.identity_of(person)
