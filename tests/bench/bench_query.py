"""``kg query`` against bare pyoxigraph on a million triples, and against rdflib's memory store; :mod:`query` has the details."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from query import against_pyoxigraph, against_rdflib, loading, make_graph, start_up

from run import Row


def bench_start() -> Iterator[Row]:
    (_, bare), *others = start_up(15)
    for name, taken in others:
        yield Row(f"{name} / python -c pass", taken / bare, "<= 8")


def bench_million_triples() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.nt"
        written = make_graph(path, 1_000_000)
        load = loading(path)
        yield Row("loading: kg / pyoxigraph", load.ours / load.theirs, "", f"{written} triples")
        timings = list(against_pyoxigraph(path, 3))
        ours, theirs = sum(t.ours for t in timings), sum(t.theirs for t in timings)
        yield Row(f"{len(timings)} questions: kg / pyoxigraph", ours / theirs, "<= 1.2", f"{ours:.1f} s against {theirs:.1f} s")


def bench_rdflib() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.nt"
        written = make_graph(path, 100_000)
        timings = list(against_rdflib(path, 60.0))
        stopped = sum(t.stopped for t in timings)
        factor = sum(t.theirs for t in timings) / sum(t.ours for t in timings)
        note = f"{written} triples; {stopped} questions stopped after 60 s in rdflib"
        yield Row(f"{len(timings)} questions: rdflib / kg", factor, ">= 10", note)
