"""One writer and any number of readers on a store's folder: a lock for the writer, unchanging snapshots for the readers.

Oxigraph's files must not be read by one process while another one writes them. So nobody reads a store's own files: when a writer
is done, it leaves a snapshot, a RocksDB checkpoint made of hard links (https://github.com/facebook/rocksdb/wiki/Checkpoints), and
readers open the newest one. They see whole articles only, and whoever reads goes on reading while others write. The folder holds::

    *.sst, MANIFEST-…, …     the store itself, as any Oxigraph program reads it when nobody writes
    kg/writer.lock           held (flock) by the writer; its text is the writer's process id
    kg/unpublished           there from a writer's first change until its snapshot is made, and after a writer that was killed
    kg/current               the name of the newest snapshot
    kg/snapshots/NAME        a snapshot; NAME.lock is held, shared, by its readers, and kept from being removed by that
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, KgError, OutputError
from kg.writing import make_folder, write_atomic

try:
    import fcntl
except ImportError:  # Windows: no locks, one process at a time
    fcntl = None  # type: ignore[assignment]

OWN = "kg"
LOGS = 64 * 2**20  # bytes


class StoreBusyError(KgError):
    """Another process writes the store."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot that is being read. ``lock`` is the open file that keeps it from being removed; :meth:`close` lets go of it."""

    store: ox.Store
    name: str
    lock: int

    def close(self) -> None:
        """Let go of the snapshot; the store must not be used after that."""
        with contextlib.suppress(OSError):
            os.close(self.lock)


def is_store(folder: Path) -> bool:
    """Whether the folder holds a store of ours, finished or not."""
    return (folder / OWN / "current").is_file() or (folder / OWN / "unpublished").is_file()


def current(folder: Path) -> str:
    """The name of the newest snapshot. Raises :class:`InputError` where the folder holds no store."""
    try:
        return (folder / OWN / "current").read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{folder}: holds no store; expected a folder made by 'kg store init' or 'kg store add'") from None


def open_snapshot(folder: Path) -> Snapshot:
    """The newest state for reading; after a writer that was killed, everything it had finished.

    Raises :class:`InputError` where the folder holds no store or a broken one.
    """
    folder = Path(folder)
    if (folder / OWN / "unpublished").exists():
        _publish_what_was_left(folder)
    while True:
        name = current(folder)
        place = folder / OWN / "snapshots" / name
        try:
            lock = os.open(f"{place}.lock", os.O_RDONLY)
        except OSError:
            if current(folder) == name:
                raise InputError(f"{folder}: its snapshot {name} is missing; run 'kg store compact' to make another") from None
            continue
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_SH)
        if place.is_dir():  # it may have been removed before the lock was ours
            break
        os.close(lock)
    try:
        return Snapshot(ox.Store.read_only(str(place)), name, lock)
    except (OSError, ValueError) as error:
        os.close(lock)
        raise InputError(f"{folder}: cannot be opened ({_one_line(error)}); expected a store made by 'kg store add'") from error


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the writer while the block runs. Makes the folder where it is missing.

    Raises :class:`StoreBusyError` at once where somebody else is it, :class:`InputError` where the folder holds other things.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; expected the folder of a store")
    if folder.is_dir() and not (folder / OWN).is_dir() and any(folder.iterdir()):
        raise InputError(f"{folder}: holds other files; expected a store's folder, or a new or empty one")
    make_folder(folder / OWN / "snapshots")
    path = folder / OWN / "writer.lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror}); expected a writable store") from error
    try:
        if fcntl:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                pid = os.read(handle, 20).decode("ascii", errors="replace").strip()
                raise StoreBusyError(
                    f"{folder}: is being written by {f'process {pid}' if pid else 'another process'}; expected one writer at a time"
                ) from None
        with contextlib.suppress(OSError):  # on a full disk the number is missing, nothing else
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode("ascii"), 0)
        yield
    finally:
        os.close(handle)


def open_live(folder: Path) -> tuple[ox.Store, bool]:
    """The store itself, for the holder of the lock, and whether a killed writer left something in it that is to be published.

    Whatever is changed from now on is marked as unpublished before it is.
    """
    mark = folder / OWN / "unpublished"
    try:
        left = mark.exists() or not (folder / OWN / "current").exists()
        mark.touch()
        return ox.Store(str(folder)), left
    except OSError as error:
        raise OutputError(f"{folder}: cannot be opened for writing ({_one_line(error)}); expected a writable store") from error


def nothing_to_publish(folder: Path) -> None:
    """Take back the mark of :func:`open_live`: nothing was changed."""
    (folder / OWN / "unpublished").unlink(missing_ok=True)


def publish(store: ox.Store, folder: Path) -> None:
    """Leave a snapshot of the store for readers, and remove those that nobody reads any more. For the holder of the lock.

    Raises :class:`OutputError` where there is no room for it; the older snapshot stays.
    """
    snapshots = folder / OWN / "snapshots"
    taken = [int(path.name.partition(".")[0]) for path in snapshots.iterdir() if path.name.partition(".")[0].isdigit()]
    name = f"{max(taken, default=0) + 1:08d}"
    try:
        (snapshots / f"{name}.lock").touch()
        store.backup(str(snapshots / name))
    except OSError as error:
        raise OutputError(
            f"{folder}: no snapshot could be made ({_one_line(error)}); expected room on the disk; what was added is kept"
        ) from error
    write_atomic(folder / OWN / "current", name.encode("ascii"))
    with contextlib.suppress(OSError):
        (folder / OWN / "unpublished").unlink()
    _prune(snapshots, name)


def drop_logs(folder: Path) -> None:
    """Have the engine remove the logs of what stands in its tables by now, where they are large. For the holder of the lock.

    It does so only when it opens the store, and logs of a long run may be larger than all of its tables.
    """
    published = not (folder / OWN / "unpublished").exists()
    if published and sum(path.stat().st_size for path in folder.glob("*.log")) > LOGS:
        with contextlib.suppress(OSError):
            ox.Store(str(folder))


def _publish_what_was_left(folder: Path) -> None:
    """After a writer that was killed: make the snapshot in its place, unless somebody writes again or we may not."""
    with contextlib.suppress(StoreBusyError, OutputError), locked(folder):
        if (folder / OWN / "unpublished").exists():
            publish(open_live(folder)[0], folder)


def _prune(snapshots: Path, keep: str) -> None:
    """Remove the snapshots that nobody reads, also the unfinished ones of killed writers."""
    for place in sorted({path.name.partition(".")[0] for path in snapshots.iterdir()} - {keep}):
        lock = snapshots / f"{place}.lock"
        with contextlib.suppress(OSError):
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                if fcntl:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for leftover in snapshots.glob(f"{place}*"):
                    if leftover != lock:
                        shutil.rmtree(leftover, ignore_errors=True)
                lock.unlink()
            finally:
                os.close(handle)


def _one_line(said: object) -> str:
    line = " ".join(str(said).split())
    return line if len(line) <= 200 else line[:199] + "…"
