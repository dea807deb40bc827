"""The server as its clients meet it: a real one on a free port of this machine, asked over HTTP."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from conftest import CASES, ROOT
from kg.serve.negotiation import choose
from kg.store import Writer
from kg.vocabulary import BR, ID, RDF, RDFS

pytest.importorskip("starlette", reason="no starlette: pip install '.[serve]'")
pytest.importorskip("uvicorn", reason="no uvicorn: pip install '.[serve]'")

PROTOCOL = yaml.safe_load((CASES / "protocol.yaml").read_text(encoding="utf-8"))
GRAPH = ROOT / "exports" / "graph.ttl"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[str]

    def ask(self, method: str = "GET", path: str = "/", body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(connection):
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def query(self, text: str, **headers: str) -> Answer:
        return self.ask("GET", "/sparql?" + urllib.parse.urlencode({"query": text}), **headers)


@contextlib.contextmanager
def serving(*options: object, environment: dict[str, str] | None = None) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--port", "0", *map(str, options)],
        cwd=ROOT, stderr=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})},
    )  # fmt: skip
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        if match := re.match(r"serving: http://\S+:(\d+)/", line):
            break
    else:
        raise AssertionError("".join(lines))
    try:
        yield Server(int(match[1]), process)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        assert process.returncode in (0, 130)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The data of protocol.yaml, under limits that are soon reached."""
    quads = tmp_path_factory.mktemp("small") / "small.nq"
    s, p = "<http://example.org/s>", "<http://example.org/p>"
    named = "".join(f'{s} {p} "{name}" <http://example.org/{name}> .\n' for name in "ab")
    quads.write_text(named, encoding="utf-8")
    folder = quads.parent / "store"
    with Writer(folder) as store:  # a store whose default graph is not the union, and which has no ontology in it
        store.store.clear()
        store.store.load(path=str(quads), format=ox.RdfFormat.N_QUADS)
        store.store.add(ox.Quad(ox.NamedNode("http://example.org/s"), ox.NamedNode("http://example.org/p"), ox.Literal("uno")))
        ring = [ox.NamedNode(f"http://example.org/many/{i}") for i in range(300)]
        many = ox.NamedNode("http://example.org/many")
        store.store.extend(ox.Quad(ring[i - 1], many, ring[i], many) for i in range(300))
    with serving("--store", folder, "--timeout", 1, "--max-result", 1) as server:
        yield server


@pytest.fixture(scope="module")
def seed():
    """The seed article's graph."""
    with serving("--data", GRAPH, "--timeout", 2) as server:
        yield server


# ------------------------------------------------------------------------------------------------- protocol


@pytest.mark.parametrize("case", PROTOCOL, ids=lambda case: case["name"])
def test_protocol(case, small):
    path, body, headers = "/sparql", None, {}
    if fields := case.get("get"):
        path += "?" + urllib.parse.urlencode(fields, doseq=True)
    if raw := case.get("raw"):
        path += "?" + raw
    if fields := case.get("form"):
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    if "body" in case:
        body = case["body"].encode("utf-8")
        headers["Content-Type"] = case["as"]
    if accept := case.get("accept"):
        headers["Accept"] = accept
    answer = small.ask(case.get("method", "GET" if body is None else "POST"), path, body, **headers)
    assert answer.status == case["status"], answer.text
    if answer.status >= 400:
        assert answer.headers["Content-Type"] == "application/json"
        assert json.loads(answer.body)["status"] == case["status"]
        assert "Traceback" not in answer.text
    if "type" in case:
        assert answer.headers["Content-Type"] == case["type"]
    for words in case.get("has", ()):
        assert words in answer.text
    for words in case.get("not", ()):
        assert words not in answer.text
    if "rows" in case:
        found = json.loads(answer.body)["results"]["bindings"]
        assert sorted(row["o"]["value"] for row in found) == case["rows"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "a/b"), ("", "a/b"), ("*/*", "a/b"), ("a/*", "a/b"), ("c/d", "c/d"), ("x/y", None), ("C/D", "c/d"),
        ("a/b;q=0.5, c/d", "c/d"), ("a/b;q=0.5, */*;q=0.6", "c/d"), ("*/*, a/b;q=0", "c/d"), ("a/b;q=0, c/d;q=0", None),
        ("a/b ; charset=utf-8 ; q=0.1 , c/d ;q=0.2", "c/d"), ("a/b;level=1;q=0.3, */*;q=0.2", "a/b"), ("garbage", None),
    ],
)  # fmt: skip
def test_accept(accept, expected):
    assert choose(accept, ["a/b", "c/d"]) == expected


