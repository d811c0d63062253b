"""The texts of the identity plugin; `{own}`, `{other}` and `{have}` are accounts formatted by `named`."""

from collections.abc import Sequence

from bot.api import Phrase, listed
from bot.api.facts import Account

USAGE = "#iam NETWORK NAME, or #iam not NETWORK NAME"

# who can be linked
NOT_PROVEN = (
    "only accounts can be linked, and a nick proves nothing: log in to the network's services "
    "(/msg NickServ IDENTIFY on most networks), then say it again"
)
OVER_A_BRIDGE = Phrase("a bridge speaks for you here; log in on {network} and say it there")
NO_SUCH_NETWORK = Phrase("no network is called {name:to 64}; there {networks:is|are} {networks:and}")
NO_SUCH_ID = Phrase(
    '"{name:to 64}" is not a Matrix id; on {network}, give the full id, like @rosa:example.org'
)
NO_SUCH_ACCOUNT = Phrase(
    '"{name:to 64}" is not an account on {network}; give the name that /msg NickServ knows'
)
YOURSELF = Phrase("you are {own} here; name your account on the other network")
TWO_PEOPLE = Phrase("{own} and {other} are accounts on the same network, so they are two people")
YOU_HAVE_ANOTHER = Phrase("you are already {have}; {typed} ends that")
THEY_HAVE_ANOTHER = Phrase("{other} is linked with {have}; only the owner of these accounts can end that")
OTHERS_DIFFER = Phrase("you are linked with {mine}, they are linked with {theirs}, and those are two people")

# linking
CLAIMED = Phrase("now say {typed} as {other} within {hours} hours to confirm that you are the same person")
WAITS = Phrase("still waiting for the other side: say {typed} as {other}")
LINKED = Phrase("{own} and {other} now count as one person, in the past too")
LINKED_ALREADY = Phrase("{own} and {other} are already linked")

# ending a link
UNLINKED = Phrase("{own} and {other} are two people again")
WITHDRAWN = Phrase("your claim to be {other} is withdrawn")
DECLINED = Phrase("the claim of {other} to be you is declined")
LINKED_THROUGH = Phrase("{own} and {other} are linked through other accounts; {typed:and} ends that")
ACCOUNT_GONE = Phrase(
    "{account} was registered after it was linked, so the links of its former owner ended; #iam NETWORK NAME links it again"
)
NOT_LINKED = Phrase("{own} and {other} are not linked")


def named(account: Account) -> str:
    """Format an account with its network."""
    return f"{account.name} on {account.network}"


def typed(account: Account, *, denied: bool = False) -> str:
    """Return the command that links an account, or with `denied` the one that ends the link."""
    return f"#iam {'not ' if denied else ''}{account.network} {account.name}"


def described(
    own: Account, linked_with: Sequence[Account], said: Sequence[Account], asked: Sequence[Account]
) -> str:
    """Describe somebody's account, links and open claims."""
    links = (
        f"linked with {listed([named(account) for account in linked_with])}" if linked_with else "not linked"
    )
    told = [f"waiting for {named(account)} to say {typed(own)}" for account in said]
    told += [f"{typed(account)} confirms the claim of {named(account)}" for account in asked]
    return "; ".join([f"you are {named(own)}, {links}", *told])
