"""Every format is read back by programs of others and compared with the graph: triple by triple, node by node."""

from __future__ import annotations

import ast
import csv
import html
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jena
import networkx
import pyoxigraph as ox
import pytest
import rdflib

from conftest import CASES, GOLD, ROOT, Ran
from kg.article import read_article
from kg.errors import OutputError
from kg.export import FORMATS, Data, cypher, format_of, prepared
from kg.export.tables import MARK
from kg.gold import load_gold
from kg.graph import article_iri, quads, triples
from kg.model import Actor, Article, Extraction, Passage, Statement
from kg.rdf import turtle
from kg.vocabulary import BR, ID, NIF, RDF, RDFS

Kg = Callable[..., Ran]

NAMES = ("2026-01-16-mexico-eeuu-tropas", "espana-marruecos-pesca")
RDF_FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", "rdfxml")
OXIGRAPH = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG,
            "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML}  # fmt: skip
RDFLIB = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld", "rdfxml": "xml"}
JENA = {"jsonld": "jsonld10", "nq": "nq", "nt": "nt", "rdfxml": "rdfxml", "trig": "trig", "ttl": "ttl"}

HOSTILE = (
    "=HYPERLINK(\"http://x\") dijo: 'basta'; \\' \\\\ `MATCH` (n) DETACH DELETE n; // $x {y} \u2028 \u2029 "
    "</text>]]> & < > </script>\r\nlínea\tdos \u202e al revés 𝄞 \x7f \u0085 \\u0027 fin\\"
)


def extraction(identifier: str) -> Extraction:
    return load_gold(read_article(GOLD / f"{identifier}.md"), GOLD / f"{identifier}.gold.json")


def hostile(text: str = HOSTILE) -> Extraction:
    """A statement whose words, speaker and article are out to break a format."""
    who = Actor(id="quien", kind="Person", label=text, alt_labels=("@quien", "+1", "-x", "-5", "'"), title="\"a\" 'b'")
    said = Statement(id="q1", label=text, evidence=(Passage(0, len(text), text),), speaker=("quien",), quote=text, direct=True)
    return Extraction(article=Article(id="hostil", text=text, title=text, publisher=text), actors=(who,), facts=(said,))


@pytest.fixture(scope="module")
def data() -> Data:
    """Two articles merged, in the default graph, as kg build leaves them, with a hostile third."""
    found = {triple for identifier in NAMES for triple in triples(extraction(identifier))} | set(triples(hostile()))
    return prepared(ox.Quad(*triple) for triple in found)


@pytest.fixture(scope="module")
def graph(data: Data) -> rdflib.Graph:
    """The same graph by rdflib, from N-Triples, as the measure of what must come back."""
    return rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in data.triples), format="nt")


@pytest.fixture(scope="module")
def per_article() -> set[ox.Quad]:
    """What a quad format must hold: every article's triples in its own graph."""
    return {quad for found in [*map(extraction, NAMES), hostile()] for quad in quads(found)}


# ----------------------------------------------------------------------------------------------------------- RDF, read back


def expected(name: str, data: Data, per_article: set[ox.Quad]) -> set[ox.Quad]:
    return per_article if name in {"nq", "trig"} else {ox.Quad(*triple) for triple in data.triples}


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_oxigraph_reads_back_every_triple(name: str, data: Data, per_article: set[ox.Quad]) -> None:
    found = ox.parse(FORMATS[name].write(data), format=OXIGRAPH[name])
    assert set(found) == expected(name, data, per_article)


