"""The table of rules for talk that looks like a statement. Each has examples of what it finds and of what it must not find.

A rule says nothing about what a line means: it only says that a maintainer may want to read it. English only.
"""

import re

from msgspec import Struct

LONGEST = 600  # characters; longer lines are pasted text
SHORTEST = 4  # words


class Rule(Struct, frozen=True):
    """A rule.

    weight: lines of heavier rules are shown first if a topic has too many
    finds:  examples that it finds
    passes: near examples that it does not find
    """

    name: str
    weight: int
    pattern: re.Pattern[str]
    finds: tuple[str, ...]
    passes: tuple[str, ...]


def _rule(
    name: str, weight: int, pattern: str, *, finds: tuple[str, ...], passes: tuple[str, ...] = ()
) -> Rule:
    return Rule(name, weight, re.compile(pattern, re.IGNORECASE | re.VERBOSE), finds, passes)


PROMISE = _rule(
    "promise",
    5,
    r"""\b(?:(?:i\ can|i\ could|i\ will|i'll|i'm\ (?:going|happy|glad)\ to|i\ am\ going\ to|let\ me)\ (?:also\ |then\ |probably\ |try\ (?:to|and)\ |gladly\ |go\ and\ )?
        (?:take|write|draft|do|file|open|check|look|ask|send|fix|prepare|review|update|test|propose|push|post|report|own|drive|
           set|start|add|bring|create|follow|work|summari[sz]e|organi[sz]e|document|collect|investigate|help|volunteer|run|
           make|put|reach|email|mail|contact|talk|implement|port|rebase|revert|share|find|clean|mentor|train|migrate|lead|change|remove|rename|split|measure|reproduce|debug|rewrite|backport|dig|move(?!\ on)|drop(?!\ (?:off|out))|keep\ (?:a|an|the|such|track)|try\ (?:it|that|this|them|the))\b
        |\bi\ take\ (?:the|this|those|these|over)\b(?!\ (?:train|bus|tram|stairs|day))
        |i\ volunteer\b|i'?d\ be\ happy\ to\b|(?:count|sign|put)\ me\ (?:in|up|down)\b)""",
    finds=(
        "I can write the patch for that",
        "ok, I'll take the migration then",
        "let me check with the infra team first",
        "I volunteer for the release notes",
        "sure, I will also update the docs",
        "ok I'll change the fixture then",
        "I can try it on a copy of our data",
        "I take the configuration pages",
    ),
    passes=(
        "I can hear you fine now",
        "I'll be back in five minutes",
        "I will be late for the next one",
        "I can't write Rust, sorry about that",
        "I'll have a coffee before we go on",
        "I can look forward to lunch now :)",
        "I'll move on to the next one",
        "I take the train at five",
    ),
)
DECISION = _rule(
    "decision",
    5,
    r"""(?:\b(?:we(?:'ve|\ have)?\ (?:all\ )?(?:agreed?|decided|settled)\b|(?:the\ )?consensus\ (?:is|was|seems)\b|the\ (?:plan|decision|conclusion|idea)\ (?:is|was)\b
        |we(?:'ll|\ will|\ won't|\ are\ going\ to|\ keep|\ drop)\ (?!see\b|be\ back|start|wait|continue|go\ on|come\ (?:back|to)|get\ (?:back|to|there)|talk\ about|have\ (?:a\ break|lunch)|take\ a\ break|meet\ (?:at|again))\w)
        |\bso\ (?:it|this|that)\ stays?\b|^(?:ok(?:ay)?,?\ |so\ )*(?:agreed|decided|settled|decision):\ )""",
    finds=(
        "so we agreed to drop the old driver",
        "the plan is to remove it in 2028.1",
        "consensus seems to be the second one",
        "we will keep the API as it is",
        "ok, so it stays as it is",
    ),
    passes=(
        "we'll see how that goes",
        "we will start in two minutes",
        "we'll come back to that later",
        "I agreed with my dentist on Tuesday",
    ),
)
PROBLEM = _rule(
    "problem",
    4,
    r"""\b(?:(?:problem|issue|trouble|concern|drawback|downside|difficulty|limitation|pain\ point)\ (?:here\ |there\ |for\ us\ )?(?:is|was|with)\b|(?:does\ not|doesn't|did\ not|didn't|do\ not|don't)\ (?:work|scale|support)\b
        |(?:is|are|was|were|has\ been|keeps?)\ (?:still\ )?(?:broken|flaky|failing|racy|unmaintained|undocumented|out\ of\ date|unreliable)\b
        |(?:fails?|crash(?:es|ed)?|times?\ out|timed\ out|breaks|regress(?:es|ed))\ (?:on|with|when|since|after|in|for|because|if|every)\b|nobody\ (?:knows|maintains|owns|reviews|reads|uses|tests|has|signed|can|wants)\b|(?:the|a)\ (?:hard|difficult|tricky|risky|missing)\ (?:part|bit|thing)\b|\bby\ hand\b)""",
    finds=(
        "the problem is that nobody tests it on ARM",
        "live migration fails when the disk is encrypted",
        "the gate job is flaky since Monday",
        "that doesn't scale past 200 nodes",
    ),
    passes=(
        "no problem, thank you very much",
        "my microphone doesn't work, one moment",
        "is the problem with the mirror solved?",
        "it is broken by design, haha",
    ),
)
BLOCKER = _rule(
    "blocker",
    4,
    r"""\b(?:(?:is|are|was|were|am|be|been|still|currently)\ blocked\b|blocked\ (?:by|on)\b|blocks\ (?:the|us|this|that|our|every|all)\b|(?:a|the|main|only|last|no)\ blockers?\b
        |depends?\ on\b|(?:waiting|waits?)\ (?:for|on)\ (?:the|a|an|review|reviews|upstream|infra|release|oslo)\b(?!\ (?:others|rest|people|quorum|next))
        |stuck\ (?:on|in|behind|because|until)\b|(?:can't|cannot|can\ not)\ .{3,60}\b(?:until|before|unless)\b)""",
    finds=(
        "this is blocked on the new libvirt",
        "we can't merge that until the gate is fixed",
        "the series depends on the nova change",
        "my patch is waiting for a second review",
    ),
    passes=(
        "waiting for the others to join",
        "he blocked my calendar all afternoon",
        "stuck, give me a minute please",
    ),
)
PROPOSAL = _rule(
    "proposal",
    3,
    r"""(?:\b(?:we|you|they|somebody|someone|it|that|this)\ (?:really\ |probably\ |also\ |just\ )?(?:should|ought\ to|must|has\ to|have\ to|needs?\ (?:to\ be|a|an|some|more)|need\ to)\ (?!be\ (?:able\ to\ hear|back|fine|enough|good|ok|there)\b|see\b|go\ (?:now|on)\b|move\ on\b|start\b|wait\b|stop\ here|leave\b|hurry\b|wrap)\w
        |\bi(?:'d|\ would)\ (?:rather\ |also\ |really\ )?(?:propose|suggest|prefer|like\ to\ see|vote\ for|go\ with|rather)\b|\bi\ (?:propose|suggest)\b|\b(?:my|one|the|a)\ (?:proposal|suggestion)\b
        |\blet'?s\ (?:drop|keep|use|remove|add|deprecate|document|merge|do\ it|do\ that|write|make|try|file|ask|put|split|rename|revert|schedule|track|limit|require|default)\b
        |\bwe\ could\ (?!hear\b|see\b|have\ (?:lunch|a\ break)|start\b|stop\b|continue\b|go\ on\b)\w|\b(?:could|can)\ do\ (?:it|that|this)\b|\b(?:we|i)(?:'d|\ would|\ still|\ really)?\ need\ (?:a|an|some|more|at\ least|two|three)\b(?!\ (?:minute|second|moment|coffee|break)))""",
    finds=(
        "we should deprecate it first",
        "I'd suggest a spec for that",
        "let's drop the Python 3.9 jobs",
        "we could split the patch in two",
        "the agent could do it before the machine goes back",
    ),
    passes=(
        "should we wait for rosa?",
        "let's start with the next topic",
        "we should move on, time is short",
        "you should see my garden :)",
        "we could hear you better before",
    ),
)
OPTION = _rule(
    "option",
    3,
    r"""\b(?:option\ (?:[a-d0-9]|one|two|three)\b|(?:another|one|the\ other|an?\ better|the\ best|the\ only)\ (?:option|way|approach|alternative|possibility|solution)\ (?:is|would|could|might|to)\b
        |alternatively\b|the\ alternative\b|either\ .{3,80}\ or\ )""",
    finds=(
        "option 2 is cheaper for operators",
        "another approach would be a separate service",
        "either we backport it or we document the limit",
    ),
    passes=("I have no option, my train leaves", "that is another way to say it, haha"),
)
FIGURE = _rule(
    "figure",
    2,
    r"""(?:(?<![\w.])[0-9][0-9.,]*\ ?(?:%|percent\b|ms\b|[kmgt]i?b\b|(?:\w+\ )?(?:users|people|machines|nodes|hosts|servers|operators|instances|vms|
        changes|patches|reviews|reviewers|bugs|failures|commits|contributors|deployments|sites|clusters|tests|jobs|responses|answers|volumes|requests|releases|boards|lines\ of\ code)\b)
        |(?<![\w.])[0-9]+\ (?:out\ )?of\ (?:the\ |our\ )?[0-9]+\b|(?<![\w.])[0-9.]+\ ?(?:x|times)\ (?:faster|slower|more|less|as))""",
    finds=(
        "the survey got 214 responses this year",
        "about 30% of the jobs time out",
        "9 of 12 blueprints were implemented",
        "it is 3x slower with the new driver",
    ),
    passes=(
        "we have 5 minutes left for this",
        "tomorrow at 13:00 UTC, same room",
        "back in 10 minutes, everyone",
    ),
)
ADDRESS = _rule(
    "address",
    3,
    r"""(?:https?://(?:review\.[\w.-]+/|bugs\.[\w.-]+/|bugzilla\.[\w.-]+/|storyboard\.[\w.-]+/|(?:github|gitlab|codeberg)[\w.-]*/\S+/(?:issues|pull|merge_requests|-/(?:issues|merge_requests))/[0-9]|[\w.-]+/(?:bugs?|issues?|reviews?)/\S)
        |\b(?:lp|bug|bp|change|review|issue|story|pr)\ ?\#?[0-9]{4,}\b)""",
    finds=(
        "the fix is https://review.opendev.org/c/openstack/nova/+/900000",
        "see https://github.com/example/tool/issues/12 for that",
        "that was bug 2099421 I think",
    ),
    passes=(
        "my cat: https://pictures.example.org/cat.jpg",
        "issue 3 on the list was lunch",
    ),
)
RULES = (PROMISE, DECISION, PROBLEM, BLOCKER, PROPOSAL, OPTION, FIGURE, ADDRESS)

