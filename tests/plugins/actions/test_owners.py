"""Whose action a text is: a table of what people type, and what must hold for whatever they type."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.people.identity import Identity, casefold
from plugins.actions.owners import read_action, read_owners
from plugins.actions.roster import Roster

NAMED = (
    "amaru okoye lin_wei priya_s jbell jon jonathan jon-smith will may all mark docs k[n foo- ^_^ {x} [m] bob "
    "tomek_ rosa[m] sam|away C-3PO zoë"
)
NICKS = NAMED.split()


def irc(nick: str) -> Identity:
    return Identity("irc", nick, casefold(nick))


def matrix(name: str, mxid: str) -> Identity:
    return Identity("hs", name, mxid, mxid)


IRC_ROOM = {person.key: person for person in map(irc, NICKS)}
MATRIX_ROOM = {
    person.key: person
    for person in (
        matrix("Rosa Uni", "@rosa:uni.example"),
        matrix("Okoye, Ada (she/her)", "@okoye:hs.example"),
        matrix("wei", "@lin.wei:hs.example"),
        matrix("Ana", "@ana:hs.example"),
        matrix("Ana Maria", "@ana.maria:hs.example"),
    )
}
SPEAKER = irc("amaru")

LISTS_BEFORE_TO = [
    ("amaru to find a sponsor", "amaru"),
    ("lin_wei and okoye to run the tests", "lin_wei okoye"),
    ("lin_wei AND okoye to run the tests", "lin_wei okoye"),
    ("lin_wei, okoye to run the tests", "lin_wei okoye"),
    ("lin_wei,okoye to run the tests", "lin_wei okoye"),
    ("lin_wei, okoye, and priya_s to run the tests", "lin_wei okoye priya_s"),
    ("lin_wei, okoye and priya_s to run", "lin_wei okoye priya_s"),
    ("lin_wei/okoye to run", "lin_wei okoye"),
    ("lin_wei / okoye to run", "lin_wei okoye"),
    ("lin_wei & okoye to run", "lin_wei okoye"),
    ("lin_wei&okoye to run", "lin_wei okoye"),
    ("lin_wei; okoye to run", "lin_wei okoye"),
    ("lin_wei + okoye to run", "lin_wei okoye"),
    ("lin_wei okoye to run", "lin_wei okoye"),
    ("@lin_wei to run", "lin_wei"),
    ("@lin_wei, @okoye to run", "lin_wei okoye"),
    ("@zed to run", "zed"),
    ("okoye's to run", "okoye"),
    ("okoye: to run", "okoye"),
    ("okoye, to run", "okoye"),
    ("OKOYE to run", "OKOYE"),
    ("Okoye TO run", "Okoye"),
    ("okoye and okoye to run", "okoye"),
    ("okoye, Okoye to run", "okoye"),
    ("okoye to talk to bob", "okoye"),
    ("okoye to tell bob and jbell to come", "okoye"),
    ("the nova team to run", ""),
    ("find a room to meet", ""),
    ("find a room to meet okoye", ""),
    ("find a room, book it to meet", ""),
    ("reach out to okoye", ""),
    ("ask okoye to write it", "okoye"),
    ("ask @zed to write it", "zed"),
    ("okoye (with bob) to run", "okoye bob"),
    ("2 to 3 people should look at it", ""),
    ("need to fix the gate", ""),
    ("remember to update the docs", ""),
    ("we to write it", ""),
    ("everyone to review the spec", ""),
    ("everybody and okoye to review", "okoye"),
    ("somebody to review", ""),
    ("TBD to review", ""),
    ("@all to review", "all"),
    ("@room to review", ""),
]
STRANGERS = [
    ("zed to find out", ""),
    ("zed and yara to find out", ""),
    ("zed, okoye to find out", "okoye"),
    ("zed[m] to find out", "zed"),
    ("Zed Young and okoye to find out", "Zed|Young okoye"),
    ("zed: write the spec", ""),
    ("@zed: write the spec", "zed"),
    ("z_young, write the spec", "z_young"),
    ("Finally, write the spec", ""),
    ("docs and tests: write more", ""),
    ("spec: write it", ""),
    ("TODO: write the spec", ""),
    ("zed writes the spec", ""),
]
SPEAKERS = [
    ("me to find a sponsor", "amaru"),
    ("I to find a sponsor", "amaru"),
    ("me and okoye to find a sponsor", "amaru okoye"),
    ("okoye and I to find a sponsor", "okoye amaru"),
    ("okoye and me to find a sponsor", "okoye amaru"),
    ("I will find a sponsor", "amaru"),
    ("i will find a sponsor", "amaru"),
    ("I'll find a sponsor", "amaru"),
    ("I\u2019ll talk to okoye", "amaru"),
    ("I shall talk to okoye", "amaru"),
    ("I will ask okoye to write", "amaru"),
    ("I write the spec", "amaru"),
    ("me: write the spec", "amaru"),
    ("okoye and I will write the spec", "okoye amaru"),
    ("amaru to find a sponsor", "amaru"),
    ("tell me more", ""),
    ("it is for me", ""),
]
WITHOUT_TO = [
    ("okoye: write the spec", "okoye"),
    ("okoye:write the spec", "okoye"),
    ("zed:write the spec", ""),
    ("https://okoye.example/x: read it", ""),
    ("at 12:30 call okoye", "okoye"),
    ("\r: write it", ""),
    (": write it", ""),
    ("okoye, write the spec", "okoye"),
    ("okoye, ask bob about it", "okoye"),
    ("okoye, bob: ask jbell about it", "okoye bob"),
    ("okoye and bob: ask jbell", "okoye bob"),
    ("okoye, bob write the spec", "okoye bob"),
    ("okoye: talk to bob", "okoye"),
    ("okoye \uff1awrite the spec", "okoye"),
    ("write the spec (okoye)", "okoye"),
    ("write the spec [okoye]", "okoye"),
    ("write the spec - okoye", "okoye"),
    ("write the spec, okoye", "okoye"),
    ("write the spec with okoye and bob.", "okoye bob"),
    ("write the spec with okoye/bob", "okoye bob"),
    ("okoye's spec needs a review", "okoye"),
    ("okoye\u2019s spec needs a review", "okoye"),
    ("okoye'll write the spec", "okoye"),
    ("@okoye will write the spec", "okoye"),
    ("is that okoye?", "okoye"),
    ("that is for okoye!", "okoye"),
    ("write the spec", ""),
    ("use @property in the client", ""),
]
BOUNDS = [
    ("jon writes", "jon"),
    ("jonathan writes", "jonathan"),
    ("jon-smith writes", "jon-smith"),
    ("jon-smythe writes", ""),
    ("jonny writes", ""),
    ("jon and jonathan and jon-smith write", "jon jonathan jon-smith"),
    ("xokoye writes", ""),
    ("okoye_ writes", ""),
    ("the jon.", "jon"),
    ("mail okoye@example.org about it", ""),
    ("see https://example.org/okoye for it", ""),
    ("see https://example.org/?by=okoye, please", ""),
    ("#okoye is a channel", ""),
    ('write "okoye was here" on the wall', ""),
    ("write 'okoye was here' on the wall", ""),
    ("write \u201cokoye was here\u201d on the wall", ""),
    ("rename `okoye` everywhere", ""),
    ("bob adds 'okoye' as a state", "bob"),
    ("add 'x to y' okoye", "okoye"),
    ('"okoye to run" is what bob said', "bob"),
]
ODD_NICKS = [
    ("k[n to run", "k[n"),
    ("K{N to run", "K{N"),
    ("k[n's turn", "k[n"),
    ("ask k[n.", "k[n"),
    ("foo- to run", "foo-"),
    ("with foo-, and bob", "foo- bob"),
    ("^_^ to run", "^_^"),
    ("with ^_^ and {x}", "^_^ {x}"),
    ("with ~_~ and [x]", "~_~ [x]"),
    ("{x}, [m] to run", "{x} [m]"),
    ("[m] writes", "[m]"),
    ("rosa to run", "rosa"),
    ("rosa[m] to run", "rosa"),
    ("@rosa[m]: run", "rosa"),
    ("with Rosa and bob", "Rosa bob"),
    ("sam|away to run", "sam|away"),
    ("with SAM\\AWAY", "SAM\\AWAY"),
    ("with c-3po", "c-3po"),
    ("zoë to run", "zoë"),
    ("with ZOË", ""),
    ("ask will's sister", ""),
    ("is Will's spec late?", "Will"),
    ("tomek_ to run", "tomek_"),
]
WORDS = [
    ("will to write the spec", "will"),
    ("may and all to write the spec", "may all"),
    ("will: write the spec", "will"),
    ("we will write the spec", ""),
    ("ask Will about the spec", "Will"),
    ("ask @will about the spec", "will"),
    ("ask will about the spec", ""),
    ("Will the spec be late?", ""),
    ("Will, write the spec", "Will"),
    ("that may be late", ""),
    ("that is for May", "May"),
    ("they all agree", ""),
    ("mark it as done", ""),
    ("okoye will mark it", "okoye"),
    ("well. All agree", ""),
    ("update the docs", ""),
]
TABLE = LISTS_BEFORE_TO + STRANGERS + SPEAKERS + WITHOUT_TO + BOUNDS + ODD_NICKS + WORDS


def shown(text: str, room: dict[str, Identity] = IRC_ROOM, mapping: str = "rfc1459") -> str:
    speaker = SPEAKER if room is not MATRIX_ROOM else next(iter(MATRIX_ROOM.values()))
    return " ".join(o.name.replace(" ", "|") for o in read_owners(text, speaker, room, mapping))


@pytest.mark.parametrize(("text", "owners"), TABLE)
def test_owners_of(text: str, owners: str) -> None:
    assert shown(text) == owners


MENTIONS = [
    ("Rosa Uni to write it", "Rosa|Uni"),
    ("Rosa Uni and Ana Maria to write it", "Rosa|Uni Ana|Maria"),
    ("Rosa  Uni to write it", "Rosa|Uni"),
    ("ask Rosa \u00a0 Uni, please", "Rosa|Uni"),
    ("@rosa:uni.example to write it", "rosa:uni.example"),
    ("rosa to write it", "rosa"),
    ("lin.wei: write it", "lin.wei"),
    ("Okoye, Ada (she/her) and Ana to write it", "Okoye,|Ada|(she/her) Ana"),
    ("Ana Maria writes it", "Ana|Maria"),
    ("Ana writes it for Maria", "Ana"),
    ("@rosa:uni.example writes it", "rosa:uni.example"),
    ("ask Rosa Uni, please", "Rosa|Uni"),
]


@pytest.mark.parametrize(("text", "owners"), MENTIONS)
def test_matrix_mentions(text: str, owners: str) -> None:
    assert shown(text, MATRIX_ROOM) == owners


def test_people_are_found_behind_their_names() -> None:
    assert [owner.person for owner in read_owners("rosa, OKOYE, zed_7 to run", SPEAKER, IRC_ROOM)] == [
        irc("rosa[m]"),
        irc("okoye"),
        None,
    ]


def test_a_matrix_id_finds_its_person() -> None:
    (owner,) = read_owners("@rosa:uni.example to run", SPEAKER, MATRIX_ROOM)
    assert owner.person == MATRIX_ROOM["@rosa:uni.example"]


def test_the_exact_nick_wins_over_a_bridged_one() -> None:
    room = IRC_ROOM | {"rosa": irc("rosa")}
    (owner,) = read_owners("rosa to run", SPEAKER, room)
    assert owner.person == irc("rosa")


@pytest.mark.parametrize(
    ("mapping", "typed", "found"),
    [
        ("rfc1459", "{x}", True),
        ("rfc1459", "[X]", True),
        ("rfc1459", "~_~", True),
        ("rfc1459-strict", "~_~", False),
        ("rfc1459-strict", "[X]", True),
        ("ascii", "[X]", False),
        ("ascii", "{X}", True),
    ],
)
def test_nicks_are_compared_as_the_network_folds_them(mapping: str, typed: str, *, found: bool) -> None:
    room = {
        casefold(nick, mapping): Identity("irc", nick, casefold(nick, mapping)) for nick in ("{x}", "^_^")
    }
    (owner,) = read_owners(f"{typed} and bob to run", SPEAKER, room, mapping)[:1] or (None,)
    assert (owner is not None and owner.person is not None) is found


def test_the_old_nick_of_somebody_who_goes_by_another_now() -> None:
    room = IRC_ROOM | {casefold("rosa_uni[m]"): irc("rosa_uni[m]")}
    assert shown("rosa_uni to pair with priya_s", room) == "rosa_uni"
    assert shown("rosa to pair with priya_s", room) == "rosa"


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("lin_wei and okoye to run the tests", "run the tests"),
        ("okoye: write the spec", "write the spec"),
        ("okoye, write the spec", "write the spec"),
        ("I will write the spec", "write the spec"),
        ("I write the spec", "write the spec"),
        ("write the spec (okoye)", "write the spec (okoye)"),
        ("find a room to meet", "find a room to meet"),
        ("ask okoye to write", "ask okoye to write"),
        ("need to write", "need to write"),
        ("okoye to", ""),
    ],
)
def test_the_task_is_what_follows_the_owners(text: str, task: str) -> None:
    assert read_action(text, Roster(SPEAKER, IRC_ROOM, "rfc1459")).task == task


NAMES = st.text(string.ascii_letters + string.digits + "_-[]{}|^\\`", min_size=1, max_size=9)
PIECES = st.one_of(
    st.sampled_from(
        [*NICKS, "to", "and", ",", ":", "/", "@", "'", '"', "`", "me", "I", "I'll", "(", ")", "by"]
    ),
    st.text(max_size=6),
    NAMES,
)
TEXTS = st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS)
def test_owners_stand_in_the_text_or_are_the_speaker(text: str) -> None:
    for owner in read_owners(text, SPEAKER, IRC_ROOM):
        assert casefold(owner.name) in casefold(" ".join(text.split())) or owner.person == SPEAKER


@given(TEXTS)
def test_the_task_is_the_end_of_the_text(text: str) -> None:
    assert text.strip().endswith(read_action(text, Roster(SPEAKER, IRC_ROOM, "rfc1459")).task.strip())


@given(TEXTS)
def test_nobody_owns_twice(text: str) -> None:
    people = [owner.person for owner in read_owners(text, SPEAKER, IRC_ROOM) if owner.person]
    assert len(people) == len(set(people))


@given(st.lists(st.sampled_from([n for n in NICKS if n != "amaru"]), min_size=1, max_size=5, unique=True))
def test_case_does_not_matter_in_a_list(nicks: list[str]) -> None:
    typed = ", ".join(nick.upper() for nick in nicks) + " to run the tests"
    upper = str.maketrans("{}|^", "[]\\~")
    odd = ", ".join(nick.upper().translate(upper) for nick in nicks if nick.isascii()) + " to run"
    known = [irc(nick) for nick in nicks if nick.isascii()]  # no network folds ZOË
    assert [o.person for o in read_owners(typed, SPEAKER, IRC_ROOM)] == known
    assert [o.person for o in read_owners(odd, SPEAKER, IRC_ROOM)] == [irc(n) for n in nicks if n.isascii()]


@given(
    st.lists(
        NAMES.filter(lambda name: re.match("[A-Za-z]{2}[0-9]", name) and "-" not in name),
        min_size=1,
        max_size=4,
        unique_by=casefold,
    )
)
def test_strangers_before_to_are_owners(names: list[str]) -> None:
    text = " and ".join(names) + " to run the tests"
    plain = [name.removesuffix("[m]") or name for name in names]
    assert [owner.name for owner in read_owners(text, SPEAKER, {})] == plain


def test_a_long_text_is_read_in_time() -> None:
    room = {f"nick{i}": irc(f"nick{i}") for i in range(3000)}
    text = "nick7, " * 500 + "write it"
    assert [o.name for o in read_owners(text, SPEAKER, room)] == ["nick7"]


@pytest.mark.parametrize("piece", ["'", "'s", "\u2019", ".", "_", "\u201e", "a@", "@a "])
def test_odd_text_names_nobody_but_who_has_an_at(piece: str) -> None:
    text = (piece * 4000)[:3990]  # this took seconds where each place was looked at from each other one
    expected = ["a"] if piece == "@a " else []
    assert [owner.name for owner in read_owners(f"{text}: to x", SPEAKER, IRC_ROOM)] == expected
