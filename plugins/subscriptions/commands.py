"""The commands that request pings by track, words or pattern, and that list and end them."""

from collections.abc import Iterable, Sequence

from bot.api import GATHERING, Ask, Effect, Identity, Needs, Reply, Write, titled
from bot.api.people import known_tracks, no_such_track, track_called
from plugins.subscriptions import item_people, phrases
from plugins.subscriptions.declaration import plugin
from plugins.subscriptions.facts import PingAsked, PingNickChanged, PingsStopped
from plugins.subscriptions.patterns import is_searchable
from plugins.subscriptions.state import asked_by, subscriptions_of
from plugins.subscriptions.syntax import ItemNumbers, TopicRequest, read_items, read_wish

LONGEST = 100  # characters of words or of a pattern
LONGEST_LINE = 600


def written(fact: object) -> Write:
    """Return the effect that writes a fact of pings, which #undo keeps because other commands revert it."""
    return Write(fact, stream=GATHERING, keep_on_undo=True)


@plugin.command(
    "pingme",
    usage=phrases.USAGE,
    says="tells you in private when such a topic starts; alone it lists your pings; with N you are called here when item N comes up",
    example="#pingme topic ~ migration",
    needs=Needs.NOTHING,
)
def pingme(ask: Ask) -> Sequence[Effect]:
    """List, end or request pings, or add names to an agenda item."""
    said = titled(ask.rest)
    if len(said) > LONGEST_LINE:
        return [Reply(phrases.LINE_TOO_LONG(most=LONGEST_LINE, length=len(said)))]
    if not said:
        return [*adopted(ask), Reply(listing(ask))]
    head, _, rest = said.partition(" ")
    if head.lower() == "off":
        return end(ask, rest.strip())
    items = read_items(said)
    if items is not None:
        return item_people.put(ask, items)
    request = _wish(ask, said)
    return _wished(ask, request) if request is not None else [Reply(ask.usage)]


def _wish(ask: Ask, said: str) -> TopicRequest | None:
    """Read the requested topics; the name of a track alone is enough."""
    alone = said.removeprefix("#")
    return read_wish(said) or (
        TopicRequest((alone,)) if track_called(alone, known_tracks(ask)) is not None else None
    )


@plugin.command(
    "subscribe",
    bare=("+subscribe",),
    usage="+subscribe REGEX",
    says='tells you in private when "#track topic" matches a pattern; alone it lists your pings',
    example="+subscribe #nova .*migration",
    needs=Needs.NOTHING,
)
def subscribe(ask: Ask) -> Sequence[Effect]:
    """Request pings by a pattern; without a pattern, list them."""
    regex = ask.rest
    if not regex:
        return [*adopted(ask), Reply(listing(ask))]
    if len(regex) > LONGEST:
        return [Reply(phrases.TOO_LONG(most=LONGEST, length=len(regex)))]
    if not is_searchable(regex):
        return [Reply(phrases.NO_SUCH_PATTERN)]
    return _added(ask, [("", "", regex)])


@plugin.command(
    "unsubscribe",
    bare=("+unsubscribe",),
    usage="+unsubscribe, or +unsubscribe N",
    says="ends ping N; alone it ends those asked for with a pattern",
    example="+unsubscribe",
    before=("+subscribe #nova .*migration",),
    needs=Needs.NOTHING,
)
def unsubscribe(ask: Ask) -> Sequence[Effect]:
    """End pings by number; without a number, end those requested by a pattern."""
    mine = asked_by(ask.state, ask.speaker)
    if not ask.rest:
        return _ended(ask, [ping for ping in mine if ping.regex]) or [Reply(phrases.NOTHING)]
    items = read_items(titled(ask.rest)) if len(ask.rest) <= LONGEST_LINE else None
    if items is None:
        same = [ping for ping in mine if ping.regex == ask.rest]
        return _ended(ask, same) or [Reply(ask.usage)]
    return _ended_by_number(ask, items)


def adopted(ask: Ask) -> Iterable[Write]:
    """Move pings requested under the speaker's nick to the account that they logged in to."""
    speaker = ask.speaker
    if speaker.account and (speaker.network, speaker.key) in subscriptions_of(ask.state).nicks:
        yield written(PingNickChanged(Identity(speaker.network, speaker.name, speaker.key), speaker))


def described(ask: Ask, ping: PingAsked) -> str:
    """Describe the topics of a ping."""
    if ping.regex:
        return phrases.LIKE(regex=ping.regex)
    track = ask.setup.track(ping.track) if ping.track else None
    return phrases.OF_TRACK(track=track.name if track is not None else ping.track, words=ping.words)


def _numbered(ask: Ask, pings: Iterable[PingAsked]) -> list[str]:
    return [phrases.NUMBERED(n=ping.n, what=described(ask, ping)) for ping in pings]


def _list(ask: Ask, pings: Iterable[PingAsked]) -> str:
    return phrases.in_order(_numbered(ask, pings))


def listing(ask: Ask) -> str:
    """List the speaker's pings, and the agenda items here with their name."""
    pings, items = _list(ask, asked_by(ask.state, ask.speaker)), item_people.mine_here(ask)
    return phrases.MINE(pings=pings, items=items) if pings or items else phrases.NOTHING


