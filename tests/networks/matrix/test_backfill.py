from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.server.homeserver import Page
from bot.networks.matrix.sync.backfill import Backfill, Gap, is_join_of
from tests.networks.matrix.fake_homeserver import AMARU, ME, ROSA, FakeHomeserver, Json, member, said, state


class Sleeper:
    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


def nothing(_: str) -> bool:
    return False


def page(*events: Json, end: str = "") -> Page:
    return Page(tuple(reversed(events)), end)


def ids(gap: Gap) -> list[str]:
    return [event["event_id"] for event in gap.events]


async def test_pages_are_put_in_order_without_doubles() -> None:
    server = FakeHomeserver()
    server.history["!a", "p3"] = page(said(4), said(5), said(6), end="p2")
    server.history["!a", "p2"] = page(said(2), said(3), said(4), end="p1")
    server.history["!a", "p1"] = page(said(1))
    gap = await Backfill(server, ME, Sleeper()).fetch("!a", "p3", "since", nothing)
    assert ids(gap) == ["$m1", "$m2", "$m3", "$m4", "$m5", "$m6"]
    assert gap.complete is True
    assert server.pages == [("!a", "p3", "since"), ("!a", "p2", "since"), ("!a", "p1", "since")]


async def test_it_ends_where_something_is_known() -> None:
    server = FakeHomeserver()
    server.history["!a", "p2"] = page(said(1), said(2), said(3), end="p1")
    gap = await Backfill(server, ME, Sleeper()).fetch("!a", "p2", "since", {"$m1"}.__contains__)
    assert ids(gap) == ["$m2", "$m3"]
    assert len(server.pages) == 1


async def test_it_ends_at_our_coming_and_not_at_a_change_of_our_name() -> None:
    server = FakeHomeserver()
    renamed = member(ME, before="join")
    server.history["!a", "p2"] = page(
        said(1), member(ME, before="invite"), said(2), renamed, said(3), end="p1"
    )
    filling = Backfill(server, ME, Sleeper())
    assert ids(await filling.fetch("!a", "p2", "since", nothing)) == ["$m2", renamed["event_id"], "$m3"]
    assert len((await filling.fetch("!a", "p2", None, nothing)).events) == 5


async def test_too_much_is_a_gap_that_is_not_whole() -> None:
    server = FakeHomeserver()
    server.history["!a", "p2"] = page(*map(said, range(10, 20)), end="p1")
    server.history["!a", "p1"] = page(*map(said, range(10)))
    gap = await Backfill(server, ME, Sleeper(), most=15).fetch("!a", "p2", "since", nothing)
    assert ids(gap) == [f"$m{number}" for number in range(5, 20)]
    assert gap.complete is False


async def test_a_homeserver_that_is_away_or_busy_is_asked_again() -> None:
    server, sleeper = FakeHomeserver(), Sleeper()
    busy = RefusedError("M_LIMIT_EXCEEDED", wait=7.0)
    away = UnreachableError("gone")
    server.history["!a", "p1"] = [away, busy, away, page(said(1))]
    assert ids(await Backfill(server, ME, sleeper).fetch("!a", "p1", "since", nothing)) == ["$m1"]
    assert sleeper.slept == [1.0, 7.0, 4.0]


async def test_what_may_not_be_read_stays_a_gap() -> None:
    server = FakeHomeserver()
    server.history["!a", "p2"] = page(said(2), end="p1")
    server.history["!a", "p1"] = RefusedError("M_FORBIDDEN")
    gap = await Backfill(server, ME, Sleeper()).fetch("!a", "p2", "since", nothing)
    assert (ids(gap), gap.complete) == (["$m2"], False)


async def test_a_page_that_leads_to_itself_is_the_last() -> None:
    server = FakeHomeserver()
    server.history["!a", "p1"] = page(said(1), end="p1")
    assert ids(await Backfill(server, ME, Sleeper()).fetch("!a", "p1", "since", nothing)) == ["$m1"]


async def test_what_is_no_event_is_passed_over() -> None:
    server = FakeHomeserver()
    server.history["!a", "p1"] = Page((7, {}, {"event_id": 1}, said(1)), "")  # type: ignore[arg-type]
    assert ids(await Backfill(server, ME, Sleeper()).fetch("!a", "p1", "since", nothing)) == ["$m1"]


def test_the_state_before_a_gap_is_what_its_first_changes_changed() -> None:
    levels = [{"users": {ROSA: level}} for level in (0, 50, 100)]
    first = state("m.room.power_levels", levels[1], prev_content=levels[0])
    second = state("m.room.power_levels", levels[2], prev_content=levels[1])
    topic = state("m.room.topic", {"topic": "set for the first time"})
    gap = Gap((said(1), first, member(AMARU), topic, second))
    assert gap.before() == [
        {"type": "m.room.power_levels", "state_key": "", "content": levels[0]},
        {"type": "m.room.member", "state_key": AMARU, "content": {"membership": "leave"}},
    ]


def test_who_came() -> None:
    assert is_join_of(member(ME), ME) is True
    assert is_join_of(member(ME, before="leave"), ME) is True
    assert is_join_of(member(ME, before="join"), ME) is False
    assert is_join_of(member(AMARU), ME) is False
    assert is_join_of(member(ME, "leave"), ME) is False
