"""The interface of the application, which is loaded when a command first needs it.

`--help` and usage errors must not wait until storage, networks and templates are imported.
"""

from datetime import date, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:  # it would bring pydantic along
    from bot.config import Config


class Application(Protocol):
    """The functions of `bot.app` that the command line calls.

    All of them may raise `CannotError`, whose message is for the user.
    """

    @property
    def CannotError(self) -> type[Exception]:  # noqa: N802 - it is a class
        """The error that is raised when something failed."""

    async def run_bot(self, config: "Config") -> int:
        """Run the bot until it is stopped; the exit status."""

    async def check_connections(self, config: "Config") -> tuple[list[str], list[str]]:
        """Try the networks and the mail server; returns faults and notes."""

    async def replay(
        self,
        files: list[Path],
        *,
        config: "Config | None",
        channel: str,
        date: date | None,
        zone: tzinfo | None,
        form: str,
    ) -> str:
        """Play logs; returns their record in the given form."""

    async def recap(self, config: "Config", track: str, part: int | None, form: str, *, send: bool) -> str:
        """The recap of a part of a track from the database, or the outcome of sending it."""

    async def export(self, config: "Config") -> str:
        """The whole gathering as JSON."""

    async def demo(self, speed: float, out: TextIO) -> int:
        """Play the bundled session; the exit status."""

    async def chat(self, config: "Config | None") -> int:
        """A room in this terminal; the exit status."""
