"""Triples of any number of articles, merged and sorted in bounded memory.

An external merge sort (Knuth, *The Art of Computer Programming*, vol. 3, §5.4): every article brings its triples as the sorted lines
of :mod:`kg.ntriples`; a spool keeps up to :data:`LIMIT` bytes of them, writes each full load as one sorted run to a temporary file,
and merges the runs at the end, leaving out repeated triples. The lines sort as :func:`kg.rdf.order` does, so the Turtle that comes
out is the same, byte for byte, as that of all triples sorted at once.
"""

from __future__ import annotations

import heapq
import itertools
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from kg import ntriples, rdf
from kg.errors import OutputError

LIMIT = 16 * 2**20  # bytes of lines held in memory; some four times that as Python strings
TURTLE_BATCH = 5_000  # triples turned into Turtle at once


class Spool:
    """Collects :func:`kg.ntriples.lines`, then gives them back merged. A context manager: its temporary files go when it ends.

    ``folder`` is where they are written, if there are more than memory should hold: beside the result, where there is room for it.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._folder, self._limit = folder, limit
        self._held: list[bytes] = []
        self._size = 0
        self._runs: list[Path] = []
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self.subjects: Counter[str] = Counter()  # by class, filled while triples are given back
        self.triples = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._temporary:
            self._temporary.cleanup()

    def add(self, chunk: bytes) -> None:
        """Take the lines of one article. Raises :class:`OutputError` where a full load cannot be written to disk."""
        self._held.append(chunk)
        self._size += len(chunk)
        if self._size > self._limit:
            self._write_run()

    def turtle(self, base: str) -> Iterator[bytes]:
        """All triples as Turtle, in pieces: together what :func:`kg.rdf.turtle` makes of them."""
        batch: list[str] = []
        first = True
        for _, group in itertools.groupby(self._merged(), key=lambda line: line.partition("\t")[0]):
            own = list(group)
            self._count(own)
            batch += own
            if len(batch) >= TURTLE_BATCH:
                yield _piece(batch, base, first)
                batch, first = [], False
        if batch or first:
            yield _piece(batch, base, first)

    def _count(self, subject: list[str]) -> None:
        self.triples += len(subject)
        for line in subject:
            _, predicate, value = line.split("\t", 2)
            if predicate:
                break
            self.subjects[value[:-1].removesuffix(">").rpartition("#")[2]] += 1

    def _merged(self) -> Iterator[str]:
        """Every line once, in order."""
        runs = [path.open(encoding="utf-8", newline="\n") for path in self._runs]
        try:
            for line, _ in itertools.groupby(heapq.merge(self._load(), *runs)):
                yield line
        finally:
            for file in runs:
                file.close()

    def _load(self) -> list[str]:
        """What is held, each line once. Not ``splitlines``: a literal may hold other characters that it takes for line ends."""
        return sorted({f"{line}\n" for chunk in self._held for line in chunk.decode().split("\n") if line})

    def _write_run(self) -> None:
        try:
            if self._temporary is None:
                self._temporary = tempfile.TemporaryDirectory(dir=self._folder, prefix=".kg-")
            path = Path(self._temporary.name) / str(len(self._runs))
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(self._load())
        except OSError as error:
            raise OutputError(
                f"{self._folder}: cannot be written ({error.strerror or error}); expected room for the graph"
            ) from error
        self._runs.append(path)
        self._held, self._size = [], 0


def _piece(batch: list[str], base: str, first: bool) -> bytes:
    """Lines as Turtle; the head with the prefixes stands before the first piece only, an empty line between two."""
    data = rdf.turtle_of_sorted(ntriples.triples("".join(batch)), base)
    return data if first else b"\n" + data.partition(b"\n\n")[2]
