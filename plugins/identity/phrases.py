"""Everything that the identity plugin says."""

from collections.abc import Sequence

from bot.api import Account, listed

USAGE = "#iam NETWORK NAME, or #iam not NETWORK NAME"


def named(account: Account) -> str:
    """An account with its network."""
    return f"{account.name} on {account.network}"


def typed(account: Account, *, denied: bool = False) -> str:
    """What one types to mean an account."""
    return f"#iam {'not ' if denied else ''}{account.network} {account.name}"


def not_proven() -> str:
    """Only a nick speaks."""
    return (
        "only an account can be linked, a nick proves nobody: log in to the network's services "
        "(/msg NickServ IDENTIFY on most), then say it again"
    )


def over_a_bridge(network: str) -> str:
    """A bridge's puppet of a nick speaks."""
    return f"a bridge speaks for you here; log in on {network}, and say it there"


def no_such_network(name: str, networks: Sequence[str]) -> str:
    """The network is unknown."""
    return f"no network is called {name}; there {'is' if len(networks) == 1 else 'are'} {listed(networks)}"


def no_such_id(name: str, network: str) -> str:
    """A Matrix id was expected."""
    return f'"{name}" is no Matrix id; on {network} people are named as a whole, like @rosa:example.org'


def no_such_account(name: str, network: str) -> str:
    """A services account was expected."""
    return f'"{name}" is no account of {network}; give the name that /msg NickServ knows'


def yourself(own: Account) -> str:
    """Both are one."""
    return f"you are {named(own)} here; name your account of the other network"


def two_people(own: Account, other: Account) -> str:
    """Two accounts of one network."""
    return f"{own.name} and {other.name} are two accounts of one network, and so two people"


def you_have_another(have: Account) -> str:
    """The speaker is linked otherwise."""
    return f"you are {named(have)}; {typed(have, denied=True)} ends that"


def they_have_another(other: Account, have: Account) -> str:
    """The other is linked otherwise."""
    return f"{named(other)} is linked with {named(have)}; whoever has these accounts can end that"


def others_differ(one: Account, two: Account) -> str:
    """Both sides are linked with different accounts of a third network."""
    return f"you are linked with {named(one)} and they are with {named(two)}, which are two people"


def linked_already(own: Account, other: Account) -> str:
    """Nothing to do."""
    return f"{named(own)} and {named(other)} are linked already"


def claimed(own: Account, other: Account, hours: int) -> str:
    """One side said so."""
    return f"now say {typed(own)} as {named(other)} within {hours} hours, and the two are one person"


def waits(own: Account, other: Account) -> str:
    """One side said so before."""
    return f"that waits for the other side: say {typed(own)} as {named(other)}"


def linked(own: Account, other: Account) -> str:
    """Both sides said so."""
    return f"{named(own)} and {named(other)} are one person from now on, and were before"


def unlinked(own: Account, other: Account) -> str:
    """One side said no."""
    return f"{named(own)} and {named(other)} are two people again"


def withdrawn(other: Account) -> str:
    """A claim that nobody confirmed is off."""
    return f"nobody can confirm any more that you are {named(other)}"


def declined(other: Account) -> str:
    """Somebody else's claim is off."""
    return f"what {named(other)} said is void"


def linked_through(own: Account, other: Account, others: Sequence[Account]) -> str:
    """Two accounts are one person by way of others."""
    ways = listed([typed(one, denied=True) for one in others])
    return f"{named(own)} and {named(other)} are one person by way of others; {ways} ends that"


def not_linked(own: Account, other: Account) -> str:
    """There is nothing to end."""
    return f"{named(own)} and {named(other)} are not linked"


def standing(
    own: Account, linked_with: Sequence[Account], said: Sequence[Account], asked: Sequence[Account]
) -> str:
    """Who somebody is."""
    links = f"linked with {listed([named(one) for one in linked_with])}" if linked_with else "not linked"
    told = [f"{typed(own)} is still to be said as {named(one)}" for one in said]
    told += [f"{typed(one)} confirms what {named(one)} said" for one in asked]
    return "; ".join([f"you are {named(own)}, {links}", *told])
