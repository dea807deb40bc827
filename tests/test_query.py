"""The questions and their answers, on three engines; parameters; refusals; formats; what ``kg query`` says when it cannot."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jena
import pyoxigraph as ox
import pytest
import rdflib
import yaml
from questions_table import README, SECTION, with_table

from conftest import CASES, GOLD, ROOT, SEED
from kg.article import read_article
from kg.cells import Cells
from kg.errors import InputError, OntologyError
from kg.gold import load_gold
from kg.graph import triples
from kg.parameters import actors, concept, terms
from kg.query import Ask, open_files, prepare, solutions
from kg.questions import GROUPS, Question, question, questions, read_question
from kg.rdf import turtle
from kg.sparql_text import bind, check_query, form, tokens, with_prefixes
from kg.store import Writer

FOLDER = CASES / "queries"
SMALL = FOLDER / "small.ttl"
TERMS = [ROOT / "ontology" / name for name in ("bilateral.ttl", "concepts.ttl")]
NAMES = [asked.name for asked in questions()]
SEED_CASES = yaml.safe_load((FOLDER / "seed.yaml").read_text(encoding="utf-8"))
SMALL_CASES = yaml.safe_load((FOLDER / "small.yaml").read_text(encoding="utf-8"))
EXPORT_CASES = yaml.safe_load((FOLDER / "exports.yaml").read_text(encoding="utf-8"))

Row = dict[str, str | None]


@pytest.fixture(scope="session")
def gold_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed article as it was annotated by hand, as a graph."""
    extraction = load_gold(read_article(SEED), GOLD / f"{SEED.stem}.gold.json")
    path = tmp_path_factory.mktemp("gold") / "gold.ttl"
    path.write_bytes(turtle(triples(extraction)))
    return path


def rows_of(ask: Ask, asked: Question, settings: dict[str, str]) -> list[Row]:
    results = ask(prepare(asked, settings, ask))
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    return [dict(zip(names, (value(cell) for cell in row), strict=True)) for row in solutions(results)]


def value(term: object) -> str | None:
    return None if term is None else str(getattr(term, "value", term))


def fits(row: Row, expected: Row) -> bool:
    """Whether a row has the expected cells; see the head of seed.yaml."""
    for column, wanted in expected.items():
        cell = row[column]
        if wanted is None or cell is None:
            if wanted != cell:
                return False
        elif wanted.startswith("~"):
            if wanted[1:] not in cell:
                return False
        elif not {cell, re.split(r"[#/]", cell)[-1]} & set(wanted.split("|")):
            return False
    return True


def check(case: dict, rows: list[Row]) -> None:
    columns = set(rows[0]) if rows else set()
    for expected in [*case.get("rows", []), *case.get("absent", []), case.get("first", {})]:
        assert not rows or set(expected) <= columns, f"no such columns: {set(expected) - columns}"
    for expected in case.get("rows", []):
        assert any(fits(row, expected) for row in rows), f"missing: {expected} among {rows}"
    for expected in case.get("absent", []):
        assert not [row for row in rows if fits(row, expected)], f"should not be there: {expected}"
    if "first" in case:
        assert fits(rows[0], case["first"]), rows[0]
    if "count" in case:
        assert len(rows) == case["count"], rows
    if case.get("none"):
        assert rows == []


def name_of(case: dict) -> str:
    return " ".join([case["question"], *case.get("set", {}).values()])


# ------------------------------------------------------------------------------------------------------------- the answers


@pytest.mark.parametrize("case", SEED_CASES, ids=name_of)
def test_answers_on_the_seed_article(case, gold_graph):
    check(case, rows_of(open_files([gold_graph], ontology=False), question(case["question"]), case.get("set", {})))


@pytest.mark.parametrize("case", SMALL_CASES, ids=name_of)
def test_answers_on_a_made_up_graph(case):
    check(case, rows_of(open_files([SMALL]), question(case["question"]), case.get("set", {})))


@pytest.mark.parametrize("case", EXPORT_CASES, ids=name_of)
def test_answers_on_the_committed_graph(case):
    ask = open_files([ROOT / "exports" / "graph.ttl"])
    check(case, rows_of(ask, question(case["question"]), case.get("set", {})))


def test_every_question_has_an_expected_answer():
    assert len(NAMES) >= 30
    assert {case["question"] for case in (*SEED_CASES, *SMALL_CASES)} == set(NAMES)
    answered = {case["question"] for case in SEED_CASES if case.get("rows")}
    assert len(answered) >= 30, "expected rows from the seed article itself for at least thirty"


