"""Words for which no command is meant for sure, and what they are answered with."""

from collections.abc import Mapping

from plugins.habits import phrases

# after a prefix
BY_ANSWER: Mapping[str, str] = {
    phrases.STOP: "stop finish quit exit bye leave",
    phrases.CANCEL: "cancel abort",
    phrases.PRESENT: "who whoishere attendees attendance participants rollcall people roll",
    phrases.SCRIBE: "scribe scribenick scribes scribing",
    phrases.SAVED: "notes savemeetings listmeetings recent",
    phrases.LOGS: "log logs restrictlogs off logging",
    phrases.TROUBLE: "issue blocker blocked risk concern",
    phrases.VOTERS: "voters votesrequired quorum",
    phrases.UPDATE: "update",
    phrases.PING: "pingall",
    phrases.SEND: "publish send",
    phrases.SESSION: "meeting session",
    phrases.ITEM: "item",
    phrases.RECORDING: "recording",
    phrases.CONCLUSION: "conclusion",
    phrases.MUTE: "mute",
}
ADVICE = {word: answer for answer, words in BY_ANSWER.items() for word in words.split()}
# before a colon
OF_SCRIBES: Mapping[str, str] = {
    **dict.fromkeys(("scribe", "scribenick", "scribes"), phrases.SCRIBE),
    **dict.fromkeys(("chair", "chairs"), phrases.CHAIR),
    **dict.fromkeys(("proposed", "proposal"), phrases.MOTION),
    "meeting": phrases.NAME,
    "agenda": phrases.AGENDA,
    "present": phrases.HERE,
    "regrets": phrases.REGRETS,
    "summary": phrases.SUMMARY,
}
