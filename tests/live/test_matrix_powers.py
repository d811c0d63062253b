"""Who may what in the rooms of a real homeserver, and what becomes of a session when a room or a login does not stay."""

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.live.irc_servers import eventually
from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver
from tests.live.matrix_sessions import Talk, WholeBot, shared_bot, whole_bot

pytestmark = pytest.mark.live

numbers = itertools.count()
CHAIRED = "only a chair or a moderator can use #agreed; chair here: "


@pytest.fixture(scope="module")
def bot(homeserver: Homeserver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeBot]:
    with shared_bot(homeserver, tmp_path_factory.mktemp("powers"), 14) as bot:
        yield bot


@pytest.fixture
async def hal(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"hal{next(numbers)}") as hal:
        yield hal


@pytest.fixture
async def ivy(homeserver: Homeserver) -> AsyncIterator[Person]:
    async with homeserver.person(f"ivy{next(numbers)}") as ivy:
        yield ivy


async def may_decide(talk: Talk) -> bool:
    """Whether who speaks may do what chairs and moderators may; they try, and are told or are acknowledged."""
    before = len(talk.told())
    said = await talk.say("#agreed to try")
    await talk.person.until(lambda: len(talk.told()) > before or said in talk.acknowledged())
    return said in talk.acknowledged()


async def levels(talk: Talk, **changed: object) -> None:
    """Change the room's power levels."""
    now = await talk.person.state(talk.room, "m.room.power_levels")
    await talk.person.set_state(talk.room, "m.room.power_levels", {**now, **changed})


@pytest.mark.parametrize("version", ["11", "12"])
async def test_power_counts_when_something_is_said(
    bot: WholeBot, hal: Person, ivy: Person, version: str
) -> None:
    talk = await bot.room(hal, version)
    await ivy.join(talk.room)
    theirs = talk.by(ivy)
    await theirs.ask("#startmeeting Powers")
    await theirs.ask(f"#chair {hal.name}")
    before = (await hal.state(talk.room, "m.room.power_levels"))["users"]
    other = await bot.room(ivy, version)  # in a room of her own she is the creator
    assert await may_decide_elsewhere(other)
    await theirs.ask(f"#unchair {hal.name}")
    assert await may_decide(talk)  # hal is no chair, and made the room
    assert await may_decide(theirs)  # ivy opened the session
    assert before == ({} if version == "12" else {hal.user: 100})


async def may_decide_elsewhere(talk: Talk) -> bool:
    """The same, in a session that is opened for it."""
    await talk.ask("#startmeeting Elsewhere")
    return await may_decide(talk)


@pytest.mark.parametrize("version", ["11", "12"])
async def test_promoted_and_demoted_in_a_session(
    bot: WholeBot, hal: Person, ivy: Person, version: str
) -> None:
    talk = await bot.room(hal, version)
    await ivy.join(talk.room)
    await talk.ask("#startmeeting Powers")
    theirs = talk.by(ivy)
    users = (await hal.state(talk.room, "m.room.power_levels"))["users"]
    may = [await may_decide(theirs)]
    for level in (50, 49, 99, 0):
        await levels(talk, users={**users, ivy.user: level})
        may.append(await may_decide(theirs))
    await levels(talk, users=users, users_default=50)
    may.append(await may_decide(theirs))
    await levels(talk, users={**users, ivy.user: 0}, users_default=50)
    may.append(await may_decide(theirs))
    assert may == [False, True, False, True, False, True, False]
    assert CHAIRED + hal.name in talk.texts()
    assert {record["text"] for record in (await bot.session(talk))["records"]} == {"to try"}


@pytest.mark.parametrize(("version", "may"), [("11", []), ("12", ["to try"])])
async def test_a_room_whose_power_levels_say_nothing(
    bot: WholeBot, hal: Person, ivy: Person, version: str, may: list[str]
) -> None:
    talk = await bot.room(hal, version)
    await ivy.join(talk.room)
    await talk.by(ivy).ask("#startmeeting Levels")
    assert await may_decide(talk)
    await hal.set_state(talk.room, "m.room.power_levels", {})
    await may_decide(talk)
    assert [record["text"] for record in (await bot.session(talk))["records"]] == ["to try", *may]


async def test_a_creator_beside_the_creator(bot: WholeBot, hal: Person, ivy: Person) -> None:
    talk = await bot.room(hal, "12", creation_content={"additional_creators": [ivy.user]})
    await ivy.join(talk.room)
    await talk.ask("#startmeeting Creators")
    assert await may_decide(talk.by(ivy))


async def test_a_topic_needs_power_and_comes_back(bot: WholeBot, hal: Person) -> None:
    talk = await bot.room(hal, "12", topic="Welcome")

    async def shown() -> str:
        return str((await hal.state(talk.room, "m.room.topic"))["topic"])

    def topics() -> list[str]:
        return [event["content"]["topic"] for event in hal.said(talk.room, bot.user, "m.room.topic")]

    await talk.ask("#startmeeting Topics")
    await talk.ask("#topic In vain")
    assert await shown() == "Welcome"
    await levels(talk, users={bot.user: 50})
    await talk.ask("#topic With power")
    await hal.until(lambda: topics() == ["With power | Topics"])
    await talk.ask("#endmeeting")
    await hal.until(lambda: topics() == ["With power | Topics", "Welcome"])
    assert await shown() == "Welcome"


