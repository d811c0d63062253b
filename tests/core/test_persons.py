from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core import facts
from bot.core.events import Power
from bot.core.facts import GATHERING, Account, IdentityClaimed, IdentityDisclaimed
from bot.core.people.identity import Identity, casefold
from bot.core.people.persons import CLAIM_HOLDS, Links, Persons
from bot.core.people.puppets import Puppets
from bot.core.session.fold import fold
from bot.core.session.session import Entry, Session
from bot.core.state.access import Role, authored, is_author, is_chair, is_maintainer, role_of
from bot.core.state.setup import Maintainer, Setup, Track
from bot.core.state.state import State

AT = datetime(2027, 10, 19, 13, tzinfo=UTC)
NETWORKS = {"oftc": "irc", "libera": "irc", "matrix": "matrix"}
PUPPETS = (
    Puppets("oftc", "matrix", suffix="[m]", host="*@bridge.example", server="hs.example"),
    Puppets("matrix", "oftc", prefix="_oftc_", host="hs.example"),
)


def irc(name: str, account: str = "", network: str = "oftc") -> Identity:
    return Identity(network, name, casefold(name), account)


def matrix(name: str, mxid: str = "") -> Identity:
    mxid = mxid or f"@{name}:hs.example"
    return Identity("matrix", name, mxid, mxid)


ROSA = Account("oftc", "rosa")
ROSA_M = Account("matrix", "@rosa:hs.example")
ROSA_L = Account("libera", "rparra")
EVE = Account("oftc", "eve")


def claims(*told: tuple[Account, Account] | object, apart: timedelta = timedelta(minutes=1)) -> list[Entry]:
    told_facts = [IdentityClaimed(*one) if isinstance(one, tuple) else one for one in told]
    return [Entry(GATHERING, f"g{n}", AT + n * apart, None, fact) for n, fact in enumerate(told_facts)]


def persons(*told: tuple[Account, Account] | object) -> Persons:
    return Persons(NETWORKS, PUPPETS, Links(claims(*told)))


def both(one: Account, other: Account) -> tuple[tuple[Account, Account], tuple[Account, Account]]:
    return (one, other), (other, one)


LINKED = persons(*both(ROSA, ROSA_M))


def test_a_link_needs_both_sides() -> None:
    assert persons((ROSA, ROSA_M)).links.pairs == set()
    assert len({persons((ROSA, ROSA_M)).person_of(one) for one in (irc("r", "rosa"), matrix("rosa"))}) == 2
    assert LINKED.person_of(irc("r", "rosa")) == LINKED.person_of(matrix("rosa"))


def test_a_claim_holds_a_day() -> None:
    entries = [
        *claims((ROSA, ROSA_M)),
        Entry(GATHERING, "x", AT + CLAIM_HOLDS, None, IdentityClaimed(ROSA_M, ROSA)),
    ]
    assert Links(entries).linked(ROSA, ROSA_M)
    late = [entries[0], Entry(GATHERING, "x", AT + CLAIM_HOLDS + timedelta(seconds=1), None, entries[1].fact)]
    assert not Links(late).linked(ROSA, ROSA_M)
    assert Links(late).claimed(ROSA_M, ROSA, late[1].at) == late[1].at  # it waits in its turn
    assert Links(late).claimed(ROSA, ROSA_M, late[1].at) is None


def test_unlinking_takes_one_side_and_restores() -> None:
    for fact in (IdentityDisclaimed(ROSA, ROSA_M), IdentityDisclaimed(ROSA_M, ROSA)):
        undone = persons(*both(ROSA, ROSA_M), fact)
        assert undone.links.pairs == set()
        assert undone.identities_of(irc("r", "rosa")) == Persons(NETWORKS, PUPPETS).identities_of(
            irc("r", "rosa")
        )
        assert persons(*both(ROSA, ROSA_M), fact, (ROSA, ROSA_M)).links.pairs == set()


def test_a_claim_that_was_withdrawn_cannot_be_confirmed() -> None:
    assert persons((ROSA, ROSA_M), IdentityDisclaimed(ROSA, ROSA_M), (ROSA_M, ROSA)).links.pairs == set()


def test_what_was_taken_back_is_no_claim() -> None:
    assert persons(*both(ROSA, ROSA_M), facts.Voided("g1")).links.pairs == set()


def test_over_three_networks_a_person_is_one() -> None:
    known = persons(*both(ROSA, ROSA_M), *both(ROSA_M, ROSA_L))
    everybody = [
        irc("r", "rosa"),
        matrix("rosa"),
        irc("x", "rparra", "libera"),
        irc("rosa[m]", "@rosa:hs.example"),
    ]
    assert len({known.person_of(who) for who in everybody}) == 1
    assert known.person_of(irc("x", "rparra")) != known.person_of(irc("x", "rparra", "libera"))


