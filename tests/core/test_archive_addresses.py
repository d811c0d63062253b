"""The address of a letter in an archive, and which addresses cannot be those of an archive."""

import pytest

from bot.core.archive_addresses import archive_base, archive_fault, archived_at, letter_hash

KITTY = "https://lists.example.org/archives/list/{list}/message/{hash}/"


def test_the_hash_is_mailmans() -> None:
    # from Mailman's own documentation: the message <first>
    assert letter_hash("first") == "4CMWUN6BHVCMHMDAOSJZ2Q72G5M32MWB"


@pytest.mark.parametrize(
    ("archive", "url"),
    [
        (
            KITTY,
            "https://lists.example.org/archives/list/ptg@lists.example.org/message/4CMWUN6BHVCMHMDAOSJZ2Q72G5M32MWB/",
        ),
        ("http://10.0.0.7:8000/{id}", "http://10.0.0.7:8000/first"),
    ],
)
def test_the_address_of_a_letter(archive: str, url: str) -> None:
    assert archived_at(archive, "ptg@lists.example.org", "first") == url
    assert url.startswith(archive_base(archive))


def test_no_message_id_leads_out_of_its_place() -> None:
    found = archived_at("https://a.example/{id}/{list}", "a/b@x?y", "../../{hash}?#@x")
    assert found == "https://a.example/..%2F..%2F%7Bhash%7D%3F%23@x/a%2Fb@x%3Fy"


@pytest.mark.parametrize(
    "archive", [KITTY, "http://archive/{id}", "https://lists.example.org/a/{hash}?l={list}"]
)
def test_what_can_be_an_archive(archive: str) -> None:
    assert archive_fault(archive) == ""


@pytest.mark.parametrize(
    ("archive", "fault"),
    [
        ("https://lists.example.org/{hash", "has a brace without its other half"),
        ("https://lists.example.org/}{hash}", "has a brace without its other half"),
        ("https://lists.example.org/{{hash}}", "has a brace without its other half"),
        ("https://lists.example.org/{hash}/{part}", "has {part}, but only {hash}, {id} and {list} are known"),
        ("https://lists.example.org/{}/{hash}", "has {}, but only {hash}, {id} and {list} are known"),
        ("https://lists.example.org/{list}/", "needs {hash} or {id}: without one, all letters have the same address"),
        ("https://lists.example.org{hash}", "must begin with https://, a host and /, without braces in them"),
        ("https://{list}/{hash}", "must begin with https://, a host and /, without braces in them"),
        ("{hash}", "must begin with https://, a host and /, without braces in them"),
        ("ftp://lists.example.org/{hash}", "must begin with https://, a host and /, without braces in them"),
        ("https://me:secret@lists.example.org/{hash}", "must not contain a name and a password"),
    ],
)  # fmt: skip
def test_what_cannot(archive: str, fault: str) -> None:
    assert archive_fault(archive) == fault
