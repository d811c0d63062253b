"""What an organizer may use in a template stands in the documentation."""

from pathlib import Path

import jinja2

from plugins.recap.layout.template_set import templates

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "recap.md").read_text("utf-8")


def test_every_template_is_described() -> None:
    names = {path.name for path in (ROOT / "plugins" / "recap" / "templates").iterdir()}
    assert {name for name in names if f"| `{name}` |" not in PAGE} == set()


def test_every_filter_and_function_of_ours_is_described() -> None:
    ours = templates("").filters.keys() - jinja2.Environment(autoescape=True).filters.keys()
    assert {name for name in ours if f"`{name}`" not in PAGE} == set()
