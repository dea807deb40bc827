"""The store on disk: adding to a large one against adding to an empty one, and the price of opening it to ask one question."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from copies import copies, fill

from kg.query import open_store
from kg.questions import question
from kg.snapshots import current
from kg.store import Writer
from run import Row

TRIPLES = int(os.environ.get("KG_BENCH_TRIPLES", 1_000_000))
QUESTION = "who-proposes-what"


def bench_store_add() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large"
        begin = time.perf_counter()
        articles = fill(large, TRIPLES)
        took = time.perf_counter() - begin
        yield Row(
            f"articles/s into a store of {TRIPLES:,} triples", articles / took, "", f"{TRIPLES / took:,.0f} triples/s, compacted"
        )
        times: dict[str, list[float]] = {"large": [], "empty": []}
        for i, graph in enumerate(copies(1_000_000, 9)):
            with Writer(Path(folder) / f"empty{i}"):
                pass
            for name, place in (("large", large), ("empty", Path(folder) / f"empty{i}")):
                begin = time.perf_counter()
                with Writer(place) as store:
                    store.put(*graph)
                times[name].append(time.perf_counter() - begin)
        best, middle = ({name: f(found) for name, found in times.items()} for f in (min, statistics.median))
        note = f"median {middle['large'] / middle['empty']:.2f}; {best['large'] * 1000:.0f} ms and {best['empty'] * 1000:.0f} ms"
        yield Row(f"add an article to {TRIPLES:,} triples / to none", best["large"] / best["empty"], "<= 1.3", note)
        yield from _asking(large)


def _asking(folder: Path) -> Iterator[Row]:
    text = question(QUESTION).text

    def ours() -> None:
        for _ in open_store(folder)(text):  # type: ignore[union-attr]
            pass

    def theirs() -> None:
        for _ in ox.Store.read_only(str(folder / "kg" / "snapshots" / current(folder))).query(text):  # type: ignore[union-attr]
            pass

    best = []
    for action in (ours, theirs, ours, theirs, ours, theirs):
        begin = time.perf_counter()
        action()
        best.append(time.perf_counter() - begin)
    yield Row(
        f"open and answer {QUESTION} / pyoxigraph alone", min(best[::2]) / min(best[1::2]), "<= 5", f"{min(best[::2]):.2f} s"
    )
