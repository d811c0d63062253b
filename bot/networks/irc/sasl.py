"""Logs in with SASL before the greeting: https://ircv3.net/specs/extensions/sasl-3.1."""

import base64
import logging

from irctokens.line import Line

from bot.networks.backoff import Trouble
from bot.networks.irc.disconnects import LinkDownError
from bot.networks.irc.link_state import LinkState, Notify

log = logging.getLogger(__name__)

CHUNK = 400  # bytes of one AUTHENTICATE


class Sasl:
    """One SASL exchange; calls `done` on success, raises LinkDownError on failure."""

    def __init__(self, state: LinkState, done: Notify) -> None:
        self._state = state
        self._done = done
        self._running = False
        self._deadline = float("inf")
        self.mechanism = "EXTERNAL" if state.settings.login == "certfp" else "PLAIN"

    def offered(self, value: str) -> bool:
        """Whether the capability's value allows the mechanism; an empty value allows any."""
        return not value or self.mechanism in value.upper().split(",")

    @property
    def due(self) -> float:
        """When services have been silent for too long."""
        return self._deadline

    def start(self) -> None:
        """Begin, unless it has begun."""
        if not self._running:
            self._running = True
            self._deadline = self._state.at + self._state.timing.sasl
            self._state.send("AUTHENTICATE", self.mechanism)

    def tick(self) -> None:
        """Give up on services that went away meanwhile."""
        if self._state.at >= self._deadline:
            raise LinkDownError("can't log in: services do not answer", Trouble.NO_SERVICES)

    def on_authenticate(self, line: Line) -> None:
        """The server is ready for the credentials."""
        if not self._running or line.params[:1] != ["+"]:
            return
        encoded = base64.b64encode(self._proof()).decode()
        parts = [encoded[start : start + CHUNK] for start in range(0, len(encoded), CHUNK)]
        if not parts or len(parts[-1]) == CHUNK:
            parts.append("+")
        for part in parts:
            self._state.send("AUTHENTICATE", part)

    def on_success(self, _line: Line) -> None:
        """903: logged in; 907: logged in before."""
        if self._running:
            self._running = False
            self._deadline = float("inf")
            self._state.logged_in = True
            self._done()

    def on_failure(self, line: Line) -> None:
        """902, 904, 905, 908: refused; the server's words say why."""
        if self._running:
            raise LinkDownError(f"login refused: {line.params[-1]}", Trouble.LOGIN)

    def on_aborted(self, line: Line) -> None:
        """906: given up, and not by us."""
        if self._running:
            raise LinkDownError(f"can't log in: {line.params[-1]}", Trouble.NO_SERVICES)

    def _proof(self) -> bytes:
        if self.mechanism == "EXTERNAL":
            return b""  # the certificate names its owner
        settings = self._state.settings
        account = settings.account or settings.nick
        return f"{account}\0{account}\0{settings.password or ''}".encode()
