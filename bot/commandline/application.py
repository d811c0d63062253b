"""The interface of the application, which is imported when a command first needs it.

`--help` and usage errors do not wait for the imports of storage, networks and templates.
"""

from collections.abc import Callable
from datetime import date, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:  # it imports pydantic
    from bot.config import Config


class Application(Protocol):
    """The functions of `bot.app` that the command line calls.

    They raise `CannotError`, whose message is for the user.
    """

    @property
    def CannotError(self) -> type[Exception]:  # noqa: N802 - it is a class
        """The error for a failed command."""

    async def run_bot(self, config: "Config") -> int:
        """Run the bot until it is stopped; returns the exit status."""

    async def check_journal(self, config: "Config") -> tuple[list[str], list[str]]:
        """Look at the database as the bot does when it starts; returns faults and notes."""

    async def check_connections(self, config: "Config") -> tuple[list[str], list[str], list[str]]:
        """Try the networks and the mail server; returns faults, notes, and what works."""

    async def replay(
        self,
        files: list[Path],
        *,
        config: "Config | None",
        channel: str,
        date: date | None,
        zone: tzinfo | None,
        form: str,
        note: Callable[[str], None] = ...,
    ) -> str:
        """Play logs; returns their record in this form, and tells `note` what was not understood."""

    async def recap(self, config: "Config", track: str, part: int | None, form: str, *, send: bool) -> str:
        """Return the recap of a part of a track from the database, or the outcome of sending it."""

    async def export(self, config: "Config") -> str:
        """Return the whole gathering as JSON."""

    async def import_ptgbot(
        self, config: "Config", file: Path, network: str, agrees: Callable[[str], bool]
    ) -> str:
        """Import ptgbot's data from a file, if `agrees` says so about what it brings; return what became of it."""

    async def backup(self, config: "Config", file: Path) -> str:
        """Copy the database into a file; return what it holds."""

    async def restore(self, config: "Config", file: Path) -> str:
        """Put a backup in the place of the database; return what was done."""

    async def demo(self, speed: float, out: TextIO, *, web: bool = False) -> int:
        """Play the bundled sessions, with pages if `web`; returns the exit status."""

    async def chat(self, config: "Config | None") -> int:
        """Run a room in this terminal; returns the exit status."""
