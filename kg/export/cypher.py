"""A Cypher script (openCypher 9, https://opencypher.org/) that loads the graph into Neo4j or a database of its kind.

Every node is a ``:Resource`` with a unique ``iri`` and has its classes as further labels; every link is a relationship named in
capitals (``expressedIn`` is ``EXPRESSED_IN``). Statements merge by IRI, so that running the script again,
or one from another article, adds nothing twice. One statement a line: texts cannot break out of it, their line ends are escaped.

    cypher-shell -f graph.cypher
"""

from __future__ import annotations

import datetime as dt
import re

from kg.export.data import Data
from kg.export.properties import Node, Value, plain, property_graph

# The constraint first: it makes the index without which every MERGE would read the whole database.
CONSTRAINT = "CREATE CONSTRAINT resource_iri IF NOT EXISTS FOR (n:Resource) REQUIRE n.iri IS UNIQUE;"

_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def write(data: Data) -> bytes:
    """The constraint, then nodes, then relationships, each sorted."""
    found = property_graph(data)
    lines = [CONSTRAINT]
    lines += [_node(node) for node in found.nodes.values()]
    for edge in found.edges:
        ends = f"(a:Resource {{iri: {string(edge.source)}}}), (b:Resource {{iri: {string(edge.target)}}})"
        lines.append(f"MATCH {ends} MERGE (a)-[:{name(_shout(edge.name))}]->(b);")
    return "\n".join([*lines, ""]).encode("utf-8")


def _node(node: Node) -> str:
    labels = "".join(f", n:{name(c)}" for c in node.classes)
    values = {"label": (node.label,), **node.properties}
    properties = "".join(f", n.{name(key)} = {_values(found)}" for key, found in values.items())
    return f"MERGE (n:Resource {{iri: {string(node.iri)}}}) SET {(labels + properties)[2:]};"


def _values(values: tuple[Value, ...]) -> str:
    written = [_value(value) for value in values]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def _value(value: Value) -> str:
    if isinstance(value, dt.date):
        return f"date({string(value.isoformat())})"
    return string(value) if isinstance(value, str) else plain(value)


def string(text: str) -> str:
    """A string literal. What would end it, and every control character and line end, is escaped."""
    escaped = "".join(_ESCAPES.get(c, c if c.isprintable() or c == " " else _unicode(c)) for c in text)
    return f"'{escaped}'"


def name(text: str) -> str:
    """A label, type or property key; between backticks where it is no plain name."""
    return text if _NAME.fullmatch(text) else "`" + "".join(c for c in text if c.isprintable()).replace("`", "``") + "`"


def _unicode(character: str) -> str:
    """Escapes have four hexadecimal digits; what lies beyond them is no line end and stays as it is."""
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else character


def _shout(text: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).upper()