def test_the_ontology_adds_nothing_to_the_answers_of_coarse_types(gold_graph):
    alone, with_terms = open_files([gold_graph], ontology=False), open_files([gold_graph])
    for asked in questions():
        settings = {p.name: p.example for p in asked.parameters if p.required}
        assert rows_of(alone, asked, settings) == rows_of(with_terms, asked, settings), asked.name


# ----------------------------------------------------------------------------------------------- the same on other engines


def rows_by_oxigraph(ask: Ask, text: str) -> list[tuple[str | None, ...]]:
    results = ask(text)
    assert isinstance(results, ox.QuerySolutions)
    return [tuple(value(cell) for cell in row) for row in solutions(results)]


def data_files(which: str, gold_graph: Path) -> list[Path]:
    return [gold_graph] if which == "seed" else [SMALL, *TERMS]


@pytest.fixture(scope="session")
def seed_texts(gold_graph) -> dict[str, str]:
    """The questions with the examples of the parameters that they need."""
    ask = open_files([gold_graph])
    return {q.name: prepare(q, {p.name: p.example for p in q.parameters if p.required}, ask) for q in questions()}


@pytest.fixture(scope="session")
def small_texts() -> dict[str, str]:
    """The questions with the small graph's own actors and words."""
    ask = open_files([SMALL])
    own = {"actor": "Ana Ruiz", "from": "España", "to": "Ben Said", "words": "s", "wanted": "consult", "status": "accepted"}
    return {q.name: prepare(q, {p.name: own[p.name] for p in q.parameters if p.name in own}, ask) for q in questions()}


@pytest.fixture(scope="session")
def rdflib_graphs(gold_graph) -> dict[str, rdflib.Graph]:
    graphs = {}
    for which in ("seed", "small"):
        graphs[which] = rdflib.Graph()
        for path in data_files(which, gold_graph):
            graphs[which].parse(path)
    return graphs


@pytest.mark.parametrize("which", ["seed", "small"])
@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_rows_in_the_same_order(name, which, gold_graph, seed_texts, small_texts, rdflib_graphs):
    ask = open_files(data_files(which, gold_graph), ontology=False)
    text = (seed_texts if which == "seed" else small_texts)[name]
    found = [tuple(None if cell is None else str(cell) for cell in row) for row in rdflib_graphs[which].query(text)]
    assert found == rows_by_oxigraph(ask, text)


@pytest.mark.parametrize("which", ["seed", "small"])
def test_jena_gives_the_same_rows_in_the_same_order(which, gold_graph, seed_texts, small_texts, tmp_path):
    path = jena.classpath(tmp_path / "jena")
    if shutil.which("javac") is None:
        pytest.skip("no Java compiler: install Debian's 'default-jdk-headless'")
    ask = open_files(data_files(which, gold_graph), ontology=False)
    asked = seed_texts if which == "seed" else small_texts
    data = tmp_path / "data.ttl"
    data.write_bytes(b"\n".join(file.read_bytes() for file in data_files(which, gold_graph)))
    for name, text in asked.items():
        (tmp_path / f"{name}.rq").write_text(text, encoding="utf-8")
    files = [str(tmp_path / f"{name}.rq") for name in asked]
    done = subprocess.run(
        ["java", "-cp", path, str(FOLDER / "AskAll.java"), str(data), str(tmp_path), *files], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for name, text in asked.items():
        answer = json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))
        columns = answer["head"]["vars"]
        found = [tuple(row.get(column, {}).get("value") for column in columns) for row in answer["results"]["bindings"]]
        assert found == rows_by_oxigraph(ask, text), name


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_portable_and_ordered(name):
    asked = question(name)
    found = list(tokens(asked.text))
    words = [token.keyword for token in found]
    assert form(asked.text) == "SELECT"
    assert "ORDER" in words, "expected ORDER BY"
    head = [token.text for token in found[words.index("SELECT") : next(i for i, t in enumerate(found) if t.keyword == "WHERE")]]
    assert "*" not in head, "expected named variables"
    assert not {"SERVICE", "GRAPH", "FROM", "LIMIT", "GROUP_CONCAT", "SAMPLE", "LATERAL", "NOW", "RAND", "UUID", "BNODE"} & set(
        words
    )
    ox.Store().query(asked.text)  # runs as it stands, without predeclared prefixes


# ------------------------------------------------------------------------------------------------------ heads and the table


