"""Scores: the same numbers as the reference scorer's, findings with their words, floors that may only rise."""

from __future__ import annotations

import importlib.util
import json
import math
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from kg.article import read_article
from kg.cli import cli
from kg.comparison import CLASSES, words_overlap
from kg.evaluate import annotated, evaluate, mean_f1, total
from kg.gold import load_gold, read_gold
from kg.graph import triples
from kg.rdf import turtle
from kg.scoring import Report, score
from kg.vocabulary import BR, ontology_files

GOLD = Path(__file__).parent / "gold"
NAMES = sorted(path.name.removesuffix(".gold.json") for path in GOLD.glob("*.gold.json"))
FLOORS = GOLD / "floors.json"


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The reference scorer, a program of its own that reads the graph with rdflib."""
    spec = importlib.util.spec_from_file_location("reference_score", GOLD / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["reference_score"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def concepts() -> rdflib.Graph:
    found = rdflib.Graph()
    for path in ontology_files():
        found.parse(path)
    return found


def gold_graph(name: str) -> list[ox.Triple]:
    return triples(load_gold(read_article(GOLD / f"{name}.md"), GOLD / f"{name}.gold.json"))


def score_of(name: str, graph: list[ox.Triple]) -> Report:
    return score(read_article(GOLD / f"{name}.md"), read_gold(GOLD / f"{name}.gold.json"), graph)


def spoilt(graph: list[ox.Triple], seed: int) -> list[ox.Triple]:
    """The graph with about every fifth value lost, exchanged for another's or doubled, and five facts told twice."""
    rng = random.Random(seed)
    values: dict[str, list[Any]] = {}
    for triple in graph:
        values.setdefault(triple.predicate.value, []).append(triple.object)
    found = []
    for triple in graph:
        ours, other = triple.predicate.value.startswith(BR), rng.choice(values[triple.predicate.value])
        draw = rng.random()
        if draw < 0.05 and ours:
            continue
        if draw < 0.14 and "Index" not in triple.predicate.value:
            found.append(ox.Triple(triple.subject, triple.predicate, other))
            continue
        if draw < 0.19 and ours:
            found.append(ox.Triple(triple.subject, triple.predicate, other))
        found.append(triple)
    facts = sorted(
        {t.subject.value for t in graph if any(f"/{kind}/" in t.subject.value for kind in ("event", "position", "indicator"))}
    )
    for fact in rng.sample(facts, 5):
        found += [ox.Triple(ox.NamedNode(f"{fact}-copy"), t.predicate, t.object) for t in graph if t.subject.value == fact]
    return found


def compare(reference: ModuleType, concepts: rdflib.Graph, name: str, graph: list[ox.Triple]) -> Report:
    data = rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in graph), format="nt")
    text = reference.body((GOLD / f"{name}.md").read_text(encoding="utf-8"))
    wanted = reference.score(data, concepts, text, json.loads((GOLD / f"{name}.gold.json").read_text(encoding="utf-8")))
    report = score_of(name, graph)
    for kind, row in wanted.items():
        ours = report.scores[kind]
        assert (ours.gold, ours.predicted) == (row["gold"], row["predicted"]), kind
        assert (ours.worth, ours.f1) == (pytest.approx(row["worth"]), pytest.approx(row["F1"])), kind
    return report


@pytest.mark.parametrize("name", NAMES)
def test_the_annotation_itself_scores_one(reference: ModuleType, concepts: rdflib.Graph, name: str) -> None:
    report = compare(reference, concepts, name, gold_graph(name))
    assert {kind: s.f1 for kind, s in report.scores.items()} == dict.fromkeys(("actors", *CLASSES, "facts", "quotes"), 1.0)
    assert not any(s.findings for s in report.scores.values())


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", NAMES)
def test_a_spoilt_graph_scores_as_with_the_reference(reference: ModuleType, concepts: rdflib.Graph, name: str, seed: int) -> None:
    report = compare(reference, concepts, name, spoilt(gold_graph(name), seed))
    assert 0.3 < report.scores["facts"].f1 < 0.95


def test_findings_name_the_words() -> None:
    name = "espana-marruecos-pesca"
    lost = {t.subject for t in gold_graph(name) if t.predicate.value == BR + "quote" and "un solo euro" in t.object.value}
    kept = [t for t in gold_graph(name) if t.subject not in lost]
    report = score_of(name, kept)
    assert [(f.fault, f.text) for f in report.scores["statements"].findings] == [
        ("missed", '"No se ha puesto un solo euro sobre la mesa", recalcó')
    ]
    assert report.scores["statements"].recall == pytest.approx(11 / 12)
    assert report.scores["quotes"].worth == 5
    assert report.scores["quotes"].gold == 6
    twice = kept + [
        ox.Triple(ox.NamedNode("urn:x:again"), t.predicate, t.object) for t in kept if "descargar-en-larache" in t.subject.value
    ]
    (_, spurious) = score_of(name, twice).scores["statements"].findings
    assert (spurious.fault, spurious.text) == ("spurious", '"Descargar en Larache es cerrar la lonja de Barbate", dijo')


