from pathlib import Path
from textwrap import dedent

import pytest
from pydantic import BaseModel

from bot.config import ConfigError, load
from bot.config.plugin_choice import Choice
from bot.core.plugin.declarations import Plugin

IRC = """
[[network]]
kind = "irc"
name = "oftc"
host = "irc.example.org"
"""


class Kind(BaseModel):
    word: str
    heading: str = ""


class Kinds(BaseModel):
    kinds: list[Kind] = []


PLUGIN = Plugin("records", table=("records", Kinds))


def faults(folder: Path, text: str) -> list[str]:
    file = folder / "config.toml"
    file.write_text(dedent(text), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(file, lambda _: Choice([PLUGIN]), {})
    return caught.value.faults


def test_all_faults_come_at_once_with_their_paths(tmp_path: Path) -> None:
    assert faults(
        tmp_path,
        """
        colour = "blue"
        [bot]
        nick = "7of9"
        prefixes = ["#", "ab"]
        ack = "loud"
        [gathering]
        name = 7
        startes = 2027-10-18
        timezone = "Mars/Olympus"
        limits = {day = "four"}
        [[track]]
        name = "Nova"
        session_minutes = 0
        rooms = ["nova", 7, []]
        maintainers = [{mail = "nobody", acounts = []}]
        [[track.team]]
        nam = "x"
        [[slot]]
        starts = 2027-10-18
        """,
    ) == [
        "bot.nick: is not a nick: letters, digits and - _ [ ] { } | ^ `, at most 30",
        "bot.prefixes[1]: must be a single character other than a letter or digit",
        'bot.ack: must be "short" or "quiet"',
        "colour: is not a known key; the known keys are bot, fetch, gathering, limits, mail, network, records, schedule, slot, track and web",
        "gathering.startes: is not a known key; did you mean starts?",
        "gathering.name: must be text in quotes",
        'gathering.timezone: is not a time zone; use a name like "UTC" or "Europe/Berlin"',
        "gathering.limits.day: must be a number",
        "track[0].slug: is missing",
        "track[0].session_minutes: must be greater than or equal to 1",
        'track[0].rooms[0]: must be a network and a room, like "oftc/#starlingx-ptg"',
        'track[0].rooms[1]: must be a network and a room, like "oftc/#starlingx-ptg"',
        "track[0].rooms[2]: must contain at least one room",
        "track[0].maintainers[0].mail: 'nobody' is not a mail address",
        "track[0].maintainers[0].acounts: is not a known key; did you mean accounts?",
        "track[0].team[0].name: is missing",
        "track[0].team[0].nam: is not a known key; did you mean name?",
        "slot[0].name: is missing",
        "slot[0].starts: must be a day and a time like 2027-10-19T13:00:00Z, without quotes",
        "slot[0].ends: is missing",
    ]


def test_tables_of_the_wrong_form(tmp_path: Path) -> None:
    assert faults(tmp_path, 'bot = 1\nweb = "x"\ntrack = {}\nslot = [1]\ngathering = []\nnetwork = [{}]') == [
        "bot: must be a table",
        "gathering: must be a table",
        'network[0].kind: must be "irc" or "matrix"',
        "track: must be a list of tables; each starts with [[track]]",
        "slot: must be a list of tables; each starts with [[slot]]",
        "web: must be a table",
    ]


def test_a_plugin_s_keys_are_checked_like_the_engine_s(tmp_path: Path) -> None:
    assert faults(
        tmp_path,
        """
        [records]
        knids = []
        kinds = [{heading = "Risks"}]
        """,
    ) == [
        "records.knids: is not a known key; did you mean kinds?",
        "records.kinds[0].word: is missing",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[gathering]\nends = 2027-10-18",
            ["gathering.starts: is missing, but ends is given"],
        ),
        (
            "[gathering]\nstarts = 2027-10-18\nends = 2027-10-17",
            ["gathering.ends: is before starts, 2027-10-18"],
        ),
        (
            "[gathering]\nstarts = 2027-10-18\nends = 9999-12-31\n[[track]]\nslug = 'nova'",
            ["gathering.ends: is more than a year after starts"],
        ),
        (
            "[gathering]\nstarts = 2027-10-18T00:00:01Z",
            ["gathering.starts: must be a day like 2027-10-19, without quotes"],
        ),
        (
            "[gathering]\nstarts = 2027-10-18\n[[track]]\nslug = 'nova'\ndays = [2027-10-19, 2027-10-18, 2027-10-18]",
            ["track[0].days[0]: 2027-10-19 is not a day of the gathering", "track[0].days: 2027-10-18 is listed twice"],
        ),
        (
            "[[track]]\nslug = 'nova'\n[[track]]\nslug = 'nova'\n[[track.team]]\nname = 'A'\n[[track.team]]\nname = 'a'",
            ["track[1].slug: nova is listed twice", "track[1].team[1].name: a is listed twice"],
        ),
        (
            "[[track]]\nslug = 'Nova/1'",
            ['track[0].slug: must be lower-case letters, digits, ".", "_" and "-", at most 60'],
        ),
        (
            "[[track]]\nslug = 'nova'\nrooms = [['oftc/#nova', 'oftc/#Nova']]",
            ["track[0].rooms: oftc/#nova is listed twice"],
        ),
        (
            "[[track]]\nslug = 'nova'\nmoderators = ['amaru']",
            ['track[0].moderators[0]: must be a network and an account, like "oftc/ildikov", or "@user:server"'],
        ),
        (
            "[[track]]\nslug = 'nova'\n[[slot]]\nname = 'A'\ntrack = 'noav'\nstarts = 2027-10-18T13:00:00Z\nends = 2027-10-18T13:00:00Z",
            ["slot[0].track: no track has the slug noav; did you mean nova?", "slot[0].ends: must be after starts"],
        ),
        (
            "[mail]\nhost = 'mail.example.org'",
            ["mail.from: is missing; it is the sender of all mail"],
        ),
        (
            "[mail]\nfrom = 'nobody'\nusername = 'ptg'",
            ["mail.from: 'nobody' is not a mail address"],
        ),
        (
            "[mail]\nfrom = 'ptg@example.org'\nhost = 'mail.example.org'\nusername = 'ptg'",
            ["mail.username: needs a password; set password_file or password_env"],
        ),
        (
            "[mail]\nfrom = 'ptg@example.org'\nhost = 'mail.example.org'\npassword = 'x'",
            ["mail.password: secrets don't belong in the configuration; put it into a file and name the file in password_file"],
        ),
        (
            "[[network]]\nkind = 'irc'\nname = 'mail'\nhost = 'irc.example.org'",
            ['network[0].name: "mail" stands for people who are known by a mail address; choose another name'],
        ),
        (
            "[bot]\nadmins = ['mail/0123456789abcdef']\n[gathering]\nrooms = ['mail/#ptg']",
            [
                'bot.admins[0]: "mail" stands for people who are known by a mail address; choose another name',
                'gathering.rooms[0]: "mail" stands for people who are known by a mail address; choose another name',
            ],
        ),
        (
            "[mail]\ninbox = 'lmtp:127.0.0.1:2424'",
            ["mail.inbox_address: is missing; answers to the bot's letters are sent there"],
        ),
        (
            "[mail]\ninbox_address = 'recaps@example.org'",
            ["mail.inbox: is missing, but inbox_address is given"],
        ),
        *(
            (
                f"[mail]\ninbox = '{inbox}'\ninbox_address = 'recaps@example.org'",
                ['mail.inbox: must be "lmtp:HOST:PORT", "lmtp:/path/of/a/socket" or "maildir:/path/of/a/folder"'],
            )
            for inbox in ("maildir:", "lmtp:", "/var/mail", "imap:x")
        ),
        (
            "[mail]\ninbox = 'lmtp:2424'\ninbox_address = 'recaps@example.org'",
            ['mail.inbox: must be an address and a port like "127.0.0.1:8080"'],
        ),
        (
            f"[mail]\ninbox = 'lmtp:localhost:2424'\ninbox_address = '{'x' * 38}@example.org'",
            ["mail.inbox_address: may have at most 37 characters before the @, because a key is added there"],
        ),
        (
            ("[mail]\ninbox = 'lmtp:localhost:2424'\ninbox_address = 'Nova@example.org'\n"
             "[[track]]\nslug = 'nova'\nlist = 'nova@example.org'"),
            ["mail.inbox_address: is the list of nova; it must be the bot's own"],
        ),
        ("[bot]\nnames = ['']", ["bot.names[0]: must not be empty"]),
        ("[[track]]\nslug = 'nova'\nmaintainers = [{mail = ''}]", ["track[0].maintainers[0].mail: '' is not a mail address"]),
        (
            f"[[slot]]\nname = 'A'\nstarts = 2027-10-18T13:00:00Z\nends = 2027-10-18T14:00:00Z\nagenda = {['x'] * 201}",
            ["slot[0].agenda: is too long; the limit is 200"],
        ),
        ("[web]\nlisten = '8080'", ['web.listen: must be an address and a port like "127.0.0.1:8080"']),
        ("[fetch]\nallow = ['https://x.org/']", ["fetch.allow[0]: must be a host name, without https:// or a path"]),
        ('[gathering]\nname = "a\\nb"', ["gathering.name: must be a single line"]),
        ("[gathering]\nurl = 'javascript:alert(1)'", ["gathering.url: must be a link that starts with https://"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_together(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert faults(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("port = 70000", ["network[0].port: must be less than or equal to 65535"]),
        ("tls = 'yes'", ["network[0].tls: must be true or false"]),
        ("host = 'irc.example.org:6697'", []),
        ("login = 'sasl'", ['network[0].login: "sasl" needs a password; set password_file or password_env']),
        ("login = 'certfp'", ['network[0].login: "certfp" needs a certificate']),
        (
            "account = 'ptg'",
            [
                ('network[0].login: must be "sasl", "nickserv" or "certfp" because an account, password or '
                "certificate is given")
            ],
        ),
        ("homeserver = 'x'", [("network[0].homeserver: is not a known key; the known keys are account, certificate, host, "
                              "ignore, kind, login, name, nick, not_bots, password_env, password_file, port, puppets, "
                              "relays, throttle, tls and tls_ca")]),
    ],
)  # fmt: skip
def test_networks(tmp_path: Path, keys: str, expected: list[str]) -> None:
    text = IRC.replace('host = "irc.example.org"\n', "") if keys.startswith("host") else IRC
    expected = expected or ["network[0].host: must be a host name, without https:// or a path"]
    assert faults(tmp_path, f"{text}{keys}\n") == expected


def test_rooms_and_accounts_name_a_configured_network(tmp_path: Path) -> None:
    assert faults(
        tmp_path,
        f"""
        [bot]
        admins = ["ofct/amaru", "@amaru:example.org"]
        {dedent(IRC).replace(chr(10), chr(10) + "        ")}
        [[track]]
        slug = "nova"
        rooms = ["libera/#nova", "oftc/nova", "ofct/#nova"]
        moderators = ["libera/amaru"]
        maintainers = [{{mail = "a@example.org", accounts = ["libera/amaru"]}}]
        """,
    ) == [
        "track[0].rooms[0]: no network is called libera; there is oftc",
        "track[0].rooms[1]: nova is not an IRC channel; those start with #",
        "track[0].rooms[2]: no network is called ofct; did you mean oftc?",
        "bot.admins[0]: no network is called ofct; did you mean oftc?",
        "track[0].moderators[0]: no network is called libera; there is oftc",
        "track[0].maintainers[0].accounts[0]: no network is called libera; there is oftc",
    ]


def test_a_faulty_network_or_track_leads_to_no_further_faults(tmp_path: Path) -> None:
    assert faults(
        tmp_path,
        """
        [[network]]
        kind = "irc"
        name = "oftc"
        [[track]]
        slug = "nova"
        rooms = ["oftc/#nova"]
        public = 1
        [[slot]]
        name = "A"
        track = "nova"
        starts = 2027-10-18T13:00:00Z
        ends = 2027-10-18T14:00:00Z
        """,
    ) == ["network[0].host: is missing", "track[0].public: must be true or false"]


def test_a_matrix_network_needs_one_way_to_log_in(tmp_path: Path) -> None:
    text = '[[network]]\nkind = "matrix"\nname = "m"\nhomeserver = "https://example.org"\nuser = "@b:example.org"\n'
    assert faults(tmp_path, text) == ["network[0]: needs password_file, password_env or token_file"]
    assert faults(tmp_path, text.replace("@b:", "b")) == [
        'network[0].user: must be a Matrix id like "@gatherbot:example.org"'
    ]


def test_every_fault_is_one_line_whatever_it_quotes(tmp_path: Path) -> None:
    text = '[[network]]\nkind = "irc"\nname = "a\\nb\\u001b[31m"\nhost = "h.example.org"\n[bot]\nadmins = ["oftc/x"]\n'
    told = faults(tmp_path, text)
    assert told == [
        'network[0].name: must be letters, digits, "_" and "-", at most 31',
        "bot.admins[0]: no network is called oftc; there is a b [31m",
    ]


def test_a_gathering_at_the_end_of_time(tmp_path: Path) -> None:
    text = "[gathering]\nstarts = 9999-12-31\nends = 9999-12-30\n"
    assert faults(tmp_path, text) == ["gathering.ends: is before starts, 9999-12-31"]
    (tmp_path / "config.toml").write_text("[gathering]\nstarts = 9999-12-31\n")
    assert load(tmp_path / "config.toml", lambda _: Choice([PLUGIN]), {}).setup.gathering.starts is not None


def test_a_matrix_password_does_not_go_over_an_open_connection(tmp_path: Path) -> None:
    text = (
        '[[network]]\nkind = "matrix"\nname = "m"\nuser = "@b:example.org"\npassword_env = "P"\nhomeserver = '
    )
    missing = "network[0].password_env: the environment variable P is not set"
    assert faults(tmp_path, text + '"http://127.0.0.1:8008"') == [missing]
    assert sorted(faults(tmp_path, text + '"http://example.org"')) == [
        "network[0].homeserver: a login without TLS would expose the password; use https://",
        missing,
    ]


def test_limits_are_numbers_that_work(tmp_path: Path) -> None:
    assert faults(
        tmp_path,
        """
        [limits]
        commands = -1
        commands_per_minute = 0
        message_commands = 501
        queue_absent = "many"
        queue_absnt = 3
        """,
    ) == [
        "limits.commands: must be greater than or equal to 0",
        "limits.commands_per_minute: must be greater than or equal to 1",
        "limits.message_commands: must be less than or equal to 500",
        "limits.queue_absent: must be a whole number",
        "limits.queue_absnt: is not a known key; did you mean queue_absent?",
    ]


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        (
            '[mail]\narchive = "lists.example.org"',
            "mail.archive: must be a link that starts with https://",
        ),
        (
            '[mail]\narchive = "https://lists.example.org/{list}/"',
            "mail.archive: needs {hash} or {id}: without one, all letters have the same address",
        ),
        (
            '[[track]]\nslug = "nova"\nlist = "a@b.example"\narchive = "https://lists.example.org/{part}"',
            "track[0].archive: has {part}, but only {hash}, {id} and {list} are known",
        ),
        (
            '[[track]]\nslug = "nova"\narchive = "https://lists.example.org/{hash}"',
            "track[0].archive: is of no use without a list",
        ),
    ],
)
def test_what_cannot_be_the_archive_of_a_list(tmp_path: Path, keys: str, fault: str) -> None:
    assert faults(tmp_path, keys) == [fault]


def test_a_track_has_its_own_archive_or_that_of_all_lists(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[mail]\narchive = "https://a.example/{hash}"\n'
        '[[track]]\nslug = "nova"\nlist = "nova@a.example"\n'
        '[[track]]\nslug = "cinder"\nlist = "c@b.example"\narchive = "https://b.example/{id}"\n'
        '[[track]]\nslug = "none"\n'
    )
    tracks = load(file, lambda _: Choice([PLUGIN]), {}).setup.tracks
    assert [track.archive for track in tracks] == ["https://a.example/{hash}", "https://b.example/{id}", ""]
