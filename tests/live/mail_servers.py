"""Real mail servers on loopback, as fixtures: a hub that keeps what it gets, and a Mailman list behind such a hub.

Mailman lives in an environment of its own, named by MAILMAN_VENV, else in gatherbot-tests/mailman of the user's cache
folder. `tests/run` makes it; where it is missing, its tests are skipped, or make it where CI is set.
"""

import asyncio
import email
import email.policy
import mailbox
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.mail.settings import Security, SmtpSettings
from tests.live.ports import free_ports

SERVERS = Path(__file__).parent / "servers"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
MAILMAN = Path(os.environ.get("MAILMAN_VENV") or CACHE / "gatherbot-tests/mailman")
SENDER = "Gatherbot <bot@bot.test>"
STARTING = 60.0  # seconds


@dataclass
class MailHub:
    """A hub on this machine: STARTTLS with a certificate of its own, login bot@bot.test.

    folder: holds tls.pem (its certificate) and mail/<address>, a Maildir for every address
    """

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def settings(
        self, *, security: Security = "starttls", trusted: bool = True, password: str = "pw-mail"
    ) -> SmtpSettings:
        """How to send by it; with `trusted` its certificate is accepted."""
        login = security != "none"
        return SmtpSettings(
            "localhost",
            SENDER,
            port=self.port,
            security=security,
            tls_ca=str(self.folder / "tls.pem") if trusted else "",
            username="bot@bot.test" if login else "",
            password=password if login else "",
            timeout=10,
        )

    def start(self, **environment: str) -> None:
        command = [
            sys.executable,
            str(SERVERS / "mailhub.py"),
            str(self.port),
            "1",
            "lists.test",
            str(self.folder / "mail"),
        ]
        certificate = [str(self.folder / "tls.pem"), str(self.folder / "tls.key")]
        log = self.folder / "hub.out"
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                command + certificate,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env={**os.environ, **environment},
            )
        until = time.monotonic() + STARTING
        while b"READY" not in log.read_bytes():
            if self.process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"the mail hub did not start: {log.read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def answer(self, text: str | None) -> None:
        """From now on every message gets this answer ("451 4.3.0 later"); None: they are taken again."""
        fail = self.folder / "mail" / "FAIL"
        if text is None:
            fail.unlink(missing_ok=True)
        else:
            fail.write_text(text)

    def box(self, address: str) -> list[EmailMessage]:
        """What this address got."""
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.raw(address)]

    def raw(self, address: str) -> list[bytes]:
        """What this address got, as it came over the wire."""
        box = mailbox.Maildir(self.folder / "mail" / address, create=True)
        return [box.get_bytes(key) for key in sorted(box.keys())]

    async def arrived(self, address: str, message_id: str, seconds: float = 60.0) -> EmailMessage:
        """The message with this id (without brackets), as soon as the address has it."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for message in self.box(address):
                if str(message["Message-ID"]).strip() == f"<{message_id}>":  # a long one is folded
                    return message
            await asyncio.sleep(0.1)
        pytest.fail(f"{address} did not get {message_id} in {seconds} seconds")


@dataclass
class MailingList:
    """A list with the members bot@bot.test, alice@example.test and bob@example.test; mail for it goes to `hub`."""

    hub: MailHub
    address: str = "ptg@lists.test"
    list_id: str = "<ptg.lists.test>"
    prefix: str = "[Ptg] "


def text_of(message: EmailMessage) -> str:
    """The text of a message with line feeds as line ends."""
    return str(message.get_content()).replace("\r\n", "\n")


def needed(program: str, found: object) -> None:
    """Fail where CI is set and a server program is missing; elsewhere skip."""
    if not found:
        why = f"{program} is missing: the tests with a real mail server need it"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)


@pytest.fixture(scope="session")
def mail_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tls.pem and tls.key for localhost."""
    needed("openssl", shutil.which("openssl"))
    folder = tmp_path_factory.mktemp("certificate")
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    request = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "30",
        "-subj",
        "/CN=localhost",
        "-addext",
        names,
    ]
    files = ["-keyout", str(folder / "tls.key"), "-out", str(folder / "tls.pem")]
    subprocess.run(["openssl", *request, *files], check=True, capture_output=True)
    return folder


@pytest.fixture
def mail_hub(mail_certificate: Path, tmp_path: Path) -> Iterator[MailHub]:
    """A hub that runs; a test may stop and start it."""
    folder = tmp_path / "hub"
    shutil.copytree(mail_certificate, folder)
    hub = MailHub(folder, free_ports(1))
    hub.start()
    try:
        yield hub
    finally:
        hub.stop()


@pytest.fixture(scope="session")
def mailing_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailingList]:
    """A Mailman list; one for all tests, since Mailman takes some ten seconds to start."""
    needed("openssl", shutil.which("openssl"))
    needed("curl", shutil.which("curl"))
    needed(
        "Mailman (tests/run installs it; or name its environment in MAILMAN_VENV)",
        os.environ.get("CI") or MAILMAN.exists(),
    )
    folder = tmp_path_factory.mktemp("mailman")
    hub = MailHub(folder, free_ports(3))
    try:
        # to files: Mailman's runners keep what they inherit open, and a pipe would never end
        with (folder / "script.out").open("wb") as out:
            started = subprocess.run(
                [str(SERVERS / "start_mailman.sh"), str(folder), str(hub.port)],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=300, check=False,
                env={**os.environ, "MAILMAN_VENV": str(MAILMAN), "PYTHON": sys.executable},
            )  # fmt: skip
        if started.returncode:
            pytest.fail(f"Mailman did not start: {(folder / 'script.out').read_text()}")
        yield MailingList(hub)
    finally:
        _stop_mailman(folder)


def _stop_mailman(folder: Path) -> None:
    if (folder / "mm").exists():
        with (folder / "stop.out").open("wb") as out:
            subprocess.run([str(folder / "mm"), "stop"], stdout=out, stderr=out, timeout=60, check=False)
    if (folder / "hub.pid").exists():
        os.kill(int((folder / "hub.pid").read_text()), signal.SIGTERM)
