"""The RDF formats: everything that is in the graph, and nothing else."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg import rdf
from kg.errors import OutputError
from kg.export.data import Data
from kg.vocabulary import PREFIXES

# What XML 1.0 cannot hold, not even as a character reference (https://www.w3.org/TR/xml/#charsets).
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The end of an IRI that can be the name of an XML element; without one a property cannot be written.
_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")


def turtle(data: Data) -> bytes:
    """Turtle (https://www.w3.org/TR/turtle/), one block per subject."""
    return rdf.turtle(data.triples, data.base)


def ntriples(data: Data) -> bytes:
    """N-Triples (https://www.w3.org/TR/n-triples/), sorted."""
    return "".join(sorted(f"{triple} .\n" for triple in data.triples)).encode("utf-8")


def nquads(data: Data) -> bytes:
    """N-Quads (https://www.w3.org/TR/n-quads/), sorted; one named graph per article."""
    return rdf.nquads(data.named)


def trig(data: Data) -> bytes:
    """TriG (https://www.w3.org/TR/trig/): what is in no article's graph first, then one block per article."""
    blocks: dict[object, list[ox.Triple]] = {ox.DefaultGraph(): []}
    for quad in data.named:
        blocks.setdefault(quad.graph_name, []).append(quad.triple)
    header, _, rest = rdf.turtle(blocks.pop(ox.DefaultGraph()), data.base).partition(b"\n\n")
    parts = [header + b"\n", rest] if rest else [header + b"\n"]
    for name, triples in blocks.items():
        body = rdf.turtle(triples, data.base).partition(b"\n\n")[2]
        parts.append(f"{name} {{\n\n".encode() + body + b"\n}\n")
    return b"\n".join(parts)


def rdfxml(data: Data) -> bytes:
    """RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/).

    Raises :class:`OutputError` for what the format has no way to write: control characters, properties whose IRI ends in no name.
    """
    for triple in data.triples:
        if isinstance(triple.object, ox.Literal) and (bad := _NO_XML.search(triple.object.value)):
            raise OutputError(
                f"{triple.subject}: the character U+{ord(bad[0]):04X} in {triple.predicate} cannot be written as RDF/XML; "
                "expected text without control characters, or another format"
            )
        if not _XML_NAME.search(triple.predicate.value):
            raise OutputError(f"{triple.predicate}: ends in no name that XML takes; expected another format, such as ttl")
    prefixes = {**PREFIXES}
    written = ox.serialize(data.triples, format=ox.RdfFormat.RDF_XML, prefixes=prefixes) or b""
    # The serializer writes its namespaces in the order of a hash table, and carriage returns as they are, which XML would drop.
    head, _, body = written.partition(b"<rdf:RDF")
    namespaces, _, rest = body.partition(b">")
    ordered = b"".join(b" " + name for name in sorted(namespaces.split()))
    return head + b"<rdf:RDF" + ordered + b">" + rest.replace(b"\r", b"&#13;") + (b"" if rest.endswith(b"\n") else b"\n")
