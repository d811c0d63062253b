"""Delivery of pings: a private message to each person who requested a topic that begins or is next.

The person who opened the topic and people who just spoke in the room get none. Pings are sent after answers to rooms,
and dropped if they are too late.
"""

from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.api import Announce, Effect, Identity, Occasion, Session, StateView, Tell, Track, Write
from bot.api.events import Fetched, Prepared
from bot.api.facts import NextSaid, NowSaid, TopicClosed, TopicOpened
from bot.api.people import is_in, is_relayed, may_see, plain_name
from bot.api.recap import AgendaItem
from plugins.subscriptions import phrases
from plugins.subscriptions.declaration import plugin
from plugins.subscriptions.facts import NextTold, PingAsked
from plugins.subscriptions.on_already import is_on_already
from plugins.subscriptions.patterns import finds, has_words
from plugins.subscriptions.state import Put, subscriptions_of

WITHIN = timedelta(minutes=5)  # a later ping is dropped
JUST_NOW = timedelta(minutes=2)  # people who spoke this recently are reading the room
AGAIN = timedelta(minutes=5)  # a topic that is resumed sooner causes no ping


class News(Struct, frozen=True):
    """The content of pings: what begins or is next in a track, in a session or said on the board.

    session: whose topic it is; None if it was said on the board
    n:       the number of its agenda item; 0 if it has none
    names:   those at the agenda item
    """

    state: StateView
    session: Session | None
    track: Track
    title: str
    begins: bool
    n: int = 0
    names: tuple[Put, ...] = ()

    @property
    def rooms(self) -> tuple[str, ...]:
        """The rooms of the session, else those of the track."""
        if self.session is not None:
            return self.session.rooms
        return tuple(room for venue in self.track.venues for room in venue)

    def person(self, identity: Identity) -> Hashable:
        """Return a key of the person; a nick counts as the person who has it in the session's rooms."""
        return self.state.person_of(self._now(identity), self.session)

    def _now(self, identity: Identity) -> Identity:
        rooms = (self.state.room(room) for room in self.rooms)
        here = [room.members for room in rooms if room is not None and room.network == identity.network]
        return next((found for members in here if (found := members.get(identity.key))), identity)


@plugin.upon(TopicOpened)
def topic_opened(occasion: Occasion, fact: TopicOpened) -> Iterator[Effect]:
    """Mention the names at the item in the room, and ping the people who requested the topic."""
    session, track = occasion.session, occasion.track
    if session is None or track is None or not _is_news(session, occasion.at):
        return
    topic = session.topic
    item = topic.item if topic is not None else fact.item
    listed = next((known for known in occasion.register.agenda(session) if item and known.id == item), None)
    names = subscriptions_of(occasion.state).names.get(item, ()) if item else ()
    n = listed.n if listed is not None else 0
    news = News(occasion.state, session, track, fact.title, begins=True, n=n, names=names)
    own = news.person(occasion.by) if occasion.by is not None else None
    if any(news.person(at.person) != own for at in names):
        people = [plain_name(at.person.name) for at in names]
        yield Announce(phrases.CALLED(people=people, title=fact.title))
    if not (news.begins and is_on_already(news.state, news.track, news.title, occasion.at)):
        yield from _messages(news, occasion)


@plugin.upon(NowSaid)
@plugin.upon(NextSaid)
def said_on_the_board(occasion: Occasion, fact: NowSaid | NextSaid) -> Iterator[Effect]:
    """Ping the people who requested what somebody says to be on or next, unless a topic of these words is on."""
    track, gathering = occasion.track, occasion.state.setup.gathering.slug
    is_news = not isinstance(occasion.event, Fetched | Prepared)  # else it was brought along from another bot
    if is_news and track is not None and fact.gathering == gathering:
        news = News(occasion.state, None, track, fact.text, begins=isinstance(fact, NowSaid))
        if not (news.begins and is_on_already(news.state, news.track, news.title, occasion.at)):
            yield from _messages(news, occasion)


