"""The keys of the board in the configuration."""

import pytest
from pydantic import ValidationError

from plugins.board.settings import BoardGathering, BoardTrack


def test_what_is_safe_is_taken() -> None:
    links = [{"title": "Map", "url": "https://example.org/map"}]
    assert BoardGathering.model_validate({"links": links}).links[0].url == "https://example.org/map"
    assert BoardTrack.model_validate({"color": "TEAL"}).color == "teal"


@pytest.mark.parametrize(
    ("model", "keys", "why"),
    [
        (BoardGathering, {"links": [{"title": "Map", "url": "javascript:alert(1)"}]}, "must be a link that starts with https://"),
        (BoardTrack, {"color": "url(x)"}, 'must be a color of CSS: a name, "#rgb" or "#rrggbb"'),
    ],
)  # fmt: skip
def test_what_is_not_is_refused(
    model: type[BoardGathering | BoardTrack], keys: dict[str, object], why: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(keys)
    assert [error["msg"] for error in caught.value.errors()] == [f"Value error, {why}"]