def test_a_matrix_id_is_the_same_on_every_network() -> None:
    known = Persons({"one": "matrix", "two": "matrix"})
    ids = [Identity(network, "Rosa", "@rosa:hs.example", "@rosa:hs.example") for network in ("one", "two")]
    assert known.person_of(ids[0]) == known.person_of(ids[1])
    assert ids[1].account in {who.account for who in known.identities_of(ids[0]) if who.network == "two"}


def test_puppets_stand_for_somebody() -> None:
    assert LINKED.behind(irc("Rosa[m]", "@rosa:hs.example")) == Identity(
        "matrix", "Rosa", *["@rosa:hs.example"] * 2
    )
    assert LINKED.behind(matrix("okoye (IRC)", "@_oftc_Okoye:hs.example")) == irc("Okoye")
    for themselves in (
        irc("rosa[m]"),
        irc("rosa", "rosa"),
        matrix("rosa"),
        matrix("x", "@_oftc_x:evil.example"),
    ):
        assert LINKED.behind(themselves) == themselves


def test_a_puppet_of_a_nick_is_the_nick_and_its_account_where_it_has_one() -> None:
    puppet = matrix("okoye", "@_oftc_okoye:hs.example")
    assert LINKED.person_of(puppet) == LINKED.person_of(irc("okoye"))
    session = told(facts.PersonSeen(irc("okoye", "ada")))
    assert LINKED.person_of(puppet, session) == LINKED.person_of(irc("okoye", "ada"), session)
    assert LINKED.person_of(irc("okoye"), session) != LINKED.person_of(irc("okoye", "ada"), session)


def told(*happened: object, by: Identity | None = None) -> Session:
    opened = facts.SessionOpened(
        "s", "nova", "Day", ("oftc/#nova", "matrix/#nova:hs"), date(2027, 10, 19), AT
    )
    owner = by or irc("amaru")
    return fold([Entry("s", f"s{n}", AT, owner, fact) for n, fact in enumerate((opened, *happened))])


def test_a_renamed_nick_and_one_that_logs_in_is_one_person() -> None:
    happened = [
        facts.PersonSeen(irc("a")),
        facts.PersonRenamed(irc("a"), irc("b")),
        facts.PersonSeen(irc("b", "ada")),
    ]
    session = told(*happened)
    assert len({LINKED.person_of(one, session) for one in (irc("a"), irc("b"), irc("b", "ada"))}) == 1
    assert LINKED.person_of(irc("a")) != LINKED.person_of(irc("b"))
    assert LINKED.person_of(irc("a", network="libera"), session) != LINKED.person_of(irc("a"), session)


def test_a_nick_that_goes_to_and_fro_is_one_person() -> None:
    session = told(
        facts.PersonRenamed(irc("a"), irc("b")),
        facts.PersonRenamed(irc("b"), irc("a")),
        facts.PersonRenamed(irc("a"), irc("A")),
    )
    assert LINKED.person_of(irc("a"), session) == LINKED.person_of(irc("b"), session)


def test_look_alikes_are_not_one() -> None:
    alike = [
        irc("rosa"),
        irc("rosa_"),
        irc("rosa[m]"),
        irc("rosa", "rosa"),
        matrix("rosa"),
        irc("rosa", network="libera"),
    ]
    known = Persons(NETWORKS, PUPPETS)
    assert len({known.person_of(who, told(*map(facts.PersonSeen, alike[1:]))) for who in alike}) == len(alike)


# -- rights ---------------------------------------------------------------------------------------------------------


def role(
    person: Identity, session: Session | None = None, known: Persons = LINKED, power: Power = Power.NONE
) -> Role:
    setup = Setup(admins=frozenset({"@admin:hs.example"}))
    track = Track("nova", "Nova", moderators=frozenset({"oftc/rosa", "@lin:hs.example"}))
    return role_of(person, power, setup=setup, track=track, session=session, persons=known)


def test_roles_belong_to_any_proven_identity() -> None:
    assert role(matrix("rosa")) == Role.MODERATOR
    assert role(irc("rosa[m]", "@rosa:hs.example")) == Role.MODERATOR
    assert role(irc("lin[m]", "@lin:hs.example")) == Role.MODERATOR
    assert role(irc("boss[m]", "@admin:hs.example")) == Role.ADMIN
    assert role(matrix("rosa"), known=Persons(NETWORKS, PUPPETS)) == Role.ANYONE


