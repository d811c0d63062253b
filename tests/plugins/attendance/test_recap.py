"""Thanks at the end of a recap."""

from bot.core.recap.part import part_of
from bot.core.recap.part_plan import planned_of
from plugins import attendance, sessions
from plugins.attendance.recap import blocks
from plugins.recap.layout import words
from tests.play import Stage, nova


def thanks(*said: str) -> list[str]:
    """The paragraphs of thanks after these lines, `nick> text` each."""
    stage = Stage([sessions.plugin, attendance.plugin])
    stage.say("amaru", "#startmeeting Day")
    for line in said:
        nick, _, text = line.partition("> ")
        stage.later(minutes=1)
        stage.say(nick, text)
    setup = nova()
    track = setup.tracks[0]
    told = stage.state.of_track("nova")
    part = part_of(setup, track, planned_of(setup, track, "day", told[0]), told, {}, now=stage.at)
    return [words.thanks(block, "names") for block in blocks(part)]


def test_one_and_many_sorted_without_regard_to_case() -> None:
    assert thanks() == ["Thank you to all who took part: amaru. The session was moderated by amaru."]
    assert thanks("Zoe> hi", "bob> hi", "bob> bye") == [
        "Thank you to all who took part: amaru, bob and Zoe. The session was moderated by amaru."
    ]


def test_a_chair_who_was_not_there_moderated_nothing() -> None:
    assert thanks("amaru> #chair jbell, nobody", "jbell> hi") == [
        "Thank you to all who took part: amaru and jbell. The session was moderated by amaru and jbell."
    ]


def test_who_said_so_was_there_and_regrets_are_told() -> None:
    assert thanks("amaru> present+ okoye", "amaru> #regrets tomek, okoye") == [
        (
            "Thank you to all who took part: amaru and okoye. The session was moderated by amaru. "
            "Regrets came from tomek."
        )
    ]


def test_several_sessions() -> None:
    assert thanks("amaru> #endmeeting", "jbell> #startmeeting Again") == [
        "Thank you to all who took part: amaru and jbell. The sessions were moderated by amaru and jbell."
    ]
