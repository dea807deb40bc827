"""The ontology's files: documented in two languages, consistent, without strays. The rules of SKOS are those of its reference, S9 ff."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.validate import read_graph, validate
from kg.vocabulary import (
    BR,
    ONTOLOGY,
    PLOVER_TYPES,
    RDF,
    RDFS,
    SHAPES,
    SKOS,
    Vocabulary,
    ontology_dir,
    ontology_files,
    vocabulary,
)

CASES = Path(__file__).parent / "cases"
QUERIES = sorted((ontology_dir() / "queries").glob("*.rq"))
VOCABULARY: Vocabulary = vocabulary()
LABELS = (RDFS + "label", SKOS + "prefLabel")
TERMS = sorted(VOCABULARY.classes | VOCABULARY.properties | set(VOCABULARY.schemes))
CONCEPTS = sorted(name for name, scheme in VOCABULARY.concepts.items() if scheme != "lexicon")


def literals(subject: str, predicate: str) -> Counter[str | None]:
    """The languages of a term's literals, counted."""
    quads = VOCABULARY.store.quads_for_pattern(ox.NamedNode(BR + subject), ox.NamedNode(predicate), None, None)
    return Counter(q.object.language for q in quads if isinstance(q.object, ox.Literal))


def triples(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def aligned_terms() -> dict[str, set[str]]:
    """Namespace → terms that its specification defines, written down from the specifications."""
    listed = json.loads((CASES / "aligned_terms.json").read_text(encoding="utf-8"))
    return {namespace: set(names) for namespace, names in listed.items()}


# ----------------------------------------------------------------------------------------------------------- documentation


@pytest.mark.parametrize("name", TERMS)
def test_terms_are_labelled_and_defined_in_two_languages(name: str) -> None:
    assert literals(name, RDFS + "label") == {"es": 1, "en": 1}
    assert literals(name, SKOS + "definition") == {"es": 1, "en": 1}


@pytest.mark.parametrize("name", sorted(VOCABULARY.concepts))
def test_concepts_are_labelled_and_defined_in_two_languages(name: str) -> None:
    assert literals(name, SKOS + "prefLabel") == {"es": 1, "en": 1}
    named = (VOCABULARY.store.quads_for_pattern(ox.NamedNode(BR + name), ox.NamedNode(p), None, None) for p in LABELS)
    assert len({frozenset(quad.object for quad in quads) for quads in named}) == 1, "the two kinds of label must be the same"
    assert literals(name, SKOS + "definition") == {"es": 1, "en": 1}


def test_definitions_are_sentences_and_labels_are_not() -> None:
    for name in [*TERMS, *CONCEPTS]:
        for language in ("es", "en"):
            assert VOCABULARY.definition(name, language).endswith("."), name
            assert not VOCABULARY.label(name, language).endswith("."), name


def test_terms_say_where_they_are_defined() -> None:
    defined = {
        q.subject.value.removeprefix(BR)
        for q in VOCABULARY.store.quads_for_pattern(None, ox.NamedNode(RDFS + "isDefinedBy"), ox.NamedNode(ONTOLOGY), None)
        if isinstance(q.subject, ox.NamedNode)
    }
    assert {*TERMS, *VOCABULARY.concepts} - defined == set()


def test_names_have_the_form_of_their_kind() -> None:
    assert all(re.fullmatch(r"([A-Z][a-z]+)+", name) for name in VOCABULARY.classes)
    assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name) for name in VOCABULARY.properties)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in VOCABULARY.concepts)


def test_no_name_is_used_for_two_things() -> None:
    kinds = [VOCABULARY.classes, VOCABULARY.properties, frozenset(VOCABULARY.schemes), frozenset(VOCABULARY.concepts)]
    assert sum(map(len, kinds)) == len(frozenset[str]().union(*kinds))


# ------------------------------------------------------------------------------------------------------------------- terms


def test_no_undeclared_term_in_the_files() -> None:
    assert list(VOCABULARY.problems()) == []


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_no_undeclared_term_in_a_query(path: Path) -> None:
    text = re.sub(r"^\s*#.*$", "", path.read_text(encoding="utf-8"), flags=re.M)
    text = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', text)
    prefixes = dict(re.findall(r"PREFIX\s+(\w*):\s*<([^>]*)>", text, flags=re.I))
    known = aligned_terms()
    for prefix, local in re.findall(r"(?<![\w<:/])(\w+):([\w-]+)", re.sub(r"<[^>\s]*>", "<>", text)):
        namespace = prefixes[prefix]
        if namespace == BR:
            assert local in VOCABULARY.terms, f"{prefix}:{local}"
        elif namespace in known:
            assert local in known[namespace], f"{prefix}:{local}"


