"""The target of an agenda command: the running session's list, otherwise the list for the track's next session."""

from collections.abc import Sequence

from msgspec import Struct

from bot.api import (
    Ask,
    Effect,
    Identity,
    InputProblem,
    Reply,
    Role,
    Session,
    Track,
    Write,
    shortened,
    track_stream,
)
from bot.api.events import Power
from bot.api.people import role_of, same_rights
from plugins.agenda import phrases
from plugins.agenda.agenda_lists import Agenda, Listed
from plugins.agenda.lookup import agenda_of, waiting_of


class Here(Struct, frozen=True):
    """The list that a command is about.

    rest: the text of the command, without a leading track name
    """

    track: Track
    agenda: Agenda
    session: Session | None
    rest: str

    @property
    def stream(self) -> str:
        """The stream of the list's facts."""
        return self.session.id if self.session is not None else track_stream(self.track.slug)

    def record(self, fact: object) -> Write:
        """Return the effect that writes a fact of this list."""
        return Write(fact, stream=self.stream)

    @property
    def next_of(self) -> str:
        """The name of the track if the list is for its next session; empty while a session runs."""
        return "" if self.session is not None else self.track.name


def here(ask: Ask, rest: str) -> Here | InputProblem:
    """Find the list that a command is about, or the answer if there is none."""
    session = ask.session
    if session is not None:
        track = ask.setup.track(session.track)
        if track is None:
            return InputProblem(phrases.NO_TRACK)
        return Here(track, agenda_of(session), session, rest)
    tracks = ask.setup.tracks_of(ask.room.id)
    if len(tracks) > 1:
        head, colon, named = rest.partition(":")
        chosen = ask.setup.track(head.strip()) if colon else None
        if chosen is None or chosen not in tracks:
            slugs, title = [track.slug for track in tracks], shortened(rest, 40) or "TITLE"
            return InputProblem(phrases.NAME_A_TRACK(slugs=slugs, slug=slugs[0], title=title))
        return Here(chosen, waiting_of(ask.state, chosen.slug), None, named.strip())
    if not tracks:
        return InputProblem(phrases.NO_TRACK)
    return Here(tracks[0], waiting_of(ask.state, tracks[0].slug), None, rest)


def may_arrange(ask: Ask, place: Here) -> bool:
    """Whether the speaker may change the list: a chair of the session; before it, a moderator."""
    if place.session is not None:
        return ask.role >= Role.CHAIR
    named = role_of(  # in a room with several tracks, `ask.role` was computed without a track
        ask.speaker,
        Power.NONE,
        setup=ask.setup,
        track=place.track,
        session=None,
        persons=ask.state.persons,
    )
    return max(ask.role, named) >= Role.MODERATOR


def is_own(ask: Ask, listed: Listed) -> bool:
    """Whether the speaker added an item, proven by account; lists outlive the proof that a nick gives."""
    by: Identity | None = listed.by
    return by is not None and bool(by.account) and any(same_rights(by, mine) for mine in ask.identities)


def refused(ask: Ask, place: Here, what: str) -> Sequence[Effect] | None:
    """Return the refusal for a speaker who may not change the list, or None."""
    if may_arrange(ask, place):
        return None
    chairs = [chair.name for chair in place.session.chairs] if place.session is not None else []
    if not chairs:
        return [Reply(phrases.ONLY_MODERATORS(what=what))]
    return [Reply(phrases.ONLY_CHAIRS(what=what, chairs=chairs))]
