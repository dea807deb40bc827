"""From a line to the words: the evidence panel, search, filters, questions, the tour, and the address that holds it all."""

# ruff: noqa: F811 (fixtures)
from __future__ import annotations

import pytest
from map_samples import MAP_CASES, sample
from windows import Opener, Window, browser, window, written  # noqa: F401

from kg.map.content import FACTS, read

pytestmark = pytest.mark.browser
TEXT = (MAP_CASES / "disputa.md").read_text("utf-8").split("---\n", 2)[2]


def wire(shown: Window, actor: str, sign: str, row: str) -> str:
    """The selector of a line of the mesa."""
    content = read(sample(shown.path.name.removesuffix("-es.html")))
    index = {node.label: node.index for node in content.nodes if node.kind in ("actor", "proposal", "topic")}
    return f'.wire.s-{sign}[data-a="{index[actor]}"][data-r="{index[row]}"]'


# --------------------------------------------------------------------------------------------------------------------- evidence


@pytest.mark.parametrize("way", ["click", "enter", "hash"])
def test_a_line_opens_its_words(window: Opener, way: str) -> None:
    shown = window("disputa")
    line = shown.page.locator(wire(shown, "Gobierno español", "minus", "más agua del Tajo antes del verano"))
    if way == "click":
        line.locator("circle").click()
    elif way == "enter":
        line.focus()
        shown.press("Enter")
    else:
        (fact,) = (
            node
            for node in read(sample("disputa")).of_kind("position")
            if node.label == "Gobierno español se opone: más agua del Tajo antes del verano"
        )
        shown.go(f"#n={fact.key}")
    panel = shown.page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Gobierno español rechaza más agua del Tajo antes del verano"
    assert panel.locator("blockquote q").inner_text().strip("«»") == "El Gobierno español rechaza esa petición"
    said = panel.inner_text()
    begin = TEXT.index("El Gobierno español rechaza esa petición")
    place = f"caracteres {begin}–{begin + 40}"
    assert f"El Tajo vuelve a separar a Lisboa y Madrid 🌊 · Diario del Agua · 10 mar 2026 · {place}" in said
    assert panel.get_by_role("link", name="fuente original").get_attribute("href") == "https://example.org/tajo"
    panel.get_by_role("button", name="Ver en el artículo").click()
    assert panel.locator("mark").inner_text() == "El Gobierno español rechaza esa petición"
    assert panel.locator(".para").inner_text() == (
        "El Gobierno español rechaza esa petición: “No habrá caudal diario”, dijo el ministro Tomás Rey."
    )
    assert "n=position/" in shown.page.url


@pytest.mark.parametrize("name", ["disputa", "seed"])
def test_every_quote_shown_is_the_articles_text_at_its_offsets(window: Opener, name: str) -> None:
    content = read(sample(name))
    text = content.sources[0].text or ""
    shown = window(name)
    for node in content.of_kind(*FACTS):
        shown.js("hash => { location.hash = hash }", f"#n={node.key}")
        shown.page.wait_for_function(
            "c => document.querySelector('#panel [data-c]')?.dataset.c === c", arg=str(node.citations[0])
        )
        quotes = shown.texts("#panel blockquote > q")
        places = shown.texts("#panel blockquote .by:nth-of-type(2)")
        spans = [place.rpartition("caracteres ")[2].partition(" ·")[0].split("–") for place in places]
        assert quotes == [content.citations[c].quote for c in node.citations]
        assert quotes == [text[int(begin) : int(end)] for begin, end in spans]


def test_a_proposal_shows_who_is_against_has_reservations_and_is_for(window: Opener) -> None:
    shown = window("disputa")
    shown.page.locator(".row", has_text="caudal mínimo diario").click()
    assert shown.texts("#panel h3") == ["En contra", "A favor", "Palabras exactas"]
    assert "«No habrá caudal diario»" in shown.text("#panel .card.s-minus")
    shown.page.locator(".row", has_text="datos de los embalses").click()
    assert shown.texts("#panel h3") == ["Con matices", "Palabras exactas"]
    assert "alternativa a: más agua del Tajo antes del verano" in shown.text("#panel")


def test_an_actor_shows_its_positions_and_what_it_said_otherwise_before(window: Opener) -> None:
    shown = window("disputa")
    shown.page.locator(".pill", has_text="Tomás Rey").click()
    warning = shown.text("#panel .warn")
    assert "Postura cambiante" in warning
    assert warning.index("El caudal diario es razonable") < warning.index("No habrá caudal diario"), "in the order of the dates"
    assert "persona · España · ministro" in shown.text("#panel")


def test_an_event_shows_what_came_before_and_after(window: Opener) -> None:
    shown = window("disputa", "#v=timeline")
    shown.page.get_by_role("button", name="petición de más agua").click()
    assert "Antes: su causa" in shown.text("#panel")
    shown.page.locator("#panel .card a", has_text="bajada del río").first.click()
    assert "Después: lo que causó" in shown.text("#panel")


