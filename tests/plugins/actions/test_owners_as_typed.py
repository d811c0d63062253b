"""Whose an action is, as people type it: surely somebody's, or nobody's; with the task of each owner."""

import pytest

from bot.bundled import bundled_plugins
from bot.core.plugin.registration import register
from bot.core.state.setup import Maintainer, Setup, Team, Track
from plugins.actions.mentions import parts_of
from tests.play import ROOM, Stage

NOVA = Track(
    "nova",
    "Nova",
    venues=((ROOM,),),
    teams=(Team("Placement"), Team("Bare-Metal")),
    moderators=frozenset({"irc/modera"}),
    maintainers=(Maintainer("q@example.org", frozenset({"@quill:hs.example"})),),
)
SETUP = Setup(tracks=(NOVA, Track("cinder", "Cinder")), admins=frozenset({"irc/chief"}))
REGISTER = register(bundled_plugins(), SETUP)
HERE = (
    "okoye",
    "lin_wei",
    "halvard",
    "arvo_",
    "gunda",
    "ivan",
    "mo",
    "jb|away",
    "gm_phone",
    "bob",
    "mark",
    "rosa",
    "will",
    "docs",
)

# what is typed, and `owners: task` of each part; `-` where nobody owns it
FIRST = [
    ("okoye, lin_wei write the docs", "okoye lin_wei: write the docs"),
    ("okoye and lin_wei write the docs", "okoye lin_wei: write the docs"),
    ("okoye lin_wei write the docs", "okoye lin_wei: write the docs"),
    ("halvard add review days", "halvard: add review days"),
    ("halvard will add review days", "halvard: add review days"),
    ("halvard should add review days", "halvard: add review days"),
    ("halvard shall add review days", "halvard: add review days"),
    ("halvard to add review days", "halvard: add review days"),
    ("halvard - add review days", "halvard: add review days"),
    ("halvard \u2013 add review days", "halvard: add review days"),
    ("halvard -- add review days", "halvard: add review days"),
    ("halvard -> add review days", "halvard: add review days"),
    ("halvard: add review days", "halvard: add review days"),
    ("halvard:add review days", "halvard: add review days"),
    ("halvard\uff1aadd review days", "halvard: add review days"),
    ("halvard, add review days", "halvard: add review days"),
    ("halvard, please add review days", "halvard: please add review days"),
    ("halvard'll add review days", "halvard: add review days"),
    ("halvard must add review days", "halvard: add review days"),
    ("halvard needs to add review days", "halvard: add review days"),
    ("halvard has to add review days", "halvard: add review days"),
    ("halvard is to add review days", "halvard: add review days"),
    ("halvard is going to add review days", "halvard: add review days"),
    ("halvard volunteered to add review days", "halvard: add review days"),
    ("halvard agreed to add review days", "halvard: add review days"),
    ("@halvard add review days", "halvard: add review days"),
    ("@stranger add review days", "stranger: add review days"),
    ("HALVARD add review days", "HALVARD: add review days"),
    ("Halvard to process the queue", "Halvard: process the queue"),
    ("halvard discuss it", "halvard: discuss it"),
    ("halvard proceed with it", "halvard: proceed with it"),
    ("halvard to be the liaison", "halvard: be the liaison"),
    ("me to add review days", "amaru: add review days"),
    ("I will add review days", "amaru: add review days"),
    ("okoye + lin_wei to pair", "okoye lin_wei: pair"),
    ("ivan+mo to look", "ivan mo: look"),
    ("ivan\u3001mo to look", "ivan mo: look"),
    ("ivan\uff0cmo to look", "ivan mo: look"),
    ("ivan/mo look into it", "ivan mo: look into it"),
    ("Mark will write it", "Mark: write it"),
    ("Will to write it", "Will: write it"),
    ("assigned to ivan: look at K", "ivan: look at K"),
    ("assigned to zed: look at K", "zed: look at K"),
    ("assign to ivan and zed - look at K", "ivan zed: look at K"),
    ("owner: ivan, look at K", "ivan: look at K"),
    ("owners: ivan, zed", "ivan zed: owners: ivan, zed"),
    ("look at K (assigned to zed)", "zed: look at K (assigned to zed)"),
    ("look at K, owner: ivan", "ivan: look at K, owner: ivan"),
    ("alice and carol will write the spec", "alice carol: write the spec"),
    ("alice, carol and okoye will write the spec", "alice carol okoye: write the spec"),
    ("Alice and Carol shall write the spec", "Alice Carol: write the spec"),
]
PARTS = [
    ("arvo to update the spec, gunda to ask the TC", "arvo: update the spec | gunda: ask the TC"),
    ("okoye to update the spec; lin_wei to merge it", "okoye: update the spec | lin_wei: merge it"),
    ("okoye to update the spec. lin_wei to merge it", "okoye: update the spec | lin_wei: merge it"),
    ("okoye to update the spec and lin_wei to merge it", "okoye: update the spec | lin_wei: merge it"),
    ("okoye to update the spec, and lin_wei will merge it", "okoye: update the spec | lin_wei: merge it"),
    ("okoye: update the spec; lin_wei: merge it", "okoye: update the spec | lin_wei: merge it"),
    (
        "okoye to update the spec, then okoye and mo to merge it",
        "okoye: update the spec | okoye mo: merge it",
    ),
    ("okoye to update the spec, me to merge it", "okoye: update the spec | amaru: merge it"),
    ("okoye to update the spec, wyn to merge it", "okoye: update the spec, wyn to merge it"),
    ("okoye to update the spec, @zed to merge it", "okoye: update the spec | zed: merge it"),
    ("okoye to tell bob and rosa to come", "okoye: tell bob and rosa to come"),
    ("okoye to ask bob, rosa to come", "okoye: ask bob, rosa to come"),
    ("okoye to ask the TC, rosa to come", "okoye: ask the TC | rosa: come"),
    ("okoye to read it and to tell us", "okoye: read it and to tell us"),
    ("okoye to look, lin_wei will be away", "okoye: look, lin_wei will be away"),
]
KNOWN = [
    ("arvo to write it", "arvo: write it"),
    ("arvo: write it", "arvo: write it"),
    ("jb to write it", "jb: write it"),
    ("gm will write it", "gm: write it"),
    ("okoye_ to write it", "okoye_: write it"),
    ("okoye|afk and gm to write it", "okoye|afk gm: write it"),
    ("modera to write it", "modera: write it"),
    ("quill to write it", "quill: write it"),
    ("chief to write it", "chief: write it"),
    ("loggedin to write it", "loggedin: write it"),
    ("Ngozi Okoye to write it", "Ngozi Okoye: write it"),
    ("Ngozi Okoye and bob to write it", "Ngozi Okoye bob: write it"),
    ("earlier to write it", "earlier: write it"),
]
LIKELY = [
    ("jb_77 to write it", "jb_77: write it"),
    ("zed2 to write it", "zed2: write it"),
    ("zed[m] to write it", "zed: write it"),
    ("jon-smythe to write it", "jon-smythe: write it"),
    ("RosaParra to write it", "RosaParra: write it"),
    ("Ana Diaz to write it", "Ana Diaz: write it"),
    ("Ana de la Cruz to write it", "Ana de la Cruz: write it"),
    ("Ana Diaz, Bo Li to write it", "Ana Diaz Bo Li: write it"),
    ("jb_77 and okoye to write it", "jb_77 okoye: write it"),
    ("jb_77: write it", "jb_77: write it"),
    ("docs to be reviewed by lin_wei", "lin_wei: docs to be reviewed by lin_wei"),
    ("okoye's patch to be reviewed by lin_wei", "lin_wei: okoye's patch to be reviewed by lin_wei"),
    (
        "the patch should be merged by mo and ivan by Friday",
        "mo ivan: the patch should be merged by mo and ivan by Friday",
    ),
]
NOBODY = [
    "migrate to the new wheel mirror",
    "migrate to meson",
    "backport to stable",
    "announce to the list",
    "respond to okoye",
    "submit to the TC",
    "escalate to the foundation",
    "switchover to new mirrors",
    "wyn to write it",
    "wyn and yara to write it",
    "wyn: write it",
    "backport: write it",
    "follow up with okoye on docs",
    "sync with lin_wei and okoye about docs",
    "check with okoye",
    "get in touch with okoye",
    "operators to test it",
    "all PTLs to review it",
    "PTLs to review it",
    "the cores to review it",
    "the nova team to review it",
    "Placement to document it",
    "Nova to document it",
    "Nova and Cinder will agree on it",
    "everyone to vote",
    "everybody: vote",
    "unowned to write it",
    "unowned: write it",
    "TBD to write it",
    "TBD: write it",
    "TBD - write it",
    "? to write it",
    "?? to write it",
    "?: write it",
    "write it (?)",
    "owner: TBD",
    "owner: ?",
    "volunteers to write it",
    "py3 to become the default",
    "rc1 to be tagged",
    "M-2 to slip",
    "ipv6 to be enabled",
    "foo_bar to be renamed",
    "k8s_job to be fixed",
    "nova-compute to log less",
    "follow-up to the spec",
    "sign-off to come",
    "re-run to the end",
    "OpenStack to move on",
    "DevStack to support it",
    "TC to decide",
    "QA to test it",
    "Release Notes to mention it",
    "Known Issues to list",
    "Migrate Zuul to the new cloud",
    "Update Glance to use it",
    "Technical Committee to decide",
    "nova-api: log less",
    "CVE-2027-1234: write it up",
    "Next Steps: write them",
    "docs and tests will be merged",
    "specs and patches will land",
    "docs to be written",
    "write to the list",
    "that will be fine",
    "all will be well",
    "2 to 3 people look",
    "x to y",
]


