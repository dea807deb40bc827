"""GraphML and GEXF: nodes, edges and their attributes as XML. Actors carry their measures (:mod:`kg.network`) as attributes.

Both are written here rather than by networkx, whose writers depend on its version, on today's date and on what else is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from kg.export.data import Data
from kg.export.properties import Node, PropertyGraph, Value, property_graph, text_of
from kg.network import actor_network, measures

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GRAPHML_TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean"}
_GEXF_TYPES = {"string": "string", "integer": "long", "float": "double", "boolean": "boolean"}


def graphml(data: Data) -> bytes:
    """GraphML 1.0 (http://graphml.graphdrawing.org/): a directed graph; nodes' ids are IRIs, edges have a ``name``."""
    found = property_graph(data)
    rows = attributes(data, found)
    types = _types(rows.values())
    keys = {name: f"n{i}" for i, name in enumerate(types)}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for name, kind in types.items():
        lines.append(f'<key id="{keys[name]}" for="node" attr.name={_quoted(name)} attr.type="{_GRAPHML_TYPES[kind]}"/>')
    lines.append('<key id="e0" for="edge" attr.name="name" attr.type="string"/>')
    lines.append('<graph id="graph" edgedefault="directed">')
    for iri, row in rows.items():
        lines.append(f"<node id={_quoted(iri)}>")
        lines += [f' <data key="{keys[name]}">{_text(value)}</data>' for name, value in row.items()]
        lines.append("</node>")
    for i, edge in enumerate(found.edges):
        ends = f"source={_quoted(edge.source)} target={_quoted(edge.target)}"
        lines.append(f'<edge id="x{i}" {ends}><data key="e0">{_text(edge.name)}</data></edge>')
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode("utf-8")


def gexf(data: Data) -> bytes:
    """GEXF 1.2 (https://gexf.net/): what Gephi opens; nodes' ids are IRIs, an edge's label is its name."""
    found = property_graph(data)
    rows = attributes(data, found)
    types = _types(rows.values())
    keys = {name: str(i) for i, name in enumerate(types)}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">']
    lines += ['<graph mode="static" defaultedgetype="directed">', '<attributes class="node" mode="static">']
    for name, kind in types.items():
        lines.append(f'<attribute id="{keys[name]}" title={_quoted(name)} type="{_GEXF_TYPES[kind]}"/>')
    lines += ["</attributes>", "<nodes>"]
    for iri, row in rows.items():
        lines.append(f"<node id={_quoted(iri)} label={_quoted(found.nodes[iri].label)}>")
        values = "".join(f'\n <attvalue for="{keys[name]}" value={_quoted(_plain(value))}/>' for name, value in row.items())
        lines.append(f"<attvalues>{values}\n</attvalues>\n</node>")
    lines += ["</nodes>", "<edges>"]
    for i, edge in enumerate(found.edges):
        lines.append(f'<edge id="{i}" source={_quoted(edge.source)} target={_quoted(edge.target)} label={_quoted(edge.name)}/>')
    return "\n".join([*lines, "</edges>", "</graph>", "</gexf>", ""]).encode("utf-8")


def attributes(data: Data, found: PropertyGraph) -> dict[str, dict[str, Value | float]]:
    """The attributes of each node, by IRI: its kind, label and properties (several values in one text), an actor's measures."""
    measured = {m.iri: m for m in measures(actor_network(data.triples))}
    return {iri: dict(_row(node, measured)) for iri, node in found.nodes.items()}


def _row(node: Node, measured: Mapping[str, object]) -> Iterator[tuple[str, Value | float]]:
    yield "kind", node.kind
    yield "label", node.label
    for name, values in node.properties.items():
        if name == "label":
            continue
        yield name, values[0] if len(values) == 1 else text_of(values)
    measure = measured.get(node.iri)
    if measure is not None:
        for name in ("degree", "facts", "betweenness", "community"):
            yield name, getattr(measure, name)


def _types(rows: Iterable[Mapping[str, Value | float]]) -> dict[str, str]:
    """The type of each attribute, by name: the one that all its values have, else ``string``."""
    kinds: dict[str, set[str]] = {}
    for row in rows:
        for name, value in row.items():
            kinds.setdefault(name, set()).add(_type(value))
    return {name: found.pop() if len(found) == 1 else "string" for name, found in sorted(kinds.items())}


def _type(value: Value | float) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "float" if isinstance(value, float | Decimal) else "string"


def _plain(value: Value | float) -> str:
    return repr(value) if isinstance(value, float) else text_of((value,))


def _clean(text: str) -> str:
    """XML has no way to write most control characters: each becomes U+FFFD."""
    return _NO_XML.sub("\ufffd", text)


def _text(value: Value | float) -> str:
    return escape(_clean(_plain(value)), {"\r": "&#13;"})


def _quoted(text: str) -> str:
    return quoteattr(_clean(text), {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