@pytest.mark.parametrize("version", ["11", "12"])
async def test_a_session_goes_on_in_the_room_that_takes_the_place(
    bot: WholeBot, hal: Person, ivy: Person, version: str
) -> None:
    talk = await bot.room(hal, "10")
    await ivy.join(talk.room)
    await talk.ask("#startmeeting Moving")
    await talk.record("#info in the old room")
    new = (await hal.do(talk.room, "upgrade", new_version=version))["replacement_room"]
    await hal.say(new, "#info before the bot came")
    await hal.until_member(new, bot.user, "join")
    moved = Talk(hal, new, bot.user, talk.alias)
    await moved.record("#info in the new room")
    await ivy.join(new)
    assert await may_decide(moved)
    assert not await may_decide(moved.by(ivy))
    assert (await moved.ask("#status")).startswith("Moving; no topic yet; ")
    assert (await moved.ask("#endmeeting")).startswith("closed after")
    session = await bot.session(talk)
    assert [record["text"] for record in session["records"]] == [
        "in the old room", "before the bot came", "in the new room", "to try",
    ]  # fmt: skip
    assert session["gaps"] == []


async def test_removed_and_let_in_again_the_session_has_a_gap(bot: WholeBot, hal: Person) -> None:
    talk = await bot.room(hal)
    await talk.ask("#startmeeting Kicked")
    await talk.record("#info heard")
    await hal.do(talk.room, "kick", user_id=bot.user, reason="by mistake")
    await hal.until_member(talk.room, bot.user, "leave")
    await hal.say(talk.room, "#info not heard")
    await hal.do(talk.room, "invite", user_id=bot.user)
    await hal.until_member(talk.room, bot.user, "join")
    await talk.record("#info heard again")
    session = await bot.session(talk)
    assert [record["text"] for record in session["records"]] == ["heard", "heard again"]
    assert len(session["gaps"]) == 1
    await hal.do(talk.room, "ban", user_id=bot.user)
    words = f"{hal.user} banned the bot from #{talk.alias}:bot.test"
    await eventually(lambda: words in bot.process.log)


async def test_only_who_may_invites_the_bot(
    homeserver: Homeserver, hal: Person, ivy: Person, tmp_path: Path
) -> None:
    track = f'list = "ptg@lists.test"\nmoderators = ["{hal.user}"]'
    async with whole_bot(homeserver, tmp_path, 2, track=track) as bot:
        talk = await bot.room(ivy)  # anybody invites it into a room that is configured
        ours = await bot.room(hal)
        assert (await ours.ask("#startmeeting")).startswith(f"{ours.alias}, ")
        wanted = await hal.create(invite=[bot.user])
        other = await ivy.create(invite=[bot.user])
        await hal.until_member(wanted, bot.user, "join")
        await ivy.until_member(other, bot.user, "leave")
        assert await ivy.member(talk.room, bot.user) == "join"
        await bot.process.until_logged(f"the invitation of {ivy.user} to {other} is declined")
        assert bot.process.faults() == []


async def test_logged_out_and_the_password_changed(
    homeserver: Homeserver, hal: Person, tmp_path: Path
) -> None:
    """A token that ends is replaced by the password; a password that is wrong then is said, and once it is mended all goes on."""
    async with whole_bot(homeserver, tmp_path) as bot:
        talk = await bot.room(hal)
        await talk.ask("#startmeeting Tokens")
        async with Person(homeserver.url, bot.home.name) as itself:
            await itself.ask("POST", "/logout/all")
        await bot.process.until_logged(
            "the access token is not valid anymore: logging in again with the password"
        )
        await talk.record("#info said after the first logout")
        async with Person(homeserver.url, bot.home.name) as itself:
            who = {"type": "m.id.user", "user": bot.user}
            proof = {"type": "m.login.password", "identifier": who, "password": f"pw-{bot.home.name}"}
            wanted = {"new_password": "pw-new", "logout_devices": True, "auth": proof}
            await itself.ask("POST", "/account/password", wanted)
        await bot.process.until_logged(
            f"login refused: the password of {bot.user} is wrong, or there is no such user"
        )
        await talk.say("#info said while nobody listened")
        assert (await bot.process.stop())[0] == 0
        (tmp_path / "password").write_text("pw-new\n")
        bot.process.start()
        await talk.record("#info said after all")
        session = await bot.session(talk)
        assert [record["text"] for record in session["records"]] == [
            "said after the first logout", "said while nobody listened", "said after all",
        ]  # fmt: skip
        assert bot.process.faults() == []
        assert "pw-" not in bot.process.log
