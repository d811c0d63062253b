import pytest

from bot.core.words.phrase import Phrase


@pytest.mark.parametrize(
    ("template", "filled", "said"),
    [
        ("the queue is open", {}, "the queue is open"),
        ("{names:and} wait", {"names": ["rosa", "okoye", "lin"]}, "rosa, okoye and lin wait"),
        ("{names:or}?", {"names": ("rosa", "okoye")}, "rosa or okoye?"),
        (
            "{names:some 1} {names:is|are} here",
            {"names": ["rosa", "okoye", "lin"]},
            "rosa and 2 others are here",
        ),
        ("{names:# chair} {names:is|are} here", {"names": ["rosa"]}, "1 chair is here"),
        ("{text:to 8}", {"text": "what was typed"}, "what wa…"),
        ("{options:or 2}", {"options": ("a", "b", "c", "d")}, "a, b or 2 others"),
        ("{left:m} left", {"left": 90}, "1h30m left"),
        ("{n:# record}", {"n": 1}, "1 record"),
        ("{n:# record}", {"n": 2}, "2 records"),
        ("{n:# person|people} {n:is|are} here", {"n": 0}, "0 people are here"),
        (
            "limit is {most:,}, yours has {n:,}",
            {"most": 4000, "n": 12345},
            "limit is 4,000, yours has 12,345",
        ),
        ("{text}", {"text": "{0} {text} %s"}, "{0} {text} %s"),
        ("the {motion:motion|vote} is open", {"motion": True}, "the motion is open"),
        ("topic {n}{again: again|}", {"n": 2, "again": False}, "topic 2"),
        ("{name:to 10} waits", {"name": "a  long name"}, "a long na… waits"),
        ("{name:to 10} waits", {"name": "rosa"}, "rosa waits"),
        ("{names:some 2 to 5}", {"names": ["rosa", "okoye", "alexandra", "lin"]}, "rosa, okoye and 2 others"),
        ("done[; next: {name}][, {n:# other}]", {"name": "rosa", "n": 0}, "done; next: rosa"),
        ("done[; next: {name}]", {"name": ""}, "done"),
        ("[{name} of {names:or}]", {"name": "x", "names": []}, ""),
        ("usage: {word} [NICK]", {"word": "q+"}, "usage: q+ [NICK]"),
        ("usage: {word} [{{NICK}}]", {"word": "q+"}, "usage: q+ [{NICK}]"),
    ],
)
def test_gaps_are_filled(template: str, filled: dict[str, object], said: str) -> None:
    assert Phrase(template)(**filled) == said


def test_of_many_names_the_first_are_named() -> None:
    names = [str(n) for n in range(20)]
    assert Phrase("{names:some}")(names=names) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 8 others"


def test_a_gap_that_stays_open_is_an_error() -> None:
    with pytest.raises(TypeError):
        Phrase("{name} is here[ with {note}]")(name="rosa")


@pytest.mark.parametrize("filled", [{"nmae": "x", "name": "y"}, {"nmae": "x"}])
def test_what_fills_no_gap_is_an_error(filled: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Phrase("{name} is here")(**filled)


def test_the_gaps_are_known() -> None:
    assert Phrase("{name} has {n:# vote} of {most}, {name}").gaps == ("name", "n", "most")
