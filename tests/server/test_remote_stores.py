"""Pushing to other projects' triple stores and asking them: real servers on loopback, with data of their own in a temporary folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT
from kg.errors import InputError
from kg.push import push
from kg.query import open_store
from kg.questions import question
from kg.remote import Endpoint, GraphStore
from kg.store import TERMS_GRAPH, Writer, names, open_for_reading
from kg.vocabulary import ID, PREFIXES

pytestmark = pytest.mark.server
GRAPH = ROOT / "exports" / "graph.ttl"
QUESTIONS = ("who-proposes-what", "who-is-who", "open-proposals", "direct-quotes")


@dataclass(frozen=True)
class Server:
    """Where a server answers queries and takes graphs, and where it wants to be told which graphs a query is about."""

    query: str
    graphs: str
    names_graphs: bool = False


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], port: int, log: Path, patience: float, **options: object) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, **options)  # type: ignore[call-overload]
        try:
            end = time.monotonic() + patience
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                if process.poll() is not None or time.monotonic() > end:
                    pytest.fail(f"{command[0]} does not listen: {log.read_text(errors='replace')[-2000:]}")
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory):
    program = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("no oxigraph server: pip install '.[server]'")
    folder, port = tmp_path_factory.mktemp("oxigraph"), free_port()
    command = [program, "serve", "-b", f"127.0.0.1:{port}", "-l", str(folder / "data"), "--union-default-graph"]
    with running(command, port, folder / "log", 15):
        yield Server(f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/store")


VIRTUOSO = """
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
ServerThreads = 10
DirsAllowed = {folder}
SchedulerInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 100000
"""


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory):
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("no virtuoso-t: install Debian's 'virtuoso-opensource-7-bin' and 'virtuoso-opensource-7'")
    folder, port = tmp_path_factory.mktemp("virtuoso"), free_port()
    settings = folder / "v.ini"
    settings.write_text(VIRTUOSO.format(folder=folder, sql=free_port(), http=port), encoding="utf-8")
    command = [program, "+foreground", "+configfile", str(settings)]
    with running(command, port, folder / "log", 120, cwd=folder):
        base = f"http://127.0.0.1:{port}"
        yield Server(f"{base}/sparql", f"http://dba:dba@127.0.0.1:{port}/sparql-graph-crud-auth", names_graphs=True)


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store with the seed article and a small second one that shares an actor with it."""
    folder = tmp_path_factory.mktemp("store") / "s"
    seed = [quad.triple for quad in ox.parse(path=GRAPH, format=ox.RdfFormat.TURTLE)]
    other = ox.NamedNode(ID + "article/otro")
    shared = [t for t in seed if t.subject == ox.NamedNode(ID + "actor/mx")]
    with Writer(folder) as writer:
        writer.put(ox.NamedNode(ID + "article/2026-01-16-mexico-eeuu-tropas"), seed)
        writer.put(other, [*shared, ox.Triple(other, ox.NamedNode(PREFIXES["dcterms"] + "title"), ox.Literal("Ñandú: «¿qué?»\n\"'\\", language="es"))])  # fmt: skip  # noqa: E501
    return folder


def canonical(triples) -> set[str]:
    """Triples as text, in a store's own spelling of literals."""
    mem = ox.Store()
    mem.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return {str(quad.triple) for quad in mem}


def test_what_is_pushed_arrives_and_pushing_twice_is_pushing_once(server, store):
    read = open_for_reading(store)
    for _ in range(2):
        assert list(push(read, names(read), server.graphs, ontology=False)) == names(read)
    for name in names(read):
        here = canonical(quad.triple for quad in read.quads_for_pattern(None, None, None, name))
        assert canonical(GraphStore(server.graphs).get(name.value)) == here


def answers(rows) -> list[list[str]]:
    """The cells as text. Unbound is empty: Virtuoso gives ``""`` where a function is called on nothing, and others an unbound cell."""
    return [["" if cell is None else cell.value for cell in row] for row in rows]


@pytest.mark.parametrize("name", QUESTIONS)
def test_named_questions_have_the_same_answers_there(server, store, name):
    read = open_for_reading(store)
    list(push(read, names(read), server.graphs))
    graphs = (*(name.value for name in names(read)), TERMS_GRAPH.value)
    there = Endpoint(server.query, default_graphs=graphs if server.names_graphs else ())
    text = question(name).text
    rows, here = answers(there.query(text)), answers(open_store(store)(text))
    assert sorted(map(str, rows)) == sorted(map(str, here))
    assert rows


def test_the_command_pushes_and_asks(oxigraph, store, kg):
    ran = kg("store", "push", store, "--endpoint", oxigraph.graphs, "--only", "otro", "--no-ontology")
    assert (ran.code, ran.out) == (0, "1 article sent\n")
    asked = kg("query", "SELECT ?t WHERE { <article/otro> dcterms:title ?t }", "--endpoint", oxigraph.query, "--format", "csv")
    assert asked.code == 0, asked.err
    assert "Ñandú" in asked.out


def test_a_wrong_password_is_one_line_without_the_password(virtuoso, store, kg):
    ran = kg("store", "push", store, "--endpoint", virtuoso.graphs.replace("dba:dba@", "dba:equivocada@"))
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "401" in ran.err
    assert "equivocada" not in ran.err


def test_nobody_there_is_tried_again_and_told(store, kg):
    begin = time.monotonic()
    ran = kg("store", "push", store, "--endpoint", f"http://127.0.0.1:{free_port()}/store", "--retries", "1")
    assert ran.code == 2
    assert "connection refused" in ran.err
    assert time.monotonic() - begin >= 0.5


def test_a_server_that_comes_up_late_gets_everything(store, tmp_path):
    program = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("no oxigraph server: pip install '.[server]'")
    port = free_port()
    read = open_for_reading(store)
    sending = push(read, names(read), f"http://127.0.0.1:{port}/store", retries=4)
    with pytest.raises(InputError, match="connection refused"):
        list(push(read, names(read), f"http://127.0.0.1:{port}/store", retries=0))
    code = "import subprocess, sys, time; time.sleep(1); sys.exit(subprocess.call(sys.argv[1:]))"
    process = subprocess.Popen([sys.executable, "-c", code, program, "serve", "-b", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip  # noqa: E501
    try:
        assert len(list(sending)) == 3
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
