from pathlib import Path

import pytest

from bot.config import Config, ConfigError, loads
from bot.config.plugin_choice import Choice
from plugins import recap
from plugins.recap.settings import RecapSettings

TEXT = '[recap]\ntemplates = "own"\n'


def loaded(folder: Path) -> Config:
    return loads(TEXT, lambda _: Choice([recap.plugin]), {}, folder=folder)


def test_the_folder_of_templates_lies_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    assert loaded(tmp_path).setup.of(RecapSettings).templates == str(tmp_path / "own")


def test_a_folder_of_templates_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path)
    assert caught.value.faults == [f"recap.templates: there is no folder {tmp_path / 'own'}"]
