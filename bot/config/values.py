"""What a configuration comes to: everything that the composition root needs, as plain values."""

from pathlib import Path

from msgspec import Struct, field

from bot.core.plugin.declarations import Plugin
from bot.core.plugin.register import Register
from bot.core.state.setup import Setup
from bot.mail.settings import SmtpSettings
from bot.networks.irc.settings import IrcSettings
from bot.networks.matrix.settings import MatrixSettings

SENDER = "Gatherbot <gatherbot@localhost>"  # only for letters that stay on this machine


class Limits(Struct, frozen=True):
    """Hours that one team may book, a day and a week; None where there is no limit."""

    day: float | None = None
    week: float | None = None


class Web(Struct, frozen=True):
    """Where pages are served, and under which address people find them."""

    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""


class Config(Struct, frozen=True):
    """A whole configuration, checked.

    register: what its plugins declare, put together
    networks: in the order of the file
    mail:     the mail server; None where letters become .eml files in `outbox`
    sender:   who letters are from, "Name <address>"
    data:     folder of the database and the outbox
    fetch:    hosts that may be asked for a page
    etherpads: base address of the gathering's etherpads
    notes:    what is no fault, and still better known, each a line
    """

    setup: Setup
    register: Register
    networks: tuple[IrcSettings | MatrixSettings, ...] = ()
    mail: SmtpSettings | None = None
    sender: str = SENDER
    data: Path = Path("gatherbot-data")
    web: Web = field(default_factory=Web)
    fetch: frozenset[str] = frozenset()
    etherpads: str = ""
    limits: Limits = field(default_factory=Limits)
    notes: tuple[str, ...] = ()

    @property
    def plugins(self) -> tuple[Plugin, ...]:
        """The plugins that take part."""
        return self.register.plugins

    @property
    def database(self) -> Path:
        """The file that holds journal, log and outbox."""
        return self.data / "gatherbot.sqlite"

    @property
    def outbox(self) -> Path:
        """The folder of letters that are written instead of sent."""
        return self.data / "outbox"
