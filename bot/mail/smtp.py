"""Sends a message through a mail server, and returns the outcome.

The server's certificate is verified, and nothing is sent with less than the configured security. Errors that the
configuration can fix (a login, a certificate) are logged as errors and tried again later; permanent refusals (5xx to
sender, recipient or text) are not tried again. Once the server has accepted the text, the message counts as sent.
"""

import asyncio
import contextlib
import importlib
import logging
import re
import ssl
from collections.abc import AsyncIterator
from email.message import EmailMessage
from types import ModuleType
from typing import TYPE_CHECKING

from bot.mail.addresses import one_line, split_sender
from bot.mail.compose import recipients, sender_of
from bot.mail.keys import masked
from bot.mail.outcome import Later, Never, Outcome, Sent
from bot.mail.settings import SmtpSettings

if TYPE_CHECKING:
    import aiosmtplib

log = logging.getLogger(__name__)

WHOLE = 540.0  # seconds in total: after ten minutes the outbox gives a claimed letter to another worker
TAKING = 300.0  # seconds for the server to accept the text; hanging up earlier can deliver a mail twice
LEAVING = 1.0  # seconds for the server to answer QUIT
LEAVERS: set[asyncio.Task[None]] = set()  # a task that nobody holds may be lost
LOGIN_WANTED = frozenset({530, 534, 535, 538})  # RFC 4954 section 6: errors that a correct login would fix
LONGEST = 140  # characters of a server's answer that the bot repeats
ADDRESS = re.compile(r"<?(?<![^\s<>@:;,])[^\s<>@:;,]++@[^\s<>@:;,]+>?")


class Unfit(Exception):  # noqa: N818 - it describes the server
    """The server cannot be used with this configuration; the message says why, in words for people."""


async def send(settings: SmtpSettings, message: EmailMessage, *, patient: bool = False) -> Outcome:
    """Send `message` (a `bot.mail.outcome.Deliver`). Never raises because of the server.

    If the connection breaks before the server confirms the text, the message is sent again.
    """
    outcome: Outcome | None = None
    words = "the mail server did not answer in time"
    try:
        async with asyncio.timeout(WHOLE), _connected(settings) as server:
            outcome = await _hand_over(server, settings, message, patient=patient)
            _leave_later(server)  # until the outcome is written down, a crash would send the message again
    except _troubles() as trouble:
        words = _words(settings, trouble)
    return Later(words) if outcome is None else outcome  # an error after the server's answer changes nothing


async def try_server(settings: SmtpSettings) -> str | None:
    """Connect and log in without sending anything; returns a description of the problem, or None."""
    try:
        async with asyncio.timeout(WHOLE), _connected(settings) as server:
            await server.noop()
            await _leave(server)
    except _troubles() as trouble:
        return f"{settings.host}:{settings.port}: {_words(settings, trouble)}"
    return None


def _troubles() -> tuple[type[Exception], ...]:
    return (_aiosmtplib().SMTPException, OSError, Unfit)  # time-outs are OSErrors


def _aiosmtplib() -> ModuleType:
    return importlib.import_module(
        "aiosmtplib"
    )  # imported late: only a bot that sends mail needs it, and not at start


@contextlib.asynccontextmanager
async def _connected(settings: SmtpSettings) -> "AsyncIterator[aiosmtplib.SMTP]":
    context = None if settings.security == "none" else await asyncio.to_thread(_trusting, settings.tls_ca)
    server: aiosmtplib.SMTP = _aiosmtplib().SMTP(
        hostname=settings.host,
        port=settings.port,
        # otherwise it is looked up, which takes seconds if the machine's own name is unknown
        local_hostname=split_sender(settings.sender)[1].rpartition("@")[2],
        timeout=settings.timeout,
        use_tls=settings.security == "tls",
        start_tls=False,  # started below, to distinguish a server without STARTTLS from a failure
        tls_context=context,
    )
    try:
        await server.connect()
        await _log_in(server, settings)
        yield server
    except BaseException:
        server.close()
        raise


def _leave_later(server: "aiosmtplib.SMTP") -> None:
    leaving = asyncio.create_task(_leave(server), name="leaving the mail server")
    LEAVERS.add(leaving)
    leaving.add_done_callback(LEAVERS.discard)


async def _leave(server: "aiosmtplib.SMTP") -> None:
    try:
        with contextlib.suppress(_aiosmtplib().SMTPException, OSError):
            await server.quit(timeout=LEAVING)
    finally:
        server.close()


def _trusting(tls_ca: str) -> ssl.SSLContext:
    """A context that verifies certificates; run it in a thread, since loading them takes tens of milliseconds."""
    try:
        return ssl.create_default_context(cafile=tls_ca or None)
    except OSError as error:
        raise Unfit("the file in tls_ca does not contain certificates") from error


