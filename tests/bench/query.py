"""How long ``kg query`` takes: against bare pyoxigraph on the same data, against rdflib's memory store, and to start.

    python tests/bench/query.py [--triples 1000000] [--rdflib 100000] [--repeat 3] [--limit 60]

The data is the graph of the seed article over and over: every copy has articles, passages, facts and unnamed actors of its own and
its own days, while everybody with a name and every country is the same one throughout, as in a collection of articles. All figures
of a line come from one run, the ways being measured in turn. rdflib gets a smaller graph, and a question that takes it longer than
the limit is stopped and counted with the limit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import multiprocessing
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.cells import TERMS
from kg.query import RESULT_FORMATS, open_files, prepare, write
from kg.questions import Question, questions

ROOT = Path(__file__).resolve().parents[2]
SEED_GRAPH = ROOT / "exports" / "graph.ttl"
OWN = re.compile(r"/id/(article|proposal|position|event|statement|indicator|topic)/|/id/actor/\d{4}-\d\d-\d\d-")
CSV = RESULT_FORMATS["csv"]


def make_graph(path: Path, wanted: int) -> int:
    """Write N-Triples of about so many triples; the number written."""
    one = list(ox.parse(path=SEED_GRAPH, format=ox.RdfFormat.TURTLE))
    shared = [quad.triple for quad in one if not OWN.search(quad.subject.value)]
    own = [quad.triple for quad in one if OWN.search(quad.subject.value)]
    written = len(shared)
    with path.open("wb") as file:
        ox.serialize(shared, output=file, format=ox.RdfFormat.N_TRIPLES)
        copy = 0
        while written < wanted:
            ox.serialize((_copied(triple, copy) for triple in own), output=file, format=ox.RdfFormat.N_TRIPLES)
            written += len(own)
            copy += 1
    return written


def _copied(triple: ox.Triple, copy: int) -> ox.Triple:
    return ox.Triple(_term(triple.subject, copy), triple.predicate, _term(triple.object, copy))


def _term(term: ox.NamedNode | ox.Literal, copy: int) -> ox.NamedNode | ox.Literal:
    if isinstance(term, ox.Literal):
        if term.datatype.value.endswith("#date"):
            day = dt.date.fromisoformat(term.value) + dt.timedelta(days=copy)
            return ox.Literal(day.isoformat(), datatype=term.datatype)
        return term
    if not OWN.search(term.value):
        return term
    iri, hash_sign, fragment = term.value.partition("#")
    return ox.NamedNode(f"{iri}-{copy}{hash_sign}{fragment}")


def settings(question: Question) -> dict[str, str]:
    """The examples of the parameters that a question needs."""
    return {parameter.name: parameter.example for parameter in question.parameters if parameter.required}


def least(repeat: int, *ways: Callable[[], object]) -> list[float]:
    """The least time of each way, all ways in turn."""
    times = [float("inf")] * len(ways)
    for _ in range(repeat):
        for i, way in enumerate(ways):
            start = time.perf_counter()
            way()
            times[i] = min(times[i], time.perf_counter() - start)
    return times


class Timing(NamedTuple):
    """The least times of a question in seconds, ours and the other engine's, and how many rows it has."""

    name: str
    rows: int
    ours: float
    theirs: float
    stopped: bool = False


def loading(path: Path) -> Timing:
    """Reading the file by itself, the ontology's terms included in ours."""
    ours, native = least(1, lambda: open_files([path]), lambda: ox.Store().bulk_load(path=path, format=ox.RdfFormat.N_TRIPLES))
    return Timing("loading", 0, ours, native)


def against_pyoxigraph(path: Path, repeat: int) -> Iterator[Timing]:
    """Per question: our way from the user's words to CSV, and pyoxigraph's own from the ready text to CSV, on the same triples."""
    ask, store = open_files([path]), ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_TRIPLES)
    for name in TERMS:
        store.bulk_load(path=ROOT / "ontology" / name, format=ox.RdfFormat.TURTLE)
    for question in questions():
        text = prepare(question, settings(question), ask)
        answer = io.BytesIO()
        write(ask(text), answer, "csv")

        def ours(question: Question = question) -> None:
            write(ask(prepare(question, settings(question), ask)), io.BytesIO(), "csv")

        def native(text: str = text) -> None:
            results = store.query(text)
            assert isinstance(results, ox.QuerySolutions)
            results.serialize(output=io.BytesIO(), format=CSV)

        yield Timing(question.name, answer.getvalue().count(b"\r\n") - 1, *least(repeat, ours, native))


