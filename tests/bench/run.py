"""Benchmarks: ``make bench``, or ``python tests/bench/run.py [WORD…]`` for those whose name holds one of the words.

Every module ``bench_*.py`` beside this file has functions ``bench_…() -> Iterator[Row]``. What is measured is a ratio between two
things timed in turns in the same run, because seconds on one machine say nothing about another. Nothing here runs in the tests.
"""

from __future__ import annotations

import importlib
import operator
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[n]) for n in range(3)]  # the benchmarks, the tests, the checkout
sys.modules.setdefault("run", sys.modules[__name__])  # the benchmarks import from here; one copy is enough


@dataclass(frozen=True)
class Row:
    """One measured number. ``target`` is a bound such as ``"<= 6"``, or empty where there is none."""

    what: str
    value: float
    target: str = ""
    note: str = ""

    @property
    def kept(self) -> bool:
        if not self.target:
            return True
        sign, bound = self.target.split()
        return bool({"<=": operator.le, ">=": operator.ge}[sign](self.value, float(bound)))


def seconds(command: Sequence[str], *, cwd: Path | None = None) -> float:
    """The time of one run of a program, which must succeed."""
    begin = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def in_turns(*actions: Callable[[], float], times: int) -> list[float]:
    """The best time of each action, run in turns so that a busy moment of the machine meets all of them."""
    runs = [[action() for action in actions] for _ in range(times)]
    return [min(column) for column in zip(*runs, strict=True)]


def benches(words: Sequence[str]) -> Iterator[tuple[str, Callable[[], Iterator[Row]]]]:
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        module = importlib.import_module(path.stem)
        for name in sorted(vars(module)):
            if name.startswith("bench_") and (not words or any(word in f"{path.stem} {name}" for word in words)):
                yield f"{path.stem.removeprefix('bench_')}: {name.removeprefix('bench_')}", vars(module)[name]


def main(words: Sequence[str]) -> int:
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}")
    missed = 0
    for title, bench in benches(words):
        print(f"\n{title}", flush=True)
        for row in bench():
            missed += not row.kept
            verdict = f"target {row.target}{'' if row.kept else '  MISSED'}" if row.target else ""
            print(f"  {row.what:<60} {row.value:10.2f}  {verdict}  {row.note}".rstrip(), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
