"""The rules on a hand-written graph that keeps them all, and on changes to it that each break known ones (cases/invalid/*.ru)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from kg.errors import InputError
from kg.validate import (
    Violation,
    conforms,
    query_violations,
    read_graph,
    report_json,
    report_turtle,
    shape_violations,
    validate,
    violation_queries,
)
from kg.vocabulary import BR, ID, PREFIXES, SH, ontology_dir

CASES = Path(__file__).parent / "cases"
HEADER = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def invalid_cases() -> list[tuple[str, str, frozenset[tuple[str, str, str]]]]:
    """(name, SPARQL update, {(severity, rule, node)}) of every case; a case is a paragraph that begins with what it breaks."""
    found = []
    for path in sorted((CASES / "invalid").glob("*.ru")):
        for number, paragraph in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n"), start=1):
            lines = paragraph.splitlines()
            expected = [re.fullmatch(r"# (breaks|warns): (\S+) (?:<(\S+)>|_:)", line) for line in lines if line.startswith("#")]
            assert all(expected), f"{path}: {paragraph}"
            breaks = frozenset(
                ("violation" if m[1] == "breaks" else "warning", m[2], ID + m[3] if m[3] else "_:") for m in expected if m
            )
            update = "\n".join(line for line in lines if not line.startswith("#"))
            found.append((f"{path.stem}-{number}-{min(rule for _, rule, _ in breaks)}", update, breaks))
    return found


def valid() -> ox.Store:
    return read_graph([CASES / "valid.ttl"])


def test_the_valid_graph_keeps_every_rule() -> None:
    assert validate(valid()) == []


@pytest.mark.parametrize(("update", "expected"), [c[1:] for c in invalid_cases()], ids=[c[0] for c in invalid_cases()])
def test_every_change_breaks_exactly_its_rules(update: str, expected: frozenset[tuple[str, str, str]]) -> None:
    store = valid()
    before = set(store)
    store.update(HEADER + update, base_iri=ID)
    assert set(store) != before, "the change changes nothing"
    found = {(v.severity, v.rule, "_:" if v.node.startswith("_:") else v.node) for v in validate(store)}
    assert found == expected


def test_every_rule_has_a_case() -> None:
    shapes = ox.Store()
    shapes.load(path=str(ontology_dir() / "shapes.ttl"), format=ox.RdfFormat.TURTLE)
    rules = {
        quad.subject.value.partition("#")[2]
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(SH + "message"), None, None)
        if isinstance(quad.subject, ox.NamedNode)
    } | {query.rule for query in violation_queries()}
    assert rules - {rule for _, _, breaks in invalid_cases() for _, rule, _ in breaks} == set()


def test_the_words_of_several_sources_are_told_apart_after_the_offsets() -> None:
    store = valid()
    store.update(
        HEADER
        + """
        INSERT { <article/2026-02-02-paso#char=131,180&by=aduana> ?p ?o ; br:attributedTo <actor/aduana> .
                 <event/rechazo> br:evidence <article/2026-02-02-paso#char=131,180&by=aduana> }
        WHERE { <article/2026-02-02-paso#char=131,180> ?p ?o }""",
        base_iri=ID,
    )
    assert validate(store) == []


def test_two_articles_may_give_one_fact_two_values() -> None:
    """A merged proposal that one article calls pending and another rejected: contradicting claims stand side by side."""
    store = valid()
    store.update(
        HEADER
        + """
        INSERT DATA {
          <article/otro> a br:Article ; dcterms:language "es" ; nif:isString "Sigue abierta." .
          <article/otro#char=0,14> a br:Passage ; nif:anchorOf "Sigue abierta." ; nif:beginIndex 0 ; nif:endIndex 14 ;
            nif:referenceContext <article/otro> .
          <proposal/paso> br:evidence <article/otro#char=0,14> ; br:status br:pending }""",
        base_iri=ID,
    )
    assert validate(store) == []


def test_offsets_count_code_points() -> None:
    """A letter outside the basic plane is one code point, though two UTF-16 units and four bytes."""
    store = valid()
    store.update(
        HEADER
        + """
        INSERT DATA {
          <article/otro> a br:Article ; dcterms:language "es" ; nif:isString "𝕏 dijo “no”." .
          <article/otro#char=7,11> a br:Passage ; nif:anchorOf "“no”" ; nif:beginIndex 7 ; nif:endIndex 11 ;
            nif:referenceContext <article/otro> .
          <proposal/paso> br:evidence <article/otro#char=7,11> }""",
        base_iri=ID,
    )
    assert validate(store) == []


def test_named_graphs_are_taken_together(tmp_path: Path) -> None:
    quads = [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(ID + f"graph/{i % 3}"))
        for i, q in enumerate(sorted(valid(), key=str))
    ]
    path = tmp_path / "g.nq"
    path.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS))
    assert validate(read_graph([path])) == []