def test_a_position_with_the_wrong_holder_and_stance_is_weak() -> None:
    name = "espana-marruecos-pesca"
    graph = []
    for t in gold_graph(name):
        value = t.object
        if "/position/comision-europea" in t.subject.value and t.predicate.value in {BR + "holder", BR + "stance"}:
            value = ox.NamedNode(BR + "doubts") if t.predicate.value.endswith("stance") else ox.NamedNode("urn:x:nobody")
        graph.append(ox.Triple(t.subject, t.predicate, value))
    (finding,) = score_of(name, graph).scores["positions"].findings
    # holder 0, stance 0, target 1, no source, passage 1
    assert (finding.fault, finding.name, finding.worth) == ("weak", "s6", 0.5)
    assert finding.text == "Bruselas respalda, no obstante, la vigilancia conjunta de la costa"


def test_an_empty_graph_scores_nothing() -> None:
    report = score_of(NAMES[0], [])
    assert all(s.f1 == 0 and s.predicted == 0 for s in report.scores.values())
    assert report.scores["facts"].gold == 118


def test_totals_count_facts_and_means_count_articles() -> None:
    reports = [score_of(NAMES[0], gold_graph(NAMES[0])), score_of(NAMES[1], [])]
    assert mean_f1(reports, "facts") == 0.5
    everything = total(reports).scores["facts"]
    assert (everything.gold, everything.predicted, everything.worth) == (118 + 73, 118, pytest.approx(118))


def test_words_are_compared_without_case_accents_and_articles() -> None:
    assert words_overlap("La reunión", "reunion") == 1.0
    assert words_overlap("uno dos", "dos tres") == 0.5


def test_the_command_scores_ready_graphs(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.ttl").write_bytes(turtle(gold_graph(name)))
    done = CliRunner().invoke(cli, ["evaluate", str(GOLD), "--graph", str(tmp_path), "--misses"])
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[0].split() == ["article", "class", "gold", "found", "precision", "recall", "F1"]
    assert ["espana-marruecos-pesca", "events", "23", "23", "1.000", "1.000", "1.000"] in [line.split() for line in lines]
    assert lines[-1] == f"mean of {len(NAMES)}: facts F1 1.000, actors F1 1.000"
    done = CliRunner().invoke(cli, ["evaluate", str(GOLD), "--graph", str(tmp_path), "--json"])
    rows = json.loads(done.output)
    assert [row["article"] for row in rows] == [*NAMES, "all"]
    assert rows[-1]["facts"]["f1"] == 1.0


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ((), "no annotated articles; expected files NAME.md with NAME.gold.json beside them"),
        (("x.gold.json",), "no article beside it; expected x.md"),
    ],
)
def test_a_folder_without_annotated_articles_is_refused(tmp_path: Path, files: tuple[str, ...], message: str) -> None:
    for name in files:
        (tmp_path / name).write_text("{}")
    with pytest.raises(Exception, match=message):
        annotated(tmp_path)


def test_a_missing_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"2026-01-16-mexico-eeuu-tropas\.ttl: no such file"):
        list(evaluate(GOLD, graphs=tmp_path))


#: The folders of annotated articles. One class of one article is a handful of facts, of which each moves the F1 by some points; so an
#: article has floors for the whole of its facts, its actors and its quotes, and the classes have theirs in the mean of a folder.
FOLDERS, BY_ARTICLE = (GOLD, GOLD / "dev", GOLD / "heldout"), ("facts", "actors", "quotes")


def reached() -> dict[str, dict[str, float]]:
    """The F1 that the rules reach: of each article of ``tests/gold`` as a whole, and of each class in the mean of a folder."""
    found = {}
    for folder in FOLDERS:
        reports = list(evaluate(folder))
        found[f"mean of {folder.name}"] = {kind: mean_f1(reports, kind) for kind in reports[0].scores}
        if folder == GOLD:
            found.update({report.name: {kind: report.scores[kind].f1 for kind in BY_ARTICLE} for report in reports})
    return found


def test_scores_do_not_fall() -> None:
    """``floors.json`` holds the F1 that was reached; who raises a score raises its floor (``--raise-floors``)."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    scores = reached()
    assert set(floors) == set(scores)
    fallen = [
        f"{name} {kind}: {scores[name][kind]:.3f} < {floor:.3f}"
        for name, kinds in floors.items()
        for kind, floor in kinds.items()
        if scores[name][kind] < floor - 0.0005
    ]
    assert not fallen


def raise_floors() -> None:
    """Put each floor just under what is reached, where it is lower; none is put down."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    for name, kinds in reached().items():
        for kind, f1 in kinds.items():
            mine = floors.setdefault(name, {})
            mine[kind] = max(mine.get(kind, 0.0), math.floor(f1 * 100 - 1) / 100 if f1 else 0.0)
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__" and "--raise-floors" in sys.argv:
    raise_floors()
