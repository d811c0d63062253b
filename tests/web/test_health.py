"""A desk that does not come out of a turn is stuck; one that has nothing to do, or much, is not."""

import json

from bot.web.health import STUCK_S, Health
from tests.web.served import Body


class Watch:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


async def test_a_desk_that_is_in_the_same_turn_for_long_is_stuck() -> None:
    body, watch = Body(), Watch()
    health = Health(body.vitals(), watch)

    async def well(*, turns: int, busy: bool, later: float) -> bool:
        body.turns, body.busy = turns, busy
        watch.at += later
        found, told = await health.report()
        assert json.loads(told)["desk"] is found
        return bool(found)

    assert await well(turns=0, busy=False, later=1000)
    assert await well(turns=0, busy=True, later=STUCK_S - 1)
    assert await well(turns=1, busy=True, later=STUCK_S)  # another turn already
    assert not await well(turns=1, busy=True, later=STUCK_S)
    assert await well(turns=2, busy=False, later=0)
