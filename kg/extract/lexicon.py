"""The words of the ontology as an index: which concept a lemma signals, and how its complements map to roles.

A literal such as ``"amenazar a PATIENT con THEME"@es`` on a concept is a *valency*: lemma words, prepositions, roles in capitals.
Roles are ``AGENT``, ``PATIENT``, ``THEME`` (what it is about), ``PLACE``, ``CAUSE`` and ``CLASS``; a role before the verb is its subject's.
``"cortar|bloquear ruta|calle"`` writes four of them in one: every choice among the words that bars part.
The format is explained for authors at the top of ``ontology/lexicon_es.ttl``; the idea of a native lexicon whose entries carry
their complement pattern is that of PETRARCH's dictionaries and of OntoLex-Lemon's syntactic frames.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.identity import fold
from kg.vocabulary import BR, ontology_store, vocabulary

PartOfSpeech = Literal["verb", "noun", "phrase", "adjective", "adverb"]
_PARTS: tuple[PartOfSpeech, ...] = ("verb", "noun", "phrase", "adjective", "adverb")
ROLES = frozenset({"AGENT", "PATIENT", "THEME", "PLACE", "CAUSE", "CLASS"})
PREPOSITIONS = frozenset({"a", "ante", "como", "con", "contra", "de", "en", "entre", "hacia", "para", "por", "sobre"})
NAMING = frozenset(
    {"person-role", "government-role", "head-of-state", "foreign-minister", "group-noun", "place-noun", "given-name", "faction"}
    | {"partisan", "general-body", "taken-up", "vessel", "gang-member", "outlet-name", "ministry-field", "sole-body", "missive"}
    | {"housed-body", "coming", "camp", "lesser"}
)
#: Verbs that only mean speaking next to quotation marks ("«…», arranca X"), or lasting next to a duration: elsewhere they are no
#: predicates of their class.
COMPANY = "voicing"
LASTING = "lasting"
#: Verbs that get a petition to somebody; the petition's noun is the predicate.
CONVEYING = "conveying"
#: Verbs paired with the noun for what they tell ("bloquear bloqueo"): no wording.
NOMINAL = "nominal"
#: Verbs whose participle tells of their subject what happened to it, or how it stays: how a figure is worded, no predicates.
ARRIVING, STAYING = "arriving", "staying"
#: Nouns of what people die or are hurt in, and of what costs somebody money: no predicates here.
MISHAP, HINDRANCE = "mishap", "hindrance"
_SILENT = frozenset({COMPANY, LASTING, CONVEYING, NOMINAL, ARRIVING, STAYING, MISHAP, HINDRANCE})


@dataclass(frozen=True, slots=True)
class Valency:
    """One way to signal a concept. ``words`` are lemmas in order; ``complements`` maps a preposition ("" = bare) to a role."""

    concept: str
    pos: PartOfSpeech
    words: tuple[str, ...]
    pronominal: bool = False
    subject: str = "AGENT"
    complements: tuple[tuple[str, str], ...] = ()

    def role(self, preposition: str) -> str | None:
        for known, role in self.complements:
            if known == preposition:
                return role
        return None


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All valencies of one language, indexed by their first lemma, and the plain word lists of the lexical classes.

    There is one for each language; it is compared and hashed as such, so that what is derived from it can be kept with it.
    """

    verbs: Mapping[str, tuple[Valency, ...]]
    nouns: Mapping[str, tuple[Valency, ...]]
    phrases: Mapping[str, tuple[Valency, ...]]
    classes: Mapping[str, frozenset[str]]
    topics: Mapping[str, tuple[str, ...]]
    broader: Mapping[str, str]

    @cached_property
    def topic_phrases(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The entries of :attr:`topics` that have several words, with their topics."""
        return tuple((entry, topics) for entry, topics in self.topics.items() if " " in entry)

    @cached_property
    def common_names(self) -> frozenset[str]:
        """The nouns for people and places, folded: a surname that is one of them may be a mountain or a fighter."""
        return frozenset(fold(noun) for noun in self.classes["group-noun"] | self.classes["place-noun"])

    def is_a(self, concept: str, ancestor: str) -> bool:
        """Whether ``concept`` is ``ancestor`` or stands under it (``skos:broader``)."""
        return concept == ancestor or ancestor in self._above.get(concept, ())

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        """Each concept with everything that it stands under."""
        found: dict[str, frozenset[str]] = {}
        for concept in self.broader:
            above: list[str] = []
            while (higher := self.broader.get(above[-1] if above else concept)) is not None and higher not in above:
                above.append(higher)
            found[concept] = frozenset(above)
        return found


@lru_cache(maxsize=64)
def lemmas_of(language: str, concept: str, pos: Literal["verb", "noun"]) -> frozenset[str]:
    """The first lemmas of the entries that signal a concept."""
    lex = lexicon(language)
    entries = lex.verbs if pos == "verb" else lex.nouns
    return frozenset(lemma for lemma, found in entries.items() if any(v.concept == concept for v in found))


def parse_valency(concept: str, pos: PartOfSpeech, text: str) -> Valency:
    """Read one valency literal. Raises OntologyError for one without a word."""
    words: list[str] = []
    complements: list[tuple[str, str]] = []
    subject, pronominal, after_role = "AGENT", False, False
    for token in text.split():
        if token in ROLES:
            if not words:
                subject = token
            elif not after_role and len(words) > 1 and words[-1] in PREPOSITIONS:
                complements.append((words.pop(), token))
            else:
                complements.append(("", token))
            after_role = bool(words)
        elif token == "se" and pos == "verb" and len(words) == 1 and not pronominal:
            pronominal = True
        else:
            words.append(token)
            after_role = False
    if not words:
        raise OntologyError(
            f"ontology: br:{concept}: '{text}': no word; expected a lemma, prepositions and roles ({', '.join(sorted(ROLES))})"
        )
    return Valency(concept, pos, tuple(words), pronominal, subject, tuple(complements))


def written_out(text: str) -> tuple[str, ...]:
    """The literals that one with alternatives stands for: "cortar|bloquear ruta|calle" → "cortar ruta", "cortar calle" …"""
    if "|" not in text:
        return (" ".join(text.split()),)
    return tuple(" ".join(words) for words in itertools.product(*(token.split("|") for token in text.split())))


@lru_cache(maxsize=2)
def lexicon(language: str = "es") -> Lexicon:
    """The lexicon of ``language``, read once per process from the Turtle files of the ontology."""
    store = ontology_store()
    index: dict[str, dict[str, list[Valency]]] = {pos: defaultdict(list) for pos in _PARTS}
    classes: dict[str, set[str]] = defaultdict(set)
    topics: dict[str, list[str]] = defaultdict(list)
    topic_concepts = frozenset(vocabulary().schemes.get("topics", ()))
    families = {name for name in vocabulary().concepts if name.startswith("office-")}
    naming = vocabulary().classes | NAMING | families  # their nouns name actors and places: they are no predicates
    for pos in _PARTS:
        quads = sorted(
            store.quads_for_pattern(None, ox.NamedNode(BR + pos), None, None), key=lambda q: (str(q.subject), str(q.object))
        )
        for quad in quads:
            literal = quad.object
            if not isinstance(literal, ox.Literal) or literal.language != language or not isinstance(quad.subject, ox.NamedNode):
                continue
            concept = quad.subject.value.removeprefix(BR)
            if concept in topic_concepts:
                topics[literal.value].append(concept)
                continue
            if pos == "noun" and concept in naming:  # nouns that name somebody have no valency
                classes[concept].update(written_out(literal.value))
                continue
            for text in written_out(literal.value):
                valency = parse_valency(concept, pos, text)
                if not valency.complements:
                    classes[concept].add(text)
                if concept not in _SILENT:
                    index[pos][valency.words[0]].append(valency)
    broader = {
        q.subject.value.removeprefix(BR): q.object.value.removeprefix(BR)
        for q in store.quads_for_pattern(None, ox.NamedNode("http://www.w3.org/2004/02/skos/core#broader"), None, None)
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.NamedNode)
    }

    def freeze(entries: dict[str, list[Valency]]) -> dict[str, tuple[Valency, ...]]:
        # the longest entry first: "poner en duda" before "poner"
        return {lemma: tuple(sorted(v, key=lambda x: (-len(x.words), not x.pronominal))) for lemma, v in sorted(entries.items())}

    return Lexicon(
        freeze(index["verb"]),
        freeze(index["noun"]),
        freeze(index["phrase"]),
        {k: frozenset(v) for k, v in sorted(classes.items())},
        {word: tuple(concepts) for word, concepts in sorted(topics.items())},
        broader,
    )
