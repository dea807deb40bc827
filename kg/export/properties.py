"""The graph as a property graph: what GraphML, GEXF, CSV and Cypher have in common.

Every described IRI is a node. A link to another node is an edge; everything else is a property of the node: literals, concepts
(by their name: ``stance = opposes``), IRIs of other data sets. A property is called by the last part of its IRI. Texts in Spanish or
in no language keep that name, those in another language get it with the language (``label_en``). Every node has a ``label``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.export.data import Data
from kg.rdf import TYPE
from kg.vocabulary import BR, DCTERMS, NIF, PREFIXES, RDFS, SKOS, XSD

Value = str | int | bool | Decimal | dt.date
HOME = frozenset({"es", None})  # languages whose texts need no mark

_INTEGERS = frozenset(XSD + name for name in ("integer", "int", "long", "nonNegativeInteger"))
_NUMBERS = frozenset(XSD + name for name in ("decimal", "double", "float"))
#: Where a node's label stands, the best first.
_LABELS = (RDFS + "label", SKOS + "prefLabel", DCTERMS + "title", NIF + "anchorOf")


@dataclass(frozen=True, slots=True)
class Node:
    """``kind`` is the first class by name, the ontology's own before others; properties hold sorted values, never none."""

    iri: str
    kind: str
    classes: tuple[str, ...]
    label: str
    properties: dict[str, tuple[Value, ...]] = field(hash=False)


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    source: str
    name: str
    target: str


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes by IRI, and edges, both sorted."""

    nodes: dict[str, Node]
    edges: tuple[Edge, ...]

    def of_kind(self) -> Iterator[tuple[str, list[Node]]]:
        """The nodes by their kind, sorted."""
        kinds: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes.values():
            kinds[node.kind].append(node)
        yield from sorted(kinds.items())


def property_graph(data: Data) -> PropertyGraph:
    """All of a graph as nodes and edges. Blank nodes are nodes too, by their labels."""
    described: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in data.triples:
        described[iri_of(triple.subject)].append(triple)
    names = _names(data)
    nodes, edges = {}, set()
    for iri, triples in sorted(described.items()):
        properties: dict[str, set[Value]] = defaultdict(set)
        classes = []
        for _, predicate, value in triples:
            name = names[predicate]
            if predicate == TYPE:
                classes.append(value)
            elif isinstance(value, ox.Literal):
                home = value.language in HOME
                properties[name if home else f"{name}_{value.language}"].add(_value(value))
            elif (target := iri_of(value)) in described:
                edges.add(Edge(iri, name, target))
            else:
                properties[name].add(target.removeprefix(BR))
        own = sorted(c for c in map(iri_of, classes) if c.startswith(BR))
        foreign = sorted(c for c in map(iri_of, classes) if not c.startswith(BR))
        names_of_classes = tuple(dict.fromkeys(_local(c) for c in [*own, *foreign]))
        nodes[iri] = Node(
            iri=iri,
            kind=names_of_classes[0] if names_of_classes else "Resource",
            classes=names_of_classes,
            label=_label(iri, triples),
            properties={name: tuple(sorted(values, key=str)) for name, values in sorted(properties.items())},
        )
    return PropertyGraph(nodes, tuple(sorted(edges)))


def iri_of(term: object) -> str:
    """The IRI of a node; ``_:name`` for a blank one."""
    if isinstance(term, ox.NamedNode):
        return term.value
    return str(term)


def text_of(values: tuple[Value, ...], separator: str = " | ") -> str:
    """Several values in one text."""
    return separator.join(plain(value) for value in values)


def plain(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _names(data: Data) -> dict[ox.NamedNode, str]:
    """A short name for each property: the last part of its IRI; with its prefix where another property of one node has that too."""
    together: dict[object, set[ox.NamedNode]] = defaultdict(set)
    for triple in data.triples:
        together[triple.subject].add(triple.predicate)
    clashing = set()
    for predicates in together.values():
        by_name: dict[str, list[ox.NamedNode]] = defaultdict(list)
        for predicate in predicates:
            by_name[_local(predicate.value)].append(predicate)
        clashing |= {p for found in by_name.values() if len(found) > 1 for p in found if not p.value.startswith(BR)}
    return {
        predicate: _prefixed(predicate.value) if predicate in clashing else _local(predicate.value)
        for predicates in together.values()
        for predicate in predicates
    }


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1] or iri


def _prefixed(iri: str) -> str:
    known = (f"{prefix}_{_local(iri)}" for prefix, namespace in PREFIXES.items() if iri.startswith(namespace))
    return next(known, re.sub(r"\W+", "_", iri.partition("//")[2] or iri))


def _label(iri: str, triples: list[ox.Triple]) -> str:
    for predicate in _LABELS:
        found = [t.object for t in triples if t.predicate.value == predicate and isinstance(t.object, ox.Literal)]
        if found:
            return min((label.language not in HOME, label.value) for label in found)[1]
    return _local(iri)


def _value(literal: ox.Literal) -> Value:
    """The literal as a Python value, as its text where that cannot hold it."""
    kind, text = literal.datatype.value, literal.value
    try:
        if kind in _INTEGERS:
            return int(text)
        if kind in _NUMBERS:
            number = Decimal(text)
            return number if number.is_finite() else text
        if kind == XSD + "date":
            return dt.date.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return text
    if kind == XSD + "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    return text
