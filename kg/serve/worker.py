"""A worker process: answers one job after the other on a read-only snapshot, until it is killed or nobody asks any more.

pyoxigraph cannot stop a query, so whoever wants one stopped kills its process (:mod:`kg.serve.pool`). A worker takes up a newer
snapshot of the store before its next job.
"""

from __future__ import annotations

import io
import os
import signal
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from kg.errors import KgError
from kg.processes import end_with_parent
from kg.query import explain_syntax_error
from kg.serve.confinement import confine
from kg.serve.jobs import GRAPHS, RESULTS, Map, Query, Reply
from kg.snapshots import Snapshot, current, open_snapshot
from kg.store import TERMS_GRAPH
from kg.vocabulary import BR, ID, PREFIXES


class _TooLargeError(Exception):
    """More bytes than a result may have."""


class _Limited(io.RawIOBase):
    """A buffer that takes so many bytes and no more."""

    def __init__(self, limit: int) -> None:
        self.limit, self.data = limit, bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        data = bytes(piece)  # type: ignore[call-overload]
        if len(self.data) + len(data) > self.limit:
            raise _TooLargeError
        self.data += data
        return len(data)


def work(connection: Connection, folder: Path, limit: int, memory: int) -> None:
    """Answer jobs from ``connection``: results of at most ``limit`` bytes, in at most ``memory`` bytes of data."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's business
    end_with_parent()
    confine(memory)
    snapshot: Snapshot | None = None
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            os._exit(0)
        try:
            if snapshot is None or snapshot.name != current(folder):
                if snapshot is not None:
                    snapshot.close()
                snapshot = open_snapshot(folder)
            reply = _map(snapshot.store, job) if isinstance(job, Map) else _answer(snapshot.store, job, limit)
            reply = replace(reply, snapshot=snapshot.name)
        except KgError as error:
            reply = Reply("failed", message=str(error))
        except MemoryError:
            reply = Reply("failed", message="the query needs more memory than it may have; expected a smaller one")
        try:
            connection.send(reply)
        except OSError:
            os._exit(0)


def _answer(store: ox.Store, job: Query, limit: int) -> Reply:
    out = _Limited(limit)
    named, default = _nodes(job.named_graphs), _nodes(job.default_graphs)
    try:
        results = store.query(job.text, prefixes=dict(PREFIXES), base_iri=ID, default_graph=default, named_graphs=named)
        if isinstance(results, ox.QueryTriples):
            ox.serialize(results, output=cast(BinaryIO, out), format=GRAPHS[job.format], prefixes=dict(PREFIXES))
        else:
            results.serialize(output=cast(BinaryIO, out), format=RESULTS[job.format])
    except SyntaxError as error:
        return Reply("syntax", message=explain_syntax_error(error, job.text))
    except _TooLargeError:
        return Reply("too-large", message=f"the result is larger than {limit / 2**20:g} MB; expected a query with a LIMIT")
    except (OSError, RuntimeError, ValueError) as error:
        return Reply("failed", message=f"the query cannot be answered ({' '.join(str(error).split())[:200]})")
    return Reply("ok", bytes(out.data))


def _nodes(iris: tuple[str, ...] | None) -> Any:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def _map(store: ox.Store, job: Map) -> Reply:
    """The map of what stands in the default graph, without the ontology's terms."""
    kinds = " ".join(f"<{BR}{kind}>" for kind in ("Proposal", "Position", "Event", "Statement", "Indicator"))
    rows = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ VALUES ?kind {{ {kinds} }} ?fact a ?kind }}")
    assert isinstance(rows, ox.QuerySolutions)
    facts = int(next(iter(rows))["n"].value)
    if not 0 < facts <= job.most:
        return Reply("refused", message=f"{facts:,} facts; expected at least one and at most {job.most:,} for one page")
    from kg.map.page import render

    data = ox.Store()
    terms = {quad.triple for quad in store.quads_for_pattern(None, None, None, TERMS_GRAPH)}
    everything = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    data.bulk_extend(quad for quad in everything if quad.triple not in terms)
    return Reply("ok", render(data, lang=job.language).encode("utf-8"))
