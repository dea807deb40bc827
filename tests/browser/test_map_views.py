"""What the eye meets: nothing overlaps, nothing is too small, stances differ without colour; at three sizes, light and dark."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from windows import DESK, SIZES, Opener, Window, browser, window, written  # noqa: F401

from kg.map.lettering import _WIDTH, width

pytestmark = pytest.mark.browser


def overlapping(boxes: list[list[Any]], slack: float = 0.6) -> list[tuple[str, str]]:
    return [
        (one[4], two[4])
        for one, two in combinations(boxes, 2)
        if one[0] < two[2] - slack and two[0] < one[2] - slack and one[1] < two[3] - slack and two[1] < one[3] - slack
    ]


@pytest.mark.parametrize("name", ["seed", "five", "disputa", "tres-paises", "many"])
def test_the_mesa_has_no_overlap_and_no_small_print(window: Opener, name: str) -> None:
    shown = window(name)
    for size in SIZES:
        for lang in ("en", "es"):
            shown.resized(size).go(f"#l={lang}")
            selector = ".board .row > rect, .board .pill > rect, .board .wire circle" if size in DESK else ".pc"
            boxes = shown.js("s => measure.boxes(s)", selector)
            assert len(boxes) > 2
            assert overlapping(boxes) == []
            assert shown.js("measure.smallest()")[0] >= 11
            assert shown.js("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
            words = shown.js("s => measure.boxes(s)", ".board text:not(.bullet, .tag text)")
            assert overlapping(words) == []
            assert shown.js("measure.outside()") == []


@pytest.mark.parametrize("name", ["seed", "five"])
def test_between_the_three_sizes_nothing_is_small_or_lies_over_something(window: Opener, name: str) -> None:
    shown = window(name)
    for size in ((1100, 800), (900, 800), (768, 1024)):
        shown.resized(size)
        for selector in (".board .row > rect, .board .pill > rect, .pc", ".board text:not(.bullet)"):
            assert overlapping(shown.js("s => measure.boxes(s)", selector)) == []
        assert shown.js("measure.smallest()")[0] >= 11
        assert shown.js("document.documentElement.scrollWidth <= innerWidth")


def test_the_filters_open_within_the_window(window: Opener) -> None:
    shown = window("five")
    for size in SIZES:
        shown.resized(size).page.get_by_text("Filtros", exact=True).click()
        box: Any = shown.page.locator(".filters > div").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
        assert box["y"] + box["height"] <= size[1]
        shown.press("Escape")


@pytest.mark.parametrize("name", ["seed", "disputa", "many"])
@pytest.mark.parametrize("depth", [1, 2])
def test_the_neighbours_of_anything_do_not_overlap(window: Opener, name: str, depth: int) -> None:
    shown = window(name, f"#v=explore&d={depth}")
    for size in SIZES:
        shown.resized(size)
        width, height = shown.js("(() => { const n = document.querySelector('#net'); return [n.clientWidth, n.clientHeight] })()")
        for value in shown.js("measure.centres()")[:24:2]:
            shown.page.locator("#v-explore select").select_option(str(value))
            boxes = shown.js("measure.cards()")
            assert 1 <= len(boxes) <= 25
            assert overlapping(boxes) == []
            assert all(b[0] >= -1 and b[1] >= -1 and b[2] <= width + 1 and b[3] <= height + 1 for b in boxes), "a card is cut off"
            assert shown.js("document.querySelector('#net').net.getScale()") == 1
        assert shown.js("measure.letters()") >= 11


def test_the_names_in_the_whole_network_do_not_overlap(window: Opener) -> None:
    shown = window("seed", "#v=explore&d=0")
    for size in SIZES:
        labels = shown.resized(size).js("measure.names()")
        assert len(labels) >= 8
        assert overlapping(labels, 2) == []
        assert shown.js("measure.letters()") >= 11


# ------------------------------------------------------------------------------------------------------------- stance and colour


def luminance(colour: str) -> float:
    channels = [int(colour.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    """WCAG 2.2, contrast ratio."""
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colour(shown: Window, name: str) -> str:
    value: str = shown.js(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()")
    return value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(window: Opener, scheme: str) -> None:
    shown = window("disputa", scheme=scheme)
    for ink in ("plus", "minus", "about", "propose", "ink", "muted"):
        for ground in ("bg", "surface", "panel"):
            assert contrast(colour(shown, ink), colour(shown, ground)) >= 4.5, (ink, ground)
    for ink in ("plus", "minus", "about", "propose"):
        assert contrast(colour(shown, ink), colour(shown, "disc")) >= 4.5


@pytest.mark.parametrize("deficiency", ["deuteranopia", "protanopia", "achromatopsia"])
def test_stances_differ_without_colour(window: Opener, deficiency: str) -> None:
    shown = window("seed")
    session = shown.page.context.new_cdp_session(shown.page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": deficiency})
    drawn = shown.js("measure.stances()")
    assert len({dash for dash, _ in drawn}) == 4
    assert len({mark for _, mark in drawn}) == 4


def test_signs_stand_at_the_proposal_and_lines_do_not_cross_boxes(window: Opener) -> None:
    shown = window("seed")
    assert shown.js("measure.crossings()") == 0
    assert shown.js("measure.astray()") == 0


def test_a_contested_claim_is_marked_and_one_click_shows_both_sides(window: Opener) -> None:
    shown = window("disputa")
    row = shown.page.locator(".row.contested")
    assert "en disputa" in (row.text_content() or "")
    row.click()
    sides = shown.page.locator("#panel .versus .card")
    assert sides.count() == 2
    assert "Portugal sostiene que España incumplió el convenio en 2025" in sides.nth(0).inner_text()
    assert "Madrid lo niega" in sides.nth(1).inner_text()


# ------------------------------------------------------------------------------------------------------------------- other views


def test_the_timeline_keeps_the_precision_of_each_date(window: Opener) -> None:
    shown = window("seed", "#v=timeline")
    assert shown.texts(".tl h2") == ["1801", "2024", "2025", "2026", "Fecha no indicada"]
    entries = {
        event.splitlines()[0]: time
        for time, event in zip(shown.texts(".tl time"), shown.page.locator(".tl li > :last-child").all_inner_texts(), strict=True)
    }
    assert entries["Primer planteamiento de la propuesta"] == "ene–abr 2025"
    assert entries["Captura de Nicolás Maduro por fuerzas de EE.UU."] == "3 ene 2026"
    assert entries["Invasión y ocupación de partes de México"] == "1801–1900"
    planned = shown.page.locator(".tl li.planned", has_text="reunión de gabinetes")
    assert "previst" in planned.inner_text() or "planned" in planned.inner_text()
    before = shown.page.locator(".tl li").count()
    shown.page.locator("#talk").check()
    assert shown.page.locator(".tl li").count() == before + 25


def test_the_matrix_says_who_stands_where(window: Opener) -> None:
    shown = window("disputa", "#v=matrix")
    table = shown.page.locator(".matrix")
    assert table.locator("thead .sides th").all_inner_texts() == ["Portugal", "España"]
    assert table.locator("thead tr:last-child th").all_inner_texts()[1:3] == ["Portugal", "Inês Duarte"]
    shown.page.get_by_role("button", name="Gobierno español rechaza: más agua del Tajo antes del verano").click()
    assert "El Gobierno español rechaza esa petición" in shown.text("#panel")


def test_the_list_can_be_sorted(window: Opener) -> None:
    shown = window("disputa", "#v=table")
    shown.page.get_by_role("button", name="Fecha").click()
    dates = [text for text in shown.texts("#list tbody:not(.others) tr td:nth-child(4)") if text]
    assert dates[0].startswith("ene 2026")
    shown.page.get_by_role("button", name="Fecha").click()
    assert shown.page.locator("#list th[aria-sort=descending]").inner_text().startswith("Fecha")


def test_several_pairs_of_countries_are_chosen_between(window: Opener) -> None:
    shown = window("five")
    assert shown.page.locator(".mesa:visible").count() == 1
    shown.page.locator(".pairs button", has_text="Marruecos").click()
    assert "Marruecos" in shown.texts(".mesa:not([hidden]) .board")[0]
    assert "m=" in shown.page.url


def test_more_opens_the_rest(window: Opener) -> None:
    shown = window("many")
    more = shown.page.locator(".mesa:visible [data-more=proposals]")
    count = int(more.inner_text().split()[0])
    more.click()
    assert shown.page.locator(".mesa:visible [data-rest=proposals] .pc").count() == count


def test_letters_are_as_wide_as_reckoned(window: Opener) -> None:
    shown = window("disputa")
    letters = "".join(sorted({letter for table in _WIDTH for letter in table} | set("áéíóúüñÁÉÍÓÚÑçÇãõàèìòùâêîôûäëïöÿåÀÂÃÅÊÔÕÜ")))
    for weight, bold in ((400, False), (600, True)):
        measured = shown.js("([letters, weight]) => measure.letter(letters, weight)", [letters, weight])
        wider = [
            (letter, round(real)) for letter, real in zip(letters, measured, strict=True) if real > width(letter, 1000, bold=bold)
        ]
        assert wider == []
    assert shown.js("measure.face()") == ["Mesa Sans", "Mesa Serif"]
