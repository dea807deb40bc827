"""What the writers share: the graph as quads and as triples, where its IRIs begin, which article supports what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.rdf import TYPE, order
from kg.vocabulary import BR, ID, NIF


@dataclass(frozen=True)
class Data:
    """A graph to be written. Quads of all its graphs; the triples are their union."""

    quads: frozenset[ox.Quad]

    @cached_property
    def triples(self) -> list[ox.Triple]:
        """Every triple once, in the order of :func:`kg.graph.order`."""
        return sorted({quad.triple for quad in self.quads}, key=order)

    @cached_property
    def base(self) -> str:
        """What the IRIs of the data begin with: what stands before ``article/`` in the first article's."""
        articles = (q.subject for q in self.quads if q.predicate == TYPE and q.object == ox.NamedNode(BR + "Article"))
        iris = [node.value for node in articles if isinstance(node, ox.NamedNode) and "/article/" in node.value]
        return min(iris).rpartition("article/")[0] if iris else ID

    @cached_property
    def named(self) -> list[ox.Quad]:
        """The quads with a graph for each article, in order of graph and triple.

        Named graphs stay as they are. A triple of the default graph goes to the articles that support its subject: a passage to its
        own, a fact to those of its passages, everything else (actors, places, topics, activities) to those of whatever refers to it.
        Of a fact that two articles tell it cannot be known which of them brought which triple: it goes to both. What no article
        supports stays in the default graph.
        """
        found = {quad for quad in self.quads if quad.graph_name != ox.DefaultGraph()}
        loose = [quad for quad in self.quads if quad.graph_name == ox.DefaultGraph()]
        supports = _articles([quad.triple for quad in loose])
        for quad in loose:
            for article in supports.get(quad.subject) or (None,):
                found.add(ox.Quad(quad.subject, quad.predicate, quad.object, article) if article else quad)
        return sorted(found, key=lambda quad: (str(quad.graph_name), *order(quad)))


def _articles(triples: list[ox.Triple]) -> dict[object, set[ox.NamedNode]]:
    """The articles that support each subject."""
    passage_of, evidence = ox.NamedNode(NIF + "referenceContext"), ox.NamedNode(BR + "evidence")
    links: dict[object, set[object]] = defaultdict(set)
    found: dict[object, set[ox.NamedNode]] = defaultdict(set)
    subjects = {triple.subject for triple in triples}
    for triple in triples:
        if (
            triple.predicate == TYPE
            and triple.object == ox.NamedNode(BR + "Article")
            and isinstance(triple.subject, ox.NamedNode)
        ):
            found[triple.subject].add(triple.subject)
        elif triple.predicate == passage_of and isinstance(triple.object, ox.NamedNode):
            found[triple.subject].add(triple.object)
        elif triple.object in subjects:
            links[triple.subject].add(triple.object)
    for triple in triples:
        if triple.predicate == evidence:
            found[triple.subject] |= found.get(triple.object, set())
    fixed = set(found)  # facts, passages and articles are supported by their own words only
    waiting = list(fixed)
    while waiting:
        node = waiting.pop()
        for other in links.get(node, ()):
            if other not in fixed and not found[node] <= found[other]:
                found[other] |= found[node]
                waiting.append(other)
    return found
