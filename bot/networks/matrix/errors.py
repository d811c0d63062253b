"""The errors of a homeserver: it refuses, or it does not answer."""

from dataclasses import dataclass


@dataclass
class RefusedError(Exception):
    """The homeserver refused a request.

    code: as in https://spec.matrix.org/latest/client-server-api/#standard-error-response, "M_FORBIDDEN"
    text: its own words, for the log; never shown in a room
    wait: seconds until the bot may ask again (M_LIMIT_EXCEEDED); None if the server names none
    """

    code: str
    text: str = ""
    wait: float | None = None

    @property
    def is_login_lost(self) -> bool:
        """Whether the access token is not valid anymore."""
        return self.code in {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"}

    def __str__(self) -> str:
        """Code and words."""
        return f"{self.code}: {self.text}" if self.text else self.code


class UnreachableError(Exception):
    """No answer: the homeserver or the network is down."""
