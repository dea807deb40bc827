"""Remote endpoints: what is sent, what is understood, what is said when they fail; and a real one, where it is installed."""

from __future__ import annotations

import base64
import contextlib
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import CASES
from kg.errors import InputError
from kg.query import open_files, prepare, solutions
from kg.questions import question, questions
from kg.remote import Endpoint, GraphStore

SMALL = CASES / "queries" / "small.ttl"
JSON = "application/sparql-results+json"
ROWS = b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "literal", "value": "uno"}}]}}'


@dataclass
class Answer:
    """What the server of the tests says next, and what it was told last."""

    body: bytes = ROWS
    media_type: str | None = JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None
    wait: float = 0.0
    method: str = ""
    path: str = ""
    told: dict[str, str] = field(default_factory=dict)
    sent: bytes = b""

    @property
    def form(self) -> list[tuple[str, str]]:
        return urllib.parse.parse_qsl(self.sent.decode("ascii"), strict_parsing=True)


@pytest.fixture
def server() -> Iterator[tuple[str, Answer]]:
    """An HTTP server on this machine that answers as it is told."""
    answer = Answer()

    class Handler(BaseHTTPRequestHandler):
        def respond(self) -> None:
            answer.method, answer.path, answer.told = self.command, self.path, dict(self.headers.items())
            answer.sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if answer.wait:
                time.sleep(answer.wait)
            needed = answer.headers.get("WWW-Authenticate")
            self.send_response(401 if needed and "Authorization" not in self.headers else answer.status)
            if answer.media_type:
                self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.body) if answer.announced is None else answer.announced))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            with contextlib.suppress(OSError):  # who waited too short a time has left
                self.end_headers()
                self.wfile.write(answer.body)

        do_GET = do_POST = do_PUT = do_DELETE = respond

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/sparql", answer
        http.shutdown()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def cells(results: object) -> list[list[str]]:
    assert isinstance(results, ox.QuerySolutions)
    return [[getattr(cell, "value", "") for cell in row] for row in solutions(results)]


# ------------------------------------------------------------------------------------------------------- what is sent


def test_a_query_goes_out_as_a_form_post(server):
    url, answer = server
    text = "SELECT ?a { ?s ?p 'ñ & = + % é\"' }"
    endpoint = Endpoint(url, default_graphs=("urn:g1", "urn:g2"), named_graphs=("urn:g3",))
    assert cells(endpoint.query(text)) == [["uno"]]
    assert answer.method == "POST"
    assert answer.told["Content-Type"] == "application/x-www-form-urlencoded"
    assert JSON in answer.told["Accept"]
    assert answer.told["User-Agent"].startswith("bilateral-kg/")
    expected = [("query", text), ("default-graph-uri", "urn:g1"), ("default-graph-uri", "urn:g2"), ("named-graph-uri", "urn:g3")]
    assert answer.form == expected


def test_an_update_goes_to_its_own_address(server):
    url, answer = server
    answer.body, answer.media_type, answer.status = b"", None, 204
    Endpoint("http://127.0.0.1:1/", update_url=url + "-update").update("CLEAR ALL")
    assert (answer.path, answer.form) == ("/sparql-update", [("update", "CLEAR ALL")])


def test_name_and_password_answer_a_challenge_and_are_never_shown(server):
    url, answer = server
    answer.headers["WWW-Authenticate"] = 'Basic realm="x"'
    secret = url.replace("http://", "http://ana:p%40ss%3Aword@")
    assert cells(Endpoint(secret).query("SELECT ?a { }")) == [["uno"]]
    assert base64.b64decode(answer.told["Authorization"].split()[1]) == b"ana:p@ss:word"
    answer.status = 403
    with pytest.raises(InputError) as told:
        Endpoint(secret).query("SELECT ?a { }")
    assert "p%40ss" not in str(told.value)
    assert "p@ss" not in str(told.value)