def test_what_is_not_proven_has_no_role() -> None:
    for nobody in (
        irc("rosa"),
        irc("lin[m]"),
        matrix("rosa", "@_oftc_rosa:hs.example"),
        matrix("rosa", "@rosa:evil"),
    ):
        assert role(nobody) == Role.ANYONE


def test_power_is_the_rooms_at_that_moment() -> None:
    assert role(matrix("lurker"), power=Power.MODERATOR) == Role.MODERATOR
    assert role(irc("lurker[m]", "@lurker:hs.example")) == Role.ANYONE


@pytest.mark.parametrize(
    ("chair", "speaker", "holds"),
    [
        (irc("r", "rosa"), matrix("rosa"), True),
        (matrix("rosa"), irc("r", "rosa"), True),
        (irc("rosa[m]", "@rosa:hs.example"), matrix("Rosa", "@rosa:hs.example"), True),
        (matrix("rosa"), irc("rosa_uni[m]", "@rosa:hs.example"), True),
        (matrix("x", "@_oftc_Okoye:hs.example"), irc("okoye"), True),
        (irc("okoye"), matrix("x", "@_oftc_Okoye:hs.example"), True),
        (irc("okoye"), matrix("x", "@_oftc_okoye:evil.example"), False),
        (irc("okoye", "ada"), matrix("x", "@_oftc_okoye:hs.example"), False),
        (irc("rosa"), matrix("rosa"), False),  # the account has that name, and nobody proved the nick
        (irc("rosa[m]"), matrix("rosa"), False),
        (matrix("rosa"), irc("rosa[m]"), False),
    ],
)
def test_a_chair_is_one_under_every_proven_identity(
    chair: Identity, speaker: Identity, *, holds: bool
) -> None:
    session = told(facts.ChairsAdded((chair,)))
    assert is_chair(session, speaker, LINKED) is holds
    assert LINKED.has_rights_of(speaker, chair) is holds
    assert role(speaker, session, Persons(NETWORKS, PUPPETS, LINKED.links)) >= (
        Role.CHAIR if holds else Role.ANYONE
    )


def test_a_puppet_proves_no_more_than_the_nick_that_quit() -> None:
    puppet = matrix("okoye", "@_oftc_okoye:hs.example")
    for chair in (irc("okoye"), puppet):
        session = told(facts.ChairsAdded((chair,)), facts.PersonLeft(irc("okoye")))
        assert [is_chair(session, one, LINKED) for one in (irc("okoye"), puppet)] == [False, False]


def test_records_belong_to_their_author_under_every_identity() -> None:
    session = told(facts.Recorded(1, "info", facts.Content("One")), by=irc("r", "rosa"))
    assert authored(session, matrix("rosa"), LINKED) == tuple(session.records)
    assert authored(session, matrix("rosa")) == ()
    assert is_author(session, session.records[0], irc("rosa[m]", "@rosa:hs.example"), LINKED) is True
    assert is_author(session, session.records[0], matrix("eve"), LINKED) is False
    by_puppet = told(
        facts.Recorded(1, "info", facts.Content("One")),
        facts.PersonRenamed(irc("ok"), irc("ok2")),
        by=matrix("", "@_oftc_ok:hs.example"),
    )
    assert len(authored(by_puppet, irc("ok2"), LINKED)) == 1
    assert authored(by_puppet, irc("ok"), LINKED) == ()


def test_drafts_are_a_maintainers_under_every_identity() -> None:
    track = Track("nova", "Nova", maintainers=(Maintainer("m@example.org", frozenset({"oftc/rosa"})),))
    assert [is_maintainer(matrix("rosa"), track, one) for one in (LINKED, None)] == [True, False]


def test_the_world_follows_its_stream_also_in_a_fork_that_is_dropped() -> None:
    state = State(Setup(networks=NETWORKS, puppets=PUPPETS))
    before = state.persons
    first, second = claims(*both(ROSA, ROSA_M))
    state.apply(first)
    fork = state.fork()
    fork.apply(second)
    assert fork.person_of(matrix("rosa")) == fork.person_of(irc("r", "rosa"))
    assert state.person_of(matrix("rosa")) != state.person_of(irc("r", "rosa"))
    assert state.persons is state.fork().persons
    assert state.persons is not before
    fork.adopt()
    assert state.persons.identities_of(matrix("rosa")) == fork.persons.identities_of(matrix("rosa"))


# -- whatever happens -------------------------------------------------------------------------------------------------

