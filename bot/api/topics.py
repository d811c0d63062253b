"""Topics: taking one up, whichever command does it."""

from bot.core.plugin.topic_choice import SHORTEST_NUMBER, TopicChoice, earlier, is_on, take_up
from bot.core.session.session import known_topic

__all__ = [
    "SHORTEST_NUMBER", "TopicChoice", "earlier", "is_on", "known_topic", "take_up",
]  # fmt: skip