async def _log_in(server: "aiosmtplib.SMTP", settings: SmtpSettings) -> None:
    if settings.security == "starttls":
        await server.ehlo()
        if not server.supports_extension("starttls"):
            raise Unfit("the mail server offers no STARTTLS")
        await server.starttls()
    if settings.username:
        await server.ehlo()
        if not server.supported_auth_methods:
            raise Unfit("the mail server offers no login method that Gatherbot knows")
        await server.login(settings.username, settings.password)


async def _hand_over(
    server: "aiosmtplib.SMTP", settings: SmtpSettings, message: EmailMessage, *, patient: bool
) -> Outcome:
    smtp = _aiosmtplib()
    everybody = recipients(message)
    lacking: dict[str, tuple[int, str]] = {}
    try:
        await server.mail(sender_of(message))
        for address in everybody:
            try:
                await server.rcpt(address)
            except smtp.SMTPRecipientRefused as answer:
                lacking[address] = (answer.code, answer.message)
        put_off = [answer for answer in lacking.values() if not _is_final(answer[0])]
        if len(lacking) == len(everybody) or (put_off and patient):
            # nobody got the text yet, so a later attempt gives nobody two copies
            code, text = (put_off or list(lacking.values()))[0]
            return _verdict(settings, code, text)
        await server.data(bytes(message), timeout=max(TAKING, settings.timeout))
    except (smtp.SMTPSenderRefused, smtp.SMTPDataError) as answer:
        return _verdict(settings, answer.code, answer.message)
    return _sent(settings, lacking, len(everybody))


def _is_final(code: int) -> bool:
    return 500 <= code < 600 and code not in LOGIN_WANTED


def _verdict(settings: SmtpSettings, code: int, text: str) -> Outcome:
    answer = _answer(settings, code, text)
    if _is_final(code):
        return Never(f"the mail server refused it: {answer}")
    if code in LOGIN_WANTED:
        log.error("mail: check the login in the configuration; the mail server refuses it: %s", answer)
    return Later(f"the mail server asks to try again later: {answer}")


def _sent(settings: SmtpSettings, lacking: dict[str, tuple[int, str]], total: int) -> Sent:
    if not lacking:
        return Sent()
    for address, (code, text) in lacking.items():
        log.warning("mail: not sent to %s: %d %s", address, code, _masked(settings, text))
    answer = _answer(settings, *next(iter(lacking.values())))
    return Sent(refused=f"{len(lacking)} of {total} recipients refused: {answer}")


def _answer(settings: SmtpSettings, code: int, text: str) -> str:
    """A server's answer as one short line, without addresses."""
    return f"{code} {ADDRESS.sub('(address)', _masked(settings, text))}".rstrip()


def _masked(settings: SmtpSettings, text: str) -> str:
    """`text` as one line for the log: short, and without the password and the secrets of keys."""
    line = masked(one_line(text))
    if settings.password:
        line = line.replace(settings.password, "(password)")
    return line if len(line) <= LONGEST else line[:LONGEST] + "…"


def _words(settings: SmtpSettings, trouble: Exception) -> str:
    """A description of the trouble that is safe to say; if the configuration can fix it, it is logged as an error."""
    cause = trouble.__cause__ if isinstance(trouble.__cause__, ssl.SSLError) else trouble
    fixable = _fixable(settings, cause)
    level = logging.ERROR if fixable else logging.WARNING
    log.log(level, "mail: %s:%d: %s", settings.host, settings.port, fixable or _masked(settings, str(cause)))
    smtp = _aiosmtplib()
    match cause:
        case _ if fixable:
            return fixable
        case smtp.SMTPResponseException(code=code, message=text) if code >= 200:
            return f"the mail server asks to try again later: {_answer(settings, code, text)}"
        case smtp.SMTPResponseException():
            return "the mail server sent an invalid answer"
        case TimeoutError():
            return "the mail server did not answer in time"
        case _:
            return "can't reach the mail server"


def _fixable(settings: SmtpSettings, cause: Exception) -> str:
    """A description of trouble that a change of the configuration would fix; empty for other trouble."""
    smtp = _aiosmtplib()
    match cause:
        case Unfit():
            return str(cause)
        case ssl.SSLCertVerificationError():
            return f"the mail server's certificate is not trusted: {one_line(cause.verify_message)}"
        case ssl.SSLError(reason="WRONG_VERSION_NUMBER"):
            return (
                'the mail server speaks no TLS on this port: security = "starttls" or another port may help'
            )
        case ssl.SSLError():
            return "the TLS connection to the mail server failed"
        case smtp.SMTPAuthenticationError(code=code, message=text):
            return f"the mail server refused the login: {_answer(settings, code, text)}"
        case _:
            return ""
