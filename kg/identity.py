"""Which facts are the same: fact → identity key → the last parts of its IRI. Pure functions; nothing here knows RDF.

An IRI comes from content, so that merging articles needs no memory: each article is turned into its graph by itself, the same
content gets the same IRI, the union of the graphs is the merged graph, and taking an article's graph out of the union takes away
exactly what only that article supports. A wrong merge is worse than a missed one, so a fact gets a *shared* key (one that another
article can reach) only where its content is specific enough, and an *own* key (that names the article) everywhere else:

========== ================================================================== ==============================================
class      what makes two facts the same                                      needed besides
========== ================================================================== ==============================================
Event      of ``consult``: type, parties, day, factuality                     two parties, one of them a person, one single day
Event      of ``coerce``, ``assault``: type, agents with a name, patients,    all patients named persons, one single day
           day, factuality
Event      of any other type: type, agents, patients, days, factuality, the   an agent, at most a week, three content words
           label's content words
Statement  speakers, the quoted words                                         a direct quote of five words or more
Indicator  the measure's content words, value, unit, comparator, change,      a value; two content words with dates, four
           place (else the article's countries), claimants, dates             without; a place or countries
Proposal   proposers, addressees, the label's content words                   a proposer; four content words
Position   holder, stance, target, dates                                      a target with a shared key of its own
Topic      the matter's words                                                 four content words
========== ================================================================== ==============================================

Content words count where they tell something by themselves (:func:`telling`). In every row all actors must be recognisable
outside their article (:func:`is_recognisable`): a name, not "dos funcionarios". Only who captures or hurts somebody may be
unnamed, for the same person is hardly captured twice on one day; but two countries may well meet twice, here and there. A
country and its government count as one party ("Rabat pide", "Marruecos pide"), except as a position's holder or target, of
which there is only one. Word order counts ("México entrega presos a Estados Unidos" is not its reverse). A date or a factuality
that differs keeps two claims apart, and so does another value of an indicator; they stand side by side. What is not in a key (a
proposal's status, a statement's day) may differ between outlets: the one node then carries both values. Where two facts of one
article would share a key, the key is evidently not specific enough, and both get own keys.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kg.model import Actor, Article, Event, Extraction, Fact, Indicator, Position, Proposal, Statement
from kg.vocabulary import PLOVER_TYPES, plover_type

SLUG_LENGTH = 40
HASH_LENGTH = 10

# Words without which a label says the same. Not "con", "sin", "contra", "hasta", "mas": they change what it says.
_EMPTY_WORDS = frozenset(
    {"a", "al", "de", "del", "e", "el", "ella", "ellas", "ello", "ellos", "en", "esa", "esas", "ese", "eso", "esos", "esta"}
    | {"estas", "este", "esto", "estos", "la", "las", "le", "les", "lo", "los", "o", "que", "se", "su", "sus", "u", "un", "una"}
    | {"unas", "unos", "y", "ya", "an", "and", "are", "is", "its", "of", "or", "that", "the", "their", "this", "was", "were"}
)
_ARTICLES = frozenset({"el", "la", "los", "las", "un", "una", "unos", "unas", "the", "a", "an"})
# Names of these are only unique within a country: there are many a "Ministerio del Interior".
_NATIONAL = frozenset({"Government", "PublicBody", "Party"})


# -------------------------------------------------------------------------------------------------------------------- words


def fold(text: str) -> str:
    """Lower case without accents; everything but letters and digits becomes one space: ``"EE. UU.: «No»"`` → ``"ee uu no"``."""
    bare: str = text.casefold()
    if not bare.isascii():  # no combining mark stands below U+0300
        bare = "".join([c for c in unicodedata.normalize("NFKD", bare) if c < "\u0300" or not unicodedata.combining(c)])
    words: list[str] = re.findall(r"[^\W_]+", bare)
    return " ".join(words)


def slug(text: str, limit: int | None = None) -> str:
    """Lower-case ASCII words joined by hyphens, cut at a word's end to ``limit``; a hash where no ASCII letter is left."""
    words: list[str] = re.findall(r"[a-z0-9]+", fold(text if limit is None else text[: 8 * limit]))
    if not words:
        return digest(text)
    if limit is None:
        return "-".join(words)
    short = words[0][:limit]
    for word in words[1:]:
        if len(short) + 1 + len(word) > limit:
            break
        short += "-" + word
    return short


