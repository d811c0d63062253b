"""Commands about a track: `#nova now text`, in the gathering's own rooms and in private."""

import pytest

from bot.api import Ask, Effect, Needs, Plugin, Reply, Role
from bot.core.plugin.registration import PluginClashError, register
from bot.core.state.setup import Gathering, Setup, Track
from bot.core.words.grammar import Spoken, Vocabulary
from bot.core.words.track_commands import read_track_command
from tests.play import Stage

WORDS = Vocabulary(("#", "!"), ("^",), {}, about_tracks={"now": "TRACK now", "clear": "TRACK clean"})
SIGNS = Plugin("signs")


@SIGNS.command(
    "sign",
    about_track=True,
    needs=Needs.GATHERING,
    usage="#TRACK sign text",
    says="a sign",
    example="#nova sign",
)
def sign(ask: Ask) -> list[Effect]:
    assert ask.track is not None
    return [Reply(f"{ask.track.slug}: {ask.rest or '-'} by {ask.role.name} with {ask.power.name}")]


@SIGNS.command(
    "seal",
    about_track=True,
    needs=Needs.GATHERING,
    role=Role.MODERATOR,
    usage="#TRACK seal",
    says="a seal",
    example="#nova seal",
)
def seal(_: Ask) -> list[Effect]:
    return [Reply("sealed")]


@SIGNS.command("sign", needs=Needs.GATHERING, usage="#sign", says="signs", example="#sign", bare=("~sign",))
def bare_sign(_: Ask) -> list[Effect]:
    return [Reply("just a sign")]


@SIGNS.against_track_command
def silenced(ask: Ask) -> str | None:
    return "not for you" if ask.speaker.name == "troll" else None


SETUP = Setup(
    gathering=Gathering("2027-10", rooms=("irc/#ptg",)),
    tracks=(
        Track("nova", "Nova", venues=(("irc/#nova",),)),
        Track("api-sig", "API"),
        Track("secret", "Secret", public=False, venues=(("irc/#secret",),)),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("#nova now microversions", ("TRACK now", "microversions", "nova")),
        ("  #Api-SIG   NOW  two  words ", ("TRACK now", "two  words", "Api-SIG")),
        ("!nova: clear", ("TRACK clean", "", "nova")),
        ("\uff03nova now x", ("TRACK now", "x", "nova")),
        ("gatherbot: #nova now x", ("TRACK now", "x", "nova")),
        ("Gatherbot, nova now x", ("TRACK now", "x", "nova")),
        ("gatherbot nova now x", None),
        ("#nova nowhere", None),
        ("#nova", None),
        ("#nova is now great", None),
        ("#-nova now x", None),
        ("nova now x", None),
        ("#" + "n" * 65 + " now x", None),
    ],
)
def test_the_grammar(text: str, spoken: tuple[str, str, str] | None) -> None:
    found = read_track_command(text, WORDS, ("gatherbot",), addressed=False)
    assert found == (Spoken(spoken[0], spoken[1], known=True, about=spoken[2]) if spoken else None)


def test_the_prefix_may_be_left_out_where_a_line_is_said_to_the_bot() -> None:
    assert read_track_command("nova now x", WORDS, addressed=True) == Spoken(
        "TRACK now", "x", known=True, about="nova"
    )


@pytest.mark.parametrize(
    ("nick", "room", "text", "answers"),
    [
        ("amaru", "irc/#ptg", "#nova sign of the times", ["nova: of the times by ANYONE with NONE"]),
        ("amaru", "irc/#ptg", "#API-sig sign", ["api-sig: - by ANYONE with NONE"]),
        ("amaru", "irc/#ptg", "#novo sign x", ["no track is called novo; did you mean nova?"]),
        ("amaru", "irc/#ptg", "#heat sign x", ["no track is called heat; try nova or api-sig"]),
        ("amaru", "irc/#ptg", "#secret sign x", ["no track is called secret; try nova or api-sig"]),
        ("amaru", "irc/#ptg", "#heat is great", []),
        ("amaru", "irc/#ptg", "#nova", []),
        ("amaru", "irc/#ptg", "#nova seal", ["only a moderator can use #TRACK seal: a channel operator or a configured account"]),
        ("troll", "irc/#ptg", "#nova sign x", ["not for you"]),
        ("amaru", "irc/#ptg", "#sign", ["just a sign"]),
        ("amaru", "irc/#ptg", "~sign", ["just a sign"]),
        ("amaru", "irc/#nova", "#nova sign x", []),
        ("amaru", "irc/#nova", "#sign", ["say #sign in #ptg, or in private"]),
    ],
)  # fmt: skip
def test_in_rooms(nick: str, room: str, text: str, answers: list[str]) -> None:
    stage = Stage([SIGNS], SETUP)
    assert stage.say(nick, text, room) == [f"> {answer}" for answer in answers]


def test_an_operator_of_the_room_may_do_more() -> None:
    stage = Stage([SIGNS], SETUP)
    stage.ops = {"amaru"}
    assert stage.say("amaru", "#nova sign", "irc/#ptg") == ["> nova: - by MODERATOR with MODERATOR"]


def test_the_prefix_may_be_left_out_in_a_private_conversation() -> None:
    stage = Stage([SIGNS], SETUP)
    assert stage.say("amaru", "nova sign x", private=True) == ["> nova: x by ANYONE with NONE"]
    assert stage.say("amaru", "#nova sign", private=True) == ["> nova: - by ANYONE with NONE"]


def test_two_plugins_cannot_have_one_word() -> None:
    other = Plugin("signs2")
    other.command("sign", about_track=True, usage="", says="", example="")(sign)
    with pytest.raises(PluginClashError, match=r"^sign is claimed by signs and signs2$"):
        register([SIGNS, other], SETUP)
