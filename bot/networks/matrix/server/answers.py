"""The answers of a homeserver: their JSON, and what a refusal says."""

import json
from contextlib import suppress
from typing import Any

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.server.homeserver import Content

MOST_DIGITS = 1000  # of a number; Python reads at most 4,300
BUSY = 5.0  # seconds to wait if a busy homeserver does not say how long
BUSIEST = 3600.0  # seconds to wait at most, whatever it said


def answer_of(address: str, status: int, raw: bytes, retry_after: str = "") -> dict[str, Any]:
    """Parse an answer. Raises RefusedError for a refusal, UnreachableError if it makes no sense."""
    answer = _parsed(raw)
    if isinstance(answer, dict) and 200 <= status < 300:
        return answer
    code = answer.get("errcode") if isinstance(answer, dict) else None
    if status == 429 or code == "M_LIMIT_EXCEEDED":
        raise RefusedError("M_LIMIT_EXCEEDED", "too many requests", _wait(answer, retry_after))
    if not isinstance(answer, dict) or not isinstance(code, str):
        raise UnreachableError(f"{address} answered {status} with something other than Matrix")
    if status >= 500:
        raise UnreachableError(f"{address} answered {status} {code}: {text_of(answer, 'error')}")
    raise RefusedError(code, text_of(answer, "error"))


def _parsed(raw: bytes) -> object:
    """The JSON of an answer; None if there is none, or it is nested too deeply.

    A number with more digits than Python reads becomes 0, so that somebody's event does not cost the whole answer.
    """
    try:
        return json.loads(raw)
    except RecursionError:
        return None
    except ValueError:
        with suppress(ValueError, RecursionError):
            return json.loads(raw, parse_int=lambda digits: int(digits) if len(digits) < MOST_DIGITS else 0)
    return None


def _wait(answer: object, retry_after: str) -> float:
    """Seconds until the homeserver allows the next request."""
    named = answer.get("retry_after_ms") if isinstance(answer, dict) else None
    if isinstance(named, int | float) and named > 0:
        return min(named, BUSIEST * 1000) / 1000
    return min(float(retry_after), BUSIEST) if retry_after.isdecimal() else BUSY


def text_of(answer: Content, key: str) -> str:
    """A value of an answer if it is a string, else an empty one."""
    found = answer.get(key)
    return found if isinstance(found, str) else ""
