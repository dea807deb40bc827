"""How long it takes until a command does something, as a multiple of the bare interpreter's own start."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial

from conftest import ROOT
from run import Row, in_turns, seconds

KG = (sys.executable, "-m", "kg")
GRAPH = str(ROOT / "exports" / "graph.ttl")
COMMANDS = (
    (("--help",), "<= 6"),
    (("query", "--list"), "<= 8"),
    (("query", "who-proposes-what", "--data", GRAPH), "<= 8"),
    (("build", "--help"), "<= 8"),
)


def bench_start() -> Iterator[Row]:
    bare = partial(seconds, (sys.executable, "-c", "pass"))
    for arguments, target in COMMANDS:
        with_kg, without = in_turns(partial(seconds, (*KG, *arguments), cwd=ROOT), bare, times=15)
        shown = " ".join(arguments).replace(GRAPH, "exports/graph.ttl")
        yield Row(f"kg {shown} / python -c pass", with_kg / without, target)
