"""What the bot says about ptgbot's data."""

from bot.api import Phrase

NO_ADDRESS = "~fetchdb needs an address, https://...: of ptgbot's page /ptg.json, or of a copy"
BRINGS = Phrase(
    "{url:to 200} brings {counts:and}[; {there:,} more {there:is|are} there already][; {notes:and}]"
    "[; I can't take {number}: {left:some 3 to 140}]; ~fetchdb accept {digest} takes it, until {until}"
)
TOOK = Phrase("took {counts:and} from {url:to 200}[; I couldn't take {number}: {left:some 3 to 140}]")
NOTHING_NEW = Phrase(
    "{url:to 200} brings nothing new[; {there:,} {there:is|are} there already][; I can't take {number}: {left:some 3 to 140}]"
)
LEFT = Phrase("{what} ({why})")
CHANGED = Phrase(
    "{url:to 200} changed since it was shown, so I took nothing; ~fetchdb {url:to 200} shows what it brings now"
)
NOTHING_WAITS = "there is nothing to accept; ~fetchdb URL shows first what it brings"
OTHER_DIGEST = Phrase("what was shown is {waiting}, not {wanted}; ~fetchdb URL shows it again")
TOO_LATE = Phrase("that could be accepted until {until}; ~fetchdb URL shows it again")
NO_RIGHT_ANY_MORE = Phrase("{who}: only moderators may do that, and you are none any more")
NOT_FETCHED = Phrase("I can't fetch {url:to 200}: {why}")
NO_DATA = Phrase("I can't take {url:to 200}: {why}")

TROUBLES = {
    "host": "I may not fetch from that host; the organizers' configuration names those that I may ([fetch] allow)",
    "address": "that name leads to a private address, which I don't fetch from",
    "large": "it is larger than 256 KiB; gatherbot import ptgbot FILE takes larger ones in a shell, with the bot stopped",
    "kind": "that is neither JSON nor plain text",
    "slow": "that took more than ten seconds; please try again",
    "status": "the server has no such page, or doesn't show it to everybody",
    "unreachable": "the server can't be reached",
}
