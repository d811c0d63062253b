"""The links of a recap: their titles, each address once a section, and the pad of the front."""

import pytest
from msgspec.structs import replace

from plugins.recap.layout.address_titles import LONGEST, title_of_address
from plugins.recap.renderings import render
from plugins.recap.settings import RecapTrack
from tests.plugins.recap.nova import NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://review.opendev.org/c/openstack/nova-specs/+/900000", "nova-specs review 900000"),
        ("https://review.opendev.org/c/openstack/nova/+/900000/3/nova/api.py", "nova review 900000"),
        ("https://review.opendev.org/900000/", "review 900000"),
        ("https://review.opendev.org/#/c/900000/", "review 900000"),
        ("https://bugs.launchpad.net/nova/+bug/2099421", "bug 2099421"),
        ("https://bugs.launchpad.net/bugs/2099421?comments=all", "bug 2099421"),
        ("https://blueprints.launchpad.net/nova/+spec/cells-v3", "blueprint cells-v3"),
        ("https://storyboard.openstack.org/#!/story/2008472", "story 2008472"),
        ("https://bugzilla.redhat.com/show_bug.cgi?id=1234567", "bug 1234567"),
        ("https://github.com/opencontainers/runtime-spec/issues/1002", "runtime-spec issue 1002"),
        ("https://github.com/kata-containers/kata/pull/12#issuecomment-1", "kata pull request 12"),
        ("https://gitlab.com/group/sub/tool/-/issues/7", "tool issue 7"),
        ("https://gitlab.com/group/tool/-/merge_requests/8/diffs", "tool merge request 8"),
        ("https://etherpad.opendev.org/p/nova-2027-10", "etherpad nova-2027-10"),
        ("https://etherpad.opendev.org/p/r.0123456789abcdef", "etherpad"),
        ("https://docs.openstack.org/nova/latest/admin/cpu-topologies.html", "nova docs: cpu-topologies"),
        ("https://docs.openstack.org/nova/latest/", "nova docs"),
        ("https://oslo.readthedocs.io/en/latest/usage.html#x", "oslo docs: usage"),
        ("https://specs.openstack.org/openstack/nova-specs/specs/2027.2/cells.html", "nova-specs: cells"),
        ("https://opendev.org/openstack/nova", "nova"),
        ("https://www.example.org/", "example.org"),
        ("https://docs.example.org/nova/latest/", "docs.example.org/nova/latest"),
        ("https://docs.example.org/nova?x=1#top", "docs.example.org/nova"),
        (f"https://docs.example.org/{'long/' * 20}cells.html", "docs.example.org/\u2026/cells.html"),
        (f"https://docs.example.org/{'x' * 90}", "docs.example.org"),
        ("mailto:nova@lists.example.org", "nova@lists.example.org"),
        ("ssh://code.example.org/nova", "code.example.org/nova"),
        ("https:///", "link"),
    ],
)
def test_a_link_without_a_title_is_called_what_its_address_says(url: str, title: str) -> None:
    assert title_of_address(url) == title
    assert len(title) <= LONGEST


def text_of(stage: Rehearsal) -> str:
    return render(stage.sources("nova", list(stage.archive.values())))


def told(*said: str, etherpad: str = "") -> str:
    stage = rehearsal(replace(NOVA, models={RecapTrack: RecapTrack(etherpad=etherpad)}))
    session(stage, *said)
    return text_of(stage)


def test_an_address_within_a_sentence_is_a_note_that_keeps_its_words() -> None:
    text = told(
        "#topic Cells",
        "#info Cells stay",
        "#link see https://x.example/spec for the details",
        "https://y.example/log shows the crash",
    )
    assert (
        "Topic 1: Cells\n==============\n\nNotes from the discussion:\n\n* Cells stay\n* see https://x.example/spec for the details\n"
        "* https://y.example/log shows the crash\n\n\n"
    ) in text
    assert "See also" not in text


def test_a_sentence_before_the_first_topic_is_not_lost() -> None:
    text = told("#link our notes are at https://etherpad.example.org/p/nova today", "#topic Cells", "#info a")
    assert "Full notes: etherpad nova [1].\n" in text
    assert (
        "\n\nOpening\n=======\n\nNotes from the discussion:\n\n"
        "* our notes are at https://etherpad.example.org/p/nova today\n"
    ) in text


