"""An LMTP server (RFC 2033), to which a mail server on the same machine or in the same network hands mails over.

It takes a mail for any address, and answers for each recipient after the text. Nothing that a client says is logged,
because the addresses have secrets. There is no login: anybody who reaches the port can hand over mails.
"""

import asyncio
import contextlib
import logging
import re
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable

from bot.mail.inbox.reception import LARGEST, Raw, Reception, Verdict
from bot.mail.settings import InboxSettings

log = logging.getLogger(__name__)

LONGEST_LINE = 2_048  # bytes of a command; RFC 5321 section 4.5.3.1.4 asks for 512 and what extensions add
CHUNK = 65_536
SOCKET_MODE = 0o660  # the mail server is in the group of the socket
MOST_RECIPIENTS = 100
MOST_CLIENTS = 10
MOST_ERRORS = 10
MOST_AT_ONCE = 1_000  # lines of a text, before others have their turn
COMMAND_S, TEXT_S = 300.0, 600.0  # RFC 5321 section 4.5.3.2
BEGINNING = 65_536  # bytes that are kept of a mail that is too large: its headers, which may have the key
PATH = re.compile(r"(?:FROM|TO):\s*<([^<>]*)>(.*)", re.IGNORECASE)
SIZE = re.compile(r"\bSIZE=(\d{1,15})\b", re.IGNORECASE)
EXTENSIONS = ("PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8", "SIZE")
SAID = {
    Verdict.TAKEN: "250 2.0.0 taken",
    Verdict.LATER: "451 4.3.0 not now, try again later",
    Verdict.LARGE: f"552 5.3.4 larger than {LARGEST // 1_000_000} MB",
}


