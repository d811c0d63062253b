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
from plugins.board.ptgbot.taking import Taking
from plugins.board.rows import useful_links
from plugins.board.state import shared_of

LINKS = 100
LONGEST_PATTERN = 100  # characters, as for those that are typed
MEMORY = 1 << 16  # bytes of a pattern, as for those that are typed


def take_notices(taking: Taking, document: Document, cause: str) -> None:
    """Put up the messages of the day that are not up.

    cause: begins the ids of the messages
    """
    up = [(notice.level, notice.text) for notice in shared_of(taking.state).notices]
    for level, text in document.notices:
        what = f"message of the day {text}"
        if (level, text) in up:
            taking.known()
        elif level not in LEVELS:
            taking.leave(what, reasons.NO_LEVEL)
        elif len(text) > limits.TEXT:
            taking.leave(what, reasons.TOO_LONG(most=limits.TEXT))
        elif len(up) >= limits.MESSAGES:
            taking.leave(what, reasons.TOO_MANY_MESSAGES(most=limits.MESSAGES))
        else:
            up.append((level, text))
            fact = NoticeAdded(taking.gathering, f"{cause}.{len(up)}", level, text)
            taking.take("message of the day", text, fact)


def take_links(taking: Taking, document: Document) -> None:
    """Add the links that are not there; a link with the title of another one takes its place."""
    there = {(link.title, link.url) for link in useful_links(taking.state)}
    links = {link.title: link for link in shared_of(taking.state).links}
    new: list[str] = []
    for title, url in document.links:
        if (title, url) in there:
            taking.known()
        elif not is_safe(url):
            taking.leave(f"link {title}", reasons.NO_ADDRESS)
        elif title not in links and len(links) >= LINKS:
            taking.leave(f"link {title}", reasons.TOO_MANY_LINKS(most=LINKS))
        else:
            links[title] = UsefulLink(title, url)
            new.append(title)
    if new:
        taking.take_all("link", dict.fromkeys(new), LinksSet(taking.gathering, tuple(links.values())))


def take_voice(taking: Taking, document: Document) -> None:
    """Ask for voice if ptgbot did; that it did not loosens nothing here."""
    if document.voice and shared_of(taking.state).needs_voice:
        taking.known()
    elif document.voice:
        taking.take("rule that commands need voice", "~requirevoice", VoiceRequired(taking.gathering))


def take_subscriptions(taking: Taking, document: Document) -> None:
    """Bring subscriptions along, and say that check-ins are not."""
    if document.check_ins:
        taking.leave(reasons.CHECKED_IN(n=document.check_ins), reasons.CHECK_INS)
    if not document.subscriptions:
        return
    number = reasons.SUBSCRIBED(n=len(document.subscriptions))
    network = _network(taking)
    if "subscribe" not in taking.register.commands:
        taking.leave(number, reasons.NO_SUBSCRIPTIONS)
    elif isinstance(network, InputProblem):
        taking.leave(number, network)
    else:
        _bring_along(taking, document, network)


def _network(taking: Taking) -> str | InputProblem:
    """The network of the nicks, or why there is none."""
    kinds, wanted = taking.state.setup.networks, taking.network
    irc = [name for name in taking.state.setup.network_names if kinds.get(name, "irc") == "irc"]
    if not irc:
        return InputProblem(reasons.NO_NETWORK)
    if wanted and wanted not in irc:
        return InputProblem(reasons.NO_SUCH_NETWORK(network=wanted, networks=irc))
    if not wanted and len(irc) > 1:
        return InputProblem(reasons.WHICH_NETWORK(networks=irc))
    return wanted or irc[0]


def _bring_along(taking: Taking, document: Document, network: str) -> None:
    there = _brought_along(taking)
    most = taking.state.setup.limits.all_subscriptions
    for nick, regex in document.subscriptions:
        fact = SubscriptionBroughtAlong(taking.gathering, network, nick, regex)
        what = f"subscription of {nick}"
        if fact in there:
            taking.known()
        elif " " in nick:
            taking.leave(what, reasons.NO_NICK)
        elif len(regex) > LONGEST_PATTERN or not _is_searchable(regex):
            taking.leave(what, reasons.NO_PATTERN)
        elif len(there) >= most:
            taking.leave(what, reasons.TOO_MANY_SUBSCRIPTIONS(most=most))
        else:
            there.add(fact)
            taking.take("subscription", nick, fact)


def _brought_along(taking: Taking) -> set[Hashable]:
    """The subscriptions that were brought along before, also those that ended since: nobody wants them twice."""
    facts = (entry.fact for entry in taking.state.stream(GATHERING))
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