@pytest.mark.parametrize(
    ("method", "arguments", "address", "sent"),
    [
        ("put", (b"<urn:a> <urn:b> <urn:c> .", "urn:g?x=1&y"), "/sparql?graph=urn%3Ag%3Fx%3D1%26y", "PUT"),
        ("put", (b"",), "/sparql?default", "PUT"),
        ("post", (b"x", "urn:g", "application/n-triples"), "/sparql?graph=urn%3Ag", "POST"),
        ("delete", ("urn:g",), "/sparql?graph=urn%3Ag", "DELETE"),
    ],
)
def test_graphs_are_written_as_the_protocol_says(method, arguments, address, sent, server):
    url, answer = server
    answer.status, answer.body = 201, b""
    getattr(GraphStore(url), method)(*arguments)
    assert (answer.method, answer.path) == (sent, address)
    if method != "delete":
        assert answer.sent == arguments[0]
        assert answer.told["Content-Type"] == (arguments[2] if len(arguments) > 2 else "text/turtle")


def test_a_graph_is_read(server):
    url, answer = server
    answer.body, answer.media_type = b"<urn:a> <urn:b> 'c'@es .", "text/turtle; charset=utf-8"
    triples = list(GraphStore(url + "?x=1").get("urn:g"))
    assert [str(triple) for triple in triples] == ['<urn:a> <urn:b> "c"@es']
    assert (answer.method, answer.path) == ("GET", "/sparql?x=1&graph=urn%3Ag")


# ------------------------------------------------------------------------------------------------- what is understood

XML = (
    b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/></head>'
    b'<results><result><binding name="a"><literal>uno</literal></binding></result></results></sparql>'
)
VIRTUOSO = (
    b'{"head": {"link": [], "vars": ["a"]}, "results": {"distinct": false, "ordered": true, "bindings": [{"a": '
    b'{"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "7"}}]}}'
)


@pytest.mark.parametrize(
    ("media_type", "body", "rows"),
    [
        (JSON, ROWS, [["uno"]]),
        (JSON + ";charset=utf-8", ROWS, [["uno"]]),
        ("application/json", ROWS, [["uno"]]),
        ("application/sparql-results+xml", XML, [["uno"]]),
        ("text/tab-separated-values; charset=utf-8", b'?a\n"uno"\n', [["uno"]]),
        (JSON, VIRTUOSO, [["7"]]),
        (JSON, b'{"head": {"vars": ["a"]}, "results": {"bindings": []}}', []),
    ],
)
def test_rows_in_every_format(media_type, body, rows, server):
    url, answer = server
    answer.body, answer.media_type = body, media_type
    assert cells(Endpoint(url).query("SELECT ?a { }")) == rows


def test_yes_or_no_and_graphs(server):
    url, answer = server
    answer.body = b'{"head": {}, "boolean": true}'
    assert bool(Endpoint(url).query("ASK { }")) is True
    answer.body, answer.media_type = b"<urn:a> <urn:b> <urn:c> .\n", "application/n-triples"
    result = Endpoint(url).query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert [str(triple) for triple in result] == ["<urn:a> <urn:b> <urn:c>"]
    assert "application/n-triples" in answer.told["Accept"]


# --------------------------------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"status": 400, "media_type": "text/plain", "body": b"Parse error:\n  line 1\n"},
            "answered 400 Bad Request: Parse error: line 1;",
        ),
        (
            {"status": 500, "media_type": "text/html", "body": b"<html><head><style>p {}</style></head><p>Too <b>busy</b></p>"},
            "answered 500 Internal Server Error: Too busy; expected an answer",
        ),
        ({"status": 401, "body": b""}, "answered 401 Unauthorized; expected http://name:password@"),
        ({"status": 404, "body": b""}, "answered 404 Not Found; expected"),
        (
            {"status": 302, "headers": {"Location": "https://x/sparql"}},
            "answered 302 Found; expected the address itself: https://x/sparql",
        ),
        (
            {"media_type": "text/html", "body": b"<html>"},
            "answered text/html; expected SPARQL results; is this the endpoint's address?",
        ),
        ({"media_type": None}, "answered without a media type; expected SPARQL results"),
        ({"media_type": "text/turtle", "body": b""}, "answered text/turtle; expected SPARQL results"),
        ({"body": b"{]"}, "is no application/sparql-results+json"),
        ({"wait": 1.5}, "no answer within 0.5 s; expected one (--timeout sets how long to wait)"),
    ],
)
def test_a_bad_answer_is_told_in_one_line(change, says, server):
    url, answer = server
    for name, value in change.items():
        setattr(answer, name, value)
    with pytest.raises(InputError) as told:
        cells(Endpoint(url, timeout=0.5).query("SELECT ?a { }"))
    assert says in str(told.value)
    assert str(told.value).startswith(url)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("cut", [20, 60, 95])
