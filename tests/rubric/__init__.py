"""Questions to a recap, as a maintainer asks them before sending it: thirty, and those to its forms.

`check` holds a recap beside its part and gives the numbers of the questions that it fails. A question whose matter
does not occur in the part is passed.
"""

from bot.core.recap.part import Part
from tests.rubric import content, form, frame, reading
from tests.rubric.seen import Question, Seen

__all__ = ["NEVER", "QUESTIONS", "check"]

QUESTIONS: dict[int, Question] = frame.QUESTIONS | content.QUESTIONS | form.QUESTIONS | reading.QUESTIONS
NEVER = frozenset({10, 11, 12, 20})  # a recap that fails one of these is not sendable


def check(recap: str, part: Part) -> list[int]:
    """The numbers of the questions that a recap (To, Subject, a blank line, the text) of `part` fails."""
    seen = Seen(recap, part)
    return [number for number, passes in QUESTIONS.items() if not passes(seen)]
