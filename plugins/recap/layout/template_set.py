"""The templates of a recap, bundled or from an organizer's folder, in a sandbox that escapes their output by the pen.

This module is imported only when needed, because the template engine loads as slowly as the rest of the bot.
"""

from collections.abc import Callable, Container, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import jinja2
import jinja2.sandbox
from markupsafe import Markup

from bot.api import counted, listed, plural
from bot.api.recap import Link
from bot.api.words import day_in_words, in_words, month_in_words
from plugins.recap.layout import words
from plugins.recap.layout.pens import LINE_END, Pen, written


class OwnTemplates(jinja2.FileSystemLoader):
    """An organizer's templates, except some.

    left_out: names of the templates that have a fault
    """

    def __init__(self, folder: str, left_out: Container[str]) -> None:
        super().__init__(folder)
        self._folder, self._left_out = folder, left_out

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, its path, and whether it is still the same; a file that is no text has a fault."""
        if template in self._left_out:
            raise jinja2.TemplateNotFound(template)
        try:
            return super().get_source(environment, template)
        except jinja2.TemplateNotFound:
            raise
        except (UnicodeDecodeError, OSError) as error:
            why = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else "cannot be read"
            path = str(Path(self._folder) / template)
            raise jinja2.TemplateSyntaxError(why, 1, template, path) from error


@lru_cache(maxsize=8)
def templates(folder: str, left_out: frozenset[str] = frozenset()) -> jinja2.Environment:
    """Return the templates; those in the organizer's folder take precedence over the bundled ones.

    left_out: names of those in the folder that do not
    """
    bundled = jinja2.FileSystemLoader(str(files("plugins.recap").joinpath("templates")))
    loaders = [OwnTemplates(folder, left_out), bundled] if folder else [bundled]
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,  # makes `Markup` from the pen pass unchanged
        undefined=jinja2.StrictUndefined,
        lstrip_blocks=True,
        finalize=_through_the_pen,
    )
    environment.filters |= {
        "counted": lambda number, singular, many="": counted(number, singular, many),
        "day_in_words": day_in_words,
        "in_words": in_words,
        "listed": _listed,
        "month_in_words": month_in_words,
        "paragraph": _paragraph,
        "plural": plural,
        "rooms": lambda rooms: listed(list(dict.fromkeys(words.room(room) for room in rooms))),
        "quoted": lambda texts: [f'"{text}"' for text in texts],
        "commas": ", ".join,
        "begin": lambda text: text[:1].upper() + text[1:],
    }
    environment.globals |= {"line_end": written(LINE_END), "link": _link, "heading": _heading}
    return environment


@jinja2.pass_context
def _through_the_pen(context: jinja2.runtime.Context, value: object) -> Markup:
    """Let the pen escape printed values unless they are ready."""
    if isinstance(value, Markup):
        return value
    pen: Pen = context["pen"]
    return pen.say(value)


@jinja2.pass_context
def _paragraph(context: jinja2.runtime.Context, text: str) -> Markup:
    pen: Pen = context["pen"]
    return pen.paragraph(text)


@jinja2.pass_context
def _heading(context: jinja2.runtime.Context, text: object, level: int = 1) -> Markup:
    pen: Pen = context["pen"]
    return pen.heading(pen.say(text), level)


@jinja2.pass_context
def _link(context: jinja2.runtime.Context, title: str, url: str) -> Markup:
    """Write a link with this title and URL."""
    pen: Pen = context["pen"]
    return pen.link(Link(title, url))


@jinja2.pass_context
def _listed(context: jinja2.runtime.Context, items: Sequence[object]) -> Markup:
    """Write `a, b and c`; days are written in words, and links as links."""
    pen: Pen = context["pen"]
    return written(listed([_item(pen, item) for item in items]))


def _item(pen: Pen, item: object) -> str:
    if isinstance(item, Link):
        return pen.link(item)
    return pen.say(day_in_words(item) if isinstance(item, date) else item)


def compiled() -> None:
    """Compile the bundled templates before the first recap needs them."""
    environment = templates("", frozenset())  # with the arguments of a recap, because it is kept by them
    for name in environment.list_templates(extensions=["j2"]):
        environment.get_template(name)
