"""What everybody may see of a state: nothing of a track that is not public."""

from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.core.events import Room
from bot.core.facts import GATHERING
from bot.core.session.plugin_state import Folding
from bot.core.session.session import Entry
from bot.core.state.public import PublicState, PublicStreams, public_setup
from bot.core.state.setup import Gathering, Maintainer, Setup, Slot, Track
from bot.core.state.streams import track_stream
from bot.core.state.unreadable import Unreadable
from plugins.sessions import plugin as sessions
from tests.play import Stage

AT = datetime(2027, 10, 19, 13, tzinfo=UTC)
OPEN = Track(
    "nova", "Nova", venues=(("irc/#nova",), ("irc/#shared",)), maintainers=(Maintainer("x@example.org"),)
)
SECRET = Track("vault", "Vault", venues=(("irc/#vault",), ("irc/#shared",)), public=False)
GONE = Track("old", "old", configured=False)


class Booked(Struct, frozen=True):
    code: str
    track: str = ""


class Told(Struct, frozen=True):
    slot: Booked


def slot(track: str) -> Slot:
    return Slot("MonAM", track, "", AT, AT + timedelta(hours=1))


SETUP = Setup(
    gathering=Gathering(rooms=("irc/#all",)),
    tracks=(OPEN, SECRET, GONE),
    slots=(slot("nova"), slot("vault"), slot("")),
    admins=frozenset({"a"}),
)


def test_the_setup_has_public_tracks_and_nobodys_address() -> None:
    seen = public_setup(SETUP)
    assert seen.tracks == (replace(OPEN, maintainers=(Maintainer(""),)),)
    assert seen.slots == (slot("nova"), slot(""))
    assert seen.admins == frozenset()


def test_sessions_of_public_tracks_are_seen() -> None:
    stage = Stage([sessions], SETUP)
    for room in ("irc/#nova", "irc/#vault"):
        stage.say("amaru", "#startmeeting Day 1", room=room)
    hidden, shown = sorted(stage.state.sessions(), key=lambda session: session.track == "nova")
    stage.state.heard(hidden.id, AT)
    stage.state.heard(shown.id, AT)
    stage.state.spoke_at(hidden.id, stage.who("amaru"), AT)
    public = PublicState(stage.state)
    assert list(public.sessions()) == [shown]
    assert (public.session(shown.id), public.session(hidden.id)) == (shown, None)
    assert (public.running("irc/#nova"), public.running("irc/#vault")) == (shown, None)
    assert (public.of_track("nova"), public.of_track("vault")) == ([shown], [])
    assert (public.last_heard(shown.id), public.last_heard(hidden.id)) == (AT, None)
    assert public.last_spoke(hidden.id, stage.who("amaru")) is None
    stage.say("amaru", "#endmeeting", room="irc/#nova")  # it follows the state
    assert public.running("irc/#nova") is None


def test_streams_that_all_share_say_nothing_of_a_private_track() -> None:
    state = Stage([sessions], SETUP).state
    facts = [
        Booked("a", "nova"),
        Booked("b", "VAULT"),
        Told(Booked("c", "vault")),
        Told(Booked("d", "nova")),
        Booked("e"),
    ]
    for fact in facts:
        state.apply(Entry(GATHERING, "c", AT, None, fact))
        state.apply(Entry(track_stream("nova"), "c", AT, None, fact))
        state.apply(Entry(track_stream("vault"), "c", AT, None, fact))
    public = PublicState(state)
    assert public.every(GATHERING, object) == [facts[0], facts[3], facts[4]]
    assert list(public.stream(track_stream("vault"))) == []
    assert public.stream(track_stream("nova")) is state.stream(track_stream("nova"))


def test_streams_are_sifted_once_and_folded_apart() -> None:
    folding: Folding[tuple[str, ...]] = Folding(())
    taken: list[object] = []

    @folding.on(Booked)
    def booked(codes: tuple[str, ...], _: Entry, fact: Booked) -> tuple[str, ...]:
        taken.append(fact)
        return (*codes, fact.code)

    state, streams = Stage([sessions], SETUP).state, PublicStreams()

    def see(fact: Booked) -> tuple[tuple[str, ...], tuple[str, ...]]:
        state.apply(Entry(GATHERING, "c", AT, None, fact))
        public = PublicState(state, streams=streams)
        return folding.of_stream(state.stream(GATHERING)), folding.of_stream(public.stream(GATHERING))

    assert see(Booked("a", "nova")) == (("a",), ("a",))
    assert see(Booked("b", "vault")) == (("a", "b"), ("a",))
    taken.clear()
    assert see(Booked("c", "nova")) == (("a", "b", "c"), ("a", "c"))
    assert see(Booked("d", "vault")) == (("a", "b", "c", "d"), ("a", "c"))
    assert [fact for fact in taken if isinstance(fact, Booked) and fact.code in "ab"] == []


def test_the_rest_of_the_state() -> None:
    state = Stage([sessions], SETUP).state
    for name in ("all", "nova", "vault", "shared", "other"):
        state.remember_room(Room(f"irc/#{name}", "irc", topic=name))
    state.remember("key", "value")
    for track in ("nova", "vault", ""):
        state.unreadable.add(Unreadable(f"of {track}", track, (), "why"))
    public = PublicState(state)
    seen = [
        name
        for name in ("all", "nova", "vault", "shared", "other")
        if public.room(f"irc/#{name}") is not None
    ]
    assert seen == ["all", "nova"]
    assert public.remembered("key") is None
    assert [one.track for one in public.unreadable] == ["nova"]
    assert (public.last_number("nova"), public.last_number("vault")) == (0, 0)


def test_it_stays_empty_where_nothing_is_configured() -> None:
    public = PublicState(Stage([sessions], Setup()).state)
    assert list(public.sessions()) == []
    assert public.setup.tracks == ()
