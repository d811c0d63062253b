import pytest

from bot.bundled import bundled_plugins
from bot.core.events import AccountTold, Connected, Message, Room, Sighted
from bot.core.facts import Account, IdentityClaimed
from bot.core.people.identity import Identity
from bot.core.people.puppets import Puppets
from bot.core.state.setup import Setup, Track
from tests.play import START, Stage

SETUP = Setup(
    tracks=(Track("nova", "Nova", venues=(("oftc/#nova", "matrix/#nova:hs.example"),)),),
    networks={"oftc": "irc", "libera": "irc", "matrix": "matrix"},
    puppets=(
        Puppets("oftc", "matrix", suffix="[m]", host="*@bridge.example", server="hs.example"),
        Puppets("matrix", "oftc", prefix="_oftc_", host="hs.example"),
    ),
)
ROSA = Identity("oftc", "rosa", "rosa", "rosa")
LIBERA = Identity("libera", "rp", "rp", "rparra")
MATRIX = Identity("matrix", "Rosa Parra", "@rosa:hs.example", "@rosa:hs.example")
PUPPET = Identity("oftc", "rosa[m]", "rosa[m]", "@rosa:hs.example")
EVE = Identity("oftc", "eve", "eve", "eve")


LOG_IN = (
    "> only accounts can be linked, and a nick proves nothing: log in to the network's services "
    "(/msg NickServ IDENTIFY on most networks), then say it again"
)


class Networks(Stage):
    """A stage on which people of several networks speak."""

    def __init__(self) -> None:
        super().__init__(bundled_plugins(), SETUP)

    def said(self, who: Identity, text: str, *, private: bool = False) -> list[str]:
        self.count += 1
        name = f"{who.network}/{who.name}" if private else f"{who.network}/#nova"
        name = "matrix/#nova:hs.example" if who.network == "matrix" and not private else name
        room = Room(name, who.network, members={who.key: who}, private=private)
        return self.event(Message(room, who, text, self.at))

    def claimed(self) -> list[Account]:
        return [fact.other for fact in self.state.every("gathering", IdentityClaimed)]

    def one(self, *people: Identity) -> bool:
        return len({self.state.person_of(person) for person in people}) == 1


@pytest.fixture
def stage() -> Networks:
    return Networks()


def linked() -> Networks:
    made = Networks()
    made.said(ROSA, "#iam matrix @rosa:hs.example")
    made.said(MATRIX, "#iam oftc rosa")
    return made


def test_a_link_wants_both_sides(stage: Networks) -> None:
    assert stage.said(ROSA, "#iam matrix @rosa:hs.example") == [
        "> now say #iam oftc rosa as @rosa:hs.example on matrix within 24 hours to confirm that you are the same person"
    ]
    assert not stage.one(ROSA, MATRIX)
    assert stage.said(MATRIX, "#iam OFTC Rosa", private=True) == [
        "> @rosa:hs.example on matrix and rosa on oftc now count as one person, in the past too"
    ]
    assert stage.one(ROSA, MATRIX, PUPPET)


def test_what_was_said_before_is_not_said_twice(stage: Networks) -> None:
    stage.said(ROSA, "#iam matrix @rosa:hs.example")
    assert stage.said(ROSA, "#iam matrix @rosa:hs.example") == [
        "> still waiting for the other side: say #iam oftc rosa as @rosa:hs.example on matrix"
    ]
    assert len(stage.claimed()) == 1
    stage.later(hours=24, seconds=1)
    assert stage.said(MATRIX, "#iam oftc rosa") == [
        "> now say #iam matrix @rosa:hs.example as rosa on oftc within 24 hours to confirm that you are the same person"
    ]
    assert not stage.one(ROSA, MATRIX)


def test_a_third_network_joins(stage: Networks) -> None:
    made = linked()
    made.said(LIBERA, "#iam matrix @rosa:hs.example")
    made.said(PUPPET, "#iam libera rparra")  # a bridge proves the id as well
    assert made.one(ROSA, MATRIX, LIBERA)
    assert made.said(LIBERA, "#iam") == [
        "> you are rparra on libera, linked with @rosa:hs.example on matrix and rosa on oftc"
    ]
    assert made.said(LIBERA, "#iam not oftc rosa") == [
        "> rparra on libera and rosa on oftc are linked through other accounts; #iam not matrix @rosa:hs.example ends that"
    ]


