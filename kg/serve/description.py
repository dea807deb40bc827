"""What the service says of itself (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

import pyoxigraph as ox

from kg.serve.jobs import FORMATS
from kg.vocabulary import RDF

SD = "http://www.w3.org/ns/sparql-service-description#"

#: The W3C's own names of the formats (https://www.w3.org/ns/formats/).
_NAMES = {
    "json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV", "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD", "rdfxml": "RDF_XML",
}  # fmt: skip


def service_description(endpoint: str) -> list[ox.Triple]:
    """The service at the address ``endpoint``: its language, its formats, its dataset. No blank nodes."""
    service, dataset, graph = (ox.NamedNode(endpoint + part) for part in ("", "#dataset", "#default-graph"))

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(SD + name)

    a = ox.NamedNode(RDF + "type")
    return [
        ox.Triple(service, a, sd("Service")),
        ox.Triple(service, sd("endpoint"), service),
        ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        *(
            ox.Triple(service, sd("resultFormat"), ox.NamedNode(f"http://www.w3.org/ns/formats/{_NAMES[f.name]}"))
            for f in FORMATS
        ),
        ox.Triple(service, sd("defaultDataset"), dataset),
        ox.Triple(dataset, a, sd("Dataset")),
        ox.Triple(dataset, sd("defaultGraph"), graph),
        ox.Triple(graph, a, sd("Graph")),
    ]
