"""Whether a port where TLS does not come about speaks IRC without it: many servers wait in silence there."""

import asyncio
import re

ASKED = b"CAP LS\r\n"  # every server answers that, or says something of its own
ANSWER = re.compile(rb"(?::\S+ )?(?:[A-Z]+|\d{3}) ")
PATIENCE = 2.0


async def speaks_plainly(host: str, port: int, patience: float = PATIENCE) -> bool:
    """Whether an IRC server answers there without TLS."""
    try:
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(ASKED)
                return ANSWER.match(await reader.read(512)) is not None
            finally:
                writer.close()
    except OSError:  # also the timeout
        return False
