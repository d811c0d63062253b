"""The plugin: what the modules of this package declare, they declare of it."""

from bot.api import Plugin
from plugins.questions.kinds import CALL, CALLS, QUESTION, QUESTIONS

plugin = Plugin(
    "questions", title="Questions and calls", kinds=[QUESTION, CALL], carried_over=[QUESTIONS, CALLS]
)