class LmtpServer:
    """Takes mails from clients.

    patience: seconds for each command, and for a text
    """

    def __init__(self, reception: Reception, *, patience: tuple[float, float] = (COMMAND_S, TEXT_S)) -> None:
        self._reception = reception
        self._patience = patience
        self._clients: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def listen(self, where: InboxSettings) -> int:
        """Listen at an address or a socket; returns the port, 0 for a socket. Raises OSError if that is not possible."""
        if where.socket is None:
            self._server = await asyncio.start_server(self._serve, where.host, where.port, limit=CHUNK)
            port: int = self._server.sockets[0].getsockname()[1]
            return port
        self._server = await asyncio.start_unix_server(self._serve, where.socket, limit=CHUNK)
        where.socket.chmod(SOCKET_MODE)
        return 0

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Talk to a client until it leaves."""
        task = asyncio.current_task()
        assert task is not None
        self._clients.add(task)
        client = _Client(self._reception, reader, writer, self._patience)
        try:
            if len(self._clients) > MOST_CLIENTS:
                await client.say("421 4.3.2 too many connections")
            else:
                await client.talk()
        except (OSError, EOFError, TimeoutError):
            log.debug("inbox: a client is gone")
        except asyncio.CancelledError:
            pass  # the bot stops; the client hands its mail over again
        except Exception:  # a bug costs this conversation only; the client keeps its mail
            log.exception("inbox: a conversation failed")
        finally:
            self._clients.discard(task)
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def stop(self) -> None:
        """Listen no more, and leave all clients."""
        if self._server is not None:
            self._server.close()
        for task in (clients := list(self._clients)):
            task.cancel()
        if clients:
            await asyncio.wait(clients, timeout=1.0)


class _LeaveError(Exception):
    """The conversation is over."""


class _Client:
    """A conversation with one client."""

    def __init__(
        self, reception: Reception, reader: StreamReader, writer: StreamWriter, patience: tuple[float, float]
    ) -> None:
        self._reception = reception
        self._reader, self._writer = reader, writer
        self._patience = patience
        self._errors = 0
        self._greeted = False
        self._reset()
        self._verbs: dict[str, Callable[[str], Awaitable[None]]] = {
            "LHLO": self._lhlo,
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
            "RSET": self._rset,
            "NOOP": self._noop,
            "VRFY": self._vrfy,
            "QUIT": self._quit,
        }

    def _reset(self) -> None:
        self._sender: str | None = None
        self._size = 0
        self._recipients: list[str] = []

    async def say(self, *lines: str) -> None:
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode())
        async with asyncio.timeout(self._patience[0]):
            await self._writer.drain()

    async def talk(self) -> None:
        await self.say("220 gatherbot LMTP")
        with contextlib.suppress(_LeaveError):
            while True:
                async with asyncio.timeout(self._patience[0]):
                    line = await self._line()
                await self._obey(line)

    async def _line(self) -> str | None:
        """A command; None if it is too long."""
        try:
            line = await self._reader.readuntil(b"\n")
        except asyncio.LimitOverrunError:
            while b"\n" not in (chunk := await self._reader.read(CHUNK)):
                if not chunk:
                    raise EOFError from None
            await self.say("500 5.5.2 the line is too long")
            raise _LeaveError from None  # what followed the line is lost, so the client has to begin again
        return line.decode(errors="replace").rstrip("\r\n") if len(line) <= LONGEST_LINE else None

    async def _obey(self, line: str | None) -> None:
        if line is None:
            await self._wrong("500 5.5.2 the line is too long")
            return
        verb, _, rest = line.partition(" ")
        command = self._verbs.get(verb.upper())
        if command is None:
            await self._wrong("500 5.5.1 unknown command")
        else:
            await command(rest.strip())

    async def _wrong(self, answer: str) -> None:
        self._errors += 1
        await self.say(answer)
        if self._errors >= MOST_ERRORS:
            await self.say("421 4.7.0 too many errors")
            raise _LeaveError

    async def _lhlo(self, name: str) -> None:
        if not name:
            await self._wrong("501 5.5.4 say LHLO and your name")
            return
        self._greeted = True
        self._reset()
        names = ("gatherbot", *EXTENSIONS)
        await self.say(*(f"250-{name}" for name in names[:-1]), f"250 {names[-1]}")

    async def _mail(self, rest: str) -> None:
        found = PATH.fullmatch(rest)
        if not self._greeted or self._sender is not None:
            await self._wrong("503 5.5.1 not now")
        elif found is None or not rest.upper().startswith("FROM"):
            await self._wrong("501 5.5.4 say MAIL FROM:<address>")
        else:
            size = SIZE.search(found[2])
            self._sender, self._size = found[1], int(size[1]) if size else 0
            await self.say("250 2.1.0 ok")

    async def _rcpt(self, rest: str) -> None:
        found = PATH.fullmatch(rest)
        if self._sender is None:
            await self._wrong("503 5.5.1 not now")
        elif found is None or not found[1] or not rest.upper().startswith("TO"):
            await self._wrong("501 5.5.4 say RCPT TO:<address>")
        elif len(self._recipients) >= MOST_RECIPIENTS:
            await self.say("452 4.5.3 too many recipients")
        elif self._size > LARGEST:  # now its holder can be told, and the text need not be sent
            (verdict,) = await self._reception.take(Raw(b"", is_large=True, sender=self._sender), [found[1]])
            await self.say(SAID[verdict])
        else:
            self._recipients.append(found[1])
            await self.say("250 2.1.5 ok")

    async def _data(self, rest: str) -> None:
        if not self._recipients or rest:
            await self._wrong("503 5.5.1 not now")
            return
        await self.say("354 end with a line that is a dot")
        async with asyncio.timeout(self._patience[1]):
            content, is_large = await self._text()
        raw = Raw(content, is_large, self._sender)
        verdicts = await self._reception.take(raw, self._recipients)
        self._reset()
        await self.say(*(SAID[verdict] for verdict in verdicts))

    async def _text(self) -> tuple[bytes, bool]:
        """A text without the dots that protect it, or the beginning of one that is too large; only CR LF ends a line."""
        text = bytearray()
        size, lines, begins, is_large = 0, 0, True, False
        while True:
            lines += 1
            if lines % MOST_AT_ONCE == 0:
                await asyncio.sleep(0)  # what has arrived is read without a pause
            try:
                piece, ends = await self._reader.readuntil(b"\r\n"), True
            except asyncio.LimitOverrunError as error:
                piece, ends = await self._reader.readexactly(error.consumed), False
            if begins and piece == b".\r\n":
                return bytes(text), is_large
            if begins and piece.startswith(b"."):
                piece = piece[1:]
            begins = ends
            size += len(piece)
            if size > LARGEST and not is_large:
                is_large = True
                del text[BEGINNING:]
            if not is_large:
                text += piece

    async def _rset(self, _: str) -> None:
        self._reset()
        await self.say("250 2.0.0 ok")

    async def _noop(self, _: str) -> None:
        await self.say("250 2.0.0 ok")

    async def _vrfy(self, _: str) -> None:
        await self.say("252 2.5.2 send it, and see")

    async def _quit(self, _: str) -> None:
        await self.say("221 2.0.0 bye")
        raise _LeaveError