def test_articles_are_checked_apart_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    store = valid()
    text = (CASES / "valid.ttl").read_text(encoding="utf-8").replace("<actor/", "<common/")
    for number in range(3):  # three articles that share their actors; the third has a fact without evidence
        copy = re.sub(r"<(article|proposal|position|event|statement|indicator)/", rf"<\1/{number}-", text).replace(
            "<common/", "<actor/"
        )
        store.load(input=copy.encode(), format=ox.RdfFormat.TURTLE)
    store.update(HEADER + "DELETE WHERE { <proposal/2-cierre> br:evidence ?p }", base_iri=ID)
    store.update(HEADER + "DELETE WHERE { <actor/aduana> rdfs:label ?p }", base_iri=ID)
    expected = [("actor-label", f"{ID}actor/aduana"), ("fact-evidence", f"{ID}proposal/2-cierre")]
    assert [(v.rule, v.node) for v in validate(store)] == expected
    monkeypatch.setattr("kg.validate._BATCH", 1)
    assert [(v.rule, v.node) for v in validate(store)] == expected


def test_messages_name_node_rule_value_and_mend_in_both_languages() -> None:
    store = valid()
    store.update(HEADER + 'INSERT DATA { <proposal/plan> br:startDate "ayer" }', base_iri=ID)
    (violation,) = validate(store)
    assert violation.line("en") == (
        f"{ID}proposal/plan: fact-start (ayer): the first day is an xsd:date (YYYY-MM-DD); correct the literal"
    )
    assert violation.line("es") == (
        f"{ID}proposal/plan: fact-start (ayer): el primer día es una fecha xsd:date (AAAA-MM-DD); corrija el literal"
    )


def test_every_query_has_its_question_in_two_languages() -> None:
    for query in violation_queries():
        spanish, english = query.text.splitlines()[:2]
        assert re.fullmatch(r"# Pregunta: ¿.+\?", spanish), query.rule
        assert re.fullmatch(r"# Question: [A-Z][^¿]+\?", english), query.rule


def test_warnings_do_not_fail() -> None:
    warning = Violation(node=ID + "x", rule="r", message_es="m", message_en="m", severity="warning")
    assert conforms([warning])
    assert not conforms([warning, Violation(node=ID + "x", rule="r", message_es="m", message_en="m")])


def test_reports_are_the_same_bytes_and_rdf_without_blank_nodes() -> None:
    store = valid()
    store.update(HEADER + 'INSERT DATA { <proposal/plan> br:startDate "ayer" }', base_iri=ID)
    found = validate(store)
    assert json.loads(report_json(found)) == {
        "conforms": False,
        "violations": [
            {
                "node": f"{ID}proposal/plan",
                "rule": "fact-start",
                "message_es": "el primer día es una fecha xsd:date (AAAA-MM-DD); corrija el literal",
                "message_en": "the first day is an xsd:date (YYYY-MM-DD); correct the literal",
                "value": "ayer",
                "severity": "violation",
            }
        ],
    }
    turtle = report_turtle(found)
    assert turtle == report_turtle(validate(store))
    report = ox.Store()
    report.load(input=turtle, format=ox.RdfFormat.TURTLE)
    rows = report.query(
        f"PREFIX sh: <{SH}> SELECT ?node ?severity WHERE {{ ?r a sh:ValidationReport ; sh:conforms false ; sh:result ?v . "
        "?v sh:focusNode ?node ; sh:resultSeverity ?severity FILTER (ISIRI(?r) && ISIRI(?v)) }"
    )
    assert [(row["node"].value, row["severity"].value) for row in rows] == [(f"{ID}proposal/plan", SH + "Violation")]


