"""Two newspapers tell the same Monday: what both tell is one node with the words of both, what they contradict stays apart.

The articles stand in ``cases/outlets``; what is expected here comes from reading them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from conftest import CASES
from kg.article import read_article
from kg.evaluate import extracted
from kg.graph import article_iri, quads
from kg.vocabulary import BR, ID

PREFIXES = f"""PREFIX br: <{BR}> PREFIX actor: <{ID}actor/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> """
BOTH = [("diario",), ("gaceta",)]


@pytest.fixture(scope="module")
def graphs() -> dict[str, list[ox.Quad]]:
    return {name: quads(extracted(read_article(CASES / "outlets" / f"{name}.md"))) for name in ("diario", "gaceta")}


@pytest.fixture
def store(graphs: dict[str, list[ox.Quad]]) -> ox.Store:
    found = ox.Store()
    for own in graphs.values():
        found.extend(own)
    return found


def ask(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    def rows() -> Iterator[tuple[str, ...]]:
        solutions = store.query(PREFIXES + query, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        for solution in solutions:
            yield tuple(str(value.value).rpartition("/")[2].rpartition("#")[2] for value in solution)

    return sorted(set(rows()))


ARTICLES = "?f br:evidence/nif:referenceContext ?article"


def test_the_call_is_one_event(store: ox.Store) -> None:
    rows = ask(store, f"""SELECT ?f ?article WHERE {{ ?f a br:Event ; br:startDate "2026-03-09"^^xsd:date ;
        (br:agent|br:patient|br:participant) actor:claudia-sheinbaum, actor:donald-trump . {ARTICLES} }}""")  # fmt: skip
    assert [row[1:] for row in rows] == BOTH
    assert len({row[0] for row in rows}) == 1


def test_the_capture_is_one_event_whoever_is_said_to_have_done_it(store: ox.Store) -> None:
    rows = ask(store, f"SELECT ?f ?article WHERE {{ ?f a br:Event ; br:patient actor:nicolas-maduro . {ARTICLES} }}")
    assert [row[1:] for row in rows] == BOTH
    assert len({row[0] for row in rows}) == 1


def test_the_quote_is_one_statement(store: ox.Store) -> None:
    quote = '"No vamos a aceptar tropas extranjeras en México"@es'
    rows = ask(store, f"SELECT ?f ?article WHERE {{ ?f a br:Statement ; br:quote {quote} . {ARTICLES} }}")
    assert [row[1:] for row in rows] == BOTH
    assert len({row[0] for row in rows}) == 1


def test_the_proposal_is_one_though_one_names_the_country_and_one_its_capital(store: ox.Store) -> None:
    rows = ask(store, f"SELECT ?f ?article WHERE {{ ?f a br:Proposal . {ARTICLES} }}")
    assert [row[1:] for row in rows] == BOTH
    assert len({row[0] for row in rows}) == 1


def test_the_contradiction_is_seen_at_the_proposal(store: ox.Store) -> None:
    """One paper has it rejected, the other accepted: two positions of one holder on one target, each with its own words."""
    facts = "?f br:holder actor:mx-government ; br:stance ?stance ; br:target/a br:Proposal"
    query = f"SELECT ?stance ?article WHERE {{ {facts} . {ARTICLES} }}"
    assert ask(store, query) == [("opposes", "diario"), ("supports", "gaceta")]


def test_two_figures_of_one_measure_stay_apart(store: ox.Store) -> None:
    rows = ask(store, f"SELECT ?value ?article WHERE {{ ?f a br:Indicator ; br:unit 'percent' ; br:value ?value . {ARTICLES} }}")
    assert rows == [("25", "gaceta"), ("32", "diario")]


def test_the_same_words_of_two_articles_are_two_passages(store: ox.Store) -> None:
    rows = ask(store, "SELECT ?p WHERE { ?f a br:Statement ; br:evidence ?p }")
    assert len(rows) == 2


def test_what_only_sounds_alike_stays_apart() -> None:
    """Two articles about other countries, with sentences of the same form: a figure that each gives of its own country, two meetings
    of one day, an extradition and its reverse, a call and its denial, one agreement on fishing and one on migration."""
    found = ox.Store()
    for name in ("otros-a", "otros-b"):
        found.extend(quads(extracted(read_article(CASES / "outlets" / f"{name}.md"))))
    told = ask(found, f"SELECT ?f ?article WHERE {{ {ARTICLES} }}")
    assert {row[1] for row in told} == {"otros-a", "otros-b"}
    assert len({row[0] for row in told}) == len(told)


@pytest.mark.parametrize(("gone", "left"), [("diario", "gaceta"), ("gaceta", "diario")])
def test_taking_an_article_out_leaves_what_the_other_supports(
    store: ox.Store, graphs: dict[str, list[ox.Quad]], gone: str, left: str
) -> None:
    store.remove_graph(article_iri(gone))
    assert {quad.triple for quad in store} == {quad.triple for quad in graphs[left]}


def test_a_second_run_adds_nothing(store: ox.Store) -> None:
    before = set(store)
    store.extend(quads(extracted(read_article(CASES / "outlets" / "diario.md"))))
    assert set(store) == before
