"""The mended text that waits, as the review page shows it."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2s

import msgspec
from msgspec import Struct

from bot.api.people import plain_name
from bot.api.recap import Part
from plugins.recap.layout import words
from plugins.recap.mending import phrases
from plugins.recap.mending.phrases import THE_FRONT
from plugins.recap.mending.proposals import EXPORTED, Proposal, by_topic
from plugins.recap.mending.shown import Shown, TopicChanges


class ProposedChange(Struct, frozen=True):
    """A change: what it is called, and the old and the new text."""

    called: str
    old: str
    new: str
    is_stale: bool


class ProposedTopic(Struct, frozen=True):
    """The changes under a heading; `missing` has what the text lacks, `left` what was not understood, and why."""

    title: str
    changes: tuple[ProposedChange, ...]
    missing: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]


class ShownProposal(Struct, frozen=True):
    """A mended text that waits.

    digest: of it, so that nobody takes another one than they saw
    url:    of the pad that it came from; empty if it is an answer by mail
    by:     who proposed it
    """

    digest: str
    url: str
    by: str
    at: datetime
    topics: Sequence[ProposedTopic]

    @property
    def has_missing(self) -> bool:
        """Whether the text lacks records."""
        return any(topic.missing for topic in self.topics)


def digest_of_proposal(proposal: Proposal | None) -> str:
    """Return what stands for a proposal in the form; empty if none waits."""
    if proposal is None:
        return ""
    said = msgspec.json.encode((proposal.at, proposal.fact))
    return blake2s(said, digest_size=8).hexdigest()


def shown_proposal(proposal: Proposal | None, part: Part) -> ShownProposal | None:
    """Return a proposal by topic, in the order of the recap."""
    if proposal is None:
        return None
    fact = proposal.fact
    return ShownProposal(
        digest=digest_of_proposal(proposal),
        url=fact.address.removesuffix(EXPORTED) if fact.source == "pad" else "",
        by=plain_name(fact.by.name) if fact.by is not None else "",
        at=proposal.at,
        topics=[_topic(topic) for topic in by_topic(proposal, part, part.intro)],
    )


def _topic(topic: TopicChanges) -> ProposedTopic:
    return ProposedTopic(
        title=words.numbered(topic.n, topic.title) if topic.n else "In front and before the topics",
        changes=tuple(ProposedChange(_called(one), one.old, one.new, one.is_stale) for one in topic.changes),
        missing=tuple((f"#{n}", text) for n, text in topic.missing),
        left=tuple((one.text, phrases.why(one)) for one in topic.left),
    )


def _called(one: Shown) -> str:
    if one.word in THE_FRONT:
        return "Introduction" if one.word == "intro" else "Link in front"
    if one.n:
        return words.called(one.word, one.n)
    kind = f"New {phrases.kind_name(one.word)}"
    return f"{kind}, {one.team}" if one.team else kind
