"""A reception with keys that a test made, and a desk that takes or refuses what it brings."""

from datetime import timedelta

from bot.core.mail_events import LetterReceived
from bot.core.state.holders import digest_of_secret
from bot.core.state.setup import Maintainer, Setup, Track
from bot.mail.inbox.reception import Raw, Reception, Verdict
from bot.storage.contract import KeptKey
from tests.fakes.clock import FakeClock
from tests.fakes.outbox import ListOutbox

SECRET, OTHER = "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba"
ADDRESS = f"recaps+{SECRET}@example.org"
LETTER = "nova.draft-1-1@example.org"
AMARU = Maintainer("amaru@example.org", frozenset({"oftc/amaru"}), "amaru")
SETUP = Setup(tracks=(Track("nova", "Nova", maintainers=(AMARU,)),))


class Desk:
    """takes: whether it takes what comes; once it did, the same never comes twice."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.keys = ListOutbox()
        self.takes = True
        self.received: list[LetterReceived] = []
        self.reception = Reception(self.keys, SETUP, self.deliver, self.clock)
        self.gives(SECRET)

    def gives(self, secret: str, opens: str = "reply", **until: float) -> None:
        """A letter gave a key."""
        now = self.clock.now
        times = (now, now + timedelta(**(until or {"days": 30})))
        digest = digest_of_secret(secret)
        kept = KeptKey(digest, opens, "nova 2027-10-19 1", AMARU.mail, "track/nova", LETTER, *times)
        self.keys.keys[digest] = kept

    async def deliver(self, event: LetterReceived) -> bool:
        if self.takes and event.id not in {one.id for one in self.received}:
            self.received.append(event)
        return self.takes

    async def take(self, content: bytes, to: str = ADDRESS, **raw: object) -> Verdict:
        (verdict,) = await self.reception.take(Raw(content, **raw), [to])  # type: ignore[arg-type]
        return verdict

    @property
    def troubles(self) -> list[str]:
        return [event.trouble for event in self.received]
