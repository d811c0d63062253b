"""Action items by owner, as the recap shows them."""

from bot.core.recap.part import part_of
from bot.core.recap.part_plan import planned_of
from plugins import actions, agenda, corrections, records, sessions, topics
from plugins.actions.recap import blocks
from tests.play import Stage, nova


def listed(*said: str, members: tuple[str, ...] = ()) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The groups of the list after these lines, `nick: text` each."""
    stage = Stage(
        [sessions.plugin, agenda.plugin, topics.plugin, records.plugin, actions.plugin, corrections.plugin]
    )
    stage.joins(*members)
    stage.say("amaru", "#startmeeting Day")
    for line in said:
        nick, _, text = line.partition("> ")
        if text.startswith("/nick "):
            stage.rename(nick, text.removeprefix("/nick "))
        else:
            stage.say(nick, text)
    setup = nova()
    session = stage.session
    part = part_of(
        setup,
        setup.tracks[0],
        planned_of(setup, setup.tracks[0], "day", session),
        [session],
        stage.register.kinds,
        now=stage.at,
    )
    found = list(blocks(part))
    assert all(one.heading == "Action items by owner" for one in found)
    return found[0].groups if found else ()


def test_without_actions_there_is_no_list() -> None:
    assert listed("amaru> #info nothing to do") == ()


def test_leading_owners_go_and_the_others_are_named() -> None:
    assert listed("amaru> #action lin_wei, okoye and jbell to run the tests", members=("okoye", "jbell")) == (
        ("jbell", ("run the tests (with lin_wei and okoye)",)),
        ("lin_wei", ("run the tests (with okoye and jbell)",)),
        ("okoye", ("run the tests (with lin_wei and jbell)",)),
    )


def test_owners_are_sorted_without_regard_to_case_and_their_actions_are_not() -> None:
    assert listed(
        "amaru> #action Zoe to sing",
        "amaru> #action amaru to write",
        "amaru> #action bob to read",
        "amaru> #action amaru to answer",
        members=("bob", "Zoe"),
    ) == (("amaru", ("write", "answer")), ("bob", ("read",)), ("Zoe", ("sing",)))


def test_what_nobody_has_stands_at_the_end() -> None:
    assert listed("amaru> #action find a room", "amaru> #action @zoe to sing") == (
        ("zoe", ("sing",)),
        ("No owner yet", ("find a room",)),
    )


def test_a_name_that_may_be_another_word_is_kept_with_the_task() -> None:
    assert listed("amaru> #action amaru and wyn to sing") == (("amaru", ("sing (with wyn)",)),)


def test_each_owner_has_the_own_part() -> None:
    assert listed("amaru> #action amaru to update the spec, zoe to ask the TC", members=("zoe",)) == (
        ("amaru", ("update the spec",)),
        ("zoe", ("ask the TC",)),
    )


def test_the_speaker_a_colon_and_a_date() -> None:
    assert listed(
        "okoye> #action me to write it by 30 April",
        "amaru> #action lin_wei: test it",
        "amaru> #action I will go",
    ) == (("amaru", ("go",)), ("lin_wei", ("test it",)), ("okoye", ("write it by 30 April",)))


def test_one_person_is_one_name_through_bridges_and_renames() -> None:
    assert listed(
        "rosa[m]> hello",
        "amaru> #action rosa to read",
        "rosa[m]> /nick rosa_uni[m]",
        "amaru> #action rosa_uni and Rosa to write",
    ) == (("rosa_uni", ("read", "write")),)


def test_an_owner_who_is_there_and_never_spoke_is_named_too() -> None:
    assert listed("amaru> #action silent to speak", members=("silent[m]",)) == (("silent", ("speak",)),)


def test_an_assigned_action_is_listed_under_its_new_owner() -> None:
    assert listed("amaru> #action find a room", "amaru> #assign 1 okoye") == (("okoye", ("find a room",)),)


def test_a_name_is_as_the_network_folds_it() -> None:
    assert listed("k[n> hi", "amaru> #action K{N to go") == (("k[n", ("go",)),)
