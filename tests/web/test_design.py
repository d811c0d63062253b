"""The stylesheet and the script: small, readable in light and in dark, and nothing in them that a policy would refuse."""

import re
from pathlib import Path

import pytest

from bot.core.state.setup import Setup, Track
from bot.web.wishes import wishes_of
from tests.house.sources import ROOT

STATIC = ROOT / "bot" / "web" / "static"
STYLE = (STATIC / "style.css").read_text(encoding="utf-8")
TEMPLATES = [
    *(ROOT / "bot" / "web" / "templates").glob("*.html"),
    *(ROOT / "plugins").glob("*/pages/**/*.html"),
]
TEXT = 4.5  # https://www.w3.org/TR/WCAG22/#contrast-minimum
SHAPE = 3.0  # https://www.w3.org/TR/WCAG22/#non-text-contrast
READ = [  # a color of text, and what it may stand on
    *[(text, ground) for text in ("ink", "muted", "link") for ground in ("paper", "card", "mark")],
    ("on-accent", "accent"),
    *[(f"on-{name}", name) for name in ("tag", "late", "queue", "vote", "people", "recap")],
]
SEEN = [(shape, ground) for shape in ("accent", "edge") for ground in ("paper", "card")]


def palettes() -> dict[str, dict[str, str]]:
    """The colors of each scheme, by name; the dark ones replace the light ones."""
    light, dark, *_ = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", block)) for block in blocks_of_roots())
    return {"light": light, "dark": {**light, **dark}}


def blocks_of_roots() -> list[str]:
    return re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_computed_as_the_guideline_says() -> None:
    assert [
        round(contrast(*pair), 2) for pair in (("#000", "#ffffff"), ("#777", "#fff"), ("#fff", "#fff"))
    ] == [
        21.0,
        4.48,
        1.0,
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(scheme: str) -> None:
    colors = palettes()[scheme]
    pairs = [(pair, TEXT) for pair in READ] + [(pair, SHAPE) for pair in SEEN]
    assert [
        f"{text} on {ground}: {found:.2f}"
        for (text, ground), least in pairs
        if (found := contrast(colors[text], colors[ground])) < least
    ] == []


def test_the_dark_scheme_has_a_color_for_each_of_the_light_one() -> None:
    light, dark, *_ = (set(re.findall(r"--([a-z-]+): #", block)) for block in blocks_of_roots())
    assert light == dark


def test_colors_stand_in_the_palette_alone() -> None:
    rules = re.sub(r":root \{.*?\}", "", STYLE, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,6}\b", rules) == []


def test_the_stylesheet_and_the_script_stay_small() -> None:
    sizes = {path.name: path.stat().st_size for path in STATIC.iterdir()}
    assert sizes.keys() == {"style.css", "gatherbot.js", "icon.svg"}
    assert (sizes["style.css"] <= 15_000, sizes["gatherbot.js"] < 5_000) == (True, True), sizes


def test_spaces_come_from_one_scale() -> None:
    spaces = re.findall(r"(?:margin|padding|gap)[a-z-]*: ([^;}]+)", STYLE)
    lengths = {length for space in spaces for length in re.findall(r"(?<![\w.-])-?[\d.]+(?:rem|px)", space)}
    assert lengths <= {"-1px"}, lengths  # of what only a screen reader finds


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_no_template_has_a_style_or_a_script_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert (
        re.findall(
            r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?! src=\"\{\{ page\.script \}\}\" defer></script>)",
            text,
        )
        == []
    )


def test_a_form_may_name_each_track_by_itself() -> None:
    tracks = tuple(Track(slug, slug.title()) for slug in ("nova", "kata", "zuul"))
    wishes = wishes_of("tz=Asia%2FTokyo&show=zuul&show=nova", Setup(tracks=tracks))
    assert (wishes.query, wishes.notes) == ("tz=Asia%2FTokyo&show=nova,zuul", ())


def test_the_script_asks_for_changes_in_the_words_of_the_server() -> None:
    asked = re.findall(r"new EventSource\((.*)\);", (STATIC / "gatherbot.js").read_text(encoding="utf-8"))
    assert asked == ["`/live?of=${encodeURIComponent(live)}&since=${encodeURIComponent(version)}`"]