def test_an_answer_that_is_cut_short_is_no_answer(cut, server, kg):
    url, answer = server
    answer.body, answer.announced = ROWS[:cut], len(ROWS)
    ran = kg("query", "SELECT ?a { }", "--endpoint", url, "--format", "json")
    assert ran.code == 2
    assert "breaks off" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:1/", "connection refused; expected a SPARQL 1.1 endpoint there"),
        ("http://no-such-host.invalid/", "no such host"),
        ("ftp://x/", "is no web address; expected one such as http://"),
        ("sparql", "is no web address"),
        ("http://[::1/", "is no URL"),
        ("http://x:port/", "is no URL"),
        ("file:///etc/passwd", "is no web address"),
    ],
)
def test_an_address_that_is_none_is_told(url, says, kg):
    ran = kg("query", "timeline", "--endpoint", url, "--timeout", "5")
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1


def test_a_server_that_speaks_no_http_is_told():
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hello() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(10_000)
                connection.sendall(b"220 mail.example ESMTP\r\n")

        threading.Thread(target=hello, daemon=True).start()
        with pytest.raises(InputError, match="no HTTP answer"):
            Endpoint(f"http://127.0.0.1:{listener.getsockname()[1]}/", timeout=5).query("ASK { }")


def test_updates_are_not_sent_as_queries(server, kg):
    url, answer = server
    ran = kg("query", "DROP ALL", "--endpoint", url)
    assert "DROP would change data" in ran.err
    assert answer.method == ""


# ------------------------------------------------------------------------------------------------- the command line


def test_prefixes_are_declared_for_the_endpoint(server, kg):
    url, answer = server
    ran = kg("query", "SELECT ?a { <actor/mx> br:iso ?a }", "--endpoint", url)
    assert (ran.code, ran.out) == (0, "a\nuno\n")
    assert dict(answer.form)["query"].startswith(
        "BASE <https://w3id.org/bilateral/id/> PREFIX br: <https://w3id.org/bilateral/ontology#> SELECT ?a {"
    )


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Oxigraph server of its own, empty; skipped where it is not installed."""
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("no Oxigraph server: pip install oxigraph")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}", "--location", str(tmp_path_factory.mktemp("oxigraph"))],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(url, timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait()


@pytest.mark.server
def test_every_question_is_answered_there_as_here(oxigraph):
    GraphStore(f"{oxigraph}/store").put(SMALL.read_bytes())
    there, here = Endpoint(f"{oxigraph}/query").query, open_files([SMALL], ontology=False)
    own = {"actor": "Ana Ruiz", "from": "España", "to": "Ben Said", "words": "s", "wanted": "consult"}
    for asked in questions():
        settings = {p.name: own[p.name] for p in asked.parameters if p.required}
        assert cells(there(prepare(asked, settings, there, local=False))) == cells(here(prepare(asked, settings, here))), (
            asked.name
        )


@pytest.mark.server
def test_graphs_come_back_from_a_store_as_they_went(oxigraph):
    store = GraphStore(f"{oxigraph}/store")
    store.put(b"<urn:a> <urn:p> 'x'@es , 7 .", "urn:g")
    store.post(b"<urn:b> <urn:p> <urn:c> .", "urn:g", "application/n-triples")
    assert len(list(store.get("urn:g"))) == 3
    Endpoint(f"{oxigraph}/query", update_url=f"{oxigraph}/update").update("DELETE WHERE { GRAPH <urn:g> { <urn:b> ?p ?o } }")
    assert {str(triple.subject) for triple in store.get("urn:g")} == {"<urn:a>"}
    store.delete("urn:g")
    with pytest.raises(InputError, match="answered 404"):
        list(store.get("urn:g"))


@pytest.mark.server
def test_the_endpoint_says_what_it_dislikes(oxigraph, kg):
    ran = kg("query", "SELECT ?a { ?a nope:b ?c }", "--endpoint", f"{oxigraph}/query")
    assert ran.code == 2
    assert "answered 400 Bad Request: " in ran.err
    ran = kg("query", question("who-is-who").name, "--endpoint", f"{oxigraph}/query", "--lang", "en", "--format", "csv")
    assert ran.code == 0
