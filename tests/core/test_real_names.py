"""The name in what people say they are called."""

import pytest

from bot.core.people.real_names import real_name_in


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ngozi Okoye (she/her)", "Ngozi Okoye"),
        ("Ngozi Okoye [they/them]", "Ngozi Okoye"),
        ("Ngozi Okoye she/her", "Ngozi Okoye"),
        ("Ngozi Okoye, she/they", "Ngozi Okoye"),
        ("Ngozi Okoye - any pronouns", "Ngozi Okoye"),
        ("Ngozi Okoye (any pronouns)", "Ngozi Okoye"),
        ("Ngozi Okoye (pronouns: she/her)", "Ngozi Okoye"),
        ("Ngozi Okoye (she)", "Ngozi Okoye"),
        ("Ngozi Okoye (she or they)", "Ngozi Okoye"),
        ("Ngozi (she / they) Okoye", "Ngozi Okoye"),
        ("Ngozi Okoye (she/her, UTC+1)", "Ngozi Okoye"),
        ("J\u00f6rg Maier (er/ihm)", "J\u00f6rg Maier"),
        ("Theo (he/him) they/them", "Theo"),
        ("(she/her)", ""),
        ("she/her", ""),
        ("any pronouns", ""),
        ("from the bus", ""),
        ("now", ""),
        ("!", ""),
        ("", ""),
        ("rosa parra", "rosa parra"),
        ("Maria de la Cruz", "Maria de la Cruz"),
        ("Bo Li (Red Hat)", "Bo Li (Red Hat)"),
        ("Xe Ma", "Xe Ma"),
        ("Shea Hers", "Shea Hers"),
        ("Now Here", "Now Here"),
        ("  Ana   Diaz ", "Ana Diaz"),
    ],
)
def test_pronouns_and_sentences_are_no_names(typed: str, name: str) -> None:
    assert real_name_in(typed) == name
