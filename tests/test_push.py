"""Pushing to a graph store that is overloaded, restarts, refuses or breaks off, as a small scripted server has it."""

from __future__ import annotations

import base64
import threading
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pyoxigraph as ox
import pytest

import kg.push
from kg.errors import InputError
from kg.push import push
from kg.store import Writer, names, open_for_reading
from kg.vocabulary import BR, ID, RDF


class Scripted(ThreadingHTTPServer):
    """Answers PUTs by the script, a status and headers each, then with 201; keeps the graphs of those that it took."""

    script: list[tuple[int, dict[str, str]]]
    graphs: dict[str, bytes]
    asked: list[tuple[str, str]]
    password = ""


class Handler(BaseHTTPRequestHandler):
    server: Any

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        name = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)["graph"][0]
        self.server.asked.append((name, self.headers.get("Authorization", "")))
        expected = "Basic " + base64.b64encode(self.server.password.encode()).decode()
        if self.server.password and self.headers.get("Authorization") != expected:
            return self.answer(401, {"WWW-Authenticate": 'Basic realm="x"'})
        status, headers = self.server.script.pop(0) if self.server.script else (201, {})
        if status == 0:  # the connection breaks off
            self.close_connection = True
            return None
        if status < 300:
            self.server.graphs[name] = body
        return self.answer(status, headers)

    def answer(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": "0"}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted(("127.0.0.1", 0), Handler) as found:
        found.script, found.graphs, found.asked = [], {}, []
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


@pytest.fixture
def waits(monkeypatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(kg.push.time, "sleep", found.append)
    return found


@pytest.fixture
def store(tmp_path) -> ox.Store:
    with Writer(tmp_path / "s") as writer:
        for name in "ab":
            node = ox.NamedNode(f"{ID}article/{name}")
            writer.put(node, [ox.Triple(node, ox.NamedNode(RDF + "type"), ox.NamedNode(BR + "Article"))])
    return open_for_reading(tmp_path / "s")


def send(store: ox.Store, server: Scripted, who: str = "", **options: Any) -> list[str]:
    address = f"http://{who}127.0.0.1:{server.server_port}/store"
    return [name.value for name in push(store, names(store), address, ontology=False, **options)]


BOTH = [f"{ID}article/a", f"{ID}article/b"]


def test_what_fails_for_now_is_tried_again_after_ever_longer_waits(server, store, waits):
    server.script = [(503, {}), (500, {}), (0, {}), (429, {"Retry-After": "7"}), (201, {})]
    assert send(store, server) == BOTH
    assert [name for name, _ in server.asked] == [BOTH[0]] * 5 + [BOTH[1]]
    assert waits == [0.5, 1.0, 2.0, 7.0]
    assert sorted(server.graphs) == BOTH


def test_pushing_twice_sends_the_same_bytes_to_the_same_graphs(server, store, waits):
    send(store, server)
    once = dict(server.graphs)
    send(store, server)
    assert server.graphs == once
    assert waits == []


@pytest.mark.parametrize("status", [400, 403, 404, 405, 415])
def test_a_refusal_is_final(server, store, waits, status):
    server.script = [(201, {}), (status, {})]
    with pytest.raises(InputError, match=str(status)):
        send(store, server)
    assert (waits, list(server.graphs)) == ([], BOTH[:1])


def test_it_gives_up_after_so_many_times(server, store, waits):
    server.script = [(503, {"Retry-After": "999"})] * 10
    with pytest.raises(InputError, match="503"):
        send(store, server, retries=3)
    assert len(server.asked) == 4
    assert waits == [30.0] * 3  # no longer than half a minute, whatever the server asks for


def test_a_name_and_password_answer_a_basic_challenge(server, store, waits):
    server.password = "ana:sec ret/ñ"
    assert send(store, server, "ana:sec%20ret%2F%C3%B1@") == BOTH
    with pytest.raises(InputError, match="401") as told:
        send(store, server, "ana:equivocada@")
    assert "equivocada" not in str(told.value)
