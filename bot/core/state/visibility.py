"""Who may know of a track: of a private one, the people in its rooms or its session, and its moderators."""

from bot.core.events import Power
from bot.core.people.identity import Identity
from bot.core.session.session import Session
from bot.core.state.access import Role, role_of
from bot.core.state.setup import Track
from bot.core.state.view import StateView


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
