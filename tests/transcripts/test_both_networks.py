"""Every golden dialogue a second time, its networks turned into Matrix: the same is said, and reactions stand for short answers."""

from pathlib import Path

import pytest

from bot.testing import GoldenTranscript
from tests.transcripts.golden import FILES

# What holds on IRC only, and why.
EXCEPTIONS = {
    "agenda-from-session-to-session-shared-room": "who proposed an item drops it, proven by an account, which all have on Matrix",
    "bad-input-strange-nicks": "spellings of a nick that IRC compares as equal are several people on Matrix",
    "behind-a-relay": "a relay on IRC is known by its nick, on Matrix by its id",
    "board-fetchdb-subscriptions": "the nicks in ptgbot's data are of IRC",
    "board-people": "people without an account who quit; on Matrix everybody has one. board-on-matrix shows the rest",
    "board-tracks": "success is silent on IRC, and a reaction on Matrix; board-on-matrix shows it",
    "board-operators": "as in board-tracks",
    "board-limits": "as in board-tracks",
    "board-in-sessions": "as in board-tracks",
    "bridges-cuts-and-replies": "Matrix cuts no lines, and its replies are no quotations",
    "bridges-edits": "Matrix has edits",
    "bridged-names": "a puppet's nick; on Matrix the same is a display name, which #chair does not take",
    "chairs-by-given-names": "a name that somebody gave, for a nick; on Matrix #chair asks for the id",
    "chairs-nick-changes": "somebody takes the nick that another one had; on Matrix an id is never another's",
    "chairs-with-accounts": "the same nick without its account; an id is an account always",
    "chairs-who-quit": "nobody quits Matrix, and rights by an id do not end",
    "floor-linked": "a bridge between IRC and Matrix, and a link of an account with an id",
    "floor-nick-taken": "somebody takes the nick that another one had; on Matrix an id is never another's",
    "help-cheatsheet": "somebody without an account asks for a ping; on Matrix everybody has one",
    "owners-as-typed": "a nick with the underscore that IRC clients add; on Matrix it is another id",
    "one-name": "nicks with what people add to them; on Matrix these are other ids",
    "one-person-bridges": "a bridge between IRC and Matrix, told by hosts on one side and by ids on the other",
    "one-person-links": "people who have no account, or get one later, and links to a network of another kind",
    "peers-ptgbot": "as in board-tracks",
    "pings-in-linked-rooms": "links of accounts on networks of two kinds",
    "pings-nicks": "what only a nick proves, and who lost it",
    "relay": "names of people from the other room stand in brackets; on Matrix they are bold",
    "relay-echoes": "as in relay",
    "relayed-lists": "a relay is configured by its nick, not by its id",
    "records-cut-by-a-client": "Matrix cuts no lines",
    "roles-admins": "an account that is not called as the nick is; on Matrix there is the id only",
    "sessions-in-private": "as in help-cheatsheet",
    "sessions-moderators-start": "an account that is not called as the nick is",
    "undo-after-a-nick-change": "somebody takes the nick that another one had",
    "tidepool-halves-2027-10-day1": "as in relay",
    "votes-linked": "a link between IRC and Matrix, by an account that is not called as the id is",
    "votes-nicks": "one account under two nicks; on Matrix they are two ids",
    "votes-quorum-proven": "people without an account; on Matrix everybody has one",
    "votes-voters": "the configuration names voters by their accounts on IRC",
}


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem not in EXCEPTIONS], ids=lambda path: path.stem
)
def test_a_golden_dialogue_holds_on_matrix(path: Path) -> None:
    expected, happened = GoldenTranscript(path).on_matrix()
    assert happened == expected


def test_the_exceptions_are_dialogues() -> None:
    assert set(EXCEPTIONS) <= {path.stem for path in FILES}
