"""The terms of other vocabularies that follow from the data by ``ontology/alignments.ttl``.

What is added is entailed (RDFS rules rdfs7 and rdfs9, https://www.w3.org/TR/rdf11-mt/#rdfs-entailment): the classes and properties
above ours that belong to others. ``skos:closeMatch`` says "nearly", so nothing follows from it. Codes (``skos:notation``) and exact
matches of the concepts that are used are copied beside the concepts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.rdf import TYPE
from kg.vocabulary import BR, OWL, RDFS, SKOS, ontology_store

_ABOVE_CLASS = (RDFS + "subClassOf", OWL + "equivalentClass")
_ABOVE_PROPERTY = (RDFS + "subPropertyOf", OWL + "equivalentProperty")
_BESIDE = (SKOS + "notation", SKOS + "exactMatch")


def aligned(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The quads that follow from some, each in the graph of the quad it follows from."""
    classes, properties = _above(_ABOVE_CLASS), _above(_ABOVE_PROPERTY)
    store = ontology_store()
    found: set[ox.Quad] = set()
    for quad in quads:
        for other in properties.get(quad.predicate, ()):
            found.add(ox.Quad(quad.subject, other, quad.object, quad.graph_name))
        if quad.predicate == TYPE:
            for other in classes.get(quad.object, ()):
                found.add(ox.Quad(quad.subject, TYPE, other, quad.graph_name))
        elif isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(BR):
            for name in _BESIDE:
                for beside in store.quads_for_pattern(quad.object, ox.NamedNode(name), None, None):
                    found.add(ox.Quad(beside.subject, beside.predicate, beside.object, quad.graph_name))
    return found


def _above(predicates: tuple[str, ...]) -> Mapping[object, list[ox.NamedNode]]:
    """Every class or property of ours → those of other vocabularies above it, at any distance."""
    links: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for predicate in predicates:
        for quad in ontology_store().quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                links[quad.subject].add(quad.object)
    found: dict[object, list[ox.NamedNode]] = {}
    for term in list(links):
        reached: set[ox.NamedNode] = set()
        waiting = [term]
        while waiting:
            for above in links.get(waiting.pop(), ()):
                if above not in reached:
                    reached.add(above)
                    waiting.append(above)
        found[term] = sorted((t for t in reached if not t.value.startswith(BR) and t != term), key=lambda t: t.value)
    return found