# ------------------------------------------------------------------------------------------------ endurance


def test_a_slow_query_keeps_nobody_waiting(small):
    slow = threading.Thread(target=small.query, args=(ENDLESS,))
    slow.start()
    time.sleep(0.1)
    begin = time.perf_counter()
    assert small.query("ASK { ?s ?p ?o }").status == 200
    assert time.perf_counter() - begin < 0.7
    slow.join()


def endless(number: int) -> str:
    return ENDLESS.replace("SELECT", f"SELECT # {number}\n")


def test_places_and_queue_are_limited(tmp_path):
    with Writer(tmp_path / "s"):
        pass
    with serving("--store", tmp_path / "s", "--timeout", 5, "--places", 1, "--queue", 1) as server:
        threads = [threading.Thread(target=server.query, args=(endless(i),)) for i in range(2)]
        for thread in threads:
            thread.start()
            time.sleep(0.1)
        refused = server.query("ASK {}")  # one runs, one waits
        assert refused.status == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert "wait already" in refused.text


def test_long_queries_leave_their_places_and_the_longest_ends_first(tmp_path):
    with Writer(tmp_path / "s"):
        pass
    with serving("--store", tmp_path / "s", "--timeout", 20, "--places", 1, "--long-places", 1) as server:
        answers: list[tuple[int, Answer]] = []
        threads = [threading.Thread(target=lambda i=i: answers.append((i, server.query(endless(i))))) for i in range(2)]
        for thread in threads:
            thread.start()
            time.sleep(0.2)
        assert server.query("ASK {}").status == 200  # waits until both have turned out to be long
        threads[0].join(timeout=10)
        (number, answer), *others = answers
        assert (number, answer.status, others) == (0, 503, [])
        assert "make place" in answer.text
        assert int(answer.headers["Retry-After"]) > 0


def test_a_query_that_was_stopped_is_not_tried_again_at_once(tmp_path):
    with Writer(tmp_path / "s"):
        pass
    with serving("--store", tmp_path / "s", "--timeout", 2.5) as server:
        assert "stopped after 2.5 s" in server.query(ENDLESS).text
        for _ in range(20):  # on a busy machine it may not have had a processor for most of its time, and is tried again
            if (again := server.query(ENDLESS)).headers["Retry-After"]:
                break
        assert again.status == 503
        assert "a moment ago" in again.text
        assert 0 < int(again.headers["Retry-After"]) <= 61


def test_one_of_a_kind_that_was_stopped_keeps_nobody_waiting(tmp_path):
    with Writer(tmp_path / "s"):
        pass
    with serving("--store", tmp_path / "s", "--timeout", 30, "--places", 1, "--long-places", 1) as server:
        threads = [threading.Thread(target=server.query, args=(endless(i),)) for i in range(2)]
        for i, thread in enumerate(threads):
            thread.start()
            time.sleep(0.3)
            assert server.query(f"ASK {{ ?s ?p{i} ?o }}").status == 200  # waits until the endless one has turned out to be long
        threads[0].join(timeout=10)  # had to make place for the second, which goes on
        for i in range(2, 5):
            begin = time.monotonic()
            refused = server.query(endless(i))
            assert refused.status == 503
            assert "of this kind" in refused.text
            assert int(refused.headers["Retry-After"]) > 0
            assert time.monotonic() - begin < 2
            assert server.query(f"ASK {{ ?s{i} ?p ?o }}").status == 200  # the place is free


def test_a_large_answer_is_whole(small):
    pairs = (
        "SELECT ?a ?b { GRAPH <http://example.org/many> { ?a <http://example.org/many> ?x . ?b <http://example.org/many> ?y } }"
    )
    answer = small.query(f"{pairs} LIMIT 12000", Accept="text/csv")
    assert answer.status == 200
    assert len(answer.body) == int(answer.headers["Content-Length"]) > 2 * 256 * 1024
    assert answer.body.count(b"\r\n") == 12001
    assert small.query(f"{pairs} LIMIT 12000", Accept="text/csv").body == answer.body


def test_a_query_that_eats_memory_ends_its_own_worker_only(tmp_path):
    with Writer(tmp_path / "s"):
        pass
    with serving("--store", tmp_path / "s", "--timeout", 20, "--max-memory", 300) as server:
        hungry = server.query("SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g LIMIT 1")
        assert hungry.status == 503, hungry.text
        assert "memory" in hungry.text
        assert server.query("ASK { ?s ?p ?o }").status == 200


