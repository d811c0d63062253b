"""Private pages: who holds the key sees and acts, everybody else learns nothing, and nothing is kept or logged."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest

from bot.web import allowance, forms, submissions
from bot.web.made import KeptPages
from bot.web.private_site import NO_SUCH_KEY, OLD_FORM
from bot.web.responses import POLICY
from bot.web.site import BUSY
from tests.web.garden import beds_of
from tests.web.markup import words
from tests.web.served import Served, served

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NONCE = "0123456789abcdef" * 2


@pytest.fixture
async def garden() -> AsyncIterator[Served]:
    async with served(beds_of()) as found:
        yield found


def main_of(body: bytes) -> str:
    return words(body.decode().partition('<main id="main">')[2].partition("</main>")[0])


async def sent(
    garden: Served, address: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
) -> tuple[int, str, bytes]:
    """Status and Location of what a form leads to, and the body."""
    body = urlencode(fields).encode()
    status, answer, got = await garden.get(address, {**FORM, **(headers or {})}, "POST", body)
    return status, got.get("Location", ""), answer


async def test_a_get_shows_the_page_to_the_holder_and_does_nothing(garden: Served) -> None:
    secret = garden.holders.key("shed")
    for spelled in (secret, secret.upper(), f"{secret}/"):
        status, body, _ = await garden.get(f"/shed/{spelled}?shelf=top&say=%23help")
        assert (status, main_of(body)) == (
            200,
            "Shed of maintainer Nova, &lt;b&gt;Kata&lt;/b&gt; and Vaultword top shelf Say Say",
        )
    assert garden.holders.said == []
    _, body, _ = await garden.get(f"/shed/{secret}")
    assert re.search(r'name="nonce" value="[0-9a-f]{32}"', body.decode())
    assert secret.encode() not in body


async def test_head_says_the_same_without_a_body(garden: Served) -> None:
    secret = garden.holders.key("shed")
    _, body, headers = await garden.get(f"/shed/{secret}")
    status, nothing, same = await garden.get(f"/shed/{secret}", method="HEAD")
    assert (status, nothing) == (200, b"")
    assert same["Content-Length"] == str(len(body))
    assert headers["Cache-Control"] == same["Cache-Control"] == "no-store"


async def test_the_page_tells_nobody_its_address_and_is_kept_by_nobody(garden: Served) -> None:
    secret = garden.holders.key("shed")
    for address in (f"/shed/{secret}", f"/shed/{secret[::-1]}"):
        _, body, headers = await garden.get(address)
        wanted = {
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex, nofollow",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'none'",
        }
        assert {name: headers[name] for name in wanted} == wanted
        assert "ETag" not in headers
        assert b"<script" not in body
    assert "script-src 'self'" in POLICY  # which other pages keep
    kept = garden.site._kept
    assert isinstance(kept, KeptPages)
    assert kept._made == {}


async def test_a_post_says_the_lines_and_the_page_shows_the_answers_for_ten_minutes(
    garden: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = garden.holders.key("shed")
    address = f"/shed/{secret}?shelf=top&tz=Asia%2FTokyo"
    status, to, body = await sent(garden, address, {"nonce": NONCE, "say": "#startmeeting\n#info x"})
    assert (status, body) == (303, b"")
    assert re.fullmatch(r"\?tz=Asia%2FTokyo&shelf=top&answers=[0-9a-f]{8}\.[0-9a-f]{32}", to)
    assert garden.holders.said == ["#startmeeting", "#info x"]
    _, shown, _ = await garden.get(f"/shed/{secret}{to}")
    assert re.findall(
        r"<p>(.*?)</p>", shown.decode().partition('<div role="status">')[2].partition("</div>")[0]
    ) == [
        "maintainer tills",
        *(
            f"say {line} in the session&#39;s room, where everyone can see it; "
            "in private I answer status, actions mine, recap, subscribe and help"
            for line in ("#startmeeting", "#info")
        ),
    ]
    assert ">#startmeeting\n#info x</textarea>" in shown.decode()
    other = garden.holders.key("shed")
    assert b'<div role="status">' not in (await garden.get(f"/shed/{other}{to}"))[1]
    monkeypatch.setattr(submissions, "KEPT_S", -1.0)
    assert b'<div role="status">' not in (await garden.get(f"/shed/{secret}{to}"))[1]


async def test_a_form_that_is_sent_twice_acts_once(garden: Served) -> None:
    secret = garden.holders.key("shed")
    fields = {"nonce": NONCE, "say": "#help"}
    first, second = await asyncio.gather(*(sent(garden, f"/shed/{secret}", fields) for _ in range(2)))
    again = await sent(garden, f"/shed/{secret}", fields)
    assert first == second == again
    assert garden.holders.said == ["#help"]
    await sent(garden, f"/shed/{secret}", {**fields, "say": "#motd"})  # typed anew after the way back
    assert garden.holders.said == ["#help", "#motd"]


async def test_a_form_that_was_sent_before_a_restart_does_nothing_again(garden: Served) -> None:
    secret = garden.holders.key("shed")
    fields = {"nonce": NONCE, "say": "#help"}
    await sent(garden, f"/shed/{secret}", fields)
    garden.private._submissions = submissions.Submissions()
    _, to, _ = await sent(garden, f"/shed/{secret}", fields)
    assert garden.holders.said == ["#help"]
    assert "this form was sent before, and was carried out then" in main_of(
        (await garden.get(f"/shed/{secret}{to}"))[1]
    )


async def test_what_was_typed_is_forgotten_when_words_are_removed(garden: Served) -> None:
    secret = garden.holders.key("shed")
    _, to, _ = await sent(garden, f"/shed/{secret}", {"nonce": NONCE, "say": "#help secretly"})
    assert b"secretly" in (await garden.get(f"/shed/{secret}{to}"))[1]
    garden.private.words_removed()
    assert b"secretly" not in (await garden.get(f"/shed/{secret}{to}"))[1]
    await sent(garden, f"/shed/{secret}", {"nonce": NONCE, "say": "#help secretly"})
    assert garden.holders.said == ["#help secretly"]


async def test_a_key_that_does_not_open_the_page_opens_nothing(garden: Served) -> None:
    held = garden.holders.key("shed")
    expired = garden.holders.key("shed", lasts=timedelta(0))
    of_another = garden.holders.key("reply")
    sold = garden.holders.key("shed", "sold")
    forged = held.replace("b", "a")
    for secret in (of_another, forged, "a", quote("ü" * 26), "%00" * 26, held[:-1]):
        for method in ("GET", "POST"):
            status, body, _ = await garden.get(f"/shed/{secret}", FORM, method, b"")
            assert (status, NO_SUCH_KEY in body.decode()) == (404, True)
    status, body, _ = await garden.get(f"/shed/{sold}", FORM)
    assert (status, NO_SUCH_KEY in body.decode()) == (404, True)
    too_long = f"/shed/{'a' * 300}"  # no page has such an address
    assert [(await garden.get(too_long, FORM, method, b""))[0] for method in ("GET", "POST")] == [404, 405]
    status, body, _ = await garden.get(f"/shed/{expired}")
    assert (status, "worked until 19 October 2027. The newest mail" in body.decode()) == (410, True)
    assert (await sent(garden, f"/shed/{expired}", {"nonce": NONCE, "say": "#help"}))[0] == 410
    assert garden.holders.said == []


async def test_changes_of_a_private_page_cannot_be_asked_for(garden: Served) -> None:
    secret = garden.holders.key("shed")
    status, _, _ = await garden.get(f"/live?of=/shed/{secret}")
    assert status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example.org"},
        {"Origin": "https://gather.example.org.evil.example"},
        {"Origin": "file://"},
    ],
)
async def test_the_form_of_another_site_does_nothing(garden: Served, headers: Mapping[str, str]) -> None:
    secret = garden.holders.key("shed")
    status, _, _ = await sent(garden, f"/shed/{secret}", {"nonce": NONCE, "say": "#help"}, headers)
    assert (status, garden.holders.said) == (403, [])


@pytest.mark.parametrize(
    "headers",
    [
        {
            "Sec-Fetch-Site": "same-origin",
            "Origin": "null",
        },  # as browsers send it from a page without a referrer
        {"Origin": "null"},
        {"Origin": "https://gather.example.org"},
        {},
    ],
)
async def test_our_own_form_acts(garden: Served, headers: Mapping[str, str]) -> None:
    secret = garden.holders.key("shed")
    status, _, _ = await sent(garden, f"/shed/{secret}", {"nonce": NONCE, "say": "#help"}, headers)
    assert (status, garden.holders.said) == (303, ["#help"])


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({**FORM, "Content-Type": "text/plain"}, b"say=%23help", 415),
        ({**FORM, "Content-Type": "multipart/form-data; boundary=x"}, b"--x--", 415),
        ({"Content-Type": "application/json"}, b"{}", 415),
        ({**FORM, "Content-Encoding": "gzip"}, b"say=%23help", 415),
        ({"Content-Type": f"{FORM['Content-Type']}; charset=utf-16"}, b"say=%23help", 415),
        (FORM, b"say=" + b"x" * forms.MOST_BYTES, 413),
        (FORM, b"&".join(b"a%d=1" % n for n in range(forms.MOST_FIELDS + 1)), 400),
        (FORM, b"say=%ff", 400),
        (FORM, "say=ü".encode(), 400),
        (FORM, b"say=%23help", 400),
        (FORM, b"nonce=x&say=%23help", 400),
        (FORM, b"", 400),
    ],
)
async def test_a_form_that_no_page_of_ours_sends_is_refused(
    garden: Served, headers: Mapping[str, str], body: bytes, status: int
) -> None:
    secret = garden.holders.key("shed")
    assert (await garden.get(f"/shed/{secret}", headers, "POST", body))[0] == status
    assert garden.holders.said == []
    assert OLD_FORM in (await garden.get(f"/shed/{secret}", FORM, "POST", b""))[1].decode()


async def test_a_long_form_without_a_length_is_refused_in_the_middle(garden: Served) -> None:
    secret = garden.holders.key("shed")
    head = (
        f"POST /shed/{secret} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM['Content-Type']}\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    assert (await garden.raw(head.encode() + piece * 5)).startswith(b"HTTP/1.1 413 ")


async def test_a_form_that_comes_too_slowly_is_refused(
    garden: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "SENDING_S", 0.2)
    secret = garden.holders.key("shed")
    head = f"POST /shed/{secret} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM['Content-Type']}\r\n"
    answer = await garden.raw(f"{head}Content-Length: 100\r\n\r\nsay=".encode())
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert garden.holders.said == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
async def test_other_methods_are_not_understood(garden: Served, method: str) -> None:
    secret = garden.holders.key("shed")
    status, _, headers = await garden.get(f"/shed/{secret}", method=method)
    assert (status, headers["Allow"], headers["Cache-Control"]) == (405, "GET, HEAD, POST", "no-store")


async def test_elsewhere_nothing_can_be_sent(garden: Served) -> None:
    for address in ("/", "/tracks/nova", "/none", "/shed"):
        status, _, headers = await garden.get(address, FORM, "POST", b"say=%23help")
        assert (status, headers["Allow"]) == (405, "GET, HEAD")


async def test_so_many_forms_of_one_holder_wait_and_no_more(garden: Served) -> None:
    secret = garden.holders.key("shed")
    garden.holders.open.clear()
    waiting = [
        asyncio.create_task(sent(garden, f"/shed/{secret}", {"nonce": f"{n:032x}", "say": f"#help {n}"}))
        for n in range(5)
    ]
    refused = await asyncio.gather(*waiting[3:])
    assert [status for status, _, _ in refused] == [503, 503]
    garden.holders.open.set()
    assert [status for status, _, _ in await asyncio.gather(*waiting[:3])] == [303, 303, 303]
    assert garden.holders.said == ["#help 0", "#help 1", "#help 2"]


async def test_an_address_is_one_holder_however_it_is_spelled(garden: Served) -> None:
    secrets = [
        garden.holders.key("shed", holder=holder) for holder in ("Rosa@example.org", "rosa@example.org")
    ]
    garden.holders.open.clear()
    forms = [
        asyncio.create_task(sent(garden, f"/shed/{secret}", {"nonce": NONCE, "say": f"#help {n}"}))
        for n, secret in enumerate(secrets)
    ]
    await asyncio.sleep(0.05)
    garden.holders.open.set()
    assert [status for status, _, _ in await asyncio.gather(*forms)] == [303, 303]
    assert sorted(garden.holders.said) == ["#help 0", "#help 1"]


async def test_who_opens_many_pages_at_once_gets_one_after_the_other(
    garden: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowance, "PATIENCE_S", 0.02)
    secret = garden.holders.key("shed")
    async with garden.holders.allowance.turn():
        status, body, _ = await garden.get(f"/shed/{secret}")
    assert (status, BUSY in main_of(body)) == (503, True)
    garden.holders.allowance.spend(1000)
    assert (await garden.get(f"/shed/{secret}"))[0] == 503
    assert (await garden.get("/"))[0] == 200  # public pages have a share of their own
    garden.holders.allowance.spend(-1000)
    assert (await garden.get(f"/shed/{secret}"))[0] == 200


async def test_no_log_and_no_answer_has_the_secret(garden: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    good, broken = garden.holders.key("shed"), garden.holders.key("shed", "broken")
    answers = b""
    for secret in (good, broken, good[::-1]):
        for address in (f"/shed/{secret}", f"/shed/{secret}?tz=none", f"/live?of=/shed/{secret}"):
            _, body, headers = await garden.get(address)
            answers += body + str(headers).encode()
        for fields in ({"nonce": NONCE, "say": "#help"}, {"nonce": NONCE, "break": "it"}):
            status, to, body = await sent(garden, f"/shed/{secret}", fields)
            answers += f"{status} {to}".encode() + body
    said = "".join(f"{record.getMessage()} {record.exc_text} {record.__dict__}" for record in caplog.records)
    assert "a private page of 'Shed'" in caplog.text
    for secret in (good, broken, good[::-1]):
        assert secret not in said + caplog.text
        assert secret.encode() not in answers
