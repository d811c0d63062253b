import sys
from types import SimpleNamespace
from typing import cast

import pytest

from bot.app import service
from bot.app.engine import Engine


async def test_a_thread_that_loads_gives_way_to_the_event_loop_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "WARM_UP_S", 0)
    usual, seen = sys.getswitchinterval(), list[float]()
    register = SimpleNamespace(warm_up=lambda: seen.append(sys.getswitchinterval()))
    await service._warm_up(cast("Engine", SimpleNamespace(register=register)))
    assert seen == [pytest.approx(service.SWITCH_S)]
    assert sys.getswitchinterval() == usual
