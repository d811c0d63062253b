"""The table of synonyms: other bots' and people's words, and our command or the line that tells which to use."""

from collections.abc import Mapping

from bot.api import Setup
from bot.api.words import Synonyms
from plugins.habits.advice import ADVICE
from plugins.habits.declaration import plugin
from plugins.habits.settings import HabitsSettings

# by our command: the words that mean it
WORDS: Mapping[str, str] = {
    "action": "todo todos task actionitem assignment",
    "agreed": "decision decided decide resolved resolution resolve approved approve consensus",
    "rejected": "declined denied refused",
    "info": "fyi comment remark fact record",
    "idea": "suggestion suggest",
    "question": "ask",
    "link": "url ref reference etherpad pad",
    "cta": "helpwanted",
    "startmeeting": "begin startsession beginmeeting beginsession opensession meetingstart",
    "endmeeting": "endsession stopmeeting stopsession finishmeeting closemeeting adjourn meetingend",
    "meetingname": "sessionname name title",
    "chair": "addchair cochair chairperson",
    "unchair": "removechair delchair dechair",
    "pause": "offtherecord offrecord suspend",
    "resume": "unpause continue ontherecord onrecord",
    "reopen": "reopenmeeting unend",
    "topic": "subject newtopic settopic opentopic",
    "subtopic": "sub newsubtopic",
    "next": "nextitem nexttopic nextagendum nextitems advance",
    "back": "prev previous goback",
    "skip": "skipitem skiptopic",
    "defer": "postpone park parkinglot later tabled",
    "close": "closetopic closeitem endtopic closemotion endmotion",
    "agenda": "agendum items showagenda agendas",
    "agenda add": "additem addagenda addtopic agendaadd",
    "timebox": "timer timelimit limit",
    "time": "timeleft clock remaining",
    "remind": "reminder reminders alarm",
    "undo": "oops revert takeback",
    "drop": "delete del remove rm",
    "edit": "change amend",
    "correct": "replace",
    "did": "resolveaction closeaction",
    "done": "complete completed finished",
    "assign": "owner reassign",
    "due": "deadline duedate",
    "actions": "todolist tasks actionitems openactions",
    "startvote": "poll ballot beginvote callvote votestart",
    "endvote": "closevote stopvote endpoll closepoll finishvote voteend",
    "showvote": "votes results result tally showvotes votestatus",
    "motion": "propose proposal proposed",
    "vote yes": "yes aye yea",
    "vote no": "no nay nope",
    "vote abstain": "abstain",
    "raise": "hand raisehand handup speak",
    "lower": "lowerhand handdown unraise",
    "queue": "q showqueue speakerqueue",
    "present": "attend attending iamhere imhere checkin",
    "regrets": "absent apologies regret",
    "records": "list showrecords allrecords",
    "recap": "minutes draft report",
    "status": "state whereami",
    "bothelp": "man usage howto manual commandhelp",
    "commands": "menu listcommands",
}
# by our word for it: how it is typed before a colon or in brackets
LABELS: Mapping[str, tuple[str, ...]] = {
    "action": ("ACTION", "TODO", "ACTION ITEM"),
    "agreed": ("AGREED", "AGREEMENT", "RESOLVED", "RESOLUTION", "DECISION", "DECIDED"),
    "rejected": ("REJECTED",),
    "topic": ("TOPIC", "Topic"),
    "subtopic": ("SUBTOPIC", "Subtopic", "SubTopic"),
    "info": ("INFO", "NOTE"),
    "link": ("LINK",),
    "idea": ("IDEA",),
    "question": ("QUESTION",),
    "problem": ("PROBLEM",),
}


@plugin.synonyms
def synonyms(setup: Setup) -> Synonyms:
    """Return the table; without labels if the configuration turns them off."""
    words = {word: meant for meant, typed in WORDS.items() for word in typed.split()}
    labels = {label: word for word, labels in LABELS.items() for label in labels}
    return Synonyms(words, labels if setup.of(HabitsSettings).labels else {}, ADVICE)
