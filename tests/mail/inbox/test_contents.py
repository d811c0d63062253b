"""What a mail says, whatever program wrote it; nothing raises, and nothing takes long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.inbox.contents import Contents, contents_of, head_of
from bot.mail.inbox.hypertext import text_of
from tests.growth import MOST, filled, growth
from tests.mail.inbox import mails

UMLAUTS = "Grüße — 日本語\n"


def text(raw: bytes) -> str:
    found = contents_of(raw)
    assert (found.trouble, found.automatic) == ("", False)
    return found.text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (bytes(mails.mail()), mails.TOP_POSTED),
        (mails.alternative("plain wins\n", mails.HTML), "plain wins\n"),
        (mails.alternative("\n", mails.HTML), "Cells stay as they are\n\n> old\n> text\n"),
        (mails.only_html(), "Cells stay as they are\n\n> old\n> text\n"),
        (mails.html_with_a_lists_footer(), "Cells stay as they are\n\n> old\n> text\n\n-- \nunsubscribe here\n"),
        (mails.with_an_attachment(), "See the file.\n"),
        (mails.in_base64(UMLAUTS), UMLAUTS),
        (mails.in_base64(UMLAUTS, "utf-16"), UMLAUTS),
        (mails.in_base64("日本語\n", "iso-2022-jp"), "日本語\n"),
        (mails.in_base64("привет\n", "koi8-r"), "привет\n"),
        (mails.raw("Content-Type: text/plain; charset=unknown-8bit", body="Grüße\r\n".encode()), "Grüße\n"),
        (mails.raw("Content-Type: text/plain; charset=us-ascii", body="Grüße\r\n".encode("cp1252")), "Grüße\n"),
        (mails.raw("Content-Type: text/plain; charset=punycode", body=b"Gre-kva\r\n"), "Gre-kva\n"),
        (mails.raw("Content-Type: text/plain; charset*=utf-8''utf%2D8", body="ü\r\n".encode()), "ü\n"),
        (mails.raw(body=b"no type at all\r\nbut lines\r"), "no type at all\nbut lines\n"),
        (mails.raw("Content-Type: nonsense", body=b"text\r\n"), "text\n"),
        (mails.raw("Content-Type: text/markdown", body=b"* text\r\n"), "* text\n"),
        (mails.raw("Content-Type: text/plain", body=b"a\0b\x1b[31m\x07c\r\n"), "ab[31mc\n"),
        (
            mails.raw("Content-Transfer-Encoding: base64", body=b"dGV4dA!\r\n=\r\n"),
            "text\n",
        ),
        (mails.raw("Content-Transfer-Encoding: quoted-printable", body=b"a=\r\nb =ZZ=\r\n"), "ab =ZZ\n"),
        (
            mails.raw("Content-Type: multipart/mixed; boundary=b", body=b"--b\r\n\r\nnever ended\r\n"),
            "never ended\n",
        ),
        (mails.many_parts(3), "x\n\nx\n\nx\n"),
    ],
)  # fmt: skip
def test_the_plain_text_of_a_mail(raw: bytes, expected: str) -> None:
    assert text(raw) == expected


@pytest.mark.parametrize(
    ("body", "delsp", "expected"),
    [
        ("> one \r\n> two\r\n> \r\nmine \r\ngoes on\r\n", False, "> one two\n>\nmine goes on\n"),
        ("> one \r\n>> deeper\r\nmine\r\n", False, "> one \n>> deeper\nmine\n"),
        (" > not a quotation\r\n From here\r\n", False, "> not a quotation\nFrom here\n"),
        ("text\r\n-- \r\nme \r\n", False, "text\n-- \nme \n"),
        ("日本 \r\n語\r\n", True, "日本語\n"),
    ],
)
def test_lines_that_a_program_broke_are_one(body: str, delsp: bool, expected: str) -> None:  # noqa: FBT001 - a table
    assert text(mails.flowed(body, delsp=delsp)) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div>one</div><div><br></div><div>two&nbsp;&amp; <i>three</i></div>", "one\n\ntwo & three\n"),
        ("<ul><li>a</li><li>b <a href='https://x.example/'>link</a></li></ul>end", "* a\n* b link\n\nend\n"),
        ("<style>p {}</style><script>x</script><title>t</title>seen", "seen\n"),
        ("<pre>as\n  it\n\nis</pre>", "as\n  it\n\nis\n"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n>> b\nc\n"),
        ("<p>never <b>closed<p>again", "never closed\n\nagain\n"),
        (
            "<!--[if mso]><p>no</p><![endif]--><![if !mso]>a<!-- > -->b<![endif]><!-- never ended <p>no",
            "ab\n",
        ),
        (
            """<p title="a > b" class='x'>a<br/>b <x:y z>c</X:Y> <a href=//x>d</a> <e@f.example> </p""",
            "a\nb c d </p\n",
        ),
        (
            "<blockquote>a" * 30 + "</blockquote>" * 30 + "b",
            "".join(f"{'>' * min(n, 20)} a\n" for n in range(1, 31)) + "b\n",
        ),
        ("a < b <3 & c &unknown; </div></blockquote></pre>", "a < b <3 & c &unknown;\n"),
    ],
)
def test_html_alone_becomes_its_lines(html: str, expected: str) -> None:
    assert text(mails.only_html(html)) == expected


