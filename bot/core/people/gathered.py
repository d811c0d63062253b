"""A person while the identities and names of a roll are still being gathered."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct, field

from bot.core.facts import Account
from bot.core.people.identity import Identity, casefold, plain_name, without_state
from bot.core.people.persons import Persons
from bot.core.words.text import clean

NAMELESS = "somebody"  # a display name may be nothing but control codes


def shown_name(name: str) -> str:
    """A name that is safe to show in a line of text."""
    return " ".join(clean(plain_name(name)).split()) or NAMELESS


def account_name(identity: Identity, proven: Persons) -> str:
    """The name of the account that proves somebody; that of Matrix has a display name. A puppet has none."""
    if not identity.account or proven.behind(identity) != identity:
        return ""
    if identity.account.startswith("@"):
        return shown_name(identity.name) if identity.key == identity.account else ""
    return identity.account


class Gathered(Struct, eq=False):
    """A person while identities are still being joined.

    names: those that were seen, the newest at the end
    owned: the name of the account under which each name was seen, if any
    own:   the names that they had themselves; the others are of a bridge's puppets
    used:  how much each name was used: lines of the log, and seconds
    since: the newest name, and when it was first seen in the session that is read
    typed: the folded names by which actions call them
    """

    identities: list[Identity] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    owned: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    used: dict[str, tuple[int, float]] = field(default_factory=dict)
    since: tuple[str, datetime] | None = None
    accounts: set[Account] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    seen: bool = False
    withdrawn: bool = False
    lines: int = 0
    real_name: str = ""

    @property
    def is_present(self) -> bool:
        """Whether the person took part: who said something did, though others took the name back."""
        return self.seen and (self.lines > 0 or not self.withdrawn)

    def may_have(self, accounts: Iterable[Account]) -> bool:
        """Whether somebody with these accounts may be this person: one account is shared, or no network is."""
        theirs = set(accounts)
        if theirs & self.accounts:
            return True
        return not {account.network for account in theirs} & {account.network for account in self.accounts}

    def called(self, identity: Identity, at: datetime, proven: Persons) -> None:
        """Make the name of an identity the newest name."""
        name, account = proven.plain(identity), account_name(identity, proven)
        self.passes(at)
        self.since = (name, at)
        if name in self.names:
            self.names.remove(name)
        self.names.append(name)
        if account:
            self.owned[name] = account
        if proven.behind(identity) == identity:
            self.own.add(name)

    def passes(self, at: datetime) -> None:
        """Count how long the newest name was used."""
        if self.since is not None:
            name, since = self.since
            self.uses(name, seconds=(at - since).total_seconds())
            self.since = None

    def uses(self, name: str, lines: int = 0, seconds: float = 0.0) -> None:
        """Count lines and seconds of a name."""
        known = self.used.get(name, (0, 0.0))
        self.used[name] = (known[0] + lines, known[1] + seconds)

    @property
    def main_name(self) -> str:
        """The name that they used most: of those of accounts, if there are any, else of their own ones."""
        places = {name: n for n, name in enumerate(self.names)}
        known = [name for name in self.names if name in self.owned]
        known = known or [name for name in self.names if name in self.own] or self.names
        return max(known, key=lambda name: (*self.used.get(name, (0, 0.0)), places[name]))

    @property
    def account(self) -> str:
        """The name of their account, in the letters of a nick that is the same; empty if they have none."""
        account = self.owned.get(self.main_name, "")
        spelled = (without_state(without_state(shown_name(name))) for name in self.names)
        return next((name for name in spelled if casefold(name) == casefold(account)), account)

    def nick(self) -> str:
        """The nick used most; without what was added to it (rosa_, gm_phone) if somebody used the bare form."""
        shown = [shown_name(name) for name in self.names]
        main = shown_name(self.main_name)
        bare = without_state(without_state(main))
        is_used = bare in shown or casefold(bare) in self.typed
        return bare if is_used or main[len(bare) :].startswith(("|", "[", "{")) else main
