"""Private pages: what the holder of a letter's key sees, and what the form there does.

Such a page shows what nobody else may see, so it is made from the whole state, for one holder, and kept nowhere. Its form
is turned into lines, which the holder then says to the bot in private: rights are checked when they are said, and the
answers are those of the chat.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from bot.core.effects import Prepare
from bot.core.people.identity import Identity
from bot.core.plugin.pages import Context, View
from bot.core.recap.sources import Sources

KEY = "{key}"  # of the address: the secret, which no function of a plugin gets


class PrivateView(View, frozen=True, kw_only=True):
    """What a private page is made from: a `View` that shows everything, private tracks as well.

    key_argument: what the key opens, as its letter ordered it (`Key.argument`)
    holder:  who the key was given to; the page checks whether they may still see this
    sources: what the job that the page names would get; None if it names none
    form:    the fields of the form that was sent last, for a few minutes; empty if none was
    answers: what came of it
    """

    key_argument: str
    holder: Identity
    sources: Sources | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()


class Deed(Struct, frozen=True):
    """What a form means.

    lines:   what the holder says to the bot, in order
    answers: what they are told beside its answers, before them
    """

    lines: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


JobOfPage = Callable[[PrivateView], Prepare | None]
PrivateBuilder = Callable[[PrivateView], Context | Callable[[], Context] | None]
Act = Callable[[PrivateView, Mapping[str, str]], Deed | Callable[[], Deed]]


class PrivatePage(Struct, frozen=True):
    """A page for the holder of a key.

    path:     with `{key}`, where the secret stands: "/review/{key}"
    opens:    what a key must be good for, as in `Key.opens`
    template: "NAME/file.html"; its form has the method "post" and no action, and a field `nonce` with the value `nonce`
    build:    gives what the template shows; None if the holder may see nothing (any more). What takes long, it may give as a
              function of immutable values, which runs in a thread
    act:      gives what a form means; the same
    job:      gives the job whose `Sources` the page needs, which is not run; None if the page needs none
    queries:  names in a query that become arguments
    """

    path: str
    opens: str
    title: str
    template: str
    build: PrivateBuilder
    act: Act
    job: JobOfPage
    queries: tuple[str, ...] = ()