def test_each_address_stands_once_in_a_section_with_all_its_titles() -> None:
    text = told(
        "#topic Cells",
        "#link https://x.example/spec",
        "#link https://x.example/spec Spec",
        "#link https://x.example/spec SPEC",
        "#link https://x.example/spec The spec for cells",
        "#info Bug https://bugs.launchpad.net/nova/+bug/12, again",
        "#link https://bugs.launchpad.net/nova/+bug/12",
        "#link https://bugs.launchpad.net/nova/+bug/1",
        "#topic CI",
        "#link https://x.example/spec",
    )
    assert (
        "\n\nSee also: Spec / The spec for cells [1]\n\nAlso mentioned: bug 1 [2]\n\n\nTopic 2: CI\n" in text
    )
    assert "\n\nAlso mentioned: x.example/spec [1]\n" in text


def test_a_section_whose_addresses_all_stand_in_its_words_has_no_list_of_links() -> None:
    text = told(
        "#topic Cells",
        "#info Bug https://bugs.launchpad.net/nova/+bug/12",
        "#link https://bugs.launchpad.net/nova/+bug/12",
    )
    assert "See also" not in text


def test_the_maintainers_copy_shows_the_numbers_of_all_records_of_an_address() -> None:
    stage = rehearsal(replace(NOVA, maintainers=TWO[:1]))
    session(stage, "#topic Cells", "#link https://x.example/spec", "#link https://x.example/spec Spec")
    stage.passes(minutes=5)
    assert "\nSee also: Spec (#1, #2) [1]\n" in stage.letters[0].body


def test_the_front_names_each_address_once() -> None:
    text = told(
        "#info https://etherpad.example.org/p/nova",
        "#link https://etherpad.example.org/p/nova Etherpad of the day",
        "#link https://x.example/deck",
        "#link https://x.example/deck Deck",
        "#topic Cells",
        "#info a",
    )
    assert " Full notes: Etherpad of the day [1]. See also: Deck [2]. " in " ".join(text.split())


READ_ONLY = "https://etherpad.example.org/p/r.0123456789abcdef"


@pytest.mark.parametrize("before", [True, False], ids=["before the first topic", "under a topic"])
def test_a_configured_pad_that_is_read_only_stays_in_the_front(*, before: bool) -> None:
    pad = "#link https://etherpad.example.org/p/other Scratch pad"
    said = (pad, "#topic Cells", "#info a") if before else ("#topic Cells", "#info a", pad)
    text = told(*said, etherpad=READ_ONLY)
    front = f" Full notes: etherpad [1].{' See also: Scratch pad [2].' if before else ''} "
    assert front in " ".join(text.split())
    assert f"\n\n\n[1] {READ_ONLY}\n[2] https://etherpad.example.org/p/other\n" in text
    assert ("\nSee also: Scratch pad [2]\n" in text) != before


def test_a_configured_pad_that_is_read_only_may_get_its_title_from_people() -> None:
    text = told(f"#link {READ_ONLY} Notes of day 1", "#topic Cells", "#info a", etherpad=READ_ONLY)
    assert "Full notes: Notes of day 1 [1].\n" in text


def test_a_pad_takes_the_place_of_a_configured_one_that_all_can_write() -> None:
    text = told(
        "#link https://etherpad.example.org/p/today", etherpad="https://etherpad.example.org/p/always"
    )
    assert "Full notes: etherpad today [1].\n" in text
    assert "p/always" not in text


def test_a_note_that_is_only_an_address_is_the_link_that_was_missing() -> None:
    stage = rehearsal()
    assert session(stage, "#topic Cells", "#info https://etherpad.example.org/p/nova")[-1] == (
        "> missing: a link to the recording"
    )
    text = text_of(stage)
    assert "Full notes: etherpad nova [1].\n" in text
    assert "Also mentioned: etherpad nova [1]\n" in text
    assert "Notes from" not in text


def test_a_typed_number_in_brackets_is_never_one_of_the_recaps_own() -> None:
    text = told(
        "#topic Cells", "#info see [1] and [3]", "#link https://x.example/a A", "#link https://x.example/b B"
    )
    assert "See also: A [2], B [4]\n" in text
    assert text.endswith("\n\n\n[2] https://x.example/a\n[4] https://x.example/b\n")
