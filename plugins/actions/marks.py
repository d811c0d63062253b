"""What divides the owners of an action from its task, and names from names."""

import re

TO = re.compile(r"\sto(?:\s+|$)", re.IGNORECASE)
MARK = re.compile(
    r"(?<!\s)\s++(?:(?P<to>to)|(?P<will>will|shall)(?!\s+to\b)|(?P<modal>should|must|needs?\s+to|(?:has|have|is|are)\s+to"
    r"|(?:is|are)\s+going\s+to|(?:agreed|volunteered|offered|promised|plans|intends|wants)\s+to)"
    "|(?P<dash>-{1,2}>?|=>|[\u2013\u2014\u2192]))(?=\\s|$)\\s*"
    "|['\u2019](?P<ll>ll)\\s+|(?:(?<!\\s)\\s++)?(?P<colon>[:\uff1a])(?P<blank>\\s*)",
    re.IGNORECASE,
)
# one of these is in every text with a mark; most texts without a mark have none
IN_MARKS = (
    "to",
    "will",
    "shall",
    "should",
    "must",
    "'ll",
    "\u2019ll",
    ":",
    "\uff1a",
    "-",
    "=>",
    "\u2013",
    "\u2014",
    "\u2192",
)
# blanks are only tried from the first of a run, so that a long run takes linear time
SEPARATOR = re.compile(
    "(?:(?<!\\s)\\s++)?(?:[,/&;\u3001\uff0c]|\\+(?=[\\w@]))++\\s*(?:and\\s+)?|(?<!\\s)\\s++(?:and|\\+)\\s+",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r"(?:(?<!\s)\s++)?[,;.](?:\s+(?:and|then|while|but))*\s+|(?<!\s)\s++(?:and|while|then)(?:\s+then)?\s+",
    re.IGNORECASE,
)
ASSIGNED = re.compile(
    r"(?<![\w-])(?:assigne(?:d|es?)(?:\s+(?:to|is|are))?|assign\s+to|owners?(?:\s+(?:is|are))?|owned\s+by)\s*:?\s+",
    re.IGNORECASE,
)
AFTER_ASSIGNED = (
    re.compile("(?<!\\s)\\s*(?:[:)\\];]|\\s[-\u2013\u2014](?!\\w)|$)\\s*"),
    re.compile(r"(?:[.,]|$)\s*"),
)
LONGEST_LIST = 200  # characters
BY_AGENT = re.compile(r"(?<!\w)(?:be|is|are|been|being|gets?)\s+(?:\w+\s+)?\w+\s+by\s+", re.IGNORECASE)
BE_DONE = re.compile(r"be\s+\w+(?:ed|en|ne|wn|de|pt|lt|nt|id)(?!\w)", re.IGNORECASE)
FIRST_WORD = re.compile(r"\s*([^\W\d_][\w'\u2019-]*|\d+|)")
TALKS_WITH = re.compile(
    r"(?:(?:follow(?:ing)?|catch|sync)[ -]?up|talk|speak|chat|check|sync|coordinate|liaise|meet|align|agree"
    r"|touch base|in touch)\s+(?:again\s+)?with\s+$",
    re.IGNORECASE,
)
LONGEST_TALK = 40  # characters before a name


def may_have_mark(text: str) -> bool:
    """Whether a text has something that is in every mark."""
    lower = text.lower()
    return any(piece in lower for piece in IN_MARKS)