@pytest.mark.parametrize("name", NAMES)
def test_a_question_says_what_it_asks(name):
    asked = question(name)
    assert re.fullmatch(r"¿.+\?", asked.es)
    assert re.fullmatch(r"[A-Z][^¿]+\?", asked.en)
    assert asked.group in GROUPS
    assert max(len(line) for line in asked.text.splitlines()) <= 130
    for parameter in asked.parameters:
        assert f"VALUES ?{parameter.name} {{" in asked.text


def test_every_group_has_questions():
    assert {asked.group for asked in questions()} == set(GROUPS)


def test_the_table_in_the_readme_is_todays():
    text = README.read_text(encoding="utf-8")
    assert SECTION.search(text), f"expected the markers of the table in {README}"
    assert with_table(text) == text, "run: python tests/questions_table.py"


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("# Question: What?\n# Group: events\n", "Pregunta"),
        ("# Pregunta: ¿Qué?\n# Question: What?\n# Group: evnts\n", "no group 'evnts'"),
        ("# Pregunta: ¿Qué?\n# Question: What?\n# Group: events\n# Parameter: actor, required\n", "cannot be read"),
        (
            '# Pregunta: ¿Qué?\n# Question: What?\n# Group: events\n# Parameter: a (colour, required), for example "x"\n',
            "cannot be read",
        ),
    ],
)
def test_an_incomplete_head_is_told(head, says, tmp_path):
    path = tmp_path / "some.rq"
    path.write_text(head + "SELECT ?s WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(OntologyError, match=says):
        read_question(path)


# -------------------------------------------------------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("Claudia Sheinbaum", ["claudia-sheinbaum"]),
        ("  claudia   SHEINBAUM ", ["claudia-sheinbaum"]),
        ("sheinbaum", ["claudia-sheinbaum"]),
        ("Garcia Harfuch", ["omar-garcia-harfuch"]),
        ("EE.UU.", ["us"]),
        ("Mexico", ["mx"]),
        ("<https://w3id.org/bilateral/id/actor/cia>", ["cia"]),
        ("https://w3id.org/bilateral/id/actor/cia", ["cia"]),
    ],
)
def test_an_actor_is_found_by_any_of_its_names(written, ids, gold_graph):
    assert [node.value.rpartition("/")[2] for node in actors(written, open_files([gold_graph]))] == ids


def test_a_name_of_two_is_both_and_a_label_goes_before_other_names(tmp_path):
    path = tmp_path / "two.ttl"
    path.write_text(
        "@prefix br: <https://w3id.org/bilateral/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<urn:a> a br:Group ; rdfs:label 'Nuñez'@es . <urn:b> a br:Person ; rdfs:label 'núñez'@es .\n"
        "<urn:c> a br:Person ; rdfs:label 'Iván Núñez'@es ; skos:altLabel 'Nunez', 'Iván'@es . <urn:d> a br:Place ; rdfs:label 'Iván' .\n"
        "<urn:e> a br:Person ; rdfs:label 'Jose\u0301 Stra\u00dfe'@de .",
        encoding="utf-8",
    )
    ask = open_files([path])
    assert [node.value for node in actors("nuñez", ask)] == ["urn:a", "urn:b"]
    assert [node.value for node in actors("ivan", ask)] == ["urn:c"], "a place is no actor"
    assert [node.value for node in actors("José Strasse", ask)] == ["urn:e"], "letters that no pattern thought of"


@pytest.mark.parametrize(
    ("written", "local"),
    [
        ("opposes", "opposes"),
        ("br:opposes", "opposes"),
        ("se opone", "opposes"),
        ("Phone call", "phone-call"),
        ("LLAMADA TELEFONICA", "phone-call"),
    ],
)
def test_a_concept_is_found_by_its_name_or_its_label(written, local):
    assert concept(written).value == f"https://w3id.org/bilateral/ontology#{local}"


