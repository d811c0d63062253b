"""What a homeserver can answer but what was asked for: no, not now, or nothing at all."""

from dataclasses import dataclass


@dataclass
class RefusedError(Exception):
    """The homeserver said no.

    code: as in https://spec.matrix.org/latest/client-server-api/#standard-error-response, "M_FORBIDDEN"
    text: its own words, for the log; never shown in a room
    wait: seconds after which it may be asked again (M_LIMIT_EXCEEDED); None where it names none
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
    """No answer: the homeserver is down, or what is between; it may work again later."""
