"""The page as text: what is in it, what is not, and that it is the same every time. No browser is needed here."""

from __future__ import annotations

import base64
import configparser
import fnmatch
import hashlib
import html.parser
import importlib.resources
import json
import os
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from map_samples import HOSTILE, SAMPLES, hostile, many, sample
from test_map_content import edges_in

from conftest import ROOT
from kg.errors import InputError
from kg.map.page import MOST_STATIC_FACTS, render

ALL = [*SAMPLES, "seed", "five", "empty"]


class Page(html.parser.HTMLParser):
    """The elements of a page: (tag, attributes) in order, the text of scripts and styles, and all other text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.inside = tag
            self.raw.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.raw[-1] = (self.inside, self.raw[-1][1] + data)
        else:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def scripts(self) -> list[tuple[dict[str, str | None], str]]:
        texts = [text for tag, text in self.raw if tag == "script"]
        return list(zip(self.all("script"), texts, strict=True))

    def data(self, name: str) -> Any:
        (found,) = (text for attributes, text in self.scripts() if attributes.get("id") == f"kg-{name}")
        return json.loads(found)


@lru_cache(maxsize=16)
def page(name: str, lang: str = "es") -> tuple[str, Page]:
    text = render(many() if name == "many" else sample(name), lang=lang)
    return text, Page(text)


# ---------------------------------------------------------------------------------------------------------------- completeness


@pytest.mark.parametrize("name", ALL)
def test_the_graphs_relations_are_the_pages_edges_and_the_tables_entries(name: str) -> None:
    wanted = edges_in(sample(name))
    text, parsed = page(name)
    assert len(parsed.data("edges")) == wanted
    facts = [element for tag, element in parsed.elements if tag == "tr" and "id" in element]
    if len(parsed.data("nodes")) < MOST_STATIC_FACTS:
        assert len(facts) == len(parsed.data("nodes"))
        entries = [int(element["data-e"] or "") for element in parsed.all("span") if "data-e" in element]
        assert sorted(entries) == list(range(wanted))
    else:
        assert f"Aquí están los primeros {MOST_STATIC_FACTS} de " in text


def test_two_thousand_facts_are_all_there() -> None:
    parsed = page("many")[1]
    assert len(parsed.data("edges")) == edges_in(many())
    assert len([node for node in parsed.data("nodes") if node["group"] not in ("actor", "topic", "place")]) == 2000


def test_two_relations_between_the_same_two_nodes_are_both_kept() -> None:
    data = page("disputa")[1]
    nodes, edges = data.data("nodes"), data.data("edges")
    meeting = next(i for i, node in enumerate(nodes) if node["label"].startswith("reunión de las delegaciones"))
    assert [edge[:2] for edge in edges].count([meeting, next(i for i, n in enumerate(nodes) if n["label"] == "Portugal")]) == 1
    assert len({tuple(edge) for edge in edges}) == len(edges)


def test_every_quote_is_in_the_table_and_in_its_source() -> None:
    parsed = page("seed")[1]
    sources = parsed.data("data")["sources"]
    for source, begin, end, words, *_ in parsed.data("data")["cites"]:
        assert words == 0, "the words are cut from the text; they stand in full only where the text does not hold them"
        assert sources[source]["text"][begin:end].strip()
    said = "".join(parsed.text)
    for quote in ("eso no, eso no está sobre la mesa", "Coordinación sí, intervención no", "un senador mexicano confirmó"):
        assert quote in said


def test_words_that_the_text_does_not_hold_are_carried_along_and_marked() -> None:
    store = sample("un-pais")
    (text,) = store.quads_for_pattern(
        None, ox.NamedNode("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString"), None
    )
    store.remove(text)
    cites = Page(render(store)).data("data")["cites"]
    assert [cite[3] for cite in cites] == [
        "El Gobierno de Uruguay propuso que se vote desde el extranjero",
        "La oposición se niega",
        "Una asociación de emigrantes apoya la propuesta",
    ]


def test_the_mesa_is_readable_without_a_script() -> None:
    text, parsed = page("disputa")
    links = [a for a in parsed.all("a") if (a.get("class") or "").startswith(("wire", "row", "pill"))]
    assert len([a for a in links if (a["class"] or "").startswith("wire")]) == 8
    rows = {f"#{tr['id']}" for tr in parsed.all("tr") if "id" in tr}
    assert {a["href"] for a in links} <= rows, "every link leads to its row in the table"
    titles = re.findall(r"<title>(.*?)</title>", text)
    assert "Gobierno español — rechaza — más agua del Tajo antes del verano: «El Gobierno español rechaza esa petición»" in titles
    assert "España — niega — España incumplió el convenio en 2025: «Madrid lo niega»" in titles
    assert ">en disputa</text>" in text
    for view in parsed.all("section"):
        assert ("hidden" in view) == (view["id"] not in ("v-mesa", "v-table"))


def test_smallest_letters() -> None:
    css = (ROOT / "kg" / "map" / "board.css").read_text("utf-8")
    assert min(float(size) for size in re.findall(r"font-size:([\d.]+)px", css)) >= 12.5


# ---------------------------------------------------------------------------------------------------------------------- safety


@pytest.mark.parametrize("name", ["seed", "empty"])
def test_the_policy_allows_our_script_and_vis_network_and_nothing_else(name: str) -> None:
    parsed = page(name)[1]
    (policy,) = (m["content"] or "" for m in parsed.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data: blob:"
    assert rules["font-src"] == "data:"
    code = [text for attributes, text in parsed.scripts() if attributes.get("type") != "application/json"]
    assert len(code) == 2
    bundle = importlib.resources.files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_text("utf-8")
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in (bundle, *code)]
    assert rules["script-src"].split() == hashes
    text, first, pieces = parsed.data("library")
    assert text.translate({first + number: piece for number, piece in enumerate(pieces)}) == bundle
    position = [tag for tag, _ in parsed.elements].index
    assert position("meta") < position("script")


def test_nothing_is_loaded_from_anywhere() -> None:
    parsed = page("seed")[1]
    assert {tag for tag, _ in parsed.elements}.isdisjoint(
        {"link", "img", "iframe", "object", "embed", "base", "form", "source", "video", "audio"}
    )
    assert not [attributes for _, attributes in parsed.elements if "src" in attributes or "srcset" in attributes]
    assert not [attributes for _, attributes in parsed.elements if any(name.startswith("on") for name in attributes)]
    for tag, text in parsed.raw:
        if tag == "style":
            assert set(re.findall(r"url\((.{23})", text)) <= {"data:font/woff2;base64,"}
            assert "@import" not in text


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_words_stay_words(case: str) -> None:
    words = HOSTILE[case]
    parsed, tame = Page(render(hostile(words), title=words)), Page(render(hostile("palabras"), title="palabras"))
    drawn = ("tspan", "text", "title")  # a longer name has more lines
    for found in (parsed, tame):
        found.elements = [(tag, attributes) for tag, attributes in found.elements if tag not in drawn]
    assert [tag for tag, _ in parsed.elements] == [tag for tag, _ in tame.elements]
    assert [set(attributes) for _, attributes in parsed.elements] == [set(attributes) for _, attributes in tame.elements]
    assert [attributes for attributes, _ in parsed.scripts()] == [attributes for attributes, _ in tame.scripts()]
    assert not [a for a in parsed.all("a") if not (a["href"] or "").startswith("#")]
    said = re.sub(r"\s+", " ", "".join(parsed.text))
    assert re.sub(r"\s+", " ", words) in said
    assert parsed.data("data")["sources"][0]["title"] == words
    assert parsed.data("data")["sources"][0]["url"] is None
    assert {node["label"] for node in parsed.data("nodes")} >= {words, "B " + words}


@pytest.mark.parametrize("slug", ["__proto__", "constructor", "a-b"])
def test_names_of_files_are_only_names(slug: str) -> None:
    parsed = Page(render(hostile("palabras", slug)))
    assert parsed.data("data")["sources"][0]["key"] == f"article/{slug}"


# -------------------------------------------------------------------------------------------------------------- size and sameness


@pytest.mark.parametrize("name", [*ALL, "many"])
def test_size(name: str) -> None:
    text, parsed = page(name)
    assert len(text.encode()) <= 600_000 + 600 * len(parsed.data("nodes"))


def test_the_size_of_what_is_built() -> None:
    store = ox.Store()
    store.load(path=ROOT / "exports" / "graph.ttl", format=ox.RdfFormat.TURTLE)
    text = render(store)
    assert len(text.encode()) <= 600_000 + 600 * len(Page(text).data("nodes"))


def test_the_pages_own_script_is_small() -> None:
    own = [text for attributes, text in page("empty")[1].scripts() if attributes.get("type") != "application/json"]
    assert len("".join(own).encode()) < 40_000


def test_the_same_triples_give_the_same_bytes() -> None:
    code = """
