"""The endpoint under load: clients with named questions, alone and beside hostile queries; in the same run the Oxigraph server and
rdflib-endpoint on the same data, where they are installed.

``KG_BENCH_TRIPLES``, ``KG_BENCH_SECONDS`` and ``KG_BENCH_CLIENTS`` set the size, ``KG_BENCH_SERVERS`` whom to ask (``kg-uncached`` is
``kg serve --cache 0``), ``KG_BENCH_STORE`` a store that is there already; everything stays on loopback. No two hostile queries are the
same text, so that nothing is gained by remembering them. Servers start with nothing remembered.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from copies import fill

from kg.errors import InputError
from kg.query import open_store, prepare
from kg.questions import questions
from kg.snapshots import current
from run import Row

TRIPLES = int(os.environ.get("KG_BENCH_TRIPLES", 100_000))
SECONDS = float(os.environ.get("KG_BENCH_SECONDS", 20))
CLIENTS = int(os.environ.get("KG_BENCH_CLIENTS", 50))
SERVERS = os.environ.get("KG_BENCH_SERVERS", "kg kg-uncached oxigraph rdflib").split()
TIMEOUT = 10
HOSTILE = (
    "SELECT (COUNT(*) AS ?n) WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != {number}) }}",
    "SELECT (COUNT(*) AS ?n) WHERE {{ ?a (!<x:{number}>|^!<x:{number}>)* ?b . ?b (!<x:y>|^!<x:y>)* ?c }}",
)
RDFLIB = """
import sys, uvicorn
from rdflib import Graph
from rdflib_endpoint import SparqlEndpoint
graph = Graph()
graph.parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""


@dataclass
class Load:
    """What the clients met: answers by kind, latencies of right ones in seconds."""

    answers: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    hostile: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    read: dict[bytes, str] = field(default_factory=dict)

    def rows(self, body: bytes) -> str:
        """:func:`rows`, once for the same bytes: the clients share the machine with the server."""
        key = hashlib.blake2b(body).digest()
        if key not in self.read:
            self.read[key] = rows(body)
        return self.read[key]

    @property
    def right(self) -> int:
        return self.answers["right"]

    def told(self) -> str:
        late = sorted(self.latencies)
        slow = f", 95 % within {late[int(len(late) * 0.95)]:.2f} s" if late else ""
        others = ", ".join(f"{number} {kind}" for kind, number in sorted(self.answers.items()) if kind != "right")
        return f"{self.right} right{f', {others}' if others else ''}{slow}{f'; hostile: {dict(self.hostile)}' if self.hostile else ''}"


def rows(body: bytes) -> str:
    return hashlib.sha256(b"\n".join(sorted(body.replace(b"\r", b"").split(b"\n")))).hexdigest()


def good_queries(folder: Path) -> dict[str, str]:
    """The named questions with their examples → a digest of the right answer's rows, by pyoxigraph itself."""
    ask = open_store(folder)
    found = {}
    for asked in questions():
        with contextlib.suppress(InputError):  # an example that the data do not hold
            text = prepare(asked, {p.name: p.example for p in asked.parameters if p.required}, ask)
            result = ask(text)
            if isinstance(result, ox.QuerySolutions):
                found[text] = rows(result.serialize(format=ox.QueryResultsFormat.CSV) or b"")
    return found


def post(port: int, path: str, query: str, timeout: float) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    with contextlib.closing(connection):
        body = urllib.parse.urlencode({"query": query})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/csv"}
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()


def load(port: int, path: str, good: Mapping[str, str], *, hostile: bool) -> Load:
    """Clients one after the other's answer, for so many seconds; two hostile queries every second where asked for."""
    found = Load()
    end = time.monotonic() + SECONDS

    def client(number: int) -> None:
        choice = random.Random(number)
        while time.monotonic() < end:
            text = choice.choice(list(good))
            begin = time.monotonic()
            try:
                status, body = post(port, path, text, 1.5 * TIMEOUT)
                kind = ("right" if found.rows(body) == good[text] else "wrong") if status == 200 else str(status)
            except (OSError, http.client.HTTPException):
                kind = "no answer"
            if kind not in ("right", "wrong"):
                time.sleep(0.05)
            with found.lock:
                if time.monotonic() < end + 1 or kind == "wrong":
                    found.answers[kind] += 1
                if kind == "right":
                    found.latencies.append(time.monotonic() - begin)

    def attack(text: str) -> None:
        try:
            status, _ = post(port, path, text, 2 * TIMEOUT)
        except (OSError, http.client.HTTPException):
            status = 0
        with found.lock:
            found.hostile[status] += 1

    threads = [threading.Thread(target=client, args=(i,), daemon=True) for i in range(CLIENTS)]
    for thread in threads:
        thread.start()
    number = 0
    while hostile and time.monotonic() < end:
        for text in HOSTILE:
            number += 1
            threading.Thread(target=attack, args=(text.format(number=number),), daemon=True).start()
        time.sleep(1)
    for thread in threads:
        thread.join(max(0.0, end + 1.5 * TIMEOUT - time.monotonic()))
    return found


