"""What ptgbot's data says of all tracks: messages of the day, links, who may use commands, and people's subscriptions."""

from collections.abc import Hashable
from functools import cache
from typing import Any

from bot.api import GATHERING, InputProblem
from bot.api.facts import SubscriptionBroughtAlong
from plugins.board import limits
from plugins.board.addresses import is_safe
from plugins.board.day_messages import LEVELS
from plugins.board.facts import LinksSet, NoticeAdded, UsefulLink, VoiceRequired
from plugins.board.ptgbot import reasons
from plugins.board.ptgbot.document import Document
from plugins.board.ptgbot.plan import DraftPlan
from plugins.board.rows import useful_links
from plugins.board.state import shared_of

LINKS = 100
LONGEST_PATTERN = 100  # characters, as for those that are typed
MEMORY = 1 << 16  # bytes of a pattern, as for those that are typed


def take_notices(draft: DraftPlan, document: Document, cause: str) -> None:
    """Put up the messages of the day that are not up.

    cause: begins the ids of the messages
    """
    up = [(notice.level, notice.text) for notice in shared_of(draft.state).notices]
    for level, text in document.notices:
        what = f"message of the day {text}"
        if (level, text) in up:
            draft.known()
        elif level not in LEVELS:
            draft.leave(what, reasons.NO_LEVEL)
        elif len(text) > limits.TEXT:
            draft.leave(what, reasons.TOO_LONG(most=limits.TEXT))
        elif len(up) >= limits.MESSAGES:
            draft.leave(what, reasons.TOO_MANY_MESSAGES(most=limits.MESSAGES))
        else:
            up.append((level, text))
            fact = NoticeAdded(draft.gathering, f"{cause}.{len(up)}", level, text)
            draft.take("message of the day", text, fact)


def take_links(draft: DraftPlan, document: Document) -> None:
    """Add the links that are not there; a link with the title of another one takes its place."""
    there = {(link.title, link.url) for link in useful_links(draft.state)}
    links = {link.title: link for link in shared_of(draft.state).links}
    new: list[str] = []
    for title, url in document.links:
        if (title, url) in there:
            draft.known()
        elif not is_safe(url):
            draft.leave(f"link {title}", reasons.NO_ADDRESS)
        elif title not in links and len(links) >= LINKS:
            draft.leave(f"link {title}", reasons.TOO_MANY_LINKS(most=LINKS))
        else:
            links[title] = UsefulLink(title, url)
            new.append(title)
    if new:
        draft.take_all("link", dict.fromkeys(new), LinksSet(draft.gathering, tuple(links.values())))


def take_voice(draft: DraftPlan, document: Document) -> None:
    """Ask for voice if ptgbot did; that it did not loosens nothing here."""
    if document.voice and shared_of(draft.state).needs_voice:
        draft.known()
    elif document.voice:
        draft.take("rule that commands need voice", "~requirevoice", VoiceRequired(draft.gathering))


def take_subscriptions(draft: DraftPlan, document: Document) -> None:
    """Bring subscriptions along, and say that check-ins are not."""
    if document.check_ins:
        draft.leave(reasons.CHECKED_IN(n=document.check_ins), reasons.CHECK_INS)
    if not document.subscriptions:
        return
    number = reasons.SUBSCRIBED(n=len(document.subscriptions))
    network = _network(draft)
    if "subscribe" not in draft.register.commands:
        draft.leave(number, reasons.NO_SUBSCRIPTIONS)
    elif isinstance(network, InputProblem):
        draft.leave(number, network)
    else:
        _bring_along(draft, document, network)


def _network(draft: DraftPlan) -> str | InputProblem:
    """The network of the nicks, or why there is none."""
    kinds, wanted = draft.state.setup.networks, draft.network
    irc = [name for name in draft.state.setup.network_names if kinds.get(name, "irc") == "irc"]
    if not irc:
        return InputProblem(reasons.NO_NETWORK)
    if wanted and wanted not in irc:
        return InputProblem(reasons.NO_SUCH_NETWORK(network=wanted, networks=irc))
    if not wanted and len(irc) > 1:
        return InputProblem(reasons.WHICH_NETWORK(networks=irc))
    return wanted or irc[0]


def _bring_along(draft: DraftPlan, document: Document, network: str) -> None:
    there = _brought_along(draft)
    most = draft.state.setup.limits.all_subscriptions
    for nick, regex in document.subscriptions:
        fact = SubscriptionBroughtAlong(draft.gathering, network, nick, regex)
        what = f"subscription of {nick}"
        if fact in there:
            draft.known()
        elif " " in nick:
            draft.leave(what, reasons.NO_NICK)
        elif len(regex) > LONGEST_PATTERN or not _is_searchable(regex):
            draft.leave(what, reasons.NO_PATTERN)
        elif len(there) >= most:
            draft.leave(what, reasons.TOO_MANY_SUBSCRIPTIONS(most=most))
        else:
            there.add(fact)
            draft.take("subscription", nick, fact)


def _brought_along(draft: DraftPlan) -> set[Hashable]:
    """The subscriptions that were brought along before, also those that ended since: nobody wants them twice."""
    facts = (entry.fact for entry in draft.state.stream(GATHERING))
    return {fact for fact in facts if isinstance(fact, SubscriptionBroughtAlong)}


@cache
def _engine() -> Any:
    import re2  # noqa: PLC0415 - few starts need this shared library

    return re2


def _is_searchable(regex: str) -> bool:
    """Whether RE2 takes a pattern, with the bounds of those that are typed."""
    re2 = _engine()
    options = re2.Options()
    options.case_sensitive, options.log_errors, options.never_capture, options.max_mem = (
        False,
        False,
        True,
        MEMORY,
    )
    try:
        re2.compile(regex, options)
    except re2.error:
        return False
    return True
