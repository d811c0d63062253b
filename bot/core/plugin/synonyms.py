"""Words of other bots and of people, which mean commands of this bot."""

from collections.abc import Mapping

from msgspec import Struct, field


class Synonyms(Struct, frozen=True):
    """Other words for commands of any plugin; words that a plugin declares win, and words for missing commands are dropped.

    words:  after a prefix, mapped to a command's word and perhaps the text that it begins with ("poll": "startvote")
    labels: before a colon as they are typed (`ACTION: text`), or in brackets in any case; mapped to a command's word. They
            are read only while a session runs
    advice: after a prefix, words for which no command is meant for sure, mapped to the answer
    """

    words: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    advice: Mapping[str, str] = field(default_factory=dict)
