"""How fast Turtle is written, as a multiple of rdflib's own serialiser's time for the same triples."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import rdflib
from copies import copies

from kg.rdf import turtle
from run import Row, in_turns

ARTICLES = 20


def bench_turtle() -> Iterator[Row]:
    triples = [triple for _, found in copies(0, ARTICLES) for triple in found]
    other = rdflib.Graph().parse(data=turtle(triples), format="turtle")
    theirs, ours = in_turns(_timed(lambda: other.serialize(format="turtle")), _timed(lambda: turtle(triples)), times=3)
    yield Row(f"rdflib's time / kg's time to write {len(triples):,} triples as Turtle", theirs / ours, ">= 3")


def _timed(action: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        begin = time.perf_counter()
        action()
        return time.perf_counter() - begin

    return run