def test_no_unused_term() -> None:
    """A class or property is used by a rule, a question, a concept, an actor or the program; it is not enough to be declared."""
    used: set[str] = set()
    for path in ontology_files():
        if path.name == "alignments.ttl":
            continue
        for quad in triples(path):
            used |= {t.value.removeprefix(BR) for t in (quad.predicate, quad.object) if isinstance(t, ox.NamedNode)}
    for path in QUERIES:
        used |= set(re.findall(r"\bbr:(\w+)", path.read_text(encoding="utf-8")))
    for path in sorted(Path(kg.__file__).parent.rglob("*.py")):
        used |= set(re.findall(r'"(\w+)"', path.read_text(encoding="utf-8")))
    assert (VOCABULARY.classes | VOCABULARY.properties | set(VOCABULARY.schemes)) - used == set()


def test_every_class_has_a_shape() -> None:
    target = ox.NamedNode("http://www.w3.org/ns/shacl#targetClass")
    shapes = {
        q.object.value.removeprefix(BR)
        for q in VOCABULARY.store.quads_for_pattern(None, target, None, None)
        if isinstance(q.object, ox.NamedNode)
    }
    assert VOCABULARY.classes - shapes == {"LexicalClass"}  # classifies words, which are no data


def test_messages_that_list_a_scheme_list_all_of_it() -> None:
    message = ox.NamedNode("http://www.w3.org/ns/shacl#message")
    rules = {
        "proposal-status": "statuses",
        "position-stance": "stances",
        "event-factuality": "factualities",
        "indicator-comparator": "comparators",
        "indicator-change": "changes",
    }
    for rule, scheme in rules.items():
        for quad in VOCABULARY.store.quads_for_pattern(ox.NamedNode(SHAPES + rule), message, None, None):
            listed = re.search(r"\(([a-z, ]+)\)", quad.object.value)  # type: ignore[union-attr]
            assert listed, rule
            assert tuple(sorted(listed[1].split(", "))) == VOCABULARY.members(scheme)


# ------------------------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize("path", ontology_files(), ids=lambda path: path.name)
def test_no_blank_nodes(path: Path) -> None:
    assert not [q for q in triples(path) if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]


@pytest.mark.parametrize("path", ontology_files(), ids=lambda path: path.name)
def test_two_parsers_read_the_same(path: Path) -> None:
    import rdflib

    assert len(rdflib.Graph().parse(path)) == len(set(triples(path)))


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_two_engines_take_every_query(path: Path) -> None:
    from rdflib.plugins.sparql import prepareQuery

    text = path.read_text(encoding="utf-8")
    prepareQuery(text)
    ox.Store().query(text)


def test_foreign_terms_exist_in_their_vocabularies() -> None:
    known = aligned_terms()
    own = (BR, SHAPES)
    for path in ontology_files():
        if path.name in ("actors.ttl", "places.ttl"):
            continue
        for quad in triples(path):
            for term in (quad.subject, quad.predicate, quad.object):
                if not isinstance(term, ox.NamedNode) or term.value.startswith(own) or term.value + "#" in own:
                    continue
                namespace, local = re.fullmatch(r"(.*[#/])([^#/]*)", term.value).groups()  # type: ignore[union-attr]
                assert term.value == "https://www.apache.org/licenses/LICENSE-2.0" or local in known[namespace], term


def test_known_actors_keep_the_rules() -> None:
    assert [
        violation.line() for violation in validate(read_graph([ontology_dir() / "actors.ttl", ontology_dir() / "places.ttl"]))
    ] == []


# -------------------------------------------------------------------------------------------------------------------- SKOS


@pytest.mark.parametrize("name", CONCEPTS)
def test_a_concept_is_either_on_top_or_below_another(name: str) -> None:
    node, top = ox.NamedNode(BR + name), ox.NamedNode(SKOS + "topConceptOf")
    schemes = [q.object for q in VOCABULARY.store.quads_for_pattern(node, top, None, None)]
    expected = [ox.NamedNode(BR + VOCABULARY.concepts[name])] if VOCABULARY.broader(name) is None else []
    assert schemes == expected


