"""What holds whatever people ask for, and whoever comes, goes and changes their names meanwhile."""

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bundled import bundled_plugins
from bot.core import effects
from bot.core.facts import GATHERING, TopicOpened
from bot.core.plugin.registration import register
from plugins.subscriptions.facts import PingAsked
from plugins.subscriptions.patterns import has_words
from plugins.subscriptions.state import asked_by, subscriptions_in, subscriptions_of
from tests.play import Stage, nova

DECLARED = register(bundled_plugins(), nova())
NICKS = ("amaru", "rosa", "okoye", "lin")
TITLES = ("Cells", "Live migration", "Cells and volumes", "Placement")
WORDS = st.sampled_from(["cells", "migration live", "volumes", "nosuch", "a"])
ASKED = st.one_of(
    st.builds("#pingme topic ~ {}".format, WORDS),
    st.builds("#pingme for nova, topic ~ {}".format, WORDS),
    st.builds("+subscribe {}".format, st.sampled_from(["cells", "#nova .*migration", "(a+)+$", "("])),
    st.builds("#pingme off {}".format, st.one_of(st.integers(0, 5), st.sampled_from(["", "all", "item 1", "topic ~ cells"]))),
    st.builds("#pingme {}".format, st.integers(0, 4)),
    st.builds("#pingme {} for {}".format, st.integers(1, 4), st.sampled_from(NICKS)),
    st.sampled_from(["#pingme for nova", "#pingme", "+unsubscribe", "+subscribe", "hello"]),
)  # fmt: skip
COURSE = st.one_of(
    st.builds("#topic {}".format, st.sampled_from(TITLES)),
    st.builds("agenda+ {}".format, st.sampled_from(TITLES)),
    st.sampled_from(
        ["#next!", "#close!", "#undo", "#back", "#startmeeting Day 1", "#endmeeting", "#defer 1"]
    ),
)
STEP = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(NICKS), ASKED),
    st.tuples(st.just("say"), st.just("amaru"), COURSE),
    st.tuples(st.just("rename"), st.sampled_from(NICKS), st.sampled_from(NICKS)),
    st.tuples(st.just("quit"), st.sampled_from(NICKS), st.just("")),
    st.tuples(st.just("log in"), st.sampled_from(NICKS), st.just("")),
)
STEPS = st.lists(STEP, max_size=40)


def play(made: Stage, step: tuple[str, str, str]) -> None:
    what, nick, text = step
    made.later(seconds=50)
    match what:
        case "say":
            made.say(nick, text)
        case "rename" if nick != text:
            made.rename(nick, text)
        case "quit":
            made.quits(nick)
        case "log in":
            made.accounts[nick] = nick
    assert not made.decisions or made.decisions[-1].fault is None


@settings(max_examples=150, deadline=timedelta(seconds=2))
@given(STEPS)
def test_a_person_is_told_once_and_only_what_they_asked_for(steps: list[tuple[str, str, str]]) -> None:
    made = Stage(DECLARED)
    for step in steps:
        asked = subscriptions_of(made.state).asked
        names = subscriptions_of(made.state).names
        seen = len(made.decisions)
        play(made, step)
        for decision in made.decisions[seen:]:
            told = [order for order in decision.orders if isinstance(order, effects.Tell)]
            people = [made.state.person_of(tell.to) for tell in told]
            assert [n for n in Counter(people).values() if n > 1] == []
            assert made.state.person_of(made.who(step[1])) not in people
            titles = [entry.fact.title for entry in decision.entries if isinstance(entry.fact, TopicOpened)]
            for tell in told:
                assert tell.within is not None
                wanted = [ask for ask in asked if ask.person == tell.to]
                put = any(at.person.key == tell.to.key for puts in names.values() for at in puts)
                assert put or any(fits(ask, title) for ask in wanted for title in titles or TITLES)


def fits(ask: PingAsked, title: str) -> bool:
    return bool(ask.regex) or has_words(ask.words, title)


@settings(max_examples=150, deadline=timedelta(seconds=2))
@given(STEPS)
def test_what_stands_follows_from_the_facts(steps: list[tuple[str, str, str]]) -> None:
    made = Stage(DECLARED)
    for step in steps:
        play(made, step)
        known = subscriptions_of(made.state)
        assert known == subscriptions_in(made.state.stream(GATHERING), "gathering")
        assert known.nicks == {
            (person.network, person.key)
            for person in (
                *(ask.person for ask in known.asked),
                *(at.person for puts in known.names.values() for at in puts),
            )
            if not person.account
        }
        for nick in NICKS:
            mine = asked_by(made.state, made.who(nick))
            assert len(mine) <= made.state.setup.limits.subscriptions
            assert all(mine[at].n <= mine[at + 1].n for at in range(len(mine) - 1))
    assert subscriptions_in(made.state.stream(GATHERING), "another gathering").asked == ()
    assert subscriptions_in(made.state.stream(GATHERING), "another gathering").names == {}


def test_forty_times_the_same_is_one() -> None:
    made = Stage(DECLARED)
    for _ in range(40):
        made.say("rosa", "#pingme topic ~ cells")
    assert [ping.words for ping in asked_by(made.state, made.who("rosa"))] == ["cells"]
    assert len(made.state.stream(GATHERING)) == 1


def test_fifty_people_are_told_in_the_order_in_which_they_asked() -> None:
    made = Stage(DECLARED)
    for n in range(50):
        made.say(f"n{n}", "#pingme topic ~ cells")
    made.say("amaru", "#startmeeting Day 1")
    said = made.say("amaru", "#topic Cells")
    assert [line.split()[0] for line in said[1:]] == [f">n{n}" for n in range(50)]


def test_who_was_cut_off_by_a_split_keeps_it() -> None:
    made = Stage(DECLARED)
    made.say("rosa", "#pingme topic ~ cells")
    made.quits("rosa", split=True)
    assert len(asked_by(made.state, made.who("rosa"))) == 1
    made.quits("rosa")
    assert asked_by(made.state, made.who("rosa")) == []


def test_a_crowd_that_comes_and_goes_leaves_no_fact() -> None:
    made = Stage(DECLARED)
    made.say("rosa", "#pingme topic ~ cells")
    for n in range(200):
        made.rename(f"n{n}", f"m{n}")
        made.quits(f"m{n}")
    assert len(made.state.stream(GATHERING)) == 1