import hashlib
from map_samples import sample
from kg.map.page import render
print(hashlib.sha256(render(sample("five")).encode()).hexdigest(), end="")
"""
    digests = set()
    for more in (
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252", "TZ": "Asia/Tokyo"},
    ):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]), **more}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        digests.add(done.stdout)
    assert digests == {hashlib.sha256(page("five")[0].encode()).hexdigest()}


def test_nothing_is_written_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    render(sample("un-pais"))
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------------------------------------------- languages


def test_the_page_opens_in_the_language_asked_for_and_carries_the_other() -> None:
    for lang, here, there in (
        ("es", "Propuestas sobre la mesa", "Proposals on the table"),
        ("en", "Proposals on the table", "Propuestas sobre la mesa"),
    ):
        text, parsed = page("seed", lang)
        assert parsed.all("html")[0]["lang"] == lang
        assert f'data-o="{there}">{here}</text>' in text
    assert "Estados Unidos y México: quién quiere qué" in page("seed")[0]
    assert (
        '<h1 data-o="Estados Unidos y México: quién quiere qué">United States and Mexico: who wants what</h1>'
        in page("seed", "en")[0]
    )
    with pytest.raises(InputError, match="expected one of: es, en"):
        render(sample("empty"), lang="fr")


def test_quotes_keep_the_language_of_their_article() -> None:
    text, _ = page("disputa", "en")
    assert '<q lang="es">Madrid lo niega</q>' in text


def test_the_heading_is_the_countries_or_what_was_asked_for() -> None:
    assert ">Portugal y España: quién quiere qué</h1>" in page("disputa")[0]
    assert ">Uruguay: quién quiere qué</h1>" in page("un-pais")[0]
    assert ">Quién quiere qué</h1>" in page("five")[0]
    assert ">El Tajo</h1>" in render(sample("disputa"), title="El Tajo")


def test_the_header_says_where_it_all_comes_from() -> None:
    said = re.sub(r"\s+", " ", "".join(page("disputa")[1].text))
    assert (
        "El Tajo vuelve a separar a Lisboa y Madrid 🌊 · Diario del Agua 10 mar 2026 · 1 artículo · 16 hechos · extraído con bilateral-kg"
        in said
    )
    assert "La ausencia de línea no significa neutralidad" in said
    assert "5 artículos · " in re.sub(r"\s+", " ", "".join(page("five")[1].text))


def test_graphs_with_little_in_them_say_so() -> None:
    assert "El grafo está vacío" in page("empty")[0]
    text, _ = page("sin-propuestas")
    assert "no recogen propuestas ni posturas" in text
    assert '<q class="q" lang="es">Chile cerró el sábado el paso de Chacalluta</q>' in text


# --------------------------------------------------------------------------------------------------------------------- package


def test_the_installed_package_has_every_file_the_page_needs() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    patterns = [p.strip() for p in setup["options.package_data"]["kg.map"].split(",")]
    missing = [
        path.name
        for path in (ROOT / "kg" / "map").iterdir()
        if path.is_file() and path.suffix != ".py" and not any(fnmatch.fnmatch(path.name, pattern) for pattern in patterns)
    ]
    assert missing == []
