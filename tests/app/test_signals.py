import asyncio
import os
import signal

import pytest

from bot.app import service


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_which_signals_stop_the_bot(number: signal.Signals, caplog: pytest.LogCaptureFixture) -> None:
    stop = service._stop_event()
    os.kill(os.getpid(), number)
    await asyncio.sleep(0.01)
    assert stop.is_set() == (number != signal.SIGHUP)
    noted = [record.getMessage() for record in caplog.records]
    assert noted == ([] if stop.is_set() else [service.NO_RELOAD])
