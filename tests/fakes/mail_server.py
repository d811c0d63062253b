"""A mail server that gives the answers of a test, and stores the messages that it accepts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

WELCOME = {"EHLO": "250 mail.test", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 taken"}


@dataclass
class FakeMailServer:
    """A mail server on a local port.

    answers: by the beginning of the client's line ("RCPT TO:<a@", "MAIL"), longest first; "" hangs up, None stays silent
    taken:   recipients and text of every accepted message
    said:    all lines of the clients
    """

    answers: dict[str, str | None] = field(default_factory=dict)
    taken: list[tuple[list[str], str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    port: int = 0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["FakeMailServer"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    def _answer(self, line: str) -> str | None:
        answers = {
            "": "500 what?",
            "greeting": "220 mail.test",
            "QUIT": "221 bye",
            "NOOP": "250 ok",
            **WELCOME,
            **self.answers,
        }
        return answers[max((start for start in answers if line.startswith(start)), key=len)]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if await self._say(writer, "greeting"):
                await self._talk(reader, writer)
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        everybody: list[str] = []
        while line := (await reader.readline()).decode().removesuffix("\r\n"):
            self.said.append(line)
            if not (answer := await self._say(writer, line)):
                return
            if line.startswith("RCPT") and answer.startswith("250"):
                everybody.append(line.removeprefix("RCPT TO:<").removesuffix(">"))
            if line == "DATA" and answer.startswith("354"):
                text = (await reader.readuntil(b"\r\n.\r\n")).decode()
                answer = self._answer(".") or ""
                if answer.startswith("250"):
                    self.taken.append((everybody, text.removesuffix(".\r\n")))
                    everybody = []
                if not await self._say(writer, "."):
                    return

    async def _say(self, writer: asyncio.StreamWriter, line: str) -> str:
        answer = self._answer(line)
        if answer is None:
            await asyncio.sleep(3600)
            return ""
        if answer:
            writer.write(answer.encode() + b"\r\n")
            await writer.drain()
        return answer