@pytest.mark.parametrize(
    ("written", "kind", "says"),
    [
        ("Claudia Shienbaum", "actor", "did you mean 'Claudia Sheinbaum'"),
        ("Napoleón", "actor", "no actor of this name"),
        ("<not an iri>", "actor", "is no IRI"),
        ("oposes", "concept", "did you mean"),
        ("2026-02-30", "date", "YYYY-MM-DD"),
        ("enero", "date", "YYYY-MM-DD"),
        ("e s", "language", "expected a tag"),
    ],
)
def test_an_impossible_value_is_told(written, kind, says, gold_graph):
    with pytest.raises(InputError, match=says):
        terms(written, kind, open_files([gold_graph]))


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("plain words", '"plain words"'),
        ('"sí"@es', '"sí"@es'),
        ('"2026-01-01"^^xsd:date', '"2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("br:opposes", "<https://w3id.org/bilateral/ontology#opposes>"),
        ("12", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("1.5", '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("true", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("urn:x", "<urn:x>"),
        ('a"b\\c\nd', '"a\\"b\\\\c\\nd"'),
        ('" } ; DROP ALL #', '"\\" } ; DROP ALL #"'),
    ],
)
def test_values_of_own_queries_become_terms(written, term):
    assert terms(written, None, lambda text: []) == [term]


HOSTILE = '" } UNION { ?a ?b ?c } #'


@pytest.mark.parametrize("hostile", [HOSTILE, "\\", '"', "'''", "\\u0022 }", "a\nb\r\tc", "}", "<urn:x>}", "�\U0001f600"])
def test_a_value_never_becomes_part_of_the_query(hostile, tmp_path):
    path = tmp_path / "one.ttl"
    words = ox.Literal(f"x {hostile} y")
    path.write_text(
        f"<urn:p> <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf> {words} ; "
        "<http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex> 0 .\n"
        "<urn:f> <https://w3id.org/bilateral/ontology#evidence> <urn:p> ; a <https://w3id.org/bilateral/ontology#Event> ;"
        "<http://www.w3.org/2000/01/rdf-schema#label> 'f' .",
        encoding="utf-8",
    )
    ask = open_files([path])
    rows = rows_of(ask, question("what-a-passage-supports"), {"words": hostile})
    assert [row["passageWords"] for row in rows] == [f"x {hostile} y"], "found by exactly these words"
    assert rows_of(ask, question("what-a-passage-supports"), {"words": hostile + "!"}) == []


def test_settings_are_checked(gold_graph):
    ask = open_files([gold_graph])
    with pytest.raises(InputError, match=r"needs a value; expected --set actor="):
        prepare(question("positions-of"), {}, ask)
    with pytest.raises(InputError, match="nothing to set by the name 'who'; expected one of: actor, lang"):
        prepare(question("positions-of"), {"who": "x"}, ask)
    with pytest.raises(InputError, match="expected one of: holder, p"):
        prepare("SELECT ?p { ?p br:holder ?holder }", {"hold": "x"}, ask)


def test_values_go_where_filters_see_them():
    ask = open_files([SMALL])
    text = "SELECT ?e WHERE { ?e br:startDate ?day FILTER(?day >= ?since) }"
    for day, found in (("2026-02-21", 1), ("2026-02-22", 0)):
        ready = prepare(text, {"since": f'"{day}"^^xsd:date'}, ask)
        assert len(rows_by_oxigraph(ask, ready)) == found + (day == "2026-02-20")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("SELECT * { ?s ?p ?x }", 'SELECT * { VALUES ?x { "1" }  ?s ?p ?x }'),
        ("SELECT * WHERE { VALUES ?x { UNDEF } ?s ?p ?x }", 'SELECT * WHERE { VALUES ?x { "1" } ?s ?p ?x }'),
        ("CONSTRUCT { ?s ?p ?x } WHERE { ?s ?p ?x }", 'CONSTRUCT { ?s ?p ?x } WHERE { VALUES ?x { "1" }  ?s ?p ?x }'),
        ("CONSTRUCT { ?s ?p ?x } { ?s ?p ?x }", 'CONSTRUCT { ?s ?p ?x } { VALUES ?x { "1" }  ?s ?p ?x }'),
        ("CONSTRUCT WHERE { ?s ?p ?x }", 'CONSTRUCT WHERE { ?s ?p ?x }\nVALUES ?x { "1" }'),
        ("CONSTRUCT WHERE { ?s ?p ?x } # all", 'CONSTRUCT WHERE { ?s ?p ?x } # all\nVALUES ?x { "1" }'),
        ("ASK { FILTER(?x = '}') }", "ASK { VALUES ?x { \"1\" }  FILTER(?x = '}') }"),
        (
            "SELECT * { {VALUES $x { <a}> }} UNION {VALUES ?x {2}} }",
            'SELECT * { {VALUES ?x { "1" }> }} UNION {VALUES ?x { "1" }} }',
        ),
    ],
)
def test_where_values_are_put(text, bound):
    assert bind(text, {"x": ['"1"']}) == bound


