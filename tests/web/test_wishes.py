"""Whatever stands in a query, there is an answer; what is left of it means the same again."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.state.setup import Setup, Track
from bot.web.routes import Routes
from bot.web.wishes import wishes_of
from tests.web.garden import beds_of

SETUP = Setup(tracks=tuple(Track(slug, slug.title()) for slug in ("nova", "kata", "zuul", "a.b-c_d")))
PIECES = st.sampled_from(
    ["tz=", "show=", "day=", "&", ";", ",", "nova", "KATA", "a.b-c_d", "zuul", "Europe/Berlin", "UTC", "Europe", "..", "/", "%", "%00", "%ff", "+", "=", "#", "\ud800", "<b>", "2"]
)  # fmt: skip
PATHS = st.sampled_from(
    ["/", "tracks", "work", "nova", "..", "%2f", "\0", "log", ".json", "{track}", "\ud800", "x" * 300]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_query_has_one_form(query: str) -> None:
    wished = wishes_of(query, SETUP, ["day"])
    again = wishes_of(wished.query, SETUP, ["day"])
    assert replace(wished, notes=()) == again


@given(st.lists(PATHS, max_size=8).map("".join))
def test_a_path_means_something_or_nothing(path: str) -> None:
    route = ROUTES.find(path)
    assert route is None or all(0 < len(part) <= 200 and "/" not in part for part in route.arguments.values())


ROUTES = Routes(beds_of().register)
