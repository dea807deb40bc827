"""The page: one HTML file with everything in it, which asks for nothing and runs nothing but its own scripts.

pyvis carries the network (``Network(directed=True)``: an undirected one loses the second of two edges between the same nodes) and
renders it with this package's template, through a Jinja environment that escapes. The scripts are named in the page's content
security policy by their hashes; data stand in JSON blocks, which are not executed. vis-network is one of them, packed, until the
page's own script needs it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

import jinja2
import pyoxigraph as ox
from markupsafe import Markup

from kg import __version__
from kg.errors import InputError
from kg.headline import capital
from kg.map.content import FACTS, KINDS, RELATIONS, Citation, Content, Link, Node, read
from kg.map.dates import When, dates
from kg.map.layout import LINE, SMALL_LINE, draw, number
from kg.map.mesa import SIGNS, Table, contested, tables
from kg.map.overview import overview
from kg.map.pack import FIRST, pack
from kg.map.shrink import rename, shrink
from kg.map.story import figures, story
from kg.map.telling import amount, best_citation, best_quote, day, own_words, period, sentence, shown_name, stance
from kg.map.wording import LANGUAGES, Wording, strings, wording
from kg.vocabulary import PREFIXES, vocabulary

SCRIPTS = ("core.js", "filter.js", "panel.js", "mesa.js", "views.js", "table.js", "explore.js", "export.js", "main.js")
#: The letters that the page carries: family, weights, file.
FONTS = (("Mesa Sans", 400, "sans-400"), ("Mesa Sans", "600 700", "sans-600"), ("Mesa Serif", "400 700", "serif-400"))
#: The facts that the table shows where there is no JavaScript; more would double the size of a large page.
MOST_STATIC_FACTS = 200
#: What runs before anything is painted: the colours that the address asks for, so that they do not change before the reader's eyes.
EARLY = Markup("{const t=/[#&]t=(dark|light)/.exec(location.hash);if(t)document.documentElement.dataset.theme=t[1]}")
#: The signs, drawn about (0, 0) in a disc.
FORMS = {
    "plus": "M-4 0h8M0-4v8",
    "minus": "M-4 0h8",
    "about": "M-4-1.6q2-2.4 4 0t4 0M-4 2.4q2-2.4 4 0t4 0",
    "propose": "M-2-3.8l5 3.8-5 3.8z",
}
#: The kinds of nodes that are shown by a headline.
HEADLINED = ("proposal", "topic", "event")
#: How the Turtle of what is shown writes a value: a concept, a literal of a type, a plain one; others are words in a language.
TYPES = {
    **dict.fromkeys(("status", "stance", "eventType", "factuality", "comparator", "change", "topic"), "br"),
    "startDate": "date",
    "endDate": "date",
    "value": "decimal",
    "direct": "boolean",
    "unit": "",
    "iso": "",
}
#: The shape of a class in the picture of the whole network, and its sign on the cards about one item.
SHAPES = {
    "actor": "dot",
    "proposal": "square",
    "position": "dot",
    "event": "diamond",
    "statement": "dot",
    "indicator": "triangle",
    "topic": "hexagon",
    "place": "square",
}
GLYPHS = {"event": "◆ ", "indicator": "▲ ", "topic": "◎ ", "place": "■ ", "statement": "” ", "position": "● "}


def render(store: ox.Store, *, lang: str = "es", title: str | None = None) -> str:
    """The map of everything in a store, as the text of an HTML file; the caller writes it as UTF-8.

    The same triples give the same text. ``title`` is the heading; without it the page names its countries.
    Raises :class:`~kg.errors.InputError` for a ``lang`` that the interface does not speak.
    """
    content = read(store)
    words = wording(content, lang)
    network = _network(content)
    network.templateEnv = _environment(content, words, tables(content), title)
    network.path = "page.html.j2"
    html: str = network.generate_html()
    return html


# ----------------------------------------------------------------------------------------------------------------- the network


def _network(content: Content) -> Any:
    """The pyvis network: every node with its attributes and its place, every link of the graph as an edge."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    places = overview(content)
    spoken = own_words(content)
    when = dates(content)
    methods = {iri: number for number, iri in enumerate(content.activities)}
    for node in content.nodes:
        x, y = places[node.index]
        more = _attributes(content, node, when.get(node.index), methods, spoken)
        network.add_node(node.index, label=node.label, shape=SHAPES[node.kind], group=node.kind, x=x, y=y, **more)
    for link in content.links:
        network.add_edge(link.source, link.target, r=link.relation, **({"p": 1} if link.told else {}))
    return network


