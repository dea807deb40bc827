"""The main job: the same bytes every time, whatever the number of processes and of spooled runs; nothing half written."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from bench.articles import write_articles
from conftest import GOLD, ROOT, SEED
from kg import ntriples, rdf, spool
from kg.article import article_from_text
from kg.build import build, find_articles
from kg.errors import InputError, OutputError
from kg.vocabulary import ID
from kg.writing import atomic_writer, write_atomic

ARTICLES = sorted(path for path in GOLD.glob("*.md") if path.with_suffix(".gold.json").exists())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All annotated articles built in this process."""
    out = tmp_path_factory.mktemp("built")
    report = build(ARTICLES, out)
    assert report.articles == len(ARTICLES)
    return out


def test_the_committed_results_are_what_is_built_today(tmp_path):
    build([ROOT / "seeds"], tmp_path)
    for name in ("graph.ttl", "map.html"):
        committed = ROOT / "exports" / name
        assert (tmp_path / name).read_bytes() == committed.read_bytes(), f"run 'kg build': exports/{name} is not what it makes"


def test_two_processes_write_the_same_bytes_as_one(built, tmp_path):
    build(ARTICLES, tmp_path, jobs=2)
    for name in ("graph.ttl", "map.html"):
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes()


def test_the_order_of_the_inputs_does_not_matter(built, tmp_path):
    build(ARTICLES[::-1], tmp_path, with_map=False)
    assert (tmp_path / "graph.ttl").read_bytes() == (built / "graph.ttl").read_bytes()


def test_runs_on_disk_write_the_same_bytes_as_memory(built, tmp_path, monkeypatch):
    monkeypatch.setattr(spool.Spool.__init__, "__defaults__", (20_000,))
    build(ARTICLES, tmp_path, with_map=False)
    assert (tmp_path / "graph.ttl").read_bytes() == (built / "graph.ttl").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_the_graph_is_that_of_its_articles(built, tmp_path):
    """The union of what each article says by itself, read by another parser than the one that wrote it."""
    rdflib = pytest.importorskip("rdflib")
    union = rdflib.Graph()
    for article in ARTICLES:
        build([article], tmp_path / article.stem, with_map=False)
        union.parse(tmp_path / article.stem / "graph.ttl")
    assert set(rdflib.Graph().parse(built / "graph.ttl")) == set(union)


def test_another_base_moves_the_data_and_not_the_ontology(tmp_path):
    build([SEED], tmp_path, base="https://example.org/kg/", with_map=False)
    store = ox.Store()
    store.load(path=str(tmp_path / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    subjects = {quad.subject.value for quad in store}
    assert all(subject.startswith("https://example.org/kg/") for subject in subjects)
    assert store.query("ASK { ?s a <https://w3id.org/bilateral/ontology#Article> }")


def as_text(triple):
    predicate = ntriples.TYPE if triple.predicate == rdf.TYPE else str(triple.predicate)
    return str(triple.subject), predicate, str(triple.object)


def test_the_spool_sorts_as_the_graph_does(tmp_path):
    rng = random.Random(7)
    names = [ox.NamedNode(f"https://w3id.org/bilateral/id/{name}") for name in ("a", "a-b", "a#char=1,2", "a/b", "ñ", "z")]
    values = [*names, ox.Literal("a\tb\n\u2028 .\n"), ox.Literal('"\\', language="es"), ox.Literal("😀")]
    predicates = [rdf.TYPE, rdf.LABEL, rdf.br("agent")]
    articles = [[ox.Triple(rng.choice(names), rng.choice(predicates), rng.choice(values)) for _ in range(60)] for _ in range(30)]
    everything = [triple for article in articles for triple in article]
    for limit in (1, 2_000, 10**9):
        with spool.Spool(tmp_path, limit) as spooled:
            for article in articles:
                spooled.add(ntriples.lines(as_text(triple) for triple in article))
            assert b"".join(spooled.turtle(ID)) == rdf.turtle(everything)
        assert spooled.triples == len(set(everything))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_searched_in_order_and_each_article_taken_once(tmp_path):
    for name in ("b.md", "a/z.txt", "a/.git/x.md", "c.pdf", "c.HTML", "notes.md~"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Hola.")
    found = [path.relative_to(tmp_path).as_posix() for path in find_articles([tmp_path, tmp_path / "b.md"])]
    assert found == ["a/z.txt", "b.md", "c.HTML"]


def test_an_article_in_memory_needs_no_file(tmp_path):
    article = article_from_text("---\ndate: 2026-01-16\n---\nChile rechazó la propuesta de Perú.\n", id="uno")
    assert build([article], tmp_path, with_map=False).articles == 1


def test_paragraphs_in_any_order_make_a_whole_graph(tmp_path):
    """Articles that nobody wrote: what is named first, or never named in full, must not stop the extraction."""
    write_articles(tmp_path / "in", 50, paragraphs=5)
    report = build([tmp_path / "in"], tmp_path / "out", jobs=2, with_map=False)
    assert (report.articles, report.skipped) == (50, ())


def test_older_results_stay_where_nothing_new_could_be_made(tmp_path):
    (tmp_path / "graph.ttl").write_text("old")
    (tmp_path / "bad.md").write_text("")
    with pytest.raises(InputError, match="empty"):
        build([tmp_path / "bad.md"], tmp_path)
    assert (tmp_path / "graph.ttl").read_text() == "old"


def test_a_file_is_whole_or_not_there(tmp_path):
    write_atomic(tmp_path / "new" / "a.txt", b"one")

    def stop_half_way() -> None:
        with atomic_writer(tmp_path / "new" / "a.txt") as file:
            file.write(b"half")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stop_half_way()
    assert (tmp_path / "new" / "a.txt").read_bytes() == b"one"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.txt"]
    with pytest.raises(OutputError, match="is a folder"):
        write_atomic(tmp_path / "new", b"")
    with pytest.raises(OutputError, match="expected"):
        write_atomic(tmp_path / "new" / "a.txt" / "b", b"")


def test_ctrl_c_stops_cleanly_and_leaves_nothing_half_written(tmp_path):
    text = SEED.read_text(encoding="utf-8")
    (tmp_path / "in").mkdir()
    for i in range(200):
        (tmp_path / "in" / f"{i}.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", "in", "-o", "out", "--jobs", "2"]
    running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(4)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert err.splitlines()[-1] == "kg: stopped"
    assert "Traceback" not in err
    assert list((tmp_path / "out").iterdir()) == []
