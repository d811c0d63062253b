"""Sessions: start, end, chairs, names and pauses, the reminder before the end, and the timeout."""

from bot.api import Plugin
from plugins.sessions import chairs, end, lifecycle, start

plugin = Plugin("sessions")
start.declare(plugin)
end.declare(plugin)
chairs.declare(plugin)
lifecycle.declare(plugin)
