"""Questions, which stay open until they are answered, and calls to action, which stay open until somebody joins."""

from bot.api import Plugin
from plugins.questions import answers, open_lists, questions
from plugins.questions.kinds import CALL, QUESTION
from plugins.questions.open_lists import CALLS, QUESTIONS
from plugins.questions.recap import blocks

plugin = Plugin("questions")
plugin.kinds.extend((QUESTION, CALL))
questions.declare(plugin)
answers.declare(plugin)
open_lists.declare(plugin)
plugin.blocks.append(blocks)
for carried_over in (QUESTIONS, CALLS):
    plugin.carried_over.append(carried_over.carried_over)
    plugin.quotes.append(carried_over.quotes)
