"""Questions, which stay open until they are answered, and calls to action, which stay open until somebody joins."""

from plugins.questions import answers, open_lists, panels, questions, recap
from plugins.questions.declaration import plugin

__all__ = ["answers", "open_lists", "panels", "plugin", "questions", "recap"]
