"""``kg validate``: the rules, on some files or standard input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.validate import Violation


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE…|-]")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "ttl"]), default="text", show_default=True, help="How to report."
)
@click.option("--lang", type=click.Choice(["es", "en"]), default="es", show_default=True, help="The language of the messages.")
def command(files: tuple[str, ...], form: str, lang: str) -> None:
    """Check a graph against the shapes and rules.

    FILEs are RDF (.ttl, .trig, .nt, .nq, .jsonld, .rdf, also with .gz) and taken together as one graph; '-' is Turtle or TriG
    on standard input; without a FILE it is exports/graph.ttl. Each broken rule is one line: node, rule, value, what is expected
    and how to mend it. The exit code is 1 where a rule is broken; warnings do not count.

    \b
    kg validate
    kg validate --lang en exports/graph.ttl
    kg validate --format json - < graph.ttl
    """
    from kg.cli import console
    from kg.validate import article_count, conforms, read_graph, report_json, report_turtle, validate

    store = read_graph(files or ("exports/graph.ttl",), console.stdin())
    found = validate(store)
    if form == "json":
        click.echo(report_json(found), nl=False)
    elif form == "ttl":
        click.echo(report_turtle(found), nl=False)
    else:
        for violation in found:
            line = violation.line(lang)
            if violation.severity == "warning":
                line = f"warning: {line}" if lang == "en" else f"aviso: {line}"
            colour = "red" if violation.severity == "violation" else "yellow"
            rule = console.coloured(violation.rule, colour, sys.stdout)
            console.result(line.replace(f": {violation.rule}", f": {rule}", 1))
        click.echo(_summary(found, article_count(store)), err=True)
    if not conforms(found):
        sys.exit(1)


def _summary(found: list[Violation], articles: int) -> str:
    from kg.cli.console import count

    broken = sum(violation.severity == "violation" for violation in found)
    warnings = len(found) - broken
    text = count(broken, "violation") if broken else "no violations"
    return text + (f" and {count(warnings, 'warning')}" if warnings else "") + f" in {count(articles, 'article')}"
