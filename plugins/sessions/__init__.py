"""Sessions: start, end, chairs, names, pauses; the reminder before the end and the end by timeout."""

from bot.api import Plugin
from plugins.sessions import chairs, course, ending, opening

plugin = Plugin("sessions")
opening.declare(plugin)
ending.declare(plugin)
chairs.declare(plugin)
course.declare(plugin)
