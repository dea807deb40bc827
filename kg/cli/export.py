"""``kg export``: a graph in the formats of other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import console

if TYPE_CHECKING:
    from kg.export import Data, Format

# The names stand here too, so that --help need not load what writes them; a test compares them with kg.export.FORMATS.
FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", "rdfxml", "graphml", "gexf", "csv", "cypher")


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--format", "name", type=click.Choice(FORMATS), help="What to write; without it the ending of -o decides.")
@click.option(
    "-o", "--output", metavar="FILE|-", help="Where to (default: standard output). csv: a folder, or a file that ends in .zip."
)
@click.option(
    "--class", "kind", metavar="CLASS", help="csv: only the table of this class (Event, Person …), to standard output or FILE."
)
@click.option("--with-alignments", is_flag=True, help="Add what follows in other vocabularies (PROV, SEM, schema.org, ORG …).")
@click.option("--with-ontology", is_flag=True, help="Add the ontology's classes, properties and concepts.")
def command(
    files: tuple[str, ...], name: str | None, output: str | None, kind: str | None, with_alignments: bool, with_ontology: bool
) -> None:
    """Write a graph in another format.

    FILE is a graph in any RDF format (default: exports/graph.ttl; several are merged; - is standard input). ttl, nt, nq, trig, jsonld
    and rdfxml keep every triple; graphml and gexf hold nodes, links and the network's measures, csv a table for each class, cypher a
    script for Neo4j. The same graph gives the same bytes.

    \b
    kg export --format jsonld > graph.jsonld
    kg export -o graph.gexf
    kg export --format csv -o tables
    kg export --format csv --class Event | head
    """
    from kg.errors import InputError
    from kg.export import FORMATS as formats
    from kg.export import format_of, prepared
    from kg.validate import read_graph

    chosen = formats[name] if name else format_of(output or "")
    if chosen is None:
        raise click.UsageError(f"no format; expected --format, one of {', '.join(FORMATS)}, or -o with such an ending")
    if kind and chosen.name != "csv":
        raise click.UsageError("--class goes with --format csv only")
    if chosen.name == "csv" and kind is None and output in {None, "-"}:
        raise click.UsageError("csv is a table for each class; expected -o with a folder or a .zip file, or --class")
    store = read_graph(files or ("exports/graph.ttl",), console.stdin())
    data = prepared(store, with_alignments=with_alignments, with_ontology=with_ontology)
    if not data.quads:
        raise InputError(f"{', '.join(files) or 'exports/graph.ttl'}: no triples; expected a graph")
    if kind:
        _one_table(data, chosen, kind, output)
    elif chosen.files and output and not output.lower().endswith(chosen.endings):
        for filename, content in chosen.files(data).items():
            console.emit(content, Path(output) / filename)
    else:
        console.emit(chosen.write(data), output)


def _one_table(data: Data, chosen: Format, kind: str, output: str | None) -> None:
    from kg.export.tables import MARK

    tables = chosen.files(data) if chosen.files else {}
    content = tables.get(f"{kind}.csv")
    if content is None:
        names = ", ".join(name.removesuffix(".csv") for name in tables)
        raise click.UsageError(f"no class '{kind}' in this graph; expected one of {names}")
    # A pipe's reader is a program: it gets no byte order mark.
    console.emit(content.removeprefix(MARK) if output in {None, "-"} else content, output)
