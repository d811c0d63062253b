"""The people of the live tests see what really happens: what they are trusted with."""

import itertools

import pytest

from tests.live.matrix_servers import Homeserver

pytestmark = pytest.mark.live

names = (f"peer{number}" for number in itertools.count())


@pytest.mark.parametrize("version", ["11", "12"])
async def test_people_hear_each_other(homeserver: Homeserver, version: str) -> None:
    async with homeserver.person(next(names)) as ana, homeserver.person(next(names)) as ben:
        room = await ana.create(version)
        assert (":" in room) is (version == "11")
        await ben.join(room)
        first = await ana.say(room, "héllo")
        await ana.edit(room, first, "hello")
        assert await ben.heard(room, ana.user, 2) == ["héllo", "* hello"]
        await ana.do(room, "kick", user_id=ben.user)
        await ana.until_member(room, ben.user, "leave")
        assert await ana.member(room, ben.user) == "leave"
