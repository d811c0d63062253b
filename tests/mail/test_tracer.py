"""The tracer asks the archive first, then Mailman, and answers whatever happens."""

import logging
from datetime import UTC, datetime

import pytest

from bot.core.effects import Trace
from bot.core.mail_events import Traced, Whereabouts
from bot.core.state.setup import Setup, Track
from bot.mail import archive, mailman
from bot.mail.settings import MailmanSettings
from bot.mail.tracer import Tracer

AT = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)
KITTY = "https://lists.test/{list}/{hash}"
SETUP = Setup(
    tracks=(
        Track("nova", "Nova", list="ptg@lists.test", archive=KITTY),
        Track("cinder", "Cinder", list="c@lists.test"),
    )
)
MAILMAN = MailmanSettings("http://localhost:8001/3.1", "admin", "secret")


async def traced(stream: str = "track/nova", api: MailmanSettings | None = MAILMAN) -> Traced:
    event = await Tracer(SETUP, api, clock=lambda: AT).trace(Trace(stream, "a@lists.test", "Subject"))
    assert (event.letter, event.stream, event.at) == ("a@lists.test", stream, AT)
    return event


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What archive and Mailman answer, and what they were asked."""
    known: dict[str, object] = {"found": "absent", "holds": False}

    async def where(*given: str) -> tuple[Whereabouts, str]:
        known["where"] = given
        if known["found"] == "fault":
            raise RuntimeError
        return known["found"], "https://lists.test/1"  # type: ignore[return-value]

    async def holds(*given: object) -> bool:
        known["held"] = given
        return bool(known["holds"])

    monkeypatch.setattr(archive, "where", where)
    monkeypatch.setattr(mailman, "holds", holds)
    return known


async def test_the_archive_of_the_track_is_asked(asked: dict[str, object]) -> None:
    asked["found"] = "shown"
    event = await traced()
    assert (event.whereabouts, event.url) == ("shown", "https://lists.test/1")
    assert asked["where"] == (KITTY, "ptg@lists.test", "a@lists.test", "Subject")
    assert "held" not in asked


@pytest.mark.parametrize("found", ["absent", "unreachable", "unsound"])
async def test_what_is_not_shown_may_be_held(asked: dict[str, object], found: str) -> None:
    asked["found"] = found
    assert (await traced()).whereabouts == found
    assert asked["held"] == (MAILMAN, "ptg@lists.test", "a@lists.test")
    asked["holds"] = True
    assert (await traced()).whereabouts == "held"
    assert (await traced(api=None)).whereabouts == found


@pytest.mark.parametrize("stream", ["track/cinder", "track/gone"])
async def test_a_track_without_an_archive_asks_nobody(asked: dict[str, object], stream: str) -> None:
    assert (await traced(stream)).whereabouts == "unreachable"
    assert "where" not in asked


async def test_a_fault_is_logged_and_answered(
    asked: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    asked["found"] = "fault"
    assert (await traced()).whereabouts == "unreachable"
    assert [record.message for record in caplog.records if record.levelno == logging.ERROR] == [
        "mail: looking for a@lists.test failed"
    ]