def test_a_client_that_leaves_takes_its_query_along(tmp_path):
    with Writer(tmp_path / "s"):
        pass
    with serving("--store", tmp_path / "s", "--timeout", 30, "--places", 1, "--queue", 0) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", "/sparql?" + urllib.parse.urlencode({"query": ENDLESS}))
        time.sleep(0.3)
        assert server.query("ASK {}").status == 503
        connection.close()
        time.sleep(0.5)
        assert server.query("ASK {}").status == 200


def test_a_killed_worker_is_replaced(small):
    assert small.query("ASK {}").status == 200
    killed = 0
    for parent, pid in _processes():
        if parent in {child for father, child in _processes() if father == small.process.pid} and "kg.serve.worker" in _command(
            pid
        ):
            os.kill(pid, signal.SIGKILL)
            killed += 1
    assert killed, "no worker found"
    answers = [small.query("ASK {}").status for _ in range(3)]
    assert answers[-1] == 200


def _processes() -> list[tuple[int, int]]:
    if not Path("/proc/self/stat").exists():
        pytest.skip("no /proc on this system")
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            found.append((int(path.read_text().rpartition(")")[2].split()[1]), int(path.parent.name)))
    return found


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")


def test_the_endpoint_follows_the_store(tmp_path):
    article = ox.NamedNode(ID + "article/a")
    with Writer(tmp_path / "s"):
        pass
    with serving("--store", tmp_path / "s") as server:
        ask = f"ASK {{ <{article.value}> a <{BR}Article> }}"
        assert b"false" in server.query(ask).body
        with Writer(tmp_path / "s") as store:
            store.put(article, [ox.Triple(article, ox.NamedNode(RDF + "type"), ox.NamedNode(BR + "Article"))])
        assert b"true" in server.query(ask).body


