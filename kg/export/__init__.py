"""A graph in the formats of other tools. :data:`FORMATS` says which; every format is one function from data to bytes.

The RDF formats keep every triple. The others (GraphML, GEXF, CSV, Cypher) show the same nodes as a property graph
(:mod:`kg.export.properties`). All are byte-stable: the same graph gives the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.export import cypher, jsonld, networks, rdf, tables
from kg.export.alignment import aligned
from kg.export.data import Data
from kg.vocabulary import ontology_dir

__all__ = ["FORMATS", "TERMS", "Data", "Format", "format_of", "prepared"]


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing a graph: its name, what it is for, the endings of its files, and the function that writes it.

    ``files`` is the other way for a format of several files: their names and contents.
    """

    name: str
    purpose: str
    endings: tuple[str, ...]
    write: Callable[[Data], bytes]
    files: Callable[[Data], dict[str, bytes]] | None = None


FORMATS: Mapping[str, Format] = {
    f.name: f
    for f in (
        Format("ttl", "Turtle, to read and to diff", (".ttl",), rdf.turtle),
        Format("nt", "N-Triples, sorted lines", (".nt",), rdf.ntriples),
        Format("nq", "N-Quads, a graph for each article", (".nq",), rdf.nquads),
        Format("trig", "TriG, a graph for each article", (".trig",), rdf.trig),
        Format("jsonld", "JSON-LD with a compact context", (".jsonld", ".json"), jsonld.write),
        Format("rdfxml", "RDF/XML", (".rdf", ".xml", ".owl"), rdf.rdfxml),
        Format("graphml", "for yEd, igraph, networkx, Cytoscape", (".graphml",), networks.graphml),
        Format("gexf", "for Gephi", (".gexf",), networks.gexf),
        Format("csv", "a table for each class, for spreadsheets and pandas", (".zip",), tables.zipped, tables.tables),
        Format("cypher", "a script for Neo4j", (".cypher", ".cql"), cypher.write),
    )
}

#: The ontology's files that ``--with-ontology`` adds: classes, properties and concepts, not the known actors or the lexicon.
TERMS = ("bilateral.ttl", "concepts.ttl", "alignments.ttl")


def format_of(name: str) -> Format | None:
    """The format that a file's name asks for by its ending."""
    return next((f for f in FORMATS.values() if name.lower().endswith(f.endings)), None)


def prepared(quads: Iterable[ox.Quad], *, with_alignments: bool = False, with_ontology: bool = False) -> Data:
    """The data to be written: some quads, with the terms of other vocabularies that follow from them, with the ontology.

    A triple that stands in a named graph is left out of the default one, where reading a data set has put it too.
    """
    found = set(quads)
    named = {quad.triple for quad in found if quad.graph_name != ox.DefaultGraph()}
    found = {quad for quad in found if quad.graph_name != ox.DefaultGraph() or quad.triple not in named}
    if with_alignments:
        found |= aligned(found)
    if with_ontology:
        for name in TERMS:
            found |= {ox.Quad(*q.triple) for q in ox.parse(path=str(ontology_dir() / name), format=ox.RdfFormat.TURTLE)}
    return Data(frozenset(found))
