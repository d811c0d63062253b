"""What holds of the queue whatever people say: everybody once, in the order that the commands say, through renames and undone hands."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from bot.bundled import bundled_plugins
from bot.core.events import Power, Reacted, Redacted, Room
from bot.core.facts import CORE_FACTS
from bot.core.plugin.registration import register
from bot.core.session.fold import fold
from bot.core.session.session import Entry
from bot.storage.codec import Codec
from plugins.floor.fold import FOLDING, floor_of
from plugins.floor.people import place_of
from plugins.floor.state import Floor
from tests.play import ROOM, Stage, nova

NICKS = ("amaru", "rosa", "okoye", "lin")
NICK = st.sampled_from(NICKS)


class Says(Struct, frozen=True):
    nick: str
    text: str
    off_record: bool = False


class Renames(Struct, frozen=True):
    old: str
    new: str


class Raises(Struct, frozen=True):
    nick: str
    target: str


class Lowers(Struct, frozen=True):
    nick: str
    target: str


class LogsIn(Struct, frozen=True):
    nick: str


OWN = st.sampled_from(
    ["q+", "q+ to ask about Cells", "q+ to ask more", "q-", "q- later", "qq+", "q+ later", "done", "hello"]
)
CHAIRS = st.sampled_from(
    ["ack next", "ack rosa", "ack me", "q= lin, rosa", "q= empty", "#queue close", "#queue open", "#lastword okoye", "q+ rosa, okoye", "q- rosa", "q- lin",
     "#topic Cells", "#topic Cinder", "#undo", "#pause", "#resume", "#speakers 1m", "#roundtable", "#roundtable end", "#endmeeting", "#reopen"]
)  # fmt: skip
EVENTS = st.one_of(
    st.builds(Says, NICK, OWN, st.booleans()),
    st.builds(Says, NICK, OWN),
    st.builds(Says, st.just("amaru"), CHAIRS),
    st.builds(Renames, NICK, st.sampled_from((*NICKS, "rosa_", "lin_"))),
    st.builds(Raises, NICK, st.sampled_from("ab")),
    st.builds(Lowers, NICK, st.sampled_from("ab")),
    st.builds(LogsIn, NICK),
)
CONVERSATIONS = st.lists(EVENTS, min_size=10, max_size=50)
WAITING_FOR_A_NICK: list[object] = [
    Renames("okoye", "rosa_"),
    Says("amaru", "q+ rosa, okoye"),
    Says("okoye", "q+"),
    LogsIn("okoye"),
    Says("amaru", "q+"),
    Renames("okoye", "okoye"),
]
TAKING_A_NICK_THAT_WAITS: list[object] = [
    Renames("rosa", "rosa_"),
    Says("amaru", "q+ rosa, okoye"),
    LogsIn("amaru"),
    Says("amaru", "q+"),
    Renames("amaru", "rosa"),
]
NAMED_BY_A_FORMER_NICK: list[object] = [
    LogsIn("rosa"),
    Says("rosa", "q-"),
    Renames("rosa", "rosa_"),
    Says("amaru", "q= lin, rosa"),
    Says("amaru", "q+"),
    Renames("amaru", "rosa"),
]
PLUGINS = bundled_plugins()
DECLARED = register(PLUGINS, nova())
CODEC = Codec([*CORE_FACTS, *(fact for plugin in PLUGINS for fact in plugin.facts)])


class Company(Stage):
    """Four people; everybody keeps a nick of their own, whatever it is at the moment."""

    def __init__(self) -> None:
        super().__init__(DECLARED)
        self.nicks = {nick: nick for nick in NICKS}
        self.raised: dict[tuple[str, str], int] = {}
        self.joins(*NICKS)
        self.say("amaru", "#startmeeting Day 1")

    def happens(self, event: object) -> None:
        self.later(seconds=7)
        match event:
            case Says(nick, text, off_record):
                self.say(self.nicks[nick], text, off_record=off_record)
            case Renames(nick, new) if new not in self.nicks.values():
                old, self.nicks[nick] = self.nicks[nick], new
                self.members.pop(old, None)
                self.accounts[new] = self.accounts.get(old, "")
                self.joins(new)
                self.rename(old, new)
            case Raises(nick, target) if (nick, target) not in self.raised:
                self.count += 1
                self.raised[nick, target] = self.count
                self.react(nick, target, f"m{self.count}")
            case Lowers(nick, target) if (nick, target) in self.raised:
                cause = f"m{self.raised.pop((nick, target))}"
                self.event(Redacted(self.room, self.who(self.nicks[nick]), cause, self.at))
            case LogsIn(nick):
                self.accounts[self.nicks[nick]] = f"account-{nick}"
                self.joins(self.nicks[nick])

    @property
    def room(self) -> Room:
        return Room(ROOM, "irc", members=self.members)

    def react(self, nick: str, target: str, cause: str) -> None:
        who = self.who(self.nicks[nick])
        self.event(Reacted(self.room, who, target, "✋", self.at, Power.NONE, cause))

    @property
    def floor(self) -> Floor:
        return floor_of(self.state, self.session)

    def order(self) -> list[str]:
        """Who waits, by the names that they began with."""
        back = {nick: person for person, nick in self.nicks.items()}
        return [back.get(place.person.name, place.person.name) for place in self.floor.places]


def stored(entry: Entry) -> Entry:
    fact = CODEC.decode(*CODEC.encode(entry.fact))
    assert fact is not None
    return replace(entry, fact=fact)


def after(events: list[object]) -> Company:
    company = Company()
    for event in events:
        company.happens(event)
        assert company.decisions[-1].fault is None
    return company


@given(CONVERSATIONS)
@example(WAITING_FOR_A_NICK)
@example(TAKING_A_NICK_THAT_WAITS)
@example(NAMED_BY_A_FORMER_NICK)
@settings(max_examples=200, deadline=None)
def test_nobody_is_on_the_queue_twice(events: list[object]) -> None:
    company = Company()
    for event in events:
        company.happens(event)
        session = company.session
        people = [company.state.person_of(place.person, session) for place in company.floor.places]
        assert len(people) == len(set(people))
        names = [place.person.name for place in company.floor.places]
        assert len(names) == len(set(names))


@given(CONVERSATIONS)
@settings(max_examples=200, deadline=None)
def test_the_journal_tells_the_same_floor(events: list[object]) -> None:
    session = after(events).session
    told = fold(stored(entry) for entry in session.entries)
    assert told == session
    assert FOLDING.of_stream(tuple(told.entries)) == FOLDING.of(session)


@given(CONVERSATIONS)
@example(WAITING_FOR_A_NICK)
@example(TAKING_A_NICK_THAT_WAITS)
@example(NAMED_BY_A_FORMER_NICK)
@settings(max_examples=200, deadline=None)
def test_a_new_nick_keeps_the_place(events: list[object]) -> None:
    company = Company()
    for event in events:
        before, nicks = company.floor, dict(company.nicks)
        company.happens(event)
        if isinstance(event, Renames) and company.session.ended is None:
            now = {nicks[nick]: company.nicks[nick] for nick in NICKS}
            was = [place.person.name for place in before.places]
            names = list(dict.fromkeys(now.get(name, name) for name in was))  # a name may have stood for them
            assert [place.person.name for place in company.floor.places] == names
            if len(names) == len(was):
                assert [place.texts for place in company.floor.places] == [
                    place.texts for place in before.places
                ]


@given(CONVERSATIONS)
@settings(max_examples=200, deadline=None)
def test_who_speaks_was_given_the_floor_and_waits_no_more(events: list[object]) -> None:
    company = Company()
    for event in events:
        company.happens(event)
        if event == Says("amaru", "ack next") and company.decisions[-1].entries:
            speaker = company.floor.speaker
            if speaker is not None:
                assert place_of(company.state, company.session, company.floor, speaker.person) is None


@given(
    st.lists(
        st.builds(Says, NICK, st.sampled_from(["q+", "q-", "q- later", "qq+", "q+ to ask"])), max_size=40
    )
)
@settings(max_examples=200, deadline=None)
def test_the_order_is_what_the_commands_say(events: list[Says]) -> None:
    company = Company()
    queue: list[str] = []
    for event in events:
        company.happens(event)
        nick, was_there = event.nick, event.nick in queue
        if event.text in {"qq+", "q-"} or (event.text == "q- later" and was_there):
            queue = [other for other in queue if other != nick]
        match event.text:
            case "q+" | "q+ to ask" if not was_there:
                queue.append(nick)
            case "qq+":
                queue.insert(0, nick)
            case "q- later" if was_there:
                queue.append(nick)
        assert company.order() == queue


@given(CONVERSATIONS)
@settings(max_examples=100, deadline=None)
def test_few_moments_wait_and_none_after_the_end(events: list[object]) -> None:
    company = Company()
    for event in events:
        company.happens(event)
        session = company.session
        moments = [
            moment
            for moment in company.register.due(company.state, session.id)
            if moment.name in {"speaker's time over", "still your turn"}
        ]
        assert len(moments) <= 2
        if session.ended is not None or session.paused:
            assert moments == []