# ---------------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE ?where { ?s ?p ?o } }",
        "SELECT * { {#\n}SERVICE<http://127.0.0.1/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p '\\'' . SERVICE <http://127.0.0.1/> { ?s ?p '' } }",
        "SELECT * { ?a ?b ?c FILTER(?a<1+'>') SERVICE <http://127.0.0.1/> {?s ?p ?o} FILTER(?x = '') }",
        'SELECT * { ?s ?p """a"b""" SERVICE <http://127.0.0.1/> { ?s ?p """""" } }',
        "SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p <http://x/#> . SERVICE <http://127.0.0.1/> { } }",
        "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1/> { ?s ?p ?o } } }",
    ],
)
def test_a_query_does_not_leave_the_data(text):
    with pytest.raises(InputError, match="SERVICE would ask another machine"):
        check_query(text)
    check_query(text, allow_service=True)
    check_query(text, local=False)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?service { ?service a ex:SERVICE ; ex:service \'SERVICE <x>\' ; rdfs:label """a " SERVICE"""@service }',
        "# SERVICE <http://x>\nSELECT * { ?s ?p <http://x/SERVICE> }",
        "PREFIX service: <http://x/> SELECT * { ?s service:SERVICE _:SERVICE FILTER(?a < ?b) }",
        "SELECT * FROM <http://x/> { ?s ?p 'FROM <file:///etc/passwd>' }",
    ],
)
def test_words_that_are_no_keywords_are_let_through(text):
    check_query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <FILE:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
        "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
    ],
)
def test_from_reads_no_file(text):
    with pytest.raises(InputError, match="does not read a file; expected the file after --data"):
        check_query(text)


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("INSERT DATA { <a> <b> <c> }", "INSERT"),
        ("PREFIX x: <http://x/> # c\nBASE <http://y/> DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("load <http://x/>", "LOAD"),
        ("LOAD <file:///etc/passwd> INTO GRAPH <g>", "LOAD"),
        ("CLEAR ALL", "CLEAR"),
        ("DROP GRAPH <g>", "DROP"),
        ("WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
    ],
)
def test_updates_are_refused_everywhere(text, keyword):
    for local in (True, False):
        with pytest.raises(InputError, match=f"{keyword} would change data; expected SELECT"):
            check_query(text, local=local, allow_service=True)


@pytest.mark.parametrize("text", ["", "  \n", "# only a comment"])
def test_an_empty_query_is_told(text):
    with pytest.raises(InputError, match="is empty; expected a SPARQL query"):
        check_query(text)


def test_declarations_for_other_machines():
    known = {"br": "http://br/", "rdfs": "http://rdfs/"}
    assert with_prefixes("SELECT * { ?s br:a ?o }", known, "http://b/") == "PREFIX br: <http://br/> SELECT * { ?s br:a ?o }"
    own = "PREFIX br: <http://x/> SELECT * { ?s br:a <urn:y> }"
    assert with_prefixes(own, known, "http://b/") == own
    assert with_prefixes("ASK { <a> ?p ?o }", known, "http://b/") == "BASE <http://b/> ASK { <a> ?p ?o }"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT ?s {\n ?s ?p }", r"line 2, column 8: not SPARQL at '}': expected a variable, an IRI or a literal$"),
        (
            "SELECT ?s { ?s foo:p ?o }",
            r"line 1, column 16: not SPARQL at 'foo:p \?o }': expected PREFIX … at the top, or one of br:",
        ),
        ("SELECT ?s { ?s ?p ?o", r'line 1, column 21: not SPARQL at the end: expected ",", "\."'),
        ("SELECT ?s (COUNT(?o) AS ?n)\n{ ?s ?p ?o }", "line 2, column .*The SELECT contains a variable that is unbound"),
        ("PREFIX x: <y>\nFIND everything", "line 2, column 1: not SPARQL at 'FIND everything': expected SELECT, ASK"),
        (
            "SELECT ?s WHERE { ?s ?p ?o . FILTR(?o > 3) }",
            r"line 1, column 30: not SPARQL at 'FILTR\(\?o > 3\) }': expected SPARQL",
        ),
        ("SELECT ?s\nWHERE {\n  ?s a br:Event ;\n  ORDER BY ?s\n}", "line 4, column 3: not SPARQL at 'ORDER BY \\?s'"),
        ("SELECT ?s { # all\n ?s ?p ?o } ORDERED BY ?s", "line 2, column 13: not SPARQL at 'ORDERED BY \\?s': expected BY"),
    ],
)
def test_a_syntax_error_is_one_line_with_its_place(text, says):
    with pytest.raises(InputError, match=says) as told:
        open_files([SMALL])(text)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 400


# -------------------------------------------------------------------------------------------------------------------- data


