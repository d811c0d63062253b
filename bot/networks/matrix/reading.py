"""What one event of a Matrix room's timeline means to us, as values of `bot.core.messages`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.messages import Incoming
from bot.networks.matrix.halls import Hall
from bot.networks.matrix.settings import MatrixSettings


class Reader:
    """Reads timeline events; the adapter hands state events to `Hall.take_state` first."""

    def __init__(self, settings: MatrixSettings, me: str) -> None:
        self._settings = settings
        self._me = me

    def read(
        self, hall: Hall, event: Mapping[str, Any], *, now: datetime, old: bool = False
    ) -> list[Incoming]:
        """What an event means; nothing for most kinds. Never raises for what the event holds.

        now: when it came, aware UTC
        old: it may have been said long before that (fetched as history, or told after we were away): then its own
             time is believed; else a time that is more than five minutes off is not
        """
        raise NotImplementedError
