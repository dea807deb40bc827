"""What a language model may answer, as a JSON schema: made from the ontology and the fact classes, so that it follows both.

The classes' slots are the fields of :mod:`kg.model`; what a slot may hold is read from ``ontology/``: its definition, the scheme of
its concepts (the shape's ``sh:node shape:in-SCHEME``), the classes of its range. A new concept, a new class of actors or another
definition changes the schema and the prompt without touching Python.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import pyoxigraph as ox

from kg.model import Event, Fact, Indicator, Passage, Position, Proposal, Statement
from kg.vocabulary import BR, RDFS, SCHEMA, SH, SHAPES, XSD, Vocabulary, vocabulary

#: The answer's lists in the order in which they are asked for, the class of their facts, and the letter of their ids.
LISTS: Mapping[str, tuple[type[Fact], str]] = {
    "statements": (Statement, "q"),
    "proposals": (Proposal, "p"),
    "events": (Event, "e"),
    "indicators": (Indicator, "i"),
    "positions": (Position, "s"),
}
Kind = Literal["actor", "fact", "concept", "date", "number", "boolean", "quote", "place", "text"]

# Where a field and its term have different names; ``None``: the field is no slot of an answer.
_TERMS: Mapping[str, str | None] = {
    "id": None, "label": None, "rule": None, "triggers": None, "extractor": None, "also": None, "place_name": None,
    "topics": "topic", "part_of": "partOf", "target_actor": "targetActor", "matter": "matter",
}  # fmt: skip
# Terms of other vocabularies, and the three ways in which a target is told: their definitions stand with these terms of ours.
_DEFINED_BY = {"partOf": "Proposal", "targetActor": "Actor", "matter": "Topic"}
_OWN_WORDS = {
    "partOf": "the id of the proposal that this one is a part of",
    "targetActor": "the name of the actor on whom the position is taken, where the target is no fact",
    "matter": "what the position is about in a few of the article's words, where it is neither a fact nor an actor",
    "target": "the id of the proposal, event, indicator or statement that the position is taken on",
}
_VERBATIM = {"evidence", "quote", "dateText", "condition", "reason", "baseline"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a fact class: its name in the answer, the field of the fact, what it holds, whether it is a list."""

    name: str
    field: str
    kind: Kind
    many: bool
    definition: str
    scheme: str | None = None


def slots(cls: type[Fact]) -> tuple[Slot, ...]:
    """The slots of a fact class in the order of its fields; whose word it is (``attributedTo``, ``via``) last."""
    return _slots()[cls]


@lru_cache(maxsize=1)
def _slots() -> Mapping[type[Fact], tuple[Slot, ...]]:
    return {cls: _slots_of(cls) for cls, _ in LISTS.values()}


def _slots_of(cls: type[Fact]) -> tuple[Slot, ...]:
    found = [slot for f in dataclasses.fields(cls) if (slot := _slot(f, vocabulary())) is not None]
    names = {slot.name for slot in found}
    passage = [
        slot for f in dataclasses.fields(Passage) if f.name in ("attributed_to", "via") and (slot := _slot(f, vocabulary()))
    ]
    return (*found, *(slot for slot in passage if slot.name not in names))


def _slot(field: dataclasses.Field[Any], words: Vocabulary) -> Slot | None:
    name = _TERMS.get(field.name, camel(field.name))
    if name is None:
        return None
    many = str(field.type).startswith("tuple")
    definition = _OWN_WORDS.get(name) or words.definition(name, "en") or words.definition(name)
    if name in _DEFINED_BY:
        kind: Kind = {"partOf": "fact", "targetActor": "actor", "matter": "text"}[name]  # type: ignore[assignment]
        return Slot(name, field.name, kind, many, definition)
    scheme = _scheme(name, words)
    if scheme is not None:
        return Slot(name, field.name, "concept", many, definition, scheme)
    return Slot(name, field.name, _kind(name, words), many, definition)


def camel(name: str) -> str:
    """``start_date`` → ``startDate``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _kind(name: str, words: Vocabulary) -> Kind:
    if name in _VERBATIM:
        return "quote"
    ranges = {
        quad.object.value
        for predicate in (RDFS + "range", SCHEMA + "rangeIncludes")
        for quad in words.store.quads_for_pattern(words.br(name), ox.NamedNode(predicate), None, None)
        if isinstance(quad.object, ox.NamedNode)
    }
    datatypes: dict[str, Kind] = {XSD + "date": "date", XSD + "decimal": "number", XSD + "boolean": "boolean"}
    for datatype, kind in datatypes.items():
        if datatype in ranges:
            return kind
    local = {value.removeprefix(BR) for value in ranges}
    if "Place" in local:
        return "place"
    if local & {cls.__name__ for cls, _ in LISTS.values()}:
        return "fact"
    return "actor" if local & words.subclasses("Actor") else "text"


def _scheme(name: str, words: Vocabulary) -> str | None:
    """The scheme whose concepts a property takes: its property shape says ``sh:node shape:in-SCHEME``."""
    for shape in words.store.quads_for_pattern(None, ox.NamedNode(SH + "path"), words.br(name), None):
        for quad in words.store.quads_for_pattern(shape.subject, ox.NamedNode(SH + "node"), None, None):
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(SHAPES + "in-"):
                return quad.object.value.removeprefix(SHAPES + "in-")
    return None


def actor_classes() -> tuple[str, ...]:
    """The classes that an actor may have, sorted; not ``Actor`` itself."""
    return tuple(sorted(vocabulary().subclasses("Actor") - {"Actor"}))


# ------------------------------------------------------------------------------------------------------------- JSON schema


@lru_cache(maxsize=1)
def answer_schema() -> dict[str, Any]:
    """The JSON schema of an answer: strict (every key required, no other key), concept lists as ``$defs``."""
    words = vocabulary()
    used = sorted({slot.scheme for cls, _ in LISTS.values() for slot in slots(cls) if slot.scheme})
    definitions: dict[str, Any] = {scheme: {"type": "string", "enum": list(words.members(scheme))} for scheme in used}
    definitions["actorClasses"] = {"type": "string", "enum": list(actor_classes())}
    actor = {
        "name": {"type": "string"},
        "class": {"$ref": "#/$defs/actorClasses"},
        "country": {"type": ["string", "null"]},
    }
    properties = {"actors": {"type": "array", "items": _object(actor)}}
    for name, (cls, _) in LISTS.items():
        fact = {"id": {"type": "string"}, "label": {"type": "string"}}
        fact.update({slot.name: _type(slot) for slot in slots(cls)})
        properties[name] = {"type": "array", "items": _object(fact)}
    return {**_object(properties), "$defs": definitions}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def _type(slot: Slot) -> dict[str, Any]:
    if slot.scheme:
        one: dict[str, Any] = {"$ref": f"#/$defs/{slot.scheme}"}
    elif slot.kind in ("number", "boolean"):
        one = {"type": slot.kind if slot.many or slot.kind == "boolean" else [slot.kind, "null"]}
    else:
        one = {"type": "string" if slot.many or slot.name in ("holder", "quote", "measure") else ["string", "null"]}
    return {"type": "array", "items": one} if slot.many else one


def digest(value: object) -> str:
    """The SHA-256 of a value as canonical JSON."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
