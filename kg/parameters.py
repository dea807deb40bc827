"""What a user wrote after ``--set``, as RDF terms: a name becomes the actors of that name, a day a date, a word a concept.

Nothing that a user wrote gets into a query's text: values become RDF terms first, and terms are serialized.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import pyoxigraph as ox

from kg.cells import data_classes, data_terms
from kg.errors import InputError
from kg.vocabulary import BR, PREFIXES, SKOS, XSD

#: Actors and their names: rdfs:label has rank 0, skos:altLabel rank 1. ``{only}`` is empty or a filter.
_NAMES = """
PREFIX br: <{br}> PREFIX rdfs: <{rdfs}> PREFIX skos: <{skos}>
SELECT DISTINCT ?actor ?rank ?name WHERE {{
  {{ ?actor rdfs:label ?name . BIND(0 AS ?rank) {only} }} UNION {{ ?actor skos:altLabel ?name . BIND(1 AS ?rank) {only} }}
  VALUES ?kind {{ {kinds} }}
  ?actor a ?kind .
}}
"""

#: The letters of Spanish and its neighbours that :func:`fold` makes equal.
_SPELLINGS = {
    "a": "aáàâäãå", "c": "cçćč", "e": "eéèêë", "i": "iíìîï", "n": "nñń", "o": "oóòôöõ", "s": "sśš", "u": "uúùûü", "y": "yýÿ", "z": "zźž",
}  # fmt: skip


def terms(value: str, kind: str | None, ask: Callable[[str], Any]) -> list[str]:
    """The terms of a value as SPARQL writes them, at least one.

    ``kind`` is one of :data:`kg.questions.KINDS`, or ``None`` for a variable of a user's own query: there the value is an IRI in
    angle brackets, a prefixed name, a literal in quotation marks, a number, ``true`` or ``false``, or else plain text.
    Raises :class:`InputError` for a value that is none of its kind, with the nearest that is.
    """
    match kind:
        case "actor":
            return [str(node) for node in actors(value, ask)]
        case "concept":
            return [str(concept(value))]
        case "date":
            return [str(ox.Literal(_day(value).isoformat(), datatype=ox.NamedNode(XSD + "date")))]
        case "language":
            if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", value):
                raise InputError(f"{value}: is no language; expected a tag such as es or en")
            return [str(ox.Literal(value.lower()))]
        case "text":
            return [str(ox.Literal(value))]
    return [str(_any_term(value))]


def actors(value: str, ask: Callable[[str], Any]) -> list[ox.NamedNode]:
    """The actors of a name, accents and case ignored, in order of their IRIs; or the one of an IRI.

    Somebody's label goes before others' further names: "México" is the country, though its government is called so too.
    """
    if iri := _iri(value):
        return [iri]
    likely = f'FILTER(REGEX(STR(?name), {ox.Literal(_pattern(value))}, "i"))'
    for only in (likely, ""):  # the few names that look so; then all, for one may be written in letters not thought of
        names, spelled = _known_names(only, ask)
        if found := names[0].get(fold(value)) or names[1].get(fold(value)):
            return sorted(found, key=str)
    near = _near(value, spelled)
    hint = f"did you mean {near}?" if near else "'kg query who-is-who' shows them all"
    raise InputError(f"{value}: no actor of this name in the data; {hint}")


def _known_names(only: str, ask: Callable[[str], Any]) -> tuple[list[dict[str, set[ox.NamedNode]]], dict[str, str]]:
    """Folded name → actors, for labels and for further names; and folded name → a spelling of it."""
    kinds = " ".join(f"<{BR}{kind}>" for kind in sorted(data_classes().subclasses("Actor")))
    names: list[dict[str, set[ox.NamedNode]]] = [{}, {}]
    spelled: dict[str, str] = {}
    for row in ask(_NAMES.format(br=BR, rdfs=PREFIXES["rdfs"], skos=SKOS, kinds=kinds, only=only)):
        folded = fold(row["name"].value)
        names[int(row["rank"].value)].setdefault(folded, set()).add(row["actor"])
        spelled[folded] = row["name"].value
    return names, spelled


def _pattern(name: str) -> str:
    """A regular expression (of XPath, as SPARQL has them) for the names that fold to the same."""
    words = ("".join(f"[{_SPELLINGS[c]}]" if c in _SPELLINGS else _escaped(c) for c in word) for word in fold(name).split())
    return r"^\s*" + r"\s+".join(words) + r"\s*$"


def _escaped(char: str) -> str:
    return char if char.isalnum() else f"[{char}]" if char not in "^[]\\-" else "\\" + char


def concept(value: str) -> ox.NamedNode:
    """A concept by its local name (``phone-call``, also ``br:phone-call``), by its label in any language, or by its IRI."""
    if iri := _iri(value):
        return iri
    known = data_terms()
    name = value.strip().removeprefix("br:")
    if name in known.concepts:
        return ox.NamedNode(BR + name)
    spelled: dict[str, str] = {}
    for quad in known.store.quads_for_pattern(None, ox.NamedNode(SKOS + "prefLabel"), None, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            spelled[fold(quad.object.value)] = quad.subject.value.removeprefix(BR)
    if fold(name) in spelled:
        return ox.NamedNode(BR + spelled[fold(name)])
    near = _near(name, {**spelled, **{local: local for local in spelled.values()}})
    raise InputError(
        f"{value}: no such concept; {f'did you mean {near}?' if near else 'expected one such as opposes or phone-call'}"
    )


def fold(text: str) -> str:
    """A name as it is compared: lower case, no accents, single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(bare.split())


def _near(value: str, spelled: dict[str, str]) -> str:
    """The nearest known spellings, joined by "or"; those that contain the words count as near."""
    import difflib  # only when something is wrong

    wanted = fold(value)
    close: Iterable[str] = difflib.get_close_matches(wanted, sorted(spelled), n=3, cutoff=0.7)
    within = sorted(name for name in spelled if wanted and wanted in name)
    return " or ".join(list(dict.fromkeys(f"'{spelled[name]}'" for name in [*close, *within]))[:3])


def _iri(value: str) -> ox.NamedNode | None:
    """The IRI that the value is, with or without angle brackets; ``None`` where it is something else."""
    inner = value.strip()
    if not (inner.startswith("<") and inner.endswith(">")) and not re.match(r"(https?://|urn:)\S+$", inner):
        return None
    try:
        return ox.NamedNode(inner.removeprefix("<").removesuffix(">"))
    except ValueError as error:
        raise InputError(f"{value}: is no IRI ({error}); expected one such as https://w3id.org/bilateral/id/actor/mx") from error


def _day(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"{value}: is no day; expected YYYY-MM-DD, for example 2026-01-16") from error


def _any_term(value: str) -> ox.NamedNode | ox.Literal:
    if iri := _iri(value):
        return iri
    if (match := re.fullmatch(r"(\w+):([\w.-]+)", value)) and match[1] in PREFIXES:
        return ox.NamedNode(PREFIXES[match[1]] + match[2])
    if match := re.fullmatch(r'"(.*)"(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(\w+):(\w+))?', value, re.DOTALL):
        if match[2]:
            return ox.Literal(match[1], language=match[2])
        if match[3] in PREFIXES:
            return ox.Literal(match[1], datatype=ox.NamedNode(PREFIXES[match[3]] + match[4]))
        return ox.Literal(match[1])
    if re.fullmatch(r"[+-]?\d+", value):
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "integer"))
    if re.fullmatch(r"[+-]?\d*\.\d+", value):
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "decimal"))
    if value in ("true", "false"):
        return ox.Literal(value == "true")
    return ox.Literal(value)
