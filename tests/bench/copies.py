"""Stores of any size: copies of the seed article's graph, each with an article, passages and facts of its own and the same actors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from conftest import ROOT
from kg.store import Writer
from kg.vocabulary import ID

OWN = re.compile(re.escape(ID) + r"(article|event|indicator|position|proposal|statement)/[^#]+")


def seed() -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=ROOT / "exports" / "graph.ttl", format=ox.RdfFormat.TURTLE)]


def copy(triples: list[ox.Triple], number: int) -> tuple[ox.NamedNode, list[ox.Triple]]:
    """The name and the triples of one copy."""

    def own(term: object) -> object:
        if isinstance(term, ox.NamedNode) and (match := OWN.match(term.value)):
            return ox.NamedNode(f"{match[0]}-{number}{term.value[match.end() :]}")
        return term

    name = ox.NamedNode(f"{ID}article/2026-01-16-mexico-eeuu-tropas-{number}")
    return name, [ox.Triple(own(t.subject), t.predicate, own(t.object)) for t in triples]  # type: ignore[arg-type]


def copies(first: int, number: int) -> Iterator[tuple[ox.NamedNode, list[ox.Triple]]]:
    triples = seed()
    return (copy(triples, i) for i in range(first, first + number))


def fill(folder: Path, triples: int) -> int:
    """A store with about so many triples in its default graph, where a triple of several articles is one; how many articles it holds."""
    one, two = (set(graph) for _, graph in copies(0, 2))
    number = triples // len(one - two)
    with Writer(folder) as store:
        for graph in copies(0, number):
            store.put(*graph)
        store.compact()
    return number
