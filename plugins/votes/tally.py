"""The count of a poll: each person's last vote, across networks, nicks and edits."""

from collections import Counter
from collections.abc import Hashable, Iterable

from msgspec import Struct

from bot.api import Identity, Session, StateView
from bot.api.people import Persons, is_relayed, look_alike, plain_name, proves
from plugins.votes import phrases
from plugins.votes.polls import Poll
from plugins.votes.settings import VotesTrack

ABSTENTIONS = frozenset({"abstain", "abstention", "0"})  # they cannot win
UNNAMED = str.maketrans("", "", "(),;")  # a name must not look like a part of the result

Counted = tuple[Identity, int, str]  # who, the place of the option, the cause of the vote


class Tally(Struct, frozen=True):
    """A counted poll.

    names:  for each option, the names of its voters, in order of their first vote
    people: the identities with which people last voted
    casts:  for each option, the causes of these votes
    quorum: the number of votes needed
    proven: the number of voters with a proven account; None if only configured voters count, or there is no quorum
    """

    poll: Poll
    names: tuple[tuple[str, ...], ...]
    people: tuple[Identity, ...]
    casts: tuple[tuple[str, ...], ...] = ()
    quorum: int = 0
    proven: int | None = None

    @property
    def total(self) -> int:
        """The number of voters."""
        return len(self.people)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Every option with its number of votes."""
        return tuple(
            (option, len(names)) for option, names in zip(self.poll.options, self.names, strict=True)
        )

    @property
    def with_reasons(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every option with the names of its voters, and what they said with their votes."""
        reasons = self.poll.reasons
        return tuple(
            (
                option,
                tuple(
                    phrases.with_reason(name, reasons.get(cause, ""))
                    for name, cause in zip(names, casts, strict=True)
                ),
            )
            for option, names, casts in zip(self.poll.options, self.names, self.casts, strict=True)
        )

    @property
    def leaders(self) -> tuple[str, ...]:
        """The options with the most votes, except abstentions."""
        running = [(option, count) for option, count in self.counts if option.casefold() not in ABSTENTIONS]
        most = max((count for _, count in running), default=0)
        return tuple(option for option, count in running if count == most > 0)

    @property
    def has_quorum(self) -> bool:
        """Whether enough people voted."""
        return self.total >= self.quorum

    @property
    def outcome(self) -> str:
        """The kind of record for a motion's result."""
        in_favor, _, against = (count for _, count in self.counts)
        if in_favor == against or not self.has_quorum:
            return "inconclusive"
        return "agreed" if in_favor > against else "rejected"


def tally(state: StateView, session: Session, poll: Poll) -> Tally:
    """Count a poll."""
    last: dict[Hashable, Counted] = {}
    for cast in poll.casts:
        choice = poll.changed.get(cast.cause, cast.choice)
        if choice is not None and choice < len(poll.options):
            last[_voter(state, session, cast.by)] = (cast.by, choice, cast.cause)
    counted = _without_doubles(session, last.values())
    named = _named(session, [who for who, _, _ in counted])
    places = range(len(poll.options))
    names = tuple(tuple(named[who] for who, choice, _ in counted if choice == place) for place in places)
    casts = tuple(tuple(cause for _, choice, cause in counted if choice == place) for place in places)
    people = tuple(who for who, _, _ in counted)
    settings = settings_of(state, session)
    if not settings.quorum or settings.voters:
        return Tally(poll, names, people, casts, settings.quorum)
    proven = sum(any(known.account for known in state.persons.identities_of(who)) for who in people)
    return Tally(poll, names, people, casts, settings.quorum, proven)


def _voter(state: StateView, session: Session, who: Identity) -> Hashable:
    """Return a key by which a person counts once; people behind relays have nothing but a name."""
    return ("relayed", look_alike(who.name)) if is_relayed(who) else state.person_of(who, session)


def _without_doubles(session: Session, votes: Iterable[Counted]) -> list[Counted]:
    """Return the votes without those that a relay brought for somebody who voted here: the proven vote counts."""
    known = list(votes)
    direct = [who for who, _, _ in known if not is_relayed(who)]
    here = {look_alike(name) for who in direct for name in (who.name, session.now_of(who).name)}
    return [vote for vote in known if not is_relayed(vote[0]) or look_alike(vote[0].name) not in here]


def _named(session: Session, people: Iterable[Identity]) -> dict[Identity, str]:
    """Return a name for each person; equal names get the network added, or are replaced by ids."""
    now = {who: session.now_of(who) for who in people}
    called = {who: name_of(latest) for who, latest in now.items()}
    times = Counter(called.values())
    places = Counter((called[who], who.network) for who in now)
    shown = {
        who: name
        if times[name] == 1
        else f"{name} on {who.network}"
        if places[name, who.network] == 1
        else latest.key
        for (who, latest), name in zip(now.items(), called.values(), strict=True)
    }
    return {who: phrases.UNPROVEN(name=name) if is_relayed(who) else name for who, name in shown.items()}


def name_of(who: Identity) -> str:
    """Return somebody's name without characters that structure a result."""
    return plain_name(who.name).translate(UNNAMED).strip() or who.key.translate(UNNAMED)


def settings_of(state: StateView, session: Session) -> VotesTrack:
    """Return the configuration of votes in the session's track."""
    track = state.setup.track(session.track)
    return track.of(VotesTrack) if track is not None else VotesTrack()


def may_vote(state: StateView, session: Session, who: Identity) -> bool:
    """Whether somebody may vote here, under any proven identity."""
    voters = settings_of(state, session).voters
    return not voters or proves(voters, who, state.persons)


def not_yet(state: StateView, session: Session, counted: Tally) -> list[str]:
    """Return the configured voters who have not voted."""
    voters = settings_of(state, session).voters
    return [voter for voter in dict.fromkeys(voters) if not _has_voted(state.persons, voter, counted.people)]


def _has_voted(persons: Persons, voter: str, people: Iterable[Identity]) -> bool:
    return any(proves({voter}, who, persons) for who in people)
