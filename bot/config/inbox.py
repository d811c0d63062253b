"""The inbox of the configuration: where mail comes in, and to which address."""

import os
from pathlib import Path

from bot.config.faults import Findings
from bot.config.files import Surroundings
from bot.config.table_reader import Tables
from bot.config.tables import MailTable
from bot.config.words import split_listen
from bot.core.state.holders import SECRET_LENGTH
from bot.mail.settings import InboxSettings, is_here

LONGEST = 64  # characters before the @, RFC 5321 section 4.5.3.1.1


def build_inbox(table: MailTable | None, around: Surroundings, findings: Findings) -> InboxSettings | None:
    """Build the settings of the inbox; None if there is none, or after a fault."""
    if table is None or not table.inbox:
        return None
    kind, _, where = table.inbox.partition(":")
    if kind == "maildir":
        folder = around.path(where)
        for needed in (folder / "new", folder / "cur") if around.looked_at else ():
            _to_write(needed, findings)
        return InboxSettings(table.inbox_address, maildir=folder)
    if "/" in where:
        socket = around.path(where)
        if around.looked_at:
            _to_write(socket.parent, findings)
        return InboxSettings(table.inbox_address, socket=socket)
    host, port = split_listen(where)
    if not is_here(host):
        findings.note("mail.inbox", f"LMTP has no login: whoever reaches {where} can hand over mail")
    return InboxSettings(table.inbox_address, host=host, port=port)


def _to_write(folder: Path, findings: Findings) -> None:
    if not folder.is_dir():
        findings.fault("mail.inbox", f"there is no folder {folder}")
    elif not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        findings.fault("mail.inbox", f"can't write to the folder {folder}")


def check_inbox(tables: Tables, findings: Findings) -> None:
    """Add the faults of the inbox and its address to `findings`."""
    mail = tables.mail
    if mail is None:
        return
    address = mail.inbox_address
    if mail.inbox and not address:
        findings.fault("mail.inbox_address", "is missing; answers to the bot's letters are sent there")
    if address and not mail.inbox:
        findings.fault("mail.inbox", "is missing, but inbox_address is given")
    most = LONGEST - SECRET_LENGTH - len("+")
    if len(address.rpartition("@")[0]) > most:
        findings.fault(
            "mail.inbox_address",
            f"may have at most {most} characters before the @, because a key is added there",
        )
    for track in tables.tracks:
        if address and track.table.mailing_list.casefold() == address.casefold():
            findings.fault(
                "mail.inbox_address", f"is the list of {track.table.slug}; it must be the bot's own"
            )
