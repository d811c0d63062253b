"""The names by which people want to be called, without their pronouns: "Ngozi Okoye (she/her)" is Ngozi Okoye."""

import re

_PRONOUN = "(?:he|him|his|she|her|hers|they|them|theirs?|it|its|ze|zie|zir|hir|xe|xem|xyr|ey|em|fae|faer|any|all|ask)"
_LABEL = r"(?:my\s)?pronouns?(?:\sare)?:?\s?"
_LIST = rf"{_PRONOUN}(?:\s?[/,|]\s?{_PRONOUN}|\s{_PRONOUN}|\sor\s{_PRONOUN}){{0,5}}(?:\spronouns)?"
_FOREIGN = r"[^\W\d_]{1,6}(?:\s?/\s?[^\W\d_]{1,6}){1,4}"  # (er/ihm)
IN_BRACKETS = re.compile(
    rf"[(\[{{]\s?(?:{_LABEL})?(?:{_LIST}|{_FOREIGN})(?:[,;][^)\]}}]{{0,40}})?\s?[)\]}}]", re.IGNORECASE
)
AT_END = re.compile(
    rf"(?<![\w/])(?:{_LABEL}{_LIST}|any\spronouns|{_PRONOUN}(?:\s?/\s?{_PRONOUN}){{1,5}})[.!]?$",
    re.IGNORECASE,
)
EDGES = " ,;:|/-\u2013\u2014"
LONGEST = 200  # characters
# in lower case, a sentence and no name: `#here from the bus`
_SENTENCE = (
    "a again also am at but can driving for from here i'm im in is just late listening lurking now of on only partly "
    "remotely soon still the this to today too until while yes"
)
SENTENCE = frozenset(_SENTENCE.split())


def real_name_in(text: str) -> str:
    """The name in what somebody says they are called; empty if there is none: only pronouns, no letter, or a sentence."""
    name = " ".join(IN_BRACKETS.sub(" ", " ".join(text[:LONGEST].split())).split())
    name = AT_END.sub("", name).strip(EDGES)
    is_name = any(map(str.isalpha, name)) and SENTENCE.isdisjoint(name.split())
    return name if is_name else ""