def test_an_indicator_shows_its_figure_and_who_gives_it(window: Opener) -> None:
    shown = window("disputa")
    shown.page.locator(".figure", has_text="agua del río").click()
    assert shown.text("#panel .big") == "baja 40\u00a0%"
    assert "cifra de: Portugal" in shown.text("#panel")


def test_reported_words_name_the_reporter(window: Opener) -> None:
    content = read(sample("seed"))
    (fact,) = (node for node in content.of_kind("event") if node.label == "drones de EE.UU. rastrean laboratorios y precursores")
    shown = window("seed", f"#n={fact.key}")
    assert "según un oficial de fuerzas de EU a través de New York Times" in shown.text("#panel blockquote")
    assert "Método: " in shown.text("#panel")


def test_neighbours_are_links_and_the_back_button_goes_back(window: Opener) -> None:
    shown = window("disputa")
    shown.page.locator(".row", has_text="caudal mínimo diario").click()
    shown.page.locator("#panel .kv a", has_text="Inês Duarte").click()
    assert shown.text("#panel h2") == "Inês Duarte"
    shown.page.go_back()
    assert shown.text("#panel h2") == "caudal mínimo diario en la frontera"
    shown.page.go_forward()
    assert shown.text("#panel h2") == "Inês Duarte"
    shown.page.locator("#back").click()
    assert shown.text("#panel h2") == "caudal mínimo diario en la frontera"
    shown.press("Escape")
    assert shown.text("#panel h2") == "En breve"


def test_a_quotation_can_be_taken_away(window: Opener) -> None:
    shown = window("disputa", permissions=["clipboard-read", "clipboard-write"])
    shown.page.locator(wire(shown, "España", "minus", "España incumplió el convenio en 2025")).locator("circle").click()
    shown.page.get_by_role("button", name="Copiar cita").click()
    shown.page.get_by_text("Copiada").first.wait_for()
    taken = shown.js("navigator.clipboard.readText()")
    words, where, address = taken.splitlines()
    assert words == "«Madrid lo niega»"
    begin = TEXT.index("Madrid lo niega")
    source = "El Tajo vuelve a separar a Lisboa y Madrid 🌊, Diario del Agua, 2026-03-10"
    assert where == f"— {source}, caracteres {begin}–{begin + 15}, https://example.org/tajo"
    assert address == shown.page.url


# ----------------------------------------------------------------------------------------------------------------------- search


def test_the_first_result_is_right_for_every_label(window: Opener) -> None:
    labels = {node.label for node in read(sample("seed")).nodes}
    shown = window("seed")
    box = shown.page.locator("#q")
    for label in sorted(labels):
        box.fill(label)
        assert (shown.page.locator("#hits li").first.text_content() or "").startswith(label)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ines duarte", "Inês Duarte"),
        ("MÁS AGUA", "más agua del Tajo antes del verano"),
        ("Madrid", "España"),  # another name of it
        ("tomas", "Tomás Rey"),
        ("es razonable", "El caudal diario es razonable"),  # words of the quote
    ],
)
def test_search_ignores_accents_and_case_and_knows_other_names_and_quotes(window: Opener, typed: str, found: str) -> None:
    shown = window("disputa")
    shown.press("/")
    shown.page.keyboard.type(typed)
    first = shown.page.locator("#hits [role=option]").first
    assert (first.text_content() or "").startswith(found)
    assert shown.page.locator("#q").get_attribute("aria-expanded") == "true"
    assert shown.page.locator("#q").get_attribute("aria-activedescendant") == "hit0"
    assert first.get_attribute("aria-selected") == "true"
    shown.press("Enter")
    assert shown.page.locator("#hits").is_hidden()
    assert "n=" in shown.page.url


def test_results_are_walked_through_by_arrows_and_left_by_escape(window: Opener) -> None:
    shown = window("disputa")
    shown.page.locator("#q").press_sequentially("caudal")
    shown.press("ArrowDown")
    assert shown.page.locator("#hits [aria-selected=true]").get_attribute("id") == "hit1"
    shown.press("ArrowUp")
    shown.press("ArrowUp")
    assert (
        shown.page.locator("#hits [aria-selected=true]").get_attribute("id") == f"hit{shown.page.locator('#hits li').count() - 1}"
    )
    shown.press("Escape")
    assert shown.page.locator("#hits").is_hidden()
    assert shown.page.locator("#q").input_value() == ""
    shown.page.locator("#q").fill("xyzzy")
    assert "Nada coincide" in shown.text("#hits")


# ---------------------------------------------------------------------------------------------------------------------- filters


def counts(shown: Window) -> dict[str, int]:
    found: dict[str, int] = shown.js("measure.counts()")
    return found


