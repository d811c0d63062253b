from datetime import timedelta

from msgspec.structs import replace

from bot.core.facts import Recorded, Voided
from bot.core.session.fold import fold
from bot.core.session.plugin_state import REMEMBERED, Folding
from bot.core.session.session import Entry
from plugins import corrections, records, sessions
from tests.play import Stage

PLUGINS = [sessions.plugin, records.plugin, corrections.plugin]


def stage() -> Stage:
    made = Stage(PLUGINS)
    made.say("amaru", "#startmeeting Day 1")
    return made


def counting() -> tuple[Folding[tuple[int, ...]], list[Entry]]:
    """A folding of the numbers of records, and the entries that it was given."""
    folding: Folding[tuple[int, ...]] = Folding(())
    seen: list[Entry] = []

    @folding.on(Recorded)
    def recorded(numbers: tuple[int, ...], entry: Entry, fact: Recorded) -> tuple[int, ...]:
        seen.append(entry)
        return (*numbers, fact.n)

    return folding, seen


def test_each_entry_is_taken_once() -> None:
    made, (folding, seen) = stage(), counting()
    for n in range(1, 4):
        made.say("amaru", f"#info {n}")
        assert folding.of(made.session) == tuple(range(1, n + 1))
        assert folding.of(made.session) == tuple(range(1, n + 1))
    assert seen == [entry for entry in made.session.entries if isinstance(entry.fact, Recorded)]


def test_after_an_undo_all_is_folded_anew() -> None:
    made, (folding, _) = stage(), counting()
    made.say("amaru", "#info one")
    made.say("amaru", "#info two")
    assert folding.of(made.session) == (1, 2)
    made.say("amaru", "#undo")
    assert folding.of(made.session) == (1,)


def test_a_state_that_was_dropped_leaves_nothing() -> None:
    made, (folding, _) = stage(), counting()
    before = made.session
    made.say("amaru", "#info one")
    assert folding.of(made.session) == (1,)
    assert folding.of(before) == ()  # as after a commit that failed
    made.say("amaru", "#info two")
    assert folding.of(made.session) == (1, 2)


def test_only_so_many_sessions_are_remembered() -> None:
    folding, seen = counting()
    made = Stage(PLUGINS)
    made.say("amaru", "#startmeeting Day 0")
    made.say("amaru", "#info one")
    first = made.session
    folding.of(first)
    for _ in range(REMEMBERED):
        made.say("amaru", "#endmeeting")
        made.at += timedelta(days=1)
        made.say("amaru", "#startmeeting Day")
        folding.of(made.session)
    taken = len(seen)
    folding.of(first)
    assert len(seen) == taken + 1


def test_a_stream_that_is_no_session_is_folded_without_what_was_taken_back() -> None:
    made, (folding, _) = stage(), counting()
    made.say("amaru", "#info one")
    made.say("amaru", "#info two")
    made.say("amaru", "#undo")
    assert any(isinstance(entry.fact, Voided) for entry in made.session.entries)
    assert folding.of_stream(made.session.entries) == (1,)


def test_an_entry_that_lost_its_text_is_folded_anew() -> None:
    made, (folding, _) = stage(), counting()
    made.say("amaru", "#info one")
    made.say("amaru", "#info two")
    assert folding.of(made.session) == (1, 2)
    left = (
        replace(entry, fact=replace(entry.fact, n=7))
        if isinstance(entry.fact, Recorded) and entry.fact.n == 1
        else entry
        for entry in made.session.entries
    )
    assert folding.of(fold(left)) == (7, 2)