AGREES = re.compile(r"\+ ?[12]\b(?! (?:minutes?|hours?|days?))|\+1000?\b|👍", re.IGNORECASE)
NO_TALK = re.compile(r"[#!~/>|<\"\u201c\u201e+,.]|\[off\]|(?:https?|irc|ftp|ssh)://", re.IGNORECASE)
GREETING = re.compile(
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks|thank you|welcome|sorry|bye|cheers|see you|o/)\b(?![^.]{60})",
    re.IGNORECASE,
)
NOT_MEANT = re.compile(
    r"[:;]-?[)DPp(](?:\s|$)(?!(?:\S+\s+){6})|\b(?:lol|rofl|ha(?:ha)+|hehe?|j/k|kidding|joking)\b|😄|😂|🤣|😅|😉|\^\^|"
    r"\b(?:brb|lunch|coffee|bio ?break|short break|(?:micro|head)phone|mic|camera|hear (?:you|me)|(?:minutes|mins|time) left|time is short|my (?:train|cat|dog|kids?|calendar|turn))\b",
    re.IGNORECASE,
)
CALL = re.compile(r"^@?[\w\[\]\\`^{}|-]{1,30}[:,] +")  # the name of whom it is said to


def plain(text: str) -> str:
    """Return a line without the name that it is said to."""
    return CALL.sub("", text.strip().replace("\u2019", "'"), count=1)


def rule_of(text: str) -> Rule | None:
    """Return the heaviest rule that finds a line; None if it looks like no statement."""
    said = plain(text)
    if len(text) > LONGEST or len(said.split()) < SHORTEST or NO_TALK.match(text.strip()):
        return None
    if said.rstrip().endswith("?") or NOT_MEANT.search(said) or GREETING.match(said):
        return None
    return max(
        (rule for rule in RULES if rule.pattern.search(said)), key=lambda rule: rule.weight, default=None
    )


def agrees(text: str) -> bool:
    """Return whether a line is nothing but a +1, perhaps with a few words."""
    return len(text) <= 60 and AGREES.match(text.strip()) is not None and not text.rstrip().endswith("?")
