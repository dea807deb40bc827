"""The command line: a skin over the package. Only this package prints, reads ``argv`` or exits.

Every command lives in a module of its own, ``kg/cli/<command>.py``, with a click command named ``command``; it is imported only
when it is asked for, so that ``kg --help`` and ``kg query`` load neither spaCy nor pyvis.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

import click

from kg import __version__
from kg.errors import KgError, OutputError

# What ``kg --help`` shows without importing the command's module; a test compares it with the command's own help.
COMMANDS = {
    "build": "Read articles and write graph.ttl and map.html.",
    "extract": "Show what is found in an article, as JSON Lines.",
    "query": "Ask a graph a named question or a SPARQL query.",
    "export": "Write a graph in another format.",
    "map": "Write the interactive map of a graph as one HTML file.",
    "validate": "Check a graph against the shapes and rules.",
    "network": "Measure the network of actors.",
    "evaluate": "Score the extraction against annotated articles.",
    "store": "Keep many articles in a store on disk.",
    "serve": "Serve a SPARQL endpoint and the map on this machine.",
}


#: What a full disk, or one that fails, says of standard output; files are written by ``kg.writing``, which tells their names.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


@contextlib.contextmanager
def _written_to_the_end() -> Iterator[None]:
    """See to it that the results got out. Whoever reads a pipe may have seen enough: that is no error.

    Raises :class:`OutputError` where standard output takes no more.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        if error.errno != errno.EPIPE and error.errno not in _NO_ROOM:
            raise
        # What is still buffered would be tried again, and complained of, when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno != errno.EPIPE:
            raise OutputError(f"standard output: cannot be written ({error.strerror}); expected room for the result") from error
        ended = error.__context__  # an exit that was on its way keeps its code
        raise click.exceptions.Exit(ended.code if isinstance(ended, SystemExit) and isinstance(ended.code, int) else 0) from None


class LazyGroup(click.Group):
    """A group whose commands are imported on first use and that suggests the nearest name for an unknown one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"kg.cli.{name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else f"; expected one of: {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command '{name}'{hint}", ctx)
        return super().resolve_command(ctx, args)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # --help and --version print here
        with _written_to_the_end():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with _written_to_the_end():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="kg")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Turn news articles about two countries into a knowledge graph with evidence.

    \b
    kg build                          seeds/ -> exports/graph.ttl and exports/map.html
    kg query who-proposes-what        a named question
    kg query 'SELECT …'               your own
    kg COMMAND --help                 what a command takes, with an example
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(argv: list[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 fine; 1 it ran, and found violations or skipped bad input; 2 wrong use or unreadable input.

    A :class:`KgError` and a wrong use become one line on standard error. Ctrl-C ends with 130, as shells expect.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = cli.main(args=argv, prog_name="kg", standalone_mode=False)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "kg"
        click.echo(f"{path}: {error.format_message()} (see '{path} --help')", err=True)
        sys.exit(2)
    except click.ClickException as error:
        click.echo(f"kg: {error.format_message()}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("kg: stopped", err=True)
        sys.exit(130)
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)