ACCOUNTS = [
    Account("oftc", "a"),
    Account("oftc", "b"),
    Account("libera", "a"),
    Account("matrix", "@a:hs.example"),
    Account("matrix", "@b:hs.example"),
]
TOLD = st.lists(
    st.builds(
        lambda kind, one, other: kind(one, other),
        st.sampled_from([IdentityClaimed, IdentityClaimed, IdentityClaimed, IdentityDisclaimed]),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(ACCOUNTS),
    ),
    max_size=12,
)
PEOPLE = st.one_of(
    st.builds(irc, st.sampled_from(["a", "b", "a_", "a[m]"]), st.sampled_from(["", "a", "b", "@a:hs.example"]), st.sampled_from(["oftc", "libera"])),
    st.builds(matrix, st.sampled_from(["a", "b"]), st.sampled_from(["@a:hs.example", "@b:hs.example", "@_oftc_a:hs.example", "@_oftc_b:evil"])),
)  # fmt: skip


def _is_a_nick_change(fact: facts.PersonRenamed) -> bool:
    old, new = fact.old, fact.new
    return old.network == new.network and (old.network != "matrix" or old.key == new.key)


HAPPENED = st.lists(
    st.one_of(
        st.builds(facts.PersonSeen, PEOPLE),
        # nobody's nick becomes one of another network, nor somebody's on Matrix another id
        st.builds(facts.PersonRenamed, PEOPLE, PEOPLE).filter(_is_a_nick_change),
        st.builds(facts.PersonLeft, PEOPLE),
    ),
    max_size=8,
)


def known_after(happened: Iterable[object]) -> Persons:
    return Persons(NETWORKS, PUPPETS, Links(claims(*happened)))


@given(TOLD, PEOPLE, PEOPLE)
def test_all_identities_of_somebody_are_the_same_person(
    happened: list[object], one: Identity, other: Identity
) -> None:
    known = known_after(happened)
    assert {known.person_of(each) for each in known.identities_of(one)} == {known.person_of(one)}
    assert (known.person_of(one) == known.person_of(other)) == bool(
        {_same(each) for each in known.identities_of(one)}
        & {_same(each) for each in known.identities_of(other)}
    )


def _same(one: Identity) -> tuple[str, str, str]:
    """An identity without the name that is shown, and without the nick where an account proves it."""
    return one.network, "" if one.account else one.key, one.account


@given(TOLD, HAPPENED, PEOPLE, PEOPLE)
def test_rights_go_to_the_same_person_only(
    happened: list[object], there: list[object], holder: Identity, speaker: Identity
) -> None:
    known, session = known_after(happened), told(*there, facts.PersonSeen(speaker))
    if known.has_rights_of(speaker, holder) and (
        known.behind(holder).account or not known.behind(speaker).account
    ):
        assert known.person_of(holder, session) == known.person_of(speaker, session)


@given(
    st.lists(st.sampled_from(sorted({*permutations(ACCOUNTS, 2)}, key=str)), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_of_links_does_not_matter(pairs: list[tuple[Account, Account]], random: object) -> None:
    told_once = [claim for pair in pairs for claim in both(*pair)]
    shuffled = list(told_once)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = known_after(map(_claimed, told_once)), known_after(map(_claimed, shuffled))
    people = [
        irc("x", "a"),
        irc("x", "b"),
        irc("x", "a", "libera"),
        matrix("a"),
        matrix("b"),
        irc("a[m]", "@a:hs.example"),
    ]
    assert [one.person_of(each) for each in people] == [other.person_of(each) for each in people]


def _claimed(pair: tuple[Account, Account]) -> IdentityClaimed:
    return IdentityClaimed(*pair)


@given(TOLD, st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS))
def test_unlinking_restores_what_was(happened: list[object], one: Account, other: Account) -> None:
    before = known_after(happened)
    assume(one != other and not before.links.linked(one, other))
    after = known_after(
        [*happened, _claimed((one, other)), _claimed((other, one)), IdentityDisclaimed(other, one)]
    )
    assert after.links.pairs == before.links.pairs


@given(HAPPENED, st.lists(st.tuples(PEOPLE, st.sampled_from(["Yes", "No"])), max_size=8))
def test_nobody_counts_twice(there: list[object], votes: list[tuple[Identity, str]]) -> None:
    session = told(*there)
    counted = {LINKED.person_of(who, session): option for who, option in votes}
    for human in (
        Account("oftc", "a"),
        Account("oftc", "b"),
        Account("", "@a:hs.example"),
        Account("", "@b:hs.example"),
    ):
        voted = {LINKED.person_of(who, session) for who, _ in votes if human in LINKED.accounts_of(who)}
        assert len(voted & set(counted)) == min(1, len(voted)) == len(voted)
