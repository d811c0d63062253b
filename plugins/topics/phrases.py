"""The texts of the topics plugin."""

from bot.api import Phrase

PAUSED = "off the record: the session is paused; #resume continues it"
TOO_LONG = Phrase("the limit for a {what} is {most} characters, yours has {length:,}")

# topics
NO_ITEM_CALLED = Phrase('no single item of the agenda is called "{text:to 60}"; #agenda lists them')
NO_TOPIC_NUMBERED = Phrase("there is no topic {number} to take up again; #topic TITLE opens a new one")
RETITLED = Phrase("topic {number} is now: {title}")
NUMBER_IS_NO_TITLE = Phrase(
    "an edit can't make a number the title; say #{word} {number:to 12} in a new message"
)
OVER = "the session is over; an edit can't open a topic in it"
BACK = Phrase("back to topic {number}: {title}[; {again} is open again]")
NO_WAY_BACK = "there is no topic before this one"

# subtopics
NO_TOPIC_YET = "there is no topic yet; #topic TITLE opens one"
SUBTOPIC = Phrase("subtopic of topic {number}{again: again|}: {title}[ (still team {team}; #team - ends it)]")
SUBTOPIC_RETITLED = Phrase("the subtopic of topic {number} is now: {title}")

# teams
TEAM_NAMED = Phrase("team {name}: what follows belongs to this team until the next #team; #team - ends it")
TEAM_IS_NEW = Phrase(
    "team {name}: what follows belongs to this team, but the configuration only has {known:and}"
)
WHICH_TEAM = Phrase(
    "there is no team {name:to 60} in the configuration; did you mean #team {meant}? #team! {name:to 60} opens a new one"
)
TEAM_ENDED = Phrase("team {name} ends; what follows belongs to no team")
NO_TEAM = "no team is set; #team NAME sets one"

# missing at the end
UNKNOWN_TEAMS = Phrase("{names:team|teams} {names:and} in the configuration")
TEAMS_WITHOUT_ABOUT = Phrase("#about for {names:team|teams} {names:and}")
