"""JSON-LD (https://www.w3.org/TR/json-ld11/) with a context that makes it look like plain JSON.

    {"id": "event/phone-call-…", "type": "Event", "agent": "actor/claudia-sheinbaum", "startDate": "2026-01-12", …}

Each property's most frequent kind of value (a node, a concept, a text in Spanish, a date …) is declared in the context and written
bare; other kinds are written out. The context stands in the file, so that nothing has to be fetched, and uses nothing that came with
version 1.1, so that older readers take it too.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

import pyoxigraph as ox

from kg.export.data import Data
from kg.rdf import TYPE
from kg.vocabulary import BR, PREFIXES, XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal

_STRING, _BOOLEAN, _INTEGER = XSD + "string", XSD + "boolean", XSD + "integer"


def write(data: Data) -> bytes:
    """The union of the graphs as one JSON object with ``@context`` and ``@graph``."""
    by_subject: dict[Any, dict[ox.NamedNode, list[Any]]] = defaultdict(lambda: defaultdict(list))
    kinds: dict[ox.NamedNode, Counter[str]] = defaultdict(Counter)
    for subject, predicate, value in data.triples:
        by_subject[subject][predicate].append(value)
        kinds[predicate][_kind(value)] += 1
    usual = {p: min(c, key=lambda kind: (-c[kind], kind)) for p, c in kinds.items() if p != TYPE}
    context = _context(data.base, usual)
    nodes = [_node(subject, properties, usual, data.base) for subject, properties in by_subject.items()]
    text = json.dumps({"@context": context, "@graph": nodes}, ensure_ascii=False, indent=1)
    return text.encode("utf-8") + b"\n"


def _context(base: str, usual: dict[ox.NamedNode, str]) -> dict[str, Any]:
    context: dict[str, Any] = {"@base": base, "@vocab": BR, **dict(sorted(PREFIXES.items()))}
    context |= {"id": "@id", "type": "@type"}
    for predicate, kind in sorted(usual.items(), key=lambda item: _name(item[0])):
        how: dict[str, Any] = {"@id": _compact(predicate)}
        if kind.startswith("@"):
            how["@language" if kind.startswith("@language:") else "@type"] = kind.removeprefix("@language:")
        elif kind not in {_STRING, _BOOLEAN, _INTEGER}:
            how["@type"] = _compact(ox.NamedNode(kind))
        if len(how) > 1 or _name(predicate) != how["@id"].removeprefix("br:"):
            context[_name(predicate)] = how
    return context


def _node(subject: Any, properties: dict[ox.NamedNode, list[Any]], usual: dict[ox.NamedNode, str], base: str) -> dict[str, Any]:
    node: dict[str, Any] = {"id": _reference(subject, base)}
    for predicate, values in properties.items():
        if predicate == TYPE:
            written = [_vocabulary(value) for value in values]
        else:
            written = [_value(value, usual[predicate], base) for value in values]
        node["type" if predicate == TYPE else _name(predicate)] = written[0] if len(written) == 1 else written
    return node


def _kind(value: Any) -> str:
    """``@vocab`` for a term of the ontology, ``@id`` for another node, ``@language:es``, or a datatype's IRI."""
    if isinstance(value, ox.Literal):
        return f"@language:{value.language}" if value.language else value.datatype.value
    return "@vocab" if isinstance(value, ox.NamedNode) and value.value.startswith(BR) else "@id"


def _value(value: Any, usual: str, base: str) -> Any:
    if not isinstance(value, ox.Literal):
        kind = _kind(value)
        text = value.value.removeprefix(BR) if kind == "@vocab" else _reference(value, base)
        return text if kind == usual else {"@id": value.value if kind == "@vocab" else text}
    if value.language:
        return value.value if _kind(value) == usual else {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if datatype in {_BOOLEAN, _INTEGER} and datatype == usual and (native := _native(value)) is not None:
        return native
    if datatype == usual and datatype not in {_BOOLEAN, _INTEGER}:
        return value.value
    return {"@value": value.value} if datatype == _STRING else {"@value": value.value, "@type": _compact(value.datatype)}


def _native(value: ox.Literal) -> bool | int | None:
    """A JSON boolean or number that means exactly this literal."""
    if value.datatype.value == _BOOLEAN:
        return {"true": True, "false": False}.get(value.value)
    number = int(value.value) if value.value.lstrip("-").isdigit() else None
    return number if number is not None and str(number) == value.value and abs(number) < 2**53 else None


def _name(predicate: ox.NamedNode) -> str:
    """A property's key: its bare name in the ontology, else with a prefix, else its IRI."""
    return _compact(predicate).removeprefix("br:")


def _vocabulary(node: ox.NamedNode) -> str:
    return _compact(node).removeprefix("br:")


def _compact(node: ox.NamedNode) -> str:
    for prefix, iri in PREFIXES.items():
        local = node.value.removeprefix(iri)
        if local != node.value and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return node.value


def _reference(node: Any, base: str) -> str:
    """A node's IRI, without the base where what is left cannot be taken for something else."""
    if isinstance(node, ox.BlankNode):
        return f"_:{node.value}"
    rest: str = node.value.removeprefix(base)
    return rest if rest and ":" not in rest and rest[0] not in "/@?#" and rest != node.value else str(node.value)
