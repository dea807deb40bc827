"""RDF terms as a reader wants to see them in a table: concepts by their labels, IRIs shortened, literals as their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg.vocabulary import BR, ID, PREFIXES, RDFS, SKOS, Vocabulary, ontology_dir

#: The ontology's files whose terms data refers to; its known actors and its words are not needed to read a graph.
TERMS = ("bilateral.ttl", "concepts.ttl")

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@lru_cache(maxsize=1)
def data_terms() -> Vocabulary:
    """The classes, properties and concepts that data refers to, without the rest of the ontology: a fifth of the time to load."""
    return _read(TERMS)


@lru_cache(maxsize=1)
def data_classes() -> Vocabulary:
    """The classes and properties alone: a quarter of that time."""
    return _read(TERMS[:1])


def _read(names: Sequence[str]) -> Vocabulary:
    store = ox.Store()
    for name in names:
        store.load(path=ontology_dir() / name, format=ox.RdfFormat.TURTLE)
    return Vocabulary(store)


class Cells:
    """The cells of one table, in one language. What an article or an endpoint wrote cannot steer the terminal: control
    characters, line breaks and marks that turn the direction of writing become spaces."""

    def __init__(self, language: str, ask: Callable[[str], Any] | None = None) -> None:
        """``ask`` answers SPARQL on data that holds the ontology's terms, which spares reading them a second time."""
        self.language = language
        self._ask = ask
        self._known: dict[str, str] = {}

    def text(self, term: object) -> str:
        """A term, or ``None`` for an unbound cell, as one line of words."""
        if term is None:
            return ""
        if isinstance(term, ox.NamedNode):
            if term.value not in self._known:
                self._known[term.value] = self._iri(term.value)
            return self._known[term.value]
        shown = term.value if isinstance(term, ox.Literal) else str(term)
        return _CONTROL.sub(" ", shown).strip()

    def numeric(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
        """The columns that hold numbers only."""
        filled = list(zip(*rows, strict=True))
        return [
            column
            for column, cells in zip(columns, filled, strict=False)
            if any(cells) and all(not cell or _NUMBER.fullmatch(cell) for cell in cells)
        ]

    def _iri(self, iri: str) -> str:
        if iri.startswith(BR):
            return self._label(iri) or self._declared(iri.removeprefix(BR))
        if iri.startswith(ID):
            return _CONTROL.sub(" ", iri.removeprefix(ID))
        for prefix, start in PREFIXES.items():
            if iri.startswith(start):
                return f"{prefix}:{iri.removeprefix(start)}"
        return _CONTROL.sub(" ", iri)

    def _label(self, iri: str) -> str | None:
        """What the data calls a term, in the table's language."""
        if self._ask is None:
            return None
        rows = self._ask(f"SELECT ?label WHERE {{ <{iri}> <{SKOS}prefLabel>|<{RDFS}label> ?label }}")
        labels = (row["label"] for row in rows)
        found = sorted(label.value for label in labels if isinstance(label, ox.Literal) and label.language == self.language)
        return _CONTROL.sub(" ", found[0]) if found else None

    def _declared(self, local: str) -> str:
        return data_terms().label(local, self.language) if local in data_terms().terms else f"br:{local}"
