"""The real servers that live tests can ask for."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.live.irc_servers import Ircd, running_ircd
from tests.live.mail_servers import mail_certificate, mail_hub, mailing_list
from tests.live.matrix_servers import homeserver
from tests.live.whole_way import Scene

__all__ = ["homeserver", "irc_network", "mail_certificate", "mail_hub", "mailing_list", "scene"]


@pytest.fixture(scope="session")
def irc_network() -> Iterator[Ircd]:
    """Two servers with services, for all tests that leave them running."""
    with running_ircd(LEAF="1", RELINK="2", RECVQ="1M") as ircd:
        yield ircd


@pytest.fixture
async def scene(irc_network: Ircd, tmp_path: Path) -> AsyncIterator[Scene]:
    """People and bots on it."""
    scene = Scene(irc_network, tmp_path)
    yield scene
    await scene.over()