def memory(pid: int) -> float:
    """MB that a process and those below it hold (shared pages divided among those who share them)."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents.setdefault(int(path.read_text().rpartition(")")[2].split()[1]), []).append(int(path.parent.name))
    total, todo = 0, [pid]
    while todo:
        one = todo.pop()
        todo += parents.get(one, [])
        with contextlib.suppress(OSError):
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1024


@contextlib.contextmanager
def server(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(3000):
            if process.poll() is not None:
                raise RuntimeError(f"{command[0]}: ended with {process.returncode} before it answered; expected a server")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def bench_serve() -> Iterator[Row]:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whoever ends us, ends our servers
    with tempfile.TemporaryDirectory() as folder:
        store = Path(os.environ.get("KG_BENCH_STORE", Path(folder) / "store"))
        if not store.exists():
            fill(store, TRIPLES)
        good = good_queries(store)
        yield Row(
            "named questions asked, on triples", len(good), ">= 25", f"{TRIPLES:,} triples, {CLIENTS} clients, {SECONDS:g} s each"
        )
        if "kg" in SERVERS:
            command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--timeout", str(TIMEOUT)]
            yield from _measure("kg serve", command, "--port", "/sparql", good, ">= 0.5")
        if "kg-uncached" in SERVERS:
            command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--timeout", str(TIMEOUT), "--cache", "0"]
            yield from _measure("kg serve --cache 0", command, "--port", "/sparql", good, "")
        snapshot = store / "kg" / "snapshots" / current(store)
        oxigraph = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
        if "oxigraph" in SERVERS and oxigraph:
            command = [oxigraph, "serve-read-only", "-l", str(snapshot), "--timeout-s", str(TIMEOUT)]
            yield from _measure("oxigraph", command, "-b", "/query", good, "")
        installed = subprocess.run([sys.executable, "-c", "import rdflib_endpoint"], capture_output=True).returncode == 0
        if "rdflib" in SERVERS and installed:
            lines = Path(folder) / "all.nt"
            ox.Store.read_only(str(snapshot)).dump(str(lines), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
            yield from _measure("rdflib-endpoint", [sys.executable, "-c", RDFLIB, str(lines)], "", "/", good, "")


def _measure(name: str, command: list[str], option: str, path: str, good: Mapping[str, str], target: str) -> Iterator[Row]:
    port = free_port()
    where = {"-b": ["-b", f"127.0.0.1:{port}"], "": [str(port)]}.get(option, [option, str(port)])
    with server([*command, *where], port) as process:
        for text in list(good)[:10]:
            with contextlib.suppress(OSError, http.client.HTTPException):
                post(port, path, text, 2)  # everybody's files are read once
        alone = load(port, path, good, hostile=False)
        before = memory(process.pid)
        beside = load(port, path, good, hostile=True)
        time.sleep(TIMEOUT + 1)  # until the last hostile query must have ended
        after = memory(process.pid)
        alive = process.poll() is None
    yield Row(f"{name}: right answers/s", alone.right / SECONDS, "", alone.told())
    yield Row(f"{name}: right answers/s beside hostile queries", beside.right / SECONDS, "", beside.told())
    if alone.right:
        yield Row(f"{name}: beside hostile queries / without", beside.right / alone.right, target)
    wrong = alone.answers["wrong"] + beside.answers["wrong"]
    yield Row(
        f"{name}: wrong answers",
        wrong,
        "<= 0" if name.startswith("kg") else "",
        f"{before:.0f} MB before, {after:.0f} MB after; {'up' if alive else 'DOWN'}",
    )
