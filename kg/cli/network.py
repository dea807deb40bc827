"""``kg network``: who stands in the middle, who belongs together, and how one actor is tied to another."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli import console

if TYPE_CHECKING:
    from kg.network import Measure, Step

COLUMNS = ("actor", "kind", "ties", "facts", "betweenness", "community", "iri")


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--format", "style", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--path", "ends", metavar="A B", nargs=2, help="The shortest chain of facts between two actors instead.")
@click.option("--top", metavar="N", type=click.IntRange(min=1), help="Only the first N actors.")
def command(files: tuple[str, ...], style: str, ends: tuple[str, str] | None, top: int | None) -> None:
    """Measure the network of actors.

    Two actors are tied by every fact in which they meet. FILE is a graph in any RDF format (default: exports/graph.ttl; - is
    standard input). Ties: with how many others. Facts: by how many facts. Betweenness: the share of shortest paths between others
    that lead through the actor. "kg export --format gexf" and "graphml" carry the same numbers into Gephi and the like.

    \b
    kg network
    kg network --path 'Claudia Sheinbaum' 'Fox News'
    kg network --format csv exports/graph.ttl > actors.csv
    """
    from kg.network import actor_network, measures, shortest_path
    from kg.validate import read_graph

    store = read_graph(files or ("exports/graph.ttl",), console.stdin())
    graph = actor_network(quad.triple for quad in store)
    if ends:
        _show_path(shortest_path(graph, *ends), {node: data["label"] for node, data in graph.nodes(data=True)}, style)
        return
    _show_measures(measures(graph)[:top], style)


def _show_measures(found: list[Measure], style: str) -> None:
    if style == "json":
        console.result(json.dumps([asdict(m) for m in found], ensure_ascii=False, indent=1))
        return
    rows = [(m.label, m.kind, str(m.degree), str(m.facts), f"{m.betweenness:.4f}", str(m.community), m.iri) for m in found]
    _show(COLUMNS, rows, style, right=("ties", "facts", "betweenness", "community"))


def _show_path(steps: list[Step], labels: dict[str, str], style: str) -> None:
    if style == "json":
        console.result(json.dumps([asdict(step) for step in steps], ensure_ascii=False, indent=1))
        return
    rows = [(labels[step.source], labels[step.target], fact) for step in steps for fact in step.facts]
    _show(("from", "to", "fact"), rows, style)


def _show(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], style: str, right: tuple[str, ...] = ()) -> None:
    if style == "table":
        console.table(columns, rows, right=right)
        return
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    console.result(text.getvalue().removesuffix("\n"))