def _attributes(
    content: Content, node: Node, when: When | None, methods: Mapping[str, int], spoken: Collection[int]
) -> dict[str, Any]:
    """What the page's scripts read; what is absent is left out, which keeps the page small."""
    lists = ("alias", "topic", "sameAs")
    found: dict[str, Any] = {
        "key": node.key,
        "s": short if (short := shown_name(content, node, "es")) != capital(node.label) and node.kind in HEADLINED else None,
        "cls": node.cls if node.cls.lower() != node.kind else None,
        "side": node.side,
        "names": {lang: label for lang, label in node.labels if label != node.label and lang in LANGUAGES},
        "v": {name: list(value) if name in lists or len(value) > 1 else value[0] for name, value in node.values.items()},
        "c": list(node.citations),
        "b": best if (best := best_citation(content, node, spoken)) not in node.citations[:1] else None,
        "m": methods.get(node.activity or ""),
        "d": [when.start, when.end, int(when.inherited), *(period(when, lang) for lang in LANGUAGES)] if when else None,
        "ty": _plover(node),
        "n": [amount(content, node, lang) for lang in LANGUAGES] if node.kind == "indicator" else None,
    }
    return {name: value for name, value in found.items() if value not in (None, {}, [])}


def _plover(node: Node) -> str | None:
    """The PLOVER type above a finer event type; ``None`` where there is none or the type is one itself."""
    event_type = node.value("eventType")
    if event_type is None or vocabulary().concepts.get(event_type) != "eventTypes":
        return None
    above = vocabulary().plover_type(event_type)
    return above if above != event_type else None


# ---------------------------------------------------------------------------------------------------------------- the template


def _environment(content: Content, words: Wording, seen: Sequence[Table], title: str | None) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.map", "."),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    environment.filters.update(edge_rows=_edge_rows, node_rows=_node_rows)
    application, library = _application(), _library()
    spoken = own_words(content)
    facts = sorted(content.of_kind(*FACTS), key=lambda node: (KINDS.index(node.kind), content.place(node)))
    links: dict[int, list[Link]] = {}
    for link in content.links:
        links.setdefault(link.source, []).append(link)
    environment.globals.update(
        application=application,
        both=lambda key, *values: (words.text(key, *values), words.text(key, *values, lang=words.other)),
        chip=lambda key, lang: words.text(key, lang=lang) if key == "disputed" else words.concept(key, lang),
        country=lambda side, lang: content.countries[side][lang],
        group=lambda key, lang: _group(content, words, key, lang),
        n=number,
        line=LINE,
        small_line=SMALL_LINE,
        board_css=Markup(_file("board.css")),
        font_css=_fonts(),
        content=content,
        csp=_policy(library, EARLY, application),
        early=EARLY,
        data=_data(content, words, seen),
        day=day,
        drawings=[(table, [draw(content, table, board, words) for board in table.boards]) for table in seen],
        facts=facts,
        figure=lambda node, lang: amount(content, node, lang),
        library=_packed_library(),
        library_note=_NOTE,
        figures=figures(content),
        forms=FORMS,
        language=lambda node: _language(content, node),
        links=links,
        method=", ".join(dict.fromkeys(label.partition(",")[0] for label in content.activities.values()))
        or f"bilateral-kg {__version__}",
        others=content.of_kind("actor", "topic", "place"),
        pair=lambda table: _pair(content, words, table),
        sign=lambda node: SIGNS.get(node.value("stance") or "", "about"),
        stance=lambda node: stance(node, words),
        most=MOST_STATIC_FACTS,
        page_css=Markup(_file("page.css")),
        period=period,
        quote_of=lambda node: best_quote(content, node, spoken),
        sentence=lambda fact, actor=None: sentence(content, words, content.nodes[fact], spoken, actor),
        title=_title(content, words, seen, title),
        version=__version__,
        when=dates(content),
        words=words,
    )
    return environment


def _title(content: Content, words: Wording, seen: Sequence[Table], title: str | None) -> tuple[str, str]:
    """The heading in the page's language and in the other: what was asked for, or the countries at the table."""
    if title:
        return title, title
    sides = [side for side in (seen[0].left, seen[0].right) if side] if len(seen) == 1 else []
    key = ("page.titleNone", "page.titleOne", "page.titleTwo")[len(sides)]
    here, there = (
        words.text(key, *(content.countries[side][lang] for side in sides), lang=lang) for lang in (words.lang, words.other)
    )
    return here, there


def _packed(content: Content, cited: Citation) -> list[Any]:
    """A citation for the scripts: where it stands, its words unless the source has them there, whose word it is, and its IRI unless
    that follows from the offsets."""
    source = content.sources[cited.source].iri if cited.source is not None else ""
    usual = cited.iri == f"{source}#char={cited.begin},{cited.end}"
    words = 0 if cited.verbatim else cited.quote
    packed = [cited.source, cited.begin, cited.end, words, list(cited.attributed), list(cited.via)]
    return packed if usual else [*packed, cited.iri.removeprefix(content.base)]