def content_words(text: str) -> tuple[str, ...]:
    """The folded words that carry content, in their order."""
    return tuple(word for word in fold(text).split() if word not in _EMPTY_WORDS)


def telling(words: Iterable[str]) -> int:
    """How many words tell something by themselves: no numbers, three letters or more."""
    return sum(len(word) > 2 and not word.isdigit() for word in words)


def digest(*parts: object) -> str:
    """The first ten hexadecimal digits of the SHA-256 of the parts as JSON."""
    data = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return hashlib.sha256(data).hexdigest()[:HASH_LENGTH]


# ------------------------------------------------------------------------------------------------------------------- actors


def is_recognisable(actor: Actor, article_id: str) -> bool:
    """Whether another article's actor of this id is the same one: known to the ontology, or with a name that is one anywhere.

    Unnamed people (``Group``), ids that carry their article's id, descriptions in lower case ("comisión mixta"), lone surnames and
    public bodies of an unknown country are not.
    """
    if actor.kind == "Group" or re.search(rf"(^|[-/]){re.escape(article_id)}($|[-/])", actor.id):
        return False
    return bool(actor.labels or actor.iso) or is_unique_name(actor.label, actor.kind, actor.country)


def is_unique_name(label: str, kind: str, country: str | None) -> bool:
    """Whether a label is a name that means one actor wherever it is read: capitalised, two words or an acronym, and for what
    every country has (ministries, parties) with a country."""
    words = label.split()
    if len(words) > 1 and words[0].casefold() in _ARTICLES:
        words = words[1:]
    if not words or not words[0][:1].isupper() or (kind in _NATIONAL and country is None):
        return False
    if kind == "Person":
        return sum(word[:1].isupper() for word in words) >= 2
    return len(words) >= 2 or (words[0].isupper() and len(words[0]) >= 3)


def actor_id(label: str, kind: str, country: str | None, article_id: str) -> str:
    """An id for an actor that the ontology does not know: its name as a slug, with the country for what every country has
    (``"ministerio-del-interior-es"``), with the article's id where the name means nobody in particular outside of it."""
    if kind == "Group" or not is_unique_name(label, kind, country):
        return f"{article_id}-{slug(label)}"
    return f"{slug(label)}-{country}" if kind in _NATIONAL else slug(label)


# --------------------------------------------------------------------------------------------------------------------- keys


@dataclass(frozen=True)
class Key:
    """What makes a fact the one it is. ``words`` make the readable half of its IRI, ``parts`` the hash: keys with equal parts must
    have equal words. ``scope`` is an article's id, or empty where other articles can reach the same key."""

    kind: str
    words: str
    parts: tuple[object, ...]
    scope: str = ""

    @cached_property
    def path(self) -> str:
        """The IRI after the base: ``event/phone-call-claudia-sheinbaum-0123456789``."""
        return f"{self.kind}/{slug(self.words, SLUG_LENGTH)}-{digest(self.kind, self.scope, *self.parts)}"


@dataclass(frozen=True, slots=True)
class Parties:
    """The actors of one extraction as keys see them."""

    actors: Mapping[str, Actor]
    recognisable: Set[str]
    countries: tuple[str, ...] = ()  # that the article is about

    @classmethod
    def of(cls, extraction: Extraction) -> Parties:
        actors = {actor.id: actor for actor in extraction.actors}
        recognisable = {a.id for a in extraction.actors if is_recognisable(a, extraction.article.id)}
        return cls(actors, recognisable, tuple(sorted(extraction.article.countries)))

    def party(self, actor: str) -> str:
        """The actor's id; a country's government is the country."""
        known = self.actors[actor]
        is_the_government = known.kind == "Government" and known.country and actor == f"{known.country}-government"
        return known.country if is_the_government and known.country else actor

    def shared(self, *groups: Iterable[str | None]) -> bool:
        return all(actor in self.recognisable for group in groups for actor in group if actor is not None)

    def sorted(self, *groups: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self.party(actor) for group in groups for actor in group}))

    def persons(self, group: Iterable[str]) -> bool:
        return all(self.actors[actor].kind == "Person" for actor in group)


