"""RDF terms and the bytes of RDF files: what everything that reads or writes a graph has in common.

No blank nodes, no time stamps: :func:`turtle` and :func:`nquads` give the same bytes for the same triples in whatever order they come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

import pyoxigraph as ox

from kg.vocabulary import BR, ID, PREFIXES, RDF, RDFS

TYPE = ox.NamedNode(RDF + "type")
LABEL = ox.NamedNode(RDFS + "label")

#: The prefixes of the data's own nodes, after the base; articles and passages are written as relative IRIs instead.
DATA_PREFIXES = ("activity", "actor", "event", "indicator", "place", "position", "proposal", "statement", "topic")

_TYPE_TEXT = RDF + "type"


# -------------------------------------------------------------------------------------------------------------------- terms


@lru_cache(maxsize=1024)
def br(name: str) -> ox.NamedNode:
    return ox.NamedNode(BR + name)


# -------------------------------------------------------------------------------------------------------------------- bytes


def order(triple: ox.Triple | ox.Quad) -> tuple[str, str, str]:
    """Sorts triples by subject, rdf:type first, then predicate and object, by code point."""
    predicate = triple.predicate.value
    return str(triple.subject), "" if predicate == _TYPE_TEXT else predicate, str(triple.object)


def turtle(graph: Iterable[ox.Triple], base: str = ID, also: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Turtle with prefixes, one block per subject, ``a`` first: the same bytes for the same triples in whatever order.

    IRIs of articles and passages are written relative to ``base``, everything else by prefix; ``also`` has further prefixes.
    """
    return turtle_of_sorted(sorted(set(graph), key=order), base, also)


def turtle_of_sorted(graph: Iterable[ox.Triple], base: str = ID, also: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The same of triples that are in the order of :func:`order` already, each once."""
    prefixes = {**PREFIXES, **{name: f"{base}{name}/" for name in DATA_PREFIXES}, **also}
    data = ox.serialize(graph, format=ox.RdfFormat.TURTLE, prefixes=prefixes, base_iri=base) or b""
    # The serializer writes its header in the order of a hash table and makes prefixes relative to the base: write our own.
    body = re.sub(rb"\A(?:@[^\n]*\n)*\n?", b"", data).replace(b" .\n", b" .\n\n").removesuffix(b"\n")
    header = [f"@base <{base}> ."] + [f"@prefix {name}: <{iri}> ." for name, iri in sorted(prefixes.items())]
    return "\n".join(header).encode("utf-8") + b"\n\n" + body


def nquads(dataset: Iterable[ox.Quad]) -> bytes:
    """N-Quads, one sorted line each."""
    lines = sorted({f"{quad} .\n" for quad in dataset})
    return "".join(lines).encode("utf-8")
