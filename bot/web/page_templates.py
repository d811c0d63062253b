"""Templates: those of the layout, and those of plugins, in the folder `pages` of their packages."""

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from msgspec import Struct

from bot.core.plugin.declarations import Plugin
from bot.core.plugin.pages import Page, Panel, View
from bot.core.plugin.register import Register
from bot.core.words.text import clean
from bot.web.filters import FILTERS, view_of
from bot.web.live_parts import LiveTag

FOLDER = "pages"
MOST_PIECES = 5000  # that are kept; a record of a long session is one
OURS = Path(__file__).with_name("templates")


class PageFrame(Struct, frozen=True):
    """What the layout knows of a page.

    live:    its address in one form; `/live?of=ADDRESS&since=VERSION` tells what changes; empty if it stays as it is
    version: of what it shows
    styles, script: addresses of the stylesheets and of the script
    """

    path: str
    title: str
    version: str = ""
    live: str = ""
    styles: tuple[str, ...] = ()
    script: str = ""


class MenuItem(Struct, frozen=True):
    """A link of the menu; `here` on the page itself."""

    title: str
    path: str
    here: bool


class Templates:
    """The templates of some plugins, and the menu of their pages.

    pieces_kept: what `once` made of values; the oldest go
    """

    def __init__(self, register: Register) -> None:
        folders = {plugin.name: folder for plugin in register.plugins for folder in _folders(plugin)}
        loaders = {name: jinja2.FileSystemLoader(folder) for name, folder in folders.items()}
        self._environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(OURS), jinja2.PrefixLoader(loaders)]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            extensions=[LiveTag, "jinja2.ext.loopcontrols"],
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_cleaned,
        )
        self._environment.filters |= FILTERS
        self._environment.globals |= {"show": self._show, "once": self._once}
        self.pieces_kept: OrderedDict[Hashable, Markup] = OrderedDict()
        in_menu = [page for page in register.pages() if page.menu is not None]
        self._menu = sorted(in_menu, key=lambda page: (page.menu, page.path))

    def pieces(
        self, template: str, view: View, frame: PageFrame, context: Mapping[str, Any]
    ) -> Iterator[str]:
        """A page with the marks of its live parts, piece by piece."""
        menu = tuple(MenuItem(page.title, page.path, page.path == frame.path) for page in self._menu)
        found = self._environment.get_template(template)
        return found.generate({**context, "view": view, "page": frame, "menu": menu})

    def fill(self, template: str, view: View, frame: PageFrame, context: Mapping[str, Any]) -> str:
        """A page with the marks of its live parts."""
        return "".join(self.pieces(template, view, frame, context))

    @jinja2.pass_context
    def _show(self, context: jinja2.runtime.Context, panel: Panel) -> Markup:
        """What a panel's template says, to be put below its heading."""
        seen = {name: context[name] for name in ("view", "page", "menu")}
        filled = self._environment.get_template(panel.template).render({**panel.context, **seen})
        return Markup(filled)  # noqa: S704 - the template escaped it

    @jinja2.pass_context
    def _once(self, context: jinja2.runtime.Context, macro: jinja2.runtime.Macro, *given: Hashable) -> Markup:
        """What a macro makes of values, which is not made again for the same values while readers wish the same.

        The macro may depend on nothing else of its page. So a long session whose every record has its own part costs what
        changed of it.
        """
        view = view_of(context)
        key = (macro.name, view.zone.key, view.query, given)
        found = self.pieces_kept.get(key)
        if found is None:
            found = self.pieces_kept[key] = Markup(macro(*given))  # noqa: S704 - the macro escaped it
            if len(self.pieces_kept) > MOST_PIECES:
                self.pieces_kept.popitem(last=False)
        else:
            self.pieces_kept.move_to_end(key)
        return found

    def compile_all(self) -> None:
        """Compile all templates before the first reader needs them; may run in a thread."""
        for name in self._environment.list_templates(extensions=["html", "txt"]):
            self._environment.get_template(name)


def _cleaned(value: object) -> object:
    """Text without control codes, which could change how what follows is read."""
    return clean(value) if type(value) is str else value


def _folders(plugin: Plugin) -> Iterator[Path]:
    """The folder with the templates of a plugin: beside the modules that declare pages, or above them."""
    for function in _functions(plugin):
        module: str = function.__module__
        while module:
            file = getattr(sys.modules.get(module), "__file__", None)
            folder = Path(file).with_name(FOLDER) if file else None
            if folder is not None and folder.is_dir():
                yield folder
                return
            module = module.rpartition(".")[0]


def _functions(plugin: Plugin) -> Iterable[Callable[..., object]]:
    web = plugin.web
    pages: list[Page] = web.pages
    yield from (page.build for page in pages)
    yield from (private.build for private in web.private)
    yield from (*web.board_sign, *web.session_link, *web.session_panel, *web.track_panel)