def test_labels_tell_the_concepts_of_a_scheme_apart() -> None:
    for scheme in VOCABULARY.schemes:
        for language in ("es", "en"):
            labels = Counter(VOCABULARY.label(name, language) for name in VOCABULARY.members(scheme))
            assert [text for text, number in labels.items() if number > 1] == [], (scheme, language)


def test_no_label_is_both_preferred_and_alternative() -> None:
    for name in CONCEPTS:
        node = ox.NamedNode(BR + name)
        found: list[ox.Literal] = []
        for kind in ("prefLabel", "altLabel", "hiddenLabel"):
            found += [q.object for q in VOCABULARY.store.quads_for_pattern(node, ox.NamedNode(SKOS + kind), None, None)]  # type: ignore[misc]
        assert len(found) == len(set(found)), name


def test_event_types_stand_under_the_plover_types_or_other() -> None:
    tops = {name for name in VOCABULARY.members("eventTypes") if VOCABULARY.broader(name) is None}
    assert tops == {*PLOVER_TYPES, "other"}
    codes = {
        (q.subject.value.removeprefix(BR), q.object.value)
        for q in VOCABULARY.store.quads_for_pattern(None, ox.NamedNode(SKOS + "notation"), None, None)
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.Literal)
    }
    assert codes == {(name, name.upper()) for name in PLOVER_TYPES}


def test_every_topic_has_spanish_words_and_no_word_two_topics() -> None:
    kinds = ("noun", "adjective")
    words = Counter(
        word for topic in VOCABULARY.members("topics") for word in {w for k in kinds for w in VOCABULARY.words(topic, k)}
    )
    assert [word for word, number in words.items() if number > 1] == []
    assert [topic for topic in VOCABULARY.members("topics") if len(VOCABULARY.words(topic, "noun")) < 5] == []


# --------------------------------------------------------------------------------------------------------------- reasoning


def inconsistencies(*turtle: str) -> list[str]:
    """What an OWL 2 RL reasoner finds wrong with the ontology and some data."""
    import rdflib

    owlrl = pytest.importorskip("owlrl", reason="the reasoner is not installed; it comes with the extra 'test'")
    graph = rdflib.Graph()
    for name in ("bilateral.ttl", "concepts.ttl", "alignments.ttl"):
        graph.parse(ontology_dir() / name)
    graph.parse(CASES / "valid.ttl")
    for text in turtle:
        graph.parse(data=text, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    error = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return [str(message) for message in graph.objects(None, error)]


def test_the_ontology_is_consistent_with_data() -> None:
    assert inconsistencies() == []


def test_an_actor_that_is_an_event_is_inconsistent() -> None:
    assert inconsistencies(f"<{BR}x> <{RDF}type> <{BR}Country>, <{BR}Statement> .")


def test_a_speaker_is_an_agent_and_a_participant() -> None:
    """What the property hierarchy is for: who asks for participants gets speakers, in our terms and in SEM's."""
    import rdflib

    owlrl = pytest.importorskip("owlrl", reason="the reasoner is not installed; it comes with the extra 'test'")
    graph = rdflib.Graph()
    for name in ("bilateral.ttl", "alignments.ttl"):
        graph.parse(ontology_dir() / name)
    graph.parse(CASES / "valid.ttl")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    data = "https://w3id.org/bilateral/id/"
    said, roa = rdflib.URIRef(data + "statement/pronto"), rdflib.URIRef(data + "actor/pedro-roa")
    assert (said, rdflib.URIRef(BR + "participant"), roa) in graph
    assert (said, rdflib.URIRef("http://semanticweb.cs.vu.nl/2009/11/sem/hasActor"), roa) in graph
    assert (said, rdflib.RDF.type, rdflib.URIRef(BR + "Event")) in graph


def test_the_shapes_are_valid_shacl() -> None:
    import pyshacl
    import rdflib

    shapes = rdflib.Graph().parse(ontology_dir() / "shapes.ttl")
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


# ----------------------------------------------------------------------------------------------------------- documentation


def test_the_page_lists_every_class_and_property() -> None:
    page = (ontology_dir() / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`(\w+)`", page))
    assert (VOCABULARY.classes | VOCABULARY.properties) - listed == set()
