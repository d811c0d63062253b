import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.networks.irc.wire import MAX_LINE, LineReader, build, read_line, read_tags, unescape


def words(raw: bytes) -> tuple[dict[str, str] | None, str | None, str, list[str]]:
    line = read_line(raw)
    assert line is not None
    return line.tags, line.source, line.command, line.params


def test_a_line_with_everything() -> None:
    raw = b"@time=2027-10-19T13:00:00.000Z;+x=a\\sb :lin!l@h PRIVMSG #tide :two  words :)"
    assert words(raw) == (
        {"time": "2027-10-19T13:00:00.000Z", "+x": "a b"},
        "lin!l@h",
        "PRIVMSG",
        ["#tide", "two  words :)"],
    )


def test_what_is_not_utf8_is_read_as_latin1() -> None:
    assert words(b":lin!l@h PRIVMSG #tide :caf\xe9")[3] == ["#tide", "café"]


def test_broken_bytes_in_tags_do_not_change_the_text() -> None:
    assert words(b"@a=" + b"\xff" + " PRIVMSG #t :é".encode())[3] == ["#t", "é"]


def test_the_command_is_upper_case() -> None:
    assert words(b"ping x")[2] == "PING"


@pytest.mark.parametrize("raw", [b"", b" ", b":", b":only.source", b"@tag", b"@tag :source"])
def test_what_is_no_line_is_left_out(raw: bytes) -> None:
    assert read_line(raw) is None


@given(st.binary(max_size=200))
def test_no_bytes_raise(raw: bytes) -> None:
    LineReader().push(raw + b"\r\n")


@pytest.mark.parametrize(
    ("escaped", "meant"),
    [("a\\:b\\s\\\\\\r\\n", "a;b \\\r\n"), ("\\b", "b"), ("end\\", "end"), ("plain", "plain")],
)
def test_tag_values_are_unescaped(escaped: str, meant: str) -> None:
    assert unescape(escaped) == meant


def test_a_tag_without_value_is_empty() -> None:
    assert read_tags("bot;account=lin") == {"bot": "", "account": "lin"}


@given(st.lists(st.integers(min_value=1, max_value=40), max_size=10))
def test_lines_are_put_together_from_any_pieces(sizes: list[int]) -> None:
    data = b"PING a\r\n:x PRIVMSG #t :hello there\nPING b\r\n"
    reader, lines, start = LineReader(), [], 0
    for size in sizes:
        lines += reader.push(data[start : start + size])
        start += size
    lines += reader.push(data[start:])
    assert [line.format() for line in lines] == ["PING a", ":x PRIVMSG #t :hello there", "PING b"]


def test_an_endless_line_does_not_fill_the_memory() -> None:
    reader = LineReader()
    for _ in range(10):
        reader.push(b"x" * (MAX_LINE // 2 + 1))
    assert len(reader._rest) <= MAX_LINE


def test_a_built_line_ends_once() -> None:
    assert build("PRIVMSG", "#tide", "a\r\nQUIT\0 b") == b"PRIVMSG #tide :aQUIT b\r\n"
    assert build("JOIN", "#tide") == b"JOIN #tide\r\n"
    assert build("TOPIC", "#tide", "") == b"TOPIC #tide :\r\n"
    assert build("PONG", ":x") == b"PONG ::x\r\n"
    assert build("QUIT") == b"QUIT\r\n"


@pytest.mark.parametrize("target", ["", "a b", ":a", "\r\n"])
def test_only_the_last_word_may_be_anything(target: str) -> None:
    with pytest.raises(ValueError, match="only the last parameter of a line may hold blanks"):
        build("PRIVMSG", target, "text")


@given(st.text(), st.text())
def test_nothing_said_makes_a_second_line(target: str, text: str) -> None:
    try:
        line = build("PRIVMSG", target, text)
    except ValueError:
        return
    assert line.count(b"\n") == 1
    assert line.count(b"\r") == 1
    assert b"\0" not in line
