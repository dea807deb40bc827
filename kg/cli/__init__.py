"""The command line: a skin over the package. Only this package prints, reads ``argv`` or exits.

Every command lives in a module of its own, ``kg/cli/<command>.py``, with a click command named ``command``; it is imported only
when it is asked for, so that ``kg --help`` and ``kg query`` load neither spaCy nor pyvis.
"""

from __future__ import annotations

import difflib
import importlib
import sys
from typing import Any

import click

from kg import __version__
from kg.errors import KgError

# What ``kg --help`` shows without importing the command's module; a test compares it with the command's own help.
COMMANDS = {
    "build": "Read articles and write graph.ttl and map.html.",
    "extract": "Show what is found in an article, as JSON Lines.",
    "query": "Ask a graph a named question or a SPARQL query.",
    "export": "Write a graph in another format.",
    "map": "Write the interactive HTML map of a graph.",
    "validate": "Check a graph against the shapes and rules.",
    "network": "Measure the network of actors.",
    "evaluate": "Score the extraction against annotated articles.",
    "store": "Keep many articles in a store on disk.",
    "serve": "Serve a SPARQL endpoint and the map on this machine.",
}


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
            near = difflib.get_close_matches(name, COMMANDS, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else f"; expected one of: {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command '{name}'{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Turn news articles about two countries into a knowledge graph with evidence.

    \b
    kg build                          seeds/ -> exports/graph.ttl and exports/map.html
    kg query who-proposes-what        a named question
    kg query 'SELECT …'               your own
    """


def main(argv: list[str] | None = None) -> Any:
    """Run the command line; a :class:`KgError` becomes one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return cli.main(args=argv, prog_name="kg")
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(2)
