"""What the map reads out of a graph: every node, every relation, every passage, whatever the order of the triples."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
from map_samples import SAMPLES, many, sample

from kg.map.content import FACTS, Content, read
from kg.map.dates import dates

PREFIXES = """
PREFIX br: <https://w3id.org/bilateral/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
NODE = """
  VALUES ?{c} {{ br:Person br:Country br:Government br:PublicBody br:MediaOutlet br:CriminalOrganization
    br:InternationalOrganization br:Company br:Party br:CivilOrganization br:Group br:Actor
    br:Proposal br:Position br:Event br:Statement br:Indicator br:Topic br:Place }}
  ?{n} a ?{c} .
"""
COUNT_EDGES = f"""{PREFIXES}
SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ ?s ?p ?o . FILTER(STRSTARTS(STR(?p), STR(br:)) || ?p = dcterms:isPartOf) }}
  UNION {{ ?s br:evidence ?w . ?w ?p ?o . FILTER(?p IN (br:attributedTo, br:via)) }}
  {NODE.format(c="c", n="s")} {NODE.format(c="d", n="o")}
}} }}"""


def edges_in(store: ox.Store) -> int:
    """How many relations between two nodes a graph has, by a query that knows nothing of the map."""
    results = store.query(COUNT_EDGES)
    assert isinstance(results, ox.QuerySolutions)
    return int(next(iter(results))["n"].value)


def named(content: Content, label: str, kind: str | None = None) -> int:
    (found,) = (node.index for node in content.nodes if node.label == label and kind in (None, node.kind))
    return found


@pytest.mark.parametrize("name", [*SAMPLES, "seed", "five", "empty"])
def test_every_relation_of_the_graph_is_a_link(name: str) -> None:
    store = sample(name)
    assert len(read(store).links) == edges_in(store)


def test_two_thousand_facts_keep_every_relation() -> None:
    store = many()
    content = read(store)
    assert len(content.of_kind(*FACTS)) == 2000
    assert len(content.links) == edges_in(store)


def test_the_order_of_triples_does_not_matter() -> None:
    store = sample("five")
    quads = list(store)
    random.Random(7).shuffle(quads)
    other = ox.Store()
    other.extend(quads)
    assert read(other) == read(store)


def test_several_graphs_are_one() -> None:
    store = sample("disputa")
    split = ox.Store()
    for number, quad in enumerate(sorted(store, key=str)):
        split.add(ox.Quad(*quad.triple, ox.NamedNode(f"https://example.org/{number % 3}")))
    assert read(split) == read(store)


def test_every_passage_stands_in_its_text() -> None:
    content = read(sample("five"))
    assert len(content.citations) > 300
    assert all(cited.verbatim for cited in content.citations)
    changed = sample("disputa")
    (passage,) = (q for q in changed if q.object == ox.Literal("Madrid lo niega"))
    changed.remove(passage)
    changed.add(ox.Quad(passage.subject, passage.predicate, ox.Literal("Madrid lo admite")))
    assert [cited.quote for cited in read(changed).citations if not cited.verbatim] == ["Madrid lo admite"]


def test_an_actor_belongs_to_the_country_of_what_it_is_a_member_of() -> None:
    content = read(sample("disputa"))
    sides = {node.label: node.side for node in content.of_kind("actor")}
    assert sides["Tomás Rey"] == "es"  # a member of the Gobierno español, without a country of his own
    assert sides["Inês Duarte"] == "pt"
    assert sides["Portugal"] == "pt"
    assert content.countries["pt"] == {"es": "Portugal", "en": "Portugal"}
    assert content.countries["es"] == {"es": "España", "en": "Spain"}


def test_of_two_labels_the_ontologys_is_shown_else_the_longest() -> None:
    data = """@prefix br: <https://w3id.org/bilateral/ontology#> . @prefix a: <https://w3id.org/bilateral/id/actor/> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      a:us a br:Country ; rdfs:label "Washington y los suyos"@es , "Estados Unidos"@es .
      a:x a br:Person ; rdfs:label "Rey"@es , "Tomás Rey"@es ; br:country a:us ."""
    store = ox.Store()
    store.load(input=data, format=ox.RdfFormat.TURTLE)
    assert [node.label for node in read(store).nodes] == ["Estados Unidos", "Tomás Rey"]


def test_sources_are_told_as_the_graph_has_them() -> None:
    (source,) = read(sample("disputa")).sources
    assert (source.title, source.date, source.publisher) == (
        "El Tajo vuelve a separar a Lisboa y Madrid 🌊",
        "2026-03-10",
        "Diario del Agua",
    )
    assert source.url == "https://example.org/tajo"
    assert source.text is not None
    assert source.text.startswith("🌊 Portugal")


def test_only_web_addresses_are_links() -> None:
    store = sample("un-pais")
    article = next(iter(store.quads_for_pattern(None, None, ox.NamedNode("https://w3id.org/bilateral/ontology#Article")))).subject
    store.add(ox.Quad(article, ox.NamedNode("http://purl.org/dc/terms/source"), ox.Literal("javascript:alert(1)")))
    assert read(store).sources[0].url is None


def test_a_position_takes_its_date_from_the_statement_that_says_it() -> None:
    content = read(sample("disputa"))
    when = dates(content)
    told = {content.citations[node.citations[0]].quote: when.get(node.index) for node in content.of_kind("position")}
    january = told["El caudal diario es razonable"]
    assert january is not None
    assert (january.start, january.end, january.inherited) == ("2026-01-01", "2026-01-31", True)
    march = told["No habrá caudal diario"]
    assert march is not None
    assert (march.start, march.inherited) == ("2026-03-10", True)
    assert told["Madrid lo niega"] is None
    own = when[named(content, "petición de más agua")]
    assert (own.start, own.inherited) == ("2026-03-09", False)
