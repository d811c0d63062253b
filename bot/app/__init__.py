"""Putting the parts together: the only package that knows every other; the command line calls what stands here."""

from bot.app.chatting import chat
from bot.app.connecting import check_connections
from bot.app.demonstrating import demo
from bot.app.errors import CannotError
from bot.app.running import run_bot
from bot.app.showing import export, recap, replay

__all__ = ["CannotError", "chat", "check_connections", "demo", "export", "recap", "replay", "run_bot"]
