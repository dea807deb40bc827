"""What is served: a store, or files that are made into one for as long as the server runs."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.query import load_file
from kg.snapshots import open_snapshot
from kg.store import Writer


@contextlib.contextmanager
def served(store: Path | None, files: Sequence[Path]) -> Iterator[Path]:
    """The folder of a store: the one given, or a temporary one that holds the files and the ontology's terms.

    On disk, so that all workers share it and a new one need not read the files again.
    Raises :class:`InputError` for a folder without a store and for files that are missing or broken.
    """
    if store is not None:
        open_snapshot(store).close()
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="kg-serve-") as folder:
        with Writer(folder) as writer:
            for path in files:
                load_file(writer.store, path)
        yield Path(folder)
