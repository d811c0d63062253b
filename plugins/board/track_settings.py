"""The commands that set a track's etherpad, its address to meet at, its color and its place."""

from collections.abc import Iterator, Sequence

from bot.api import Ask, Effect, Needs, Reply, Session
from bot.api.facts import EtherpadSet
from bot.api.web import Sign, View
from plugins.board import addresses, colors, limits, phrases
from plugins.board.declaration import plugin
from plugins.board.facts import ColorSet, LocationSet, TrackUrlSet
from plugins.board.rows import configured_color, configured_etherpad, etherpad_of, todays_slot
from plugins.board.state import board_of
from plugins.board.tracks import done, gathering_of, too_long, track_of, words_in, written


@plugin.web.session_link
def places_of_session(view: View, session: Session) -> Iterator[Sign]:
    """Yield where the track of a session meets, if people said it here, and writes."""
    track = view.state.setup.track(session.track)
    if track is None:
        return
    meets, pad = board_of(view.state, track.slug).url, etherpad_of(view.state, track)
    if meets:
        yield Sign("Join", "call", order=10, href=meets)
    if pad:
        yield Sign("Etherpad", "etherpad", href=pad)


def _is_word(text: str) -> bool:
    return len(text.split()) == 1


@plugin.edits.line_edited("TRACK etherpad")
@plugin.command(
    "etherpad",
    about_track=True,
    usage="#TRACK etherpad URL, or auto",
    says="sets a track's etherpad; auto is the generated address",
    example="#nova etherpad https://etherpad.example.org/p/nova-cells",
    needs=Needs.GATHERING,
)
def set_etherpad(ask: Ask) -> Sequence[Effect]:
    """Set the etherpad, or go back to the configured or generated one."""
    track, text = track_of(ask), ask.rest
    if not _is_word(text):
        return [Reply(ask.usage)]
    if text.lower() != "auto":
        if not addresses.is_safe(text):
            return [Reply(phrases.NO_ADDRESS(most=addresses.LONGEST))]
        return [
            written(track, EtherpadSet(gathering_of(ask), text)),
            done(ask, phrases.ETHERPAD(track=track.slug, url=text)),
        ]
    generated = configured_etherpad(ask.setup, track)
    said = done(ask, phrases.ETHERPAD(track=track.slug, url=generated))
    if not generated:
        said = Reply(phrases.NO_ETHERPAD(track=track.slug))
    return [written(track, EtherpadSet(gathering_of(ask), "")), said]


@plugin.edits.line_edited("TRACK url")
@plugin.command(
    "url",
    about_track=True,
    usage="#TRACK url URL, or none",
    says="sets where a track meets on the web; none is the link of its slot",
    example="#nova url https://meet.example.org/nova",
    needs=Needs.GATHERING,
)
def set_url(ask: Ask) -> Sequence[Effect]:
    """Set the address to meet at, or go back to the one of today's slot."""
    track, text = track_of(ask), ask.rest
    if not _is_word(text):
        return [Reply(ask.usage)]
    address = "" if text.lower() == "none" else text
    if address and not addresses.is_safe(address):
        return [Reply(phrases.NO_ADDRESS(most=addresses.LONGEST))]
    slot = todays_slot(ask.setup, track.slug, ask.at)
    shown = address or (slot.link if slot is not None else "")
    said = phrases.URL(track=track.slug, url=shown) if shown else phrases.NO_URL(track=track.slug)
    return [written(track, TrackUrlSet(gathering_of(ask), address)), done(ask, said)]


@plugin.edits.line_edited("TRACK color")
@plugin.command(
    "color",
    about_track=True,
    aliases=("colour",),
    usage="#TRACK color COLOR, or none",
    says="sets a track's color: a name of CSS, #rgb or #rrggbb",
    example="#nova color #42f4c5",
    needs=Needs.GATHERING,
)
def set_color(ask: Ask) -> Sequence[Effect]:
    """Set the color of the badge, or go back to the configured one."""
    track, text = track_of(ask), ask.rest.lower()
    if not _is_word(text):
        return [Reply(ask.usage)]
    color = "" if text == "none" else text
    if color and not colors.is_color(color):
        return [Reply(phrases.NO_COLOR(text=text))]
    shown = color or configured_color(track)
    said = phrases.COLOR(track=track.slug, color=shown) if shown else phrases.NO_COLOR_NOW(track=track.slug)
    return [written(track, ColorSet(gathering_of(ask), color)), done(ask, said)]


@plugin.edits.line_edited("TRACK location")
@plugin.command(
    "location",
    about_track=True,
    usage="#TRACK location text, or none",
    says="sets where a track is found; none is the place of its slot",
    example="#nova location Level B, Ballroom A",
    needs=Needs.GATHERING,
)
def set_location(ask: Ask) -> Sequence[Effect]:
    """Set the place, or go back to the one of today's slot."""
    track, text = track_of(ask), words_in(ask.rest)
    if not text:
        return [Reply(ask.usage)]
    refused = too_long(text, limits.PLACE)
    if refused is not None:
        return [refused]
    place = "" if text.lower() == "none" else text
    slot = todays_slot(ask.setup, track.slug, ask.at)
    shown = place or (slot.place if slot is not None else "")
    said = phrases.LOCATION(track=track.slug, place=shown) if shown else phrases.NO_LOCATION(track=track.slug)
    return [written(track, LocationSet(gathering_of(ask), place)), done(ask, said)]
