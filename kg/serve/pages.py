"""The pages around the endpoint, as HTML: what the store holds, the page to ask with, and one page for each entity.

No page asks for anything from elsewhere; styles and the one script come from :data:`ASSETS`. Everything from the graph is escaped by
the template engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from itertools import groupby
from typing import Any

import jinja2
import pyoxigraph as ox

from kg.cells import Cells
from kg.questions import GROUPS, Question
from kg.serve.entity import Entity, Statement
from kg.vocabulary import BR, PREFIXES

LANGUAGES = ("es", "en")
ASSETS = {"serve.css": "text/css; charset=utf-8", "query.js": "text/javascript; charset=utf-8"}

#: What the start page shows where there is no map.
COUNTS = f"""
SELECT ?kind (COUNT(?node) AS ?number) WHERE {{ ?node a ?kind FILTER(STRSTARTS(STR(?kind), "{BR}")) }}
GROUP BY ?kind ORDER BY DESC(?number) ?kind"""


def asset(name: str) -> bytes:
    """The bytes of one of :data:`ASSETS`."""
    return (resources.files("kg.serve") / name).read_bytes()


def start(counts: Iterable[ox.QuerySolution], why: str, language: str) -> str:
    """What the store holds, by class, and why there is no map of it."""
    cells = Cells(language)
    rows = [(cells.text(row["kind"]), f"{int(row['number'].value):,}") for row in counts]
    return _render("start.html.j2", language, rows=rows, why=why)


def query(language: str) -> str:
    """The page to ask with."""
    return _render("query.html.j2", language, groups=GROUPS, prefixes=PREFIXES)


def entity(found: Entity, language: str) -> str:
    """What the graph says of an entity."""
    cells = Cells(language)
    parts = []
    for own, statements in groupby(found.statements, key=lambda statement: statement.own):
        by_predicate = groupby(statements, key=lambda statement: statement.predicate)
        parts.append((own, [(cells.text(predicate), [_shown(s, cells) for s in some]) for predicate, some in by_predicate]))
    return _render("entity.html.j2", language, entity=found, parts=parts)


def question_list(known: Sequence[Question], language: str) -> list[dict[str, Any]]:
    """The named questions for the menu: name, group, words, parameters with examples."""
    place = LANGUAGES.index(language)
    return [
        {
            "name": asked.name,
            "group": GROUPS[asked.group][place],
            "question": asked.in_language(language),
            "parameters": [
                {"name": p.name, "required": p.required, "example": p.example} for p in asked.parameters if p.name != "lang"
            ],
        }
        for asked in known
    ]


def _shown(statement: Statement, cells: Cells) -> dict[str, str]:
    """A value as the page shows it: its words, its link, its anchor (a passage's fragment, so that its IRI leads to it)."""
    value = statement.value
    text = statement.label or cells.text(value)
    fragment = value.value.partition("#")[2] if isinstance(value, ox.NamedNode) and not statement.own else ""
    return {"text": text, "path": statement.path, "anchor": fragment if fragment.startswith("char=") else ""}


def _render(template: str, language: str, **values: object) -> str:
    return _environment().get_template(template).render(language=language, words=_words()[language], **values)


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("kg.serve", "."),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(asset("words.json"))
    return found
