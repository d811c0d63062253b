"""Imports of ptgbot's data: from an address, shown first and then accepted, and from a file that the shell hands over.

All facts of an import are written in one turn, or none of them. What is accepted is fetched again, and taken if its digest
is the one that was shown, so no copy of the data is kept.
"""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

import msgspec
from msgspec import Struct

from bot.api import (
    GATHERING,
    Ask,
    Effect,
    Entry,
    InputProblem,
    Needs,
    Occasion,
    Reply,
    Role,
    Say,
    StateView,
    Tell,
    Write,
    clock,
)
from bot.api.effects import Fetch
from bot.api.events import Fetched, Prepared
from bot.api.people import role_of
from plugins.board.addresses import is_safe
from plugins.board.declaration import plugin
from plugins.board.ptgbot import phrases
from plugins.board.ptgbot.document import Document, read
from plugins.board.ptgbot.facts import PtgDataShown, PtgDataTaken
from plugins.board.ptgbot.plan import Plan
from plugins.board.ptgbot.whole_plan import plan_of

DATA = "ptgbot-data"  # the name of what is fetched, and of what the shell hands over
HOLDS = timedelta(hours=1)  # how long what was shown can be accepted
DIGEST = 8  # characters in answers


class Given(Struct, frozen=True):
    """ptgbot's data as the shell hands it over: text, the name of its file, the IRC network of its nicks."""

    text: str
    source: str
    network: str = ""


class Wanted(Struct, frozen=True):
    """What is asked of a page: to be shown, or to be taken if it has this digest."""

    network: str
    digest: str = ""


@plugin.command(
    "fetchdb",
    bare=("~fetchdb",),
    usage="~fetchdb URL [NETWORK], or ~fetchdb accept",
    says="shows what ptgbot's data at an address would bring; accept takes it",
    example="~fetchdb https://ptg.example.org/ptg.json",
    role=Role.MODERATOR,
    needs=Needs.GATHERING,
    silent_if_unavailable=True,
)
def fetchdb(ask: Ask) -> Sequence[Effect]:
    """Fetch ptgbot's data to show it, or to take it as it was shown."""
    first, _, rest = ask.rest.partition(" ")
    if not first:
        return [Reply(ask.usage)]
    if first.lower() == "accept":
        return _accept(ask, rest.strip().lower())
    url = first.strip("<>")
    if not is_safe(url):
        return [Reply(phrases.NO_ADDRESS)]
    here = ask.room.network if ask.setup.networks.get(ask.room.network, "irc") == "irc" else ""
    return [Fetch(DATA, url, argument=Wanted(rest.strip() or here), json=True)]


def _accept(ask: Ask, digest: str) -> Sequence[Effect]:
    entry = _waiting(ask.state)
    if entry is None or not isinstance(entry.fact, PtgDataShown):
        return [Reply(phrases.NOTHING_WAITS)]
    shown = entry.fact
    if not shown.digest.startswith(digest):
        return [Reply(phrases.OTHER_DIGEST(waiting=shown.digest[:DIGEST], wanted=digest[:12]))]
    if ask.at > entry.at + HOLDS:
        return [Reply(phrases.TOO_LATE(until=clock(entry.at + HOLDS, ask.setup.gathering.zone)))]
    return [Fetch(DATA, shown.url, argument=Wanted(shown.network, shown.digest), json=True)]


def _waiting(state: StateView) -> Entry | None:
    """What was shown last and not taken; None if nothing was."""
    gathering = state.setup.gathering.slug
    for entry in reversed(state.stream(GATHERING)):
        if isinstance(entry.fact, PtgDataShown | PtgDataTaken) and entry.fact.gathering == gathering:
            return entry if isinstance(entry.fact, PtgDataShown) else None
    return None


def digest_of(document: Document) -> str:
    """The SHA-256 of what was read; who is checked in, which nobody takes, and the time of the data do not count."""
    return hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(document, check_ins=0))).hexdigest()


@plugin.on(Fetched, DATA)
def take_page(occasion: Occasion) -> Sequence[Effect]:
    """Show what a page brings, or take it; rights are checked again, because they may be lost since."""
    event, state = occasion.event, occasion.state
    if not isinstance(event, Fetched) or not isinstance(event.argument, Wanted):
        return ()
    role = role_of(
        event.asked_by,
        event.power,
        setup=state.setup,
        track=None,
        session=occasion.session,
        persons=state.persons,
    )
    if role < Role.MODERATOR:
        return [_told(event, phrases.NO_RIGHT_ANY_MORE(who=event.asked_by.name))]
    if event.trouble:
        why = phrases.TROUBLES.get(event.trouble, phrases.TROUBLES["unreachable"])
        return [_told(event, phrases.NOT_FETCHED(url=event.url, why=why))]
    document = read(event.text)
    if isinstance(document, InputProblem):
        return [_told(event, phrases.NO_DATA(url=event.url, why=document))]
    return [*_answered(occasion, event, document, event.argument)]


def _told(event: Fetched, text: str) -> Effect:
    """An answer where somebody asked."""
    return Tell(event.asked_by, text) if event.room.private else Say((event.room.id,), text)


def _answered(occasion: Occasion, event: Fetched, document: Document, wanted: Wanted) -> Sequence[Effect]:
    digest = digest_of(document)
    if wanted.digest and digest != wanted.digest:
        return [_told(event, phrases.CHANGED(url=event.url))]
    plan = plan_of(document, occasion.state, occasion.register, occasion.cause, wanted.network)
    counts, left = plan.counts(), [phrases.LEFT(what=one.what, why=one.why) for one in plan.left]
    if not counts:
        said = phrases.NOTHING_NEW(url=event.url, there=plan.there, number=len(left), left=left)
        return [_told(event, said)]
    if wanted.digest:
        said = phrases.TOOK(url=event.url, counts=counts, number=len(left), left=left)
        return [*written(occasion.state, plan, event.url, digest), _told(event, said)]
    zone = occasion.state.setup.gathering.zone
    said = phrases.BRINGS(
        url=event.url, counts=counts, there=plan.there, notes=plan.notes, number=len(left), left=left,
        digest=digest[:DIGEST], until=clock(event.at + HOLDS, zone),
    )  # fmt: skip
    shown = PtgDataShown(occasion.state.setup.gathering.slug, event.url, digest, wanted.network)
    return [Write(shown, GATHERING, keep_on_undo=True), _told(event, said)]


def written(state: StateView, plan: Plan, source: str, digest: str) -> list[Write]:
    """The orders to write all that a plan takes; #undo passes over it, because commands of the board take it back."""
    facts = [Write(one.fact, one.stream, keep_on_undo=True) for one in plan.taken if one.fact is not None]
    taken = PtgDataTaken(state.setup.gathering.slug, source, digest)
    return [*facts, Write(taken, GATHERING, keep_on_undo=True)]


@plugin.on(Prepared, DATA)
def take_file(occasion: Occasion) -> Sequence[Effect]:
    """Take what the shell hands over; nobody is answered, so the shell looks at the journal."""
    event = occasion.event
    if not isinstance(event, Prepared) or not isinstance(event.outcome, Given):
        return ()
    document = read(event.outcome.text)
    if isinstance(document, InputProblem):
        return ()
    plan = plan_of(document, occasion.state, occasion.register, occasion.cause, event.outcome.network)
    return written(occasion.state, plan, event.outcome.source, digest_of(document)) if plan.taken else ()
