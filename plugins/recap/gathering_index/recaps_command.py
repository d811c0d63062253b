"""The command `#recaps`, which tells how many recaps there are, and mails the index to the organizers."""

from collections.abc import Sequence
from datetime import timedelta

from bot.api import Ask, Effect, Needs, Reply, Role
from plugins.recap.declaration import plugin
from plugins.recap.gathering_index import mails, phrases
from plugins.recap.gathering_index.contents import rows
from plugins.recap.lifecycle.moments import when

PAUSE = timedelta(hours=1)


@plugin.command(
    "recaps",
    usage="#recaps [mail]",
    says="tells how many recaps of the gathering went out; moderators mail the list of them to the organizers",
    example="#recaps",
    needs=Needs.NOTHING,
)
def recaps(ask: Ask) -> Sequence[Effect]:
    """Answer `#recaps`."""
    word, found = ask.rest.strip().lower(), rows(ask.state)
    if word not in {"", "mail"}:
        return [Reply(ask.usage)]
    refused = _why_not_mail(ask) if word else ""
    if refused or not found:
        return [Reply(refused or phrases.NOTHING_YET)]
    n = sum(len(row.statuses) for row in found)
    organizers = len(ask.setup.gathering.organizers)
    if word:
        said = phrases.SENT(n=n, organizers=organizers)
        return [*mails.mails(ask.state, found, asked=True), Reply(said)]
    sent = mails.sent_of(found)
    tracks, waiting = len(found), sum(row.progress.waiting for row in found)
    return [Reply(phrases.STANDING(n=n, tracks=tracks, sent=sent, waiting=waiting, organizers=organizers))]


def _why_not_mail(ask: Ask) -> str:
    """Return why the index cannot be mailed now on somebody's word; empty if it can."""
    if ask.role < Role.MODERATOR:
        return phrases.ONLY_MODERATORS
    if not ask.setup.gathering.organizers:
        return phrases.NO_ORGANIZERS
    last, zone = mails.last_at(ask.state), ask.setup.gathering.zone
    if last is None or ask.at >= last + PAUSE:
        return ""
    return phrases.JUST_SENT(at=when(last, ask.at, zone), next=when(last + PAUSE, ask.at, zone))
