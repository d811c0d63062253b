import random
from pathlib import Path

import pytest

from tests.networks.matrix.odd_syncs import PLACES, USUAL, odd_sync, read, replaced


async def test_what_a_usual_response_holds_is_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await read(USUAL, tmp_path)
    assert [record for record in caplog.records if record.exc_info] == []


async def test_no_value_in_a_response_is_too_odd(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Values in all places are replaced at random, in the same way in every run."""
    choice = random.Random("odd")
    for _ in range(1500):
        answer = odd_sync(choice)
        caplog.clear()
        await read(answer, tmp_path)
        assert [record.getMessage() for record in caplog.records if record.exc_info] == [], answer


async def test_no_time_is_too_odd(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Each event in turn has a time that no number of Python's own kind holds."""
    for way in PLACES:
        if way[-1] == "origin_server_ts":
            answer = replaced(USUAL, way, 10**400)
            await read(answer, tmp_path)
            assert [record.getMessage() for record in caplog.records if record.exc_info] == [], way
