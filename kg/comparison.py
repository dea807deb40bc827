"""A graph as it is compared with an annotation: its nodes by class, their values by name, and how far two values agree."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.model import Span
from kg.vocabulary import BR, NIF, PLOVER_TYPES, RDF, vocabulary

#: The classes of facts in the order in which they are paired (a position's target must be paired before it), by their gold lists.
CLASSES = {
    "proposals": "Proposal",
    "events": "Event",
    "statements": "Statement",
    "indicators": "Indicator",
    "positions": "Position",
}

_ACTOR_LINKS = ("proposer", "addressee", "holder", "target", "agent", "patient", "participant", "place", "speaker", "claimant",
                "attributedTo", "via", "memberOf")  # fmt: skip
_LEADING = frozenset({"el", "la", "los", "las", "un", "una", "unos", "unas", "the", "a", "an"})

Known = dict[str, set[str]]  # IRI of a predicted node → the ids of what it stands for in the annotation


class Answer:
    """A graph by subject and property, as the comparison reads it."""

    def __init__(self, graph: Iterable[ox.Triple]) -> None:
        self.values: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
        for subject, predicate, value in graph:
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                self.values.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value)
        self.by_class: dict[str, set[str]] = {}
        for node, properties in self.values.items():
            for kind in properties.get(RDF + "type", ()):
                self.by_class.setdefault(kind.value, set()).add(node)

    def all(self, node: str, *names: str) -> list[ox.NamedNode | ox.Literal]:
        """The values of some ``br:`` properties, sorted."""
        found = {v for name in names for v in self.values.get(node, {}).get(BR + name, ())}
        return sorted(found, key=lambda v: v.value)

    def texts(self, node: str, *properties: str) -> set[str]:
        return {v.value for name in properties for v in self.values.get(node, {}).get(name, ())}

    def nodes(self, *classes: str) -> list[str]:
        return sorted({node for name in classes for node in self.by_class.get(BR + name, ())})

    def actors(self) -> list[str]:
        """Actors that some fact or passage refers to."""
        links = {BR + name for name in _ACTOR_LINKS}
        used = {v.value for p in self.values.values() for name in links & p.keys() for v in p[name]}
        return [node for node in self.nodes(*vocabulary().subclasses("Actor")) if node in used]

    def event_type(self, node: str) -> str:
        """The PLOVER type of an event, ``other`` where it has none."""
        for concept in self.all(node, "eventType"):
            name = local(concept)
            chain = (name, *vocabulary().ancestors(name)) if name in vocabulary().concepts else (name,)
            for step in chain:
                if step.lower() in PLOVER_TYPES:
                    return step.lower()
        return "other"

    def predicted(self, kind: str) -> list[Prediction]:
        nodes = self.nodes(CLASSES[kind])
        if kind == "events":
            said = set(self.nodes("Statement"))
            moves = {node for node in said if self.event_type(node) in PLOVER_TYPES}
            nodes = sorted((set(nodes) - said) | moves)
        return [Prediction(self, node) for node in nodes]


@dataclass(frozen=True)
class Prediction:
    """A predicted fact: its node and a look-up of its values."""

    answer: Answer
    node: str

    @cached_property
    def spans(self) -> list[Span]:
        """Where its passages stand, in the order of their IRIs."""
        found = []
        for passage in self.all("evidence"):
            begin, end = (sorted(self.answer.texts(passage.value, NIF + name)) for name in ("beginIndex", "endIndex"))
            if begin and end:
                found.append(Span(int(begin[0]), int(end[0])))
        return found

    def all(self, *names: str) -> list[ox.NamedNode | ox.Literal]:
        return self.answer.all(self.node, *names)

    def word(self, *names: str) -> str | None:
        values = self.all(*names)
        return local(values[0]) if values else None

    def attributed(self) -> list[ox.NamedNode | ox.Literal]:
        """Whose word its passages are, when not the newspaper's own."""
        return [v for passage in self.all("evidence") for v in self.answer.all(passage.value, "attributedTo")]

    def text(self, article: str) -> str:
        return " … ".join(article[span.start : span.end] for span in sorted(self.spans))


# --------------------------------------------------------------------------------------------------------------- comparisons


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def refs(predicted: Sequence[ox.NamedNode | ox.Literal], gold: Sequence[str], known: Known) -> float | None:
    """How well predicted nodes answer annotated references: F1 over the two lists; any of ``a|b`` will do; ``None`` if both are
    empty."""
    if not gold or not predicted:
        return None if not gold and not predicted else 0.0
    wanted = [set(reference.split("|")) for reference in gold]
    found = [known.get(node.value, set()) for node in predicted]
    precision = sum(any(f & w for w in wanted) for f in found) / len(found)
    return f1(precision, sum(any(f & w for f in found) for w in wanted) / len(wanted))


def words_overlap(a: str, b: str) -> float:
    """F1 of the words of two texts, each word once."""
    x, y = set(bare_name(a).split()), set(bare_name(b).split())
    return f1(len(x & y) / len(x), len(x & y) / len(y)) if x and y else 0.0


def local(node: ox.NamedNode | ox.Literal) -> str:
    """The last part of an IRI; the text of a literal."""
    return last(node.value) if isinstance(node, ox.NamedNode) else node.value


def last(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def bare_name(name: str) -> str:
    """A name as it is compared: lower case, no accents, punctuation or leading article: ``"EE.UU."`` and ``"EEUU"`` are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.sub(r"[^\w\s]", "", plain).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _LEADING else words)


def same_number(text: str | None, value: float) -> bool:
    """Within 0.2 %: a third may be 33.3 or 33.33."""
    try:
        return text is not None and math.isclose(float(text), value, rel_tol=0.002)
    except ValueError:
        return False


def places(text: str, quote: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(re.escape(quote), text)]


def touch(a: Span, b: Span) -> bool:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared > 0 and shared >= 0.5 * min(a.end - a.start, b.end - b.start)


def characters(spans: Iterable[Span]) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end)}