def stage() -> Stage:
    found = Stage(REGISTER, SETUP)
    found.say("amaru", "#startmeeting Day 1")
    found.accounts["nickname"] = "loggedin"
    for nick in (*HERE, "nickname"):
        found.say(nick, "hello")
    found.say("ngozi", "#here Ngozi Okoye (she/her)")
    found.say("amaru", "#action find a room")
    found.say("amaru", "#assign 1 earlier")
    return found


@pytest.fixture(scope="module")
def room() -> Stage:
    return stage()


def owned(room: Stage, text: str) -> str:
    """The owners and the task of each part of an action, as its recap lists them."""
    room.say("amaru", f"#action {text}")
    record = room.session.records[-1]
    assert record.content.text == text
    parts = parts_of(record.content, record.by)
    told = [f"{' '.join(owner.name for owner in part.owners)}: {part.task}" for part in parts]
    return " | ".join(told) if record.content.owners else "-"


@pytest.mark.parametrize(("text", "parts"), [*FIRST, *PARTS, *KNOWN, *LIKELY])
def test_people_own_it(room: Stage, text: str, parts: str) -> None:
    assert owned(room, text) == parts


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_owns_it_and_the_answer_asks(room: Stage, text: str) -> None:
    answer = room.say("amaru", f"#action {text}")
    record = room.session.records[-1]
    assert record.content.owners == ()
    assert answer[0].startswith(f"> #{record.n} has no owner yet; #assign {record.n} NICK sets one")


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("unowned to write it", "okoye to write it"),
        ("unowned: write it", "okoye to write it"),
        ("TBD - write it", "okoye to write it"),
        ("?? to write it", "okoye to write it"),
        ("all PTLs to write it", "okoye to write it"),
        ("operators to write it", "okoye to write it"),
        ("the nova team to write it", "okoye to write it"),
        ("bob, zed to write it", "okoye: bob, zed to write it"),
        ("migrate to meson", "okoye: migrate to meson"),
        ("find a room to meet", "okoye to find a room to meet"),
        ("bob", "okoye"),
    ],
)
def test_assign_leaves_a_clean_task(text: str, becomes: str) -> None:
    room = stage()
    room.say("amaru", f"#action {text}")
    room.say("amaru", "#assign 2 okoye")
    assert room.session.records[-1].content.text == becomes
    assert [owner.name for owner in room.session.records[-1].content.owners] == ["okoye"]