def _wished(ask: Ask, request: TopicRequest) -> Sequence[Effect]:
    words = request.words or ""
    if request.words == "":
        return [Reply(phrases.NO_WORDS)]
    if len(words) > LONGEST:
        return [Reply(phrases.TOO_LONG(most=LONGEST, length=len(words)))]
    slugs, known = [], known_tracks(ask)
    for name in request.tracks:
        track = track_called(name, known)
        if track is None:
            return [Reply(no_such_track(ask, name))]
        slugs.append(track.slug)
    return _added(ask, [(slug, words, "") for slug in dict.fromkeys(slugs or [""])])


def _added(ask: Ask, wanted: Sequence[tuple[str, str, str]]) -> Sequence[Effect]:
    """Request pings for (track, words, pattern), except those that exist."""
    if ask.why_not_in_private is not None:
        return [Reply(ask.why_not_in_private)]
    mine = asked_by(ask.state, ask.speaker)
    known = {_same(ping.track, ping.words, ping.regex): ping for ping in mine}
    first = max((ping.n for ping in mine), default=0) + 1
    new = [request for request in wanted if _same(*request) not in known]
    if not new:
        same = _list(ask, (known[_same(*request)] for request in wanted))
        return [*adopted(ask), Reply(phrases.THERE_ALREADY(pings=same))]
    limits = ask.setup.limits
    if len(mine) + len(new) > limits.subscriptions:
        return [Reply(phrases.TOO_MANY(most=limits.subscriptions))]
    if len(subscriptions_of(ask.state).by_id) + len(new) > limits.all_subscriptions:
        return [Reply(phrases.TOO_MANY_IN_ALL(most=limits.all_subscriptions))]
    gathering = ask.setup.gathering.slug
    pings = [
        PingAsked(f"{ask.cause}.{n}", n, gathering, ask.speaker, track, words, regex)
        for n, (track, words, regex) in enumerate(new, first)
    ]
    nick = "" if ask.state.persons.account_of(ask.speaker) is not None else ask.speaker.name
    said = phrases.ASKED(pings=_list(ask, pings), number=first, nick=nick)
    return [*adopted(ask), *map(written, pings), Reply(said)]


def _same(track: str, words: str, regex: str) -> tuple[str, frozenset[str], str]:
    """Return a key that is equal for equivalent requests."""
    return track, frozenset(words.casefold().split()), regex


def end(ask: Ask, said: str) -> Sequence[Effect]:
    """End pings: all, by number, by agenda item, or by the words of the request."""
    mine = asked_by(ask.state, ask.speaker)
    if not said:
        if len(mine) > 1:
            return [Reply(phrases.WHICH(pings=_list(ask, mine)))]
        return _ended(ask, mine) or [Reply(phrases.NOTHING)]
    if said.lower() == "all":
        off = item_people.off_everywhere(ask)
        return [*_stopped(mine), *off, Reply(phrases.OFF_ALL if mine or off else phrases.NOTHING)]
    items = read_items(said)
    if items is not None:
        return _off_number(ask, items)
    request = _wish(ask, said)
    return _ended_by_words(ask, request) if request is not None else [Reply(ask.usage)]


def _off_number(ask: Ask, items: ItemNumbers) -> Sequence[Effect]:
    """End a ping or remove a name, because the number may be a ping's or an agenda item's."""
    if items.said_item:
        return item_people.take_off(ask, items)
    number = items.numbers[0]
    titles = item_people.titles_of_mine(ask, items.numbers)
    pings = [ping for ping in asked_by(ask.state, ask.speaker) if ping.n == number]
    if pings and titles and len(items.numbers) == 1:
        ping = described(ask, pings[0])
        return [Reply(phrases.TWO_MEANINGS(number=number, ping=ping, title=titles[0]))]
    return item_people.take_off(ask, items) if titles and not pings else _ended_by_number(ask, items)


def _ended_by_number(ask: Ask, items: ItemNumbers) -> Sequence[Effect]:
    mine = asked_by(ask.state, ask.speaker)
    missing = next((n for n in items.numbers if all(ping.n != n for ping in mine)), None)
    if missing is not None:
        return [Reply(phrases.NO_SUCH_PING(number=missing))]
    return _ended(ask, [ping for ping in mine if ping.n in items.numbers])


def _ended_by_words(ask: Ask, request: TopicRequest) -> Sequence[Effect]:
    words = request.words or ""
    tracks = {name: track_called(name, known_tracks(ask)) for name in request.tracks}
    slugs = [track.slug if track is not None else name for name, track in tracks.items()] or [""]
    wanted = {_same(slug, words, "") for slug in slugs}
    same = [
        ping
        for ping in asked_by(ask.state, ask.speaker)
        if _same(ping.track, ping.words, ping.regex) in wanted
    ]
    what = phrases.OF_TRACK(track=", ".join(request.tracks), words=words)
    return _ended(ask, same) or [Reply(phrases.NOT_ASKED(what=what))]


def _stopped(pings: Sequence[PingAsked]) -> list[Write]:
    return [written(PingsStopped(tuple(ping.id for ping in pings)))] if pings else []


def _ended(ask: Ask, pings: Sequence[PingAsked]) -> list[Effect]:
    """End these pings and report it; empty if there are none."""
    return [*_stopped(pings), Reply(phrases.OFF(pings=_list(ask, pings)))] if pings else []
