"""For everybody: by keyboard, without a script, in two languages, in the dark, on a phone, on paper, and to take away."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

import csv
import io
import os
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from map_samples import sample
from test_map_content import edges_in
from windows import SIZES, Opener, Window, browser, window, written  # noqa: F401

from conftest import ROOT
from kg.map.wording import strings

pytestmark = pytest.mark.browser
VIEWS = ("mesa", "explore", "timeline", "matrix", "table")


# --------------------------------------------------------------------------------------------------------------------- keyboard


def test_tab_walks_the_mesa_in_reading_order_and_the_focus_shows(window: Opener) -> None:
    shown = window("disputa")
    page = shown.page
    page.locator(".board a").first.focus()
    order = []
    for _ in range(page.locator(".board a").count()):
        order.append(shown.js("measure.link(document.activeElement)"))
        page.keyboard.press("Tab")
    wanted = shown.js("[...document.querySelectorAll('.board a')].map(measure.link)")
    assert order == wanted
    page.locator(".board .row").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert float(shown.js("parseFloat(getComputedStyle(document.querySelector('.board .row:focus rect')).strokeWidth)")) >= 3
    page.locator("#t-mesa").focus()
    shown.press("ArrowRight")
    assert shown.js("document.activeElement.id") == "t-explore"
    assert page.locator("#v-explore").is_visible()
    assert shown.js("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_everything_that_reacts_is_reachable_by_keyboard(window: Opener) -> None:
    shown = window("seed")
    for view in VIEWS:
        shown.go(f"#v={view}")
        unreachable = shown.js("measure.unreachable()")
        assert unreachable == []


def axe() -> str:
    """axe-core's script, from npm: in the folder that KG_NODE_MODULES names, or in the checkout's node_modules."""
    script = Path(os.environ.get("KG_NODE_MODULES") or ROOT / "node_modules") / "axe-core" / "axe.min.js"
    if not script.exists():
        pytest.skip("no axe-core: npm install axe-core, here or where KG_NODE_MODULES says")
    return script.read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_serious(window: Opener, size: tuple[int, int], scheme: str) -> None:
    script = axe()
    shown = window("seed", size=size, scheme=scheme, bypass_csp=True)
    shown.page.add_script_tag(content=script)
    panels = ("#n=actor/claudia-sheinbaum", "#n=position/" + shown.js("measure.first('position')"), "#p=disputed", "#s=2")
    for anchor in (*(f"#v={view}" for view in VIEWS), "#v=table&k=1", *panels, "#v=mesa&x=stance.minus&l=en"):
        found = shown.go(anchor).js("measure.violations()")
        assert [violation for violation in found if violation[0] in ("serious", "critical")] == [], anchor
    shown.go("#v=mesa")
    shown.page.locator("#q").fill("tro")
    assert [violation for violation in shown.js("measure.violations()") if violation[0] in ("serious", "critical")] == []


@pytest.mark.parametrize("name", ["five", "un-pais", "sin-propuestas", "empty"])
def test_axe_finds_nothing_serious_in_other_graphs(window: Opener, name: str) -> None:
    script = axe()
    shown = window(name, bypass_csp=True)
    shown.page.add_script_tag(content=script)
    for anchor in (f"#v={view}" for view in VIEWS):
        found = shown.go(anchor).js("measure.violations()")
        assert [violation for violation in found if violation[0] in ("serious", "critical")] == [], anchor


def test_without_a_script_title_mesa_and_table_are_there(window: Opener) -> None:
    shown = window("seed", scripts=False)
    page = shown.page
    assert "quién quiere qué" in page.locator("h1").inner_text()
    assert page.locator(".board").count() == 2
    assert page.locator(".board").first.is_visible()
    assert page.locator("#list tr[id]").count() > 150
    assert page.locator("#q").is_hidden()
    assert "Sin JavaScript" in page.locator("noscript + *, .note").first.inner_text()
    page.locator(".board .wire").first.focus()
    shown.press("Enter")
    assert re.search(r"#f\d+$", page.url)
    assert page.locator("tr:target").is_visible()


# ------------------------------------------------------------------------------------------------------------------- languages


@pytest.mark.parametrize(("lang", "other"), [("es", "en"), ("en", "es")])
def test_switching_changes_every_word_of_the_interface_and_no_quote(window: Opener, lang: str, other: str) -> None:
    shown = window("seed", lang=lang)
    page = shown.page
    assert page.locator("html").get_attribute("lang") == lang
    column = ("es", "en").index(lang)
    old = {
        pair[column] for pair in strings().values() if pair[0] != pair[1] and len(pair[column]) > 3 and "{" not in pair[column]
    }
    page.locator(f"#{other}").click()
    assert page.locator("html").get_attribute("lang") == other
    for view in (*VIEWS, "mesa&n=actor/claudia-sheinbaum", "mesa&p=rejects", "mesa&s=1"):
        shown.go(f"#v={view}&l={other}")
        words = shown.js("measure.interface()")
        assert not old.intersection(words), view
    country = {"es": "Estados Unidos", "en": "United States"}
    shown.go(f"#l={other}")
    assert country[other] in shown.texts(".board .country .head")
    assert shown.text("#panel .q").strip("«»") in (read_text("seed"))
    page.locator(f"#{lang}").click()
    assert country[lang] in shown.texts(".board .country .head")


def read_text(name: str) -> str:
    from kg.map.content import read

    return read(sample(name)).sources[0].text or ""


# ------------------------------------------------------------------------------------------------------- dark, small, on paper


def background(shown: Window) -> int:
    colour = shown.js("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3])


def test_dark_by_the_system_and_by_the_button(window: Opener) -> None:
    light, dark = window("disputa"), window("disputa", scheme="dark")
    assert background(light) > 600 > 150 > background(dark)
    light.page.locator("#theme").click()
    dark.page.locator("#theme").click()
    assert background(dark) > 600 > 150 > background(light)
    assert "t=dark" in light.page.url


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_never_scrolls_sideways_and_has_room_for_fingers(window: Opener, view: str) -> None:
    shown = window("seed", f"#v={view}", size=SIZES[2], has_touch=True, is_mobile=True)
    assert shown.js("document.documentElement.scrollWidth") == 390
    small = shown.js("measure.small()")
    assert small == []
    if view == "mesa":
        cards = shown.page.locator(".cards.small .pc")
        assert cards.count() > 15
        assert "Claudia Sheinbaum rechaza" in cards.first.inner_text().replace("\n", " ")
        assert shown.page.locator(".board").first.is_hidden()
        cards.first.get_by_role("button", name="Claudia Sheinbaum rechaza").click()
        box: Any = shown.page.locator("#panel").bounding_box()
        assert box["y"] + box["height"] <= 844
        assert shown.page.locator("#panel #close").is_visible()


def test_on_paper_the_mesa_and_the_table_take_four_pages(window: Opener) -> None:
    shown = window("seed")
    pdf = shown.page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4
    assert re.search(rb"/MediaBox\s*\[\s*0 0 84[12](\.\d+)? 59[45]", pdf), "A4 landscape"


def test_nothing_glides_for_those_who_do_not_want_it(window: Opener) -> None:
    shown = window("disputa", reduced_motion="reduce")
    assert shown.js("getComputedStyle(document.querySelector('.wire')).transitionDuration") == "0s"


# -------------------------------------------------------------------------------------------------------------------- to take away


def saved(shown: Window, what: str) -> bytes:
    shown.page.get_by_text("Descargar").click()
    with shown.page.expect_download() as download:
        shown.page.locator(f'#export [data-x="{what}"]').click()
    assert download.value.suggested_filename == f"map.{what}"
    return Path(download.value.path()).read_bytes()


def test_the_mesa_as_a_picture(window: Opener) -> None:
    shown = window("seed")
    root = ET.fromstring(saved(shown, "svg"))
    svg = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{svg}svg")) == 2
    heading, source = ("".join(text.itertext()) for text in root.findall(f"{svg}text"))
    assert heading == shown.page.title()
    assert "16 ene 2026 · 1 artículo" in source
    assert sum("wire" in a.get("class", "").split() for a in root.iter(f"{svg}a")) == shown.page.locator(".wire").count()
    style = root.findtext(f"{svg}style") or ""
    assert re.search(r"--minus:\s*#", style)
    png = saved(shown, "png")
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20])[0] == 2000
    shown.go("#v=explore")
    assert saved(shown, "png").startswith(b"\x89PNG")


def test_the_list_as_csv(window: Opener) -> None:
    shown = window("disputa")
    rows = list(csv.reader(io.StringIO(saved(shown, "csv").decode("utf-8-sig"))))
    assert rows[0] == ["Tipo", "Qué", "Quién y con quién", "Fecha", "Palabras exactas"]
    assert len(rows) == 17
    shown.go("#k=1")
    assert len(saved(shown, "csv").decode().splitlines()) == edges_in(sample("disputa")) + 1
    shown.go("#x=class.event,class.statement,class.proposal,class.indicator")
    assert len(saved(shown, "csv").decode().splitlines()) == 7


def parsed(turtle: bytes) -> set[ox.Quad]:
    """Through a store, which writes all whole numbers as integers, as it does for the graph."""
    store = ox.Store()
    store.load(input=turtle, format=ox.RdfFormat.TURTLE)
    return set(store)


@pytest.mark.parametrize("name", ["seed", "disputa", "tres-paises"])
def test_what_is_shown_as_turtle(window: Opener, name: str) -> None:
    shown = window(name)
    graph = set(sample(name))
    out = parsed(saved(shown, "ttl"))
    assert out <= graph, sorted(str(quad) for quad in out - graph)[:5]
    left = {quad.predicate.value.rpartition("#")[2].rpartition("/")[2] for quad in graph - out}
    kept_back = "altLabel sameAs isString language title issued publisher source type wasGeneratedBy wasAssociatedWith label"
    assert left <= {*kept_back.split(), "country", "memberOf", "iso"}
    shown.go("#x=class.event,class.statement,class.proposal,class.indicator,stance.plus,stance.about")
    fewer = parsed(saved(shown, "ttl"))
    stances = {quad.object.value.rpartition("#")[2] for quad in fewer if quad.predicate.value.endswith("#stance")}
    assert stances <= {"opposes", "denies"}
    assert fewer < out


def test_a_formula_stays_words_in_a_spreadsheet(window: Opener) -> None:
    from map_samples import hostile

    from kg.map.page import render

    shown = window("formula", html=render(hostile('=HYPERLINK("http://x","y")')))
    text = saved(shown, "csv").decode("utf-8-sig")
    assert '"=HYPER' not in text
    assert "'=HYPER" in text