def _edge_rows(edges: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """pyvis's edges as short rows: from, to, relation, and 1 where a passage tells it."""
    relations = [*RELATIONS, "attributedTo"]
    return [[edge["from"], edge["to"], relations.index(edge["r"]), *([1] if "p" in edge else [])] for edge in edges]


def _node_rows(nodes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """pyvis's nodes without what the class and the place in the list say already."""
    return [{name: value for name, value in node.items() if name not in ("id", "shape")} for node in nodes]


def _pair(content: Content, words: Wording, table: Table) -> tuple[str, str]:
    """The names of the countries at a table, in the page's language and in the other."""
    sides = [side for side in (table.left, table.right) if side]
    here, there = (" – ".join(content.countries[side][lang] for side in sides) for lang in (words.lang, words.other))
    return here, there


def _language(content: Content, node: Node) -> str:
    """The language of a fact's words: that of its first article."""
    sources = [source for index in node.citations if (source := content.citations[index].source) is not None]
    return content.sources[sources[0]].language if sources else "es"


def _group(content: Content, words: Wording, key: str, lang: str) -> str:
    """The heading of a group of rows."""
    what, _, which = key.partition(":")
    if what == "topic":
        label = words.concept(which, lang)
        return label[:1].upper() + label[1:]
    if what == "side":
        return words.text("page.group.side", content.countries[which][lang], lang=lang)
    return words.text(f"page.group.{what}", lang=lang)


def _data(content: Content, words: Wording, seen: Sequence[Table]) -> dict[str, Any]:
    """What the scripts need besides the network."""
    return {
        "base": content.base,
        "lang": words.lang,
        "version": __version__,
        "strings": {key: list(pair) for key, pair in strings().items() if not key.startswith("page.")},
        "concepts": {key: list(pair) for key, pair in words.concepts.items()},
        "countries": {side: [labels[lang] for lang in LANGUAGES] for side, labels in content.countries.items()},
        "sources": [
            {
                "key": source.key, "title": source.title, "date": source.date, "lang": source.language, "text": source.text,
                "publisher": source.publisher, "url": source.url, "day": [day(source.date, lang) for lang in LANGUAGES],
            }
            for source in content.sources
        ],
        "cites": [
            _packed(content, cited)
            for cited in content.citations
        ],
        "methods": list(content.activities.values()),
        "signs": dict(SIGNS),
        "forms": FORMS,
        "shapes": SHAPES,
        "glyphs": GLYPHS,
        "relations": [*RELATIONS, "attributedTo"],
        "prefixes": {name: PREFIXES[name] for name in ("br", "dcterms", "nif", "rdfs", "skos", "xsd")},
        "types": TYPES,
        "disputed": sorted(contested(content)),
        "story": [[step.key, list(step.facts)] for step in story(content, tuple(seen))],
        "tables": [
            {
                "sides": [table.left, table.right],
                "rows": [row.node for board in table.boards for row in board.rows],
                "rest": [node for board in table.boards for node in board.rest],
            }
            for table in seen
        ],
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------------------------ the scripts


def _file(name: str) -> str:
    return resources.files("kg.map").joinpath(name).read_text("utf-8")


@lru_cache(maxsize=1)
def _fonts() -> Markup:
    """The page's letters, so that words take the room that was reckoned for them wherever the page is opened."""
    # Lines a little lower than the letters' makers would have them, so that the boxes of neighbouring lines do not overlap.
    metrics = "ascent-override:86%;descent-override:24%;line-gap-override:0%;"
    faces = []
    for family, weight, name in FONTS:
        letters = base64.b64encode(resources.files("kg.map").joinpath(f"fonts/{name}.woff2").read_bytes()).decode()
        faces.append(
            f"@font-face{{font-family:{family};font-weight:{weight};{metrics}src:url(data:font/woff2;base64,{letters})}}"
        )
    return Markup("\n".join(faces))


@lru_cache(maxsize=1)
def _application() -> Markup:
    """The page's own script: its parts in one scope."""
    parts = "\n".join(_file(name).strip() for name in SCRIPTS)
    return _inline("the page's script", rename(shrink(f'(function () {{\n"use strict";\n{parts}\n}})();')))


@lru_cache(maxsize=1)
def _library() -> Markup:
    """vis-network as it comes with the installed pyvis. Its text never passes through Jinja as a template."""
    bundle = resources.files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js")
    return _inline("vis-network", bundle.read_text("utf-8").replace("\r\n", "\n"))


_NOTE = (
    "vis-network 9.1.2, (c) 2011-2017 Almende B.V, (c) 2017-2019 visjs contributors, Apache-2.0 or MIT, https://github.com/visjs"
)


@lru_cache(maxsize=1)
def _packed_library() -> Markup:
    """vis-network as a JSON block: the packed text, the first letter of its packing, and what these letters stand for."""
    packed = pack(str(_library()))
    block = json.dumps([packed.text, FIRST, packed.pieces], ensure_ascii=False, separators=(",", ":"))
    return _inline("vis-network", block)


def _inline(name: str, text: str) -> Markup:
    """A script that may stand between ``<script>`` tags as it is."""
    if "</script" in text.lower() or "<!--" in text:
        raise InputError(f"{name}: holds an end tag; expected a script that can stand in a page")
    if "\r" in text:
        raise InputError(f"{name}: holds a carriage return; expected line feeds only, for a hash that every browser agrees with")
    return Markup(text)


def _policy(*scripts: str) -> str:
    """The content security policy: nothing is loaded, and no script runs but those of these texts."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
