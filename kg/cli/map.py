"""``kg map``: a graph as one HTML page that opens without a network."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import console

DEFAULT_GRAPH = str(Path("exports") / "graph.ttl")
DEFAULT_MAP = str(Path("exports") / "map.html")


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option(
    "--lang", type=click.Choice(["es", "en"]), default="es", show_default=True, help="Language in which the page opens."
)
@click.option(
    "-o", "--output", metavar="FILE", default=None, help="Where to write it; - is standard output [default: exports/map.html]."
)
@click.option("--title", metavar="TEXT", help="The page's heading [default: the two countries].")
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
def command(files: tuple[str, ...], lang: str, output: str | None, title: str | None, show: bool) -> None:
    """Write the interactive map of a graph as one HTML file.

    FILE is a graph in any RDF format (default: exports/graph.ttl; - is standard input); several are merged. The page needs no
    network: the table of proposals and positions, an explorer, a timeline, a matrix and a list, each fact with its exact words.

    \b
    kg map --open
    kg map --lang en -o positions.html exports/graph.ttl
    """
    from kg.map.page import render
    from kg.validate import read_graph

    html = render(read_graph(files or (DEFAULT_GRAPH,)), lang=lang, title=title)
    target = output or DEFAULT_MAP
    console.emit(html.encode("utf-8"), target)
    if target == "-":
        return
    console.note(f"wrote {target}", where="kg map")
    if show and click.launch(str(Path(target).resolve())) != 0:
        console.note(f"no browser could be started; open {target} yourself", where="kg map")
