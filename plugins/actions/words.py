"""Lower-case English words that usually do not name a person.

A word in `NOT_PEOPLE` is an owner only if somebody here has that nick, and a word in `NEVER_PEOPLE` never is. A word in
`COMMON` is read as a nick only with an `@` or with a capital letter inside a sentence.
"""

_NEVER = "we us our they them he she it you everyone everybody anyone anybody someone somebody nobody tbd tba"
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

NEVER_PEOPLE = frozenset(_NEVER.split())
NOT_PEOPLE = NEVER_PEOPLE | frozenset(_NOT.split())
COMMON = frozenset(_COMMON.split())
