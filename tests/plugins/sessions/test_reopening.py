"""Taking back an end, where linked rooms are shared by tracks."""

from bot.core.state.setup import Setup, Track
from plugins import sessions
from tests.play import Stage

NOVA = Track("nova", "Nova", venues=(("irc/#nova", "irc/#hall"),))
KATA = Track("kata", "Kata", venues=(("irc/#kata", "irc/#hall"),))


def test_a_session_is_not_reopened_over_another_one_in_a_linked_room() -> None:
    stage = Stage([sessions.plugin], Setup(tracks=(NOVA, KATA)))
    stage.say("amaru", "#startmeeting Day 1", "irc/#nova")
    stage.say("amaru", "#endmeeting", "irc/#nova")
    stage.say("okoye", "#startmeeting kata: Day K", "irc/#hall")
    assert stage.say("amaru", "#reopen", "irc/#nova") == [
        '> "Day K" has been running here since 13:00 UTC; chair: okoye; #endmeeting ends it'
    ]
    running = stage.state.running("irc/#hall")
    assert running is not None
    assert running.name == "Day K"
    stage.say("okoye", "#endmeeting", "irc/#hall")
    assert stage.say("amaru", "#reopen", "irc/#nova") == [
        "> Day 1 is open again; no recap was made yet",
        ">[irc/#hall] Day 1 is open again; no recap was made yet",
    ]
