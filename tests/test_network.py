"""The network of actors: what ties two of them, who stands in the middle, the way from one to another."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest

from conftest import GOLD, Ran
from kg.article import read_article
from kg.errors import InputError
from kg.gold import load_gold
from kg.graph import triples
from kg.network import actor_network, communities, find_actor, measures, shortest_path
from kg.rdf import turtle

Kg = Callable[..., Ran]

# Ana meets Berta; Berta asks Carla for something; Carla speaks to Dora; Eva opposes what Berta asks for.
# Fina did not meet Ana. Berta and Gala are only members of the same club, and Hilda is only a source.
SMALL = """
@prefix : <https://w3id.org/bilateral/id/actor/> .
@prefix br: <https://w3id.org/bilateral/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:ana a br:Person ; rdfs:label "Ana Álvarez"@es ; skos:altLabel "la ministra"@es .
:berta a br:Person ; rdfs:label "Berta"@es ; br:memberOf :club .
:carla a br:Person ; rdfs:label "Carla"@es .
:dora a br:Person ; rdfs:label "Dora"@es ; skos:altLabel "la ministra"@es .
:eva a br:Person ; rdfs:label "Eva"@es .
:fina a br:Person ; rdfs:label "Fina"@es .
:gala a br:Person ; rdfs:label "Gala"@es ; br:memberOf :club .
:hilda a br:Person ; rdfs:label "Hilda"@es .
:club a br:CivilOrganization ; rdfs:label "Club"@es .
<urn:meeting> a br:Event ; rdfs:label "reunión"@es ; br:agent :ana ; br:participant :berta ; br:evidence <urn:p> .
<urn:again> a br:Event ; rdfs:label "otra reunión"@es ; br:agent :ana, :berta ; br:factuality br:actual .
<urn:p> br:attributedTo :hilda .
<urn:no> a br:Event ; rdfs:label "no se reunieron"@es ; br:agent :ana, :fina ; br:factuality br:negated .
<urn:ask> a br:Proposal ; rdfs:label "petición"@es ; br:proposer :berta ; br:addressee :carla .
<urn:said> a br:Statement ; rdfs:label "saludo"@es ; br:speaker :carla ; br:addressee :dora .
<urn:against> a br:Position ; rdfs:label "rechazo"@es ; br:holder :eva ; br:target <urn:ask> ; br:stance br:opposes .
"""
ACTOR = "https://w3id.org/bilateral/id/actor/"


def network(source: str = SMALL) -> networkx.Graph:
    return actor_network(quad.triple for quad in ox.parse(source, format=ox.RdfFormat.TURTLE))


def test_actors_are_tied_by_the_facts_in_which_they_meet() -> None:
    ties = {
        (a.removeprefix(ACTOR), b.removeprefix(ACTOR)): [label for _, label in d["facts"]]
        for a, b, d in network().edges(data=True)
    }
    assert ties == {
        ("ana", "berta"): ["otra reunión", "reunión"],
        ("berta", "carla"): ["petición"],
        ("carla", "dora"): ["saludo"],
        ("berta", "eva"): ["rechazo"],
    }


def test_a_position_ties_to_an_actor_and_to_who_stands_behind_its_target() -> None:
    prefix = SMALL.partition(":ana a")[0] + ":a a br:Person . :b a br:Country . "
    for target, extra in ((":b", ""), ("<urn:e>", "<urn:e> br:agent :b ."), ("<urn:i>", "<urn:i> br:claimant :b .")):
        found = network(f"{prefix} <urn:s> a br:Position ; br:holder :a ; br:target {target} . {extra}")
        assert list(found.edges) == [(ACTOR + "a", ACTOR + "b")], target


def test_measures_are_those_of_the_textbook() -> None:
    """ana - berta - carla - dora, and eva at berta. Of the six pairs of others, paths lead through berta for ana-carla, ana-dora,
    ana-eva, eva-carla and eva-dora, and through carla for dora with ana, berta and eva."""
    found = {m.iri.removeprefix(ACTOR): m for m in measures(network())}
    assert list(found) == ["berta", "carla", "ana", "dora", "eva"]
    assert {name: m.degree for name, m in found.items()} == {"berta": 3, "carla": 2, "ana": 1, "dora": 1, "eva": 1}
    assert {name: m.facts for name, m in found.items()} == {"berta": 4, "carla": 2, "ana": 2, "dora": 1, "eva": 1}
    assert found["berta"].betweenness == pytest.approx(5 / 6, abs=1e-6)
    assert found["carla"].betweenness == 0.5
    assert found["ana"].betweenness == 0


def test_communities_are_the_groups_that_keep_to_themselves() -> None:
    people = "abcdefg"
    ties = [("a", "b"), ("a", "c"), ("b", "c"), ("b", "g"), ("a", "g"), ("d", "e"), ("d", "f"), ("e", "f"), ("c", "d")]
    source = SMALL.partition(":ana a")[0] + " ".join(f":{p} a br:Person ." for p in people)
    source += " ".join(f"<urn:{x}{y}> a br:Event ; br:agent :{x}, :{y} ." for x, y in ties)
    groups = [[member.removeprefix(ACTOR) for member in group] for group in communities(network(source))]
    assert groups == [["a", "b", "c", "g"], ["d", "e", "f"]]


def test_the_chain_names_its_facts() -> None:
    steps = shortest_path(network(), "eva", "Dora")
    assert [(s.source.removeprefix(ACTOR), s.target.removeprefix(ACTOR), s.facts) for s in steps] == [
        ("eva", "berta", ("rechazo",)),
        ("berta", "carla", ("petición",)),
        ("carla", "dora", ("saludo",)),
    ]
    assert shortest_path(network(), "Eva", "eva") == []


def test_of_equally_short_chains_the_first_by_iri_is_taken() -> None:
    source = SMALL.partition(":ana a")[0] + " ".join(f":{p} a br:Person ." for p in "abcd")
    source += " ".join(f"<urn:{x}{y}> a br:Event ; br:agent :{x}, :{y} ." for x, y in ("ac", "cd", "ab", "bd"))
    assert [step.target.removeprefix(ACTOR) for step in shortest_path(network(source), "a", "d")] == ["b", "d"]


@pytest.mark.parametrize(
    ("name", "iri"), [("ana alvarez", "ana"), ("BERTA", "berta"), ("carla", "carla"), (ACTOR + "dora", "dora"), ("¿Eva?", "eva")]
)
def test_an_actor_is_found_by_name_id_or_iri(name: str, iri: str) -> None:
    assert find_actor(network(), name) == ACTOR + iri


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("la ministra", "la ministra: 2 actors have this name; expected one of .*ana.*dora"),
        ("Bertha", "Bertha: no actor with ties has this name; did you mean 'Berta'"),
        ("Fina", "Fina: no actor with ties has this name"),
        ("zzz", "zzz: no actor with ties has this name; expected the name or IRI of an actor"),
    ],
)
def test_an_unknown_name_is_refused(name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        find_actor(network(), name)


def test_no_chain_is_told() -> None:
    apart = SMALL + ":y a br:Person . :z a br:Person . <urn:yz> a br:Event ; br:agent :y, :z ."
    with pytest.raises(InputError, match="Ana Álvarez and y: no chain of facts leads from one to the other"):
        shortest_path(network(apart), "Ana Álvarez", "y")


def test_a_graph_without_ties_is_an_empty_network() -> None:
    assert measures(network("")) == []
    assert communities(network("")) == []


def test_the_seed_article_has_washington_in_the_middle() -> None:
    name = "2026-01-16-mexico-eeuu-tropas"
    found = measures(actor_network(triples(load_gold(read_article(GOLD / f"{name}.md"), GOLD / f"{name}.gold.json"))))
    assert found[0].iri == ACTOR + "us-government"
    by_iri = {m.iri.removeprefix(ACTOR): m for m in found}
    assert by_iri["claudia-sheinbaum"].facts > by_iri["nicolas-maduro"].facts
    assert (by_iri["cu"].degree, by_iri["cu"].facts) == (1, 2)  # Washington's threat and what it threatens with


# ------------------------------------------------------------------------------------------------------------------- command


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_the_command_shows_a_table(kg: Kg, source: Path) -> None:
    lines = kg("network", source).out.splitlines()
    assert lines[0].split() == ["actor", "kind", "ties", "facts", "betweenness", "community", "iri"]
    assert lines[1].split() == ["Berta", "Person", "3", "4", "0.8333", "1", ACTOR + "berta"]
    assert len(kg("network", source, "--top", 2).out.splitlines()) == 3


def test_the_command_writes_csv_and_json(kg: Kg, source: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kg("network", source, "--format", "csv").out)))
    assert [row["actor"] for row in rows] == ["Berta", "Carla", "Ana Álvarez", "Dora", "Eva"]
    found = json.loads(kg("network", source, "--format", "json").out)
    assert found[1] == {"iri": ACTOR + "carla", "label": "Carla", "kind": "Person", "degree": 2, "facts": 2, "betweenness": 0.5,
                        "community": found[1]["community"]}  # fmt: skip


def test_the_command_shows_a_chain(kg: Kg, source: Path) -> None:
    rows = list(csv.reader(io.StringIO(kg("network", source, "--path", "eva", "carla", "--format", "csv").out)))
    assert rows == [["from", "to", "fact"], ["Eva", "Berta", "rechazo"], ["Berta", "Carla", "petición"]]
    done = kg("network", source, "--path", "eva", "nobody")
    assert (done.code, done.err) == (2, "kg: nobody: no actor with ties has this name; expected the name or IRI of an actor\n")


def test_the_numbers_are_the_same_on_every_run(tmp_path: Path) -> None:
    for path in GOLD.glob("*.gold.json"):
        name = path.name.removesuffix(".gold.json")
        (tmp_path / f"{name}.ttl").write_bytes(turtle(triples(load_gold(read_article(GOLD / f"{name}.md"), path))))
    files = sorted(str(path) for path in tmp_path.glob("*.ttl"))
    outputs = set()
    for seed in ("1", "2"):
        run = [sys.executable, "-m", "kg", "network", *files, "--format", "json"]
        outputs.add(subprocess.run(run, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout)
    assert len(outputs) == 1
