"""Questions and calls to action: what readers are asked, until somebody answers or joins."""

from bot.api import Plugin
from plugins.questions import answering, asking, showing
from plugins.questions.kinds import CALL, QUESTION
from plugins.questions.recap import blocks
from plugins.questions.showing import CALLS, QUESTIONS

plugin = Plugin("questions")
plugin.kinds.extend((QUESTION, CALL))
asking.declare(plugin)
answering.declare(plugin)
showing.declare(plugin)
plugin.blocks.append(blocks)
for lasting in (QUESTIONS, CALLS):
    plugin.keepsakes.append(lasting.keepsakes)
    plugin.quotes.append(lasting.quotes)
