"""What files tell of themselves."""

from datetime import date

import pytest

from bot.networks.transcript.log_entry import Options, TranscriptError
from bot.networks.transcript.sections import cut, named_channel, named_day


@pytest.mark.parametrize(
    ("file", "channel", "day"),
    [
        ("#tidepool-ptg.log", "#tidepool-ptg", None),
        ("irclogs/oftc/#tidepool-ptg.log", "#tidepool-ptg", None),
        ("##c++.log", "##c++", None),
        ("#python.de.log", "#python.de", None),
        ("irc.oftc.#tidepool-ptg.weechatlog", "#tidepool-ptg", None),
        ("#tidepool-ptg/2027-10-19.log", "#tidepool-ptg", date(2027, 10, 19)),
        ("C:\\logs\\#tidepool-ptg\\2027-10-19.log", "#tidepool-ptg", date(2027, 10, 19)),
        ("#tidepool_20271019.log", "#tidepool", date(2027, 10, 19)),
        ("amaru_oftc_#tidepool_20271019.log", "#tidepool", date(2027, 10, 19)),
        ("#ptg-2027.log", "#ptg-2027", None),
        ("#ptg.2027-10-19.log", "#ptg", date(2027, 10, 19)),
        ("2027-10-19.log", "", date(2027, 10, 19)),
        ("okoye.log", "", None),
        ("#/#.log", "", None),
        ("-", "", None),
    ],
)
def test_names_of_files(file: str, channel: str, day: date | None) -> None:
    assert named_channel(file) == channel
    assert named_day(file) == day


def test_an_impossible_day_in_the_name_is_refused() -> None:
    with pytest.raises(TranscriptError) as refusal:
        cut("#x/2027-02-31.log", b"[12:00:00] <a> x\n", Options())
    assert str(refusal.value) == "#x/2027-02-31.log: '2027-02-31' is not a day (YYYY-MM-DD)"


def test_the_name_goes_before_the_options() -> None:
    (section,) = cut("#x/2027-10-19.log", b"[12:00:00] <a> x\n", Options(channel="#y", day=date(2000, 1, 1)))
    assert (section.room, section.day) == ("irc/#x", date(2027, 10, 19))


def test_a_header_goes_before_both() -> None:
    (section,) = cut(
        "#x/2027-10-19.log", b"=== channel #z date 2027-10-20\n12:00 <a> x\n", Options(channel="#y")
    )
    assert (section.room, section.day, section.private) == ("irc/#z", date(2027, 10, 20), False)


def test_lines_are_numbered_as_in_the_file() -> None:
    data = b"12:00 <a> x\n\n=== channel #z date 2027-10-20\n12:00 <a> y\n=== query a date 2027-10-20\n12:01 <a> z"
    sections = cut("#x.log", data, Options(day=date(2027, 10, 19)))
    assert [(s.room, list(s.lines())) for s in sections] == [
        ("irc/#x", [(1, "12:00 <a> x"), (2, "")]),
        ("irc/#z", [(4, "12:00 <a> y")]),
        ("irc/a", [(6, "12:01 <a> z")]),
    ]


def test_another_line_of_equal_signs_is_no_header() -> None:
    (section,) = cut("d", b"=== channel #z date 2027-10-20\n=== channels are fun\n12:00 <a> y\n", Options())
    assert [line for _, line in section.lines()] == ["=== channels are fun", "12:00 <a> y"]