def test_files_of_all_formats_are_asked_together(tmp_path):
    store = ox.Store()
    store.bulk_load(path=SMALL, format=ox.RdfFormat.TURTLE)
    quads = list(store)
    whole = [str(quad.triple) for quad in quads]
    endings = {
        "ttl": "TURTLE",
        "nt": "N_TRIPLES",
        "rdf": "RDF_XML",
        "jsonld": "JSON_LD",
        "nq": "N_QUADS",
        "trig": "TRIG",
        "n3": "N3",
    }
    files = []
    for i, (ending, name) in enumerate(endings.items()):
        path = tmp_path / f"part{i}.{ending}"
        ox.serialize([quad.triple for quad in quads[i :: len(endings)]], output=str(path), format=getattr(ox.RdfFormat, name))
        files.append(path)
    packed = tmp_path / "part0.ttl.gz"
    packed.write_bytes(gzip.compress(files[0].read_bytes()))
    files[0] = packed
    results = open_files(files, ontology=False)("SELECT ?s ?p ?o { ?s ?p ?o }")
    assert sorted(" ".join(str(cell) for cell in row) for row in solutions(results)) == sorted(whole)


def test_named_graphs_are_in_the_merge_once(tmp_path):
    path = tmp_path / "two.nq"
    path.write_text('<urn:s> <urn:p> "o" <urn:g1> .\n<urn:s> <urn:p> "o" <urn:g2> .\n<urn:s> <urn:p> "o" .\n', encoding="utf-8")
    ask = open_files([path], ontology=False)
    assert len(rows_by_oxigraph(ask, "SELECT ?o { ?s ?p ?o }")) == 1
    assert len(rows_by_oxigraph(ask, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }")) == 2


def test_a_store_on_disk_is_asked_as_its_files_are(gold_graph, tmp_path, kg):
    with Writer(tmp_path / "store") as store:
        for name, path in (("urn:seed", gold_graph), ("urn:small", SMALL)):
            quads = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
            store.put(ox.NamedNode(name), [quad.triple for quad in quads])
    for asked in (["who-meets-whom"], ["positions-of", "--set", "actor=Ruiz"], ["events-of-type", "--set", "wanted=consult"]):
        ran = kg("query", *asked, "--store", tmp_path / "store")
        assert ran.code == 0
        assert ran.out == kg("query", *asked, "--data", gold_graph, "--data", SMALL).out


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        (
            "bad.ttl",
            b"<urn:a> <urn:p> <urn:c> .\n<urn:a> foo:b 1 .\n",
            r"bad\.ttl, line 2: The prefix foo: has not been declared; expected Turtle",
        ),
        ("bad.nt", b'<urn:a> <urn:p> <urn:c> .\n<urn:a> <b> "x" .\n', r"bad\.nt, line 2: .*; expected N-Triples"),
        ("bad.nq", b"<urn:a> <urn:p> <urn:c> .\n<urn:a> <urn:p> 5 .\n", r"bad\.nq, line 2: .*; expected N-Quads"),
        ("cut.ttl", b'<urn:a> <urn:p> "unfin', r"cut\.ttl, line 1: .*; expected Turtle"),
        (
            "bad.rdf",
            b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description>",
            r"bad\.rdf, line 1: no element found; expected RDF/XML",
        ),
        ("bad.jsonld", b'{"@id": "urn:a",\n "urn:p": [1,}', r"bad\.jsonld, line 2: .*; expected JSON-LD"),
        ("wrong.ttl", b"<?xml version='1.0'?><rdf/>", r"wrong\.ttl, line 1: .*; expected Turtle"),
        ("latin.ttl", "<urn:a> <urn:p> 'é' .".encode("latin-1"), r"latin\.ttl, line 1: .*UTF-8.*; expected Turtle"),
        ("binary.ttl", bytes(range(256)), r"binary\.ttl, line 1: .*; expected Turtle"),
        ("cut.ttl.gz", gzip.compress(b"<urn:a> <urn:p> <urn:c> .")[:-12], r"cut\.ttl\.gz.*; expected Turtle"),
        ("no.ttl.gz", b"<urn:a> <urn:p> <urn:c> .", r"no\.ttl\.gz.*; expected"),
        ("notes.txt", b"", r"notes\.txt: no RDF file by its name; expected one that ends in \.ttl"),
    ],
)
def test_broken_data_is_told_with_file_and_line(name, data, says, tmp_path, kg):
    path = tmp_path / name
    path.write_bytes(data)
    ran = kg("query", "who-is-who", "--data", path)
    assert (ran.code, ran.out) == (2, "")
    assert re.search(says, ran.err), ran.err
    assert ran.err.count("\n") == 1


# -------------------------------------------------------------------------------------------------------- the command line

CONTESTED = ("query", "contested-claims", "--data")


