"""Forms that were sent, for some minutes: each acts once, and the page after it shows what came of it."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from hashlib import blake2s
from typing import Any

from msgspec import Struct, field

KEPT_S = 600.0
MOST = 50  # each may have 256 KB


class Outcome(Struct, frozen=True):
    """A form, and what the bot answered."""

    form: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()


def name_of(digest: str, nonce: str, form: Mapping[str, str]) -> str:
    """The name of a form: the same if it is sent again, by a double click or a reload; another if something else was typed.

    digest: of the key with which it was sent
    """
    found = blake2s(digest_size=16)
    for part in (digest, nonce, *(word for pair in sorted(form.items()) for word in pair)):
        piece = part.encode("utf-8", "surrogatepass")
        found.update(len(piece).to_bytes(4, "big") + piece)
    return found.hexdigest()


class Submissions:
    """What was sent lately, by name."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._known: OrderedDict[str, tuple[float, asyncio.Task[Outcome]]] = OrderedDict()

    async def once(self, name: str, work: Callable[[], Coroutine[Any, Any, Outcome]]) -> Outcome:
        """Do what a form means, if it was not done before; wait for it. It goes on if the reader leaves."""
        self._forget_old()
        if name not in self._known:
            task = asyncio.create_task(work(), name="form")
            self._known[name] = self._monotonic(), task
        return await asyncio.shield(self._known[name][1])

    def outcome(self, name: str) -> Outcome:
        """What came of a form; nothing if that is not known any more."""
        self._forget_old()
        _, task = self._known.get(name, (0.0, None))
        is_known = task is not None and task.done() and not task.cancelled() and task.exception() is None
        return task.result() if task is not None and is_known else Outcome()

    def clear(self) -> None:
        """Forget what was typed and answered: somebody removed words, which may be among it."""
        for name in [name for name, (_, task) in self._known.items() if task.done()]:
            at, _ = self._known[name]
            self._known[name] = at, asyncio.create_task(_nothing(), name="form")

    def _forget_old(self) -> None:
        until = self._monotonic() - KEPT_S
        while self._known and (len(self._known) > MOST or next(iter(self._known.values()))[0] < until):
            self._known.popitem(last=False)


async def _nothing() -> Outcome:
    return Outcome()
