"""The vocabulary as Python sees it: namespaces, declared terms, concepts and their words, read from ``ontology/*.ttl``.

Nothing here knows a concept by heart: a concept, its scheme, its labels and its words stand in Turtle, and whoever asks for a term
that is not declared gets an :class:`OntologyError` with the nearest declared names. Concepts, classes and properties are spoken of
by their *local name* (``"phone-call"``), which is what stands after the ``#`` of the IRI. Lists come back sorted by code point.

The files are read once per process (about 20 ms) with pyoxigraph; rdflib and spaCy are not imported.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import OntologyError

BR = "https://w3id.org/bilateral/ontology#"
ONTOLOGY = "https://w3id.org/bilateral/ontology"
SHAPES = "https://w3id.org/bilateral/shapes#"
ID = "https://w3id.org/bilateral/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"

#: The prefixes that data files, queries and messages use; the ontology's own files add those of the vocabularies they align with.
PREFIXES: Mapping[str, str] = MappingProxyType(
    {"br": BR, "dcterms": DCTERMS, "nif": NIF, "owl": OWL, "prov": PROV, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "xsd": XSD}
)

#: The 16 event types of PLOVER (https://github.com/openeventdata/PLOVER), lower case; everything else is ``other``.
PLOVER_TYPES: tuple[str, ...] = (
    "agree", "consult", "support", "concede", "cooperate", "aid", "retreat", "request",
    "accuse", "reject", "threaten", "protest", "sanction", "mobilize", "coerce", "assault",
)  # fmt: skip

_TYPE = ox.NamedNode(RDF + "type")
_CLASS_TYPES = frozenset({OWL + "Class"})
_PROPERTY_TYPES = frozenset({OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty"})


# -------------------------------------------------------------------------------------------------------------- the files


def ontology_dir() -> Path:
    """The folder with the Turtle files: the installed package ``kg.ontology``, or ``ontology/`` beside ``kg/`` in a checkout."""
    try:
        package = importlib.import_module("kg.ontology")
    except ModuleNotFoundError:
        folder = Path(__file__).resolve().parent.parent / "ontology"
    else:
        folder = Path(next(iter(package.__path__)))
    if not folder.is_dir():
        raise OntologyError(f"{folder}: no such folder; expected the ontology's Turtle files there")
    return folder


def ontology_files(extra: Path | None = None) -> tuple[Path, ...]:
    """The Turtle files of the ontology in order of their names, then those of the folder ``extra``."""
    files = sorted(ontology_dir().glob("*.ttl"))
    if extra is not None:
        if not extra.is_dir():
            raise OntologyError(f"{extra}: no such folder; expected a folder with Turtle files that add to the ontology")
        files += sorted(extra.glob("*.ttl"))
    return tuple(files)


@lru_cache(maxsize=8)
def ontology_store(extra: Path | None = None) -> ox.Store:
    """All Turtle files in the default graph of one store, loaded once per process. The store is shared: read it, don't write it.

    Raises :class:`OntologyError` with file and line where a file is not Turtle.
    """
    store = ox.Store()
    for path in ontology_files(extra):
        try:
            store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
        except SyntaxError as error:
            raise OntologyError(f"{path}, line {error.lineno}: {error.msg}; expected Turtle") from error
        except OSError as error:
            raise OntologyError(f"{path}: {error.strerror or error}; expected a readable Turtle file") from error
    return store


# ---------------------------------------------------------------------------------------------------------- the vocabulary


@dataclass(frozen=True)
class Vocabulary:
    """Declared terms and concepts of one store of Turtle files. Make it with :func:`vocabulary`."""

    store: ox.Store

    @cached_property
    def classes(self) -> frozenset[str]:
        """Local names of the declared classes."""
        return self._instances(_CLASS_TYPES)

    @cached_property
    def properties(self) -> frozenset[str]:
        """Local names of the declared properties."""
        return self._instances(_PROPERTY_TYPES)

    @cached_property
    def concepts(self) -> Mapping[str, str]:
        """Local name of every concept → local name of its scheme."""
        return MappingProxyType(dict(sorted(self._pairs(SKOS + "inScheme"))))

    @cached_property
    def schemes(self) -> Mapping[str, tuple[str, ...]]:
        """Local name of every scheme → local names of its concepts, sorted."""
        members: dict[str, list[str]] = {name: [] for name in sorted(self._instances(frozenset({SKOS + "ConceptScheme"})))}
        for concept, scheme in self.concepts.items():
            members.setdefault(scheme, []).append(concept)
        return MappingProxyType({scheme: tuple(names) for scheme, names in members.items()})

    @cached_property
    def terms(self) -> frozenset[str]:
        """Local names of everything that is declared: classes, properties, schemes, concepts."""
        return self.classes | self.properties | frozenset(self.schemes) | frozenset(self.concepts)

    @cached_property
    def _broader(self) -> Mapping[str, str]:
        return dict(sorted(self._pairs(SKOS + "broader"), reverse=True))

    @cached_property
    def _labels(self) -> Mapping[tuple[str, str], str]:
        labels: dict[tuple[str, str], str] = {}
        for predicate in (RDFS + "label", SKOS + "prefLabel"):
            labels.update(self._literals(predicate))
        return labels

    @cached_property
    def _definitions(self) -> Mapping[tuple[str, str], str]:
        return dict(self._literals(SKOS + "definition"))

    def br(self, local: str) -> ox.NamedNode:
        """The IRI of a declared term; an undeclared one raises :class:`OntologyError` with the nearest declared names."""
        if local not in self.terms:
            raise OntologyError(self._unknown("term", local, self.terms))
        return ox.NamedNode(BR + local)

    def members(self, scheme: str) -> tuple[str, ...]:
        """The concepts of a scheme (``"stances"``), sorted."""
        if scheme not in self.schemes:
            raise OntologyError(self._unknown("scheme", scheme, frozenset(self.schemes)))
        return self.schemes[scheme]

    def broader(self, concept: str) -> str | None:
        """The concept right above, ``None`` for a top concept."""
        self._require_concept(concept)
        return self._broader.get(concept)

    def ancestors(self, concept: str) -> tuple[str, ...]:
        """The concepts above, the nearest first."""
        found: list[str] = []
        above = self.broader(concept)
        while above is not None and above not in found:
            found.append(above)
            above = self._broader.get(above)
        return tuple(found)

    def narrower(self, concept: str) -> tuple[str, ...]:
        """The concepts right below, sorted."""
        self._require_concept(concept)
        return tuple(sorted(name for name, above in self._broader.items() if above == concept))

    def plover_type(self, event_type: str) -> str:
        """The PLOVER type that an event type stands under (itself, if it is one), else ``"other"``."""
        if self.concepts.get(event_type) != "eventTypes":
            raise OntologyError(self._unknown("event type", event_type, frozenset(self.members("eventTypes"))))
        chain = (event_type, *self.ancestors(event_type))
        return next((name for name in chain if name in PLOVER_TYPES), "other")

    def subclasses(self, name: str) -> frozenset[str]:
        """The class and all classes below it."""
        if name not in self.classes:
            raise OntologyError(self._unknown("class", name, self.classes))
        found = {name}
        pairs = list(self._pairs(RDFS + "subClassOf"))
        while True:
            more = {below for below, above in pairs if above in found} - found
            if not more:
                return frozenset(found)
            found |= more

    def label(self, local: str, language: str = "es") -> str:
        """The label in a language, else in Spanish, else in English, else the local name."""
        self.br(local)
        languages = (language, "es", "en")
        return next((self._labels[local, tag] for tag in languages if (local, tag) in self._labels), local)

    def definition(self, local: str, language: str = "es") -> str:
        """The definition in a language, empty where there is none."""
        self.br(local)
        return self._definitions.get((local, language), "")

    def words(self, concept: str, kind: str, language: str = "es") -> tuple[str, ...]:
        """The words that signal a concept, as the lexicon has them, sorted. ``kind``: noun, verb, adjective, adverb, phrase."""
        quads = self.store.quads_for_pattern(self.br(concept), self.br(kind), None, None)
        literals = (quad.object for quad in quads)
        return tuple(sorted(word.value for word in literals if isinstance(word, ox.Literal) and word.language == language))

    # ------------------------------------------------------------------------------------------------------------- checks

    def problems(self) -> Iterator[str]:
        """What is wrong with the files, one line each: undeclared terms, concepts without a scheme, broken hierarchies."""
        undeclared = {
            (str(quad.subject), term.value)
            for quad in self.store.quads_for_pattern(None, None, None, None)
            for term in (quad.subject, quad.predicate, quad.object)
            if isinstance(term, ox.NamedNode) and term.value.startswith(BR) and term.value[len(BR) :] not in self.terms
        }
        for subject, term in sorted(undeclared):
            yield f"{subject}: {self._unknown('term', term.removeprefix(BR), self.terms)}"
        typed = self._instances(frozenset({SKOS + "Concept", BR + "LexicalClass"}))
        for concept in sorted(typed - set(self.concepts)):
            yield f"br:{concept}: a concept without a scheme; expected skos:inScheme"
        scheme_of: dict[str, set[str]] = {}
        for concept, scheme in self._pairs(SKOS + "inScheme"):
            scheme_of.setdefault(concept, set()).add(scheme)
        for concept, schemes in sorted(scheme_of.items()):
            if len(schemes) > 1:
                yield f"br:{concept}: in several schemes ({', '.join(sorted(schemes))}); expected one"
        parents: dict[str, set[str]] = {}
        for concept, above in self._pairs(SKOS + "broader"):
            parents.setdefault(concept, set()).add(above)
            if self.concepts.get(concept) != self.concepts.get(above):
                yield f"br:{concept}: skos:broader br:{above} of another scheme; expected one of its own"
        for concept, above_all in sorted(parents.items()):
            if len(above_all) > 1:
                yield f"br:{concept}: several skos:broader ({', '.join(sorted(above_all))}); expected at most one"
            if concept in self.ancestors(concept):
                yield f"br:{concept}: skos:broader leads back to itself; expected a tree"
        for name in (*PLOVER_TYPES, "other"):
            if self.concepts.get(name) != "eventTypes":
                yield f"br:{name}: missing among the event types; expected the 16 PLOVER types and other"

    # ----------------------------------------------------------------------------------------------------------- internals

    def _instances(self, types: frozenset[str]) -> frozenset[str]:
        return frozenset(
            quad.subject.value[len(BR) :]
            for name in types
            for quad in self.store.quads_for_pattern(None, _TYPE, ox.NamedNode(name), None)
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(BR)
        )

    def _pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            subject, value = quad.subject, quad.object
            if (
                isinstance(subject, ox.NamedNode)
                and isinstance(value, ox.NamedNode)
                and subject.value.startswith(BR)
                and value.value.startswith(BR)
            ):
                yield subject.value[len(BR) :], value.value[len(BR) :]

    def _literals(self, predicate: str) -> Iterator[tuple[tuple[str, str], str]]:
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            subject, value = quad.subject, quad.object
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal) and subject.value.startswith(BR):
                yield (subject.value[len(BR) :], value.language or ""), value.value

    def _require_concept(self, concept: str) -> None:
        if concept not in self.concepts:
            raise OntologyError(self._unknown("concept", concept, frozenset(self.concepts)))

    @staticmethod
    def _unknown(what: str, name: str, declared: frozenset[str]) -> str:
        import difflib  # only when something is wrong

        near = difflib.get_close_matches(name, sorted(declared), n=3, cutoff=0.6)
        if near:
            return f"br:{name}: no such {what}; did you mean {' or '.join('br:' + other for other in near)}?"
        return f"br:{name}: no such {what} is declared in the ontology; expected one of its {len(declared)}"


@lru_cache(maxsize=8)
def vocabulary(extra: Path | None = None) -> Vocabulary:
    """The vocabulary of the ontology's files and of an optional further folder; made once per process."""
    return Vocabulary(ontology_store(extra))


