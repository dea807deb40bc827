"""RDF terms as N-Triples has them, and the sorted lines in which the triples of an article travel to where they are merged.

A term is made of text at once, without an object of its own: an article has a thousand triples, and all that is ever done with most
of them is to be sorted and written. A line is subject, predicate and object apart by tabs, with nothing in place of ``rdf:type``, so
that lines sort as :func:`kg.rdf.order` does. N-Triples writes a tab inside a literal as ``\\t``, hence the three come apart again.
Source: RDF 1.1 N-Triples, canonical form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg import identity
from kg.vocabulary import BR, DCTERMS, NIF, RDF, RDFS, XSD

Node = str  # an IRI between angle brackets
Term = str
TripleText = tuple[Node, Node, Term]

TYPE: Final[Node] = ""  # as a predicate
LABEL: Final[Node] = f"<{RDFS}label>"
TRUE, FALSE = f'"true"^^<{XSD}boolean>', f'"false"^^<{XSD}boolean>'
_TYPE_IRI: Final[Node] = f"<{RDF}type>"


# -------------------------------------------------------------------------------------------------------------------- terms


def iri(value: str) -> Node:
    """An IRI that is known to be one. Those from elsewhere go through :func:`checked`."""
    return f"<{value}>"


def checked(value: str) -> Node:
    """An IRI that nobody has looked at. Raises ValueError where it is none."""
    return str(ox.NamedNode(value))


@lru_cache(maxsize=1024)
def br(name: str) -> Node:
    return f"<{BR}{name}>"


@lru_cache(maxsize=16)
def nif(name: str) -> Node:
    return f"<{NIF}{name}>"


@lru_cache(maxsize=16)
def dcterms(name: str) -> Node:
    return f"<{DCTERMS}{name}>"


def literal(value: str, language: str | None = None) -> Term:
    return str(ox.Literal(value, language=language))


def boolean(value: bool) -> Term:
    return TRUE if value else FALSE


def day(value: dt.date) -> Term:
    return f'"{value.isoformat()}"^^<{XSD}date>'


def decimal(value: Decimal) -> Term:
    return f'"{identity.decimal_text(value)}"^^<{XSD}decimal>'


def offset(value: int) -> Term:
    """An xsd:integer: NIF asks for a non-negative one, but Oxigraph's stores would turn that datatype into this one."""
    return f'"{value}"^^<{XSD}integer>'


# -------------------------------------------------------------------------------------------------------------------- lines


def lines(triples: Iterable[TripleText]) -> bytes:
    """Triples as sorted lines, each once."""
    return "".join(sorted({f"{subject}\t{predicate}\t{value}\n" for subject, predicate, value in triples})).encode()


def triples(text: str) -> list[ox.Triple]:
    """The triples of lines, in their order. Not ``splitlines``: a literal may hold other characters that it takes for line ends."""
    source = "".join(ntriple(line) for line in text.split("\n") if line)
    return [quad.triple for quad in ox.parse(source, format=ox.RdfFormat.N_TRIPLES)]


def ntriple(line: str) -> str:
    """A line, with or without its end, as one of N-Triples."""
    subject, predicate, value = line.removesuffix("\n").split("\t", 2)
    return f"{subject} {predicate or _TYPE_IRI} {value} .\n"