def test_either_side_ends_it_at_once() -> None:
    for who, text in ((ROSA, "#iam not matrix @rosa:hs.example"), (MATRIX, "#iam NOT oftc rosa")):
        made = linked()
        (answer,) = made.said(who, text)
        assert answer.endswith(" are two people again")
        assert not made.one(ROSA, MATRIX)
        (again,) = made.said(who, text)
        assert again.endswith(" are not linked")


def test_a_claim_is_withdrawn_or_declined(stage: Networks) -> None:
    stage.said(ROSA, "#iam matrix @rosa:hs.example")
    assert stage.said(ROSA, "#iam not matrix @rosa:hs.example") == [
        "> your claim to be @rosa:hs.example on matrix is withdrawn"
    ]
    stage.said(MATRIX, "#iam oftc rosa")
    assert not stage.one(ROSA, MATRIX)
    assert stage.said(ROSA, "#iam not matrix @rosa:hs.example") == [
        "> the claim of @rosa:hs.example on matrix to be you is declined"
    ]
    stage.said(ROSA, "#iam matrix @rosa:hs.example")
    assert not stage.one(ROSA, MATRIX)


def test_alone_it_tells_how_one_stands(stage: Networks) -> None:
    assert stage.said(MATRIX, "#iam") == ["> you are @rosa:hs.example on matrix, not linked"]
    stage.said(EVE, "#iam matrix @rosa:hs.example")
    stage.said(MATRIX, "#iam oftc rosa")
    assert stage.said(MATRIX, "#iam") == [
        (
            "> you are @rosa:hs.example on matrix, not linked; waiting for rosa on oftc to say "
            "#iam matrix @rosa:hs.example; #iam oftc eve confirms the claim of eve on oftc"
        )
    ]
    assert linked().said(PUPPET, "#iam", private=True) == [
        "> you are @rosa:hs.example on matrix, linked with rosa on oftc"
    ]


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (
            Identity("oftc", "rosa", "rosa"),
            LOG_IN,
        ),
        (
            Identity("oftc", "rosa", "bridgebot/<rosa>"),
            LOG_IN,
        ),
        (
            Identity("matrix", "rosa", "@_oftc_rosa:hs.example", "@_oftc_rosa:hs.example"),
            "> a bridge speaks for you here; log in on oftc and say it there",
        ),
    ],
)
def test_who_is_not_proven_is_told_what_to_do(stage: Networks, who: Identity, answer: str) -> None:
    for text in ("#iam", "#iam matrix @rosa:hs.example", "#iam not matrix @rosa:hs.example"):
        assert stage.said(who, text) == [answer]
    assert stage.claimed() == []


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("#iam matrx @rosa:hs.example", "no network is called matrx; there are oftc, libera and matrix"),
        (
            "#iam matrix rosa",
            '"rosa" is not a Matrix id; on matrix, give the full id, like @rosa:example.org',
        ),
        (
            "#iam libera @rosa:hs",
            '"@rosa:hs" is not an account on libera; give the name that /msg NickServ knows',
        ),
        ("#iam matrix", "usage: #iam NETWORK NAME, or #iam not NETWORK NAME"),
        ("#iam not", "usage: #iam NETWORK NAME, or #iam not NETWORK NAME"),
        ("#iam matrix @a:b c", "usage: #iam NETWORK NAME, or #iam not NETWORK NAME"),
        ("#iam oftc rosa", "you are rosa on oftc here; name your account on the other network"),
        ("#iam oftc eve", "rosa and eve are accounts on the same network, so they are two people"),
        (
            "#iam matrix @eve:hs",
            "you are already @rosa:hs.example on matrix; #iam not matrix @rosa:hs.example ends that",
        ),
        ("#iam matrix @rosa:hs.example", "rosa on oftc and @rosa:hs.example on matrix are already linked"),
        ("#iam not oftc rosa", "rosa on oftc and rosa on oftc are not linked"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(text: str, answer: str) -> None:
    made = linked()
    before = len(made.claimed())
    assert made.said(ROSA, text) == [f"> {answer}"]
    assert len(made.claimed()) == before


def test_nobody_links_with_somebody_elses_account() -> None:
    made = linked()
    assert made.said(EVE, "#iam matrix @rosa:hs.example") == [
        "> @rosa:hs.example on matrix is linked with rosa on oftc; only the owner of these accounts can end that"
    ]
    other = Identity("matrix", "other", "@other:hs", "@other:hs")
    made.said(LIBERA, "#iam matrix @other:hs")
    made.said(other, "#iam libera rparra")
    assert made.said(ROSA, "#iam libera rparra") == [
        "> you are linked with @rosa:hs.example on matrix, they are linked with @other:hs on matrix, and those are two people"
    ]


def test_a_claim_before_a_conflict_cannot_be_confirmed_after_it(stage: Networks) -> None:
    stage.said(EVE, "#iam matrix @rosa:hs.example")
    stage.said(ROSA, "#iam matrix @rosa:hs.example")
    stage.said(MATRIX, "#iam oftc rosa")
    assert stage.said(MATRIX, "#iam oftc eve") == [
        "> you are already rosa on oftc; #iam not oftc rosa ends that"
    ]
    assert not stage.one(EVE, MATRIX)


def test_a_link_counts_in_the_session_that_ran_before(stage: Networks) -> None:
    stage.said(ROSA, "#startmeeting Day 1")
    stage.said(MATRIX, "#info One")
    assert stage.said(MATRIX, "#endmeeting")[0].startswith("> only a chair ")
    stage.said(ROSA, "#iam matrix @rosa:hs.example")
    stage.said(MATRIX, "#iam oftc rosa")
    assert stage.said(ROSA, "#edit 1 Two")[0].startswith("> #1 ")
    stage.said(ROSA, "#undo")
    assert len(stage.session.records) == 0
    assert stage.one(ROSA, MATRIX)  # undo takes back what is in the session
    stage.later(minutes=1)
    assert not stage.said(MATRIX, "#endmeeting")[0].startswith("> only a chair ")
    assert stage.session.ended == stage.at


def test_where_no_network_is_configured_those_of_the_rooms_are_known() -> None:
    made = Stage(bundled_plugins())
    made.accounts["amaru"] = "amaru"
    assert made.say("amaru", "#iam oftc x") == ["> no network is called oftc; there is irc"]


def test_services_are_asked_about_linked_accounts() -> None:
    stage = linked()
    assert stage.event(Sighted(ROSA, "r@h", stage.at)) == [">NickServ INFO rosa"]
    assert stage.event(Sighted(ROSA, "r@cloak", stage.at)) == []
    assert stage.event(Sighted(EVE, "e@h", stage.at)) == []
    assert stage.event(Connected("oftc", stage.at)) == [">NickServ INFO rosa"]
    assert stage.event(Connected("libera", stage.at)) == []
    stage.later(hours=25)
    assert stage.event(Sighted(ROSA, "r@h", stage.at)) == [">NickServ INFO rosa"]


def test_a_link_ends_with_the_account() -> None:
    stage = linked()
    assert stage.event(AccountTold("oftc", "rosa", START, stage.at)) == []
    assert stage.one(ROSA, MATRIX)
    stage.later(days=200)
    assert stage.event(AccountTold("oftc", "rosa", None, stage.at)) == []
    assert not stage.one(ROSA, MATRIX)


def test_a_link_is_not_for_who_registers_the_account_anew() -> None:
    stage = linked()
    stage.later(days=200)
    ended = "rosa on oftc was registered after it was linked, so the links of its former owner ended"
    assert stage.event(AccountTold("oftc", "rosa", stage.at, stage.at)) == [
        f">rosa {ended}; #iam NETWORK NAME links it again"
    ]
    assert not stage.one(ROSA, MATRIX)
    stage.said(ROSA, "#iam matrix @rosa:hs.example")
    assert not stage.one(ROSA, MATRIX)
    stage.said(MATRIX, "#iam oftc rosa")
    assert stage.one(ROSA, MATRIX)
    assert stage.event(AccountTold("oftc", "rosa", stage.at, stage.at)) == []


def test_a_claim_of_a_former_owner_cannot_be_confirmed(stage: Networks) -> None:
    stage.said(MATRIX, "#iam oftc rosa")
    stage.later(hours=1)
    stage.event(AccountTold("oftc", "rosa", stage.at, stage.at))
    stage.said(ROSA, "#iam matrix @rosa:hs.example")
    assert not stage.one(ROSA, MATRIX)
