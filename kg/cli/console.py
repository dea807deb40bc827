"""What all commands share at the terminal: notes, tables, a progress bar, and ``-`` for standard input and output.

Results go to standard output, everything else to standard error. Colour, boxes and bars appear only on a terminal and are made by
rich, which is imported no earlier; in a pipe the same rows come as plain text.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

import click

from kg.errors import InputError
from kg.writing import write_atomic

Advance = Callable[[str], None]


def result(text: str) -> None:
    """A line of the result, to standard output."""
    click.echo(text)


def note(text: str, *, where: str = "kg") -> None:
    """One line beside the result, to standard error: a notice, a skipped input. Above the bar, where one is shown."""
    # print and not click.echo, which writes past the stream that rich puts in the place of standard error
    print(f"{coloured(where, 'yellow', sys.stderr)}: {text}", file=sys.stderr)


def coloured(text: str, colour: str, stream: TextIO) -> str:
    """The text in a colour where the stream is a terminal whose user has not asked for none (https://no-color.org)."""
    plain = not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain else click.style(text, fg=colour)


def emit(data: bytes, target: str | Path | None) -> None:
    """Write ``data`` to the file ``target``; ``-`` or nothing is standard output. Raises OutputError."""
    if target is None or str(target) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_atomic(target, data)


def stdin() -> BinaryIO:
    """Standard input as bytes."""
    return sys.stdin.buffer


def read(source: str | Path) -> bytes:
    """The bytes of the file ``source``; ``-`` is standard input. Raises InputError."""
    if str(source) == "-":
        return stdin().read()
    try:
        return Path(source).read_bytes()
    except IsADirectoryError:
        raise InputError(f"{source}: is a folder; expected a file") from None
    except FileNotFoundError:
        raise InputError(f"{source}: no such file; expected a readable file") from None
    except OSError as error:
        raise InputError(f"{source}: cannot be read ({error.strerror or error}); expected a readable file") from None


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str | None = None, right: Iterable[str] = ()) -> None:
    """Rows under headings on standard output; the columns named in ``right`` are set flush right.

    On a terminal words wrap inside their cells; in a pipe every row is one line, columns two spaces apart, nothing cut off.
    """
    flush = set(right)
    if sys.stdout.isatty():
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        drawn = Table(title=title, box=box.SIMPLE_HEAD, header_style="bold", title_justify="left", pad_edge=False)
        for column in columns:
            drawn.add_column(column, justify="right" if column in flush else "left", overflow="fold")
        for row in rows:
            drawn.add_row(*(Text(cell) for cell in row))  # Text: a cell with square brackets is no markup
        Console().print(drawn)
        return
    lines = [tuple(columns), *(tuple(" ".join(cell.split()) for cell in row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    for line in lines:
        cells = (
            cell.rjust(w) if column in flush else cell.ljust(w) for cell, w, column in zip(line, widths, columns, strict=True)
        )
        click.echo("  ".join(cells).rstrip())


@contextlib.contextmanager
def progress(total: int | None, what: str) -> Iterator[Advance]:
    """A bar with rate and remaining time on standard error: call the value once for each thing done, with its name.

    Nothing is shown where standard error is no terminal or there is only one thing to do. ``total`` may be unknown.
    """
    if not sys.stderr.isatty() or (total is not None and total < 2):
        yield lambda name: None
        return
    from rich import progress as bars
    from rich.console import Console

    columns = (
        bars.TextColumn(what),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TextColumn("{task.fields[rate]}"),
        bars.TimeRemainingColumn(),
        bars.TextColumn("{task.fields[name]}", style="dim"),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total, name="", rate="")

        def advance(name: str) -> None:
            done, elapsed = bar.tasks[task].completed + 1, bar.tasks[task].elapsed or 0
            bar.update(task, advance=1, name=name[-40:], rate=f"{done / elapsed:.1f}/s" if elapsed > 1 else "")

        yield advance


def processors() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def count(number: int, noun: str) -> str:
    """``"1 article"``, ``"2,345 triples"``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
