"""The texts of the questions plugin."""

from bot.api import Phrase, shortened
from bot.api.words import in_a_row

# questions
NO_QUESTION = Phrase("#{n} is not a question; it was recorded as {kind}")
NO_SESSION = "no session is running here, so nothing is recorded; #startmeeting NAME starts one, question N++ works at any time"
SUPPORT_IS_NO_QUESTION = "that supports a question; please send it in a message of its own: question N++"
WANTED = Phrase("#{n}: {people:# person|people} {people:wants|want} to know")
YOUR_OWN = Phrase("you asked #{n}, so you already count")
SUPPORTED_ALREADY = Phrase("you already said that you want to know #{n}; question {n}-- takes that back")
NOT_SUPPORTED = Phrase("you haven't said that you want to know #{n}; question {n}++ says it")

# answers
ANSWERED = Phrase("#{n} is answered: {question:to 70}")
ANSWERED_ANEW = Phrase("#{n} now has this answer instead of the one by {author}")
ANSWERED_SO_ALREADY = Phrase("#{n} already has that answer")
NOT_ANSWERED = Phrase("#{n} has no answer")
OPEN_AGAIN = Phrase("#{n} is open again")
ANSWER_GONE = Phrase("the answer to #{n} is withdrawn")
ANSWER_TOO_LONG = Phrase(
    "the limit for an answer is {most:,} characters, yours has {length:,}; please shorten it or give a link"
)

# calls
HELP_WANTED = Phrase("#{n} help wanted[ by team {team}]; the recap lists it under How to take part")
OR_BOTHELP = Phrase(
    "recorded as help wanted #{n}; #bothelp {word} explains the command, #undo takes this back"
)
OR_HELP = Phrase("recorded as help wanted #{n}; #bothelp explains what I do, #undo takes this back")
JOIN_BY_MAIL = Phrase("to join, write to {lists:some 2}")
JOIN_HERE = "to join, say so here"

# lists
HEADS = {
    "question": Phrase("{n:# open question} in {tracks:some 2}:"),
    "call": Phrase("{n:# call for help|calls for help} in {tracks:some 2}:"),
}
NOUNS = {"question": "open questions", "call": "calls for help"}
NONE = Phrase("there are no {nouns}[ in {tracks:some 2}]")
HOW_TO_ANSWER = "#answer N TEXT answers one, question N++ says that you want to know it too"
MORE = Phrase("and {number:# other}[; send me #{typed} in private for more]")
NO_TRACK = Phrase("no track is called {typed:to 60}; all means the whole gathering")


def listed_question(where: str, n: int, text: str, people: int, age: str) -> str:
    """Format a question for a list."""
    return f"{where}#{n} {shortened(in_a_row(text), 70)}" + _details(
        f"{people} people want to know" if people > 1 else "", age
    )


def listed_call(where: str, n: int, text: str, team: str, meeting: str, age: str) -> str:
    """Format a call to action for a list, with more text than a question, because its end says how to join."""
    meets = f"{team} meets {meeting}" if team and meeting else team
    return f"{where}#{n} {shortened(in_a_row(text), 120)}" + _details(shortened(meets, 120), age)


def _details(detail: str, age: str) -> str:
    told = ", ".join(filter(None, [detail, f"from {age}" if age else ""]))
    return f" ({told})" if told else ""