def test_a_stranger_in_a_list_is_asked_for_and_may_be_added() -> None:
    room = stage()
    assert room.say("amaru", "#action okoye and zed to write it") == [
        "> #2 for okoye; zed is not known here: #assign 2 okoye, zed adds this owner"
    ]
    room.say("amaru", "#assign 2 okoye, zed")
    assert room.session.records[-1].content.text == "okoye and zed to write it"
    assert room.say("amaru", "#action zed to read it") == ["> #3 for zed"]


def test_what_was_understood_is_in_the_answer() -> None:
    room = stage()
    assert room.say("amaru", "#action okoye to write it, gunda to read it") == [
        "> #2 for okoye: write it; gunda: read it"
    ]
    assert room.say("amaru", "#action okoye") == [
        "> #3 for okoye, without a task: #edit 3 okoye to TEXT adds it"
    ]
    assert room.say("amaru", "#action bob2") == ["> #4 has no owner yet; #assign 4 NICK sets one"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("okoye", "okoye"),
        ("@okoye", "okoye"),
        ("@zed", "zed"),
        ("okoye and lin_wei", "okoye, lin_wei"),
        ("okoye, lin_wei", "okoye, lin_wei"),
        ("okoye / @zed", "okoye, zed"),
        ("okoye to", "okoye"),
        ("okoye:", "okoye"),
        ("Ngozi Okoye", "Ngozi Okoye"),
        ("me", "amaru"),
    ],
)
def test_names_alone_are_recorded_and_the_answer_asks_for_the_task(text: str, names: str) -> None:
    room = stage()
    (answer,) = room.say("amaru", f"#action {text}")
    record = room.session.records[-1]
    assert record.content.text == text
    assert ", ".join(owner.name for owner in record.content.owners) == names
    shown = names.replace("Ngozi Okoye", "ngozi")
    assert answer == f"> #2 for {shown}, without a task: #edit 2 {shown} to TEXT adds it"
    room.say("amaru", f"#edit 2 {shown} to write it")
    assert room.session.records[-1].content.text == f"{shown} to write it"


@pytest.mark.parametrize("text", ["ken", "bob2", "ken and zed", "docs, mark", "ken to", "ken:"])
def test_words_that_are_nobody_known_are_recorded_and_the_answer_asks_whose_it_is(text: str) -> None:
    room = stage()
    assert room.say("amaru", f"#action {text}") == ["> #2 has no owner yet; #assign 2 NICK sets one"]
    assert room.session.records[-1].content.text == text
