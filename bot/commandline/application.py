"""What the commands ask of the application; it is loaded when the first command needs it.

Looking at `--help` or making a mistake must not wait for storage, networks and templates to be imported.
"""

from datetime import date, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:  # it would bring pydantic along
    from bot.config import Config


class Application(Protocol):
    """The functions of `bot.app` that the command line calls.

    All may raise `CannotError`: it could not be done, and its message is for the person who typed the command.
    """

    @property
    def CannotError(self) -> type[Exception]:  # noqa: N802 - it is a class
        """What is raised when something could not be done."""

    async def run_bot(self, config: "Config") -> int:
        """Run the bot until it is told to end; the exit status."""

    async def check_connections(self, config: "Config") -> tuple[list[str], list[str]]:
        """Try the networks and the mail server; what does not work, and what is better known."""

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
        """Play logs; their record in the form asked for."""

    async def recap(self, config: "Config", track: str, part: int | None, form: str, *, send: bool) -> str:
        """The recap of a track's part from the database, or what became of sending it."""

    async def export(self, config: "Config") -> str:
        """The whole gathering as JSON."""

    async def demo(self, speed: float, out: TextIO) -> int:
        """Play the bundled session; the exit status."""

    async def chat(self, config: "Config | None") -> int:
        """A room in this terminal; the exit status."""
