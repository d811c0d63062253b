"""Mistaken commands of the board get a hint: an operator's mistyped word, and a command in a track's own room once a day."""

from bot.core.state.setup import Gathering, Setup, Track
from plugins import board
from tests.play import Stage

OWN = "irc/#ptg"
HINT = "> that is no command here; say it in #ptg, the gathering's room, or to me in private"


def stage(*rooms: str) -> Stage:
    tracks = (
        Track("nova", "Nova", venues=(("irc/#nova",),)),
        Track("swift", "Swift", venues=(("irc/#swift",),)),
    )
    return Stage([board.plugin], Setup(gathering=Gathering("2027-10", rooms=rooms), tracks=tracks))


def test_a_track_hears_once_a_day_where_its_commands_work() -> None:
    there = stage(OWN)
    said = [there.say("rosa", "#nova now cells"), there.say("rosa", "#Nova: next quotas")]
    there.later(hours=24)
    assert [*said, there.say("rosa", "#nova clean")] == [[HINT], [], [HINT]]


def test_talk_other_tracks_and_a_gathering_without_rooms_give_no_hint() -> None:
    there, without = stage(OWN), stage()
    for text in ("#nova is great", "#swift now rings", "nova now", "#nova", "#novas now x"):
        assert there.say("rosa", text) == []
    assert without.say("rosa", "#nova now cells") == []
    assert there.say("rosa", "#nova now cells", OWN) == [">+ ✅"]


def test_only_operators_hear_what_they_mistyped() -> None:
    there = stage(OWN)
    there.ops.add("ttx")
    assert there.say("ttx", "~lsit", OWN) == ["> there is no ~lsit; did you mean ~list?"]
    quiet = [("rosa", "~lsit"), ("ttx", "~ish, I would say"), ("ttx", "~~"), ("ttx", "~"), ("ttx", "lsit")]
    assert [there.say(nick, text, OWN) for nick, text in quiet] == [[]] * len(quiet)
