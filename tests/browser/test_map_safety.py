"""The file is all there is: no request, no message, no word that runs; soon there, and the same every time."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

import pytest
from map_samples import HOSTILE, SAMPLES, hostile, many, sample
from test_map_content import edges_in
from windows import Opener, Window, browser, window, written  # noqa: F401

from kg.map.content import read
from kg.map.page import render

pytestmark = pytest.mark.browser
VIEWS = ("mesa", "explore", "timeline", "matrix", "table")


@pytest.mark.parametrize(("name", "offline"), [("seed", False), *((name, True) for name in ("seed", *SAMPLES, "empty"))])
def test_no_view_of_any_graph_asks_for_anything_or_complains(window: Opener, name: str, offline: bool) -> None:
    shown = window(name, offline=offline)
    for view in VIEWS:
        shown.go(f"#v={view}")
        assert shown.page.locator(f"#v-{view}").is_visible()
    for preset in ("rejects", "agree", "redlines", "disputed", "figures"):
        shown.go(f"#p={preset}")
        assert shown.text("#panel h2")


def test_the_policy_stops_what_is_not_ours(window: Opener) -> None:
    shown = window(strict=False)
    assert shown.js("fetch('https://example.org/').then(() => 'got it', () => 'refused')") == "refused"
    shown.js("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.__xss=1\">')")
    shown.js("() => { const s = document.createElement('script'); s.textContent = 'window.__xss=2'; document.body.append(s) }")
    shown.page.wait_for_timeout(100)
    assert shown.js("window.__xss") is None


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_words_are_shown_and_do_not_run(window: Opener, case: str) -> None:
    words = HOSTILE[case]
    shown = window(f"hostile-{case}", html=render(hostile(words), title=words))
    page = shown.page
    for view in VIEWS:
        shown.go(f"#v={view}")
    shown.go("#v=mesa")
    for wire in page.locator(".board .wire").all():
        wire.dispatch_event("click")
    assert words in page.locator("#panel q").first.text_content(), "the quote is shown as it is"  # type: ignore[operator]
    page.get_by_text("Ver en el artículo").first.click()
    assert page.locator("#panel mark").first.text_content() == words
    page.locator("#q").fill(words[:12])
    page.wait_for_timeout(30)
    page.keyboard.press("Escape")
    shown.go("#v=explore&d=2")
    shown.go("#s=0")
    page.locator("#en").click()
    page.wait_for_timeout(50)
    assert shown.js("window.__xss") is None
    assert page.locator("h1").text_content() == words
    assert page.title().split() == words.split()


@pytest.mark.parametrize(
    "anchor",
    [
        "#n=__proto__",
        "#v=constructor&m=toString",
        "#x=%E0%A4%A&p=__proto__",
        "#s=99&m=-1&d=x",
        "#f99999",
        "#n=actor/nadie",
        "#=&=&&&",
    ],
)
def test_any_address_is_harmless(window: Opener, anchor: str) -> None:
    shown = window("disputa", anchor)
    assert shown.page.locator("#v-mesa").is_visible()


def test_the_list_of_relations_is_as_long_as_the_graphs(window: Opener) -> None:
    wanted = edges_in(sample("seed"))
    shown = window("seed", "#v=table&k=1")
    assert shown.page.locator("#list td[data-e]").count() == wanted
    assert shown.text("#count") == f"{wanted} filas"
    shown.go("#v=table")
    assert shown.page.locator("#list span[data-e]").count() == wanted
    large = window("many", "#v=table&k=1")
    assert large.text("#count") == f"{edges_in(many())} filas"


# --------------------------------------------------------------------------------------------------------------------- quickness


def ready(window: Opener, name: str) -> float:
    """The shortest of three loads, in milliseconds until everything of the first view stands."""
    return min(float(window(name).js("document.documentElement.dataset.ready")) for _ in range(3))


@pytest.mark.parametrize(("name", "limit"), [("seed", 1000), ("five", 1000), ("many", 2000)])
def test_ready_soon(window: Opener, name: str, limit: int) -> None:
    assert ready(window, name) <= limit


def test_a_large_network_is_drawn_only_when_asked_for_and_moves_smoothly(window: Opener) -> None:
    shown = window("many", "#v=explore&d=0")
    nodes = len(read(sample("seed")).nodes)
    assert nodes < 1000
    assert shown.page.locator("#net canvas").count() == 0
    assert "2304 elementos" in shown.text("#net")
    shown.page.get_by_role("button", name="Mostrar toda la red").click()
    shown.page.wait_for_selector("#net canvas")


def test_panning_a_thousand_nodes(window: Opener) -> None:
    shown = window("many-50", "#v=explore&d=0", html=_fifty())
    shown.page.get_by_role("button", name="Mostrar toda la red").click()
    assert max(shown.js("measure.frames()") for _ in range(2)) >= 20


def _fifty() -> str:
    return render(many(50, 20))


# ---------------------------------------------------------------------------------------------------------------------- sameness


@pytest.mark.parametrize("anchor", ["", "#v=explore", "#v=explore&d=0"])
def test_everything_stands_where_it_stood_and_nothing_moves(window: Opener, anchor: str) -> None:
    one, two = window("seed", anchor), window("seed", anchor)
    first = one.js("measure.places()")
    assert first == two.js("measure.places()")
    picture = one.page.screenshot(animations="disabled")
    one.page.wait_for_timeout(700)
    assert one.js("measure.places()") == first
    assert one.page.screenshot(animations="disabled") == picture
