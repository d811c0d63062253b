import pytest

from bot.mail.addresses import one_line, split_sender, valid_address


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("as it is", "as it is"),
        ("  two\r\nlines\x00 ", "two lines"),
        ("a\u2028b\u2029c\x85d\x0be", "a b c d e"),
        ("\x02bold\x0f and \x0304red", "bold and 04red"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("turned \u202egnp.exe", "turned gnp.exe"),
        ("\r\n", ""),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    "address",
    ["a@b", "a.b+c@lists.example.org", "o'neill=x@example.org", "x@xn--bcher-kva.example", "A_1@1.example"],
)
def test_addresses(address: str) -> None:
    assert valid_address(f" {address} ") == address


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "@b", "a@", "a b@c.d", "a@b c", "a@b..c", ".a@b", "a..b@c", "a@-b.c", "a@b.c\r\nX: y", "a@b.c\n",
        "<a@b.c>", "A <a@b.c>", "a@b.c, d@e.f", "a@b@c", "ä@b.c", "a@bücher.example", "a\x00@b.c", '"a b"@c.d',
        "a" * 65 + "@b.c", "a@" + "b." * 130 + "c", "a@[127.0.0.1]",
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="is not a mail address"):
        valid_address(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("bot@example.org", ("", "bot@example.org")),
        ("<bot@example.org>", ("", "bot@example.org")),
        ("Gather Bot <bot@example.org>", ("Gather Bot", "bot@example.org")),
        ('"Bot, Gather" <bot@example.org>', ("Bot, Gather", "bot@example.org")),
        (r'"the \"bot\"" <bot@example.org>', ('the "bot"', "bot@example.org")),
        ("a <b@c.d> <bot@example.org>", ("a <b@c.d>", "bot@example.org")),
        ("Bot\r\nBcc: x@y.z <bot@example.org>", ("Bot Bcc: x@y.z", "bot@example.org")),
    ],
)
def test_senders(text: str, parts: tuple[str, str]) -> None:
    assert split_sender(text) == parts


@pytest.mark.parametrize("text", ["", "Gather Bot", "Gather Bot <>", "bot@example.org>", "Bot <a@b.c> x"])
def test_what_is_no_sender(text: str) -> None:
    with pytest.raises(ValueError, match="is not a mail address"):
        split_sender(text)
