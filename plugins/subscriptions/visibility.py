"""Visibility of tracks: a private track is visible to people in its rooms or its session, and to its moderators."""

from bot.api import Ask, Identity, Role, Session, StateView, Track
from bot.api.events import Power
from bot.api.people import role_of
from bot.api.words import near_miss
from plugins.subscriptions import phrases


def may_see(state: StateView, person: Identity, track: Track, session: Session | None = None) -> bool:
    """Whether somebody may get information about a track."""
    if track.public:
        return True
    if session is not None:
        wanted = state.person_of(person, session)
        if any(state.person_of(known, session) == wanted for known in session.known.values()):
            return True
    rooms = (room for venue in track.venues for room in venue)
    return any(is_in(state, person, room) for room in rooms) or _runs(state, person, track)


def is_in(state: StateView, person: Identity, room_id: str) -> bool:
    """Whether somebody is in a room, under any proven identity."""
    room = state.room(room_id)
    if room is None:
        return False
    here = [identity for identity in state.persons.identities_of(person) if identity.network == room.network]
    if any(identity.key in room.members for identity in here):
        return True
    accounts = {identity.account for identity in here if identity.account}
    return bool(accounts) and any(member.account in accounts for member in room.members.values())


def _runs(state: StateView, person: Identity, track: Track) -> bool:
    role = role_of(person, Power.NONE, setup=state.setup, track=track, session=None, persons=state.persons)
    return role >= Role.MODERATOR


def visible_tracks(ask: Ask) -> list[Track]:
    """Return the tracks visible to the speaker, in the order of the configuration."""
    here = ask.setup.tracks_of(ask.room.id)
    return [track for track in ask.setup.tracks if track in here or may_see(ask.state, ask.speaker, track)]


def track_called(ask: Ask, name: str) -> Track | None:
    """Find a visible track by its slug or name, in any case."""
    wanted = " ".join(name.split()).casefold()
    return next(
        (
            visible_track
            for visible_track in visible_tracks(ask)
            if wanted in {visible_track.slug.casefold(), visible_track.name.casefold()}
        ),
        None,
    )


def no_such_track(ask: Ask, name: str) -> str:
    """Return the answer if no visible track has this name."""
    slugs = [visible_track.slug for visible_track in visible_tracks(ask)]
    meant = near_miss(name.casefold(), slugs)
    return phrases.NO_SUCH_TRACK(name=name, meant=meant, tracks=[] if meant else slugs)
