"""Writing files so that nobody ever sees half of one: to a temporary name beside the target, then renamed over it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import OutputError


def write_atomic(path: str | Path, data: bytes) -> None:
    """Write ``data`` to ``path``; missing folders are made. Raises :class:`OutputError`, and leaves an older file as it was."""
    with atomic_writer(path) as file:
        file.write(data)


@contextlib.contextmanager
def atomic_writer(path: str | Path) -> Iterator[BinaryIO]:
    """A binary file that becomes ``path`` when the block ends without an error, and vanishes when it ends with one.

    A target that is no regular file (a pipe, ``/dev/stdout``) cannot be renamed over and is written to directly.
    Raises :class:`OutputError` where the folder or the file cannot be written.
    """
    target = Path(os.path.realpath(path))
    make_folder(target.parent)
    if target.is_dir():
        raise OutputError(f"{path}: is a folder; expected a file name")
    if target.exists() and not target.is_file():
        with _told_as_output_error(path), target.open("wb") as file:
            yield file
        return
    temporary = target.with_name(f".{target.name}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
    try:
        with _told_as_output_error(path):
            with temporary.open("xb") as file:
                yield file
            temporary.replace(target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def make_folder(path: str | Path) -> Path:
    """The folder ``path``, made with its parents where it is missing. Raises :class:`OutputError`."""
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot make this folder ({error.strerror or error}); expected a place to write to"
        ) from error
    return folder


def check_writable(folder: str | Path) -> Path:
    """The folder ``folder``, made where it is missing, after a trial; so that long work does not end in a refusal.

    Raises :class:`OutputError`.
    """
    made = make_folder(folder)
    trial = made / f".{os.getpid()}.{os.urandom(4).hex()}.tmp"
    with _told_as_output_error(folder):
        trial.touch(exist_ok=False)
        trial.unlink()
    return made


@contextlib.contextmanager
def _told_as_output_error(path: str | Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}); expected a writable place") from error
