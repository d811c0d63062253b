"""Who holds the keys that letters gave, and that a maintainer's address and accounts are one person."""

from datetime import UTC, datetime

import pytest

from bot.core.events import Power
from bot.core.facts import Account, IdentityClaimed
from bot.core.people.identity import Identity, mail_account
from bot.core.people.persons import Links
from bot.core.session.session import Entry
from bot.core.state.access import Role, is_maintainer, role_of
from bot.core.state.holders import digest_of_secret, holder_identity, lists_of, persons_by
from bot.core.state.setup import Maintainer, Setup, Track

AMARU = Maintainer("Amaru@example.org", frozenset({"oftc/Amaru", "@amaru:example.org"}), "Amaru")
LIN = Maintainer("lin@example.org")
TRACK = Track("nova", "Nova", list="discuss@lists.example.org", maintainers=(LIN, AMARU))
SETUP = Setup(tracks=(TRACK,), networks={"oftc": "irc", "matrix": "matrix"})
ON_IRC = Identity("oftc", "amaru_", "amaru_", "amaru")
ON_MATRIX = Identity("matrix", "Amaru", "@amaru:example.org", "@amaru:example.org")
NOW = datetime(2027, 10, 19, tzinfo=UTC)


def test_the_holder_has_no_address_and_the_name_of_the_first_account() -> None:
    holder = holder_identity("amaru@EXAMPLE.org", SETUP)
    assert holder == Identity("mail", "Amaru", holder.key, holder.key)
    assert mail_account("amaru@example.org") == f"mail/{holder.key}"
    assert len(holder.key) == 16
    assert set(holder.key) <= set("0123456789abcdef")


def test_without_an_account_the_holder_has_the_name_before_the_at() -> None:
    assert holder_identity("lin@example.org", SETUP).name == "lin"
    assert holder_identity("whoever@example.org", SETUP).name == "whoever"


def test_the_case_of_a_secret_does_not_count() -> None:
    assert digest_of_secret("abc234") == digest_of_secret("ABC234") != digest_of_secret("abc235")


def test_a_maintainer_is_one_by_mail_on_irc_and_on_matrix() -> None:
    persons = persons_by(SETUP)
    holders = [holder_identity(one.mail, SETUP) for one in (AMARU, LIN)]
    assert [is_maintainer(who, TRACK, persons) for who in (*holders, ON_IRC, ON_MATRIX)] == [True] * 4
    stranger = holder_identity("mallory@example.org", SETUP)
    assert not is_maintainer(stranger, TRACK, persons)


def test_address_and_accounts_are_one_person() -> None:
    persons = persons_by(SETUP)
    amaru, lin = (holder_identity(one.mail, SETUP) for one in (AMARU, LIN))
    assert len({persons.person_of(who) for who in (amaru, ON_IRC, ON_MATRIX)}) == 1
    assert persons.person_of(lin) not in {persons.person_of(amaru), persons.person_of(ON_IRC)}
    assert persons.has_rights_of(amaru, ON_IRC)
    assert not persons.has_rights_of(lin, ON_IRC)


def test_an_account_counts_as_its_network_compares_it() -> None:
    shared = Maintainer("amaru@example.org", frozenset({"oftc/[Amaru]"}))
    setup = Setup(tracks=(Track("nova", "Nova", maintainers=(shared,)),))
    holder, folded = holder_identity(shared.mail, setup), Identity("oftc", "[Amaru]", "{amaru}", "{amaru}")
    persons = [persons_by(setup, None, {"oftc": mapping}) for mapping in ("ascii", "rfc1459")]
    assert [one.person_of(folded) == one.person_of(holder) for one in persons] == [False, True]


def test_what_people_linked_counts_beside_what_is_configured() -> None:
    own, other = Account("oftc", "amaru"), Account("libera", "amaru-l")
    facts = (IdentityClaimed(own, other), IdentityClaimed(other, own))
    links = Links([Entry("gathering", f"c{n}", NOW, None, fact) for n, fact in enumerate(facts)])
    persons = persons_by(SETUP, links)
    there = Identity("libera", "a", "a", "amaru-l")
    assert persons.person_of(there) == persons.person_of(holder_identity(AMARU.mail, SETUP))
    assert links.of(own) == (other, own)  # what `#iam` lists is only what people linked
    assert persons_by(SETUP).person_of(there) != persons.person_of(there)


def test_a_maintainer_who_may_more_in_chat_may_it_by_mail() -> None:
    setup = Setup(tracks=(TRACK,), networks=SETUP.networks, admins=frozenset({"oftc/amaru"}))
    roles = [
        role_of(
            holder_identity(one.mail, setup),
            Power.NONE,
            setup=setup,
            track=TRACK,
            session=None,
            persons=persons_by(setup),
        )
        for one in (AMARU, LIN)
    ]
    assert roles == [Role.ADMIN, Role.ANYONE]


@pytest.mark.parametrize("spelled", ["discuss@lists.example.org", "Discuss@Lists.example.org"])
def test_who_share_the_address_of_a_list_stay_two_people(spelled: str) -> None:
    shared = Maintainer(spelled, frozenset({"oftc/amaru", "oftc/lin"}), "amaru")
    setup = Setup(tracks=(Track("nova", "Nova", list="discuss@lists.example.org", maintainers=(shared,)),))
    persons = persons_by(setup)
    amaru, lin = (Identity("oftc", name, name, name) for name in ("amaru", "lin"))
    assert lists_of(setup) == {"discuss@lists.example.org"}
    assert persons.person_of(amaru) != persons.person_of(lin)
