"""Does a graph keep the rules? The shapes of ``ontology/shapes.ttl`` and the questions ``ontology/queries/*-violation.rq``.

Two ways, because each is good at something else. Shapes (SHACL, https://www.w3.org/TR/shacl/) say what one node must look like;
pySHACL checks them on rdflib graphs of one or a few articles at a time, which keeps memory small and time linear. Whatever compares
several nodes or classes (cycles, duplicates, domains and ranges) is a SPARQL query whose empty answer means "kept"; it runs on
pyoxigraph over everything at once, with the ontology in a named graph.

Every rule has a name and a message in Spanish and English, which stand with the rule; no rule is written in Python.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

import pyoxigraph as ox

from kg.errors import InputError, OntologyError
from kg.query import load_file, load_stream
from kg.rdf import turtle
from kg.vocabulary import BR, ID, ONTOLOGY, RDF, RDFS, SH, SHAPES, SKOS, XSD, ontology_dir, vocabulary

if TYPE_CHECKING:
    import rdflib

Severity = Literal["violation", "warning"]

_TYPE = ox.NamedNode(RDF + "type")
# A run of pySHACL costs about 0.1 s before the first triple; small articles are therefore checked together.
_BATCH = 4000
_QUERY_HEADER = re.compile(r"#\s*(Mensaje|Message):\s*(.+?)\s*$")


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a node breaks. ``node`` is an IRI, ``rule`` the rule's name, ``value`` what is wrong where one value is.

    ``path``, ``component`` and whether the value is an IRI are for reports in SHACL's own terms.
    """

    node: str
    rule: str
    message_es: str
    message_en: str
    value: str | None = None
    severity: Severity = "violation"
    path: str | None = None
    component: str = SH + "SPARQLConstraintComponent"
    value_is_iri: bool = False

    def message(self, language: str = "en") -> str:
        """What is expected and how to mend it."""
        return self.message_es if language == "es" else self.message_en

    def line(self, language: str = "en") -> str:
        """Node, rule, value and mend on one line."""
        value = "" if self.value is None else f" ({_shorten(self.value)})"
        return f"{self.node}: {self.rule}{value}: {self.message(language)}"


def validate(store: ox.Store) -> list[Violation]:
    """All rules that the graph breaks, each once, sorted by node, rule and value.

    The quads of all graphs of the store are taken as one graph. Raises :class:`OntologyError` where a rule itself is broken.
    """
    everything = store.quads_for_pattern(None, None, None, None)
    quads = list({ox.Quad(quad.subject, quad.predicate, quad.object): None for quad in everything})
    found: dict[tuple[str, ...], Violation] = {}
    for violation in sorted([*shape_violations(quads), *query_violations(quads)], key=lambda v: v.component):
        # a value that is of no allowed class may be no node either: one rule, told once
        found.setdefault((violation.node, violation.rule, violation.value or "", violation.severity), violation)
    return [found[key] for key in sorted(found)]


def conforms(violations: Iterable[Violation]) -> bool:
    """True where there is nothing graver than a warning."""
    return all(violation.severity != "violation" for violation in violations)


def article_count(store: ox.Store) -> int:
    """How many articles the graphs of the store describe."""
    return len({quad.subject for quad in store.quads_for_pattern(None, _TYPE, ox.NamedNode(BR + "Article"), None)})


# ---------------------------------------------------------------------------------------------------------------- reading


def read_graph(sources: Iterable[str | Path], standard_input: BinaryIO | None = None) -> ox.Store:
    """The graphs of some files together, as :func:`kg.query.load_file` reads them; ``-`` is Turtle or TriG in ``standard_input``.

    Raises :class:`InputError` with file and line for a missing or broken file and for an unknown extension.
    """
    store = ox.Store()
    for source in sources:
        if str(source) != "-" or standard_input is None:
            load_file(store, Path(source))
            continue
        load_stream(store, standard_input, ox.RdfFormat.TRIG, "standard input", ID)
    return store