def test_the_legend_is_the_filter_and_its_counts_follow(window: Opener) -> None:
    shown = window("disputa")
    assert {key: n for key, n in counts(shown).items() if key.startswith("stance.")} == {
        "stance.propose": 3, "stance.plus": 2, "stance.about": 1, "stance.minus": 3,
    }  # fmt: skip
    assert counts(shown)["class.position"] == 6
    shown.page.locator('[data-f="stance.minus"]').uncheck()
    assert counts(shown)["class.position"] == 3
    assert counts(shown)["stance.minus"] == 3, "what is not ticked tells what ticking it would bring"
    assert shown.page.locator(".wire.s-minus:not(.off)").count() == 0
    assert shown.page.locator(".wire.s-plus:not(.off)").count() == 2
    assert "x=stance.minus" in shown.page.url
    shown.page.get_by_text("Filtros", exact=True).click()
    shown.page.locator('[data-f="side.es"]').uncheck()
    shown.page.locator('[data-f="side.pt"]').uncheck()
    shown.go(shown.js("location.hash") + "&v=table")
    assert shown.text("#count") == "1 filas", "the event without actors is the only one of neither side"
    shown.page.get_by_role("button", name="Quitar filtros").click()
    assert shown.text("#count") == "16 filas"


def test_the_period_is_set_by_two_handles_and_the_keyboard(window: Opener) -> None:
    shown = window("disputa", "#v=table")
    shown.page.get_by_text("Filtros", exact=True).click()
    assert shown.text("#span") == "2026-01-01 – 2026-03-20"
    shown.page.locator('[data-r="a"]').focus()
    shown.press("End")
    assert shown.text("#span") == "2026-03-20 – 2026-03-20"
    shown.page.locator("#undated").uncheck()
    assert shown.texts("#list tbody tr td:nth-child(2)") == ["reunión de las delegaciones en Badajoz"]
    assert "a=2026-03-20&u=0" in shown.page.url
    shown.page.locator('[data-r="a"]').focus()
    shown.press("ArrowLeft")
    assert shown.text("#span").startswith("2026-03-10")
    assert shown.js("document.activeElement.dataset.r") == "a", "the handle keeps the focus"


@pytest.mark.parametrize(
    ("preset", "quotes"),
    [
        ("Quién rechaza", ["El Gobierno español rechaza esa petición", "No habrá caudal diario"]),
        ("Líneas rojas", ["El Gobierno español rechaza esa petición", "No habrá caudal diario", "no basta, pero ayuda"]),
        ("Versiones enfrentadas", ["Portugal sostiene que España incumplió el convenio en 2025", "Madrid lo niega"]),
        ("Puntos de acuerdo", ["El caudal diario es razonable"]),
        ("Indicadores", ["el río bajó un 40% en diez años"]),
    ],
)
def test_questions_have_answers_in_words(window: Opener, preset: str, quotes: list[str]) -> None:
    shown = window("disputa")
    shown.page.get_by_role("button", name=preset, exact=True).click()
    assert shown.text("#panel h2") == preset
    assert [text.strip("«»") for text in shown.texts("#panel .q")] == quotes
    assert shown.page.get_by_role("button", name=preset, exact=True).get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize(
    "anchor",
    [
        "#v=explore&c=actor/claudia-sheinbaum&d=2&t=dark",
        "#v=table&k=1&x=class.event,stance.plus&u=0",
        "#v=timeline&a=2025-01-01&b=2026-01-12&w=1&l=en",
        "#v=matrix&p=redlines",
        "#s=3",
    ],
)
def test_a_reload_gives_the_same_picture(window: Opener, anchor: str) -> None:
    shown = window("seed", anchor)
    assert shown.js("location.hash") == anchor
    picture = shown.page.screenshot(animations="disabled")
    shown.page.reload()
    assert shown.page.screenshot(animations="disabled") == picture


def test_the_tour_tells_the_story_by_arrow_keys(window: Opener) -> None:
    shown = window("seed")
    shown.page.locator("#tour").click()
    headings = [shown.text("#panel h2")]
    while shown.page.locator("#next").inner_text() != "Cerrar":
        shown.press("ArrowRight")
        shown.page.wait_for_timeout(40)
        headings.append(shown.text("#panel h2"))
    assert headings == [
        "Contexto",
        "La propuesta",
        "El rechazo",
        "La alternativa",
        "Con condiciones",
        "Versiones enfrentadas",
        "Las cifras",
        "Qué sigue",
    ]
    assert shown.text("#panel .by") == "Paso 8 de 8"
    shown.press("ArrowLeft")
    assert shown.text("#panel h2") == "Las cifras"
    shown.go("#s=2")
    assert shown.page.locator(".board.dim .wire.on").count() == 3, "the refusals are lit"
    shown.press("Escape")
    assert shown.text("#panel h2") == "En breve"