@pytest.mark.parametrize("name", ["ttl", "nt", "jsonld", "rdfxml"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_reads_back_every_triple(name: str, data: Data, graph: rdflib.Graph) -> None:
    assert set(rdflib.Graph().parse(data=FORMATS[name].write(data), format=RDFLIB[name])) == set(graph)


@pytest.mark.parametrize("name", ["nq", "trig"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_reads_back_every_quad(name: str, data: Data, graph: rdflib.Graph, per_article: set[ox.Quad]) -> None:
    found = rdflib.Dataset()
    found.parse(data=FORMATS[name].write(data), format=RDFLIB[name])
    named = {(*triple, str(context.identifier)) for context in found.graphs() for triple in context}
    assert {quad[:3] for quad in named} == set(graph)
    assert len(named) == len(per_article)
    assert {quad[3] for quad in named} == {ID + f"article/{name}" for name in (*NAMES, "hostil")}


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_jena_reads_back_every_triple(name: str, data: Data, per_article: set[ox.Quad], tmp_path: Path) -> None:
    path = jena.classpath(tmp_path)
    file = tmp_path / f"graph.{name}"
    file.write_bytes(FORMATS[name].write(data))
    lines = jena.run(path, "riotcmd.riot", f"--syntax={JENA[name]}", "--output=nq", str(file))
    assert set(ox.parse(lines, format=ox.RdfFormat.N_QUADS)) == expected(name, data, per_article)


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_javascript_reads_back_every_triple(name: str, data: Data, per_article: set[ox.Quad], tmp_path: Path) -> None:
    modules = Path(os.environ.get("KG_NODE_MODULES") or ROOT / "node_modules")
    wanted = ("n3", "jsonld-streaming-parser", "rdfxml-streaming-parser")
    if shutil.which("node") is None or not all((modules / module).is_dir() for module in wanted):
        pytest.skip(f"no JavaScript parsers: npm install {' '.join(wanted)}, here or where KG_NODE_MODULES says")
    file = tmp_path / f"graph.{name}"
    file.write_bytes(FORMATS[name].write(data))
    run = ["node", str(CASES / "read_rdf.cjs"), str(modules), str(file), name]
    done = subprocess.run(run, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found = set(ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS))
    assert found == expected(name, data, per_article)


def test_an_article_can_be_taken_out_of_the_quads(data: Data) -> None:
    store = ox.Store()
    store.load(FORMATS["nq"].write(data), format=ox.RdfFormat.N_QUADS)
    for identifier in NAMES[:1]:
        store.remove_graph(article_iri(identifier))
    left = {quad.triple for quad in store}
    assert left == set(triples(extraction(NAMES[1]))) | set(triples(hostile()))


def test_named_graphs_stay_as_they_are(data: Data) -> None:
    once = FORMATS["nq"].write(data)
    again = prepared(ox.parse(once, format=ox.RdfFormat.N_QUADS))
    assert FORMATS["nq"].write(again) == once
    assert FORMATS["ttl"].write(again) == FORMATS["ttl"].write(data)


def test_a_store_read_from_quads_has_no_triple_twice(data: Data) -> None:
    named = list(ox.parse(FORMATS["nq"].write(data), format=ox.RdfFormat.N_QUADS))
    both = prepared([*named, *(ox.Quad(*quad.triple) for quad in named)])
    assert FORMATS["nq"].write(both) == FORMATS["nq"].write(data)


def test_jsonld_looks_like_plain_json(data: Data) -> None:
    import json

    document = json.loads(FORMATS["jsonld"].write(data))
    nodes = {node["id"]: node for node in document["@graph"]}
    assert nodes["actor/mx"]["type"] == "Country"
    assert nodes["actor/mx"]["iso"] == "MX"
    meeting = next(node for node in nodes.values() if node.get("rdfs:label") == "reunión de los ministros de Exteriores en Rabat")
    assert meeting["type"] == "Event"
    assert meeting["eventType"] == "consult"
    assert meeting["startDate"] == "2026-02-12"
    assert meeting["agent"] == ["actor/alvaro-montenegro", "actor/driss-el-amrani", "actor/ines-bastida"]
    quote = next(node for node in nodes.values() if node.get("quote") == "No se ha puesto un solo euro sobre la mesa")
    assert quote["direct"] is True


def test_rdfxml_refuses_what_xml_cannot_hold() -> None:
    with pytest.raises(OutputError, match=r"U\+000B .* cannot be written as RDF/XML"):
        FORMATS["rdfxml"].write(prepared(quads(hostile("a\x0bb"))))
    odd = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("http://x.example/1-2/"), ox.Literal("x"))
    with pytest.raises(OutputError, match="ends in no name"):
        FORMATS["rdfxml"].write(prepared([odd]))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_blank_nodes_of_others_survive() -> None:
    source = "@prefix x: <http://x.example/> . x:a x:p [ x:q 'uno', 'one'@en ] . _:c x:p x:a ."
    found = prepared(ox.parse(source, format=ox.RdfFormat.TURTLE))
    import rdflib.compare

    wanted = rdflib.Graph().parse(data=source, format="turtle")
    for name in ("ttl", "nt", "jsonld", "rdfxml"):
        again = rdflib.Graph().parse(data=FORMATS[name].write(found), format=RDFLIB[name])
        assert rdflib.compare.isomorphic(again, wanted), name


# ------------------------------------------------------------------------------------------------------------ other formats


def nodes_and_links(graph: rdflib.Graph) -> tuple[set[str], set[tuple[str, str, str]]]:
    """What a property graph must hold, worked out by rdflib."""
    nodes = {str(s) for s in graph.subjects()}
    links = {(str(s), re.split("[#/]", str(p))[-1], str(o)) for s, p, o in graph if str(o) in nodes and p != rdflib.RDF.type
             and isinstance(o, rdflib.URIRef)}  # fmt: skip
    return nodes, links


def check_attributes(graph: rdflib.Graph, attributes: dict[str, dict[str, Any]]) -> None:
    """Labels, classes, dates, figures and hostile text of nodes against the graph."""
    for node, label in graph.subject_objects(rdflib.RDFS.label):
        if label.language in {"es", None}:
            assert attributes[str(node)]["label"].replace("\r\n", "\n") == str(label).replace("\r\n", "\n")
    for node, value in graph.subject_objects(rdflib.URIRef(BR + "value")):
        assert float(attributes[str(node)]["value"]) == float(value)
    for node, stance in graph.subject_objects(rdflib.URIRef(BR + "stance")):
        assert attributes[str(node)]["stance"] == str(stance).removeprefix(BR)
    for node, text in graph.subject_objects(rdflib.URIRef(NIF + "anchorOf")):
        assert attributes[str(node)]["anchorOf"].replace("\r\n", "\n") == str(text).replace("\r\n", "\n")
    for node in graph.subjects(rdflib.RDF.type, rdflib.URIRef(BR + "Event")):
        assert attributes[str(node)]["kind"] == "Event"


@pytest.mark.parametrize(("name", "read"), [("graphml", networkx.parse_graphml), ("gexf", None)])
def test_networkx_reads_back_every_node_and_link(name: str, read: Any, data: Data, graph: rdflib.Graph) -> None:
    written = FORMATS[name].write(data)
    found = read(written.decode()) if read else networkx.read_gexf(io.BytesIO(written))
    nodes, links = nodes_and_links(graph)
    assert set(found) == nodes
    label = "name" if name == "graphml" else "label"
    assert sorted((s, d[label], t) for s, t, d in found.edges(data=True)) == sorted(links)
    attributes = {node: dict(values) for node, values in found.nodes(data=True)}
    check_attributes(graph, attributes)
    trump = attributes[ID + "actor/donald-trump"]
    assert {type(trump[key]) for key in ("degree", "facts", "community")} == {int}
    assert 0 < trump["betweenness"] < 1
    assert "degree" not in attributes[ID + f"article/{NAMES[0]}"]


def test_igraph_reads_back_every_node_and_link(data: Data, graph: rdflib.Graph, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph", reason="no igraph: pip install igraph")
    path = tmp_path / "graph.graphml"
    path.write_bytes(FORMATS["graphml"].write(data))
    found = igraph.Graph.Read_GraphML(str(path))
    nodes, links = nodes_and_links(graph)
    ids = [html.unescape(name) for name in found.vs["id"]]  # igraph leaves an & in attributes as &#38;
    assert set(ids) == nodes
    assert {(ids[e.source], e["name"], ids[e.target]) for e in found.es} == links


def test_control_characters_do_not_break_the_xml() -> None:
    found = prepared(quads(hostile("a\x0bb\x00c\ufffe")))
    (label,) = [
        d["label"] for n, d in networkx.parse_graphml(FORMATS["graphml"].write(found).decode()).nodes(data=True) if "actor" in n
    ]
    assert label == "a\ufffdb\ufffdc\ufffd"
    assert len(networkx.read_gexf(io.BytesIO(FORMATS["gexf"].write(found)))) == len({t.subject for t in found.triples})


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(MARK)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_a_table_for_each_class_and_a_row_for_each_node(data: Data, graph: rdflib.Graph) -> None:
    files = FORMATS["csv"].files
    assert files
    tables = {name: rows(content) for name, content in files(data).items()}
    for kind in ("Event", "Person", "Proposal", "Position", "Statement", "Indicator", "Passage", "Article", "Country"):
        nodes = {str(s) for s in graph.subjects(rdflib.RDF.type, rdflib.URIRef(BR + kind))}
        assert {row["iri"] for row in tables[f"{kind}.csv"]} == nodes
    assert sum(len(table) for table in tables.values()) == len(set(graph.subjects()))
    nodes, links = nodes_and_links(graph)
    found = {(row["iri"], column, target) for table in tables.values() for row in table for column, cell in row.items()
             if f"{column}_label" in row for target in cell.split(" | ") if target}  # fmt: skip
    assert found == links
    (meeting,) = [row for row in tables["Event.csv"] if row["label"] == "reunión de los ministros de Exteriores en Rabat"]
    assert meeting["agent_label"] == "Álvaro Montenegro | Driss el Amrani | Inés Bastida"
    assert (meeting["startDate"], meeting["eventType"], meeting["place_label"]) == ("2026-02-12", "consult", "Rabat")
    assert "El encuentro, celebrado a puerta cerrada en la capital marroquí" in meeting["evidence_label"]


def test_csv_disarms_formulas_and_keeps_everything_else(data: Data) -> None:
    files = FORMATS["csv"].files
    assert files
    (row,) = [row for row in rows(files(data)["Person.csv"]) if row["iri"].endswith("/quien")]
    assert row["label"] == "'" + HOSTILE
    assert row["altLabel"] == "' | +1 | -5 | -x | @quien"
    (plain,) = rows(files(prepared(quads(hostile("-5"))))["Statement.csv"])
    assert plain["quote"] == "-5"


def test_pandas_reads_the_tables(data: Data, graph: rdflib.Graph) -> None:
    pandas = pytest.importorskip("pandas", reason="no pandas: pip install pandas")
    with zipfile.ZipFile(io.BytesIO(FORMATS["csv"].write(data))) as archive:
        assert archive.testzip() is None
        indicators = pandas.read_csv(archive.open("Indicator.csv"))
        statements = pandas.read_csv(archive.open("Statement.csv"))
    values = {str(s): float(o) for s, o in graph.subject_objects(rdflib.URIRef(BR + "value"))}
    assert dict(indicators.dropna(subset=["value"])[["iri", "value"]].itertuples(index=False)) == values
    quotes = {str(s): str(o).replace("\r\n", "\n") for s, o in graph.subject_objects(rdflib.URIRef(BR + "quote"))}
    found = {
        iri: quote.removeprefix("'").replace("\r\n", "\n") for iri, quote in statements[["iri", "quote"]].itertuples(index=False)
    }
    assert found == quotes


# ------------------------------------------------------------------------------------------------------------------- Cypher


class Strict:
    """An ANTLR error listener that keeps what it hears."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *args: self.errors.append(f"{name}: {args[2:5]}") if name == "syntaxError" else None


def parse_cypher(statement: str) -> tuple[list[str], list[tuple[str, str]]]:
    """A statement's syntax errors and its tokens (type, text), by a grammar of openCypher."""
    antlr4 = pytest.importorskip("antlr4", reason="no openCypher grammar: pip install antlr4-cypher")
    grammar = pytest.importorskip("antlr4_cypher", reason="no openCypher grammar: pip install antlr4-cypher")
    heard = Strict()
    lexer = grammar.CypherLexer(antlr4.InputStream(statement))
    lexer.removeErrorListeners()
    lexer.addErrorListener(heard)
    stream = antlr4.CommonTokenStream(lexer)
    parser = grammar.CypherParser(stream)
    parser.removeErrorListeners()
    parser.addErrorListener(heard)
    parser.script()
    return heard.errors, [(lexer.symbolicNames[t.type], t.text) for t in stream.tokens if t.type > 0]


@pytest.mark.slow
def test_the_cypher_script_is_cypher_and_says_what_the_graph_says() -> None:
    """A grammar of others parses every statement, Python decodes the strings: the nodes, labels, texts and links are the graph's."""
    found = prepared(quads(hostile()) + quads(extraction("espana-marruecos-pesca")))
    graph = rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in found.triples), format="nt")
    constraint, *statements = FORMATS["cypher"].write(found).decode().splitlines()
    assert (
        constraint
        == "CREATE CONSTRAINT resource_iri IF NOT EXISTS FOR (n:Resource) REQUIRE n.iri IS UNIQUE;"
        == cypher.CONSTRAINT
    )
    nodes, links = nodes_and_links(graph)
    labels = {str(s): str(o) for s, o in graph.subject_objects(rdflib.RDFS.label)}
    seen_nodes, seen_links = set(), set()
    for statement in statements:
        errors, tokens = parse_cypher(statement)
        assert not errors, statement
        strings = [ast.literal_eval(text) for _, text in tokens if text.startswith("'")]
        words = [text for _, text in tokens]
        if words[0] == "MERGE":
            seen_nodes.add(strings[0])
            assert strings[0] not in labels or labels[strings[0]] in strings
        else:
            seen_links.add((strings[0], words[words.index("]") - 1], strings[1]))
        assert words.count(";") == 1
    assert seen_nodes == nodes
    assert seen_links == {(s, re.sub("(?<=[a-z])(?=[A-Z])", "_", p).upper(), t) for s, p, t in links}


@pytest.mark.parametrize(
    "text",
    [
        "'",
        "\\",
        "\\'",
        "'; MATCH (n) DETACH DELETE n; //",
        "\n\r\t\b\f",
        "\u2028\u2029\x85\x00\x1b",
        "\\u0027",
        "\\\\'",
        "𝄞",
        "ñ",
        '"',
        "*/",
    ],
)
def test_no_text_breaks_out_of_a_cypher_string(text: str) -> None:
    written = cypher.string(text)
    assert ast.literal_eval(written) == text
    assert written.isprintable()
    errors, tokens = parse_cypher(f"MERGE (n:Resource {{iri: {written}}}) SET n.x = {written};")
    assert not errors
    assert [t for _, t in tokens].count(";") == 1
    assert [t for _, t in tokens].count(written) == 2


@pytest.mark.parametrize(
    ("text", "written"), [("Event", "Event"), ("a b", "`a b`"), ("x`y", "`x``y`"), ("1a", "`1a`"), ("a\nb", "`ab`")]
)
def test_names_that_are_no_names_are_quoted(text: str, written: str) -> None:
    assert cypher.name(text) == written


# --------------------------------------------------------------------------------------------------- alignments and ontology


def test_alignments_add_what_follows_and_nothing_else(data: Data) -> None:
    found = prepared(data.quads, with_alignments=True)
    added = {quad.triple for quad in found.quads} - {quad.triple for quad in data.quads}
    graph = rdflib.Graph().parse(data=FORMATS["nt"].write(found), format="nt")
    prefix = (
        f"PREFIX br: <{BR}> PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> PREFIX prov: <http://www.w3.org/ns/prov#> "
    )
    assert graph.query(prefix + "ASK { ?e a br:Event, sem:Event ; br:agent ?a ; sem:hasActor ?a . ?a a prov:Agent }").askAnswer
    assert graph.query(prefix + "ASK { ?s a br:Statement, sem:Event ; br:evidence ?p ; prov:wasDerivedFrom ?p }").askAnswer
    assert graph.query(prefix + "ASK { br:consult <http://www.w3.org/2004/02/skos/core#notation> 'CONSULT' }").askAnswer
    assert not any(t.predicate.value.startswith(BR) for t in added)
    assert {quad.triple for quad in prepared(found.quads, with_alignments=True).quads} == {quad.triple for quad in found.quads}


def test_the_ontology_can_come_along(data: Data) -> None:
    found = prepared(data.quads, with_ontology=True)
    graph = rdflib.Graph().parse(data=FORMATS["ttl"].write(found), format="turtle")
    assert (rdflib.URIRef(BR + "Event"), rdflib.RDF.type, rdflib.OWL.Class) in graph
    assert (
        rdflib.URIRef(BR + "opposes"),
        rdflib.URIRef("http://www.w3.org/2004/02/skos/core#inScheme"),
        rdflib.URIRef(BR + "stances"),
    ) in graph
    assert not list(graph.objects(None, rdflib.URIRef(BR + "demonym")))  # neither the known actors nor their words


# -------------------------------------------------------------------------------------------------------- bytes and command


def test_the_same_graph_gives_the_same_bytes(data: Data, tmp_path: Path) -> None:
    source = tmp_path / "graph.ttl"
    source.write_bytes(turtle(data.triples))
    program = """
import hashlib, sys
from pathlib import Path
from kg.export import FORMATS, prepared
from kg.validate import read_graph
data = prepared(read_graph([Path(sys.argv[1])]), with_alignments=True)
print({name: hashlib.sha256(f.write(data)).hexdigest() for name, f in FORMATS.items()})
"""
    outputs = set()
    for seed in ("1", "2"):
        run = [sys.executable, "-c", program, str(source)]
        done = subprocess.run(
            run, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_bytes(turtle(triples(extraction("espana-marruecos-pesca"))))
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_writes_every_format(kg: Kg, source: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"out{FORMATS[name].endings[0]}"
    assert kg("export", source, "-o", target).code == 0
    direct = FORMATS[name].write(prepared(ox.parse(path=str(source), format=ox.RdfFormat.TURTLE)))
    assert target.read_bytes() == direct
    assert format_of(target.name) == FORMATS[name]


def test_the_command_writes_tables_to_a_folder_or_one_to_a_pipe(kg: Kg, source: Path, tmp_path: Path) -> None:
    assert kg("export", source, "--format", "csv", "-o", tmp_path / "tables").code == 0
    assert (tmp_path / "tables" / "Event.csv").read_bytes().startswith(MARK + b"iri,label,classes,")
    done = kg("export", source, "--format", "csv", "--class", "Country")
    assert done.out.splitlines()[0].startswith("iri,label,classes,")
    assert [line.split(",")[1] for line in done.out.splitlines()[1:]] == ["España", "Marruecos"]


def test_the_command_reads_standard_input_and_several_files(kg: Kg, source: Path) -> None:
    piped = kg("export", "-", "--format", "nt", stdin=source.read_bytes())
    assert piped.out == kg("export", source, source, "--format", "nt").out
    assert len(piped.out.splitlines()) == len(triples(extraction("espana-marruecos-pesca")))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no format; expected --format, one of ttl, nt, nq"),
        (("-o", "x.docx"), "no format; expected --format"),
        (("--format", "csv"), "csv is a table for each class; expected -o with a folder or a .zip file, or --class"),
        (("--format", "csv", "--class", "Evento"), "no class 'Evento' in this graph; expected one of "),
        (("--format", "ttl", "--class", "Event"), "--class goes with --format csv only"),
        (("--format", "pdf"), "'pdf' is not one of"),
    ],
)
def test_wrong_use_is_told_in_one_line(kg: Kg, source: Path, arguments: tuple[str, ...], message: str) -> None:
    done = kg("export", source, *arguments)
    assert done.code == 2
    assert message in done.err
    assert done.err.count("\n") == 1


def test_broken_and_empty_graphs_are_refused(kg: Kg, tmp_path: Path) -> None:
    broken = tmp_path / "x.ttl"
    broken.write_text("<urn:a> <urn:b>\n<urn:c")
    assert kg("export", broken, "--format", "nt").err.startswith(f"kg: {broken}, line ")
    broken.write_text("")
    done = kg("export", broken, "--format", "nt")
    assert (done.code, "no triples; expected a graph" in done.err) == (2, True)
    assert kg("export", tmp_path / "none.ttl", "--format", "nt").code == 2


def test_a_failed_export_leaves_no_half_file(kg: Kg, tmp_path: Path) -> None:
    source = tmp_path / "graph.ttl"
    source.write_bytes(turtle(triples(hostile("a\x0bb"))))
    target = tmp_path / "graph.rdf"
    target.write_text("older")
    assert kg("export", source, "-o", target).code == 2
    assert target.read_text() == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.rdf", "graph.ttl"]


def test_the_command_offers_the_formats_there_are() -> None:
    from kg.cli.export import FORMATS as offered

    assert offered == tuple(FORMATS)
    assert str(rdflib.RDF.type) == RDF + "type"
    assert str(rdflib.RDFS.label) == RDFS + "label"
