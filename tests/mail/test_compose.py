import email
import email.policy
import re
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.effects import Letter
from bot.mail.addresses import one_line
from bot.mail.compose import compose, recipients, sender_of
from bot.mail.text import clean, laid_out

AT = datetime(2027, 10, 19, 13, 21, tzinfo=UTC)
SENDER = "Gatherbot <bot@example.org>"
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=400)  # lone surrogates and controls too
WORDS = st.lists(st.text(st.sampled_from('aé界\u0301 =?_.<>"\\,;@\r\n\x00\x85\u2028'), max_size=90)).map(
    " ".join
)
LETTER = Letter(
    id="2027-10.tidepool.part-1@example.org",
    to=("tidepool-discuss@lists.example.org",),
    subject="DRAFT: [tidepool][ptg] Tidepool at the October 2027 PTG, part 1 of 2",
    body="Hello everyone,\n\nthis is part 1 of 2.\n",
    stream="track/tidepool",
)


def letter(**changes: object) -> Letter:
    return replace(LETTER, **changes)


def parsed(message: EmailMessage) -> EmailMessage:
    return email.message_from_bytes(bytes(message), policy=email.policy.default)


def text_of(message: EmailMessage) -> str:
    body = parsed(message).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_letter_on_the_wire() -> None:
    part_2 = letter(
        id="2027-10.tidepool.part-2@example.org",
        references=("2027-10.tidepool.part-0@example.org", LETTER.id),
        headers=(("X-Gathering", "2027-10"),),
    )
    assert bytes(compose(part_2, SENDER, AT)).decode() == (
        "From: Gatherbot <bot@example.org>\r\n"
        "To: tidepool-discuss@lists.example.org\r\n"
        "Subject: DRAFT: [tidepool][ptg] Tidepool at the October 2027 PTG, part 1 of\r\n"
        " 2\r\n"
        "Date: Tue, 19 Oct 2027 13:21:00 +0000\r\n"
        "Message-ID: <2027-10.tidepool.part-2@example.org>\r\n"
        "In-Reply-To: <2027-10.tidepool.part-1@example.org>\r\n"
        "References: <2027-10.tidepool.part-0@example.org>\r\n"
        " <2027-10.tidepool.part-1@example.org>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "X-Gathering: 2027-10\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: text/plain; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: 7bit\r\n"
        "\r\n"
        "Hello everyone,\r\n"
        "\r\n"
        "this is part 1 of 2.\r\n"
    )


def test_the_same_letter_gives_the_same_bytes() -> None:
    twice = [bytes(compose(letter(html="<p>Hello</p>"), SENDER, AT)) for _ in range(2)]
    assert twice[0] == twice[1]


@given(body=ANY_TEXT | WORDS)
def test_any_body_arrives_as_it_was_cleaned_and_laid_out(body: str) -> None:
    assert text_of(compose(letter(body=body), SENDER, AT)) == laid_out(clean(body))


@given(subject=ANY_TEXT | WORDS)
def test_any_subject_is_one_line_and_adds_no_header(subject: str) -> None:
    plain = compose(LETTER, SENDER, AT)
    message = parsed(compose(letter(subject=subject), SENDER, AT))
    assert message["Subject"] == one_line(subject)
    assert message.keys() == plain.keys()
    assert "\n" not in message["Subject"]


@given(value=ANY_TEXT | WORDS)
def test_any_value_of_a_further_header_stays_in_it(value: str) -> None:
    message = parsed(compose(letter(headers=(("X-Topic", value),)), SENDER, AT))
    assert message["X-Topic"] == one_line(value)
    assert [key for key in message if key == "X-Topic"] == ["X-Topic"]


@given(name=ANY_TEXT | WORDS)
def test_any_display_name_leaves_the_address_alone(name: str) -> None:
    message = parsed(compose(LETTER, f"{name} <bot@example.org>", AT))
    assert [address.addr_spec for address in message["From"].addresses] == ["bot@example.org"]
    assert message.keys() == compose(LETTER, SENDER, AT).keys()


@pytest.mark.parametrize(
    "name",
    [
        "Gatherbot",
        "Gather, the bot",
        'the "bot"',
        r"back\slash",
        "Rosa Ñandú",
        "Борис 🤖",
        "=?utf-8?q?x?=",
        "a." * 60,
        "界" * 12,
    ],
)
def test_a_display_name_is_read_as_written(name: str) -> None:
    message = parsed(compose(LETTER, f"{name} <bot@example.org>", AT))
    assert message["From"].addresses[0].display_name == name


@given(subject=ANY_TEXT | WORDS, body=ANY_TEXT | WORDS)
def test_every_server_can_take_the_lines(subject: str, body: str) -> None:
    lines = bytes(compose(letter(subject=subject, body=body, html=body), SENDER, AT)).split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert all(line.isascii() and b"\r" not in line and b"\n" not in line for line in lines)


@given(body=ANY_TEXT | WORDS)
def test_no_line_begins_with_what_mailboxes_and_servers_change(body: str) -> None:
    content = bytes(compose(letter(body=f"From here\n.\n{body}"), SENDER, AT)).split(b"\r\n\r\n", 1)[1]
    assert [line for line in content.split(b"\r\n") if line.startswith((b"From ", b"."))] == []


def test_from_and_dots_at_the_start_of_a_line_survive() -> None:
    body = "From the team:\n.\n..\n.gitignore\nFrom\n"
    assert text_of(compose(letter(body=body), SENDER, AT)) == body


def test_a_second_form_as_html() -> None:
    message = parsed(compose(letter(body="Hé\n", html="<p>Hé --=_x</p>\n"), SENDER, AT))
    assert message.get_content_type() == "multipart/alternative"
    parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
    assert [(part.get_content_type(), part.get_content()) for part in parts] == [
        ("text/plain", "Hé\r\n"),
        ("text/html", "<p>Hé --=_x</p>\r\n"),
    ]


def test_a_body_cannot_end_its_part_early() -> None:
    boundary = compose(letter(html="x"), SENDER, AT).get_boundary()
    body = f"before\n--{boundary}--\nafter\n"
    assert text_of(compose(letter(body=body, html="x"), SENDER, AT)) == body


def test_ids_are_never_encoded_however_long() -> None:
    long = "a" * 200 + "@example.org"
    wire = bytes(compose(letter(id=long, references=(long, LETTER.id, long)), SENDER, AT)).decode()
    assert re.findall(r"<a{200}@example\.org>", wire) == [f"<{long}>"] * 4


def test_envelope() -> None:
    message = compose(letter(to=("a@example.org", "b@example.org", "a@example.org")), SENDER, AT)
    assert (sender_of(message), recipients(message)) == (
        "bot@example.org",
        ["a@example.org", "b@example.org"],
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"to": ()}, "the mail has no recipient"),
        ({"to": ("nobody",)}, "'nobody' is not a mail address"),
        ({"id": "no at sign"}, "'no at sign' is not a Message-ID"),
        ({"id": "a@b>\r\nBcc: c@d"}, "'a@b> Bcc: c@d' is not a Message-ID"),
        ({"references": ("x y@z",)}, "'x y@z' is not a Message-ID"),
        ({"headers": (("Bcc", "x@y.z"),)}, "'Bcc' is not valid in a header"),
        ({"headers": (("Content-Type", "text/html"),)}, "'Content-Type' is not valid in a header"),
        ({"headers": (("X-A: b\nX-C", "d"),)}, "'X-A: b X-C' is not valid in a header"),
    ],
)
def test_a_letter_that_cannot_be_a_message(changes: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError) as caught:
        compose(letter(**changes), SENDER, AT)
    assert str(caught.value) == fault
