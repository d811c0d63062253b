"""Nobody follows the nicks of a session that has left memory, so its authors are recognized by their hosts."""

from bot.core.events import Departed, Sighted
from bot.core.people.identity import Identity
from plugins import corrections, records
from tests.runtime.stage import stage

ROSA = Identity("irc", "rosa", "rosa")
HOME, ELSEWHERE = "~rosa@home.example", "~rosa@elsewhere.example"


async def test_the_author_of_a_session_of_before_is_recognized_and_nobody_else() -> None:
    async with stage(records.plugin, corrections.plugin) as on:
        await on.hear(Sighted(ROSA, HOME, on.at))
        await on.say("rosa", "#startmeeting")
        await on.say("rosa", "#info one")
        await on.say("rosa", "#endmeeting")
        await on.rests()
        assert list(on.desk.state.sessions()) == []
        assert await on.say("rosa", "#edit 1 two") == ['#1 info is now "two"']
        await on.hear(Departed(ROSA, on.at), Sighted(ROSA, ELSEWHERE, on.at))
        only = "only rosa, who recorded #1, and the chair rosa can change it"
        unsure = "I lost sight of rosa"
        assert await on.say("rosa", "#edit 1 stolen") == [
            f"{only}; {unsure}; a chair or a moderator can confirm you: #chair rosa"
        ]
        await on.hear(Departed(ROSA, on.at), Sighted(ROSA, HOME, on.at))
        assert await on.say("rosa", "#edit 1 three") == ['#1 info is now "three"']
