"""Imports of agenda items from an allowed page or from the lines of a message: previewed first, then accepted.

Exactly the previewed items are accepted, even if the page changes meanwhile. A new preview replaces the previous one.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import timedelta

from bot.api import Ask, Effect, InputProblem, Occasion, Reply, Role, Say, Write, clock, track_stream
from bot.api.effects import Fetch
from bot.api.events import Fetched
from bot.api.people import role_of
from plugins.agenda import phrases
from plugins.agenda.agenda_lists import MOST, Preview
from plugins.agenda.commands import items_of, put
from plugins.agenda.declaration import plugin
from plugins.agenda.facts import AgendaAccepted, AgendaPreviewed, Item
from plugins.agenda.lookup import waiting_of
from plugins.agenda.syntax import ItemTexts, is_markup, is_text, lines_after, read_list
from plugins.agenda.targets import Here, refused

FETCH = "agenda"
HOLDS = timedelta(hours=1)  # how long a preview can be accepted
DIGEST = 8  # characters of the digest in answers
PAD = re.compile(r"(https?://[^/\s]+/p/[^/?#\s]+)/?")  # the URL of an etherpad's editor


def load(ask: Ask, place: Here) -> Sequence[Effect]:
    """Preview the items of a page or of the following lines of the message."""
    answer = refused(ask, place, "load")
    if answer is not None:
        return answer
    if not place.rest:
        lines = list(lines_after(ask.more, ask.setup.prefixes))
        return _shown_lines(ask, place, lines) if lines else [Reply(phrases.NO_ADDRESS)]
    url = place.rest.removeprefix("from ").strip().strip("<>")
    if not url.lower().startswith(("https://", "http://")) or len(url.split()) > 1:
        return [Reply(phrases.NO_ADDRESS)]
    pad = PAD.fullmatch(url)
    url = f"{pad[1]}/export/txt" if pad else url
    return [Fetch(FETCH, url, argument=place.track.slug), Reply(phrases.FETCHING(url=url))]


def _shown_lines(ask: Ask, place: Here, lines: Sequence[str]) -> Sequence[Effect]:
    item_texts = read_list(lines)
    if isinstance(item_texts, InputProblem):
        return [Reply(item_texts)]
    trouble = _previewable(item_texts, len(place.agenda.items))
    if trouble is not None:
        return [Reply(trouble)]
    items = items_of(ask, place, item_texts.items)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    said = _preview(items, "", digest, item_texts.long, clock(ask.at + HOLDS, ask.setup.gathering.zone))
    return [place.record(AgendaPreviewed(digest, "", items)), Reply(said)]


def _preview(items: Sequence[Item], source: str, digest: str, long: int, until: str) -> str:
    titles = [item.title for item in items]
    return phrases.PREVIEW(titles=titles, source=source, long=long, digest=digest[:DIGEST], until=until)


def _previewable(item_texts: ItemTexts, there: int) -> str | None:
    """Return why a list is refused, or None."""
    if not item_texts.items:
        return phrases.NO_ITEMS
    if len(item_texts.items) > MOST:
        return phrases.TOO_MANY(most=MOST, there=there, more=len(item_texts.items))
    return None


@plugin.on(Fetched, FETCH)
def take_page(occasion: Occasion) -> Sequence[Effect]:
    """Preview a fetched page, or say why it could not be read."""
    event = occasion.event
    if not isinstance(event, Fetched):
        return ()
    session = occasion.session
    track = occasion.state.setup.track(event.argument if isinstance(event.argument, str) else "")
    if track is None:
        return ()
    role = role_of(
        event.asked_by,
        event.power,
        setup=occasion.state.setup,
        track=track,
        session=session,
        persons=occasion.state.persons,
    )
    here = (event.room.id,)
    if role < (Role.CHAIR if session is not None else Role.MODERATOR):
        return [Say(here, phrases.NO_RIGHT_ANY_MORE(who=event.asked_by.name))]
    trouble = event.trouble or ("" if is_text(event.text) else "kind")
    if trouble:
        why = phrases.TROUBLES.get(trouble, phrases.TROUBLES["unreachable"])
        return [Say(here, phrases.NOT_FETCHED(url=event.url, why=why))]
    if is_markup(event.text):
        return [Say(here, phrases.MARKUP)]
    return _page_shown(occasion, event, session.id if session is not None else track_stream(track.slug))


def _page_shown(occasion: Occasion, event: Fetched, stream: str) -> Sequence[Effect]:
    here = (event.room.id,)
    item_texts = read_list(event.text.splitlines())
    if isinstance(item_texts, InputProblem):
        return [Say(here, item_texts)]
    trouble = _previewable(item_texts, 0)
    if trouble is not None:
        return [Say(here, trouble)]
    # only the page names proposers; the person who fetched it did not propose the items
    items = tuple(
        Item(
            f"{occasion.cause}.{n}",
            item_text.title,
            item_text.minutes,
            item_text.proposer,
            "" if occasion.session is not None else event.room.id,
        )
        for n, item_text in enumerate(item_texts.items, 1)
    )
    until = clock(event.at + HOLDS, occasion.state.setup.gathering.zone)
    said = _preview(items, event.url, event.digest, item_texts.long, until)
    return [Write(AgendaPreviewed(event.digest, event.url, items), stream=stream), Say(here, said)]


def accept(ask: Ask, place: Here) -> Sequence[Effect]:
    """Add the previewed items to the agenda."""
    answer = refused(ask, place, "accept")
    if answer is not None:
        return answer
    preview, stream = _waiting(ask, place)
    if preview is None:
        return [Reply(phrases.NOTHING_WAITS)]
    wanted = place.rest.lower()
    if wanted and not preview.digest.startswith(wanted):
        return [Reply(phrases.OTHER_DIGEST(waiting=preview.digest[:DIGEST], wanted=wanted[:12]))]
    if ask.at > preview.at + HOLDS:
        until = clock(preview.at + HOLDS, ask.setup.gathering.zone)
        return [Reply(phrases.TOO_LATE(until=until))]
    return put(place, preview.items, Write(AgendaAccepted(preview.digest), stream=stream))


def _waiting(ask: Ask, place: Here) -> tuple[Preview | None, str]:
    """Return the waiting preview and its stream: the session's, or the track's if it is older than the session."""
    if place.agenda.preview is not None or place.session is None:
        return place.agenda.preview, place.stream
    return waiting_of(ask.state, place.track.slug).preview, track_stream(place.track.slug)