# ----------------------------------------------------------------------------------------------------------------- shapes


@dataclass(frozen=True)
class _Shapes:
    """The shapes as rdflib has them, the triples of the ontology that they need, and the messages by the rule's IRI."""

    graph: rdflib.Graph
    background: tuple[ox.Quad, ...]
    messages: Mapping[str, tuple[str, str]]


@lru_cache(maxsize=1)
def _shapes() -> _Shapes:
    path = ontology_dir() / "shapes.ttl"
    store = ox.Store()
    try:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise OntologyError(f"{path}, line {error.lineno}: {error.msg}; expected Turtle") from error
    messages: dict[str, dict[str, str]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(SH + "message"), None, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            messages.setdefault(quad.subject.value, {})[quad.object.language or ""] = quad.object.value
    for rule, texts in messages.items():
        if set(texts) != {"es", "en"}:
            raise OntologyError(f"{path}: {rule} has messages in {sorted(texts)}; expected one in es and one in en")
    ontology = vocabulary().store
    background = [
        quad
        for name in (RDFS + "subClassOf", SKOS + "inScheme")
        for quad in ontology.quads_for_pattern(None, ox.NamedNode(name), None, None)
        if _is_term(quad.subject)
    ]
    graph = _as_rdflib(store.quads_for_pattern(None, None, None, None))
    return _Shapes(graph=graph, background=tuple(background), messages={rule: (t["es"], t["en"]) for rule, t in messages.items()})


def shape_violations(quads: Iterable[ox.Quad]) -> Iterator[Violation]:
    """The shapes that the triples break, article by article. A node that several articles share may be named several times."""
    import pyshacl
    import rdflib

    shapes = _shapes()
    sh = rdflib.Namespace(SH)
    for batch in _batches(quads):
        with _quiet_rdflib():
            data = _as_rdflib([*batch, *shapes.background])
            _, report, _ = pyshacl.validate(data, shacl_graph=shapes.graph, inplace=True, inference="none")
        if not isinstance(report, rdflib.Graph):
            raise OntologyError(f"{ontology_dir() / 'shapes.ttl'}: {report}; expected shapes that pySHACL can run")
        for result in report.objects(None, sh.result):
            rule = str(report.value(result, sh.sourceConstraint) or report.value(result, sh.sourceShape))
            if rule not in shapes.messages:
                raise OntologyError(f"{ontology_dir() / 'shapes.ttl'}: {rule} was broken but has no message; expected es and en")
            node, value = report.value(result, sh.focusNode), report.value(result, sh.value)
            path = report.value(result, sh.resultPath)
            if report.value(result, sh.sourceConstraint) and value is not None:
                node, value = value, None  # a query asked of one node about others: its ?value is the node that is wrong
            yield Violation(
                node=_written(node) or "",
                rule=rule.removeprefix(SHAPES),
                message_es=shapes.messages[rule][0],
                message_en=shapes.messages[rule][1],
                value=_written(value),
                severity="violation" if report.value(result, sh.resultSeverity) == sh.Violation else "warning",
                path=str(path) if isinstance(path, rdflib.URIRef) else None,
                component=str(report.value(result, sh.sourceConstraintComponent)),
                value_is_iri=isinstance(value, rdflib.URIRef),
            )


def _batches(quads: Iterable[ox.Quad]) -> Iterator[list[ox.Quad]]:
    """The triples in parts that can be checked by themselves.

    An article, its passages and the facts that hang together with them stay together; what they refer to besides (actors, places,
    matters, activities) is described again in every part that needs it.
    """
    described: dict[ox.NamedNode | ox.BlankNode, list[ox.Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
            described.setdefault(quad.subject, []).append(quad)
    local = vocabulary()
    bound = {
        ox.NamedNode(BR + name)
        for top in ("Proposal", "Position", "Event", "Indicator", "Article", "Passage")
        for name in local.subclasses(top)
    }
    own = {node for node, about in described.items() if any(q.predicate == _TYPE and q.object in bound for q in about)}
    parent = {node: node for node in own}

    def root(node: ox.NamedNode | ox.BlankNode) -> ox.NamedNode | ox.BlankNode:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for node in own:
        for quad in described[node]:
            if quad.object in own:
                parent[root(node)] = root(quad.object)  # type: ignore[arg-type]  # members of own are nodes
    groups: dict[ox.NamedNode | ox.BlankNode, list[ox.NamedNode | ox.BlankNode]] = {}
    for node in own:
        groups.setdefault(root(node), []).append(node)
    unused = set(described) - own
    batch: dict[ox.Quad, None] = {}
    for members in sorted(groups.values(), key=lambda nodes: min(map(str, nodes))):
        waiting, seen = list(members), set(members)
        while waiting:
            about = described[waiting.pop()]
            batch.update(dict.fromkeys(about))
            for quad in about:
                target = quad.object
                if isinstance(target, ox.NamedNode | ox.BlankNode) and target in described and target not in seen:
                    seen.add(target)
                    waiting.append(target)
        unused -= seen
        if len(batch) >= _BATCH:
            yield list(batch)
            batch = {}
    for node in unused:
        batch.update(dict.fromkeys(described[node]))
    if batch:
        yield list(batch)


def _as_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """An in-memory rdflib graph with the quads' triples, literals as they are written."""
    import rdflib

    def term(value: object) -> rdflib.term.Node:
        if isinstance(value, ox.NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, ox.Literal):
            if value.language:
                return rdflib.Literal(value.value, lang=value.language)
            datatype = None if value.datatype.value == XSD + "string" else rdflib.URIRef(value.datatype.value)
            return rdflib.Literal(value.value, datatype=datatype, normalize=False)
        if isinstance(value, ox.BlankNode):
            return rdflib.BNode(value.value)
        raise InputError(f"{value}: a triple as a term; expected RDF 1.1 nodes")

    graph = rdflib.Graph(bind_namespaces="none")
    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _written(term: rdflib.term.Node | None) -> str | None:
    import rdflib

    if term is None:
        return None
    return f"_:{term}" if isinstance(term, rdflib.BNode) else str(term)


@contextlib.contextmanager
def _quiet_rdflib() -> Iterator[None]:
    """Ill-formed literals are reported as violations; rdflib's own warning about each would only repeat it."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


# ---------------------------------------------------------------------------------------------------------------- queries


@dataclass(frozen=True, slots=True)
class ViolationQuery:
    """A file ``NAME-violation.rq``: rows of ``?node`` and, where it helps, ``?value``; no rows mean that the rule is kept."""

    rule: str
    text: str
    message_es: str
    message_en: str


@lru_cache(maxsize=1)
def violation_queries() -> tuple[ViolationQuery, ...]:
    """The queries in order of their names. The first comment lines are the question in Spanish and in English, then the messages
    (``# Mensaje: …``, ``# Message: …``)."""
    found = []
    for path in sorted((ontology_dir() / "queries").glob("*-violation.rq")):
        text = path.read_text(encoding="utf-8")
        messages: dict[str, str] = {m[1]: m[2] for m in map(_QUERY_HEADER.match, text.splitlines()) if m}
        if set(messages) != {"Mensaje", "Message"}:
            raise OntologyError(f"{path}: no message in both languages; expected the comments '# Mensaje: …' and '# Message: …'")
        rule = path.name.removesuffix("-violation.rq")
        found.append(ViolationQuery(rule, text, message_es=messages["Mensaje"], message_en=messages["Message"]))
    return tuple(found)


def query_violations(quads: Iterable[ox.Quad]) -> Iterator[Violation]:
    """The rows of all violation queries over the triples, with the ontology in the graph ``<https://w3id.org/bilateral/ontology>``."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    name = ox.NamedNode(ONTOLOGY)
    terms = (quad for quad in vocabulary().store.quads_for_pattern(None, None, None, None) if _is_term(quad.subject))
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in terms)
    for query in violation_queries():
        try:
            rows = store.query(query.text)
        except SyntaxError as error:
            raise OntologyError(f"queries/{query.rule}-violation.rq: {error}; expected SPARQL 1.1") from error
        if not isinstance(rows, ox.QuerySolutions):
            raise OntologyError(f"queries/{query.rule}-violation.rq: not a SELECT query; expected SELECT ?node ?value")
        has_value = "value" in {variable.value for variable in rows.variables}
        for row in rows:
            value = row["value"] if has_value else None
            yield Violation(
                node=_plain(row["node"]) or "",
                rule=query.rule,
                message_es=query.message_es,
                message_en=query.message_en,
                value=_plain(value),
                value_is_iri=isinstance(value, ox.NamedNode),
            )


def _is_term(node: object) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(BR)


def _plain(term: object) -> str | None:
    if term is None:
        return None
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


# ----------------------------------------------------------------------------------------------------------------- reports


def report_json(violations: Iterable[Violation]) -> str:
    """The report as one JSON object: ``conforms`` and ``violations``."""
    found = list(violations)
    told = ("node", "rule", "message_es", "message_en", "value", "severity")
    rows = [{name: getattr(violation, name) for name in told} for violation in found]
    return json.dumps({"conforms": conforms(found), "violations": rows}, ensure_ascii=False, indent=2) + "\n"


def report_turtle(violations: Iterable[Violation]) -> bytes:
    """The report as a SHACL validation report (https://www.w3.org/TR/shacl/#validation-report), without blank nodes.

    A broken query stands as ``sh:sourceConstraint`` under the shapes' namespace, as a shape's own queries do; a broken shape is the
    ``sh:sourceShape``.
    """
    found = list(violations)
    report = ox.NamedNode(f"{ID}report/{_digest(*(repr(v) for v in found))}")

    def sh(name: str) -> ox.NamedNode:
        return ox.NamedNode(SH + name)

    triples = [
        ox.Triple(report, _TYPE, sh("ValidationReport")),
        ox.Triple(report, sh("conforms"), ox.Literal(str(conforms(found)).lower(), datatype=ox.NamedNode(XSD + "boolean"))),
    ]
    for violation in found:
        node = ox.NamedNode(f"{report.value}/{_digest(repr(violation))}")
        focus = ox.Literal(violation.node) if violation.node.startswith("_:") else ox.NamedNode(violation.node)
        triples += [
            ox.Triple(report, sh("result"), node),
            ox.Triple(node, _TYPE, sh("ValidationResult")),
            ox.Triple(node, sh("focusNode"), focus),
            ox.Triple(node, sh("resultSeverity"), sh(violation.severity.capitalize())),
            ox.Triple(node, sh("resultMessage"), ox.Literal(violation.message_es, language="es")),
            ox.Triple(node, sh("resultMessage"), ox.Literal(violation.message_en, language="en")),
            ox.Triple(node, sh("sourceConstraintComponent"), ox.NamedNode(violation.component)),
        ]
        by_query = violation.component == SH + "SPARQLConstraintComponent"
        triples.append(
            ox.Triple(node, sh("sourceConstraint" if by_query else "sourceShape"), ox.NamedNode(SHAPES + violation.rule))
        )
        if violation.path is not None:
            triples.append(ox.Triple(node, sh("resultPath"), ox.NamedNode(violation.path)))
        if violation.value is not None:
            value = ox.NamedNode(violation.value) if violation.value_is_iri else ox.Literal(violation.value)
            triples.append(ox.Triple(node, sh("value"), value))
    return turtle(triples, also={"sh": SH, "shape": SHAPES})


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _shorten(value: str, limit: int = 80) -> str:
    line = " ".join(value.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
