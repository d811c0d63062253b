"""The values of a configuration, as the application needs them."""

from pathlib import Path

from msgspec import Struct

from bot.core.plugin.declarations import Plugin
from bot.core.plugin.register import Register
from bot.core.state.setup import Setup
from bot.mail.settings import InboxSettings, MailmanSettings, SmtpSettings
from bot.networks.irc.settings import IrcSettings
from bot.networks.matrix.settings import MatrixSettings

SENDER = "Gatherbot <gatherbot@localhost>"  # only for letters written to files


class Web(Struct, frozen=True):
    """The address and port on which pages are served, and their public URL."""

    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""


class Config(Struct, frozen=True):
    """A checked configuration.

    register: the declarations of its plugins
    networks: in the order of the file
    mail:     the mail server; None if letters are written to .eml files in `outbox`
    mailman:  the REST API of the Mailman that has the tracks' lists; None if it is not configured
    inbox:    where answers to letters come in; None if the bot reads no mail
    sender:   the sender of letters, "Name <address>"
    data:     the folder of the database and the outbox
    web:      where pages are served; None if they are not
    fetch:    hosts from which pages may be fetched
    notes:    remarks for the user that are not faults, a line each
    """

    setup: Setup
    register: Register
    networks: tuple[IrcSettings | MatrixSettings, ...] = ()
    mail: SmtpSettings | None = None
    mailman: MailmanSettings | None = None
    inbox: InboxSettings | None = None
    sender: str = SENDER
    data: Path = Path("gatherbot-data")
    web: Web | None = None
    fetch: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def plugins(self) -> tuple[Plugin, ...]:
        """The plugins in use."""
        return self.register.plugins

    @property
    def database(self) -> Path:
        """The database file with journal, log and outbox."""
        return self.data / "gatherbot.sqlite"

    @property
    def outbox(self) -> Path:
        """The folder for letters that are written instead of sent."""
        return self.data / "outbox"
