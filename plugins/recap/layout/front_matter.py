"""The front matter of an article for a static website, and its excerpt: both by template."""

import json

from markupsafe import Markup

from bot.api.recap import Link
from plugins.recap.layout.markdown_pen import MarkdownPen
from plugins.recap.layout.pens import address, one_line, written


class FrontMatterPen(MarkdownPen):
    """Writes the values of front matter: all that was recorded or configured stands in quotes, as JSON, YAML and TOML read it."""

    def say(self, text: object) -> Markup:
        """Write a text in quotes."""
        return written(json.dumps(one_line(text), ensure_ascii=False))

    def link(self, link: Link) -> Markup:
        """Write an address in quotes."""
        return self.say(address(link))
