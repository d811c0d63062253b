"""Who may know of a track: everybody, where it is public; else who is in its rooms, was in its session, or runs it."""

from bot.api import Ask, Identity, Power, Role, Session, StateView, Track, near_miss, role_of
from plugins.subscriptions import phrases


def may_see(state: StateView, person: Identity, track: Track, session: Session | None = None) -> bool:
    """Whether somebody may hear of what goes on in a track."""
    if track.public:
        return True
    if session is not None:
        wanted = state.person_of(person, session)
        if any(state.person_of(one, session) == wanted for one in session.known.values()):
            return True
    rooms = (room for venue in track.venues for room in venue)
    return any(is_in(state, person, room) for room in rooms) or _runs(state, person, track)


def is_in(state: StateView, person: Identity, room_id: str) -> bool:
    """Whether somebody is in a room, under any proven identity."""
    room = state.room(room_id)
    if room is None:
        return False
    here = [one for one in state.persons.identities_of(person) if one.network == room.network]
    if any(one.key in room.members for one in here):
        return True
    accounts = {one.account for one in here if one.account}
    return bool(accounts) and any(member.account in accounts for member in room.members.values())


def _runs(state: StateView, person: Identity, track: Track) -> bool:
    role = role_of(person, Power.NONE, setup=state.setup, track=track, session=None, persons=state.persons)
    return role >= Role.MODERATOR


def visible_tracks(ask: Ask) -> list[Track]:
    """The tracks that the speaker may know of, in the order of the configuration."""
    here = ask.setup.tracks_of(ask.room.id)
    return [one for one in ask.setup.tracks if one in here or may_see(ask.state, ask.speaker, one)]


def track_called(ask: Ask, name: str) -> Track | None:
    """The track that is called so, by its slug or name in any case."""
    wanted = " ".join(name.split()).casefold()
    return next(
        (one for one in visible_tracks(ask) if wanted in {one.slug.casefold(), one.name.casefold()}), None
    )


def no_such_track(ask: Ask, name: str) -> str:
    """What is said of a name that no track has which the speaker may know of."""
    slugs = [one.slug for one in visible_tracks(ask)]
    meant = near_miss(name.casefold(), slugs)
    return phrases.NO_SUCH_TRACK(name=name, meant=meant, tracks=[] if meant else slugs)
