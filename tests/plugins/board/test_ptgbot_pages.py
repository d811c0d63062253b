"""~fetchdb: who may, what is answered when a page cannot be had, and what is taken after it changed."""

import pytest

from bot.core.effects import Fetch
from bot.core.events import Fetched, Power, Room
from plugins import board
from plugins.board.ptgbot import phrases
from plugins.board.ptgbot.imports import DATA, Wanted, digest_of
from tests.play import Stage
from tests.plugins.board.ptgbot_data import setup
from tests.plugins.board.test_ptgbot_import import document

URL = "https://ptg.example.org/ptg.json"
ROOM = "irc/#gathering"
CORAL = '{"tracks": ["coral"]}'


def stage() -> Stage:
    made = Stage([board.plugin], setup())
    made.ops = {"ttx"}
    return made


def page(made: Stage, text: str = CORAL, digest: str = "", **event: object) -> list[str]:
    where = Room(ROOM, "irc", members=made.members)
    known: dict[str, object] = {"power": Power.MODERATOR, "text": text, **event}
    return made.event(
        Fetched(DATA, URL, made.at, where, made.who("ttx"), argument=Wanted("irc", digest), **known)  # type: ignore[arg-type]
    )


def tracks(made: Stage) -> list[str]:
    return [track.slug for track in made.state.setup.tracks]


def test_json_is_fetched() -> None:
    made = stage()
    made.say("ttx", f"~fetchdb {URL}", ROOM)
    assert made.decisions[-1].orders[0] == Fetch(DATA, URL, argument=Wanted("irc"), json=True)


@pytest.mark.parametrize("trouble", sorted(phrases.TROUBLES))
def test_a_page_that_cannot_be_had_is_told(trouble: str) -> None:
    why = phrases.TROUBLES[trouble]
    assert page(stage(), "", trouble=trouble) == [f">[{ROOM}] {phrases.NOT_FETCHED(url=URL, why=why)}"]


def test_rights_that_were_lost_meanwhile_count() -> None:
    made = stage()
    digest = digest_of(document({"tracks": ["coral"]}))
    said = [f">[{ROOM}] {phrases.NO_RIGHT_ANY_MORE(who='ttx')}"]
    assert (page(made, power=Power.NONE), page(made, digest=digest, power=Power.NONE)) == (said, said)
    assert tracks(made) == []


def test_a_page_that_changed_is_not_taken() -> None:
    made = stage()
    page(made)
    made.say("ttx", "~fetchdb accept", ROOM)
    digest = digest_of(document({"tracks": ["coral"]}))
    assert made.decisions[-1].orders[0] == Fetch(DATA, URL, argument=Wanted("irc", digest), json=True)
    assert page(made, '{"tracks": ["reef"]}', digest) == [f">[{ROOM}] {phrases.CHANGED(url=URL)}"]
    assert tracks(made) == []
    page(made, '{"tracks": ["coral"], "timestamp": "now", "last_check_in": {"x": {}}}', digest)
    assert tracks(made) == ["coral"]