def check(extra: Path | None = None) -> None:
    """Raise :class:`OntologyError` where the files use undeclared terms or their hierarchies are broken."""
    problems = list(vocabulary(extra).problems())
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise OntologyError(f"ontology: {problems[0]}{more}")


# ------------------------------------------------------------------------------- the same questions to the ontology as installed


def br(local: str) -> ox.NamedNode:
    """The IRI of a declared term: ``br("stance")``; see :meth:`Vocabulary.br`."""
    return vocabulary().br(local)


def members(scheme: str) -> tuple[str, ...]:
    """The concepts of a scheme, sorted: ``members("stances")``; also ``statuses``, ``factualities``, ``comparators``, ``changes``."""
    return vocabulary().members(scheme)


def topics() -> tuple[str, ...]:
    """The topics of bilateral news, sorted."""
    return vocabulary().members("topics")


def event_types() -> tuple[str, ...]:
    """All event types, the 16 of PLOVER, ``other`` and the finer ones, sorted."""
    return vocabulary().members("eventTypes")


def broader(concept: str) -> str | None:
    """The concept right above, ``None`` for a top concept: ``broader("phone-call") == "consult"``."""
    return vocabulary().broader(concept)


@lru_cache(maxsize=1024)
def plover_type(event_type: str) -> str:
    """The PLOVER type an event type stands under, else ``"other"``: ``plover_type("tariff") == "sanction"``."""
    return vocabulary().plover_type(event_type)


def label(local: str, language: str = "es") -> str:
    """The label of a term in a language: ``label("phone-call", "es") == "llamada telefónica"``."""
    return vocabulary().label(local, language)


def words(concept: str, kind: str, language: str = "es") -> tuple[str, ...]:
    """The words that signal a concept: ``words("migration", "noun")``; see :meth:`Vocabulary.words`."""
    return vocabulary().words(concept, kind, language)


def actor_kinds() -> frozenset[str]:
    """``Actor`` and the names of its subclasses."""
    return vocabulary().subclasses("Actor")
