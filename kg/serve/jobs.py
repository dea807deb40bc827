"""What the server asks its workers for, and what they answer. Plain values: they travel between processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

Status = Literal["ok", "syntax", "refused", "too-large", "failed"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of results: its name in ``?format=…``, its media type, and whether it is for graphs or for rows and yes or no.

    ``also`` are further media types that mean it in an ``Accept``.
    """

    name: str
    media_type: str
    graph: bool
    also: tuple[str, ...] = ()


#: The formats, the default of each kind first (https://www.w3.org/TR/sparql11-overview/#results).
FORMATS = (
    Format("json", "application/sparql-results+json", False, ("application/json",)),
    Format("xml", "application/sparql-results+xml", False, ("application/xml", "text/xml")),
    Format("csv", "text/csv", False),
    Format("tsv", "text/tab-separated-values", False),
    Format("ttl", "text/turtle", True, ("application/turtle", "application/x-turtle")),
    Format("nt", "application/n-triples", True, ("text/plain",)),
    Format("jsonld", "application/ld+json", True, ("application/json",)),
    Format("rdfxml", "application/rdf+xml", True, ("application/xml", "text/xml")),
)
RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was let in. The two lists of graphs make its dataset; both ``None``: the store's own."""

    text: str
    format: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """The map of everything, in a language, as a page; refused where there are more than ``most`` facts."""

    language: str
    most: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker answers: the serialized result, or what is wrong in one line. ``snapshot`` is the state of the store it rests on."""

    status: Status
    body: bytes = b""
    message: str = ""
    snapshot: str = ""