def _is_news(session: Session, at: datetime) -> bool:
    """Whether the current topic began at `at` and was not current shortly before."""
    topic = session.topic
    if topic is None or topic.spans[-1][0] != at:
        return False
    before = topic.spans[-2][1] if len(topic.spans) > 1 else None
    return before is None or at - before >= AGAIN


@plugin.upon(TopicClosed)
def topic_closed(occasion: Occasion, _: TopicClosed) -> Iterator[Effect]:
    """Ping the people who requested the next item, once per item."""
    session, track = occasion.session, occasion.track
    if session is None or track is None:
        return
    item = _next(occasion.register.agenda(session))
    if item is None or any(fact.item == item.id for fact in session.every(NextTold)):
        return
    names = subscriptions_of(occasion.state).names.get(item.id, ())
    news = News(occasion.state, session, track, item.title, begins=False, n=item.n, names=names)
    pings = list(_messages(news, occasion))
    if pings:
        yield Write(NextTold(item.id))
        yield from pings


def _next(items: Sequence[AgendaItem]) -> AgendaItem | None:
    return next((item for item in items if item.state == "open"), None)


def _messages(news: News, occasion: Occasion) -> Iterator[Tell]:
    """Yield a private message for each person who requested the topic, on the network of their last request."""
    wanted = _wanted(news)
    if not wanted:
        return  # as for most topics; then it does not matter who spoke just now
    spoke = _spoke_just_now(news, occasion)
    own = news.person(occasion.by) if occasion.by is not None else None
    for person, (identity, how) in wanted.items():
        if person != own and person not in spoke and may_see(news.state, identity, news.track, news.session):
            said = phrases.BEGINS(
                track=news.track.name,
                title=news.title,
                begins=news.begins,
                room=_room(news, identity),
                how=how,
            )
            yield Tell(identity, said, within=WITHIN)


def _wanted(news: News) -> dict[Hashable, tuple[Identity, str]]:
    """Return the people who requested the topic, in order of request, with the command that ends their ping."""
    fits: dict[tuple[str, str, str], bool] = {}  # many people ask for the same
    fitting: dict[Hashable, list[PingAsked]] = {}
    for ping in subscriptions_of(news.state).asked:
        asked = (ping.track, ping.words, ping.regex)
        if asked not in fits:
            fits[asked] = _fits(ping, news)
        if fits[asked]:
            fitting.setdefault(news.person(ping.person), []).append(ping)
    found = {
        person: (
            pings[-1].person,
            phrases.ENDS_PINGS(numbers=", ".join(map(str, sorted({p.n for p in pings})))),
        )
        for person, pings in fitting.items()
    }
    for at in news.names:
        if _is_reachable(news, at.person):
            found.setdefault(news.person(at.person), (at.person, phrases.ENDS_NAME(n=news.n)))
    return found


def _fits(ping: PingAsked, news: News) -> bool:
    if ping.track not in ("", news.track.slug):
        return False
    if ping.regex:
        return finds(ping.regex, news.track.slug, news.title, begins=news.begins)
    return has_words(ping.words, news.title)


def _is_reachable(news: News, person: Identity) -> bool:
    """Whether a name, which others may have typed, belongs to a known person."""
    if is_relayed(person) or news.session is None:
        return False
    seen = (
        known.network == person.network and known.key == person.key for known in news.session.known.values()
    )
    return bool(person.account) or any(seen) or any(is_in(news.state, person, room) for room in news.rooms)


def _spoke_just_now(news: News, occasion: Occasion) -> set[Hashable]:
    session, state = news.session, news.state
    if session is None:
        return set()
    spoke = ((person, state.last_spoke(session.id, person)) for person in session.known.values())
    return {news.person(person) for person, at in spoke if at is not None and occasion.at - at < JUST_NOW}


def _room(news: News, identity: Identity) -> str:
    """Return the room on somebody's network, or another one with the name of its network; empty if there is none."""
    if not news.rooms:
        return ""
    own = next((room for room in news.rooms if room.startswith(f"{identity.network}/")), None)
    network, _, name = (own or news.rooms[0]).partition("/")
    return phrases.ROOM(name=name, network="" if own else network)
