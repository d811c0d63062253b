"""Questions, which stay open until they are answered, and calls to action, which stay open until somebody joins."""

from plugins.questions import answers, open_lists, questions, recap
from plugins.questions.declaration import plugin

__all__ = ["answers", "open_lists", "plugin", "questions", "recap"]
