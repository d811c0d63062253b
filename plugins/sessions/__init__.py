"""Sessions: start, end, chairs, names, pauses; the reminder before the end and the end by timeout."""

from bot.api import Plugin
from plugins.sessions import chairs, end, lifecycle, start

plugin = Plugin("sessions")
start.declare(plugin)
end.declare(plugin)
chairs.declare(plugin)
lifecycle.declare(plugin)
