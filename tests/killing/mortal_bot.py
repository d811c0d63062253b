"""A bot with a mail worker that is killed before one of its writes, and what the mail server took from it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bot.app.engine import Engine, engine
from bot.bundled import bundled_plugins
from bot.config import Config, default_config
from bot.core.events import Message, Power, Room
from bot.core.mail_events import LetterReceived
from bot.core.people.identity import Identity
from bot.core.state.holders import digest_of_secret, holder_identity
from bot.core.state.setup import Maintainer
from bot.mail.outcome import Outcome, Sent
from bot.mail.worker import MailWorker
from bot.networks.recording_network import RecordingNetwork
from bot.networks.transcript.dialogue import Action, SaidInRoom
from bot.runtime.timers import SteppedTimers
from plugins.recap.settings import RecapSettings

# the outbox has the machine's clock, and a letter is due only after it was ordered
BEGIN = datetime(2100, 10, 19, 13, 0, tzinfo=UTC)
AMARU = Identity("irc", "amaru", "amaru", "amaru")
ROOM = Room("irc/#nova", "irc", members={"amaru": AMARU})
LIST, MAINTAINER = "nova@lists.example.org", "amaru@example.org"


class Mended(Struct, frozen=True):
    """An answer to the newest draft in which a text stands for another."""

    old: str
    new: str


Step = str | timedelta | Mended


class Killed(BaseException):
    """The bot is no more."""


class Life:
    """How many writes the bot has left: it is killed before the next one. None: as many as it likes.

    at:      the time
    count:   its writes so far
    ended:   those until the session ended
    taken:   the mails that the mail server took
    unnoted: the Message-ID of the last one, until the next write
    lost:    the same when the bot was killed: nobody wrote down that it was sent
    """

    def __init__(self, left: int | None = None) -> None:
        self.left = left
        self.count = self.ended = 0
        self.at = BEGIN
        self.taken: list[EmailMessage] = []
        self.unnoted = ""
        self.lost = ""

    def write(self) -> None:
        if self.left is not None and self.count >= self.left:
            self.lost = self.lost or self.unnoted
            raise Killed
        self.count += 1
        self.unnoted = ""

    async def deliver(self, message: EmailMessage, *, patient: bool) -> Outcome:
        del patient
        self.taken.append(message)
        self.unnoted = identifier_of(message)
        return Sent()

    def mails(self, to: str) -> list[tuple[str, str]]:
        """Message-ID and text of each mail that an address got, in order."""
        return [(identifier_of(one), str(one.get_content())) for one in self.taken if one["To"] == to]


def identifier_of(message: EmailMessage) -> str:
    return str(message["Message-ID"]).strip()


def config_of(data: Path) -> Config:
    made = default_config(bundled_plugins(), ["irc/#nova"], data=data)
    (track,) = made.setup.tracks
    days = (date(2100, 10, 19), date(2100, 10, 20), date(2100, 10, 21), date(2100, 10, 22))
    maintainer = Maintainer(MAINTAINER, frozenset({"irc/amaru"}))
    track = replace(track, maintainers=(maintainer,), list=LIST, days=days)
    settings = RecapSettings.model_validate({"by": "session"})
    models = {**made.setup.models, RecapSettings: settings}
    setup = replace(made.setup, tracks=(track,), models=models, inbox_address="recaps@example.org")
    return replace(made, setup=setup)


class Bot:
    """An engine and a mail worker, for as long as they live."""

    def __init__(self, built: Engine, timers: SteppedTimers, life: Life, actions: list[Action]) -> None:
        self._built, self._timers, self._life, self._actions = built, timers, life, actions
        self._idle, self._wake = asyncio.Event(), asyncio.Event()
        self._worker = MailWorker(
            built.journal, life.deliver, "Bot <bot@example.org>", built.desk.put, self._wake, clock=self.clock, lists=(), sleep=self._nap
        )  # fmt: skip
        self.carrying = asyncio.create_task(self._worker.run())

    def clock(self) -> datetime:
        return self._life.at

    async def _nap(self, _: float) -> None:
        self._idle.set()
        await asyncio.Event().wait()

    async def takes(self, step: Step, name: str, begun: datetime) -> None:
        """Hear something, or wait from a moment on, and do all that comes of it; what has a name counts once."""
        match step:
            case timedelta():
                until = begun + step
                while (due := self._timers.next_due(until)) is not None:
                    self._life.at = max(self._life.at, due.at)
                    await self._built.desk.put(due)
                    await self._settles()
                self._life.at = until
            case Mended():
                await self._built.desk.put(await self._answer(step, name))
            case str():
                said = Message(ROOM, AMARU, step, self._life.at, Power.NONE, id=name, repeated=bool(name))
                await self._built.desk.put(said)
        await self._settles()

    async def says(self, text: str) -> list[str]:
        """What the bot answers to a line."""
        begun = len(self._actions)
        await self.takes(text, "", self._life.at)
        return [action.text for action in self._actions[begun:] if isinstance(action, SaidInRoom)]

    async def _answer(self, mended: Mended, name: str) -> LetterReceived:
        draft = [one for one in self._life.taken if one["Subject"].startswith("DRAFT")][-1]
        secret = str(draft["Reply-To"]).partition("+")[2].partition("@")[0]
        key = await self._built.journal.key(digest_of_secret(secret))
        assert key is not None
        holder = holder_identity(key.holder, self._built.state.setup)
        text = str(draft.get_content()).replace(mended.old, mended.new)
        return LetterReceived(
            key.opens, key.argument, key.stream, holder, key.letter, name, text, self._life.at
        )

    async def _settles(self) -> None:
        """Let the desk and the mail worker do what they have to do."""
        delivered = -1
        while delivered != len(self._life.taken):
            delivered = len(self._life.taken)
            await self._built.desk.settle()
            await self._mails()
            await self._built.desk.settle()
        await self._built.desk.finish()

    async def _mails(self) -> None:
        self._idle.clear()
        self._wake.set()
        await self.is_idle()

    async def is_idle(self) -> None:
        """Wait until the mail worker waits for more; raises what ended it."""
        idle = asyncio.create_task(self._idle.wait())
        await asyncio.wait((idle, self.carrying), return_when=asyncio.FIRST_COMPLETED)
        idle.cancel()
        if self.carrying.done():
            self.carrying.result()


@asynccontextmanager
async def started(data: Path, life: Life) -> AsyncIterator[Bot]:
    timers, actions = SteppedTimers(), list[Action]()
    networks = {"irc": RecordingNetwork("irc", actions=actions)}
    config = config_of(data)
    async with engine(
        config, networks=networks, timers=timers, database=config.database, inline=True
    ) as built:
        built.desk.begin()
        bot = Bot(built, timers, life, actions)
        try:
            await bot.is_idle()
            yield bot
        finally:
            bot.carrying.cancel()
            await asyncio.wait({bot.carrying})