def shared_key(fact: Fact, parties: Parties, target: Key | None = None) -> Key | None:
    """The key under which another article tells the same fact, or ``None`` where its content is too thin for one.

    ``target`` is the shared key of a position's target, ``None`` where it has none.
    """
    if isinstance(fact, Statement):
        return _shared_statement(fact, parties)
    if isinstance(fact, Event):
        return _shared_event(fact, parties)
    if isinstance(fact, Indicator):
        return _shared_indicator(fact, parties)
    if isinstance(fact, Proposal):
        return _shared_proposal(fact, parties)
    if isinstance(fact, Position):
        return _shared_position(fact, parties, target)
    raise TypeError(f"{type(fact).__name__} is no class of facts")


def own_key(fact: Fact, article_id: str, ordinal: int = 0) -> Key:
    """The key of a fact that no other article can reach: its article, its label and the words it rests on.

    ``ordinal`` tells apart the second, third … fact of an article with the same label and the same words.
    """
    words = fact.quote if isinstance(fact, Statement) else fact.label
    evidence = tuple(sorted({passage.quote for passage in fact.evidence}))
    return Key(_kind(fact), words, (fact.label, words, evidence, ordinal), article_id)


def _shared_event(fact: Event, parties: Parties) -> Key | None:
    days = _days(fact)
    if days is None or days > 7:
        return None
    agents, patients, others = (parties.sorted(group) for group in (fact.agent, fact.patient, fact.participant))
    when = (*_interval(fact), fact.factuality)
    on_named_persons = patients and parties.shared(fact.patient) and parties.persons(fact.patient)
    if on_named_persons and days == 1 and _family(fact.event_type) in {"coerce", "assault"}:
        named = parties.sorted(agent for agent in fact.agent if agent in parties.recognisable)
        return Key("event", f"{fact.event_type} {' '.join(patients)}", (fact.event_type, named, patients, *when))
    if not parties.shared(fact.agent, fact.patient, fact.participant):
        return None
    everyone = (*fact.agent, *fact.patient, *fact.participant)
    if _family(fact.event_type) == "consult" and any(parties.persons((actor,)) for actor in everyone):
        everybody = parties.sorted(fact.agent, fact.patient, fact.participant)
        if len(everybody) < 2 or days > 1:
            return None
        return Key("event", " ".join((fact.event_type, *everybody)), (fact.event_type, everybody, *when))
    content = content_words(fact.label)
    if not agents or telling(content) < 3:
        return None
    return Key("event", " ".join(content), (fact.event_type, agents, patients, others, *when, content))


def _shared_statement(fact: Statement, parties: Parties) -> Key | None:
    if not fact.direct or not fact.speaker or not parties.shared(fact.speaker) or len(fold(fact.quote).split()) < 5:
        return None
    return Key("statement", fact.quote, (parties.sorted(fact.speaker), fact.quote))


def _shared_indicator(fact: Indicator, parties: Parties) -> Key | None:
    words = content_words(fact.measure)
    dated = fact.start_date is not None or fact.end_date is not None
    if fact.value is None or telling(words) < (2 if dated else 4) or not parties.shared(fact.claimant, (fact.place,)):
        return None
    # "La inflación anual fue del 4 % en enero": of which country, the article's subject tells.
    place = fact.place or fold(fact.place_name or "") or " ".join(parties.countries)
    if not place:
        return None
    figure = (decimal_text(fact.value), fold(fact.unit or ""), fact.comparator, fact.change)
    return Key("indicator", " ".join(words), (words, *figure, place, parties.sorted(fact.claimant), *_interval(fact)))


def _shared_proposal(fact: Proposal, parties: Parties) -> Key | None:
    words = content_words(fact.label)
    if not fact.proposer or telling(words) < 4 or not parties.shared(fact.proposer, fact.addressee):
        return None
    return Key("proposal", " ".join(words), (parties.sorted(fact.proposer), parties.sorted(fact.addressee), words))


