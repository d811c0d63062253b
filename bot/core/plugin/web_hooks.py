"""What a plugin shows on the web, as its modules declare it."""

from collections.abc import Callable, Iterable, Sequence

from bot.core.plugin.hooks import Hook
from bot.core.plugin.pages import (
    Chooser,
    Document,
    DocumentBuilder,
    Loads,
    OldAddress,
    Page,
    PageBuilder,
    Panel,
    Sign,
    View,
)
from bot.core.plugin.private_pages import Act, JobOfPage, PrivateBuilder, PrivatePage
from bot.core.session.session import Session
from bot.core.state.setup import Track


class WebHooks:
    """What a plugin shows on the web.

    board_sign:    remarks about a track on the board
    session_link:  where the people of a session meet (kind "call", of which the first one counts) and write ("etherpad")
    session_panel: sections of a session's page
    track_panel:   sections of a track's page
    """

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.documents: list[Document] = []
        self.moves: list[OldAddress] = []
        self.private: list[PrivatePage] = []
        self.board_sign: Hook[Callable[[View, Track], Iterable[Sign]]] = Hook()
        self.session_link: Hook[Callable[[View, Session], Iterable[Sign]]] = Hook()
        self.session_panel: Hook[Callable[[View, Session], Iterable[Panel]]] = Hook()
        self.track_panel: Hook[Callable[[View, Track], Iterable[Panel]]] = Hook()

    def page(
        self,
        path: str,
        *,
        title: str,
        template: str,
        menu: int | None = None,
        loads: Loads | Chooser = Loads.NOTHING,
        queries: Sequence[str] = (),
        plain: str = "",
    ) -> Callable[[PageBuilder], PageBuilder]:
        """Let the decorated function make a page; `Page` says what each keyword means."""

        def declare(build: PageBuilder) -> PageBuilder:
            self.pages.append(Page(path, title, template, build, menu, loads, tuple(queries), plain))
            return build

        return declare

    def document(
        self,
        path: str,
        *,
        type: str,  # noqa: A002 - as the header is called
        loads: Loads | Chooser = Loads.NOTHING,
        queries: Sequence[str] = (),
    ) -> Callable[[DocumentBuilder], DocumentBuilder]:
        """Let the decorated function make a document; `Document` says what each keyword means."""

        def declare(build: DocumentBuilder) -> DocumentBuilder:
            self.documents.append(Document(path, type, build, loads, tuple(queries)))
            return build

        return declare

    def private_page(
        self,
        path: str,
        *,
        opens: str,
        title: str,
        template: str,
        act: Act,
        job: JobOfPage,
        queries: Sequence[str] = (),
    ) -> Callable[[PrivateBuilder], PrivateBuilder]:
        """Let the decorated function make a page for the holder of a key; `PrivatePage` says what each keyword means."""

        def declare(build: PrivateBuilder) -> PrivateBuilder:
            self.private.append(PrivatePage(path, opens, title, template, build, act, job, tuple(queries)))
            return build

        return declare

    def moved(self, path: str, to: str) -> None:
        """Lead readers of an old address to the one that holds now."""
        self.moves.append(OldAddress(path, to))

    def paths(self) -> list[str]:
        """All addresses that are declared."""
        every: list[Page | Document | OldAddress | PrivatePage] = [
            *self.pages,
            *self.documents,
            *self.moves,
            *self.private,
        ]
        return [declared.path for declared in every]
