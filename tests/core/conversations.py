"""Conversations of a few people as hypothesis makes them up, and a stage on which they happen, timers and jobs included."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from bot.bundled import bundled_plugins
from bot.core import effects
from bot.core.events import BackInRoom, Prepared, Room
from bot.core.plugin.registration import register
from bot.core.state.setup import Gathering, Maintainer, Setup, Slot, Team, Track
from bot.core.turn.decision import Decision
from tests.play import Stage

NICKS = ("amaru", "jbell", "k[n", "rosa[m]", "lin_wei")
ROOMS = ("irc/#nova", "irc/#nova", "irc/#nova", "irc/#nova-2", "irc/#kata", "irc/#elsewhere")
DAYS = (date(2027, 10, 19), date(2027, 10, 20))
SETUP = Setup(
    gathering=Gathering("2027-10", "October 2027 PTG", starts=DAYS[0], ends=DAYS[1]),
    tracks=(
        Track(
            "nova", "Nova", venues=(("irc/#nova",), ("irc/#nova-2",)), days=DAYS, list="nova@lists.example.org",
            moderators=frozenset({"irc/root"}), teams=(Team("Agent"), Team("API", about="The API team.")),
        ),
        Track(
            "kata", "Kata", venues=(("irc/#kata", "irc/#nova-2"),), list="kata@lists.example.org",
            maintainers=(Maintainer("amaru@example.org", frozenset({"irc/root"})),),
        ),
    ),
    slots=(
        Slot("TuePM", "nova", "Missouri", datetime(2027, 10, 19, 13, tzinfo=UTC), datetime(2027, 10, 19, 15, tzinfo=UTC)),
    ),
)  # fmt: skip
DECLARED = register(bundled_plugins(), SETUP)


class Line(Struct, frozen=True):
    nick: str
    text: str
    room: str
    off_record: bool = False


class NewNick(Struct, frozen=True):
    old: str
    new: str


class Quits(Struct, frozen=True):
    nick: str
    split: bool


class Rights(Struct, frozen=True):
    nick: str
    op: bool
    account: str


class Later(Struct, frozen=True):
    minutes: int


class Back(Struct, frozen=True):
    room: str


Event = Line | NewNick | Quits | Rights | Later | Back

WORDS = st.sampled_from(sorted({*DECLARED.vocabulary.words, *DECLARED.vocabulary.words, "topik", "nova"}))
# what people say most, so that there is something to mend and to end
USUAL = st.sampled_from(
    ["#startmeeting Day 1", "#startmeeting nova: x", "#startmeeting kata: y", "#endmeeting", "#topic A", "#topic B", "#subtopic s", "#team API",
     "#info one two three", "#info one", "#idea three", "#plan four", "#action me to look by Friday", "#agreed it is so", "https://docs.example.org/ Docs", "#undo", "#undo", "#drop 1",
     "#edit 1 four five", "#edit 2 four five", "s/one/six/", "#correct /two/seven/", "#move 1 to team Agent", "#chair jbell", "#reopen",
     "#pause", "#resume", "#recap send!", "#recap hold", "#did nothing", "present+", "hello all", "q+ to ask", "q-", "ack next", "#roundtable", "done", "#recap intro Hello"],
)  # fmt: skip
ARGUMENTS = st.one_of(
    st.sampled_from(["", "1", "2 x", "#1 x", "99", "A", "B", "-", "me to do it", "jbell, lin_wei", "rosa", "/a/b/", "1 /one/x/", "team Agent"]),
    st.text(max_size=20),
    st.text("ab /,:#\\\"'[]{}<>%$1\u202e\x03\x00", max_size=30),
)  # fmt: skip
FORMS = st.sampled_from(
    ["#{} {}", "!{} {}", "^{} {}", "gatherbot: {} {}", "#{}! {}", "  #{}   {}", "{}+ {}", "[off] #{} {}"]
)
COMMANDS = st.builds(lambda form, word, rest: form.format(word, rest), FORMS, WORDS, ARGUMENTS)
NICK = st.sampled_from(NICKS)
ROOM = st.sampled_from(ROOMS)
SPEAKERS = st.sampled_from(["amaru", "amaru", *NICKS])
EVENTS = st.one_of(
    *(
        st.builds(Line, SPEAKERS, USUAL, st.just("irc/#nova")) for _ in range(16)
    ),  # one strategy twice counts once
    st.builds(
        Line,
        NICK,
        USUAL | COMMANDS | st.text(max_size=30),
        ROOM,
        st.sampled_from([False, False, False, True]),
    ),
    st.builds(Line, NICK, COMMANDS, st.just("irc/#nova")),
    st.builds(NewNick, NICK, NICK),
    st.builds(Quits, NICK, st.booleans()),
    st.builds(Rights, NICK, st.booleans(), st.sampled_from(["", "root", "amaru"])),
    st.builds(Later, st.sampled_from([0, 1, 6, 30, 90, 24 * 60])),
    st.builds(Back, ROOM),
)
START = Line("amaru", "#startmeeting Day 1", "irc/#nova")
CONVERSATIONS = st.lists(EVENTS, min_size=8, max_size=50).map(lambda events: [START, *events])


class Company(Stage):
    """The stage with all bundled plugins; moments come when their time has, slow work is done at once."""

    def __init__(self) -> None:
        super().__init__(DECLARED, SETUP)
        self.joins(*NICKS)

    def happens(self, event: Event) -> Decision:
        """Let one thing happen, and all that follows from it; what was decided on it."""
        count = len(self.decisions)
        match event:
            case Line(nick, text, room, off_record):
                self.say(nick, text, room, off_record=off_record)
            case NewNick(old, new):
                self.rename(old, new)
            case Quits(nick, split):
                self.quits(nick, split=split)
            case Rights(nick, op, account):
                (self.ops.add if op else self.ops.discard)(nick)
                self.accounts[nick] = account
                self.joins(nick)
                return Decision()
            case Later(minutes):
                self.later(minutes=minutes)
            case Back(room):
                self.event(BackInRoom(Room(room, "irc", members=self.members), self.at))
        self.later(seconds=1)
        self._follow(count)
        return self.decisions[count] if len(self.decisions) > count else Decision()

    def _follow(self, count: int) -> None:
        """Slow work and moments, until nothing is due."""
        while True:
            for decision in self.decisions[count:]:
                for order in decision.orders:
                    if isinstance(order, effects.Prepare):
                        self.event(self._prepared(order))
                count += 1
            due = self.next_due(self.at)
            if due is None and count == len(self.decisions):
                return
            if due is not None:
                self.event(replace(due, late=self.at - due.at))

    def _prepared(self, order: effects.Prepare) -> Prepared:
        sessions = [session for session in self.state.sessions() if session.id in order.sessions]
        return self.prepared(order, sessions, asked_by=self.who("amaru"), room=Room("irc/#nova", "irc"))


def after(conversation: list[Event]) -> Company:
    """The company once all of this has happened."""
    company = Company()
    for event in conversation:
        company.happens(event)
    return company