def _shared_position(fact: Position, parties: Parties, target: Key | None) -> Key | None:
    if target is None or target.scope or not parties.shared((fact.holder,)):
        return None
    words = f"{fact.holder} {fact.stance} {target.words}"
    return Key("position", words, (fact.holder, fact.stance, target.kind, target.parts, *_interval(fact)))


# ------------------------------------------------------------------------------------------------------------------- paths


def topic_path(matter: str, article_id: str) -> str:
    """The path of a matter that has no node of its own; whoever affirms it and whoever denies it meet there.

    With four telling words or more it is the same in all articles, else ("la propuesta") its article's own.
    """
    words = fold(matter)
    if not _is_telling(matter):
        return f"topic/{slug(words, SLUG_LENGTH)}-{digest(words, article_id)}"
    name = slug(words)
    return f"topic/{name}" if len(name) <= 2 * SLUG_LENGTH else f"topic/{slug(words, 2 * SLUG_LENGTH)}-{digest(words)}"


def _is_telling(matter: str) -> bool:
    return telling(content_words(matter)) >= 4


def place_path(name: str) -> str:
    return f"place/{slug(name)}"


def article_path(article: Article) -> str:
    return f"article/{article.id}"


def fact_paths(extraction: Extraction) -> dict[str, str]:
    """The id of every fact → the path of its IRI after the base; different facts of one extraction get different paths."""
    parties = Parties.of(extraction)
    article = extraction.article.id
    keys = _distinct([f for f in extraction.facts if not isinstance(f, Position)], {}, parties, article)
    positions = [f for f in extraction.facts if isinstance(f, Position)]
    targets = {fact.id: _target_key(fact, keys, parties, article) for fact in positions}
    keys |= _distinct(positions, targets, parties, article)
    return {name: key.path for name, key in keys.items()}


def _distinct(facts: Iterable[Fact], targets: Mapping[str, Key | None], parties: Parties, article_id: str) -> dict[str, Key]:
    """A key for each fact: the shared one where no other fact of the article reaches it, else one of its own."""
    ordered = sorted(facts, key=lambda fact: (fact.evidence[0].start, fact.evidence[0].end))
    shared = {fact.id: shared_key(fact, parties, targets.get(fact.id)) for fact in ordered}
    reached = Counter(key.path for key in shared.values() if key)
    keys: dict[str, Key] = {}
    own: Counter[str] = Counter()
    for fact in ordered:
        key = shared[fact.id]
        if key is None or reached[key.path] > 1:
            key = plain = own_key(fact, article_id)
            if own[plain.path]:
                key = own_key(fact, article_id, own[plain.path])
            own[plain.path] += 1
        keys[fact.id] = key
    return keys


def _target_key(fact: Position, keys: Mapping[str, Key], parties: Parties, article_id: str) -> Key | None:
    """A key that stands for a position's target: a fact's, an actor's or a matter's."""
    if fact.target is not None:
        return keys.get(fact.target)
    if fact.target_actor is not None:
        who = fact.target_actor
        return Key("actor", who, (who,), "" if parties.shared((who,)) else article_id)
    if fact.matter is not None:
        path = topic_path(fact.matter, article_id)
        return Key("topic", fact.matter, (path,), "" if _is_telling(fact.matter) else article_id)
    return None


# --------------------------------------------------------------------------------------------------------------- small parts


def decimal_text(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros: ``"100000"``, ``"33.3"``."""
    return format(value.normalize() if value else Decimal(0), "f")


def _kind(fact: Fact) -> str:
    return type(fact).__name__.lower()


def _family(event_type: str) -> str:
    return event_type if event_type in PLOVER_TYPES or event_type == "other" else plover_type(event_type)


def _interval(fact: Fact) -> tuple[str, str]:
    return (fact.start_date.isoformat() if fact.start_date else "", fact.end_date.isoformat() if fact.end_date else "")


def _days(fact: Fact) -> int | None:
    if fact.start_date is None or fact.end_date is None:
        return None
    return (fact.end_date - fact.start_date).days + 1