def test_a_named_question_as_plain_lines(kg, gold_graph):
    ran = kg(*CONTESTED, gold_graph)
    assert ran.code == 0
    head, *lines = ran.out.splitlines()
    assert head.split() == ["claim", "affirmedBy", "deniedBy", "stance", "words", "iri"]
    assert len(lines) == 2
    assert "  niega  " in lines[1], "a concept by its label"
    assert lines[1].endswith("topic/el-retraso-de-la-votacion-se-debe-al-ataque-a-venezuela"), "an IRI in short"
    places = [line.index("denies") for line in kg(*CONTESTED, gold_graph, "--lang", "en").out.splitlines()[1:]]
    assert places == [head.index("stance")] * 2, "columns stand under their headings"


def test_every_format_holds_the_same_rows(kg, gold_graph):
    rows = list(csv.DictReader(io.StringIO(kg(*CONTESTED, gold_graph, "--format", "csv").out)))
    assert [row["deniedBy"] for row in rows] == ["Donald Trump", "Claudia Sheinbaum"]
    answer = json.loads(kg(*CONTESTED, gold_graph, "--format", "json").out)
    assert [{k: v["value"] for k, v in row.items()} for row in answer["results"]["bindings"]] == rows
    lines = kg(*CONTESTED, gold_graph, "--format", "tsv").out.splitlines()
    assert lines[0].split("\t") == [f"?{name}" for name in rows[0]]
    assert lines[1].split("\t")[2] == '"Donald Trump"'
    sparql = "{http://www.w3.org/2005/sparql-results#}"
    tree = ElementTree.fromstring(kg(*CONTESTED, gold_graph, "--format", "xml").out)
    for element, row in zip(tree.iter(f"{sparql}result"), rows, strict=True):
        assert [binding.findtext("*") for binding in element.iter(f"{sparql}binding")] == list(row.values())


def test_graphs_and_yes_or_no(kg, gold_graph):
    data = ("--data", gold_graph, "--no-ontology")
    made = "CONSTRUCT { ?a rdfs:label ?l ; a ?t } WHERE { ?a a ?t ; rdfs:label ?l ; br:iso ?i }"
    ran = kg("query", made, *data)
    graph = rdflib.Graph().parse(data=ran.out, format="turtle")
    assert {str(label) for label in graph.objects(predicate=rdflib.RDFS.label)} == {
        "México", "Estados Unidos", "Venezuela", "Cuba", "Groenlandia"
    }  # fmt: skip
    assert ran.out == kg("query", made, *data, "--format", "ttl").out
    assert "@prefix br: <https://w3id.org/bilateral/ontology#> .\n" in ran.out
    assert '\nactor:ve a br:Country ;\n\trdfs:label "Venezuela"' in ran.out  # laid out as kg build and kg export do
    for described in (
        "DESCRIBE <https://w3id.org/bilateral/id/actor/ve>",
        "DESCRIBE <actor/ve>",
    ):  # no braces, and a slash: no file's name either
        told = rdflib.Graph().parse(data=kg("query", described, *data).out, format="turtle")
        assert {str(subject) for subject in told.subjects()} == {"https://w3id.org/bilateral/id/actor/ve"}
    assert kg("query", "ASK { ?s a br:Proposal }", *data).out == "sí\n"
    assert kg("query", "ASK { ?s a br:Nothing }", *data, "--lang", "en").out == "no\n"
    assert json.loads(kg("query", "ASK { ?s a br:Proposal }", *data, "--format", "json").out)["boolean"] is True
    for text, wanted, says in (
        (made, "csv", "its result is a graph, not rows; expected --format ttl, not csv"),
        ("ASK { ?s ?p ?o }", "ttl", "its result is yes or no, not a graph"),
        ("SELECT ?s { ?s ?p ?o }", "ttl", "its result is rows, not a graph"),
    ):
        ran = kg("query", text, *data, "--format", wanted)
        assert (ran.code, ran.out) == (2, "")
        assert says in ran.err


def test_queries_come_from_files_and_standard_input(kg, gold_graph, tmp_path):
    text = "SELECT (COUNT(?a) AS ?n) WHERE { ?a a br:Article }"
    path = tmp_path / "mine.rq"
    path.write_text("\ufeff" + text, encoding="utf-8")
    expected = "n\n1\n"
    assert kg("query", text, "--data", gold_graph).out == expected
    assert kg("query", path, "--data", gold_graph).out == expected
    assert kg("query", "-", "--data", gold_graph, stdin=text.encode()).out == expected
    assert kg("query", text, "--data", "-", stdin=gold_graph.read_bytes()).out == expected
    assert "is both the query and the data" in kg("query", "-", "--data", "-").err


