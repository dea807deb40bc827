"""The store on disk: what is in it after adding, replacing and removing, beside other processes, and after accidents."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT, SEED
from kg import snapshots
from kg.errors import InputError, OutputError
from kg.query import open_files
from kg.questions import question
from kg.store import TERMS_GRAPH, Writer, articles, dump, info, names, open_for_reading, resolve
from kg.vocabulary import BR, ID, RDF, RDFS

MEXICO = "El presidente de México rechazó la propuesta de Estados Unidos."
MOMENTS = 20
ARTICLES = 500


def iri(path: str) -> ox.NamedNode:
    return ox.NamedNode(ID + path)


def br(name: str) -> ox.NamedNode:
    return ox.NamedNode(BR + name)


TYPE = ox.NamedNode(RDF + "type")
LABEL = ox.NamedNode(RDFS + "label")


def article(name: str, *events: str) -> tuple[ox.NamedNode, set[ox.Triple]]:
    """A graph as the extraction makes them, in small: Mexico and some events, shared with every article that has them too."""
    node = iri(f"article/{name}")
    found = {ox.Triple(node, TYPE, br("Article")), ox.Triple(iri("actor/mx"), TYPE, br("Country"))}
    for event in events:
        words = iri(f"article/{name}#char=0,{len(event)}")
        found |= {
            ox.Triple(iri(f"event/{event}"), TYPE, br("Event")),
            ox.Triple(iri(f"event/{event}"), br("agent"), iri("actor/mx")),
            ox.Triple(iri(f"event/{event}"), LABEL, ox.Literal(event, language="es")),
            ox.Triple(iri(f"event/{event}"), br("evidence"), words),
            ox.Triple(words, TYPE, br("Passage")),
        }
    return node, found


def merged(store: ox.Store) -> set[ox.Triple]:
    """The default graph without the ontology."""
    terms = {quad.triple for quad in store.quads_for_pattern(None, None, None, TERMS_GRAPH)}
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())} - terms


def whole(store: ox.Store, expected: dict[ox.NamedNode, set[ox.Triple]]) -> set[ox.NamedNode]:
    """The articles in a store, after making sure that each is whole and that the merge is their union."""
    there = set(names(store))
    for name in there:
        assert {quad.triple for quad in store.quads_for_pattern(None, None, None, name)} == expected[name]
    assert merged(store) == set().union(*(expected[name] for name in there))
    return there


# ------------------------------------------------------------------------------------------------ what is in it


def test_one_graph_per_article_and_each_shared_triple_once_in_the_default_graph(tmp_path):
    a, b = article("a", "visita", "firma"), article("b", "firma", "protesta")
    with Writer(tmp_path / "s") as store:
        assert store.put(*a) == "added"
        assert store.put(*b) == "added"
    read = open_for_reading(tmp_path / "s")
    assert whole(read, dict([a, b])) == {a[0], b[0]}
    rows = read.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ ?e <{BR}agent> ?mx . ?mx a <{BR}Country> }}")
    assert next(iter(rows))["n"].value == "3"  # visita, firma, protesta
    assert info(read, tmp_path / "s").nodes["Event"] == 3
    assert [(e.iri, e.triples) for e in articles(read)] == [(a[0].value, 12), (b[0].value, 12)]


def test_the_ontologys_terms_are_asked_with_the_data_and_its_actors_only_by_name(tmp_path):
    with Writer(tmp_path / "s"):
        pass
    read = open_for_reading(tmp_path / "s")
    assert read.query(f"ASK {{ <{BR}opposes> a ?kind }}")
    assert not read.query(f"ASK {{ <{ID}actor/fr> a ?kind }}")
    assert read.query(f"ASK {{ GRAPH ?g {{ <{ID}actor/fr> a <{BR}Country> }} }}")


def test_adding_again_changes_nothing_and_publishes_nothing(tmp_path):
    a = article("a", "visita")
    with Writer(tmp_path / "s") as store:
        store.put(*a)
    before = snapshots.current(tmp_path / "s")
    with Writer(tmp_path / "s") as store:
        assert store.put(*a) == "unchanged"
    assert snapshots.current(tmp_path / "s") == before


def test_a_literal_that_the_store_writes_shorter_is_no_change(tmp_path):
    node, triples = article("a", "visita")
    triples.add(
        ox.Triple(node, br("value"), ox.Literal("007", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")))
    )
    with Writer(tmp_path / "s") as store:
        assert store.put(node, triples) == "added"
        assert store.put(node, triples) == "unchanged"


@pytest.mark.parametrize("text", ['"', "\\", "a\nb\r\tc", "\u2028\x85\x0b\x00\x7f", "'''\"\"\"", "😀", "} ; DROP ALL ; {"])
def test_any_text_goes_in_and_out(tmp_path, text):
    node, triples = article("a")
    triples.add(ox.Triple(node, LABEL, ox.Literal(text)))
    with Writer(tmp_path / "s") as store:
        store.put(node, triples)
    assert whole(open_for_reading(tmp_path / "s"), {node: triples}) == {node}


def test_replacing_takes_away_what_the_new_version_no_longer_says(tmp_path):
    a, b = article("a", "visita", "firma"), article("b", "firma")
    shorter = article("a", "protesta")
    with Writer(tmp_path / "s") as store:
        store.put(*a)
        store.put(*b)
        assert store.put(*shorter) == "replaced"
    assert whole(open_for_reading(tmp_path / "s"), dict([shorter, b])) == {a[0], b[0]}


def test_removing_takes_away_exactly_what_only_that_article_supports(tmp_path):
    a, b = article("a", "visita", "firma"), article("b", "firma", "protesta")
    with Writer(tmp_path / "s") as store:
        store.put(*b)
        alone = set(store.store)
        store.put(*a)
        assert store.remove(a[0]) == len(a[1])
        assert set(store.store) == alone
        store.remove(b[0])
        with pytest.raises(InputError, match="no article"):
            store.remove(b[0])
    assert whole(open_for_reading(tmp_path / "s"), {}) == set()


def test_what_an_article_says_of_the_ontologys_terms_stays_when_the_article_goes(tmp_path):
    node, triples = article("a")
    with Writer(tmp_path / "s") as store:
        term = next(iter(store.store.quads_for_pattern(br("opposes"), None, None, TERMS_GRAPH))).triple
        store.put(node, triples | {term})
        store.remove(node)
        assert ox.Quad(*term, ox.DefaultGraph()) in store.store


def test_large_logs_go_when_the_writer_is_done(tmp_path, monkeypatch):
    monkeypatch.setattr(snapshots, "LOGS", 0)
    graphs = dict(article(f"n{i}", *(f"e{j}" for j in range(i, i + 40))) for i in range(40))
    with Writer(tmp_path / "s") as store:
        for graph in graphs.items():
            store.put(*graph)
        before = log_size(tmp_path / "s")
    assert log_size(tmp_path / "s") < before / 10
    assert whole(open_for_reading(tmp_path / "s"), graphs) == set(graphs)


def test_what_the_engine_holds_in_memory_does_not_grow_with_the_articles(tmp_path, monkeypatch):
    """Its logs are as long as what it holds: they are dropped when that is on disk."""
    graphs = dict(article(f"n{i}", *(f"e{j}" for j in range(i, i + 40))) for i in range(60))

    def logs(held: int) -> list[int]:
        monkeypatch.setattr("kg.store.HELD", held)
        sizes = []
        with Writer(tmp_path / str(held)) as store:
            for graph in graphs.items():
                store.put(*graph)
                sizes.append(log_size(tmp_path / str(held)))
        assert whole(open_for_reading(tmp_path / str(held)), graphs) == set(graphs)
        return sizes

    unbounded, bounded = logs(2**40), logs(100_000)
    assert max(bounded[30:]) < unbounded[-1] - unbounded[0]
    assert max(bounded[40:]) < 1.5 * max(bounded[20:40])


def test_blank_nodes_and_empty_graphs_are_refused(tmp_path):
    node, triples = article("a")
    with Writer(tmp_path / "s") as store:
        with pytest.raises(InputError, match="blank node"):
            store.put(node, triples | {ox.Triple(node, LABEL, ox.BlankNode())})
        with pytest.raises(InputError, match="without triples"):
            store.put(node, ())
        assert list(names(store.store)) == []


def test_a_dump_does_not_depend_on_the_order_in_which_articles_came(tmp_path):
    graphs = [article(name, "firma", name) for name in ("c", "a", "b")]
    for place, order in (("s", graphs), ("t", graphs[::-1])):
        with Writer(tmp_path / place) as store:
            for graph in order:
                store.put(*graph)
    one, two = (b"".join(dump(open_for_reading(tmp_path / place))) for place in "st")
    assert one == two
    assert {quad.triple for quad in ox.parse(one, format=ox.RdfFormat.N_QUADS)} == set().union(*(g[1] for g in graphs))


def test_articles_are_found_by_iri_id_and_file_name():
    known = [iri("article/2026-01-16-mexico"), iri("article/otro")]
    for asked in ("2026-01-16-mexico", "news/2026-01-16 México.md", f"{ID}article/2026-01-16-mexico"):
        assert resolve(known, asked) == known[0]
    with pytest.raises(InputError, match="did you mean otro"):
        resolve(known, "otros")


# ------------------------------------------------------------------------------------------------ beside others


def test_a_second_writer_is_told_in_one_line_and_readers_go_on(tmp_path, kg):
    a, b = article("a", "visita"), article("b", "firma")
    with Writer(tmp_path / "s") as store:
        store.put(*a)
    with Writer(tmp_path / "s") as store:
        store.put(*b)
        ran = kg("store", "init", tmp_path / "s")
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert f"is being written by process {os.getpid()}" in ran.err
        reading = snapshots.open_snapshot(tmp_path / "s")
        assert whole(reading.store, dict([a, b])) == {a[0]}
    assert whole(reading.store, dict([a, b])) == {a[0]}  # what was opened does not change
    assert whole(open_for_reading(tmp_path / "s"), dict([a, b])) == {a[0], b[0]}
    reading.close()


def test_snapshots_go_when_nobody_reads_them_and_not_before(tmp_path):
    def there() -> set[str]:
        return {path.name for path in (tmp_path / "s" / "kg" / "snapshots").iterdir() if path.is_dir()}

    with Writer(tmp_path / "s") as store:
        store.put(*article("a", "visita"))
    first = snapshots.open_snapshot(tmp_path / "s")
    for name in "bc":
        with Writer(tmp_path / "s") as store:
            store.put(*article(name, "firma"))
    assert there() == {first.name, snapshots.current(tmp_path / "s")}
    first.close()
    with Writer(tmp_path / "s") as store:
        store.put(*article("d", "firma"))
    assert there() == {snapshots.current(tmp_path / "s")}


def test_a_folder_that_is_no_store_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="holds other files"), Writer(tmp_path):
        pass
    with pytest.raises(InputError, match="is a file"), Writer(tmp_path / "notes.txt"):
        pass
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InputError, match="holds no store"):
            open_for_reading(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


# ------------------------------------------------------------------------------------------------ accidents


def many(number: int, version: str = "") -> dict[ox.NamedNode, set[ox.Triple]]:
    return dict(article(f"n{i:04}", f"propio-{i}{version}", f"comun-{i % 7}", f"comun-{i % 3}") for i in range(number))


def write_quads(path: Path, graphs: dict[ox.NamedNode, set[ox.Triple]]) -> Path:
    path.write_text(
        "".join(f"{t} {name} .\n" for name, triples in graphs.items() for t in sorted(triples, key=str)), encoding="utf-8"
    )
    return path


def log_size(folder: Path) -> int:
    """The bytes of the store's write-ahead log, which grow with every transaction: how far an adding has come, on any machine."""
    size = 0
    for path in folder.glob("*.log"):
        with contextlib.suppress(FileNotFoundError):  # a log that is full is removed
            size += path.stat().st_size
    return size


