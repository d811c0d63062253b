"""Lower-case English words that usually do not name a person.

A word in `NOT_PEOPLE` is an owner only if somebody here has that nick, and a word in `NEVER_PEOPLE` never is. A word in
`COMMON` is read as a nick only with an `@` or with a capital letter inside a sentence. The other lists decide where a
sentence has its subject; no word becomes a person by them.
"""

_NEVER = (
    "we us our they them he she it you everyone everybody anyone anybody someone somebody nobody tbd tba tbc "
    "unowned unassigned volunteer volunteers"
)
_GROUPS = (
    "admins approvers attendees authors board chairs committee committers contributors cores council deployers "
    "developers devs group groups leads liaisons maintainers members operators ops organizers packagers participants "
    "people projects ptls reviewers sig sigs squad squads tc teams users vendors wg"
)
_NOT = (
    "agree aim all also apply attempt ask back begin bring change come consider continue contribute decide due "
    "expect fail figure finally first follow fyi get go going happy have help hope idea important intend investigate "
    "it's keep later like look make manage mean meet move must need needs next nice note offer ok order owner plan "
    "please prefer prepare promise propose reach ready refer remember reply report review same see send shall should "
    "similar sorry start subscribe sure switch talk team the then this time todo try unassigned update up use used "
    "volunteer volunteers wait want wants warning whoever will wish work would yes"
)
_COMMON = (
    "a admin after again agenda all also am an and any api april are art as ask at august back be bill bin bit "
    "bot bug bugs build but by cache can chair chip ci code come copy core could "
    "data date day dev do doc docs dot down drew end ever far fast file fix flag fly foo free "
    "from gate get git go good grant green had has have he help here "
    "him his home hope host how i idea if in info into is issue it job join joy june just key kit "
    "lab last later lead line link list log long lot mail main major many mark mat "
    "max may me miles miss mod more most much my near need nerd net new news next nick night no node "
    "none not note nova now of off ok old on one only open or order other our out over page part patch path "
    "per pip plan play please plus poll port post pro pull push queue quick random read red "
    "release rest review rich rock root run save say see self send server set she shell "
    "should show so some son soon spec spot start stop sue take team tell "
    "test tests text than that the their them then there they thing this time to today tool top tree "
    "try two under up update us use user very vote want was way we web week well went what when who why wiki "
    "will wind with word work would yes you your zero"
)
_VERBS = (
    "add adopt allow announce backport block bump check clean close convince create cut debug deprecate discuss "
    "document drop enable encourage escalate extend file finish fix handle implement improve invite land let "
    "merge migrate name open ping port post promote publish push rebase refactor release remind remove rename "
    "replace request require resolve respond restore retire revert rewrite schedule share submit summarize support "
    "sync tag test thank translate triage upgrade upload verify write"
)
_AFTER_SUBJECT = (
    "about and are as at but by can cannot can't could did didn't does doesn't don't for from had has hasn't have if "
    "in into is isn't may might no not now of off on or out over said should shouldn't so than that the their then "
    "they this to was wasn't were what when where which while who will with would won't"
)
_NO_INFINITIVE = "a all an any both each every her him his it its me my no our some that the their them these this those us your"
_TITLES = (
    "alliance api architecture bare cli client community conference core day documentation driver foundation goals "
    "guide hat inc issues known labs linux long metal middleware notes open plan project questions red release "
    "security service services session short steps summit system technical tools upstream weekly working"
)

NEVER_PEOPLE = frozenset(_NEVER.split())
GROUPS = frozenset(_GROUPS.split())
NOT_PEOPLE = NEVER_PEOPLE | GROUPS | frozenset(_NOT.split())
COMMON = frozenset(_COMMON.split())
NOT_IN_FULL_NAMES = NOT_PEOPLE | COMMON - frozenset(
    ("art", "bill", "drew", "grant", "june", "mark", "miles", "rich")
)
NOT_IN_FULL_NAMES |= frozenset(_VERBS.split()) | frozenset(_TITLES.split())
GIVEN_NAMES = frozenset(
    ("april", "art", "august", "bill", "drew", "grant", "joy", "june", "kit", "mark", "mat", "may")
)
GIVEN_NAMES |= frozenset(("miles", "rich", "rock", "sue", "will"))
AFTER_SUBJECT = frozenset(_AFTER_SUBJECT.split())
NO_INFINITIVE = frozenset(_NO_INFINITIVE.split())
DELEGATING = frozenset(
    ("allow", "ask", "convince", "enable", "encourage", "expect", "get", "have", "help", "invite")
)
DELEGATING |= frozenset(("let", "need", "ping", "remind", "require", "tell", "want", "wait"))
QUANTIFIERS = frozenset(("all", "any", "both", "each", "every", "some", "the", "our"))
_PRODUCTS = (
    "devstack devops github gitlab javascript latex linkedin macos mysql oauth openinfra openstack postgresql pypi "
    "rabbitmq starlingx typescript websocket wordpress youtube"
)
PRODUCTS = frozenset(_PRODUCTS.split())
COMPONENTS = frozenset(
    (
        "agent",
        "api",
        "ci",
        "client",
        "compute",
        "core",
        "cores",
        "dev",
        "driver",
        "engine",
        "job",
        "jobs",
        "lib",
        "os",
    )
)
COMPONENTS |= frozenset(("plugin", "python", "server", "service", "sig", "team", "tempest", "ui", "wg"))
PARTICLES = frozenset(
    ("back", "check", "co", "cross", "double", "follow", "hand", "in", "non", "off", "on", "out")
)
PARTICLES |= frozenset(
    ("over", "pre", "re", "self", "sign", "stand", "through", "un", "up", "down", "test", "work")
)
NOT_IN_NICKS = (
    COMPONENTS | PARTICLES | COMMON | NOT_PEOPLE | frozenset(_VERBS.split()) | frozenset(_TITLES.split())
)