def test_workers_cannot_open_a_connection():
    code = (
        "import socket, sys\nfrom kg.serve.confinement import confine\n"
        "if not confine(2**30): sys.exit(3)\n"
        "import pyoxigraph as ox\n"
        "try: socket.socket()\nexcept PermissionError: print('no socket')\n"
        "try: list(ox.Store().query('SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }'))\n"
        "except Exception as error: print('no service')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 3:
        pytest.skip("no seccomp filter on this system")
    assert done.stdout.split("\n")[:2] == ["no socket", "no service"], done.stderr


# ------------------------------------------------------------------------------------------- who may ask what


def test_a_request_to_another_name_is_refused(seed):
    for name, status in (("evil.example", 421), (f"127.0.0.1:{seed.port}", 200), ("localhost", 200), ("[::1]:80", 200)):
        assert seed.ask("GET", "/sparql", Host=name).status == status


def test_security_headers(seed):
    for path in ("/", "/query", "/sparql", "/nothing", "/id/actor/mx"):
        headers = seed.ask("GET", path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Access-Control-Allow-Origin"] is None
        assert headers["Server"] is None


def test_a_large_request_is_refused(small):
    body = b"ASK { } #" + b"x" * (2**20)
    assert small.ask("POST", "/sparql", body, Content_Type="application/sparql-query").status == 413
    assert small.query("ASK {}").status == 200


def test_a_token_is_asked_for_everywhere(tmp_path):
    with serving("--data", GRAPH, environment={"KG_TOKEN": "secreto"}) as server:
        for path in ("/", "/query", "/sparql", "/id/actor/mx", "/assets/query.js"):
            assert server.ask("GET", path).status == 401
        challenge = server.ask("GET", "/sparql", Authorization="Bearer nope")
        assert (challenge.status, challenge.headers["WWW-Authenticate"][:6]) == (401, "Bearer")
        assert server.ask("GET", "/sparql", Authorization="Bearer secreto").status == 200
        basic = base64.b64encode(b"anybody:secreto").decode()
        assert server.ask("GET", "/sparql", Authorization=f"Basic {basic}").status == 200


def test_another_address_than_loopback_is_told_aloud(kg):
    nobodys = "192.0.2.1"  # an address for documentation (RFC 5737), so nothing is opened
    ran = kg("serve", "--data", GRAPH, "--host", nobodys)
    assert ran.code == 2
    warning, error = ran.err.splitlines()
    assert warning.startswith("warning: 192.0.2.1 is not only this machine: EVERYBODY")
    assert "cannot be listened on" in error
    assert "whoever has the token" in kg("serve", "--data", GRAPH, "--host", nobodys, "--token", "x").err


def test_a_taken_port_is_one_line(seed, kg):
    ran = kg("serve", "--data", GRAPH, "--port", seed.port)
    assert ran.code == 2
    assert f"127.0.0.1:{seed.port}: cannot be listened on" in ran.err.splitlines()[-1]
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(("options", "says"), [
    (["--store", "nowhere"], "holds no store"), (["--data", "nowhere.ttl"], "no such file"),
    (["--data", "a.ttl", "--store", "b"], "expected --store or --data"),
])  # fmt: skip
def test_nothing_to_serve_is_one_line(kg, options, says):
    ran = kg("serve", *options)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert says in ran.err


# ---------------------------------------------------------------------------------------------------- pages


def test_the_map_and_the_page_to_ask_with(seed):
    page = seed.ask("GET", "/")
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Sheinbaum" in page.text
    asking = seed.ask("GET", "/query?lang=en")
    assert '<html lang="en">' in asking.text
    assert "<script>" not in asking.text
    assert re.findall(r'(?:src|href)="(?!/|data:|\?)([^"]*)"', asking.text) == []
    for name in re.findall(r'(?:src|href)="(/assets/[^"]*)"', asking.text):
        assert seed.ask("GET", name).status == 200
    assert seed.ask("GET", "/assets/../app.py").status == 404


def test_without_a_map_the_start_page_says_what_there_is(small):
    page = small.ask("GET", "/?lang=en")
    assert page.status == 200
    assert "There is no map" in page.text


def test_every_named_question_is_answered(seed):
    menu = json.loads(seed.ask("GET", "/questions?lang=en").body)
    assert len(menu) >= 20
    answered = 0
    for one in menu:
        needed = {p["name"]: p["example"] for p in one["parameters"] if p["required"]}
        text = seed.ask("GET", f"/questions/{one['name']}?" + urllib.parse.urlencode(needed))
        if text.status == 400 and "no actor of this name" in text.text:
            continue  # an example that the seed article does not mention
        assert text.status == 200, text.text
        assert seed.query(text.text).status == 200
        answered += 1
    assert answered >= 20
    assert seed.ask("GET", "/questions/nope").status == 404
    assert seed.ask("GET", "/questions/positions-of?actor=Nadie").status == 400


def test_a_value_cannot_become_sparql(seed):
    answer = seed.ask("GET", "/questions/positions-of?" + urllib.parse.urlencode({"actor": 'x" } ; DROP ALL #'}))
    assert answer.status == 400


@pytest.mark.parametrize(("accept", "media_type", "words"), [
    ("text/html", "text/html; charset=utf-8", "<h1>Claudia Sheinbaum</h1>"),
    ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8", "<dl>"),
    ("text/turtle", "text/turtle; charset=utf-8", "br:Person"),
    ("application/n-triples", "application/n-triples", f"<{ID}actor/claudia-sheinbaum> <{RDF}type> <{BR}Person> ."),
    ("application/ld+json", "application/ld+json", "claudia-sheinbaum"),
    ("application/rdf+xml", "application/rdf+xml", "rdf:RDF"),
])  # fmt: skip
def test_an_entitys_path_is_a_page_or_rdf(seed, accept, media_type, words):
    answer = seed.ask("GET", "/id/actor/claudia-sheinbaum", Accept=accept)
    assert (answer.status, answer.headers["Content-Type"]) == (200, media_type)
    assert answer.headers["Vary"] == "Accept"
    assert words in answer.text


def test_an_articles_page_holds_the_anchors_of_its_passages(seed):
    page = seed.ask("GET", "/id/article/2026-01-16-mexico-eeuu-tropas", Accept="text/html").text
    passage = re.search(r'id="(char=\d+,\d+)">', page)
    assert passage is not None
    graph = seed.ask("GET", "/id/article/2026-01-16-mexico-eeuu-tropas", Accept="application/n-triples").text
    assert f"#{passage[1]}> <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf>" in graph


def test_unknown_entities_and_formats(seed):
    for accept in ("text/html", "text/turtle"):
        assert seed.ask("GET", "/id/actor/nobody-at-all", Accept=accept).status == 404
    assert seed.ask("GET", "/id/actor/mx", Accept="image/png").status == 406
    assert seed.ask("GET", "/id/x%3E%20%7D%20DROP", Accept="text/html").status == 404
    assert seed.ask("GET", "/id/actor/mx?format=nt").headers["Content-Type"] == "application/n-triples"


def test_markup_in_the_data_stays_text(tmp_path):
    node = ox.NamedNode(ID + "actor/x")
    with Writer(tmp_path / "s") as store:
        label = ox.Literal("<script>alert(1)</script>", language="es")
        store.put(ox.NamedNode(ID + "article/a"), [ox.Triple(node, ox.NamedNode(RDFS + "label"), label)])
    with serving("--store", tmp_path / "s") as server:
        page = server.ask("GET", "/id/actor/x", Accept="text/html").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>" not in page