def test_the_turtle_report_is_one_in_shacls_own_terms() -> None:
    """https://www.w3.org/TR/shacl/#results-validation-result: a component for every result; paths and values are nodes."""
    store = ox.Store()
    store.extend(valid())
    plan, status = ox.NamedNode(f"{ID}proposal/plan"), ox.NamedNode(BR + "status")
    for quad in list(store.quads_for_pattern(plan, status, None, None)):
        store.remove(quad)
    store.add(ox.Quad(plan, status, ox.NamedNode(BR + "hated")))
    report = rdflib.Graph().parse(data=report_turtle(validate(store)), format="turtle")
    sh = rdflib.Namespace(SH)
    results = list(report.objects(None, sh.result))
    assert results
    for result in results:
        assert len(list(report.objects(result, sh.sourceConstraintComponent))) == 1
        assert len(list(report.objects(result, sh.focusNode))) == 1
        assert report.value(result, sh.sourceShape) or report.value(result, sh.sourceConstraint)
    paths = {report.value(result, sh.resultPath) for result in results}
    assert rdflib.URIRef(BR + "status") in paths
    assert {report.value(r, sh.value) for r in results if report.value(r, sh.resultPath)} == {rdflib.URIRef(BR + "hated")}


def test_shapes_and_queries_also_run_alone() -> None:
    quads = list(valid())
    assert list(shape_violations(quads)) == []
    assert list(query_violations(quads)) == []


def test_unreadable_graphs(tmp_path: Path) -> None:
    broken = tmp_path / "g.ttl"
    broken.write_text("@prefix br: <https://w3id.org/bilateral/ontology#> .\nbr:a br:b\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"g\.ttl, line \d"):
        read_graph([broken])
    with pytest.raises(InputError, match=r"none\.ttl: no such file"):
        read_graph([tmp_path / "none.ttl"])
    with pytest.raises(InputError, match=r"g\.doc: no RDF file by its name"):
        read_graph([tmp_path / "g.doc"])


# ----------------------------------------------------------------------------------------------------------- command line


def run(*arguments: str, text: str | None = None) -> tuple[int, str, str]:
    from kg.cli.validate import command

    result = CliRunner().invoke(command, arguments, input=text)
    return result.exit_code, result.stdout, result.stderr


def test_command_on_a_valid_graph() -> None:
    assert run(str(CASES / "valid.ttl")) == (0, "", "no violations in 1 article\n")


def test_command_on_standard_input_with_a_violation() -> None:
    text = (CASES / "valid.ttl").read_text(encoding="utf-8").replace("br:topic br:border ;", "br:topic br:opposes ;")
    code, out, err = run("-", text=text)
    assert code == 1
    assert out == (
        f"{ID}proposal/paso: fact-topic (https://w3id.org/bilateral/ontology#opposes): se espera un concepto de br:topics; "
        "corrija el valor o declare el tema en concepts.ttl\n"
    )
    assert err == "1 violation in 1 article\n"


@pytest.mark.parametrize(("name", "first"), [("json", "{"), ("ttl", "@")])
def test_command_formats(name: str, first: str) -> None:
    code, out, _ = run(str(CASES / "valid.ttl"), "--format", name)
    assert code == 0
    assert out.startswith(first)


def test_command_without_its_default_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    from kg.cli.validate import command

    with pytest.raises(InputError, match=r"exports/graph\.ttl: no such file"):
        CliRunner().invoke(command, [], catch_exceptions=False)