def test_the_list_and_the_text_of_questions(kg):
    listed = kg("query", "--list")
    assert [line.split()[0] for line in listed.out.splitlines()[1:]] == NAMES
    assert "¿Quién propone qué, a quién, y en qué quedó?" in listed.out
    assert "Who proposes what, to whom, and where does it stand?" in kg("query", "--list", "--lang", "en").out
    shown = kg("query", "--show", "positions-of").out
    assert shown == (ROOT / "ontology" / "queries" / "positions-of.rq").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["who-propose-what"], "did you mean who-proposes-what"),
        (["propuestas"], "'kg query --list' shows them all"),
        (["dangling-reference-violation"], "no question of this name"),
        (["--show", "timelin"], "did you mean timeline"),
        ([], "nothing to ask; expected a question's name"),
        (["none.rq"], "none.rq: no such file"),
        (["timeline", "--data", "a.ttl", "--endpoint", "http://x/"], "several sources"),
        (["timeline", "--store", "nowhere"], "nowhere: holds no store"),
        (["timeline", "--set", "since"], "expected NAME=VALUE"),
        (["timeline", "--set", "since=2026-01-01", "--set", "since=2026-01-02"], "set twice"),
        (["timeline", "--data", "none.ttl"], "none.ttl: no such file; expected a graph"),
        (["timeline", "--format", "html"], "html"),
        (["SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"], "--allow-service"),
        (["positions-of"], 'expected --set actor="Claudia Sheinbaum"'),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(arguments, says, kg):
    ran = kg("query", *arguments, *([] if "--data" in arguments or "--store" in arguments else ["--data", SMALL]))
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1, ran.err


def test_allowed_services_are_asked_and_their_silence_is_told(kg):
    ran = kg("query", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "--data", SMALL, "--allow-service")
    assert ran.code == 2
    assert ran.err.count("\n") == 1


def test_a_long_table_keeps_its_columns(kg, tmp_path):
    path = tmp_path / "long.nt"
    path.write_text(
        "".join(f'<urn:{i:05}> <urn:p> "y{"x" * (i % 7)}\\u001B[31m\\n{i}" .\n' for i in range(2500)), encoding="utf-8"
    )
    lines = kg("query", "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s", "--data", path, "--no-ontology").out.splitlines()
    assert len(lines) == 2501
    assert {line.index("[31m") - (i - 1) % 7 for i, line in enumerate(lines) if i} == {len("urn:00000") + 2 + len("y ")}
    assert all(char.isprintable() for line in lines for char in line), "no control character reaches the terminal"


def test_a_reader_that_has_seen_enough_stops_the_query_quietly():
    command = f"{sys.executable} -m kg query 'SELECT ?s ?p ?o {{ ?s ?p ?o . ?a ?b ?c }}' --data {SMALL} --format csv | head -n 2"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    assert done.stdout.startswith("s,p,o")


def test_a_query_loads_no_other_engine():
    probe = (
        "import sys\nfrom kg.cli import main\ntry:\n    main(['query', 'positions-of', '--set', 'actor=Ana Ruiz', '--data', sys.argv[1]])\n"
        "except SystemExit: pass\nprint(*(m for m in ('spacy', 'pyvis', 'rdflib', 'networkx', 'rich', 'urllib.request', 'yaml')"
        " if m in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", probe, str(SMALL)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.split() == []
    assert "Ana Ruiz" in done.stdout


def test_cells_show_terms_as_readers_want_them():
    cells = Cells("es")
    node = ox.NamedNode
    assert cells.text(node("https://w3id.org/bilateral/ontology#opposes")) == "se opone"
    assert Cells("en").text(node("https://w3id.org/bilateral/ontology#Proposal")) == "proposal"
    assert cells.text(node("https://w3id.org/bilateral/ontology#nothing")) == "br:nothing"
    assert cells.text(node("https://w3id.org/bilateral/id/actor/mx")) == "actor/mx"
    assert cells.text(node("http://www.w3.org/2000/01/rdf-schema#label")) == "rdfs:label"
    assert cells.text(node("http://example.org/x")) == "http://example.org/x"
    assert cells.text(ox.Literal("dos\nlíneas \x1b[2J\u202e", language="es")) == "dos líneas  [2J"
    assert cells.text(ox.Literal(5)) == "5"
    assert cells.text(None) == ""
    assert cells.numeric(("a", "b", "c"), [("1", "x", ""), ("-2.5", "3", "")]) == ["a"]