def test_killed_at_any_moment_it_holds_whole_articles_and_takes_up_the_rest(tmp_path):
    graphs = many(ARTICLES)
    quads = write_quads(tmp_path / "all.nq", graphs)
    seen = []
    full = 0
    for moment in range(MOMENTS + 1):
        folder = tmp_path / f"s{moment}"
        running = subprocess.Popen(
            [sys.executable, "-m", "kg", "store", "add", folder, quads], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        if not full:  # the first run is left alone, and shows how long the log gets
            while running.poll() is None:
                full = max(full, log_size(folder))
                time.sleep(0.001)
            assert running.returncode == 0
            continue
        while log_size(folder) < full * (moment - 0.5) / MOMENTS and running.poll() is None:
            time.sleep(0.0005)
        running.send_signal(signal.SIGKILL)
        running.wait()
        seen.append(len(whole(open_for_reading(folder), graphs)))
    assert any(0 < number < ARTICLES for number in seen), f"no kill fell into the adding: {seen}"
    folder = tmp_path / f"s{1 + min(range(MOMENTS), key=lambda i: abs(seen[i] - ARTICLES / 2))}"
    with Writer(folder) as store:
        changes = [store.put(*graph) for graph in graphs.items()]
    assert changes.count("unchanged") + changes.count("added") == ARTICLES
    assert whole(open_for_reading(folder), graphs) == set(graphs)


def test_killed_while_replacing_each_article_is_the_old_or_the_new_one(tmp_path):
    old, new = many(ARTICLES), many(ARTICLES, "-nuevo")
    with Writer(tmp_path / "s") as store:
        for graph in old.items():
            store.put(*graph)
    quads = write_quads(tmp_path / "new.nq", new)
    running = subprocess.Popen([sys.executable, "-m", "kg", "store", "load", tmp_path / "s", quads], cwd=ROOT)
    while not (tmp_path / "s" / "kg" / "unpublished").exists():
        time.sleep(0.001)
    time.sleep(0.15)
    running.kill()
    running.wait()
    read = open_for_reading(tmp_path / "s")
    held = {name: {quad.triple for quad in read.quads_for_pattern(None, None, None, name)} for name in names(read)}
    assert set(held) == set(old)
    for name, triples in held.items():
        assert triples in (old[name], new[name])
    assert merged(read) == set().union(*held.values())


def test_ctrl_c_stops_between_articles_and_says_so(tmp_path):
    graphs = many(2000)
    quads = write_quads(tmp_path / "all.nq", graphs)
    folder = tmp_path / "s"
    running = subprocess.Popen(
        [sys.executable, "-m", "kg", "store", "load", folder, quads], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    with Writer(tmp_path / "empty"):
        ontology = log_size(tmp_path / "empty")
    while log_size(folder) < ontology + 50_000 and running.poll() is None:  # some articles are in
        time.sleep(0.001)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert said.splitlines()[-1] == "kg: stopped"
    assert "Traceback" not in said
    assert not (folder / "kg" / "unpublished").exists()
    assert len(whole(open_for_reading(folder), graphs)) < 2000


def limited(size: int) -> None:
    """In a child: no file may grow beyond ``size`` bytes, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path):
    first, rest = many(5), many(400, "-mas")
    with Writer(tmp_path / "s") as store:
        for graph in first.items():
            store.put(*graph)
    rest = {iri(f"article/r-{name.value.rpartition('/')[2]}"): triples for name, triples in rest.items()}
    quads = write_quads(tmp_path / "rest.nq", rest)
    ran = subprocess.run(
        [sys.executable, "-m", "kg", "store", "load", tmp_path / "s", quads],
        cwd=ROOT, capture_output=True, text=True, preexec_fn=lambda: limited(400_000),
    )  # fmt: skip
    assert ran.returncode == 2, ran
    assert len(ran.stderr.splitlines()) == 1
    assert "expected room on the disk" in ran.stderr
    there = whole(open_for_reading(tmp_path / "s"), first | rest)
    assert there >= set(first)
    assert there < set(first | rest)
    with Writer(tmp_path / "s") as store:
        for graph in rest.items():
            store.put(*graph)
    assert whole(open_for_reading(tmp_path / "s"), first | rest) == set(first | rest)


def test_a_disk_without_room_for_a_store_is_told(tmp_path):
    with pytest.raises(OutputError, match="expected"), Writer(Path("/proc/kg-store")):
        pass


# ------------------------------------------------------------------------------------------------ the command


def test_articles_are_extracted_once_and_answer_as_from_a_file(kg, tmp_path):
    folder = tmp_path / "s"
    ran = kg("store", "add", folder, SEED)
    assert (ran.code, ran.out) == (0, f"{folder}: 1 added, 0 replaced, 0 unchanged, 0 skipped\n")
    assert kg("store", "add", folder, SEED).out == f"{folder}: 0 added, 0 replaced, 1 unchanged, 0 skipped\n"
    assert kg("build", SEED, "-o", tmp_path / "out", "--no-map").code == 0
    ask, read = open_files([tmp_path / "out" / "graph.ttl"]), open_for_reading(folder)
    for name in ("who-proposes-what", "who-is-who"):
        text = question(name).text
        from_store = [tuple(map(str, row)) for row in read.query(text)]
        assert from_store == [tuple(map(str, row)) for row in ask(text)]
        assert from_store
    assert "2026-01-16-mexico-eeuu-tropas  2026-01-16" in kg("store", "list", folder).out
    assert kg("store", "remove", folder, SEED.name).code == 0
    assert kg("store", "list", folder).out.splitlines() == ["article  date  publisher  title  triples"]


def test_a_changed_article_replaces_the_older_one(kg, tmp_path):
    path, folder = tmp_path / "a.md", tmp_path / "s"
    for text, said in ((MEXICO, "1 added"), (MEXICO + "\n\nEstados Unidos lamentó la decisión.", "1 replaced")):
        path.write_text(text, encoding="utf-8")
        assert said in kg("store", "add", folder, path).out
    read = open_for_reading(folder)
    assert len(names(read)) == 1
    texts = [str(row[0]) for row in read.query("SELECT ?t WHERE { ?a nif:isString ?t }", prefixes={"nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"})]  # fmt: skip  # noqa: E501
    assert len(texts) == 1
    assert "lamentó" in texts[0]


def test_bad_inputs_are_skipped_and_told(kg, tmp_path):
    (tmp_path / "in").mkdir()
    write_quads(tmp_path / "in" / "good.nq", many(2))
    (tmp_path / "in" / "two.ttl").write_text(f"<{ID}article/a> a <{BR}Article> . <{ID}article/b> a <{BR}Article> .")
    (tmp_path / "in" / "broken.nq").write_text("<a> <b> .")
    ran = kg("store", "add", tmp_path / "s", tmp_path / "in")
    assert ran.code == 1
    assert ran.out.endswith("2 added, 0 replaced, 0 unchanged, 2 skipped\n")
    assert "two.ttl: a graph of 2 articles; expected one, or named graphs" in ran.err
    assert "broken.nq" in ran.err


def test_dump_and_load_give_the_same_store(kg, tmp_path):
    with Writer(tmp_path / "s") as store:
        for graph in many(5).items():
            store.put(*graph)
    assert kg("store", "dump", tmp_path / "s", "-o", tmp_path / "d.nq").code == 0
    data = (tmp_path / "d.nq").read_bytes()
    assert kg("store", "load", tmp_path / "t", "-", stdin=data).code == 0
    assert b"".join(dump(open_for_reading(tmp_path / "t"))) == data
    assert kg("store", "compact", tmp_path / "t").code == 0
    assert b"".join(dump(open_for_reading(tmp_path / "t"))) == data
    assert "articles" in kg("store", "info", tmp_path / "t").out


@pytest.mark.parametrize(
    "args", [["list"], ["info"], ["dump"], ["compact"], ["remove", "a"], ["push", "--endpoint", "http://127.0.0.1:9"]]
)
def test_a_missing_store_is_one_line(kg, tmp_path, args):
    ran = kg("store", args[0], tmp_path / "nowhere", *args[1:])
    assert ran.code == 2
    assert "nowhere: holds no store; expected" in ran.err
    assert not (tmp_path / "nowhere").exists()