def against_rdflib(path: Path, limit: float) -> Iterator[Timing]:
    """Per question: kg and rdflib's memory store, the latter in a process that is ended at the limit."""
    ask = open_files([path])
    texts = {question.name: prepare(question, settings(question), ask) for question in questions()}
    worker = Worker(path)
    for name, text in texts.items():

        def ours(text: str = text) -> None:
            write(ask(text), io.BytesIO(), "csv")

        theirs = worker.time(text, limit)
        yield Timing(name, 0, *least(3, ours), theirs, theirs >= limit)
    worker.stop()


class Worker:
    """A process that holds a graph in rdflib and times queries; a new one is started after one had to be ended."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.start()

    def start(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=_rdflib_worker, args=(self.path, theirs), daemon=True)
        self.process.start()
        self.pipe.recv()

    def time(self, text: str, limit: float) -> float:
        self.pipe.send(text)
        if self.pipe.poll(limit):
            return float(self.pipe.recv())
        self.stop()
        self.start()
        return limit

    def stop(self) -> None:
        self.process.kill()
        self.process.join()


def _rdflib_worker(path: Path, pipe: Connection) -> None:
    import rdflib

    graph = rdflib.Graph().parse(path, format="nt")
    for name in TERMS:
        graph.parse(ROOT / "ontology" / name)
    pipe.send("ready")
    while True:
        text = pipe.recv()
        start = time.perf_counter()
        list(graph.query(text))
        pipe.send(time.perf_counter() - start)


def start_up(repeat: int) -> Iterator[tuple[str, float]]:
    """Whole processes on the committed graph, a Python that does nothing first; the least time of each in seconds."""

    def run(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)

    ways = {
        "python -c pass": ("-c", "pass"),
        "kg query --list": ("-m", "kg", "query", "--list"),
        "kg query who-proposes-what": ("-m", "kg", "query", "who-proposes-what"),
        "kg query positions-of --set actor=…": ("-m", "kg", "query", "positions-of", "--set", "actor=Claudia Sheinbaum"),
    }
    yield from zip(ways, least(repeat, *(run(*arguments) for arguments in ways.values())), strict=True)


def show(timings: Iterable[Timing], other: str) -> None:
    print(f"{'question':26}{'rows':>9}{'kg s':>9}{other + ' s':>12}{'kg/other':>10}{'other/kg':>10}")
    ours = theirs = 0.0
    for t in timings:
        ours, theirs = ours + t.ours, theirs + t.theirs
        shown = f"{t.name:26}{t.rows or '':>9}{t.ours:9.3f}{t.theirs:12.3f}{t.ours / t.theirs:10.2f}{t.theirs / t.ours:10.1f}"
        print(f"{shown}{' or more' if t.stopped else ''}", flush=True)
    print(f"{'all questions':26}{'':9}{ours:9.3f}{theirs:12.3f}{ours / theirs:10.2f}{theirs / ours:10.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rdflib", type=int, default=100_000, help="triples for rdflib; 0 leaves it out")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds that rdflib gets for a question")
    args = parser.parse_args()
    print("start-up")
    bare = 0.0
    for name, taken in start_up(max(9, args.repeat)):
        bare = bare or taken
        print(f"{name:38}{taken * 1000:7.1f} ms{taken / bare:6.1f} x")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.nt"
        if args.triples:
            print(f"\nagainst pyoxigraph, {make_graph(path, args.triples)} triples")
            load = loading(path)
            print(f"loading: kg {load.ours:.2f} s, pyoxigraph {load.theirs:.2f} s, kg/other {load.ours / load.theirs:.2f}")
            show(against_pyoxigraph(path, args.repeat), "pyoxigraph")
        if args.rdflib:
            print(f"\nagainst rdflib, {make_graph(path, args.rdflib)} triples")
            show(against_rdflib(path, args.limit), "rdflib")


if __name__ == "__main__":
    main()
