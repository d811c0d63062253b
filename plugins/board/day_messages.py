"""The operators' command for messages of the day: `~motd add LEVEL TEXT`, `del N`, `reorder N...`, `clean`."""

from collections.abc import Callable, Mapping, Sequence

from bot.api import GATHERING, Ask, Effect, Needs, Reply, Role, Write
from plugins.board import limits, phrases
from plugins.board.declaration import plugin
from plugins.board.facts import NoticeAdded, NoticesReordered, NoticesTakenDown
from plugins.board.state import Notice, shared_of
from plugins.board.tracks import gathering_of, too_long, words_in

LEVELS = ("info", "success", "warning", "danger")
USAGE = "~motd add LEVEL TEXT, del N, reorder N N..., or clean"


@plugin.command(
    "motd",
    bare=("~motd",),
    usage=USAGE,
    says="puts messages of the day on the board; levels are info, success, warning and danger; alone it lists them",
    example="~motd add info Lunch is at noon in the foyer",
    role=Role.MODERATOR,
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def motd(ask: Ask) -> Sequence[Effect]:
    """Change the messages of the day."""
    verb, _, rest = ask.rest.partition(" ")
    if not verb:
        return [Reply(listing(shared_of(ask.state).notices))]
    deed = DEEDS.get(verb.lower())
    return deed(ask, rest.strip()) if deed is not None else [Reply(ask.usage)]


def listing(notices: Sequence[Notice]) -> str:
    """The messages of the day, with numbers."""
    return phrases.MESSAGES(messages=_numbered(notices)) if notices else phrases.NO_MESSAGES


def _numbered(notices: Sequence[Notice]) -> list[str]:
    return [phrases.MESSAGE(n=n, level=one.level, text=one.text) for n, one in enumerate(notices, 1)]


def _written(fact: object) -> Write:
    return Write(fact, stream=GATHERING, keep_on_undo=True)


def _add(ask: Ask, rest: str) -> Sequence[Effect]:
    level, _, typed = rest.partition(" ")
    text, notices = words_in(typed), shared_of(ask.state).notices
    if not level or (level.lower() in LEVELS and not text):
        return [Reply(ask.usage)]
    if level.lower() not in LEVELS:
        return [Reply(phrases.LEVEL(level=level))]
    refused = too_long(text, limits.TEXT)
    if refused is not None:
        return [refused]
    if len(notices) >= limits.MESSAGES:
        return [Reply(phrases.TOO_MANY_MESSAGES(most=limits.MESSAGES))]
    fact = NoticeAdded(gathering_of(ask), ask.cause, level.lower(), text)
    return [_written(fact), Reply(phrases.PUT_UP(n=len(notices) + 1))]


def _del(ask: Ask, rest: str) -> Sequence[Effect]:
    found = _messages(ask, rest)
    if isinstance(found, Reply):
        return [found]
    fact = NoticesTakenDown(gathering_of(ask), tuple(one.id for one in found))
    return [_written(fact), Reply(phrases.TAKEN_DOWN(texts=[one.text for one in found]))]


def _reorder(ask: Ask, rest: str) -> Sequence[Effect]:
    found = _messages(ask, rest)
    if isinstance(found, Reply):
        return [found]
    others = [one for one in shared_of(ask.state).notices if one not in found]
    fact = NoticesReordered(gathering_of(ask), tuple(one.id for one in found))
    return [_written(fact), Reply(phrases.ORDER(messages=_numbered([*found, *others])))]


def _clean(ask: Ask, rest: str) -> Sequence[Effect]:
    notices = shared_of(ask.state).notices
    if rest:
        return [Reply(phrases.CLEAN_MESSAGES_ALONE)]
    if not notices:
        return [Reply(phrases.NO_MESSAGES)]
    fact = NoticesTakenDown(gathering_of(ask), tuple(one.id for one in notices))
    return [_written(fact), Reply(phrases.TAKEN_DOWN(texts=[one.text for one in notices]))]


def _messages(ask: Ask, rest: str) -> list[Notice] | Reply:
    """The messages with these numbers, each once; or the answer that there is none."""
    notices, numbers = shared_of(ask.state).notices, rest.replace(",", " ").split()
    if not numbers:
        return Reply(ask.usage)
    found: dict[int, Notice] = {}
    for number in numbers:
        n = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
        if not 0 < n <= len(notices):
            return Reply(phrases.NO_SUCH_MESSAGE(n=number, last=len(notices)))
        found[n] = notices[n - 1]
    return list(found.values())


DEEDS: Mapping[str, Callable[[Ask, str], Sequence[Effect]]] = {
    "add": _add, "del": _del, "reorder": _reorder, "clean": _clean, "clear": _clean,
}  # fmt: skip
