"""The page to ask with, in a browser: menu, values, table, CSV, permalink, errors; and that it asks nobody but its own server."""

from __future__ import annotations

import re
import urllib.parse

import pytest
from test_serve import serving
from windows import _running

from conftest import ROOT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server():
    with serving("--data", ROOT / "exports" / "graph.ttl") as running:
        yield running


@pytest.fixture
def page(chromium):
    opened = _running(chromium).new_page()
    opened.problems = []
    opened.on("console", lambda said: opened.problems.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    yield opened
    opened.close()


def test_a_named_question_with_a_value_then_csv_and_link(server, page):
    base = f"http://127.0.0.1:{server.port}"
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{base}/query?lang=es")
    page.wait_for_selector("#question optgroup", state="attached")
    page.select_option("#question", "positions-of")
    page.wait_for_selector("#result tbody tr")
    assert page.input_value("#parameters input[name=actor]") == "Claudia Sheinbaum"
    rows = page.locator("#result tbody tr").count()
    assert page.inner_text("#state") == f"{rows} filas"
    csv = page.request.get(base + page.get_attribute("#csv", "href"))
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert csv.text().startswith("holder,stance,target,words")
    link = page.get_attribute("#link", "href")
    page.goto("about:blank")
    page.goto(base + link)
    page.wait_for_selector("#result tbody tr")
    assert page.locator("#result tbody tr").count() == rows
    assert page.problems == []
    assert {urllib.parse.urlsplit(url).netloc for url in asked if url.startswith("http")} == {f"127.0.0.1:{server.port}"}


def test_a_query_of_ones_own_and_its_faults(server, page):
    page.goto(f"http://127.0.0.1:{server.port}/query?lang=en")
    page.fill("#query", "SELECT ?x WHERE { BIND('<img src=x onerror=alert(1)>' AS ?x) }")
    page.click("button")
    page.wait_for_selector("#result td")
    assert page.inner_text("#result td") == "<img src=x onerror=alert(1)>"
    page.fill("#query", "SELECT ?x WHERE {")
    page.click("button")
    page.wait_for_selector("#state.error")
    assert "line 1" in page.inner_text("#state")
    page.fill("#query", "ASK { ?p br:holder ?who }")
    page.click("button")
    page.locator("#state", has_text=re.compile("^yes$")).wait_for()


def test_the_map_and_an_entity_are_shown(server, page):
    page.goto(f"http://127.0.0.1:{server.port}/")
    page.wait_for_selector("html.js[data-ready]")
    page.goto(f"http://127.0.0.1:{server.port}/id/actor/claudia-sheinbaum")
    assert page.inner_text("h1") == "Claudia Sheinbaum"
    page.click("dd a >> nth=0")
    page.wait_for_selector("h1")
    assert "/id/" in page.url
    assert page.problems == []
