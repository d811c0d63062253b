"""Whatever people type: nobody's line fails, a restart changes nothing, and no word stays of a topic that was undone."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.plugin.registration import register
from bot.core.state.setup import Gathering, Setup, Slot, Track
from plugins import board, corrections, sessions, topics
from plugins.board import rows
from plugins.board.now import history_of
from tests.play import START, Stage

ROOM, OWN = "irc/#nova", "irc/#ptg"
HOUR = timedelta(hours=1)
SETUP = Setup(
    gathering=Gathering("2027-10", rooms=(OWN,), etherpads="https://pads.example.org/p"),
    tracks=(Track("nova", "Nova", venues=((ROOM,),)), Track("swift", "Swift")),
    slots=(Slot("TueA1", "nova", "Ballroom A", START, START + HOUR),),
)
DECLARED = register([sessions.plugin, topics.plugin, corrections.plugin, board.plugin], SETUP)
TRACKS = st.sampled_from(["nova", "Swift", "heat", "added"])
WORDS = st.sampled_from(
    ["Cells", "<b>", "\u202e", "", "auto", "none", "red", "#abc", "https://example.org", "x" * 300]
)
VERBS = st.sampled_from(["now", "next", "clean", "etherpad", "url", "color", "location"])
NUMBERS = st.sampled_from(["1", "2", "9", "2 1", "x", ""])
IN_OWN = st.one_of(
    st.builds("#{} {} {}".format, TRACKS, VERBS, WORDS),
    st.builds("+in {}".format, st.one_of(WORDS, st.builds("#{}".format, TRACKS))),
    st.sampled_from(
        ["+out", "~list", "~add added", "~del added", "~newday", "~motd", "~motd clean", "~emptydb!"]
    ),
    st.sampled_from(["~requirevoice", "~alloweveryone", "+seen amaru", "+seen rosa"]),
    st.builds("~motd add {} {}".format, st.sampled_from(["info", "danger", "odd"]), WORDS),
    st.builds("~motd {} {}".format, st.sampled_from(["del", "reorder"]), NUMBERS),
)
IN_TRACK = st.one_of(
    st.sampled_from(["#startmeeting Day", "#endmeeting", "#undo", "#subtopic Part"]),
    st.builds("#topic Topic {}".format, st.integers(1, 9)),
)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["amaru", "rosa"]),
        st.one_of(st.tuples(st.just(OWN), IN_OWN), st.tuples(st.just(ROOM), IN_TRACK)),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=60)
@given(LINES)
def test_any_lines(lines: list[tuple[str, tuple[str, str]]]) -> None:
    made = Stage(DECLARED, SETUP)
    made.ops = {"amaru"}
    for nick, (room, text) in lines:
        made.later(seconds=30)
        made.say(nick, text, room)
        assert made.decisions[-1].fault is None, text
    before = seen(made)
    titles = {topic.title for session in made.state.sessions() for topic in session.topics}
    history = history_of(made.state, "nova")
    assert {stretch.text for stretch in history if stretch.session} <= titles
    assert all(stretch.until is None or stretch.since < stretch.until for stretch in history)
    assert sum(stretch.until is None for stretch in history if not stretch.session) <= 1
    made.restart()
    made.say("okoye", "the room is known again", OWN)
    assert seen(made) == before


def seen(made: Stage) -> object:
    state = made.state
    return (
        rows.rows(state, DECLARED, made.at), rows.day_messages(state), rows.people_here(state), rows.colors(state),
        rows.etherpads(state), history_of(state, "nova"),
    )  # fmt: skip