@pytest.mark.parametrize(
    ("raw", "trouble"),
    [
        (mails.raw(body=b" \r\n\r\n"), "empty"),
        (b"", "empty"),
        (mails.raw("Content-Type: image/png", body=b"PNG"), "empty"),
        (mails.only_html("<img src=x><style>p{}</style>"), "html"),
        (mails.only_html("<p>x</p>" * 100_000), "html"),
        (mails.raw(body=b"many words\r\n" * 100_000), "large"),
        (mails.many_parts(6_000), "unreadable"),
        (mails.nested(60), "unreadable"),
        (mails.nested(2_000), "unreadable"),
        (mails.raw("Content-Type: text/plain" + "; a=b" * 100_000, body=b"x"), "unreadable"),
        (mails.raw("Content-Type: text/plain" + ";\r\n a=b" * 10_000, body=b"x"), "unreadable"),
        (mails.raw("Subject: " + "x" * 300_000, body=b"x"), "unreadable"),
    ],
)  # fmt: skip
def test_what_gives_no_text_is_said(raw: bytes, trouble: str) -> None:
    """The library alone would take minutes for some of them."""
    found = contents_of(raw)
    assert (found.text, found.trouble, found.automatic) == ("", trouble, False)


def test_html_of_any_kind_takes_linear_time() -> None:
    """The library takes hours for a mail of "<a "."""
    for unit in ("<a ", "<!--", "</", "<a b='", "<blockquote>a", "a<b>"):
        assert growth(text_of, filled(unit, 6_000), filled(unit, 12_000)) <= MOST, unit


@pytest.mark.parametrize(
    "raw",
    [
        bytes(mails.mail("I am on vacation\n", Auto_Submitted="auto-replied (vacation)")),
        bytes(mails.mail("I am on vacation\n", Precedence="bulk")),
        bytes(mails.mail("I am on vacation\n", X_Autoreply="yes")),
        bytes(mails.mail("read\n", Return_Path="<>")),
        mails.bounce(),
    ],
)
def test_what_a_program_wrote_is_known(raw: bytes) -> None:
    found = contents_of(raw)
    assert (found.automatic, found.text, found.trouble) == (True, "", "")


def test_a_person_who_says_so_is_no_program() -> None:
    assert text(bytes(mails.mail("mine\n", Auto_Submitted="no", Precedence="list"))) == "mine\n"


def test_the_same_mail_has_the_same_id_by_whatever_way_it_came() -> None:
    first = bytes(mails.mail())
    again = b"Received: from elsewhere\r\n" + first.replace(b"\n", b"\r\n")
    other = first.replace(b"<answer-1@", b"<answer-2@")
    nameless = first.replace(b"Message-ID:", b"X-Was:")
    ids = [contents_of(raw).id for raw in (first, again, other, nameless, nameless)]
    assert ids[0] == ids[1]
    assert ids[3] == ids[4]
    assert len(set(ids)) == 3


def is_one_thing(found: Contents) -> bool:
    """Whether it is a text, or a trouble, or a program's, and nothing else."""
    return [found.automatic, bool(found.text.strip()), bool(found.trouble)].count(True) == 1


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_mail_or_said_to_be_none(raw: bytes) -> None:
    found = contents_of(raw)
    assert is_one_thing(found)
    assert "\0" not in found.text
    found.text.encode()  # no lone surrogate


@given(st.lists(st.sampled_from([b"Content-Type: multipart/mixed; boundary=b\n", b"--b\n", b"--b--\n", b"\n", b"x\n",
                                 b"Content-Type: text/html\n", b"Content-Transfer-Encoding: base64\n", b"\0\xff\n",
                                 b"Content-Type: message/rfc822\n", b" folded\n", b"To: =?utf-8?b?x\n"]), max_size=60))  # fmt: skip
def test_any_broken_structure_is_read_or_said_to_be_none(lines: list[bytes]) -> None:
    found = contents_of(b"".join(lines))
    assert is_one_thing(found)


def test_the_head_is_unfolded_and_ends_where_the_text_begins() -> None:
    assert head_of(b"To: a,\r\n\tb\r\nCc: c\r\n\r\nTo: d\r\n") == b"To: a,\tb\nCc: c"
