"""A CSV table for each class (RFC 4180, but with plain line feeds), for spreadsheets and pandas.

Columns: ``iri`` and ``label``, then the class's properties and links by name. A link's cell holds IRIs, and the column beside it
(``agent_label``) their labels. Several values of one cell stand apart by `` | ``. A text that a spreadsheet would take for a formula
(it begins with ``= + - @``) gets an apostrophe before it, as one types it there. Files begin with a byte order mark, without which
Excel spoils accents.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile

from kg.export.data import Data
from kg.export.properties import Node, PropertyGraph, property_graph, text_of

MARK = "\ufeff".encode()
SEPARATOR = " | "

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def tables(data: Data) -> dict[str, bytes]:
    """Name of the file (``Event.csv``) → its content."""
    found = property_graph(data)
    links: dict[str, dict[str, list[str]]] = {}
    for edge in found.edges:
        links.setdefault(edge.source, {}).setdefault(edge.name, []).append(edge.target)
    return {f"{kind}.csv": MARK + _table(nodes, links, found) for kind, nodes in found.of_kind()}


def zipped(data: Data) -> bytes:
    """All tables in one ZIP file; not compressed, because compressors differ from machine to machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in tables(data).items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def _table(nodes: list[Node], links: dict[str, dict[str, list[str]]], found: PropertyGraph) -> bytes:
    names = sorted({name for node in nodes for name in node.properties if name != "label"})
    linked = sorted({name for node in nodes for name in links.get(node.iri, ())})
    columns = [
        "iri",
        "label",
        "classes",
        *names,
        *(c for name in linked for c in (_link(name, names), f"{_link(name, names)}_label")),
    ]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for node in nodes:
        row = [node.iri, node.label, SEPARATOR.join(node.classes)]
        row += [text_of(node.properties.get(name, ()), SEPARATOR) for name in names]
        for name in linked:
            targets = links.get(node.iri, {}).get(name, [])
            row += [SEPARATOR.join(targets), SEPARATOR.join(found.nodes[target].label for target in targets)]
        writer.writerow([_harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8")


def _link(name: str, properties: list[str]) -> str:
    """A link's column; some properties are both links and values (a place, an owl:sameAs)."""
    return f"{name}_iri" if name in properties else name


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
