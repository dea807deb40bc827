"""What the graph says of one entity: its own statements, those about it, and the passages of an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.vocabulary import DCTERMS, NIF, RDFS, SKOS

MOST = 2000  # statements on a page or in a graph; more are left out, and the page says so


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: ``own`` where the entity is its subject. ``value`` is the other end, ``label`` what that is called, and
    ``path`` where this server shows it, empty where it does not."""

    own: bool
    predicate: ox.NamedNode
    value: ox.NamedNode | ox.Literal | ox.BlankNode
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity with its statements, its own first, by predicate; ``cut`` where there are more than :data:`MOST`."""

    iri: str
    label: str
    statements: tuple[Statement, ...]
    cut: bool


def page_query(iri: str) -> str:
    """The query whose rows :func:`read` reads. ``iri`` must have been checked."""
    return f"""
SELECT ?own ?predicate ?value (MIN(?name) AS ?label) WHERE {{
  {{ <{iri}> ?predicate ?value BIND(true AS ?own) }} UNION {{ ?value ?predicate <{iri}> BIND(false AS ?own) }}
  OPTIONAL {{ ?value <{RDFS}label>|<{SKOS}prefLabel>|<{DCTERMS}title>|<{NIF}anchorOf> ?name }}
}} GROUP BY ?own ?predicate ?value ORDER BY DESC(?own) ?predicate ?label ?value LIMIT {MOST + 1}"""


def graph_query(iri: str) -> str:
    """The statements of and about the entity, as a graph; of an article also those of its passages."""
    return f"""
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ VALUES ?s {{ <{iri}> }} ?s ?p ?o }} UNION {{ VALUES ?o {{ <{iri}> }} ?s ?p ?o }}
  UNION {{ ?s <{NIF}referenceContext> <{iri}> ; ?p ?o }}
}} LIMIT {10 * MOST}"""


def exists_query(iri: str) -> str:
    return f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }} }}"


def read(iri: str, rows: Iterable[ox.QuerySolution], base: str) -> Entity:
    """The entity from the rows of :func:`page_query`; entities whose IRIs begin with ``base`` are shown by this server."""
    found = []
    for row in rows:
        value, label = row["value"], row["label"]
        name = label.value if label is not None else ""
        path = f"/id/{value.value.removeprefix(base)}" if isinstance(value, ox.NamedNode) and value.value.startswith(base) else ""
        found.append(Statement(row["own"].value == "true", row["predicate"], value, name, path))
    names = [s.value for s in found if s.own and s.predicate.value in (RDFS + "label", DCTERMS + "title", SKOS + "prefLabel")]
    literals = sorted((name for name in names if isinstance(name, ox.Literal)), key=lambda n: (n.language != "es", n.value))
    label = literals[0].value if literals else iri.removeprefix(base)
    return Entity(iri, label, tuple(found[:MOST]), len(found) > MOST)
